/** How much of many programs ran in compiled code, and what brought the interpreter to the rest: chart and table. */
import { escapeHtml } from "../stats/html.ts";
import { escapeCell } from "../stats/markdown.ts";
import type { LinesDocument } from "../stats/lines.ts";
import type { Shape } from "../events/shape.ts";
import { TIERS_SHAPE, type Tiers, allOf, compiledPart } from "../stats/tiers.ts";
import { COLORS } from "./chart.ts";

export const COVERAGE = "sidewinder coverage";
export const COVERAGE_VERSION = 1;

export interface ProgramCoverage {
  readonly name: string;
  readonly instructions: Tiers;
  /** Of the interpreter's instructions: what brought it to most of them, the greatest part first. */
  readonly causes: readonly { readonly cause: string; readonly count: number }[];
}
export interface CoverageDocument {
  readonly kind: typeof COVERAGE;
  readonly version: typeof COVERAGE_VERSION;
  readonly programs: readonly ProgramCoverage[];
  readonly failures: readonly { readonly name: string; readonly reason: string }[];
}
export const COVERAGE_SHAPE: Shape = {
  fields: {
    programs: {
      list: {
        fields: {
          name: "text",
          instructions: TIERS_SHAPE,
          causes: { list: { fields: { cause: "text", count: "number" } } },
        },
      },
    },
    failures: { list: { fields: { name: "text", reason: "text" } } },
  },
};
/** Causes that are kept of each program. */
const CAUSES = 5;

export function coverageOf(name: string, { instructions, files }: LinesDocument): ProgramCoverage {
  const counts = new Map<string, number>();
  for (const { interpreted } of files.flatMap(({ lines }) => lines)) {
    for (const [cause, count] of Object.entries(interpreted)) counts.set(cause, (counts.get(cause) ?? 0) + count);
  }
  const causes = [...counts].map(([cause, count]) => ({ cause, count })).sort((a, b) => b.count - a.count);
  return { name, instructions, causes: causes.slice(0, CAUSES) };
}
/** The best covered first. */
export function byCoverage(programs: readonly ProgramCoverage[]): ProgramCoverage[] {
  return [...programs].sort((a, b) => compiledPart(b.instructions) - compiledPart(a.instructions));
}

/** What coverage is to be: of every program, and of as many as can be. */
const GOALS = [0.95, 0.99];
const percent = (part: number, digits = 1): string => `${(100 * part).toFixed(digits)} %`;

/** One line that says the most. */
export function coverageHeadline({ programs, failures }: CoverageDocument): string {
  const reach = GOALS.map((goal) => {
    const n = programs.filter(({ instructions }) => compiledPart(instructions) >= goal).length;
    return `${n} with at least ${percent(goal, 0)}`;
  });
  const failed = failures.length === 0 ? "" : `; ${failures.length} did not run`;
  return `${programs.length} programs, ${reach.join(", ")} of their instructions in compiled code${failed}`;
}

// ── chart ────────────────────────────────────────────────────────────────────────────────────────────────────
const WIDTH = 1000;
const LABEL = 170;
const BAR = WIDTH - LABEL - 80;
const ROW = 17;
const TOP = 44;
const TIERS = [
  ["regions", "compiled code: traces"],
  ["baseline", "compiled code: baseline"],
  ["interpreter", "interpreter"],
] as const;

export function coverageChart(document: CoverageDocument): string {
  const programs = byCoverage(document.programs);
  const height = TOP + programs.length * ROW + 44;
  const bottom = TOP + programs.length * ROW;
  const goals = GOALS.map((goal) => {
    const x = (LABEL + BAR * goal).toFixed(1);
    return `<line x1="${x}" x2="${x}" y1="${TOP - 6}" y2="${bottom}" stroke="#1c1e21" stroke-dasharray="2 3"/><text x="${x}" y="${TOP - 10}" text-anchor="middle" font-size="10" fill="#5c636b">${100 * goal}</text>`;
  });
  const legend = TIERS.map(([tier, name], i) => {
    const x = LABEL + i * 210;
    return `<rect x="${x}" y="${bottom + 16}" width="12" height="12" fill="${COLORS[tier]}"/><text x="${x + 18}" y="${bottom + 26}">${name}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#1c1e21">`,
    "<title>Instructions by tier</title>",
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="10" y="18" fill="#5c636b">${escapeHtml(coverageHeadline(document))}</text>`,
    ...programs.map((program, i) => row(program, TOP + i * ROW)),
    ...goals,
    ...legend,
    "</svg>\n",
  ].join("\n");
}
function row({ name, instructions, causes }: ProgramCoverage, y: number): string {
  const all = allOf(instructions);
  let x = LABEL;
  const why = causes.map(({ cause, count }) => `${percent(count / all, 2)} ${cause}`);
  const parts = TIERS.flatMap(([tier, title]) => {
    const width = (BAR * instructions[tier]) / all;
    if (width === 0) return [];
    const at = x;
    x += width;
    const lines = [`${title}: ${percent(instructions[tier] / all, 2)}`, ...(tier === "interpreter" ? why : [])];
    return [
      `<rect class="part" x="${at.toFixed(2)}" y="${y}" width="${width.toFixed(2)}" height="${ROW - 4}" fill="${COLORS[tier]}"><title>${escapeHtml(lines.join("\n"))}</title></rect>`,
    ];
  });
  return [
    `<text x="${LABEL - 8}" y="${y + 11}" text-anchor="end">${escapeHtml(name)}</text>`,
    ...parts,
    `<text x="${WIDTH - 10}" y="${y + 11}" text-anchor="end">${percent(compiledPart(instructions), 2)}</text>`,
  ].join("\n");
}

// ── table ────────────────────────────────────────────────────────────────────────────────────────────────────
export function coverageMarkdown(document: CoverageDocument): string {
  const rows = byCoverage(document.programs).map(({ name, instructions, causes }) => {
    const all = allOf(instructions);
    const [first] = causes;
    const cause = first === undefined ? "" : `${percent(first.count / all, 2)} ${first.cause}`;
    const millions = (all / 1e6).toFixed(1);
    return `| ${escapeCell(name)} | ${millions} | ${percent(compiledPart(instructions), 2)} | ${percent(instructions.baseline / all, 2)} | ${escapeCell(cause)} |`;
  });
  const failures = document.failures.map(({ name, reason }) => `| ${escapeCell(name)} | ${escapeCell(reason)} |`);
  return [
    "# Coverage",
    "",
    `${coverageHeadline(document)}.`,
    "",
    "| program | million instructions | compiled | of it baseline | what most of the interpreter's instructions are put down to |",
    "| --- | --: | --: | --: | --- |",
    ...rows,
    "",
    ...(failures.length === 0 ? [] : ["| did not run | because |", "| --- | --- |", ...failures, ""]),
  ].join("\n");
}
