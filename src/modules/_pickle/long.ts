/** Ints of any size as LONG1 and LONG4 hold them: two's complement, little-endian, as short as possible. */
import type { Int } from "../../objects/core.ts";
import { fromBytes, toBytes } from "../../objects/numeric/int-bytes.ts";
import { bitLength } from "../../objects/numeric/int-math.ts";

export function encodeLong(value: Int): Uint8Array {
  if (value === 0) return new Uint8Array(0);
  const size = (bitLength(value) >> 3) + 1;
  const bytes = toBytes(value, size, true, true);
  // -128, -32768 … fit one byte less than their magnitude says.
  const isRedundant = value < 0 && size > 1 && bytes[size - 1] === 0xff && bytes[size - 2] >= 0x80;
  return isRedundant ? bytes.subarray(0, size - 1) : bytes;
}

export function decodeLong(data: string, start: number, end: number): Int {
  const bytes = new Uint8Array(end - start);
  for (let i = start; i < end; i++) bytes[i - start] = data.charCodeAt(i);
  return fromBytes(bytes, true, true);
}
