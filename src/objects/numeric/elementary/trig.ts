/** sin, cos, tan and their inverses, rounded from about 70 bits (see double-double.ts). */
import { makeAtanTable, makeTrigTable, pairOf, PI_FIXED, splitFixed } from "./constants.ts";
import { addDD, divDD, LO, mulDD, productError, sqrtDD, sumError } from "./double-double.ts";

let trigTable: Float64Array | null = null;
let atanTable: Float64Array | null = null;

/** π/2 in parts of 33 bits: products with k below 2**20 are exact. */
const [P1, P2, P3, P4] = splitFixed(PI_FIXED >> 1n, 33, 4);
const [PI_HI, PI_LO] = pairOf(PI_FIXED);
const TWO_OVER_PI = 2 / PI_HI;
const LARGE = 1e6;

/** x minus a multiple of π/2 as a pair; the multiple modulo 4 in `QUADRANT[0]`. */
const QUADRANT = new Int32Array(1);
function reduce(x: number): number {
  if (Math.abs(x) > LARGE) return reduceLarge(x);
  const k = Math.round(x * TWO_OVER_PI);
  QUADRANT[0] = k & 3;
  const t = x - k * P1;
  const a = -k * P2;
  const u = t + a;
  const b = -k * P3;
  const v = u + b;
  const e = sumError(t, a, u) + sumError(u, b, v) - k * P4;
  const hi = v + e;
  LO[0] = v - hi + e;
  return hi;
}

/** π/2 · 2**1400, for arguments up to 2**1024. */
let halfPi: bigint | null = null;
const PRECISION = 1400n;

function reduceLarge(x: number): number {
  halfPi ??= machin(PRECISION) / 2n;
  const negative = x < 0;
  // x as an integer times 2**-60 is exact from a million on.
  const value = BigInt(Math.abs(x) * (Math.abs(x) < 2 ** 60 ? 2 ** 40 : 1));
  const shift = Math.abs(x) < 2 ** 60 ? 40n : 0n;
  const scaled = value << (PRECISION - shift);
  let k = scaled / halfPi;
  let rest = scaled - k * halfPi;
  if (2n * rest > halfPi) {
    rest -= halfPi;
    k += 1n;
  }
  const [hi, lo] = pairOf(rest >> (PRECISION - 200n));
  const quadrant = Number(k & 3n);
  QUADRANT[0] = negative ? (4 - quadrant) & 3 : quadrant;
  LO[0] = negative ? -lo : lo;
  return negative ? -hi : hi;
}

function machin(bits: bigint): bigint {
  const atanInverse = (n: bigint): bigint => {
    let power = (1n << bits) / n;
    let sum = 0n;
    for (let k = 1n; power !== 0n; k += 2n) {
      sum += (k & 2n) !== 0n ? -(power / k) : power / k;
      power /= n * n;
    }
    return sum;
  };
  return 16n * atanInverse(5n) - 4n * atanInverse(239n);
}

/** sin(r + rl) as a pair, |r| at most π/4. */
function sinKernel(r: number, rl: number): number {
  trigTable ??= makeTrigTable();
  if (r < 0) {
    const hi = sinKernel(-r, -rl);
    LO[0] = -LO[0];
    return -hi;
  }
  const j = Math.round(r * 256);
  const d0 = r - j / 256;
  const d = d0 + rl;
  const dl = d0 - d + rl;
  const sh = trigTable[4 * j];
  const sl = trigTable[4 * j + 1];
  const ch = trigTable[4 * j + 2];
  const cl = trigTable[4 * j + 3];
  const q = d * d;
  const sinTail = dl - d * q * (1 / 6 - q * (1 / 120));
  const cosTail = -(q * (0.5 - q * (1 / 24 - q * (1 / 720))) + d * dl);
  const p = ch * d;
  const s = sh + p;
  const e = sumError(sh, p, s) + (productError(ch, d, p) + sl + cl * d + ch * sinTail + sh * cosTail);
  const hi = s + e;
  LO[0] = s - hi + e;
  return hi;
}

/** cos(r + rl) as a pair, |r| at most π/4. */
function cosKernel(r: number, rl: number): number {
  trigTable ??= makeTrigTable();
  if (r < 0) return cosKernel(-r, -rl);
  const j = Math.round(r * 256);
  const d0 = r - j / 256;
  const d = d0 + rl;
  const dl = d0 - d + rl;
  const sh = trigTable[4 * j];
  const sl = trigTable[4 * j + 1];
  const ch = trigTable[4 * j + 2];
  const cl = trigTable[4 * j + 3];
  const q = d * d;
  const sinTail = dl - d * q * (1 / 6 - q * (1 / 120));
  const cosTail = -(q * (0.5 - q * (1 / 24 - q * (1 / 720))) + d * dl);
  const p = -sh * d;
  const s = ch + p;
  const e = sumError(ch, p, s) + (productError(-sh, d, p) + cl - sl * d - sh * sinTail + ch * cosTail);
  const hi = s + e;
  LO[0] = s - hi + e;
  return hi;
}

/** NaN for infinities. */
export function sin(x: number): number {
  if (!(x - x === 0)) return Number.NaN;
  if (Math.abs(x) < 2 ** -27) return x;
  const r = reduce(x);
  const rl = LO[0];
  const q = QUADRANT[0];
  const value = (q & 1) === 0 ? sinKernel(r, rl) : cosKernel(r, rl);
  return (q & 2) === 0 ? value : -value;
}

