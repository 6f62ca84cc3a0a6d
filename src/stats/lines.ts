/**
 * How often each line of a program's files ran, how much of it in compiled code, and why not: the document that
 * `-X jit-lines=FILE.json` writes. Whoever adds, removes or renames something raises the version.
 */
import type { Tally } from "./document.ts";
import type { Shape } from "../events/shape.ts";
import { TIERS_SHAPE, type Tiers } from "./tiers.ts";

export const LINES = "sidewinder lines";
export const LINES_VERSION = 1;

export interface LinesDocument {
  readonly kind: typeof LINES;
  readonly version: typeof LINES_VERSION;
  readonly program: readonly string[];
  /** Of all files together: the sum of their lines. */
  readonly instructions: Tiers;
  /** Those in which most instructions ran come first. */
  readonly files: readonly FileLines[];
}
export interface FileLines {
  readonly file: string;
  /** null: it could not be read. */
  readonly text: string | null;
  readonly instructions: Tiers;
  /** Lines that have instructions which ran, by number. */
  readonly lines: readonly LineFigures[];
}
export interface LineFigures {
  /** From 1; 0: instructions that belong to no line. */
  readonly line: number;
  /** Times that it ran: those of its most frequent instruction. */
  readonly runs: number;
  readonly instructions: Tiers;
  /** The interpreter's instructions here, by what brought it here. */
  readonly interpreted: Tally;
  /** Where compiled code was left for the interpreter here: reason and fate, times. */
  readonly exits: Tally;
  /** Recordings that were to begin here and gave nothing: reason, times. */
  readonly aborts: Tally;
}

const LINE: Shape = {
  fields: {
    line: "number",
    runs: "number",
    instructions: TIERS_SHAPE,
    interpreted: "tally",
    exits: "tally",
    aborts: "tally",
  },
};
export const LINES_SHAPE: Shape = {
  fields: {
    program: { list: "text" },
    instructions: TIERS_SHAPE,
    files: {
      list: {
        fields: { file: "text", text: { orNull: "text" }, instructions: TIERS_SHAPE, lines: { list: LINE } },
      },
    },
  },
};

/** The lines at which the interpreter ran most, over all files. */
export function worstLines({ files }: LinesDocument, most: number): { file: FileLines; line: LineFigures }[] {
  return files
    .flatMap((file) => file.lines.map((line) => ({ file, line })))
    .filter(({ line }) => line.instructions.interpreter > 0)
    .sort((a, b) => b.line.instructions.interpreter - a.line.instructions.interpreter)
    .slice(0, most);
}
/** Why a line ran in the interpreter, and what happened there, the most frequent first. */
export function reasonsOf({ interpreted, exits, aborts }: LineFigures): string[] {
  const texts = (tally: Tally, form: (count: string, text: string) => string): string[] =>
    Object.entries(tally)
      .sort((a, b) => b[1] - a[1])
      .map(([text, count]) => form(count.toLocaleString("en"), text));
  return [
    ...texts(interpreted, (n, text) => `${n} instructions interpreted: ${text}`),
    ...texts(exits, (n, text) => `left here ${n} times: ${text}`),
    ...texts(aborts, (n, text) => `recording failed here ${n} times: ${text}`),
  ];
}
