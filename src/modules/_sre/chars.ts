/**
 * What SRE asks of characters: case and category, by code point. Unicode's answers come from the JavaScript engine's
 * tables, cut back to Unicode 16, which Python 3.14 uses.
 */

/** Letters and numbers that came after Unicode 16: first and last, in pairs. */
const LATER_WORD: readonly number[] = [
  0x88f, 0x88f, 0xc5c, 0xc5c, 0xcdc, 0xcdc, 0xa7ce, 0xa7cf, 0xa7d2, 0xa7d2, 0xa7d4, 0xa7d4, 0xa7f1, 0xa7f1, 0x10940,
  0x10959, 0x10ec5, 0x10ec7, 0x11db0, 0x11ddb, 0x11de0, 0x11de9, 0x16ea0, 0x16eb8, 0x16ebb, 0x16ed3, 0x16ff2, 0x16ff6,
  0x187f8, 0x187ff, 0x18d09, 0x18d1e, 0x18d80, 0x18df2, 0x1e6c0, 0x1e6de, 0x1e6e0, 0x1e6e2, 0x1e6e4, 0x1e6e5, 0x1e6e7,
  0x1e6ed, 0x1e6f0, 0x1e6f4, 0x1e6fe, 0x1e6ff, 0x2b73a, 0x2b73f, 0x2cea2, 0x2cead, 0x323b0, 0x33479,
];

function cameLater(ch: number): boolean {
  for (let i = 0; i < LATER_WORD.length; i += 2) if (ch >= LATER_WORD[i] && ch <= LATER_WORD[i + 1]) return true;
  return false;
}
const cameLaterCased = (ch: number): boolean =>
  (ch >= 0xa7ce && ch <= 0xa7d5 && ch !== 0xa7d0 && ch !== 0xa7d1) || (ch >= 0x16ea0 && ch <= 0x16ed3);

const WORD_RE = /[\p{L}\p{N}]/u;
const DIGIT_RE = /\p{Nd}/u;

export const asciiLower = (ch: number): number => (ch >= 65 && ch <= 90 ? ch + 32 : ch);
export const asciiUpper = (ch: number): number => (ch >= 97 && ch <= 122 ? ch - 32 : ch);
export const asciiIsCased = (ch: number): boolean => (ch >= 65 && ch <= 90) || (ch >= 97 && ch <= 122);

/** `sre_lower_unicode`: the first character of the lower-case mapping. */
export function unicodeLower(ch: number): number {
  if (ch < 128) return asciiLower(ch);
  if (cameLaterCased(ch)) return ch;
  return String.fromCodePoint(ch).toLowerCase().codePointAt(0) as number;
}
/** `sre_upper_unicode`: the first character of the upper-case mapping. */
export function unicodeUpper(ch: number): number {
  if (ch < 128) return asciiUpper(ch);
  if (cameLaterCased(ch)) return ch;
  return String.fromCodePoint(ch).toUpperCase().codePointAt(0) as number;
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
  return DIGIT_RE.test(String.fromCodePoint(ch)) && !cameLater(ch);
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
  return WORD_RE.test(String.fromCodePoint(ch)) && !cameLater(ch);
}
export function unicodeIsLinebreak(ch: number): boolean {
  return (ch >= 10 && ch <= 13) || (ch >= 0x1c && ch <= 0x1e) || ch === 0x85 || ch === 0x2028 || ch === 0x2029;
}

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
