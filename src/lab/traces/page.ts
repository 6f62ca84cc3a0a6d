/**
 * A document of traces as one page that needs nothing else: from a file, without a network. It is made of text here and
 * only linked up in the browser (`script.ts`), so it can be made in a browser as well.
 */
import type {
  BaselineReport,
  ExitReport,
  NodeReport,
  Ref,
  RegionReport,
  TraceReport,
  TracesDocument,
} from "../../events/traces.ts";
import { Places, type Place, allLineRuns, eachNode, lineKey, shade, traceCount } from "./heat.ts";
import { Html, html } from "../html.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

export function tracesPage(document: TracesDocument): string {
  return new Page(document).render().text;
}

class Page {
  private readonly places: Places;
  private readonly runs: Map<string, number>;
  private readonly most: number;
  private readonly files: string[];

  constructor(private readonly document: TracesDocument) {
    this.places = new Places(document);
    this.runs = allLineRuns(document, this.places);
    this.most = Math.max(0, ...document.regions.map(hottest));
    this.files = this.filesByHeat();
  }
  /** The files that something was compiled of, the hottest first. */
  private filesByHeat(): string[] {
    const heat = new Map<string, number>(this.document.codes.map(({ file }) => [file, 0]));
    for (const [key, n] of this.runs) {
      const [file] = key.split("\0");
      heat.set(file, (heat.get(file) ?? 0) + n);
    }
    return [...heat].sort((a, b) => b[1] - a[1]).map(([file]) => file);
  }

