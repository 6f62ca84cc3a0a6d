/** Character classes the tokenizer asks about, as tables for ASCII and Unicode properties beyond. */

/** Bits of `CHAR_CLASS`. */
export const IDENT_START = 1;
export const IDENT_PART = 2;
export const DIGIT = 4;
export const HEX_DIGIT = 8;

/** For each ASCII code its classes; every code from 128 on may be part of an identifier until verified. */
export const CHAR_CLASS: Uint8Array = makeClasses();

function makeClasses(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code++) {
    const char = String.fromCharCode(code);
    if (/[A-Za-z_]/.test(char)) table[code] |= IDENT_START | IDENT_PART;
    if (/[0-9]/.test(char)) table[code] |= DIGIT | IDENT_PART;
    if (/[0-9A-Fa-f]/.test(char)) table[code] |= HEX_DIGIT;
  }
  return table;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isHexDigit(code: number): boolean {
  return code < 128 && (CHAR_CLASS[code] & HEX_DIGIT) !== 0;
}

export function isIdentPart(code: number): boolean {
  return code >= 128 || (CHAR_CLASS[code] & IDENT_PART) !== 0;
}

// Unicode's Other_ID_Start and Other_ID_Continue are part of the properties already.
const XID_START = /^[\p{XID_Start}_]$/u;
const XID_CONTINUE = /^\p{XID_Continue}$/u;

/** Index of the first UTF-16 unit that makes `text` no identifier, or -1 (PEP 3131). */
export function findNonIdentifier(text: string): number {
  let first = true;
  let index = 0;
  for (const char of text) {
    if (!(first ? XID_START : XID_CONTINUE).test(char)) return index;
    first = false;
    index += char.length;
  }
  return -1;
}

const NON_PRINTABLE = /^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]$/u;

/** Python's `str.isprintable` for one code point. */
export function isPrintable(codePoint: number): boolean {
  return codePoint === 32 || !NON_PRINTABLE.test(String.fromCodePoint(codePoint));
}

/** UTF-8 bytes beyond one per UTF-16 unit that this unit stands for (a surrogate pair has four bytes in two units). */
export function extraBytes(unit: number): number {
  if (unit < 0x80) return 0;
  if (unit < 0x800) return 1;
  return unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
}

/** Number of code points in `source[from, to)`. */
export function countCodePoints(source: string, from: number, to: number): number {
  let count = 0;
  for (let index = from; index < to; index++) {
    const unit = source.charCodeAt(index);
    const low = unit >= 0xdc00 && unit <= 0xdfff;
    const previous = low && index > from ? source.charCodeAt(index - 1) : 0;
    if (!(low && previous >= 0xd800 && previous <= 0xdbff)) count++;
  }
  return count;
}
