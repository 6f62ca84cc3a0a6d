/** Profiles as horizontal stacked bars, one a program: SVG that stands alone. */
import { CATEGORIES, type Category } from "./categories.ts";
import { escapeHtml } from "../stats/html.ts";
import { type Profile, compiledInstructions, compiledTime } from "./profile.ts";

/** Compiled code is blue, the interpreter red, what compiles yellow, objects green, V8 grey. */
export const COLORS: Readonly<Record<Category, string>> = {
  regions: "#1f5fa8",
  baseline: "#5b96d6",
  leaving: "#a9c8ec",
  interpreter: "#c63a3a",
  jit: "#e0a92b",
  numbers: "#1d7a4f",
  text: "#2f9a68",
  containers: "#50b585",
  callables: "#7bcaa3",
  classes: "#a3dcc0",
  objects: "#c8ebd9",
  builtins: "#7a5ab5",
  patterns: "#b04a8b",
  modules: "#9c86cc",
  imports: "#c9a27a",
  io: "#8c6d4f",
  gc: "#5a5f66",
  v8compile: "#8b9199",
  v8: "#b5bac0",
  start: "#d8dbdf",
};
const WIDTH = 1000;
const LABEL = 190;
const BAR = WIDTH - LABEL - 130;
const ROW = 26;
const TOP = 40;
const LEGEND_COLUMNS = 3;

const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–");

export function profileChart(profiles: readonly Profile[]): string {
  const used = (Object.keys(CATEGORIES) as Category[]).filter((name) => profiles.some((p) => p.categories[name] > 0));
  const bottom = TOP + profiles.length * ROW + 24;
  const height = bottom + Math.ceil(used.length / LEGEND_COLUMNS) * 20 + 10;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
    "<title>Time by category</title>",
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="${LABEL}" y="16" fill="#5c636b">time by category</text>`,
    `<text x="${WIDTH - 10}" y="16" text-anchor="end" fill="#5c636b">jit / (jit + interp.)</text>`,
    `<text x="${WIDTH - 70}" y="31" text-anchor="end" fill="#5c636b" font-size="11">time</text>`,
    `<text x="${WIDTH - 10}" y="31" text-anchor="end" fill="#5c636b" font-size="11">instr.</text>`,
    ...profiles.map((profile, i) => row(profile, TOP + i * ROW)),
    axis(bottom - 18),
    ...used.map((name, i) => legend(name, i, bottom)),
    "</svg>\n",
  ].join("\n");
}
function row(profile: Profile, y: number): string {
  let x = LABEL;
  const parts = (Object.keys(CATEGORIES) as Category[]).flatMap((name) => {
    const share = profile.categories[name] / Math.max(1, profile.time);
    const width = share * BAR;
    if (width === 0) return [];
    const at = x;
    x += width;
    const title = `<title>${escapeHtml(`${CATEGORIES[name]}: ${percent(share)}`)}</title>`;
    return [
      `<rect class="part" x="${at.toFixed(2)}" y="${y}" width="${width.toFixed(2)}" height="${ROW - 8}" fill="${COLORS[name]}">${title}</rect>`,
    ];
  });
  const instructions = compiledInstructions(profile);
  const text = (at: number, anchor: string, value: string): string =>
    `<text x="${at}" y="${y + 14}" text-anchor="${anchor}" fill="#1c1e21">${escapeHtml(value)}</text>`;
  return [
    text(LABEL - 8, "end", programName(profile)),
    ...parts,
    text(WIDTH - 70, "end", percent(compiledTime(profile))),
    text(WIDTH - 10, "end", instructions === null ? "–" : percent(instructions)),
  ].join("\n");
}
function axis(y: number): string {
  return [0, 25, 50, 75, 100]
    .map(
      (p) =>
        `<text x="${LABEL + (BAR * p) / 100}" y="${y + 8}" text-anchor="middle" fill="#5c636b" font-size="11">${p} %</text>`,
    )
    .join("\n");
}
function legend(name: Category, i: number, y: number): string {
  const x = 20 + (i % LEGEND_COLUMNS) * (WIDTH / LEGEND_COLUMNS);
  const at = y + Math.floor(i / LEGEND_COLUMNS) * 20 + 8;
  return `<rect x="${x}" y="${at}" width="12" height="12" fill="${COLORS[name]}"/><text x="${x + 18}" y="${at + 11}" fill="#1c1e21">${escapeHtml(CATEGORIES[name])}</text>`;
}
/** The program's file, or module, without its folder. */
export function programName({ program }: Pick<Profile, "program">): string {
  const [first = "", ...rest] = program;
  const name = first === "-m" || first === "-c" ? `${first} ${rest[0] ?? ""}` : first.slice(first.lastIndexOf("/") + 1);
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}

export function profileMarkdown(profiles: readonly Profile[]): string {
  return profiles.map(oneMarkdown).join("\n");
}
function oneMarkdown(profile: Profile): string {
  const share = (time: number): string => percent(time / Math.max(1, profile.time));
  const rows = (Object.keys(CATEGORIES) as Category[])
    .filter((name) => profile.categories[name] > 0)
    .sort((a, b) => profile.categories[b] - profile.categories[a])
    .map((name) => `| ${CATEGORIES[name]} | ${share(profile.categories[name])} |`);
  const functions = profile.functions
    .slice(0, 25)
    .map(({ name, file, category, time }) => `| ${name} | ${file} | ${CATEGORIES[category]} | ${share(time)} |`);
  const instructions = compiledInstructions(profile);
  const counted = instructions === null ? "" : `, of the instructions ${percent(instructions)}`;
  return [
    `# ${programName(profile)}`,
    "",
    `${profile.samples} samples over ${(profile.time / 1e6).toFixed(2)} s. Compiled code / (compiled code + interpreter): of the time ${percent(compiledTime(profile))}${counted}.`,
    "",
    "| category | time |",
    "| --- | --: |",
    ...rows,
    "",
    "| function | file | category | own time |",
    "| --- | --- | --- | --: |",
    ...functions,
    "",
  ].join("\n");
}
