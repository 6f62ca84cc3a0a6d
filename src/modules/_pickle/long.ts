/** Ints of any size as LONG1 and LONG4 hold them: two's complement, little-endian, as short as possible. */
import type { Int } from "../../objects/core.ts";
import { fromBytes, toBytes } from "../../objects/numeric/int-bytes.ts";
import { bitLength } from "../../objects/numeric/int-math.ts";

/** A Latin-1 string. */
export function encodeLong(value: Int): string {
  if (value === 0) return "";
  const size = (bitLength(value) >> 3) + 1;
  const bytes = toBytes(value, size, true, true);
  // -128, -32768 … fit one byte less than their magnitude says.
  const isRedundant =
    value < 0 && size > 1 && bytes.charCodeAt(size - 1) === 0xff && bytes.charCodeAt(size - 2) >= 0x80;
  return isRedundant ? bytes.slice(0, -1) : bytes;
}

export function decodeLong(data: string, start: number, end: number): Int {
  return fromBytes(data.slice(start, end), true, true);
}
