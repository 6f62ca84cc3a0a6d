/** power: integer exponents by repeated squaring, others by exp and ln, both with libmpdec's working precisions. */
import { canonical, powMod } from "../../objects/numeric/int-math.ts";
import { divide, multiply } from "./arithmetic.ts";
import { compareNumbers } from "./compare.ts";
import {
  CLAMPED,
  type Ctx,
  INEXACT,
  INVALID_OPERATION,
  OVERFLOW,
  ROUND_HALF_EVEN,
  ROUNDED,
  SUBNORMAL,
  UNDERFLOW,
} from "./context-data.ts";
import { type Dec, finite, infinity, INFINITE, ONE, pow10, type Sign } from "./dec.ts";
import { finalize, fix, invalid, nanResult } from "./rounding.ts";
import { exp, ln } from "./transcendental.ts";

/** Digits of the largest exponent: guard digits of a real power. */
const EXPONENT_DIGITS = 19;

export function power(base: Dec, exponent: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, base, exponent);
  if (nan !== undefined) return nan;
  const isInteger = exponent.isInteger;
  const sign: Sign = base.sign === 1 && isInteger && exponent.isOdd ? 1 : 0;
  if (base.isZero) {
    if (exponent.isZero) return invalid(ctx);
    return exponent.sign === 1 ? infinity(sign) : finite(sign, 0n, 0);
  }
  if (base.sign === 1 && !isInteger) return invalid(ctx);
  if (exponent.kind === INFINITE) return powerOfInfinity(base, exponent, ctx);
  if (base.kind === INFINITE) {
    if (exponent.isZero) return ONE;
    return exponent.sign === 1 ? finite(sign, 0n, 0) : infinity(sign);
  }
  if (exponent.isZero) return ONE;
  if (compareNumbers(base.withSign(0), ONE) === 0) return powerOfOne(base, exponent, isInteger, sign, ctx);
  if (isOutOfBounds(base, exponent, ctx)) return outOfBounds(base, exponent, sign, ctx);
  return isInteger ? integerPower(base, exponent, sign, ctx) : realPower(base, exponent, ctx);
}

/** 1.000…, as many digits as the precision has. */
function inexactOne(sign: Sign, ctx: Ctx): Dec {
  ctx.status |= INEXACT | ROUNDED;
  return finite(sign, pow10(ctx.prec - 1), 1 - ctx.prec);
}

function powerOfInfinity(base: Dec, exponent: Dec, ctx: Ctx): Dec {
  const order = compareNumbers(base, ONE);
  if (order === 0) return inexactOne(0, ctx);
  return order < 0 === (exponent.sign === 1) ? infinity(0) : finite(0, 0n, 0);
}

function powerOfOne(base: Dec, exponent: Dec, isInteger: boolean, sign: Sign, ctx: Ctx): Dec {
  if (!isInteger) return inexactOne(0, ctx);
  if (exponent.sign === 1) return finite(sign, 1n, 0);
  // 1.00 ** 3 = 1.000000, as far as the precision reaches.
  const places = exponent.adjusted > 20 ? (base.exp === 0 ? 0 : Infinity) : -base.exp * Number(integerOf(exponent));
  if (places <= ctx.prec - 1) return places < 0 ? finite(sign, 1n, 0) : finite(sign, pow10(places), -places);
  ctx.status |= ROUNDED;
  return finite(sign, pow10(ctx.prec - 1), 1 - ctx.prec);
}

/** Certainly beyond overflow or underflow, from the exponents alone. */
function isOutOfBounds(base: Dec, exponent: Dec, ctx: Ctx): boolean {
  const size = exponent.adjusted + logMagnitude(base);
  const grows = base.adjusted >= 0 === (exponent.sign === 0);
  return size > `${Math.abs(grows ? ctx.emax : ctx.etiny)}`.length;
}

