/** From token places to the numbers and the text a SyntaxError shows, as CPython's parser computes them. */
import * as T from "../tokens.ts";
import { PySyntaxError } from "../errors.ts";
import type { OpenBracket, TokenError } from "../tokens.ts";
import { countCodePoints } from "../chars.ts";
import { lineOf, toCharacters } from "../error-text.ts";
import type { Diagnoser } from "./engine.ts";

/** Stands for "no offset" in CPython's parser. */
const NONE = -1;

interface Place {
  lineno: number;
  /** Byte column plus one; 0 and -1 as CPython has them. */
  offset: number;
  endLineno: number;
  endOffset: number;
}

/** Error from the start of one token to the end of another. */
export function failTokens(d: Diagnoser, type: PySyntaxError["type"], msg: string, from: number, to: number): never {
  const { lines, cols, endLines, endCols } = d.p.tokens;
  const offset = hasColumns(d, from) ? cols[from] + 1 : 0;
  const endOffset = hasColumns(d, to) ? endCols[to] + 1 : 0;
  return failPlace(d, type, msg, { lineno: lines[from], offset, endLineno: endLines[to], endOffset });
}

/** Error from the start of a token to where the tokenizer stands. */
export function failToHere(d: Diagnoser, msg: string, from: number): never {
  const { lines, cols, endLines, endCols } = d.p.tokens;
  const to = d.fill - 1;
  const offset = hasColumns(d, from) ? cols[from] + 1 : 0;
  return failPlace(d, "SyntaxError", msg, {
    lineno: lines[from],
    offset,
    endLineno: endLines[to],
    endOffset: endCols[to],
  });
}

/** Error at a token nothing else is known of; one without columns has offset 0. */
export function failGeneric(d: Diagnoser, index: number, msg = "invalid syntax"): never {
  if (d.p.source === "") failPlace(d, "SyntaxError", msg, { lineno: 0, offset: 0, endLineno: 0, endOffset: 0 });
  return hasColumns(d, index)
    ? failAtToken(d, "SyntaxError", msg, index)
    : failTokens(d, "SyntaxError", msg, index, index);
}

/** INDENT, DEDENT and what stands for nothing at the end have none. */
function hasColumns(d: Diagnoser, index: number): boolean {
  const { kinds, starts } = d.p.tokens;
  return kinds[index] !== T.INDENT && kinds[index] !== T.DEDENT && starts[index] < d.p.source.length;
}

/** Error at one token, as CPython's generic errors have it: INDENT, DEDENT and what stands at the end have no columns. */
export function failAtToken(d: Diagnoser, type: PySyntaxError["type"], msg: string, index: number): never {
  const { lines, cols, endLines, endCols } = d.p.tokens;
  if (d.p.source === "") return failPlace(d, type, msg, { lineno: 0, offset: 0, endLineno: 0, endOffset: NONE });
  if (!hasColumns(d, index)) {
    const offset = cols[index];
    return failPlace(d, type, msg, { lineno: lines[index], offset, endLineno: endLines[index], endOffset: NONE });
  }
  // `<>` is two tokens to CPython: the second was read only where an operator may stand.
  const diamond = d.p.text(index) === "<>";
  const second = diamond && d.diamond === index;
  return failPlace(d, type, msg, {
    lineno: lines[index],
    offset: cols[index] + (second ? 2 : 1),
    endLineno: endLines[index],
    endOffset: endCols[index] + (diamond && !second ? 0 : 1),
  });
}

export function failPlace(d: Diagnoser, type: PySyntaxError["type"], msg: string, place: Place): never {
  const text = errorText(d, place.lineno);
  const offset = toCharacters(text, place.offset);
  const endOffset = place.endOffset > 0 ? toCharacters(text, place.endOffset) : place.endOffset;
  throw new PySyntaxError(type, msg, d.p.context.filename, place.lineno, offset, place.endLineno, endOffset, text);
}

/** The line shown with an error. The line being read has its newline, earlier ones do not. */
export function errorText(d: Diagnoser, lineno: number): string {
  const { source, tokens } = d.p;
  return lineOf(source, lineno, tokens.endLines[Math.max(0, d.fill - 1)] <= lineno);
}

/** Raises the tokenizer's error. */
export function failTokenizer(d: Diagnoser): never {
  const error = d.p.tokens.error as TokenError;
  throw tokenizerError(d, error);
}

/** The exception of a tokenizer's error. */
export function tokenizerError(d: Diagnoser, error: TokenError): PySyntaxError {
  const { source } = d.p;
  const newline = source.indexOf("\n", error.textStart);
  const line = source.slice(error.textStart, newline < 0 ? source.length : newline);
  const text = error.how === "raised" ? line : errorText(d, error.lineno);
  return new PySyntaxError(
    error.type,
    error.msg,
    d.p.context.filename,
    error.lineno,
    error.offset,
    error.endLineno,
    error.endOffset,
    text,
  );
}

/** The error about the bracket left open. */
export function unclosedError(d: Diagnoser, open: OpenBracket): PySyntaxError {
  const offset = countCodePoints(d.p.source, open.lineStart, open.at) + 1;
  const msg = `'${String.fromCharCode(open.code)}' was never closed`;
  return new PySyntaxError(
    "SyntaxError",
    msg,
    d.p.context.filename,
    open.lineno,
    offset,
    open.lineno,
    0,
    errorText(d, open.lineno),
  );
}
