/**
 * What SRE asks of characters: case and category, by code point. Latin-1 is answered here, so that patterns over such
 * texts need not expand Unicode's tables.
 */
import { simpleLower, upperPoints } from "../../objects/unicode/case.ts";
import { isAlnum, isDecimal, isLineBreak } from "../../objects/unicode/ctype.ts";

// In escapes: the bundle is read as Latin-1, and bundlers leave the text of expressions alone.
const LATIN_WORD = /[\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\xff\xb2\xb3\xb9\xbc-\xbe]/;

export const asciiLower = (ch: number): number => (ch >= 65 && ch <= 90 ? ch + 32 : ch);
export const asciiUpper = (ch: number): number => (ch >= 97 && ch <= 122 ? ch - 32 : ch);
export const asciiIsCased = (ch: number): boolean => (ch >= 65 && ch <= 90) || (ch >= 97 && ch <= 122);

/** `sre_lower_unicode`: the first character of the lower-case mapping. */
export function unicodeLower(ch: number): number {
  if (ch < 128) return asciiLower(ch);
  if (ch < 256) return ch >= 0xc0 && ch <= 0xde && ch !== 0xd7 ? ch + 32 : ch;
  return simpleLower(ch);
}
/** `sre_upper_unicode`: the first character of the upper-case mapping. */
export function unicodeUpper(ch: number): number {
  return ch < 128 ? asciiUpper(ch) : upperPoints([ch])[0];
}
/** True where some other character matches `ch` case-insensitively by simple mapping. */
export function unicodeIsCased(ch: number): boolean {
  const lower = unicodeLower(ch);
  return lower !== ch || unicodeUpper(lower) !== lower;
}

export const asciiIsDigit = (ch: number): boolean => ch >= 48 && ch <= 57;
export const asciiIsSpace = (ch: number): boolean => ch === 32 || (ch >= 9 && ch <= 13);
export const asciiIsWord = (ch: number): boolean =>
  (ch >= 97 && ch <= 122) || (ch >= 65 && ch <= 90) || (ch >= 48 && ch <= 57) || ch === 95;

export function unicodeIsDigit(ch: number): boolean {
  if (ch < 128) return ch >= 48 && ch <= 57;
  return ch >= 256 && isDecimal(ch);
}
/** `str.isspace` of one character. */
export function unicodeIsSpace(ch: number): boolean {
  if (ch < 256) return ch === 32 || (ch >= 9 && ch <= 13) || (ch >= 0x1c && ch <= 0x1f) || ch === 0x85 || ch === 0xa0;
  return (
    ch === 0x1680 ||
    (ch >= 0x2000 && ch <= 0x200a) ||
    ch === 0x2028 ||
    ch === 0x2029 ||
    ch === 0x202f ||
    ch === 0x205f ||
    ch === 0x3000
  );
}
/** `str.isalnum` of one character, or the underscore. */
export function unicodeIsWord(ch: number): boolean {
  if (ch < 128) return asciiIsWord(ch);
  if (ch < 256) return LATIN_WORD.test(String.fromCharCode(ch));
  return isAlnum(ch);
}
export const unicodeIsLinebreak = isLineBreak;

/** `sre_category`: is `ch` in the category with SRE's number `category`? */
export function inCategory(category: number, ch: number): boolean {
  switch (category) {
    case 0:
      return asciiIsDigit(ch);
    case 1:
      return !asciiIsDigit(ch);
    case 2:
      return asciiIsSpace(ch);
    case 3:
      return !asciiIsSpace(ch);
    case 4:
    case 8: // the locale is always C's
      return asciiIsWord(ch);
    case 5:
    case 9:
      return !asciiIsWord(ch);
    case 6:
      return ch === 10;
    case 7:
      return ch !== 10;
    case 10:
      return unicodeIsDigit(ch);
    case 11:
      return !unicodeIsDigit(ch);
    case 12:
      return unicodeIsSpace(ch);
    case 13:
      return !unicodeIsSpace(ch);
    case 14:
      return unicodeIsWord(ch);
    case 15:
      return !unicodeIsWord(ch);
    case 16:
      return unicodeIsLinebreak(ch);
    case 17:
      return !unicodeIsLinebreak(ch);
    default:
      return false;
  }
}
