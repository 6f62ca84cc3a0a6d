/**
 * String literals as the tokenizer sees them: prefixes, where a plain literal ends, and the pieces of f- and
 * t-strings (PEP 701, PEP 750). What a literal's text means is `literal-string.ts`'s business.
 */
import * as T from "./tokens.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { extraBytes } from "./chars.ts";
import { escapeWarning } from "./literal-string.ts";

const BACKSLASH = 92;
const NEWLINE = 10;
const OPEN = 123;
const CLOSE = 125;
const MAX_MODES = 150;
const MAX_FIELDS = 3;

/** An f- or t-string being read. */
export interface StringMode {
  /** "f" or "t", for messages. */
  letter: "f" | "t";
  quote: number;
  quoteSize: 1 | 3;
  raw: boolean;
  /** Reading literal text rather than the expression of a replacement field. */
  inMiddle: boolean;
  /** That text is a format specification. */
  inSpec: boolean;
  /** An `=` was seen on the outermost level of the field. */
  debug: boolean;
  /** Open brackets inside this string. */
  depth: number;
  /** `depth` outside the innermost open field's brace; -1 outside all fields. */
  fieldDepth: number;
  start: number;
  line: number;
  lineStart: number;
}

/** Length of a string prefix at `start` that is followed by a quote, else 0. */
export function stringPrefixLength(t: Tokenizer, start: number): number {
  const source = t.source;
  let seen = "";
  for (let pos = start; pos < start + 6; pos++) {
    const code = source.charCodeAt(pos);
    if (code === 34 || code === 39) {
      checkPrefix(t, seen, pos + 1);
      return pos - start;
    }
    const letter = String.fromCharCode(code | 32);
    if (!"brfut".includes(letter) || code < 65 || seen.includes(letter)) return 0;
    seen += letter;
  }
  return 0;
}

const INCOMPATIBLE = ["ub", "ur", "uf", "ut", "bf", "bt", "ft"];

function checkPrefix(t: Tokenizer, letters: string, at: number): void {
  if (letters.length < 2) return;
  for (const [first, second] of INCOMPATIBLE) {
    if (!letters.includes(first) || !letters.includes(second)) continue;
    const start = at - 1 - letters.length;
    t.failAt("raised", `'${first}' and '${second}' prefixes are incompatible`, t.offsetOf(start) + 1, t.offsetOf(at));
  }
}

/** `pos` is at the opening quote, `start` and `col` at the prefix. */
export function scanString(t: Tokenizer, start: number, col: number): void {
  const source = t.source;
  const quote = source.charCodeAt(t.pos);
  const triple = source.charCodeAt(t.pos + 1) === quote && source.charCodeAt(t.pos + 2) === quote;
  for (let pos = start; pos < t.pos; pos++) {
    const letter = source.charCodeAt(pos) | 32;
    if (letter === 102 || letter === 116) return startFString(t, start, col, triple, letter === 102 ? "f" : "t");
  }
  if (triple) scanTriple(t, start, col, quote);
  else scanSingle(t, start, col, quote);
}

function scanSingle(t: Tokenizer, start: number, col: number, quote: number): void {
  const source = t.source;
  const line = t.line;
  const lineStart = t.lineStart;
  let pos = t.pos + 1;
  let extra = 0;
  for (;;) {
    const code = source.charCodeAt(pos);
    if (code === quote) break;
    if (code === BACKSLASH) {
      pos++;
      const escaped = source.charCodeAt(pos);
      if (escaped === NEWLINE) {
        t.pos = ++pos;
        t.newLine();
        extra = 0;
        continue;
      }
      if (escaped !== escaped) continue;
      if (escaped >= 128) extra += extraBytes(escaped);
    } else if (code === NEWLINE || code !== code) {
      t.pos = pos;
      failUnterminated(t, start, line, lineStart, quote, 1);
    } else if (code >= 128) extra += extraBytes(code);
    pos++;
  }
  t.pos = pos + 1;
  t.lineBase -= extra;
  t.emit(T.STRING, start, line, col);
}

