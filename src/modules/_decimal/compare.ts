/** Comparison: numerical, total, minima and maxima, and stepping to neighbours. */
import {
  type Ctx,
  INVALID_OPERATION,
  ROUND_CEILING,
  ROUND_FLOOR,
  UNDERFLOW,
  SUBNORMAL,
  INEXACT,
  ROUNDED,
  CLAMPED,
  OVERFLOW,
} from "./context-data.ts";
import { add, subtract } from "./arithmetic.ts";
import { type Dec, finite, INFINITE, pow10, QNAN, type Sign, SNAN } from "./dec.ts";
import { fix, nanResult } from "./rounding.ts";

/** Numbers in numerical order: -1, 0, 1. Neither is a NaN. */
export function compareNumbers(a: Dec, b: Dec): number {
  if (a.kind === INFINITE || b.kind === INFINITE) {
    const rank = (x: Dec): number => (x.kind !== INFINITE ? 0 : x.sign === 1 ? -1 : 1);
    return Math.sign(rank(a) - rank(b));
  }
  if (a.coef === 0n) return b.coef === 0n ? 0 : b.sign === 1 ? 1 : -1;
  if (b.coef === 0n) return a.sign === 1 ? -1 : 1;
  if (a.sign !== b.sign) return a.sign === 1 ? -1 : 1;
  const magnitude = compareMagnitudes(a, b);
  return a.sign === 1 ? 0 - magnitude : magnitude;
}

/** |a| against |b|, finite and not zero. */
function compareMagnitudes(a: Dec, b: Dec): number {
  let x = a.coef;
  let y = b.coef;
  if (a.exp !== b.exp) {
    const difference = a.adjusted - b.adjusted;
    if (difference !== 0) return difference < 0 ? -1 : 1;
    if (a.exp > b.exp) x *= pow10(a.exp - b.exp);
    else y *= pow10(b.exp - a.exp);
  }
  return x < y ? -1 : x > y ? 1 : 0;
}

const sign = (order: number): Dec => finite(order < 0 ? 1 : 0, order === 0 ? 0n : 1n, 0);

export function compare(a: Dec, b: Dec, ctx: Ctx): Dec {
  return nanResult(ctx, a, b) ?? sign(compareNumbers(a, b));
}

export function compareSignal(a: Dec, b: Dec, ctx: Ctx): Dec {
  if (a.isNaN || b.isNaN) {
    ctx.status |= INVALID_OPERATION;
    return nanResult(ctx, a, b) as Dec;
  }
  return sign(compareNumbers(a, b));
}

/** Total order, NaNs and representations included. */
export function totalOrder(a: Dec, b: Dec): number {
  if (a.sign !== b.sign) return a.sign === 1 ? -1 : 1;
  const order = totalOrderMagnitude(a, b);
  return a.sign === 1 ? 0 - order : order;
}

function totalOrderMagnitude(a: Dec, b: Dec): number {
  const rank = (x: Dec): number => (x.kind === SNAN ? 1 : x.kind === QNAN ? 2 : 0);
  if (rank(a) !== rank(b)) return rank(a) < rank(b) ? -1 : 1;
  if (a.isNaN) return a.coef < b.coef ? -1 : a.coef > b.coef ? 1 : 0;
  const order = compareNumbers(a.withSign(0), b.withSign(0));
  if (order !== 0) return order;
  return a.exp < b.exp ? -1 : a.exp > b.exp ? 1 : 0;
}

export function compareTotal(a: Dec, b: Dec): Dec {
  return sign(totalOrder(a, b));
}
export function compareTotalMag(a: Dec, b: Dec): Dec {
  return sign(totalOrder(a.withSign(0), b.withSign(0)));
}

/** One quiet NaN counts as missing for minima and maxima. */
function pick(a: Dec, b: Dec, ctx: Ctx, magnitude: boolean, wantMax: boolean): Dec {
  if (a.kind === QNAN && !b.isNaN) return fix(b, ctx);
  if (b.kind === QNAN && !a.isNaN) return fix(a, ctx);
  const nan = nanResult(ctx, a, b);
  if (nan !== undefined) return nan;
  let order = magnitude ? compareNumbers(a.withSign(0), b.withSign(0)) : compareNumbers(a, b);
  if (order === 0 && magnitude) order = compareNumbers(a, b);
  if (order === 0) order = totalOrder(a, b);
  const first = wantMax ? order >= 0 : order < 0;
  return fix(first ? a : b, ctx);
}
export const max = (a: Dec, b: Dec, ctx: Ctx): Dec => pick(a, b, ctx, false, true);
export const min = (a: Dec, b: Dec, ctx: Ctx): Dec => pick(a, b, ctx, false, false);
export const maxMag = (a: Dec, b: Dec, ctx: Ctx): Dec => pick(a, b, ctx, true, true);
export const minMag = (a: Dec, b: Dec, ctx: Ctx): Dec => pick(a, b, ctx, true, false);

// ── neighbours ─────────────────────────────────────────────────────────────────────────────────────────────────

function largest(s: Sign, ctx: Ctx): Dec {
  return finite(s, pow10(ctx.prec) - 1n, ctx.etop);
}

/** The next number in the direction of `up`, no condition noted but for signalling NaNs. */
function next(a: Dec, ctx: Ctx, up: boolean): Dec {
  const nan = nanResult(ctx, a);
  if (nan !== undefined) return nan;
  if (a.kind === INFINITE) {
    const away = (a.sign === 0) === up;
    return away ? a : largest(a.sign, ctx);
  }
  const work = ctx.derived(ctx.prec, up ? ROUND_CEILING : ROUND_FLOOR);
  const rounded = fix(a, work);
  if (rounded.isSpecial || compareNumbers(rounded, a) !== 0) return rounded;
  const tiny = finite(0, 1n, ctx.etiny - 1);
  return up ? add(rounded, tiny, work) : subtract(rounded, tiny, work);
}
export const nextPlus = (a: Dec, ctx: Ctx): Dec => next(a, ctx, true);
export const nextMinus = (a: Dec, ctx: Ctx): Dec => next(a, ctx, false);

export function nextToward(a: Dec, b: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, a, b);
  if (nan !== undefined) return nan;
  const order = compareNumbers(a, b);
  if (order === 0) return a.withSign(b.sign);
  const result = next(a, ctx, order < 0);
  if (result.kind === INFINITE) ctx.status |= OVERFLOW | ROUNDED | INEXACT;
  else if (result.coef === 0n || result.adjusted < ctx.emin) {
    ctx.status |= UNDERFLOW | SUBNORMAL | ROUNDED | INEXACT;
    if (result.coef === 0n) ctx.status |= CLAMPED;
  }
  return result;
}
