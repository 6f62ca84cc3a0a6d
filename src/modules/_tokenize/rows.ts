/** The tokenizer's table as the rows that `tokenize` shows: positions in characters, and the line's text. */
import * as T from "../../syntax/tokens.ts";
import type { Tokens } from "../../syntax/tokens.ts";

export interface Row {
  type: number;
  text: string;
  start: [number, number];
  end: [number, number];
  line: string;
}
/** `token.OP`, `token.EXCLAMATION`. */
const OP = 55;
const LAST_OPERATOR = 54;
/** The tokenizer's kinds above this are keywords. */
const LAST_KIND = 67;

/** Indices at which the lines of `source` begin, one more for its end. */
function lineStarts(source: string): number[] {
  const starts = [0];
  for (let i = source.indexOf("\n"); i >= 0; i = source.indexOf("\n", i + 1)) starts.push(i + 1);
  return starts;
}

export class RowMaker {
  private readonly starts: number[];

  constructor(
    private readonly tokens: Tokens,
    /** With comments and exact texts, as `tokenize` wants; without, as the parser sees them. */
    private readonly extra: boolean,
    /** The source with its own line ends. */
    original: string,
  ) {
    this.starts = lineStarts(tokens.source);
    this.originals = original.split(/(?<=\n)/);
    this.addedNewline = !original.endsWith("\n");
  }
  /** The source had no line end at its end: the tokenizer got one, which has no text. */
  private readonly addedNewline: boolean;
  private readonly originals: string[];

  private lineText(first: number, last: number): string {
    return this.originals.slice(first - 1, last).join("");
  }
  /** Characters between the line's start and an index of the source. */
  private column(line: number, at: number): number {
    const text = this.tokens.source.slice(this.starts[line - 1] ?? at, at);
    let count = 0;
    for (const _ of text) count++;
    return count;
  }

  row(i: number): Row {
    const { tokens } = this;
    const kind = tokens.kinds[i];
    const lineno = tokens.lines[i];
    const endLine = tokens.endLines[i];
    const text = tokens.source.slice(tokens.starts[i], tokens.ends[i]);
    if (kind === T.ENDMARKER) return this.endMarker();
    const start: [number, number] = [lineno, this.column(lineno, tokens.starts[i])];
    const end: [number, number] = [endLine, this.column(endLine, tokens.ends[i])];
    const line = this.lineText(lineno, endLine);
    if (!this.extra) return this.plainRow(kind, text, start, end, line);
    if (kind === T.DEDENT) return this.dedent(i, line);
    if (kind === T.NEWLINE || kind === T.NL) {
      // A line end that is not there still takes one column.
      const added = this.addedNewline && tokens.starts[i] >= tokens.source.length - 1;
      const shown = added ? "" : lineEnd(text) !== "" && line.endsWith("\r\n") ? "\r\n" : lineEnd(text);
      return { type: kind, text: shown, start, end: [start[0], start[1] + Math.max(1, shown.length)], line };
    }
    return { type: this.typeOf(kind), text, start, end, line };
  }
  private typeOf(kind: number): number {
    if (kind > LAST_KIND) return T.NAME;
    return this.extra && kind > T.DEDENT && kind <= LAST_OPERATOR ? OP : kind;
  }
  private plainRow(kind: number, text: string, start: [number, number], end: [number, number], line: string): Row {
    if (kind === T.INDENT || kind === T.DEDENT) {
      return { type: kind, text: "", start: [start[0], -1], end: [end[0], -1], line };
    }
    if (kind === T.NEWLINE) return { type: kind, text: "", start, end: start, line };
    return { type: this.typeOf(kind), text, start, end, line };
  }
  /** A dedent stands where the next token does. */
  private dedent(i: number, line: string): Row {
    const { tokens } = this;
    let next = i + 1;
    while (next < tokens.count && tokens.kinds[next] === T.DEDENT) next++;
    if (next >= tokens.count || tokens.kinds[next] === T.ENDMARKER) return { ...this.endMarker(), type: T.DEDENT };
    const lineno = tokens.lines[next];
    const at: [number, number] = [lineno, this.column(lineno, tokens.starts[next])];
    return { type: T.DEDENT, text: "", start: at, end: at, line: this.lineText(lineno, lineno) || line };
  }
  private endMarker(): Row {
    const lines = this.starts.length;
    if (!this.extra) {
      const at: [number, number] = [Math.max(lines - 1, 1), -1];
      return { type: T.ENDMARKER, text: "", start: at, end: at, line: this.lineText(at[0], at[0]) };
    }
    return { type: T.ENDMARKER, text: "", start: [lines, 0], end: [lines, 0], line: "" };
  }
}
function lineEnd(text: string): string {
  return /^[\r\n]+$/.test(text) ? text : "";
}
