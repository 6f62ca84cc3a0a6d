/** Fitting results into a context: rounding, overflow, subnormals, clamping (specification, "Exceptional conditions"). */
import {
  CLAMPED,
  type Ctx,
  INEXACT,
  INVALID_OPERATION,
  OVERFLOW,
  ROUND_05UP,
  ROUND_CEILING,
  ROUND_DOWN,
  ROUND_FLOOR,
  ROUND_HALF_DOWN,
  ROUND_HALF_EVEN,
  ROUND_HALF_UP,
  ROUND_UP,
  ROUNDED,
  SUBNORMAL,
  UNDERFLOW,
} from "./context-data.ts";
import { Dec, digitCount, finite, infinity, NAN, pow10, QNAN, type Sign, SNAN } from "./dec.ts";

/** Whether to add 1 to `kept`, given what is cut off: `rest` out of 0…`unit`, not zero. */
function roundsUp(kept: bigint, rest: bigint, unit: bigint, sign: Sign, mode: number): boolean {
  switch (mode) {
    case ROUND_UP:
      return true;
    case ROUND_DOWN:
      return false;
    case ROUND_CEILING:
      return sign === 0;
    case ROUND_FLOOR:
      return sign === 1;
    case ROUND_05UP:
      return kept % 5n === 0n;
    default: {
      const twice = 2n * rest;
      if (twice !== unit) return twice > unit;
      return mode === ROUND_HALF_UP || (mode === ROUND_HALF_EVEN && (kept & 1n) === 1n);
    }
  }
}

/** `coef` / 10**drop rounded; `INEXACT` is noted when digits other than zeros are lost. */
export function shiftRight(coef: bigint, drop: number, sign: Sign, ctx: Ctx, mode: number): bigint {
  if (coef === 0n) return 0n;
  // Far beyond the digits everything is a small rest.
  if (drop > 400 && drop > digitCount(coef) + 1) {
    ctx.status |= INEXACT;
    return roundsUp(0n, 1n, 10n, sign, mode) ? 1n : 0n;
  }
  const unit = pow10(drop);
  const kept = coef / unit;
  const rest = coef - kept * unit;
  if (rest === 0n) return kept;
  ctx.status |= INEXACT;
  return roundsUp(kept, rest, unit, sign, mode) ? kept + 1n : kept;
}

/** V8's BigInts end at 2**30 bits. */
const DIGIT_BOUND = 2 ** 30;

/** Certainly no more than `prec` digits; false also when that would have to be counted. */
function fits(coef: bigint, prec: number): boolean {
  return prec <= 512 ? coef < pow10(prec) : prec >= DIGIT_BOUND;
}

/** The finite number sign · coef · 10**exp as `ctx` represents it; conditions go to `ctx.status`. */
export function finalize(sign: Sign, coef: bigint, exp: number, ctx: Ctx): Dec {
  const { prec } = ctx;
  // The usual case, without counting digits: no BigInt has more digits than the bound.
  const most = prec < DIGIT_BOUND ? prec : DIGIT_BOUND;
  if (exp >= ctx.emin && exp + most <= ctx.emax + 1 && fits(coef, prec)) {
    if (coef !== 0n || exp <= ctx.etop || ctx.clamp === 0) return finite(sign, coef, exp);
  }
  if (coef === 0n) return finalizeZero(sign, exp, ctx);
  const digits = digitCount(coef);
  const adjusted = exp + digits - 1;
  if (adjusted > ctx.emax) return overflow(sign, ctx);
  if (adjusted < ctx.emin) return finalizeSubnormal(sign, coef, exp, ctx);
  if (digits > prec) return roundToPrecision(sign, coef, exp, digits, ctx);
  return foldDown(sign, coef, exp, ctx);
}

/** Clamping: an exponent above Etop goes into the coefficient. */
function foldDown(sign: Sign, coef: bigint, exp: number, ctx: Ctx): Dec {
  if (ctx.clamp === 0 || exp <= ctx.etop) return finite(sign, coef, exp);
  ctx.status |= CLAMPED;
  return finite(sign, coef * pow10(exp - ctx.etop), ctx.etop);
}

