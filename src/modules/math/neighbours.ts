/** Functions on the representation of doubles: nextafter, ulp, ldexp, IEEE remainder, fused multiply-add. */
import { decompose, frexp, roundScaled } from "../../objects/numeric/int-float.ts";
import { roundHalfEven } from "../../objects/numeric/float-math.ts";
import type { Int } from "../../objects/numeric/int-math.ts";
import { NumericError } from "../../objects/numeric/numeric-error.ts";

const view = new DataView(new ArrayBuffer(8));

/** Doubles in order as integers: −0 and 0 are 0, the smallest positive is 1. */
function ordinal(x: number): bigint {
  view.setFloat64(0, Math.abs(x));
  const magnitude = view.getBigUint64(0);
  return x < 0 ? -magnitude : magnitude;
}

/** `steps` doubles from x towards y, not beyond y. */
export function nextAfter(x: number, y: number, steps: Int): number {
  if (x !== x) return x;
  if (y !== y) return y;
  if (x === y) return y;
  if (steps === 0) return x;
  const from = ordinal(x);
  const to = ordinal(y);
  const distance = to > from ? to - from : from - to;
  const taken = BigInt(steps) < distance ? BigInt(steps) : distance;
  // Zero reached from below is −0.
  if (taken === distance) return y === 0 ? (x < 0 ? -0 : 0) : y;
  const at = to > from ? from + taken : from - taken;
  view.setBigUint64(0, at < 0n ? -at : at);
  const value = view.getFloat64(0);
  // On the way through zero the sign is that of the side one comes from.
  return at < 0n || (at === 0n && x < 0) ? -value : value;
}

export function ulp(x: number): number {
  if (x !== x) return x;
  const a = Math.abs(x);
  if (a === Infinity) return a;
  const next = nextAfter(a, Infinity, 1);
  return next === Infinity ? a - nextAfter(a, -Infinity, 1) : next - a;
}

/** x · 2**exponent, rounded once. */
export function ldexp(x: number, exponent: Int): number {
  if (x === 0 || !(x - x === 0)) return x;
  if (exponent > 5000) return x > 0 ? Infinity : -Infinity;
  if (exponent < -5000) return x < 0 ? -0 : 0;
  const [m, e] = frexp(x);
  const total = e + Number(exponent);
  if (total > 1024) return x > 0 ? Infinity : -Infinity;
  if (total > -1021) return m * 2 * 2 ** (total - 1);
  if (total < -1080) return x < 0 ? -0 : 0;
  const units = roundHalfEven(m * 2 ** 60 * 2 ** (total + 1014));
  return x < 0 && units === 0 ? -0 : units * Number.MIN_VALUE;
}

/** IEEE 754's remainder: x − n·y for the n nearest to x/y. */
export function remainder(x: number, y: number): number {
  if (x - x === 0 && y - y === 0) {
    if (y === 0) return Number.NaN;
    const ax = Math.abs(x);
    const ay = Math.abs(y);
    const m = ax % ay;
    const c = ay - m;
    const r = m < c ? m : m > c ? -c : m - 2 * ((0.5 * (ax - m)) % ay);
    return x < 0 || Object.is(x, -0) ? -r : r;
  }
  if (x !== x) return x;
  if (y !== y) return y;
  return x === Infinity || x === -Infinity ? Number.NaN : x;
}

/** x · y + z with one rounding. */
export function fma(x: number, y: number, z: number): number {
  const product = x * y;
  if (!(x - x === 0) || !(y - y === 0) || !(z - z === 0)) return fmaSpecial(x, y, z);
  if (x === 0 || y === 0 || z === 0) {
    if (z !== 0 || x === 0 || y === 0) return product + z;
  }
  const [mx, ex] = decompose(x);
  const [my, ey] = decompose(y);
  const [mz, ez] = decompose(z);
  const e = mz === 0n ? ex + ey : Math.min(ex + ey, ez);
  const n = ((mx * my) << BigInt(ex + ey - e)) + (mz === 0n ? 0n : mz << BigInt(ez - e));
  // An exact zero has the sign of a sum, +0, unless only the rounding made it zero.
  if (n === 0n) return 0;
  const magnitude = roundScaled(n < 0n ? -n : n, e);
  if (magnitude === Infinity) throw new NumericError("OverflowError", "overflow in fma");
  return n < 0n ? -magnitude : magnitude;
}

function fmaSpecial(x: number, y: number, z: number): number {
  const result = x * y + z;
  if (result === result || x !== x || y !== y || z !== z) {
    // inf · 0 + nan is the NaN that was given; a finite product may not overflow before an infinite z.
    if (x - x === 0 && y - y === 0) return z;
    return result;
  }
  if (x - x === 0 && y - y === 0) return z;
  throw new NumericError("ValueError", "invalid operation in fma");
}
