/** The per-line view as Markdown: a listing with how often each line ran and how much of it compiled. */
import { type FileLines, type LinesDocument, reasonsOf, worstLines } from "../stats/lines.ts";
import { escapeCell } from "../stats/markdown.ts";
import { allOf } from "../stats/tiers.ts";
import { count, headline, linesOf, percent, shownFiles, titleOf } from "./lines-view.ts";

const MOST = 25;

export function linesMarkdown(document: LinesDocument): string {
  const worst = worstLines(document, MOST).map(({ file, line }) => {
    const place = `${file.file.slice(file.file.lastIndexOf("/") + 1)}:${line.line}`;
    return `| ${escapeCell(place)} | ${count(line.instructions.interpreter)} | ${percent(line.instructions)} | ${escapeCell(reasonsOf(line)[0] ?? "")} |`;
  });
  const files = document.files.map(
    ({ file, instructions }) => `| ${escapeCell(file)} | ${count(allOf(instructions))} | ${percent(instructions)} |`,
  );
  return [
    `# ${titleOf(document)}`,
    "",
    headline(document),
    "",
    "## Where the interpreter ran",
    "",
    "| line | interpreted | compiled | mostly |",
    "| --- | --: | --: | --- |",
    ...worst,
    "",
    "## Files",
    "",
    "| file | instructions | compiled |",
    "| --- | --: | --: |",
    ...files,
    "",
    ...shownFiles(document).flatMap(listing),
  ].join("\n");
}
/** Indented, so that whatever stands in the text stays text. */
function listing({ file, text, lines }: FileLines): string[] {
  const known = new Map(lines.map((line) => [line.line, line]));
  const rows = linesOf(text as string).map((source, i) => {
    const line = known.get(i + 1);
    const runs = line === undefined ? "" : count(line.runs);
    const share = line === undefined ? "" : percent(line.instructions);
    return `    ${String(i + 1).padStart(5)} ${runs.padStart(13)} ${share.padStart(8)}  ${source}`.trimEnd();
  });
  return [`## ${file}`, "", `    ${"line".padStart(5)} ${"runs".padStart(13)} ${"compiled".padStart(8)}`, ...rows, ""];
}
