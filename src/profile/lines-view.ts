/** What the forms of the per-line view (`lines-html.ts`, `lines-markdown.ts`) have in common. */
import type { FileLines, LinesDocument } from "../stats/lines.ts";
import { type Tiers, allOf, compiledPart } from "../stats/tiers.ts";

/** A file of which less was run than this part is named, and its text left out. */
const LEAST = 0.02;

/** The files whose text is shown: the program's own, and those in which much ran. */
export function shownFiles({ files, program, instructions }: LinesDocument): FileLines[] {
  const own = program[0] ?? "";
  const isOwn = ({ file }: FileLines): boolean => own !== "" && (file === own || file.endsWith(`/${own}`));
  return files.filter(
    (file) => file.text !== null && (isOwn(file) || allOf(file.instructions) >= LEAST * allOf(instructions)),
  );
}
export const isEmpty = ({ instructions }: LinesDocument): boolean => allOf(instructions) === 0;

export const count = (n: number): string => n.toLocaleString("en");
export function percent(tiers: Tiers): string {
  const part = 100 * compiledPart(tiers);
  return Number.isNaN(part) ? "–" : `${part.toFixed(1)} %`;
}
export function headline({ instructions, files }: LinesDocument): string {
  return `${count(allOf(instructions))} instructions in ${files.length} files, ${percent(instructions)} of them in compiled code.`;
}
export function titleOf({ program }: LinesDocument): string {
  const [first = "", ...rest] = program;
  return first === "" ? "Lines" : [first.slice(first.lastIndexOf("/") + 1), ...rest].join(" ");
}
export const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");
