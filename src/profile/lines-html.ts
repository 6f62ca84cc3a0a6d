/** The per-line view as one page that needs nothing else: a click on a line tells why it ran in the interpreter. */
import { escapeHtml, page } from "../stats/html.ts";
import { type FileLines, type LineFigures, type LinesDocument, reasonsOf, worstLines } from "../stats/lines.ts";
import { type Tiers, allOf, compiledPart } from "../stats/tiers.ts";
import { COLORS } from "./chart.ts";
import { count, headline, linesOf, percent, shownFiles, titleOf } from "./lines-view.ts";

const MOST = 25;
const STYLE = `<style>
body { max-width: 90rem }
.bar { display: inline-block; width: 5rem; height: .7rem; background: var(--line); vertical-align: baseline }
.bar i { display: inline-block; height: 100%; vertical-align: top } .bar .regions { background: ${COLORS.regions} }
.bar .baseline { background: ${COLORS.baseline} } .bar .interpreter { background: ${COLORS.interpreter} }
td.place { white-space: nowrap }
.source { font: 12px/1.45 ui-monospace, monospace; overflow-x: auto } .source details { border: 0; padding: 0; margin: 0 }
.source summary, .source .cold { display: flex; gap: 1ch; list-style: none; white-space: pre }
.source summary::-webkit-details-marker { display: none }
.source summary:hover { background: color-mix(in oklab, var(--bar) 40%, transparent) }
.source details:target > summary { outline: 2px solid var(--bar) }
.source .cold { color: var(--soft) } .source b { font-weight: 400; color: var(--soft); text-align: right; flex: none }
.source .number { width: 5ch } .source .runs { width: 13ch } .source .share { width: 8ch }
.source ul { margin: .2rem 0 .4rem 32ch; color: var(--soft); font: 13px/1.4 system-ui, sans-serif; padding: 0 }
</style>`;

export function linesPage(document: LinesDocument): string {
  const shown = shownFiles(document);
  const body = [
    STYLE,
    `<h1>${escapeHtml(titleOf(document))}</h1>`,
    `<p>${escapeHtml(headline(document))} ${legend()}</p>`,
    worst(document, shown),
    files(document, shown),
    ...shown.map((file, i) => source(file, i)),
  ];
  return page(titleOf(document), body.join("\n"));
}
function legend(): string {
  const tiers = [
    ["regions", "traces"],
    ["baseline", "baseline functions"],
    ["interpreter", "interpreter"],
  ];
  return tiers
    .map(
      ([tier, name]) =>
        `<span class="bar" style="width: 1rem"><i class="${tier}" style="width: 100%"></i></span> ${name}`,
    )
    .join(" ");
}
function bar(tiers: Tiers): string {
  const all = allOf(tiers);
  const parts = (["regions", "baseline", "interpreter"] as const).map((tier) => {
    return `<i class="${tier}" style="width: ${((100 * tiers[tier]) / all).toFixed(1)}%"></i>`;
  });
  return `<span class="bar">${all === 0 ? "" : parts.join("")}</span>`;
}

// ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────
function table(columns: readonly string[], rows: readonly string[]): string {
  const head = columns.map((name) => `<th>${name}</th>`).join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
function worst(document: LinesDocument, shown: readonly FileLines[]): string {
  const rows = worstLines(document, MOST).map(({ file, line }) => {
    const at = shown.indexOf(file);
    const place = escapeHtml(`${file.file.slice(file.file.lastIndexOf("/") + 1)}:${line.line}`);
    const link = at < 0 ? place : `<a href="#${anchor(at, line.line)}">${place}</a>`;
    const [first = ""] = reasonsOf(line);
    const interpreted = count(line.instructions.interpreter);
    return `<tr><td class="name place">${link}</td><td class="number">${interpreted}</td><td class="number">${percent(line.instructions)}</td><td>${escapeHtml(first)}</td></tr>`;
  });
  if (rows.length === 0) return "";
  const note = "<p>The lines at which the interpreter ran most, and what brought it there.</p>";
  const columns = ["line", "interpreted", "compiled", "mostly"];
  return `<details open><summary><h2>Where the interpreter ran</h2></summary>${note}${table(columns, rows)}</details>`;
}
function files({ files: all }: LinesDocument, shown: readonly FileLines[]): string {
  const rows = all.map((file) => {
    const at = shown.indexOf(file);
    const name = escapeHtml(file.file);
    const link = at < 0 ? name : `<a href="#file${at}">${name}</a>`;
    return `<tr><td class="name">${link}</td><td class="number">${count(allOf(file.instructions))}</td><td>${bar(file.instructions)}</td><td class="number">${percent(file.instructions)}</td></tr>`;
  });
  const columns = ["file", "instructions", "", "compiled"];
  return `<details><summary><h2>Files</h2></summary>${table(columns, rows)}</details>`;
}

// ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────
const anchor = (file: number, line: number): string => `f${file}l${line}`;

function source(file: FileLines, index: number): string {
  const known = new Map(file.lines.map((line) => [line.line, line]));
  const rows = linesOf(file.text as string).map((text, i) => row(text, i + 1, known.get(i + 1), index));
  const heading = `<summary><h2>${escapeHtml(file.file)}</h2> ${percent(file.instructions)} compiled</summary>`;
  return `<details id="file${index}"${index === 0 ? " open" : ""}>${heading}<div class="source">${rows.join("\n")}</div></details>`;
}
function row(text: string, number: number, line: LineFigures | undefined, file: number): string {
  const code = `<code>${escapeHtml(text)}</code>`;
  if (line === undefined)
    return `<div class="cold"><b class="number">${number}</b><b class="runs"></b><b class="share"></b><span class="bar" style="background: none"></span>${code}</div>`;
  const { instructions, runs } = line;
  const heads = `<b class="number">${number}</b><b class="runs">${count(runs)}</b><b class="share">${percent(instructions)}</b>${bar(instructions)}${code}`;
  const reasons = reasonsOf(line).map((reason) => `<li>${escapeHtml(reason)}</li>`);
  if (reasons.length === 0)
    reasons.push(`<li>${compiledPart(instructions) === 1 ? "all of it ran compiled" : ""}</li>`);
  return `<details class="line" id="${anchor(file, number)}"><summary>${heads}</summary><ul>${reasons.join("")}</ul></details>`;
}
