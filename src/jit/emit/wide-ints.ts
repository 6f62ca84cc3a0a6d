/** Bitwise operations on safe integers beyond 32 bits: in two halves. The result may be no safe integer. */

const UNIT = 2 ** 32;
/** Powers of two that a shift of safe integers may need. */
export const POWERS: readonly number[] = Array.from({ length: 53 }, (_, i) => 2 ** i);

const high = (a: number): number => Math.floor(a / UNIT);

export function wideAnd(a: number, b: number): number {
  return (high(a) & high(b)) * UNIT + ((a & b) >>> 0);
}
export function wideOr(a: number, b: number): number {
  return (high(a) | high(b)) * UNIT + ((a | b) >>> 0);
}
export function wideXor(a: number, b: number): number {
  return (high(a) ^ high(b)) * UNIT + ((a ^ b) >>> 0);
}