function finalizeZero(sign: Sign, exp: number, ctx: Ctx): Dec {
  const top = ctx.clamp === 1 ? ctx.etop : ctx.emax;
  const bounded = exp < ctx.etiny ? ctx.etiny : exp > top ? top : exp;
  if (bounded !== exp) ctx.status |= CLAMPED;
  return finite(sign, 0n, bounded);
}

function finalizeSubnormal(sign: Sign, coef: bigint, exp: number, ctx: Ctx): Dec {
  ctx.status |= SUBNORMAL;
  const { etiny } = ctx;
  if (exp >= etiny) return foldDown(sign, coef, exp, ctx);
  const before = ctx.status;
  ctx.status &= ~INEXACT;
  const kept = shiftRight(coef, etiny - exp, sign, ctx, ctx.round);
  if ((ctx.status & INEXACT) !== 0) {
    ctx.status |= UNDERFLOW;
    if (kept === 0n) ctx.status |= CLAMPED;
  }
  ctx.status |= before | ROUNDED;
  return finite(sign, kept, etiny);
}

function roundToPrecision(sign: Sign, coef: bigint, exp: number, digits: number, ctx: Ctx): Dec {
  const drop = digits - ctx.prec;
  ctx.status |= ROUNDED;
  let kept = shiftRight(coef, drop, sign, ctx, ctx.round);
  let newExp = exp + drop;
  if (kept === pow10(ctx.prec)) {
    kept /= 10n;
    newExp++;
    if (newExp + ctx.prec - 1 > ctx.emax) return overflow(sign, ctx);
  }
  return finite(sign, kept, newExp);
}

function overflow(sign: Sign, ctx: Ctx): Dec {
  ctx.status |= OVERFLOW | INEXACT | ROUNDED;
  const toInfinity =
    ctx.round === ROUND_HALF_UP ||
    ctx.round === ROUND_HALF_EVEN ||
    ctx.round === ROUND_HALF_DOWN ||
    ctx.round === ROUND_UP ||
    (ctx.round === ROUND_CEILING && sign === 0) ||
    (ctx.round === ROUND_FLOOR && sign === 1);
  return toInfinity ? infinity(sign) : finite(sign, pow10(ctx.prec) - 1n, ctx.etop);
}

/** Any number as `ctx` represents it. */
export function fix(a: Dec, ctx: Ctx): Dec {
  if (a.isSpecial) return a.isNaN ? fixNaN(a, ctx) : a;
  return finalize(a.sign, a.coef, a.exp, ctx);
}

/** A NaN's payload loses its leading digits where it is too long. */
function fixNaN(a: Dec, ctx: Ctx): Dec {
  const room = ctx.prec - ctx.clamp;
  if (a.coef === 0n || a.digits <= room) return a;
  return new Dec(a.sign, a.kind, a.coef % pow10(room), 0);
}

/** The result of an operation on NaNs; undefined when there are none. A signalling one is an invalid operation. */
export function nanResult(ctx: Ctx, a: Dec, b: Dec = NAN_FREE, c: Dec = NAN_FREE): Dec | undefined {
  if (!a.isNaN && !b.isNaN && !c.isNaN) return undefined;
  const signalling = a.kind === SNAN ? a : b.kind === SNAN ? b : c.kind === SNAN ? c : undefined;
  if (signalling !== undefined) {
    ctx.status |= INVALID_OPERATION;
    return fixNaN(new Dec(signalling.sign, QNAN, signalling.coef, 0), ctx);
  }
  return fixNaN(a.isNaN ? a : b.isNaN ? b : c, ctx);
}
const NAN_FREE = finite(0, 0n, 0);

export function invalid(ctx: Ctx, condition = INVALID_OPERATION): Dec {
  ctx.status |= condition;
  return NAN;
}

/** a at exponent `exp`, digits cut with `mode`; only INEXACT is noted. */
export function rescale(a: Dec, exp: number, ctx: Ctx, mode: number): Dec {
  if (a.coef === 0n) return finite(a.sign, 0n, exp);
  if (a.exp >= exp) return finite(a.sign, a.coef * pow10(a.exp - exp), exp);
  return finite(a.sign, shiftRight(a.coef, exp - a.exp, a.sign, ctx, mode), exp);
}
