/** Greatest common divisor and integer square root: what V8's BigInt does not bring. */
import { abs, bitLengthBig, canonical, type Int } from "./int-math.ts";
import { NumericError } from "./numeric-error.ts";

export function gcd(a: Int, b: Int): Int {
  const x = abs(a);
  const y = abs(b);
  if (typeof x === "number" && typeof y === "number") return gcdSmall(x, y);
  return canonical(gcdBig(BigInt(x), BigInt(y)));
}

function gcdSmall(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/**
 * Lehmer's algorithm (Knuth, The Art of Computer Programming 2, 4.5.2 L): most quotients follow from the leading
 * bits, so that about 25 bits go by with each pass over the long numbers.
 */
export function gcdBig(a: bigint, b: bigint): bigint {
  if (a < b) [a, b] = [b, a];
  while (b > 0x1fffffffffffffn) {
    const shift = BigInt(bitLengthBig(a) - 52);
    let x = Number(a >> shift);
    let y = Number(b >> shift);
    let [A, B, C, D] = [1, 0, 0, 1];
    for (;;) {
      if (y - C <= 0 || y + D <= 0) break;
      const q = Math.floor((x + A - 1) / (y - C));
      if (q !== Math.floor((x - B) / (y + D))) break;
      const s = B + q * D;
      const t = x - q * y;
      if (t < 0 || s > 0x3ffffff) break;
      [x, y] = [y, t];
      const r = A + q * C;
      [A, B, C, D] = [D, C, s, r];
    }
    if (C === 0) {
      [a, b] = [b, a % b];
      continue;
    }
    const [nextA, nextB] = lehmerStep(a, b, A, B, C, D);
    if (nextA < 0n || nextB < 0n || nextB >= b) [a, b] = [b, a % b];
    else [a, b] = nextA >= nextB ? [nextA, nextB] : [nextB, nextA];
  }
  while (b > 0n) {
    if (a <= 0x1fffffffffffffn) return BigInt(gcdSmall(Number(a), Number(b)));
    [a, b] = [b, a % b];
  }
  return a;
}

function lehmerStep(a: bigint, b: bigint, A: number, B: number, C: number, D: number): [bigint, bigint] {
  return [a * BigInt(A) - b * BigInt(B), b * BigInt(D) - a * BigInt(C)];
}

export function lcm(a: Int, b: Int): Int {
  if (a === 0 || b === 0) return 0;
  const g = BigInt(gcd(a, b));
  const product = (BigInt(a) / g) * BigInt(b);
  return canonical(product < 0n ? -product : product);
}

/** The floor of the square root. */
export function isqrt(n: Int): Int {
  if (n < 0) throw new NumericError("ValueError", "isqrt() argument must be nonnegative");
  if (typeof n === "number") {
    const root = Math.floor(Math.sqrt(n));
    return root * root > n ? root - 1 : root;
  }
  return canonical(isqrtBig(n));
}

/** Doubles the precision of the root in each step (the adaptive Newton iteration of Zimmermann and Dickinson). */
export function isqrtBig(n: bigint): bigint {
  if (n === 0n) return 0n;
  const c = Math.floor((bitLengthBig(n) - 1) / 2);
  let a = 1n;
  let d = 0;
  for (let s = 32 - Math.clz32(c) - 1; s >= 0; s--) {
    const e = d;
    d = Math.floor(c / 2 ** s);
    a = (a << BigInt(d - e - 1)) + (n >> BigInt(2 * c - e - d + 1)) / a;
  }
  return a * a > n ? a - 1n : a;
}
