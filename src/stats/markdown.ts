/** Sections as Markdown. */
import type { Cell, Section, Table } from "./sections.ts";

export function markdown(title: string, lead: string, sections: readonly Section[]): string {
  return `# ${title}\n\n${lead}\n\n${sections.map((section) => sectionText(section, 2)).join("")}`;
}
function sectionText({ title, note, table, sections }: Section, level: number): string {
  const parts = [`${"#".repeat(level)} ${title}\n`];
  if (note !== "") parts.push(`${note}\n`);
  if (table !== null) parts.push(tableText(table));
  return `${parts.join("\n")}\n${sections.map((section) => sectionText(section, level + 1)).join("")}`;
}
function tableText({ columns, rows }: Table): string {
  const hasShares = rows.some((row) => row.some((cell) => shareOf(cell) !== ""));
  const widened = columns.flatMap((name, i) => (hasShares && isNumeric(rows, i) ? [name, "share"] : [name]));
  const numeric = columns.flatMap((_, i) => (isNumeric(rows, i) ? (hasShares ? [true, true] : [true]) : [false]));
  const lines = rows.map((row) =>
    row.flatMap((cell, i) => (hasShares && isNumeric(rows, i) ? [cellText(cell), shareOf(cell)] : [cellText(cell)])),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return line(widened) + line(numeric.map((is) => (is ? "--:" : "---"))) + lines.map(line).join("");
}
const isNumeric = (rows: Table["rows"], column: number): boolean =>
  rows.some((row) => typeof row[column] === "object" && row[column] !== null);

/** Text that stands in a table's cell. */
export const escapeCell = (text: string): string => text.replaceAll("|", "\\|");

export function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "string") return escapeCell(cell);
  if ("change" in cell) return `${cell.change >= 0 ? "+" : "−"}${(100 * Math.abs(cell.change)).toFixed(1)} %`;
  return `${cell.count < 0 ? "−" : ""}${Math.abs(cell.count).toLocaleString("en")}`;
}
export function shareOf(cell: Cell): string {
  if (cell === null || typeof cell === "string" || "change" in cell || cell.of === undefined || cell.of === 0)
    return "";
  return `${((100 * cell.count) / cell.of).toFixed(1)} %`;
}
