/** exp, log, their relatives and pow, rounded from about 70 bits (see double-double.ts). */
import { LN2_FIXED, LOG_FOLD, makeExpTable, makeLogTable, pairOf, splitFixed } from "./constants.ts";
import { divDD, LO, mulDD, powerOfTwo, productError, scaleDD, sqrtDD, sumError } from "./double-double.ts";

let expTable: Float64Array | null = null;
let logTable: Float64Array | null = null;

/** ln 2 / 128, the first two parts with 35 bits: exact when multiplied by n below 2**18. */
const [E1, E2, E3] = splitFixed(LN2_FIXED >> 7n, 35, 3);
const [L1, L2] = splitFixed(LN2_FIXED, 42, 2);
const [LN2_HI, LN2_LO] = pairOf(LN2_FIXED);
const INV_STEP = 128 / LN2_HI;
const [INV_LN2_HI, INV_LN2_LO] = pairOf((1n << 400n) / LN2_FIXED);
const THIRD_HI = 1 / 3;
const THIRD_LO = 2 ** -54 / 3;

const FLOAT = new Float64Array(1);
const WORDS = new Uint32Array(FLOAT.buffer);
/** Index of the word with the exponent. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** exp(xh + xl) = (result + LO) · 2**EXPONENT[0]; |xh| below 800. */
const EXPONENT = new Int32Array(1);
function expKernel(xh: number, xl: number): number {
  const n = Math.round(xh * INV_STEP);
  const t = xh - n * E1;
  const a = -n * E2;
  const rh = t + a;
  return expReduced(n, rh, sumError(t, a, rh) + (xl - n * E3));
}

/** 2**(n/128) · exp(r + rl), |r| below 0.003. */
function expReduced(n: number, r: number, rl: number): number {
  expTable ??= makeExpTable();
  const j = n & 127;
  const th = expTable[2 * j];
  const tl = expTable[2 * j + 1];
  const s = r * r;
  const se = productError(r, r, s);
  const c = rl + rl * r + 0.5 * se + s * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const p = th * r;
  const hi = th + p;
  LO[0] = th - hi + p + (productError(th, r, p) + tl + th * c + tl * r);
  EXPONENT[0] = (n - j) / 128;
  return hi;
}

export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.8) return Infinity;
  if (x < -745.2) return 0;
  const hi = expKernel(x, 0);
  return scaleDD(hi, LO[0], EXPONENT[0]);
}

/** exp(xh + xl) as a pair, for moderate arguments. */
export function expDD(xh: number, xl: number): number {
  const hi = expKernel(xh, xl);
  const scale = powerOfTwo(EXPONENT[0]);
  const lo = LO[0];
  const sum = hi + lo;
  LO[0] = (hi - sum + lo) * scale;
  return sum * scale;
}

export function exp2(x: number): number {
  if (x !== x) return x;
  if (x >= 1024) return Infinity;
  if (x < -1075) return 0;
  const n = Math.round(x * 128);
  const r = x - n / 128;
  const h = mulDD(r, 0, LN2_HI, LN2_LO);
  const hi = expReduced(n, h, LO[0]);
  return scaleDD(hi, LO[0], EXPONENT[0]);
}

export function expm1(x: number): number {
  if (x !== x || x === 0) return x;
  if (x > 709.8) return Infinity;
  if (x < -60) return -1;
  if (Math.abs(x) < 2 ** -54) return x;
  const hi = expm1DD(x);
  return hi + LO[0];
}

/** exp(x) − 1 as a pair, for |x| below 710. */
export function expm1DD(x: number): number {
  if (Math.abs(x) < 0.35) return expm1Series(x);
  if (x > 60) return expDD(x, 0);
  const h = expDD(x, 0);
  const l = LO[0];
  const s = h - 1;
  const e = sumError(h, -1, s) + l;
  const hi = s + e;
  LO[0] = s - hi + e;
  return hi;
}

/** Horner's rule on pairs: the sum loses nothing near zero. */
function expm1Series(x: number): number {
  let h = 1;
  let l = 0;
  for (let k = 20; k >= 2; k--) {
    h = mulDD(h, l, x, 0);
    l = LO[0];
    h = divDD(h, l, k, 0);
    l = LO[0];
    const s = 1 + h;
    l += sumError(1, h, s);
    h = s;
  }
  return mulDD(h, l, x, 0);
}

/** log(x + xl) as a pair, x positive and finite, |xl| at most half a unit in x's last place. */
export function logDD(x: number, xl: number): number {
  logTable ??= makeLogTable();
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 2 ** 54;
    xl *= 2 ** 54;
    k = -54;
  }
  FLOAT[0] = x;
  const word = WORDS[HIGH];
  const exponent = (word >>> 20) - 1023;
  const j = (word >>> 12) & 0xff;
  const fold = j >= LOG_FOLD ? 1 : 0;
  k += exponent + fold;
  WORDS[HIGH] = (word & 0xfffff) | ((1023 - fold) << 20);
  const m = FLOAT[0];
  const ml =
    xl === 0
      ? 0
      : exponent + fold > 1000
        ? (xl * 2 ** -1000) / 2 ** (exponent + fold - 1000)
        : xl * 2 ** -(exponent + fold);
  const inverse = logTable[3 * j];
  const p = m * inverse;
  const pe = productError(m, inverse, p) + ml * inverse;
  const r0 = p - 1;
  const r = r0 + pe;
  const rl = r0 - r + pe;
  return log1pSum(r, rl, k, logTable[3 * j + 1], logTable[3 * j + 2]);
}

