/** Numeric literals: where they end, and what is wrong with them. Their value is `literal-number.ts`'s business. */
import * as T from "./tokens.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { isDigit, isHexDigit, isIdentPart } from "./chars.ts";

const UNDERSCORE = 95;
const DOT = 46;
const LETTER_E = 101;
const LETTER_J = 106;

/** At a digit, or at a dot before one. */
export function scanNumber(t: Tokenizer): void {
  const start = t.pos;
  const col = start - t.lineBase;
  const first = t.source.charCodeAt(start);
  if (first === 48) scanAfterZero(t, start);
  else scanDecimal(t, start);
  t.emit(T.NUMBER, start, t.line, col);
}

/** Lower-cased ASCII letter at `at`; other characters may change too, none into a letter this file asks for. */
function lower(t: Tokenizer, at: number): number {
  return t.source.charCodeAt(at) | 32;
}

function scanAfterZero(t: Tokenizer, start: number): void {
  switch (lower(t, start + 1)) {
    case 120:
      return scanRadix(t, "hexadecimal", isHexDigit);
    case 111:
      return scanRadix(t, "octal", (code) => code >= 48 && code <= 55);
    case 98:
      return scanRadix(t, "binary", (code) => code === 48 || code === 49);
  }
  scanLeadingZeros(t, start);
}

function scanRadix(t: Tokenizer, name: "hexadecimal" | "octal" | "binary", accepts: (code: number) => boolean): void {
  const source = t.source;
  let pos = t.pos + 2;
  do {
    if (source.charCodeAt(pos) === UNDERSCORE) pos++;
    if (!accepts(source.charCodeAt(pos))) failRadix(t, name, pos);
    do pos++;
    while (accepts(source.charCodeAt(pos)));
  } while (source.charCodeAt(pos) === UNDERSCORE);
  if (isDigit(source.charCodeAt(pos))) failRadix(t, name, pos);
  endNumber(t, pos, name);
}

function failRadix(t: Tokenizer, name: string, pos: number): never {
  const code = t.source.charCodeAt(pos);
  if (name !== "hexadecimal" && isDigit(code))
    t.fail(`invalid digit '${String.fromCharCode(code)}' in ${name} literal`, pos + 1);
  return t.fail(`invalid ${name} literal`, pos);
}

/** Zeros may stand alone or before a fraction, an exponent or `j`, not before another digit. */
function scanLeadingZeros(t: Tokenizer, start: number): void {
  const source = t.source;
  let pos = start + 1;
  for (;;) {
    if (source.charCodeAt(pos) === UNDERSCORE) {
      pos++;
      if (!isDigit(source.charCodeAt(pos))) t.fail("invalid decimal literal", pos);
    }
    if (source.charCodeAt(pos) !== 48) break;
    pos++;
  }
  const zerosEnd = pos;
  if (isDigit(source.charCodeAt(pos))) pos = scanDigits(t, pos);
  const code = source.charCodeAt(pos);
  const letter = code | 32;
  if (code === DOT || letter === LETTER_E || letter === LETTER_J) return scanFraction(t, pos);
  if (pos > zerosEnd && !t.extra) failLeadingZeros(t, start, zerosEnd);
  endNumber(t, pos, "decimal");
}

function failLeadingZeros(t: Tokenizer, start: number, zerosEnd: number): never {
  const msg = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
  return t.failAt("raised", msg, t.offsetOf(start) + 1, t.offsetOf(zerosEnd) + 1);
}

function scanDecimal(t: Tokenizer, start: number): void {
  const pos = t.source.charCodeAt(start) === DOT ? start : scanDigits(t, start);
  scanFraction(t, pos);
}

/** Digits with single underscores between them; `pos` is at the first. */
function scanDigits(t: Tokenizer, pos: number): number {
  const source = t.source;
  for (;;) {
    while (isDigit(source.charCodeAt(pos))) pos++;
    if (source.charCodeAt(pos) !== UNDERSCORE) return pos;
    pos++;
    if (!isDigit(source.charCodeAt(pos))) t.fail("invalid decimal literal", pos);
  }
}

/** What may follow the digits: fraction, exponent, `j`. */
function scanFraction(t: Tokenizer, pos: number): void {
  const source = t.source;
  if (source.charCodeAt(pos) === DOT) {
    pos++;
    if (isDigit(source.charCodeAt(pos))) pos = scanDigits(t, pos);
  }
  if (lower(t, pos) === LETTER_E) {
    const sign = source.charCodeAt(pos + 1);
    if (sign === 43 || sign === 45) {
      if (!isDigit(source.charCodeAt(pos + 2))) t.fail("invalid decimal literal", pos + 2);
      pos = scanDigits(t, pos + 2);
    } else if (isDigit(sign)) {
      pos = scanDigits(t, pos + 1);
    } else {
      return endNumber(t, pos, "decimal");
    }
  }
  if (lower(t, pos) === LETTER_J) return endNumber(t, pos + 1, "imaginary");
  endNumber(t, pos, "decimal");
}

const KEYWORD_FOLLOWS = /^(?:i[fns]|(?:and|else|for|or|not)(?![\w\u0080-\uffff]))/;

/** A letter must not follow; one of the keywords that can only earns a warning. */
function endNumber(t: Tokenizer, pos: number, name: string): void {
  t.pos = pos;
  const code = t.source.charCodeAt(pos);
  // `tokenize` is to be liberal: no errors and no warnings.
  if (!(code < 128) || !isIdentPart(code) || t.extra) return;
  if (!KEYWORD_FOLLOWS.test(t.source.slice(pos, pos + 5))) t.fail(`invalid ${name} literal`, pos);
  t.warn(`invalid ${name} literal`, pos);
}
