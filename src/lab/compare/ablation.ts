/** What ideas are worth: how much slower, and how much less compiled, the suite is without each. */
import { LabError } from "../error.ts";
import { Html, html } from "../html.ts";
import { mean } from "../statistics/tests.ts";
import { type Comparison, compare } from "./comparison.ts";
import { table, timeText } from "./markdown.ts";
import type { Report } from "./report.ts";
import type { Benchmark, Results } from "./results.ts";

/** What results are called: those of a run with all ideas, and of one without IDEA. */
export const EVERYTHING = "everything";
export const WITHOUT = "without-";

export function ablationReport(all: readonly Results[], stem = "ablation"): Pick<Report, "text" | "pictures"> {
  const base = all.find(({ name }) => name === EVERYTHING);
  if (base === undefined) throw new LabError(`results named ${EVERYTHING} are needed`);
  const ablations = all
    .filter((one) => one !== base)
    .map((other): Ablation => ({ idea: other.name.slice(WITHOUT.length), comparison: compare(base, other) }));
  if (ablations.every(({ comparison }) => comparison.rows.length === 0))
    throw new LabError("no benchmark ran both with everything and without some idea");
  const picture = `${stem}.svg`;
  return {
    text: ablationText(base, ablations, picture),
    pictures: new Map([[picture, ablationPicture(ablations)]]),
  };
}

export interface Ablation {
  idea: string;
  /** Everything against everything but the idea. */
  comparison: Comparison;
}
/** How many times as fast the suite is with the idea as without. */
const speedOf = ({ comparison }: Ablation): number => 1 / comparison.mean;
/** Points of coverage, from 0 to 1, that it adds on average; null: not measured. */
export function coverageOf({ comparison: { rows } }: Ablation): number | null {
  const gains = rows.flatMap(({ base, other }) =>
    base.coverage === null || other.coverage === null ? [] : [base.coverage - other.coverage],
  );
  return gains.length === 0 ? null : mean(gains);
}
const byWorth = (ablations: readonly Ablation[]): Ablation[] =>
  ablations.filter(({ comparison }) => comparison.rows.length > 0).sort((a, b) => speedOf(b) - speedOf(a));
const points = (gain: number | null): string => (gain === null ? "–" : `${(100 * gain).toFixed(1)} points`);

function ablationText(base: Results, ablations: readonly Ablation[], picture: string): string {
  const shown = byWorth(ablations);
  const rows = shown.map((ablation) => {
    const { idea, comparison } = ablation;
    const most = comparison.rows[comparison.rows.length - 1];
    const best = `${most.name} ${(1 / most.ratio).toFixed(2)}×`;
    return `| ${idea} | ${speedOf(ablation).toFixed(3)}× | ${points(coverageOf(ablation))} | ${best} | ${(100 * comparison.reliability).toFixed(1)} % |`;
  });
  const failed = ablations.filter(({ comparison }) => comparison.rows.length === 0).map(({ idea }) => idea);
  return `# What each idea is worth

Speed: how many times as fast the benchmarks are with the idea as without it (geometric mean). Coverage: by how much the share of bytecodes
that run compiled is greater. The benchmark that gains most, and how reliable the difference is (HPT).

![worth of the ideas](${picture})

| idea | speed | coverage | most | reliability |
| --- | ---: | ---: | ---: | ---: |
${rows.join("\n")}
${failed.length === 0 ? "" : `\nNo benchmark ran without: ${failed.join(", ")}.\n`}
${byBenchmark(base, shown)}`;
}

/** The whole suite with everything, and without each idea: speed against everything, and the share that runs compiled. */
function byBenchmark(base: Results, ablations: readonly Ablation[]): string {
  const cell = (ratio: number, coverage: number | null): string => `${ratio.toFixed(2)}×${shareText(coverage)}`;
  const benchmarks = [...base.benchmarks.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = benchmarks.map((benchmark) => [
    benchmark.name,
    `${timeText(benchmark)}${shareText(benchmark.coverage)}`,
    ...ablations.map(({ comparison }) => {
      const row = comparison.rows.find(({ name }) => name === benchmark.name);
      if (row === undefined) return "–";
      const text = cell(row.ratio, row.other.coverage);
      return row.isSignificant ? `**${text}**` : text;
    }),
  ]);
  const means = ablations.map(({ comparison }) =>
    cell(comparison.mean, meanShare(comparison.rows.map(({ other }) => other))),
  );
  const head = ["benchmark", "everything", ...ablations.map(({ idea }) => `without ${idea}`)];
  const last = ["**mean**", shareText(meanShare(benchmarks)).replace(", ", ""), ...means];
  return `## By benchmark

The second column has the time with everything; those behind it, how many times as fast without the idea, bold where that is significant
(Welch's test, p < 0.05). The share is that of the bytecodes that ran compiled.

${table(head, [...rows, last]).join("\n")}
`;
}
function meanShare(benchmarks: readonly Benchmark[]): number | null {
  const known = benchmarks.flatMap(({ coverage }) => (coverage === null ? [] : [coverage]));
  return known.length === 0 ? null : mean(known);
}
const shareText = (coverage: number | null): string => (coverage === null ? "" : `, ${(100 * coverage).toFixed(1)} %`);

const ROW = 26;
const LEFT = 150;
const HALF = 260;
const TOP = 60;

/** Two bars an idea: speed to the left half, coverage to the right. */
export function ablationPicture(all: readonly Ablation[]): string {
  const ablations = byWorth(all);
  const mostSpeed = Math.max(0.02, ...ablations.map((ablation) => Math.abs(Math.log2(speedOf(ablation)))));
  const mostShare = Math.max(0.02, ...ablations.map((ablation) => Math.abs(coverageOf(ablation) ?? 0)));
  const width = LEFT + 2 * HALF + 120;
  const height = TOP + ROW * ablations.length + 16;
  const rows = ablations.map((ablation, i) => {
    const y = TOP + ROW * i;
    const speed = speedOf(ablation);
    const share = coverageOf(ablation);
    return html`<g class="row"><text x="${LEFT - 10}" y="${y + 17}" text-anchor="end">${ablation.idea}</text>
${bar(LEFT, y, Math.log2(speed) / mostSpeed, `${speed.toFixed(3)}×`)}${bar(LEFT + HALF + 60, y, (share ?? 0) / mostShare, points(share))}</g>`;
  });
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12"><title>What each idea is worth, in speed and in coverage</title>
<style>${new Html(".back{fill:#fff} text{fill:#1c2330} .soft{fill:#6b7484} .gain{fill:#2f9e6e} .loss{fill:#d9534f}")}</style><rect width="100%" height="100%" class="back"/>
<text x="16" y="24" font-size="15" font-weight="600">What each idea is worth</text><text x="${LEFT}" y="46" class="soft">speed</text><text x="${LEFT + HALF + 60}" y="46" class="soft">coverage</text>
${rows}</svg>
`.text;
}
/** `share`: −1 to 1 of the half's width; losses are red. */
function bar(x: number, y: number, share: number, label: string): Html {
  const length = Math.abs(share) * (HALF - 70);
  return html`<rect x="${x}" y="${y + 6}" width="${length.toFixed(1)}" height="14" class="${share < 0 ? "loss" : "gain"}"/><text x="${(x + length + 6).toFixed(1)}" y="${y + 17}" class="soft">${label}</text>`;
}