  render(): Html {
    const { program, regions, baselines, aborts } = this.document;
    const traces = regions.reduce((n, { trace }) => n + traceCount(trace), 0);
    const title = program.join(" ") || "a program";
    const facts = [
      `${regions.length} regions of ${traces} traces`,
      `${baselines.length} baseline functions`,
      `${aborts.reduce((n, { count }) => n + count, 0)} aborted recordings`,
    ];
    return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Traces: ${title}</title>
<style>${new Html(STYLE)}</style></head>
<body><header><h1>Traces <code>${title}</code></h1><p>${facts.join(" · ")}</p>
<p class="keys"><kbd>↑</kbd> <kbd>↓</kbd> move · <kbd>Enter</kbd> show in the other columns · <kbd>n</kbd> <kbd>p</kbd> next, previous region · <kbd>1</kbd>–<kbd>4</kbd> columns · <kbd>Esc</kbd> clear</p></header>
<main>
<nav aria-label="Regions" data-pane>${this.tree()}</nav>
<section class="sources" aria-label="Python source">${this.sources()}</section>
<div class="units">${this.units()}</div>
</main><script>${new Html(SCRIPT)}</script></body></html>
`;
  }

  // ── the tree ───────────────────────────────────────────────────────────────────────────────────────────────
  private tree(): Html {
    const { regions, baselines } = this.document;
    const ordered = [...regions].sort((a, b) => hottest(b) - hottest(a));
    const empty = html`<p class="empty">Nothing got hot: no loop took enough turns, and no function was called often enough, to be recorded.
      <code>-X jit-threshold=N</code> and <code>-X jit-entry-threshold=N</code> lower what is enough.</p>`;
    return html`<h2>Regions</h2>${ordered.length === 0 ? empty : ordered.map((region) => this.regionEntry(region))}
${baselines.length === 0 ? null : html`<h2>Baseline functions</h2>${baselines.map((unit) => this.baselineEntry(unit))}`}
${this.aborts()}${this.invalidations()}`;
  }
  private regionEntry(region: RegionReport): Html {
    const { id, kind, code, line, isAlive } = region;
    const { name } = this.document.codes[code];
    const state = isAlive ? null : html` <em>dropped</em>`;
    return html`<div class="entry" role="button" tabindex="0" data-unit="r${id}" style="--heat:${shade(hottest(region), this.most)}">
<b>${name}</b> <span class="what">${kind} at line ${line ?? "?"}</span>${state} <span class="n">${count(hottest(region))}</span></div>
${this.sideEntries(region, region.trace)}`;
  }
  private sideEntries(region: RegionReport, trace: TraceReport): Html {
    const sides = trace.nodes.filter(({ side }) => side !== null);
    if (sides.length === 0) return html``;
    return html`<ul>${sides.map(({ id, side, exit, origin }) => {
      const line = this.places.of(origin)?.line ?? "?";
      const { runs } = side as TraceReport;
      return html`<li><div class="entry side" role="button" tabindex="0" data-unit="r${region.id}" data-goto="${id}" style="--heat:${shade(runs, this.most)}">
${exit?.reason ?? ""} <span class="what">line ${line}</span> <span class="n">${count(runs)}</span></div>${this.sideEntries(region, side as TraceReport)}</li>`;
    })}</ul>`;
  }
  private baselineEntry({ code, versions }: BaselineReport): Html {
    const { name, line } = this.document.codes[code];
    const made = versions > 1 ? `, made ${versions} times` : "";
    return html`<div class="entry" role="button" tabindex="0" data-unit="b${code}"><b>${name}</b> <span class="what">line ${line}${made}</span></div>`;
  }
  private aborts(): Html | null {
    const { aborts, codes } = this.document;
    if (aborts.length === 0) return null;
    const rows = [...aborts]
      .sort((a, b) => b.count - a.count)
      .map(
        ({ reason, code, pc, line, count: n }) =>
          html`<div class="entry abort" role="button" tabindex="0" data-at="${this.at(this.places.of({ code, pc }))}">${reason}
<span class="what">${codes[code].name}, line ${line ?? "?"}</span> <span class="n">${n}×</span></div>`,
      );
    return html`<h2>Aborted recordings</h2>${rows}`;
  }
  private invalidations(): Html | null {
    const { invalidations, regions } = this.document;
    if (invalidations.length === 0) return null;
    const rows = invalidations.map(({ region, cause, count: n }) => {
      const name = regions.find(({ id }) => id === region)?.name ?? `region ${region}`;
      return html`<div class="entry abort" role="button" tabindex="0" data-unit="r${region}">${cause} <span class="what">${name}</span> <span class="n">${n}×</span></div>`;
    });
    return html`<h2>Invalidations</h2>${rows}`;
  }

  // ── source ─────────────────────────────────────────────────────────────────────────────────────────────────
  private sources(): Html {
    const tabs = this.files.map((file, i) => html`<option value="f${i}">${file}</option>`);
    const texts = this.files.map((file, i) => this.source(file, i));
    if (texts.length === 0) return html`<p class="empty">No Python code was compiled.</p>`;
    return html`<select aria-label="File">${tabs}</select>${texts}`;
  }
  private source(file: string, number: number): Html {
    const text = this.document.sources[file];
    if (text === undefined) {
      return html`<div class="file" data-pane data-file="f${number}" hidden><p class="empty">The text of ${file} is not in the document.</p></div>`;
    }
    const most = Math.max(0, ...this.runs.values());
    const lines = text
      .replace(/\n$/, "")
      .split("\n")
      .map((code, i) => {
        const line = i + 1;
        const runs = this.runs.get(lineKey({ file, line })) ?? 0;
        return html`<div class="line" tabindex="-1" data-at="f${number}:${line}" style="--heat:${shade(runs, most)}"><i>${line}</i><b>${runs > 0 ? count(runs) : ""}</b><code>${code}</code></div>`;
      });
    return html`<div class="file" data-pane data-file="f${number}" hidden>${lines}</div>`;
  }
  private at(place: Place | null): string {
    return place === null ? "" : `f${this.files.indexOf(place.file)}:${place.line}`;
  }
  /** Columns in UTF-16 units of the source's line. */
  private columns(place: Place | null): string {
    if (place?.columns === undefined || place.columns === null) return "";
    const line = (this.document.sources[place.file] ?? "").split("\n", place.line)[place.line - 1] ?? "";
    return place.columns.map((column) => unitsOf(line, column)).join("-");
  }

  // ── regions and baseline functions ─────────────────────────────────────────────────────────────────────────
  private units(): Html {
    const regions = this.document.regions.map((region) => this.regionUnit(region));
    return html`${regions}${this.document.baselines.map((unit) => this.baselineUnit(unit))}`;
  }
  private regionUnit(region: RegionReport): Html {
    const owners = new Map<number, NodeReport>();
    eachNode(region.trace, (node) => owners.set(node.id, node));
    const exits: ExitReport[] = [];
    eachNode(region.trace, ({ exit }) => {
      if (exit !== null) exits.push(exit);
    });
    const header = region.header.map(({ id, slot, kind }) => {
      const name = this.document.codes[region.code].slots[slot] ?? `stack ${slot}`;
      return html`<div class="node" tabindex="-1" data-node="${id}">%${id} = <b>${name}</b> <span class="kind">${kind}</span></div>`;
    });
    const facts = `emitted ${region.emissions} times, ${region.text.length} characters${region.misses > 0 ? `, ${region.misses} entries with other kinds of values` : ""}`;
    return html`<section class="unit" data-unit="r${region.id}" hidden>
<div class="operations" data-pane aria-label="Operations"><h2>Operations <span class="what">${facts}</span></h2>${header}${this.trace(region.trace, region)}<h2>Exits</h2>${this.exitTable(exits)}</div>
<div class="javascript" data-pane aria-label="JavaScript"><h2>JavaScript <span class="what">${region.name}</span></h2>${this.text(
      region.text,
      (i) => {
        const node = owners.get(region.lines[i]);
        return node === undefined ? null : { node: node.id, place: this.places.of(node.origin), runs: node.runs };
      },
    )}</div></section>`;
  }
  private trace(trace: TraceReport, region: RegionReport): Html {
    const { end } = trace;
    const target = end.target === 0 ? "" : end.kind === "join" ? `%${end.target}` : `region ${end.target}`;
    return html`<div class="trace">${trace.nodes.map((node) => this.node(node, region))}
<div class="end">${end.kind} ${target} <span class="what">${end.reason === end.kind ? "" : end.reason}</span>${end.exit === null ? null : this.chip(end.exit)}</div></div>`;
  }
  private node(node: NodeReport, region: RegionReport): Html {
    const { id, op, args, kind, data, isLive, origin, runs, exit, side } = node;
    const place = this.places.of(origin);
    const operands = args.map((arg, i) => html`${i > 0 ? ", " : ""}${refHtml(arg)}`);
    const line = html`<div class="node${isLive ? "" : " dead"}" tabindex="-1" data-node="${id}" data-at="${this.at(place)}" data-columns="${this.columns(place)}"
 title="${this.explain(node)}" style="--heat:${shade(runs, this.most)}">${kind === "none" ? null : html`%${id} = `}<b>${op}</b> ${operands}${
   data === "" ? null : html` <span class="data">${data}</span>`
 }${kind === "none" ? null : html` <span class="kind">${kind}</span>`}${exit === null ? null : this.chip(exit)}</div>`;
    if (side === null) return line;
    return html`${line}<details open><summary>side trace ${side.log} <span class="n">${count(side.runs)}</span></summary>${this.trace(side, region)}</details>`;
  }
  private explain({ origin, runs, isLive }: NodeReport): string {
    if (origin === null) return "";
    const code = this.document.codes[origin.code];
    const instruction = code.instructions.find(({ pc }) => pc === origin.pc);
    const dead = isLive ? "" : "; not emitted";
    return `${code.name}@${origin.pc} ${instruction?.name ?? ""} ${instruction?.argument ?? ""}, ${origin.depth} frames inlined, came here ${count(runs)} times${dead}`;
  }
  /** An exit beside its guard: reason, count, temperature. */
  private chip(exit: ExitReport): Html | null {
    const { reason, count: n, fate } = exit;
    return html` <span class="exit ${temperatureClass(exit)}" style="--warmth:${warmth(exit)}" title="${fate}">${reason} ${n > 0 ? count(n) : ""}</span>`;
  }
  private exitTable(exits: readonly ExitReport[]): Html {
    const rows = [...exits]
      .sort((a, b) => b.count - a.count)
      .map((exit) => {
        const { reason, outcome, code, pc, line, count: n, threshold, warmth: since, fate } = exit;
        const place = this.places.of({ code, pc });
        const temperature = threshold === null || fate === "side trace" ? "" : `${since}/${threshold}`;
        return html`<tr class="${temperatureClass(exit)}" tabindex="-1" data-at="${this.at(place)}"><td class="n">${count(n)}</td>
<td><span class="warmth" style="--warmth:${warmth(exit)}"></span> ${temperature}</td><td>${reason}</td><td>${outcome}</td><td>${this.document.codes[code].name}, line ${line ?? "?"}</td><td>${fate}</td></tr>`;
      });
    if (rows.length === 0) return html`<p class="empty">None.</p>`;
    return html`<table><thead><tr><th>taken</th><th>temperature</th><th>reason</th><th>outcome</th><th>at</th><th>what became of it</th></tr></thead><tbody>${rows}</tbody></table>`;
  }
  private baselineUnit({ code, name, text, lines }: BaselineReport): Html {
    const { instructions } = this.document.codes[code];
    const list = instructions.map(({ pc, name: op, argument }) => {
      const place = this.places.of({ code, pc });
      return html`<div class="node" tabindex="-1" data-node="${pc}" data-at="${this.at(place)}" data-columns="${this.columns(place)}">${pc} <b>${op}</b> ${argument}</div>`;
    });
    return html`<section class="unit" data-unit="b${code}" hidden>
<div class="operations" data-pane aria-label="Instructions"><h2>Instructions</h2>${list}</div>
<div class="javascript" data-pane aria-label="JavaScript"><h2>JavaScript <span class="what">${name}</span></h2>${this.text(
      text,
      (i) => {
        const pc = lines[i] ?? -1;
        return pc < 0 ? null : { node: pc, place: this.places.of({ code, pc }), runs: 0 };
      },
    )}</div></section>`;
  }
  private text(
    text: string,
    ownerOf: (line: number) => { node: number; place: Place | null; runs: number } | null,
  ): Html {
    const lines = text.split("\n").map((line, i) => {
      const owner = ownerOf(i);
      if (owner === null) return html`<div class="js">${line}</div>`;
      return html`<div class="js" tabindex="-1" data-node="${owner.node}" data-at="${this.at(owner.place)}" style="--heat:${shade(owner.runs, this.most)}">${line}</div>`;
    });
    return html`<div class="text">${lines}</div>`;
  }
}

const hottest = ({ trace }: RegionReport): number => trace.runs;
const count = (n: number): string => n.toLocaleString("en");
function refHtml(ref: Ref): Html {
  return typeof ref === "number" ? html`<a data-ref="${ref}">%${ref}</a>` : html`${ref}`;
}
/** From 0 to 1: 1 is hot. */
function warmth({ fate, warmth: since, threshold }: ExitReport): number {
  if (fate === "side trace") return 1;
  return threshold === null ? 0 : Math.min(1, Math.round((100 * since) / threshold) / 100);
}
function temperatureClass({ fate, count: n }: ExitReport): string {
  if (fate === "side trace") return "traced";
  if (n === 0) return "never";
  return fate === "not hot" ? "warm" : "stuck";
}
function unitsOf(line: string, bytes: number): number {
  let seen = 0;
  let units = 0;
  for (const character of line) {
    if (seen >= bytes) break;
    const point = character.codePointAt(0) as number;
    seen += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    units += character.length;
  }
  return units;
}
