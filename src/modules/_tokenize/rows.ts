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
  }
  private readonly originals: string[];
  private newlineGiven = false;

  /** The NEWLINE (or NL) that ends a last line without line end, before the row `i`; once, and null elsewhere. */
  missingNewline(i: number): Row | null {
    const { tokens } = this;
    const { source } = tokens;
    const last = tokens.kinds[i] === T.ENDMARKER || tokens.kinds[i] === T.DEDENT;
    if (!this.extra || !last || this.newlineGiven || source === "" || source.endsWith("\n") || i === 0) return null;
    this.newlineGiven = true;
    const before = tokens.kinds[i - 1];
    if (before === T.NEWLINE || before === T.NL) return null;
    const lineno = tokens.endLines[i - 1];
    const column = this.column(lineno, source.length);
    return {
      type: before === T.COMMENT && this.aloneOnLine(i - 1) ? T.NL : T.NEWLINE,
      text: "",
      start: [lineno, column],
      end: [lineno, column + 1],
      line: this.lineText(lineno, lineno),
    };
  }
  private aloneOnLine(i: number): boolean {
    return i === 0 || this.tokens.endLines[i - 1] !== this.tokens.lines[i];
  }

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
      const shown = lineEnd(text) !== "" && line.endsWith("\r\n") ? "\r\n" : lineEnd(text);
      return { type: kind, text: shown, start, end: [start[0], start[1] + Math.max(1, shown.length)], line };
    }
    return { type: this.typeOf(kind), text, start, end, line };
  }
  private typeOf(kind: number): number {
    if (kind > LAST_OPERATOR + 20) return T.NAME;
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
    const { source } = this.tokens;
    const lines = this.starts.length;
    if (!this.extra) {
      const last = source.endsWith("\n") ? lines - 1 : lines;
      const at: [number, number] = [Math.max(last, 1), -1];
      return { type: T.ENDMARKER, text: "", start: at, end: at, line: this.lineText(at[0], at[0]) };
    }
    const line = source === "" ? 1 : source.endsWith("\n") ? lines : lines + 1;
    return { type: T.ENDMARKER, text: "", start: [line, 0], end: [line, 0], line: "" };
  }
}
function lineEnd(text: string): string {
  return /^[\r\n]+$/.test(text) ? text : "";
}
