/** hypot, cbrt and the hyperbolic functions. */
import { addDD, divDD, LO, mulDD, productError, sqrtDD, sumError } from "./double-double.ts";
import { expDD, expm1DD, logDD } from "./exp-log.ts";

/** √(x² + y²), rounded once. */
export function hypot(x: number, y: number): number {
  let a = Math.abs(x);
  let b = Math.abs(y);
  if (a === Infinity || b === Infinity) return Infinity;
  if (a !== a || b !== b) return Number.NaN;
  if (a < b) [a, b] = [b, a];
  if (b === 0) return a;
  const scale = a > 2 ** 500 ? 2 ** -600 : a < 2 ** -450 ? 2 ** 600 : 1;
  a *= scale;
  b *= scale;
  if (b < a * 2 ** -60) return (a + b) / scale;
  const p = a * a;
  const q = b * b;
  const h = addDD(p, productError(a, a, p), q, productError(b, b, q));
  return sqrtDD(h, LO[0]) / scale;
}

export function cbrt(x: number): number {
  if (x === 0 || !(x - x === 0)) return x;
  const scale = Math.abs(x) < 2 ** -900 ? 2 ** 300 : Math.abs(x) > 2 ** 900 ? 2 ** -300 : 1;
  const value = x * scale * scale * scale;
  const y = Math.cbrt(value);
  // One Newton step on the exact residual.
  const s = y * y;
  const h = mulDD(s, productError(y, y, s), y, 0);
  const residual = value - h - LO[0];
  return (y + residual / (3 * s)) / scale;
}

/** (u − 1/u)/2 with u = exp(x) near zero: from expm1, (e + e/(e + 1))/2. */
export function sinh(x: number): number {
  const a = Math.abs(x);
  if (a < 2 ** -28 || !(a - a === 0)) return x;
  const sign = x < 0 ? -1 : 1;
  if (a > 40) return sign * halfExp(a);
  const e = expm1DD(a);
  const el = LO[0];
  const d = addDD(e, el, 1, 0);
  const q = divDD(e, el, d, LO[0]);
  return (sign * addDD(e, el, q, LO[0])) / 2;
}

export function cosh(x: number): number {
  const a = Math.abs(x);
  if (!(a - a === 0)) return a;
  if (a > 40) return halfExp(a);
  const e = expDD(a, 0);
  const el = LO[0];
  const q = divDD(1, 0, e, el);
  return addDD(e, el, q, LO[0]) / 2;
}

/** exp(a)/2 without overflow before the end. */
function halfExp(a: number): number {
  if (a > 711) return Infinity;
  if (a < 709) return (expDD(a, 0) + 0) / 2;
  const h = expDD(a / 2, 0);
  const l = LO[0];
  return mulDD(h / 2, l / 2, h, l);
}

export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < 2 ** -28 || x !== x) return x;
  const sign = x < 0 ? -1 : 1;
  if (a > 22) return sign;
  const e = expm1DD(2 * a);
  const el = LO[0];
  const d = addDD(e, el, 2, 0);
  return sign * divDD(e, el, d, LO[0]);
}

/** log(x + √(x² + 1)), from log1p for small x. */
export function asinh(x: number): number {
  const a = Math.abs(x);
  if (a < 2 ** -28 || !(a - a === 0)) return x;
  const sign = x < 0 ? -1 : 1;
  if (a > 2 ** 30) return sign * logTwice(a);
  const p = a * a;
  const s = addDD(p, productError(a, a, p), 1, 0);
  const r = sqrtDD(s, LO[0]);
  const rl = LO[0];
  // x + x²/(1 + √(x² + 1)) is what log1p wants.
  const d = addDD(r, rl, 1, 0);
  const q = divDD(p, productError(a, a, p), d, LO[0]);
  const u = addDD(a, 0, q, LO[0]);
  return sign * log1pDD(u, LO[0]);
}

export function acosh(x: number): number {
  if (!(x >= 1)) return Number.NaN;
  if (x === Infinity) return x;
  if (x > 2 ** 30) return logTwice(x);
  const t = x - 1;
  const p = t * (x + 1);
  const ph = mulDD(t, 0, x + 1, sumError(x, 1, x + 1));
  if (p === 0) return 0;
  const r = sqrtDD(ph, LO[0]);
  const u = addDD(t, 0, r, LO[0]);
  return log1pDD(u, LO[0]);
}

/** log(2a) for large a. */
function logTwice(a: number): number {
  const h = logDD(a, 0);
  const l = LO[0];
  const two = logDD(2, 0);
  return addDD(h, l, two, LO[0]);
}

/** log(1 + u + ul). */
function log1pDD(u: number, ul: number): number {
  const s = 1 + u;
  const e = sumError(1, u, s) + ul;
  const h = s + e;
  return logDD(h, s - h + e);
}

/** NaN outside (−1, 1); infinite at the ends. */
export function atanh(x: number): number {
  const a = Math.abs(x);
  if (!(a <= 1)) return Number.NaN;
  if (a === 1) return x * Infinity;
  if (a < 2 ** -28) return x;
  const sign = x < 0 ? -1 : 1;
  // log1p(2a / (1 − a)) / 2
  const d = 1 - a;
  const q = divDD(2 * a, 0, d, sumError(1, -a, d));
  return (sign * log1pDD(q, LO[0])) / 2;
}