export function cos(x: number): number {
  if (!(x - x === 0)) return Number.NaN;
  const r = reduce(x);
  const rl = LO[0];
  const q = QUADRANT[0];
  const value = (q & 1) === 0 ? cosKernel(r, rl) : sinKernel(r, rl);
  return q === 1 || q === 2 ? -value : value;
}

export function tan(x: number): number {
  if (!(x - x === 0)) return Number.NaN;
  if (Math.abs(x) < 2 ** -27) return x;
  const r = reduce(x);
  const rl = LO[0];
  const odd = (QUADRANT[0] & 1) !== 0;
  const sh = sinKernel(r, rl);
  const sl = LO[0];
  const ch = cosKernel(r, rl);
  const cl = LO[0];
  return odd ? -divDD(ch, cl, sh, sl) : divDD(sh, sl, ch, cl);
}

/** atan(t + tl) as a pair, 0 ≤ t ≤ 1. */
function atanKernel(t: number, tl: number): number {
  atanTable ??= makeAtanTable();
  const j = Math.round(t * 128);
  let d = t;
  let dl = tl;
  if (j > 0) {
    const c = j / 128;
    const n = t - c;
    const p = t * c;
    const s = 1 + p;
    const low = sumError(1, p, s) + productError(t, c, p) + tl * c;
    d = divDD(n, tl, s, low);
    dl = LO[0];
  }
  const q = d * d;
  const tail = dl - d * q * (1 / 3 - q * (0.2 - q * (1 / 7 - q / 9)));
  const base = atanTable[2 * j];
  const s = base + d;
  const e = sumError(base, d, s) + (atanTable[2 * j + 1] + tail);
  const hi = s + e;
  LO[0] = s - hi + e;
  return hi;
}

/** The angle of (x, y) for positive pairs, in [0, π/2]. */
function anglePositive(yh: number, yl: number, xh: number, xl: number): number {
  if (yh <= xh) {
    const t = divDD(yh, yl, xh, xl);
    return atanKernel(t, LO[0]);
  }
  const t = divDD(xh, xl, yh, yl);
  const a = atanKernel(t, LO[0]);
  return addDD(PI_HI / 2, PI_LO / 2, -a, -LO[0]);
}

export function atan(x: number): number {
  if (x !== x || Math.abs(x) < 2 ** -27) return x;
  const magnitude = Math.abs(x);
  const value = magnitude > 2 ** 60 ? PI_HI / 2 : anglePositive(magnitude, 0, 1, 0);
  return x < 0 ? -value : value;
}

export function atan2(y: number, x: number): number {
  if (x !== x || y !== y) return Number.NaN;
  const ay = Math.abs(y);
  const ax = Math.abs(x);
  // Zeros and infinities: JavaScript follows C, and the multiples of π/4 come out right.
  if (ay === 0 || ax === 0 || ay === Infinity || ax === Infinity) return Math.atan2(y, x);
  const [sy, sx] = rescale(ay, ax);
  if (sy === 0 || sx === 0 || sy / sx < 1e-290 || sy / sx > 1e290) return Math.atan2(y, x);
  let h = anglePositive(sy, 0, sx, 0);
  if (x < 0) h = addDD(PI_HI, PI_LO, -h, -LO[0]);
  return y < 0 ? -h : h;
}

/** Both scaled to where products neither overflow nor lose bits. */
function rescale(a: number, b: number): [number, number] {
  const larger = Math.max(a, b);
  if (larger > 2 ** 500) return [a * 2 ** -600, b * 2 ** -600];
  if (larger < 2 ** -500) return [a * 2 ** 600, b * 2 ** 600];
  return [a, b];
}

/** √(1 − x²) as a pair, |x| < 1. */
function cosineOf(x: number): number {
  const a = 1 - x;
  const ae = sumError(1, -x, a);
  const b = 1 + x;
  const be = sumError(1, x, b);
  const h = mulDD(a, ae, b, be);
  return sqrtDD(h, LO[0]);
}

/** NaN outside [−1, 1]. */
export function asin(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude <= 1)) return Number.NaN;
  if (magnitude < 2 ** -27) return x;
  if (magnitude === 1) return x < 0 ? -PI_HI / 2 : PI_HI / 2;
  const c = cosineOf(magnitude);
  const value = anglePositive(magnitude, 0, c, LO[0]);
  return x < 0 ? -value : value;
}

export function acos(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude <= 1)) return Number.NaN;
  if (x === 1) return 0;
  if (x === -1) return PI_HI;
  if (magnitude < 2 ** -60) return PI_HI / 2;
  const s = cosineOf(magnitude);
  const h = anglePositive(s, LO[0], magnitude, 0);
  return x > 0 ? h : addDD(PI_HI, PI_LO, -h, -LO[0]);
}

/** sin(πx) as a pair, x finite and no integer. */
export function sinPiDD(x: number): number {
  const n = Math.round(x);
  let r = x - n;
  const sign = n % 2 === 0 ? 1 : -1;
  let value: number;
  if (Math.abs(r) <= 0.25) {
    const h = mulDD(r, 0, PI_HI, PI_LO);
    value = sinKernel(h, LO[0]);
  } else {
    const negative = r < 0;
    r = 0.5 - Math.abs(r);
    const h = mulDD(r, 0, PI_HI, PI_LO);
    value = cosKernel(h, LO[0]);
    if (negative) {
      value = -value;
      LO[0] = -LO[0];
    }
  }
  LO[0] *= sign;
  return sign * value;
}
