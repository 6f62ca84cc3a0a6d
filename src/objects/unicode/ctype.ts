/**
 * Unicode 16 character classes as Python's str methods see them, by code point.
 *
 * One byte of category and one of flags a code point, expanded on the first question about a character beyond
 * ASCII. JavaScript's own \p{…} is not used: it follows the engine's Unicode version, not Python's.
 */
import {
  caseIgnorableRanges,
  casedRanges,
  categoryRuns,
  idContinueRanges,
  idStartRanges,
  lowerRanges,
  spaceRanges,
  upperRanges,
} from "./data/properties.ts";
import { digitValue, hasNumericValue } from "./numeric-value.ts";
import { CODE_POINTS, fillRuns, markRanges } from "./unpack.ts";

/** General categories; a category's number is its index. The order groups: letters 1–5, marks, numbers 9–11, … */
export const CATEGORIES: readonly string[] = [
  "Cn",
  "Lu",
  "Ll",
  "Lt",
  "Lm",
  "Lo",
  "Mn",
  "Mc",
  "Me",
  "Nd",
  "Nl",
  "No",
  "Pc",
  "Pd",
  "Ps",
  "Pe",
  "Pi",
  "Pf",
  "Po",
  "Sm",
  "Sc",
  "Sk",
  "So",
  "Zs",
  "Zl",
  "Zp",
  "Cc",
  "Cf",
  "Cs",
  "Co",
];
const LU = 1;
const LT = 3;
const LO = 5;
const ND = 9;
const ZS = 23;

const LOWER = 1;
const UPPER = 2;
const SPACE = 4;
const ID_START = 8;
const ID_CONTINUE = 16;
const CASED = 32;
const CASE_IGNORABLE = 64;

let categories: Uint8Array | null = null;
let flags: Uint8Array | null = null;

function categoryTable(): Uint8Array {
  categories ??= fillRuns(new Uint8Array(CODE_POINTS), categoryRuns());
  return categories;
}

function flagTable(): Uint8Array {
  if (flags !== null) return flags;
  const table = new Uint8Array(CODE_POINTS);
  markRanges(table, lowerRanges(), LOWER);
  markRanges(table, upperRanges(), UPPER);
  markRanges(table, spaceRanges(), SPACE);
  markRanges(table, idStartRanges(), ID_START);
  markRanges(table, idContinueRanges(), ID_CONTINUE);
  markRanges(table, casedRanges(), CASED);
  markRanges(table, caseIgnorableRanges(), CASE_IGNORABLE);
  flags = table;
  return table;
}

/** ASCII's share of both tables, for the usual case without expanding them. */
const ASCII = asciiFlags();

function asciiFlags(): Uint8Array {
  const table = new Uint8Array(128);
  for (let c = 0; c < 128; c++) {
    const lower = c >= 97 && c <= 122;
    const upper = c >= 65 && c <= 90;
    if (lower) table[c] |= LOWER;
    if (upper) table[c] |= UPPER;
    if (lower || upper) table[c] |= CASED | ID_START | ID_CONTINUE;
    if (c === 95) table[c] |= ID_START | ID_CONTINUE;
    if (c >= 48 && c <= 57) table[c] |= ID_CONTINUE;
    if ((c >= 9 && c <= 13) || (c >= 28 && c <= 32)) table[c] |= SPACE;
    if (c === 39 || c === 46 || c === 58 || c === 94 || c === 96) table[c] |= CASE_IGNORABLE;
  }
  return table;
}

function flag(cp: number, bit: number): boolean {
  return ((cp < 128 ? ASCII[cp] : flagTable()[cp]) & bit) !== 0;
}

/** The index in `CATEGORIES`. */
export function categoryOf(cp: number): number {
  return categoryTable()[cp];
}

export function isAlpha(cp: number): boolean {
  if (cp < 128) return (ASCII[cp] & CASED) !== 0;
  const category = categoryTable()[cp];
  return category >= LU && category <= LO;
}
export function isDecimal(cp: number): boolean {
  return cp < 128 ? cp >= 48 && cp <= 57 : categoryTable()[cp] === ND;
}
export function isDigit(cp: number): boolean {
  return cp < 128 ? cp >= 48 && cp <= 57 : digitValue(cp) >= 0;
}
export function isNumeric(cp: number): boolean {
  return cp < 128 ? cp >= 48 && cp <= 57 : hasNumericValue(cp);
}
export function isAlnum(cp: number): boolean {
  return isAlpha(cp) || isNumeric(cp);
}
export function isSpace(cp: number): boolean {
  return flag(cp, SPACE);
}
export function isLower(cp: number): boolean {
  return flag(cp, LOWER);
}
export function isUpper(cp: number): boolean {
  return flag(cp, UPPER);
}
/** A titlecase letter (Lt), such as "ǅ". */
export function isTitle(cp: number): boolean {
  return cp >= 128 && categoryTable()[cp] === LT;
}
export function isCased(cp: number): boolean {
  return flag(cp, CASED);
}
export function isCaseIgnorable(cp: number): boolean {
  return flag(cp, CASE_IGNORABLE);
}
/** XID_Start or "_". */
export function isIdentifierStart(cp: number): boolean {
  return flag(cp, ID_START);
}
/** XID_Continue. */
export function isIdentifierContinue(cp: number): boolean {
  return flag(cp, ID_CONTINUE);
}
/** Printed as itself by repr: no separator but the space, no control, format, surrogate, private, unassigned. */
export function isPrintable(cp: number): boolean {
  if (cp < 127) return cp >= 32;
  const category = categoryTable()[cp];
  return category !== 0 && category < ZS;
}
/** Ends a line for `str.splitlines`. */
export function isLineBreak(cp: number): boolean {
  return (cp >= 10 && cp <= 13) || (cp >= 28 && cp <= 30) || cp === 0x85 || cp === 0x2028 || cp === 0x2029;
}

/** `str.isidentifier` of a string whose surrogate pairs are code points. */
export function isIdentifier(text: string): boolean {
  const length = text.length;
  if (length === 0) return false;
  for (let i = 0; i < length; i++) {
    const cp = text.codePointAt(i) as number;
    if (!(i === 0 ? isIdentifierStart(cp) : isIdentifierContinue(cp))) return false;
    if (cp > 0xffff) i++;
  }
  return true;
}