function scanTriple(t: Tokenizer, start: number, col: number, quote: number): void {
  const source = t.source;
  const line = t.line;
  const lineStart = t.lineStart;
  let pos = t.pos + 3;
  for (;;) {
    const code = source.charCodeAt(pos);
    if (code === quote && source.charCodeAt(pos + 1) === quote && source.charCodeAt(pos + 2) === quote) break;
    pos++;
    if (code === NEWLINE) {
      t.pos = pos;
      t.newLine();
    } else if (code === BACKSLASH) {
      const escaped = source.charCodeAt(pos);
      if (escaped === NEWLINE) continue;
      if (escaped >= 128) t.lineBase -= extraBytes(escaped);
      if (escaped === escaped) pos++;
    } else if (code >= 128) t.lineBase -= extraBytes(code);
    else if (code !== code) {
      t.pos = pos - 1;
      failUnterminated(t, start, line, lineStart, quote, 3);
    }
  }
  t.pos = pos + 3;
  t.emit(T.STRING, start, line, col);
}

function failUnterminated(
  t: Tokenizer,
  start: number,
  line: number,
  lineStart: number,
  quote: number,
  size: 1 | 3,
): never {
  const detected = t.line;
  const mode = t.modes.length === 0 ? null : t.modes[t.modes.length - 1];
  const end = t.pos;
  t.line = line;
  t.lineStart = lineStart;
  if (mode !== null && mode.quote === quote && mode.quoteSize === size)
    t.fail(`${mode.letter}-string: expecting '}'`, start + 1);
  if (size === 3)
    t.failOpenString(`unterminated triple-quoted string literal (detected at line ${detected})`, start + 1);
  const hint = hasEscapedQuote(t.source, start, end, quote) ? "; perhaps you escaped the end quote?" : "";
  return t.failOpenString(`unterminated string literal (detected at line ${detected})${hint}`, start + 1);
}

function hasEscapedQuote(source: string, start: number, end: number, quote: number): boolean {
  for (let pos = start; pos < end; pos++) {
    if (source.charCodeAt(pos) !== BACKSLASH) continue;
    pos++;
    if (source.charCodeAt(pos) === quote) return true;
  }
  return false;
}

// ── f- and t-strings ───────────────────────────────────────────────────────────────────────────────────────

function startFString(t: Tokenizer, start: number, col: number, triple: boolean, letter: "f" | "t"): void {
  const quote = t.source.charCodeAt(t.pos);
  const prefix = t.source.slice(start, t.pos).toLowerCase();
  const line = t.line;
  t.pos += triple ? 3 : 1;
  if (t.modes.length + 1 >= MAX_MODES) t.fail("too many nested f-strings or t-strings");
  t.modes.push({
    letter,
    quote,
    quoteSize: triple ? 3 : 1,
    raw: prefix.includes("r"),
    inMiddle: true,
    inSpec: false,
    debug: false,
    depth: 0,
    fieldDepth: -1,
    start,
    line,
    lineStart: t.lineStart,
  });
  t.emit(letter === "f" ? T.FSTRING_START : T.TSTRING_START, start, line, col);
}

/** Enters the expression part of a field at the brace at `pos`. */
function enterField(t: Tokenizer, mode: StringMode): void {
  if (mode.fieldDepth >= MAX_FIELDS - 1) t.fail(`${mode.letter}-string: expressions nested too deeply`);
  // CPython counts the levels but compares with the bracket depth; both are one apart per level.
  mode.fieldDepth++;
  mode.inMiddle = false;
}

function atClosingQuote(t: Tokenizer, mode: StringMode, pos: number): boolean {
  const source = t.source;
  if (source.charCodeAt(pos) !== mode.quote) return false;
  return (
    mode.quoteSize === 1 || (source.charCodeAt(pos + 1) === mode.quote && source.charCodeAt(pos + 2) === mode.quote)
  );
}

