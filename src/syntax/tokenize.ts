/**
 * Tokens as Python code sees them: what `_tokenize.TokenizerIter` yields and `tokenize.py` shows.
 *
 * The tokenizer's table knows one line end, byte columns and keywords; here lines keep their own ends, columns count
 * characters, and with `extraTokens` operators are all OP.
 */
import * as T from "./tokens.ts";
import type { TokenError, Tokens } from "./tokens.ts";
import { countCodePoints } from "./chars.ts";
import { PySyntaxError } from "./errors.ts";
import { tokenize } from "./tokenizer.ts";

export interface PythonToken {
  type: number;
  string: string;
  /** Line from 1 and column in characters; -1 for what has no place. */
  start: [line: number, column: number];
  end: [line: number, column: number];
  /** The physical line, or lines, the token stands on, with their ends. */
  line: string;
}

export interface TokenizeOptions {
  /** Give comments and line breaks too, exact places for indents, and OP for every operator. */
  extraTokens: boolean;
}

/** Yields the tokens of `source`, up to and with ENDMARKER; throws a `PySyntaxError` where the tokenizer stops. */
export function* tokenizeForPython(source: string, options: TokenizeOptions): Generator<PythonToken, void> {
  if (source === "" && !options.extraTokens) return;
  const text = source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
  const implicit = text !== "" && !text.endsWith("\n");
  const tokens = tokenize(implicit ? `${text}\n` : text, { extraTokens: options.extraTokens });
  const rows = new Rows(tokens, options.extraTokens, splitLines(source), implicit);
  for (let index = 0; index < tokens.count; index++) {
    if (tokens.kinds[index] === T.ERRORTOKEN) throw rows.error(tokens.error as TokenError, index);
    if (tokens.kinds[index] === T.NOTEQUAL && tokens.source.charCodeAt(tokens.starts[index]) === 60)
      yield* rows.diamond(index);
    else yield rows.row(index);
  }
}

function splitLines(source: string): string[] {
  return source === "" ? [] : source.split(/(?<=\n|\r(?!\n))/);
}

/** An operator's or delimiter's kind. */
function isOperator(kind: number): boolean {
  return kind > T.DEDENT && kind < T.OP;
}

function isStringLiteral(kind: number): boolean {
  return kind === T.STRING || (kind >= T.FSTRING_START && kind <= T.TSTRING_END);
}

class Rows {
  private readonly tokens: Tokens;
  private readonly extra: boolean;
  /** The lines with their own ends. */
  private readonly lines: string[];
  /** The last line had no end; the source tokenised has one. */
  private readonly implicit: boolean;
  /** Some lines end otherwise than the source tokenised. */
  private readonly converted: boolean;
  private readonly lineStarts: number[] = [0];

