/** Sections as one HTML page that needs nothing else. */
import { cellText, shareOf } from "./markdown.ts";
import type { Cell, Section, Table } from "./sections.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For content and attributes of HTML and SVG. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** The look that all pages of the Lab share. */
export const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1c1e21, #e3e5e8); --paper: light-dark(#fff, #16181b);
  --line: light-dark(#d9dce0, #34383d); --soft: light-dark(#5c636b, #9aa1a9); --bar: light-dark(#b8d3f2, #274a70); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
  max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.15rem; display: inline }
h3, h4 { font-size: 1rem; display: inline }
p { color: var(--soft); margin: .4rem 0 }
details { border-top: 1px solid var(--line); padding: .5rem 0 } details details { margin-left: 1.2rem }
summary { cursor: pointer }
table { border-collapse: collapse; margin: .5rem 0; font-size: .88rem; font-variant-numeric: tabular-nums }
th { text-align: left; font-weight: 600; color: var(--soft) } th, td { padding: .1rem .9rem .1rem 0 }
td.number, th.number { text-align: right } td.name { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
td.share { min-width: 11rem; position: relative; padding: 0 } td.share i { position: absolute; inset: 2px auto 2px 0;
  background: var(--bar); border-radius: 2px } td.share b { position: relative; font-weight: 400; padding-left: .4rem }
td.more { color: light-dark(#a5420a, #f0a070) } td.less { color: light-dark(#0a6b3d, #6fd3a0) }
`;

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** `chart`: SVG that stands in front of the sections. */
export function html(title: string, lead: string, chart: string, sections: readonly Section[]): string {
  const [first, ...others] = sections;
  const text = [sectionHtml(first, 2, true), ...others.map((section) => sectionHtml(section, 2, false))].join("");
  return page(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(lead)}</p>\n${chart}\n${text}`);
}
function sectionHtml({ title, note, table, sections }: Section, level: number, isOpen: boolean): string {
  const heading = `<h${level}>${escapeHtml(title)}</h${level}>`;
  const about = note === "" ? "" : `<p>${escapeHtml(note)}</p>`;
  const inner = sections.map((section) => sectionHtml(section, Math.min(4, level + 1), false)).join("");
  const content = `${about}${table === null ? "" : tableHtml(table)}${inner}`;
  return `<details${isOpen ? " open" : ""}><summary>${heading}</summary>${content}</details>\n`;
}
function tableHtml({ columns, rows }: Table): string {
  const kinds = columns.map((_, i) => kindOf(rows, i));
  const head = columns.flatMap((name, i) => {
    const cell = `<th class="${kinds[i] === "name" ? "name" : "number"}">${escapeHtml(name)}</th>`;
    return kinds[i] === "share" ? [cell, "<th></th>"] : [cell];
  });
  const body = rows.map((row) => `<tr>${row.map((cell, i) => cellHtml(cell, kinds[i])).join("")}</tr>`);
  return `<table><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}
type Kind = "name" | "number" | "share";
function kindOf(rows: Table["rows"], column: number): Kind {
  const cells = rows.map((row) => row[column]);
  if (cells.some((cell) => shareOf(cell) !== "")) return "share";
  return cells.some((cell) => typeof cell === "object" && cell !== null) ? "number" : "name";
}
function cellHtml(cell: Cell, kind: Kind): string {
  const text = escapeHtml(cellText(cell).replaceAll("\\|", "|"));
  if (kind === "name") return `<td class="name">${text}</td>`;
  const sign =
    typeof cell === "object" && cell !== null && "change" in cell ? (cell.change > 0 ? " more" : " less") : "";
  const number = `<td class="number${sign}">${text}</td>`;
  if (kind === "number") return number;
  const share = shareOf(cell);
  const bar = share === "" ? "" : `<i style="width:${share.replace(" ", "")}"></i><b>${share}</b>`;
  return `${number}<td class="share">${bar}</td>`;
}