/** In literal text: makes a MIDDLE token, the END token, or steps into a replacement field. */
export function scanFStringMiddle(t: Tokenizer, mode: StringMode): void {
  const source = t.source;
  const start = t.pos;
  const line = t.line;
  const col = start - t.lineBase;
  if (source.charCodeAt(start) === OPEN && source.charCodeAt(start + 1) !== OPEN) return enterField(t, mode);
  if (atClosingQuote(t, mode, start)) {
    t.pos += mode.quoteSize;
    t.modes.pop();
    t.emit(mode.letter === "f" ? T.FSTRING_END : T.TSTRING_END, start, line, col);
    return;
  }
  scanMiddleText(t, mode, start, line, col);
}

function scanMiddleText(t: Tokenizer, mode: StringMode, start: number, line: number, col: number): void {
  const source = t.source;
  const kind = mode.letter === "f" ? T.FSTRING_MIDDLE : T.TSTRING_MIDDLE;
  const inSpec = mode.inSpec && mode.fieldDepth >= 0;
  let namedEscape = false;
  let pos = start;
  for (;;) {
    const code = source.charCodeAt(pos);
    if (code !== code || (code === NEWLINE && mode.quoteSize === 1)) {
      t.pos = pos;
      if (inSpec && code === NEWLINE) {
        const string = `${mode.letter}-string`;
        t.fail(`${string}: newlines are not allowed in format specifiers for single quoted ${string}s`, pos + 1);
      }
      failUnterminatedFString(t, mode);
    }
    if (code === mode.quote && atClosingQuote(t, mode, pos)) {
      t.pos = pos;
      t.emit(kind, start, line, col);
      return;
    }
    if (code === NEWLINE) {
      t.pos = ++pos;
      t.newLine();
      continue;
    }
    if (code === OPEN) {
      t.pos = pos;
      if (source.charCodeAt(pos + 1) !== OPEN || inSpec) {
        enterFieldAfter(t, mode, kind, start, line, col);
      } else {
        emitDoubled(t, kind, start, line, col);
      }
      return;
    }
    if (code === CLOSE) {
      if (namedEscape) {
        t.pos = pos + 1;
        t.emit(kind, start, line, col);
        return;
      }
      t.pos = pos;
      if (source.charCodeAt(pos + 1) === CLOSE && !inSpec && mode.depth === 0) {
        emitDoubled(t, kind, start, line, col);
      } else {
        mode.inMiddle = false;
        t.emit(kind, start, line, col);
      }
      return;
    }
    pos++;
    if (code >= 128) t.lineBase -= extraBytes(code);
    if (code !== BACKSLASH) continue;
    const escaped = source.charCodeAt(pos);
    if (escaped === OPEN || escaped === CLOSE) {
      if (!mode.raw) t.warn(escapeWarning(String.fromCharCode(escaped)), pos + 1);
      continue;
    }
    if (escaped === NEWLINE) {
      t.pos = ++pos;
      t.newLine();
      continue;
    }
    if (escaped !== escaped) continue;
    if (escaped >= 128) t.lineBase -= extraBytes(escaped);
    pos++;
    if (!mode.raw && escaped === 78 && source.charCodeAt(pos) === OPEN) {
      namedEscape = true;
      pos++;
    }
  }
}

function enterFieldAfter(t: Tokenizer, mode: StringMode, kind: number, start: number, line: number, col: number): void {
  if (mode.fieldDepth >= MAX_FIELDS - 1) t.fail(`${mode.letter}-string: expressions nested too deeply`);
  mode.fieldDepth++;
  mode.inMiddle = false;
  t.emit(kind, start, line, col);
}

/** At a doubled brace: the token's text ends with the first brace, its columns with the second. */
function emitDoubled(t: Tokenizer, kind: number, start: number, line: number, col: number): void {
  t.pos += 2;
  t.emit(kind, start, line, col);
  t.ends[t.count - 1]--;
}

function failUnterminatedFString(t: Tokenizer, mode: StringMode): never {
  const detected = t.line;
  t.line = mode.line;
  t.lineStart = mode.lineStart;
  const kind = mode.quoteSize === 3 ? "unterminated triple-quoted" : "unterminated";
  const msg = `${kind} ${mode.letter}-string literal (detected at line ${detected})`;
  return mode.quoteSize === 3 ? t.failOpenString(msg, mode.start + 1) : t.fail(msg, mode.start + 1);
}