/** k·log 2 + (ch + cl) + log(1 + r + rl) for |r| below 2**-8. */
function log1pSum(r: number, rl: number, k: number, ch: number, cl: number): number {
  const s = r * r;
  const sl = productError(r, r, s) + 2 * r * rl;
  const q = s * r;
  const ql = productError(s, r, q) + sl * r;
  const t = q * THIRD_HI;
  const tl = productError(q, THIRD_HI, t) + q * THIRD_LO + ql * THIRD_HI;
  const tail = s * s * (-0.25 + r * (0.2 + r * (-1 / 6 + r * (1 / 7 + r * (-0.125 + r * (1 / 9 + r * -0.1))))));
  const base = k * L1;
  const a = base + ch;
  const b = a + r;
  const c = b - 0.5 * s;
  const d = c + t;
  const e =
    sumError(base, ch, a) +
    sumError(a, r, b) +
    sumError(b, -0.5 * s, c) +
    sumError(c, t, d) +
    (k * L2 + cl + rl - 0.5 * sl + tl + tail);
  const hi = d + e;
  LO[0] = d - hi + e;
  return hi;
}

/** NaN below zero, −∞ at zero. */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x > 0 ? x : Number.NaN;
  return logDD(x, 0);
}

export function log1p(x: number): number {
  if (!(x > -1) || x === Infinity) return x === -1 ? -Infinity : x > 0 ? x : Number.NaN;
  if (Math.abs(x) < 2 ** -54) return x;
  const s = 1 + x;
  return logDD(s, sumError(1, x, s));
}

export function log2(x: number): number {
  if (!(x > 0) || x === Infinity) return log(x);
  const h = logDD(x, 0);
  return mulDD(h, LO[0], INV_LN2_HI, INV_LN2_LO);
}

let invLn10: [number, number] | null = null;

export function log10(x: number): number {
  if (!(x > 0) || x === Infinity) return log(x);
  if (invLn10 === null) {
    const h = logDD(10, 0);
    invLn10 = [divDD(1, 0, h, LO[0]), LO[0]];
  }
  const h = logDD(x, 0);
  return mulDD(h, LO[0], invLn10[0], invLn10[1]);
}

/** C's pow, without its error reports: infinities and NaN stand for them. */
export function pow(x: number, y: number): number {
  if (y === 2) return x * x;
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return Number.NaN;
  const magnitude = Math.abs(x);
  if (y === Infinity || y === -Infinity) {
    if (magnitude === 1) return 1;
    return y > 0 === magnitude > 1 ? Infinity : 0;
  }
  const isInteger = y === Math.floor(y);
  const isOdd = isInteger && y % 2 !== 0;
  const sign = isOdd && (x < 0 || Object.is(x, -0)) ? -1 : 1;
  if (magnitude === 0) return y < 0 ? sign * Infinity : sign * 0;
  if (magnitude === Infinity) return y > 0 ? sign * Infinity : sign * 0;
  if (x < 0 && !isInteger) return Number.NaN;
  if (y === 1) return x;
  if (y === 0.5) return Math.sqrt(x);
  if (y >= -64 && y <= 64 && (isInteger || (y * 2) % 1 === 0)) {
    const result = powHalves(magnitude, Math.floor(Math.abs(y)), !isInteger, y < 0);
    if (result > 0) return sign * result;
  }
  return sign * powGeneral(magnitude, y);
}

/**
 * x**n, times √x when `half`, inverted when `inverse`, by repeated squaring on pairs: faster and closer than logarithms,
 * and right in the cases where the exact result lies half-way. 0 when it comes near overflow or underflow.
 */
function powHalves(x: number, n: number, half: boolean, inverse: boolean): number {
  if (!(x > 1e-140 && x < 1e140)) return 0;
  let h = 1;
  let l = 0;
  if (half) {
    h = sqrtDD(x, 0);
    l = LO[0];
  }
  let sh = x;
  let sl = 0;
  for (let e = n; e !== 0; ) {
    if ((e & 1) !== 0) {
      h = mulDD(h, l, sh, sl);
      l = LO[0];
    }
    e >>= 1;
    if (e === 0) break;
    sh = mulDD(sh, sl, sh, sl);
    sl = LO[0];
    if (!(sh > 1e-140 && sh < 1e140)) return 0;
  }
  if (!(h > 1e-280 && h < 1e280)) return 0;
  return inverse ? divDD(1, 0, h, l) : h;
}

function powGeneral(x: number, y: number): number {
  const h = logDD(x, 0);
  const l = LO[0];
  const e = y * h;
  if (!(e < 710)) return Infinity;
  if (e < -746) return 0;
  const hi = expKernel(e, productError(y, h, e) + y * l);
  return scaleDD(hi, LO[0], EXPONENT[0]);
}
