/**
 * String atoms: adjacent literals joined into one constant, f-strings and t-strings taken apart into their fields.
 * Source: PEP 701, PEP 750, https://docs.python.org/3.14/reference/lexical_analysis.html#f-strings
 */
import * as T from "./tokens.ts";
import type { Const, Constant, Expr, FormattedValue, Interpolation, JoinedStr, Position, TemplateStr } from "./ast.ts";
import {
  type EscapeWarning,
  type StringError,
  decodeBytes,
  decodeString,
  isEmptyString,
  joinConstants,
  plainString,
} from "./literal-string.ts";
import { MISMATCH, type Parser } from "./parser.ts";
import { parseRightHandSide } from "./expressions.ts";

/** A literal's token taken apart. */
interface Parts {
  prefix: string;
  body: string;
}

/** One or more adjacent literals. */
export function parseStrings(p: Parser): Expr {
  const start = p.index;
  if (p.kind === T.STRING && !startsString(p.peek(1))) return parseSingle(p);
  const pieces: Expr[] = [];
  let bytes = 0;
  let templates = 0;
  while (startsString(p.kind)) {
    const piece = p.kind === T.STRING ? parseSingle(p) : parseFString(p);
    if (piece.kind === "Constant" && piece.value.t === "bytes") bytes++;
    if (piece.kind === "TemplateStr") templates++;
    pieces.push(piece);
  }
  if ((bytes > 0 && bytes < pieces.length) || (templates > 0 && templates < pieces.length)) throw MISMATCH;
  const position = {
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return joinPieces(pieces, position, templates > 0);
}

function startsString(kind: number): boolean {
  return kind === T.STRING || kind === T.FSTRING_START || kind === T.TSTRING_START;
}

/** Joins constants, fields and nested joined strings into one node. */
function joinPieces(pieces: Expr[], position: Position, template: boolean): Expr {
  if (!template && pieces.every((piece) => piece.kind === "Constant"))
    return joinAllConstants(pieces as Constant[], position);
  const values: Expr[] = [];
  for (const piece of pieces) {
    if (piece.kind === "JoinedStr" || piece.kind === "TemplateStr") values.push(...piece.values);
    else values.push(piece);
  }
  const folded = foldConstants(values);
  if (template) {
    const node: TemplateStr = { kind: "TemplateStr", values: folded, ...position };
    return node;
  }
  const node: JoinedStr = { kind: "JoinedStr", values: folded, ...position };
  return node;
}

function joinAllConstants(pieces: Constant[], position: Position): Expr {
  let value = pieces[0].value;
  for (let index = 1; index < pieces.length; index++) value = joinConstants(value, pieces[index].value);
  return { kind: "Constant", value, u: pieces[0].u, ...position };
}

/** Joins neighbouring constants and drops empty ones. */
function foldConstants(values: Expr[]): Expr[] {
  const folded: Expr[] = [];
  for (let index = 0; index < values.length; index++) {
    const first = values[index];
    if (first.kind !== "Constant") {
      folded.push(first);
      continue;
    }
    let value = first.value;
    let last = first;
    for (let next = values[index + 1]; next !== undefined && next.kind === "Constant"; next = values[index + 1]) {
      value = joinConstants(value, next.value);
      last = next;
      index++;
    }
    if (isEmptyString(value)) continue;
    folded.push({
      kind: "Constant",
      value,
      u: first.u,
      lineno: first.lineno,
      col_offset: first.col_offset,
      end_lineno: last.end_lineno,
      end_col_offset: last.end_col_offset,
    });
  }
  return folded;
}

// ── plain literals ─────────────────────────────────────────────────────────────────────────────────────────

function parseSingle(p: Parser): Constant {
  const at = p.index;
  const value = stringConstant(p, at);
  if ("error" in value) throw MISMATCH;
  p.advance();
  const first = p.source.charCodeAt(p.tokens.starts[at]);
  return {
    kind: "Constant",
    value,
    u: first === 117 ? "u" : null,
    lineno: p.line(at),
    col_offset: p.col(at),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

/** The value of the STRING token at `index`. */
export function stringConstant(p: Parser, index: number, warns = true): Const | StringError {
  const { prefix, body } = splitLiteral(p.source, p.tokens.starts[index], p.tokens.ends[index]);
  const bytes = prefix.includes("b");
  const raw = prefix.includes("r") || !body.includes("\\");
  const warn = warns ? escapeWarner(p, index) : null;
  if (!bytes) return raw ? plainString(body) : decodeString(body, p.context.lookupName, warn);
  if (/[^\x00-\x7f]/.test(body)) return { error: "bytes can only contain ASCII literal characters" };
  return raw ? { t: "bytes", v: body } : decodeBytes(body, warn);
}

function splitLiteral(source: string, start: number, end: number): Parts {
  let open = start;
  while (source.charCodeAt(open) > 64) open++;
  const quote = source.charCodeAt(open);
  const triple = end - open >= 6 && source.charCodeAt(open + 1) === quote && source.charCodeAt(open + 2) === quote;
  const size = triple ? 3 : 1;
  return {
    prefix: open === start ? "" : source.slice(start, open).toLowerCase(),
    body: source.slice(open + size, end - size),
  };
}

function escapeWarner(p: Parser, index: number): EscapeWarning {
  return (msg, newlines, column) => {
    const start = p.tokens.starts[index];
    const [, prefix, quotes] = LITERAL_START.exec(p.source.slice(start, start + 5)) as RegExpExecArray;
    // CPython counts the quotes but forgets the prefix.
    p.warnOfEscape(index, msg, index, newlines, column, quotes.length - prefix.length);
  };
}

const LITERAL_START = /^([a-zA-Z]*)('''|"""|['"])/;

// ── f- and t-strings ───────────────────────────────────────────────────────────────────────────────────────

function parseFString(p: Parser): JoinedStr | TemplateStr {
  const start = p.index;
  const template = p.kind === T.TSTRING_START;
  const raw = /r/i.test(p.text(start));
  const middle = template ? T.TSTRING_MIDDLE : T.FSTRING_MIDDLE;
  const end = template ? T.TSTRING_END : T.FSTRING_END;
  p.advance();
  const values: Expr[] = [];
  const texts: number[] = [];
  p.enter();
  while (p.kind !== end) {
    if (p.kind === middle) {
      texts.push(p.index, values.length);
      values.push(placeholder(p));
    } else parseField(p, values, raw, template);
  }
  p.leave();
  decodeTexts(p, values, texts, raw);
  p.advance();
  const position = {
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  const pieces = foldConstants(values);
  return template
    ? { kind: "TemplateStr", values: pieces, ...position }
    : { kind: "JoinedStr", values: pieces, ...position };
}

/** The MIDDLE token as an empty constant; its text is decoded once the string's end is reached, as CPython does. */
function placeholder(p: Parser): Constant {
  const at = p.index;
  p.advance();
  return {
    kind: "Constant",
    value: EMPTY,
    u: null,
    lineno: p.line(at),
    col_offset: p.col(at),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

const EMPTY: Const = { t: "str", v: "" };

/** `texts`: pairs of a MIDDLE token's index and of its constant's place in `values`. */
function decodeTexts(p: Parser, values: Expr[], texts: number[], raw: boolean): void {
  for (let index = 0; index < texts.length; index += 2) {
    const node = values[texts[index + 1]] as Constant;
    const value = middleConstant(p, texts[index], raw, p.index);
    if ("error" in value) throw MISMATCH;
    node.value = value;
  }
}

/** The text of the MIDDLE token at `index`; warnings are placed by the string's END token at `endIndex`. */
export function middleConstant(
  p: Parser,
  index: number,
  raw: boolean,
  endIndex: number,
  warns = true,
): Const | StringError {
  const text = p.text(index);
  if (raw || !text.includes("\\")) return plainString(text);
  const { starts, ends } = p.tokens;
  return decodeString(text, p.context.lookupName, (msg, newlines, column) => {
    // The tokenizer has warned about a backslash before a brace already.
    if (warns && !/^"\\[{}]"/.test(msg)) {
      p.warnOfEscape(index, msg, endIndex, newlines, column, ends[endIndex] - starts[endIndex]);
    }
  });
}

/** At `{`: adds the field, and for `{x=}` its text before it. */
function parseField(p: Parser, values: Expr[], raw: boolean, template: boolean): void {
  const start = p.index;
  p.expect(T.LBRACE);
  const value = parseRightHandSide(p);
  const textEnd = p.index;
  const debug = p.accept(T.EQUAL);
  const debugEnd = p.index;
  let conversion = p.kind === T.EXCLAMATION ? parseConversion(p) : -1;
  let format_spec: Expr | null = null;
  if (p.kind === T.COLON) format_spec = parseFormatSpec(p, raw);
  p.expect(T.RBRACE);
  if (debug) {
    values.push(debugText(p, start, debugEnd));
    if (conversion < 0 && format_spec === null) conversion = 114;
  }
  const position = {
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  if (template) {
    const str = plainString(fieldText(p, start, textEnd));
    const node: Interpolation = { kind: "Interpolation", value, str, conversion, format_spec, ...position };
    values.push(node);
  } else {
    const node: FormattedValue = { kind: "FormattedValue", value, conversion, format_spec, ...position };
    values.push(node);
  }
}

/** At `!`: the conversion's letter must follow at once. */
function parseConversion(p: Parser): number {
  const end = p.tokens.ends[p.index];
  p.advance();
  if (p.kind !== T.NAME || p.tokens.starts[p.index] !== end) throw MISMATCH;
  const name = p.name();
  if (name !== "s" && name !== "r" && name !== "a") throw MISMATCH;
  return name.charCodeAt(0);
}

/** Source between the brace at `start` and the token at `end`, without comments. */
function fieldText(p: Parser, start: number, end: number): string {
  const text = p.source.slice(p.tokens.ends[start], p.tokens.starts[end]);
  return text.includes("#") ? removeComments(text) : text;
}

/** Comments go, their newlines stay; `#` inside a string literal is none. */
function removeComments(text: string): string {
  let out = "";
  let quote = "";
  for (let pos = 0; pos < text.length; pos++) {
    const char = text[pos];
    if (quote !== "") {
      if (char === "\\") {
        out += char + (text[++pos] ?? "");
        continue;
      }
      if (text.startsWith(quote, pos)) {
        out += quote;
        pos += quote.length - 1;
        quote = "";
        continue;
      }
    } else if (char === '"' || char === "'") {
      quote = text.startsWith(char.repeat(3), pos) ? char.repeat(3) : char;
      out += quote;
      pos += quote.length - 1;
      continue;
    } else if (char === "#") {
      const newline = text.indexOf("\n", pos);
      if (newline < 0) break;
      pos = newline - 1;
      continue;
    }
    out += char;
  }
  return out;
}

/** `x=` of a debugging field as a constant (bpo-36817). */
function debugText(p: Parser, start: number, end: number): Constant {
  return {
    kind: "Constant",
    value: plainString(fieldText(p, start, end)),
    u: null,
    lineno: p.line(start),
    col_offset: p.col(start) + 1,
    end_lineno: p.line(end),
    end_col_offset: p.col(end),
  };
}

/** At the colon of a field. */
function parseFormatSpec(p: Parser, raw: boolean): Expr {
  const start = p.index;
  p.advance();
  const values: Expr[] = [];
  const texts: number[] = [];
  while (p.kind !== T.RBRACE) {
    if (p.kind === T.FSTRING_MIDDLE || p.kind === T.TSTRING_MIDDLE) {
      texts.push(p.index, values.length);
      values.push(placeholder(p));
    } else parseField(p, values, raw, false);
  }
  decodeTexts(p, values, texts, raw);
  const position = {
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  const pieces = values.filter((value) => value.kind !== "Constant" || !isEmptyString(value.value));
  if (pieces.length === 0 || (pieces.length === 1 && pieces[0].kind === "Constant"))
    return { kind: "JoinedStr", values: pieces, ...position };
  return joinPieces(pieces, position, false);
}
