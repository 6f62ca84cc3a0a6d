/** Between int and text: `int(str, base)`, `str(int)`, `hex`, `oct`, `bin`. */
import { isSpace } from "../unicode/ctype.ts";
import { decimalValue } from "../unicode/numeric-value.ts";
import { bitLengthBig, canonical, type Int } from "./int-math.ts";
import { valueError } from "./numeric-error.ts";

/** `sys.get_int_max_str_digits()` at start. */
export const DEFAULT_MAX_STR_DIGITS = 4300;
const ADVICE = "use sys.set_int_max_str_digits() to increase the limit";

/** Decimal text; ValueError beyond `maxDigits` digits (0: no limit). */
export function toDecimal(a: Int, maxDigits: number): string {
  if (typeof a === "number") return `${a}`;
  const magnitude = a < 0n ? -a : a;
  // More bits than the limit's digits can hold: refuse without the quadratic work.
  const tooLong = maxDigits > 0 && magnitude > BIG && bitLengthBig(magnitude) > maxDigits * 3.3219281 + 64;
  const text = tooLong ? "" : `${a}`;
  if (tooLong || (maxDigits > 0 && text.length - (a < 0n ? 1 : 0) > maxDigits)) {
    valueError(`Exceeds the limit (${maxDigits} digits) for integer string conversion; ${ADVICE}`);
  }
  return text;
}

const BIG = 10n ** 60n;

/** Digits of the absolute value in base 2, 8, 10 or 16, without prefix; no limit. */
export function magnitudeDigits(a: Int, base: 2 | 8 | 10 | 16): string {
  return (typeof a === "number" ? Math.abs(a) : a < 0n ? -a : a).toString(base);
}

export function toHex(a: Int): string {
  return prefixed(a, "0x", 16);
}
export function toOct(a: Int): string {
  return prefixed(a, "0o", 8);
}
export function toBin(a: Int): string {
  return prefixed(a, "0b", 2);
}
function prefixed(a: Int, prefix: string, base: 2 | 8 | 16): string {
  return (a < 0 ? "-" : "") + prefix + magnitudeDigits(a, base);
}

/**
 * Replaces Unicode decimal digits by ASCII ones and Unicode spaces by " "; any other character beyond ASCII by "?".
 * What int(), float() and complex() do with a str first.
 */
export function toAsciiDigits(text: string): string {
  let i = 0;
  while (i < text.length && text.charCodeAt(i) < 128) i++;
  if (i === text.length) return text;
  let result = "";
  for (let k = 0; k < text.length; k++) {
    const cp = text.codePointAt(k) as number;
    if (cp > 0xffff) k++;
    if (cp < 128) result += String.fromCharCode(cp);
    else if (isSpace(cp)) result += " ";
    else {
      const digit = decimalValue(cp);
      result += digit < 0 ? "?" : digit;
    }
  }
  return result;
}

/** Without the ASCII white space around it. */
export function stripSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/**
 * `int(text, base)`, or null when `text` is no such number (the caller says so, quoting the text).
 * ValueError for a base out of range or too many digits.
 */
export function parseInteger(text: string, base: number, maxDigits: number): Int | null {
  if (base !== 0 && (base < 2 || base > 36)) valueError("int() base must be >= 2 and <= 36, or 0");
  const stripped = stripSpace(toAsciiDigits(text));
  const negative = stripped.startsWith("-");
  const start = negative || stripped.startsWith("+") ? 1 : 0;
  const literal = radixOf(stripped, start, base);
  if (literal === null) return null;
  const digits = plainDigits(stripped, literal.start, literal.base);
  if (digits === null) return null;
  if (base === 0 && literal.base === 10 && digits.length > 1 && digits[0] === "0" && /[^0]/.test(digits)) return null;
  const isPowerOfTwo = (literal.base & (literal.base - 1)) === 0;
  if (!isPowerOfTwo && maxDigits > 0 && digits.length > maxDigits) {
    const has = `value has ${digits.length} digits`;
    valueError(`Exceeds the limit (${maxDigits} digits) for integer string conversion: ${has}; ${ADVICE}`);
  }
  return signed(digitsToInt(digits, literal.base), negative);
}

function signed(value: Int, negative: boolean): Int {
  return negative ? (typeof value === "number" ? 0 - value : -value) : value;
}

function radixOf(text: string, start: number, base: number): { base: number; start: number } | null {
  if (text.charCodeAt(start) === 48 && start + 1 < text.length) {
    const letter = text[start + 1].toLowerCase();
    const prefixBase = letter === "x" ? 16 : letter === "o" ? 8 : letter === "b" ? 2 : 0;
    if (prefixBase !== 0 && (base === 0 || base === prefixBase)) {
      // One underscore may stand between prefix and digits.
      return { base: prefixBase, start: start + (text[start + 2] === "_" ? 3 : 2) };
    }
  }
  return { base: base === 0 ? 10 : base, start };
}

/** The digits without underscores, or null when one is wrong or an underscore is not between digits. */
function plainDigits(text: string, start: number, base: number): string | null {
  if (start >= text.length) return null;
  if (base === 10 && /^[0-9]+$/.test(text.slice(start))) return text.slice(start);
  let sawUnderscore = false;
  let previous = 95;
  for (let i = start; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 95) {
      if (previous === 95) return null;
      sawUnderscore = true;
    } else if (digitOf(c) >= base) return null;
    previous = c;
  }
  if (previous === 95) return null;
  const digits = text.slice(start);
  return sawUnderscore ? digits.replaceAll("_", "") : digits;
}

function digitOf(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 122) return c - 87;
  if (c >= 65 && c <= 90) return c - 55;
  return 99;
}

/** The value of valid digits in `base` (2–36). */
export function digitsToInt(digits: string, base: number): Int {
  if (digits.length <= 10 || (base === 10 && digits.length <= 15)) return Number.parseInt(digits, base);
  switch (base) {
    case 10:
      return canonical(BigInt(digits));
    case 16:
      return canonical(BigInt(`0x${digits}`));
    case 8:
      return canonical(BigInt(`0o${digits}`));
    case 2:
      return canonical(BigInt(`0b${digits}`));
    default:
      return canonical(bigFromDigits(digits, BigInt(base), base));
  }
}

/** Halves the text, so that V8's fast multiplication does the work. */
function bigFromDigits(digits: string, base: bigint, radix: number): bigint {
  if (digits.length <= 10) return BigInt(Number.parseInt(digits, radix));
  const middle = digits.length >> 1;
  const low = digits.length - middle;
  return (
    bigFromDigits(digits.slice(0, middle), base, radix) * base ** BigInt(low) +
    bigFromDigits(digits.slice(middle), base, radix)
  );
}
