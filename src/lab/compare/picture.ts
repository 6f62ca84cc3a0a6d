/** A comparison as SVG: a violin of each benchmark's ratios, and beside it how much ran in compiled code. */
import { html, Html } from "../html.ts";
import { deviation, mean, median } from "../statistics/tests.ts";
import type { Comparison, Row } from "./comparison.ts";

const ROW = 24;
const LEFT = 190;
const PLOT = 520;
const SHARE = 110;
const TOP = 64;
/** Points at which a density is drawn. */
const POINTS = 48;

/** Ratios are drawn by their logarithm: twice as fast is as far from 1 as half as fast. */
class Scale {
  readonly low: number;
  readonly high: number;

  constructor(ratios: readonly number[]) {
    const reach = Math.max(0.1, ...ratios.map((ratio) => Math.abs(Math.log2(ratio)))) * 1.08;
    const isOneSided = ratios.every((ratio) => ratio > 0.95);
    this.low = isOneSided ? -reach * 0.08 : -reach;
    this.high = reach;
  }
  x(ratio: number): number {
    return LEFT + (PLOT * (Math.log2(ratio) - this.low)) / (this.high - this.low);
  }
  get ticks(): number[] {
    const step = [0.05, 0.1, 0.25, 0.5, 1, 2].find((size) => (this.high - this.low) / size <= 9) ?? 4;
    const ticks: number[] = [];
    for (let at = Math.ceil(this.low / step) * step; at <= this.high; at += step) ticks.push(2 ** at);
    return ticks;
  }
}

export function comparisonPicture({ base, other, rows, mean: all }: Comparison): string {
  const samples = rows.map(samplesOf);
  const scale = new Scale(rows.flatMap(({ ratio }, i) => [ratio, ...inner(samples[i])]));
  const hasCoverage = rows.some(({ other: { coverage } }) => coverage !== null);
  const height = TOP + ROW * (rows.length + 1) + 30;
  const bottom = TOP + ROW * (rows.length + 1);
  const width = LEFT + PLOT + (hasCoverage ? SHARE + 50 : 20);
  const ticks = scale.ticks.map((tick) => {
    const x = scale.x(tick).toFixed(1);
    const isOne = Math.abs(tick - 1) < 1e-9;
    return html`<line x1="${x}" x2="${x}" y1="${TOP - 6}" y2="${bottom}" class="${isOne ? "one" : "tick"}"/><text x="${x}" y="${bottom + 16}" class="mid">${tickText(tick)}×</text>`;
  });
  const overall = html`<text x="${LEFT - 10}" y="${TOP + 15}" class="end bold">geometric mean</text><path d="${diamond(scale.x(all), TOP + ROW / 2)}" class="mean"/>
<text x="${scale.x(all) + 10}" y="${TOP + 15}" class="soft">${all.toFixed(2)}×</text>`;
  const body = rows.map((row, i) => rowPicture(row, samples[i], scale, TOP + ROW * (i + 1), hasCoverage));
  const shareHead = hasCoverage
    ? html`<text x="${LEFT + PLOT + 20}" y="${TOP - 12}" class="soft">compiled</text>`
    : null;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12"><title>Speed of ${other.name} against ${base.name}</title>
<style>${new Html(STYLE)}</style><rect width="100%" height="100%" class="back"/>
<text x="16" y="26" font-size="15" class="bold">${other.name} against ${base.name}</text><text x="16" y="44" class="soft">times as fast; each shape is the distribution of the measured values, pale: no significant change</text>
${ticks}${shareHead}${overall}${body}</svg>
`.text;
}
const STYLE = `.back{fill:#fff} text{fill:#1c2330} .soft{fill:#6b7484} .end{text-anchor:end} .mid{text-anchor:middle;fill:#6b7484} .bold{font-weight:600}
.tick{stroke:#e8eaef} .one{stroke:#6b7484} .faster{fill:#2f9e6e} .slower{fill:#d9534f} .pale{opacity:.35} .mean{fill:#0b62d6} .dot{fill:#fff;stroke:#1c2330} .bar{fill:#0b62d6} .rest{fill:#e8eaef}`;

function tickText(tick: number): string {
  if (tick > 0.4) return tick >= 4 ? tick.toFixed(0) : tick.toFixed(2).replace(/\.00$/, "");
  return `1/${(1 / tick).toFixed(0)}`;
}

/** How many times as fast as the base's mean each value is. */
function samplesOf({ base, other }: Row): number[] {
  const reference = mean(base.values);
  return other.values.map((value) => reference / value);
}
/** Without the outermost twentieths: one collection of garbage must not set the scale. */
function inner(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / 20);
  return sorted.slice(cut, sorted.length - cut);
}
function rowPicture(
  { name, ratio, isSignificant, other }: Row,
  samples: readonly number[],
  scale: Scale,
  y: number,
  hasCoverage: boolean,
): Html {
  const middle = y + ROW / 2;
  const side = ratio >= 1 ? "faster" : "slower";
  const center = scale.x(median(samples)).toFixed(1);
  const share = hasCoverage ? coverageBar(other.coverage, y) : null;
  return html`<g class="row"><text x="${LEFT - 10}" y="${y + 16}" class="end">${name}</text>
<path d="${violin(inner(samples), scale, middle)}" class="violin ${side}${isSignificant ? "" : " pale"}"><title>${name}: ${ratio.toFixed(3)}×, ${samples.length} values</title></path>
<circle cx="${center}" cy="${middle}" r="2.5" class="dot"/>${share}</g>`;
}
function coverageBar(coverage: number | null, y: number): Html {
  const x = LEFT + PLOT + 20;
  if (coverage === null) return html`<text x="${x}" y="${y + 16}" class="soft">–</text>`;
  return html`<rect x="${x}" y="${y + 7}" width="${SHARE - 30}" height="10" class="rest"/><rect x="${x}" y="${y + 7}" width="${((SHARE - 30) * coverage).toFixed(1)}" height="10" class="bar"/>
<text x="${x + SHARE - 24}" y="${y + 16}" class="soft">${(100 * coverage).toFixed(0)} %</text>`;
}
/** The density of the values' logarithms, by normal kernels of Silverman's width. */
function violin(samples: readonly number[], scale: Scale, middle: number): string {
  const logs = samples.map(Math.log2);
  const unit = (scale.high - scale.low) / PLOT;
  // At least some pixels: one value has a density too.
  const bandwidth = Math.max(2 * unit, 0.9 * deviation(logs) * logs.length ** -0.2);
  const low = Math.min(...logs) - 2 * bandwidth;
  const high = Math.max(...logs) + 2 * bandwidth;
  const points = Array.from({ length: POINTS + 1 }, (_, i) => low + ((high - low) * i) / POINTS);
  const density = points.map((at) =>
    logs.reduce((sum, log) => sum + Math.exp(-(((at - log) / bandwidth) ** 2) / 2), 0),
  );
  const most = Math.max(...density);
  const half = (i: number): number => (density[i] / most) * (ROW / 2 - 3);
  const point = (i: number, sign: number): string =>
    `${scale.x(2 ** points[i]).toFixed(1)} ${(middle + sign * half(i)).toFixed(1)}`;
  const order = points.map((_, i) => i);
  return `M${[...order.map((i) => point(i, -1)), ...order.reverse().map((i) => point(i, 1))].join("L")}Z`;
}
const diamond = (x: number, y: number): string =>
  `M${(x - 6).toFixed(1)} ${y}L${x.toFixed(1)} ${y - 6}L${(x + 6).toFixed(1)} ${y}L${x.toFixed(1)} ${y + 6}Z`;