/** A lower bound of the decimal exponent of |log10 x|. */
function logMagnitude(x: Dec): number {
  const u = x.adjusted;
  if (u > 0) return `${u}`.length - 1;
  if (u < -1) return `${-u - 1}`.length - 1;
  const one = pow10(Math.max(0, -x.exp));
  const value = x.exp > 0 ? x.coef * pow10(x.exp) : x.coef;
  const difference = value > one ? value - one : one - value;
  return difference.toString().length - 1 + Math.min(0, x.exp) - 1;
}

/** The exponent is so large that the result leaves every range. */
function outOfBounds(base: Dec, exponent: Dec, sign: Sign, ctx: Ctx): Dec {
  const grows = compareNumbers(base.withSign(0), ONE) > 0 === (exponent.sign === 0);
  const result = grows ? finalize(sign, 1n, ctx.emax + 1, ctx) : finalize(sign, 1n, ctx.etiny - 1, ctx);
  ctx.status |= INEXACT | ROUNDED;
  return result;
}

function integerOf(a: Dec): bigint {
  return a.exp >= 0 ? a.coef * pow10(a.exp) : a.coef / pow10(-a.exp);
}

function integerPower(base: Dec, exponent: Dec, sign: Sign, ctx: Ctx): Dec {
  const work = ctx.derived(ctx.prec + exponent.digits + exponent.exp + 2, ROUND_HALF_EVEN);
  work.clamp = 0;
  let factor = base.withSign(0);
  if (exponent.sign === 1) {
    work.prec++;
    factor = divide(ONE, factor, work);
  }
  const bits = integerOf(exponent).toString(2);
  let result = factor;
  for (let i = 1; i < bits.length; i++) {
    result = multiply(result, result, work);
    if (bits[i] === "1") result = multiply(result, factor, work);
    if ((work.status & (OVERFLOW | CLAMPED)) !== 0) break;
  }
  ctx.status |= work.status;
  // The direction of an overflow is the context's affair.
  if (result.kind === INFINITE) return finalize(sign, 1n, ctx.emax + 1, ctx);
  return fix(result.withSign(sign), ctx);
}

function realPower(base: Dec, exponent: Dec, ctx: Ctx): Dec {
  const work = ctx.derived(Math.max(base.digits, ctx.prec) + 4 + EXPONENT_DIGITS, ROUND_HALF_EVEN);
  const product = multiply(ln(base, work), exponent, work);
  const result = exp(product, work);
  if (!result.isSpecial && compareNumbers(result, ONE) === 0) return inexactOne(0, ctx);
  ctx.status |= INEXACT | ROUNDED;
  // An underflow on the way to 1 means nothing; one in the result does.
  if (result.isZero) ctx.status |= work.status;
  if (result.kind === INFINITE) return finalize(0, 1n, ctx.emax + 1, ctx);
  const rounded = fix(result, ctx);
  // A root is never exact here, so a subnormal one has underflowed.
  if ((ctx.status & SUBNORMAL) !== 0) ctx.status |= UNDERFLOW;
  return rounded;
}

/** `pow(base, exponent, modulus)`: all integers, the exponent not negative. */
export function powerModulo(base: Dec, exponent: Dec, modulus: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, base, exponent, modulus);
  if (nan !== undefined) return nan;
  if (!base.isInteger || !exponent.isInteger || !modulus.isInteger) return invalid(ctx);
  if (modulus.isZero || (exponent.sign === 1 && !exponent.isZero)) return invalid(ctx);
  if (exponent.isZero && base.isZero) return invalid(ctx);
  if (modulus.digits + modulus.exp > ctx.prec) return invalid(ctx, INVALID_OPERATION);
  const m = integerOf(modulus);
  const n = integerOf(exponent);
  const sign: Sign = base.sign === 1 && !exponent.isZero && (n & 1n) === 1n ? 1 : 0;
  const x =
    base.exp >= 0
      ? (base.coef * BigInt(powMod(10, canonical(BigInt(base.exp)), canonical(m)))) % m
      : integerOf(base) % m;
  const result = powMod(canonical(x), canonical(n), canonical(m));
  return finite(sign, BigInt(result), 0);
}
