/** The value of a numeric literal. */
import type { Const } from "./ast.ts";

/** Decimal integer literals longer than this are refused by default: `sys.int_info.default_max_str_digits`. */
export const MAX_INT_DIGITS = 4300;

/** `text` is a valid literal; returns the number of digits instead when there are more than `maxDigits` (0: no limit). */
export function numberValue(text: string, maxDigits: number): Const | { digits: number } {
  const digits = text.includes("_") ? text.replaceAll("_", "") : text;
  const last = digits.charCodeAt(digits.length - 1) | 32;
  const second = digits.charCodeAt(1) | 32;
  const radix = digits.charCodeAt(0) === 48 && (second === 120 || second === 111 || second === 98);
  if (radix) return integer(digits);
  if (last === 106) return { t: "complex", re: 0, im: Number(digits.slice(0, -1)) };
  if (/[.eE]/.test(digits)) return { t: "float", v: Number(digits) };
  if (maxDigits > 0 && digits.length > maxDigits) return { digits: digits.length };
  return integer(digits);
}

function integer(digits: string): Const {
  const value = Number(digits);
  return { t: "int", v: Number.isSafeInteger(value) ? value : BigInt(digits) };
}