  constructor(tokens: Tokens, extra: boolean, lines: string[], implicit: boolean) {
    this.tokens = tokens;
    this.extra = extra;
    this.lines = lines;
    this.implicit = implicit;
    this.converted = lines.some((line) => line.includes("\r"));
    const { source } = tokens;
    for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) this.lineStarts.push(at + 1);
  }

  row(index: number): PythonToken {
    const { kinds, lines, endLines, starts, ends, source } = this.tokens;
    const kind = kinds[index];
    const line = lines[index];
    const endLine = endLines[index];
    if (starts[index] >= source.length && (kind === T.ENDMARKER || kind === T.DEDENT)) return this.trailing(kind);
    if (kind === T.INDENT || kind === T.DEDENT) return this.indentation(index, kind);
    const start: [number, number] = [line, this.column(line, starts[index])];
    if (kind === T.NEWLINE || kind === T.NL) return this.lineEnd(kind, start, starts[index], ends[index]);
    return {
      type: this.typeOf(kind),
      string: this.withLineEnds(source.slice(starts[index], ends[index]), line),
      start,
      end: [endLine, this.column(endLine, ends[index])],
      line: isStringLiteral(kind) ? this.text(line, endLine) : this.text(endLine, endLine),
    };
  }

  private typeOf(kind: number): number {
    if (kind >= T.FIRST_KEYWORD) return T.NAME;
    return this.extra && isOperator(kind) ? T.OP : kind;
  }

  /** ENDMARKER and the DEDENTs before it. */
  private trailing(type: number): PythonToken {
    const count = this.lineStarts.length - 1;
    const at: [number, number] = this.extra ? [count + 1, 0] : [Math.max(count, 1), -1];
    return {
      type,
      string: "",
      start: at,
      end: at,
      line: this.extra || !this.isCode(at[0]) ? "" : this.text(at[0], at[0]),
    };
  }

  /** Does a token stand on the last line, given by its number? */
  private isCode(last: number): boolean {
    const { kinds, endLines, count } = this.tokens;
    for (let index = count - 1; index >= 0; index--) {
      if (kinds[index] !== T.DEDENT && kinds[index] !== T.ENDMARKER) return endLines[index] === last;
    }
    return false;
  }

  private indentation(index: number, type: number): PythonToken {
    const { lines, starts, ends, source } = this.tokens;
    const line = lines[index];
    const text = this.text(line, line);
    if (!this.extra) return { type, string: "", start: [line, -1], end: [line, -1], line: text };
    const end: [number, number] = [line, this.column(line, ends[index])];
    if (type === T.DEDENT) return { type, string: "", start: end, end, line: text };
    return { type, string: source.slice(starts[index], ends[index]), start: [line, 0], end, line: text };
  }

  private lineEnd(type: number, start: [number, number], startIndex: number, endIndex: number): PythonToken {
    const line = this.text(start[0], start[0]);
    const missing = this.implicit && endIndex >= this.tokens.source.length;
    const ending = /\r?\n$|\r$/.exec(line)?.[0] ?? "";
    const wide = ending.startsWith("\r");
    // As the parser sees it, a NEWLINE begins with the comment before it.
    if (!this.extra) {
      const string = this.tokens.source.slice(startIndex, endIndex - 1) + (wide ? "\r" : "");
      return { type, string, start, end: [start[0], this.column(start[0], endIndex - 1) + (wide ? 1 : 0)], line };
    }
    // An old Mac's line end stands for itself, and for nothing on a blank line.
    const string = missing || (type === T.NL && ending === "\r") ? "" : ending;
    return { type, string, start, end: [start[0], start[1] + (wide ? 2 : 1)], line };
  }

  /** A token's text that begins on the given line, with the ends the lines had. */
  private withLineEnds(text: string, first: number): string {
    if (!this.converted || !text.includes("\n")) return text;
    const pieces = text.split("\n");
    const last = pieces.pop() as string;
    return (
      pieces.map((piece, index) => piece + (/\r/.test(this.lines[first - 1 + index] ?? "") ? "\r\n" : "\n")).join("") +
      last
    );
  }

  private text(first: number, last: number): string {
    if (first === last) return this.lines[first - 1] ?? "";
    return this.lines.slice(first - 1, last).join("");
  }

  private column(line: number, at: number): number {
    return countCodePoints(this.tokens.source, this.lineStarts[line - 1], at);
  }

  /** `<>` is two tokens; the parser alone takes them as one. */
  *diamond(index: number): Generator<PythonToken, void> {
    const whole = this.row(index);
    const [line, column] = whole.start;
    for (const [offset, string, kind] of [
      [0, "<", T.LESS],
      [1, ">", T.GREATER],
    ] as const) {
      const type = this.extra ? T.OP : kind;
      yield { type, string, start: [line, column + offset], end: [line, column + offset + 1], line: whole.line };
    }
  }

  /** What the tokenizer only hinted at gets other words here than in the parser. */
  error(error: TokenError, index: number): PySyntaxError {
    const line = this.lines[error.lineno - 1] ?? "";
    const text = line.replace(/\r?\n$|\r$/, "");
    if (error.how === "eof") {
      const last = this.tokens.lines[index];
      const offset = error.open === null || error.inString ? this.tokens.cols[index] : 0;
      return new PySyntaxError(
        "SyntaxError",
        "unexpected EOF in multi-line statement",
        "<string>",
        last,
        offset,
        last,
        null,
        null,
      );
    }
    if (error.how === "silent") {
      return new PySyntaxError(
        error.type,
        error.msg,
        "<string>",
        error.lineno,
        countCodePoints(text, 0, text.length) + 1,
        null,
        null,
        text,
      );
    }
    return new PySyntaxError(
      error.type,
      error.msg,
      "<string>",
      error.lineno,
      error.offset,
      error.endLineno,
      error.endOffset,
      text,
    );
  }
}
