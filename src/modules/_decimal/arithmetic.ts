/** The arithmetic operations of the specification, except the transcendental ones. */
import {
  type Ctx,
  DIVISION_BY_ZERO,
  DIVISION_IMPOSSIBLE,
  DIVISION_UNDEFINED,
  INEXACT,
  ROUND_FLOOR,
  ROUND_HALF_EVEN,
  ROUNDED,
  SUBNORMAL,
} from "./context-data.ts";
import { type Dec, finite, infinity, INFINITE, pow10, type Sign, digitCount } from "./dec.ts";
import { finalize, fix, invalid, nanResult, rescale } from "./rounding.ts";
import { isqrtBig } from "../../objects/numeric/int-gcd.ts";

const flip = (sign: Sign): Sign => (sign === 0 ? 1 : 0);
const xor = (a: Sign, b: Sign): Sign => (a === b ? 0 : 1);

// ── addition ───────────────────────────────────────────────────────────────────────────────────────────────────

export function add(a: Dec, b: Dec, ctx: Ctx): Dec {
  if (a.isSpecial || b.isSpecial) return addSpecial(a, b, ctx);
  return addFinite(a, b, b.sign, ctx);
}
export function subtract(a: Dec, b: Dec, ctx: Ctx): Dec {
  if (a.isSpecial || b.isSpecial) return nanResult(ctx, a, b) ?? addSpecial(a, b.withSign(flip(b.sign)), ctx);
  return addFinite(a, b, flip(b.sign), ctx);
}

function addSpecial(a: Dec, b: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, a, b);
  if (nan !== undefined) return nan;
  if (a.kind === INFINITE) return b.kind === INFINITE && a.sign !== b.sign ? invalid(ctx) : a;
  return b;
}

function addFinite(a: Dec, b: Dec, signB: Sign, ctx: Ctx): Dec {
  let { coef: x, exp } = a;
  let y = b.coef;
  if (exp !== b.exp) {
    const distance = Math.abs(exp - b.exp);
    if (distance > ctx.prec + 40) return addDistant(a, b, signB, ctx);
    if (exp > b.exp) {
      x *= pow10(distance);
      exp = b.exp;
    } else y *= pow10(distance);
  }
  if (a.sign === signB) return finalize(a.sign, x + y, exp, ctx);
  if (x === y) return finalize(ctx.round === ROUND_FLOOR ? 1 : 0, 0n, exp, ctx);
  return x > y ? finalize(a.sign, x - y, exp, ctx) : finalize(signB, y - x, exp, ctx);
}

/** Exponents so far apart that the smaller operand may only matter as "a little more". */
function addDistant(a: Dec, b: Dec, signB: Sign, ctx: Ctx): Dec {
  const [big, small, bigSign, smallSign] = a.exp > b.exp ? [a, b, a.sign, signB] : [b, a, signB, a.sign];
  let { exp } = small;
  let rest = small.coef;
  if (big.coef !== 0n) {
    const limit = big.exp - 1 + (big.digits > ctx.prec ? 0 : big.digits - ctx.prec - 1);
    if (small.adjusted < limit) {
      rest = rest === 0n ? 0n : 1n;
      exp = limit;
    }
  }
  const x = big.coef === 0n ? 0n : big.coef * pow10(big.exp - exp);
  if (bigSign === smallSign) return finalize(bigSign, x + rest, exp, ctx);
  if (x === rest) return finalize(ctx.round === ROUND_FLOOR ? 1 : 0, 0n, exp, ctx);
  return x > rest ? finalize(bigSign, x - rest, exp, ctx) : finalize(smallSign, rest - x, exp, ctx);
}

export function plus(a: Dec, ctx: Ctx): Dec {
  if (a.isSpecial) return nanResult(ctx, a) ?? a;
  return finalize(a.coef === 0n && ctx.round !== ROUND_FLOOR ? 0 : a.sign, a.coef, a.exp, ctx);
}
export function minus(a: Dec, ctx: Ctx): Dec {
  if (a.isSpecial) return nanResult(ctx, a) ?? a.withSign(flip(a.sign));
  return finalize(a.coef === 0n && ctx.round !== ROUND_FLOOR ? 0 : flip(a.sign), a.coef, a.exp, ctx);
}
export function abs(a: Dec, ctx: Ctx): Dec {
  if (a.isSpecial) return nanResult(ctx, a) ?? a.withSign(0);
  return a.sign === 1 ? minus(a, ctx) : plus(a, ctx);
}

// ── multiplication ─────────────────────────────────────────────────────────────────────────────────────────────

export function multiply(a: Dec, b: Dec, ctx: Ctx): Dec {
  if (a.isSpecial || b.isSpecial) {
    const nan = nanResult(ctx, a, b);
    if (nan !== undefined) return nan;
    if (a.isZero || b.isZero) return invalid(ctx);
    return infinity(xor(a.sign, b.sign));
  }
  return finalize(xor(a.sign, b.sign), a.coef * b.coef, a.exp + b.exp, ctx);
}

export function fma(a: Dec, b: Dec, c: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, a, b, c);
  if (a.isNaN || b.isNaN) return nan as Dec;
  if (a.isSpecial || b.isSpecial) {
    if (a.isZero || b.isZero) return invalid(ctx);
    if (nan !== undefined) return nan;
    return add(infinity(xor(a.sign, b.sign)), c, ctx);
  }
  if (nan !== undefined) return nan;
  return add(finite(xor(a.sign, b.sign), a.coef * b.coef, a.exp + b.exp), c, ctx);
}

// ── division ───────────────────────────────────────────────────────────────────────────────────────────────────

export function divide(a: Dec, b: Dec, ctx: Ctx): Dec {
  const sign = xor(a.sign, b.sign);
  if (a.isSpecial || b.isSpecial) {
    const nan = nanResult(ctx, a, b);
    if (nan !== undefined) return nan;
    if (a.kind === INFINITE) return b.kind === INFINITE ? invalid(ctx) : infinity(sign);
    // finite / Infinity: the smallest zero.
    return finalize(sign, 0n, ctx.etiny, withClamped(ctx));
  }
  if (b.coef === 0n) {
    if (a.coef === 0n) return invalid(ctx, DIVISION_UNDEFINED);
    ctx.status |= DIVISION_BY_ZERO;
    return infinity(sign);
  }
  const ideal = a.exp - b.exp;
  if (a.coef === 0n) return finalize(sign, 0n, ideal, ctx);
  const shift = b.digits - a.digits + ctx.prec + 1;
  const n = shift > 0 ? a.coef * pow10(shift) : a.coef;
  const d = shift < 0 ? b.coef * pow10(-shift) : b.coef;
  let q = n / d;
  let exp = ideal - shift;
  if (q * d !== n) {
    // Sticky: no rounding mode may take it for exact or half-way.
    if (q % 5n === 0n) q += 1n;
  } else {
    [q, exp] = stripZeros(q, exp, ideal);
  }
  return finalize(sign, q, exp, ctx);
}

/** The zero of x/Infinity has exponent Etiny and counts as clamped. */
function withClamped(ctx: Ctx): Ctx {
  ctx.status |= 1;
  return ctx;
}

/** Divides by ten while that is exact and the exponent below `limit`; by larger powers first. */
export function stripZeros(coef: bigint, exp: number, limit: number): [bigint, number] {
  if (coef === 0n) return [coef, exp];
  for (const step of [256, 64, 16, 4, 1]) {
    const power = pow10(step);
    while (exp + step <= limit && coef % power === 0n) {
      coef /= power;
      exp += step;
    }
  }
  return [coef, exp];
}

/** The integer quotient and the remainder; undefined with a condition noted when there are none. */
function divideWhole(a: Dec, b: Dec, ctx: Ctx): { q: bigint; r: bigint; exp: number } | undefined {
  const exp = Math.min(a.exp, b.exp);
  const difference = a.coef === 0n ? -2 : a.adjusted - b.adjusted;
  if (a.coef === 0n || difference <= -2) {
    return { q: 0n, r: a.coef === 0n ? 0n : a.coef * pow10(a.exp - exp), exp };
  }
  if (difference <= ctx.prec) {
    const n = a.coef * pow10(a.exp - exp);
    const d = b.coef * pow10(b.exp - exp);
    const q = n / d;
    if (digitCount(q) <= ctx.prec) return { q, r: n - q * d, exp };
  }
  ctx.status |= DIVISION_IMPOSSIBLE;
  return undefined;
}

export function divideInt(a: Dec, b: Dec, ctx: Ctx): Dec {
  const sign = xor(a.sign, b.sign);
  if (a.isSpecial || b.isSpecial) {
    const nan = nanResult(ctx, a, b);
    if (nan !== undefined) return nan;
    if (a.kind === INFINITE) return b.kind === INFINITE ? invalid(ctx) : infinity(sign);
    return finite(sign, 0n, 0);
  }
  if (b.coef === 0n) {
    if (a.coef === 0n) return invalid(ctx, DIVISION_UNDEFINED);
    ctx.status |= DIVISION_BY_ZERO;
    return infinity(sign);
  }
  const result = divideWhole(a, b, ctx);
  return result === undefined ? invalid(ctx, DIVISION_IMPOSSIBLE) : finalize(sign, result.q, 0, ctx);
}

export function remainder(a: Dec, b: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, a, b);
  if (nan !== undefined) return nan;
  if (a.kind === INFINITE) return invalid(ctx);
  if (b.kind === INFINITE) return fix(a, ctx);
  if (b.coef === 0n) return invalid(ctx, a.coef === 0n ? DIVISION_UNDEFINED : undefined);
  const result = divideWhole(a, b, ctx);
  return result === undefined ? invalid(ctx, DIVISION_IMPOSSIBLE) : finalize(a.sign, result.r, result.exp, ctx);
}

export function divmod(a: Dec, b: Dec, ctx: Ctx): [Dec, Dec] {
  const nan = nanResult(ctx, a, b);
  if (nan !== undefined) return [nan, nan];
  const sign = xor(a.sign, b.sign);
  if (a.kind === INFINITE) {
    if (b.kind === INFINITE) return [invalid(ctx), invalid(ctx)];
    return [infinity(sign), invalid(ctx)];
  }
  if (b.kind === INFINITE) return [finite(sign, 0n, 0), fix(a, ctx)];
  if (b.coef === 0n) {
    if (a.coef === 0n) return [invalid(ctx, DIVISION_UNDEFINED), invalid(ctx, DIVISION_UNDEFINED)];
    ctx.status |= DIVISION_BY_ZERO;
    return [infinity(sign), invalid(ctx)];
  }
  const result = divideWhole(a, b, ctx);
  if (result === undefined) return [invalid(ctx, DIVISION_IMPOSSIBLE), invalid(ctx, DIVISION_IMPOSSIBLE)];
  return [finalize(sign, result.q, 0, ctx), finalize(a.sign, result.r, result.exp, ctx)];
}

export function remainderNear(a: Dec, b: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, a, b);
  if (nan !== undefined) return nan;
  if (a.kind === INFINITE) return invalid(ctx);
  if (b.kind === INFINITE) return fix(a, ctx);
  if (b.coef === 0n) return invalid(ctx, a.coef === 0n ? DIVISION_UNDEFINED : undefined);
  const exp = Math.min(a.exp, b.exp);
  if (a.coef === 0n) return finalize(a.sign, 0n, exp, ctx);
  const difference = a.adjusted - b.adjusted;
  if (difference >= ctx.prec + 1) return invalid(ctx, DIVISION_IMPOSSIBLE);
  if (difference <= -2) return finalize(a.sign, a.coef * pow10(a.exp - exp), exp, ctx);
  const n = a.coef * pow10(a.exp - exp);
  const d = b.coef * pow10(b.exp - exp);
  let q = n / d;
  let r = n - q * d;
  if (2n * r + (q & 1n) > d) {
    r -= d;
    q += 1n;
  }
  if (digitCount(q) > ctx.prec) return invalid(ctx, DIVISION_IMPOSSIBLE);
  return r < 0n ? finalize(flip(a.sign), -r, exp, ctx) : finalize(a.sign, r, exp, ctx);
}

// ── exponents ──────────────────────────────────────────────────────────────────────────────────────────────────

export function quantize(a: Dec, b: Dec, ctx: Ctx, round = ctx.round): Dec {
  if (a.isSpecial || b.isSpecial) {
    const nan = nanResult(ctx, a, b);
    if (nan !== undefined) return nan;
    return a.kind === INFINITE && b.kind === INFINITE ? a : invalid(ctx);
  }
  if (b.exp > ctx.emax || b.exp < ctx.etiny) return invalid(ctx);
  if (a.coef === 0n) return finalize(a.sign, 0n, b.exp, ctx);
  if (a.adjusted > ctx.emax || a.adjusted - b.exp + 1 > ctx.prec) return invalid(ctx);
  const result = rescale(a, b.exp, ctx, round);
  if (result.coef !== 0n) {
    if (result.adjusted > ctx.emax || result.digits > ctx.prec) {
      ctx.status &= ~INEXACT;
      return invalid(ctx);
    }
    if (result.adjusted < ctx.emin) ctx.status |= SUBNORMAL;
  }
  if (result.exp > a.exp) ctx.status |= ROUNDED;
  return fix(result, ctx);
}

/** Rounded to an integer; without `exact` no condition is noted. */
export function toIntegral(a: Dec, ctx: Ctx, round: number, exact: boolean): Dec {
  if (a.isSpecial) return nanResult(ctx, a) ?? a;
  if (a.exp >= 0) return a;
  if (a.coef === 0n) return finite(a.sign, 0n, 0);
  const before = ctx.status;
  const result = rescale(a, 0, ctx, round);
  ctx.status = exact ? ctx.status | ROUNDED : before;
  return result;
}

/** Trailing zeros removed (`normalize`). */
export function reduce(a: Dec, ctx: Ctx): Dec {
  if (a.isSpecial) return nanResult(ctx, a) ?? a;
  const result = fix(a, ctx);
  if (result.isSpecial) return result;
  if (result.coef === 0n) return finite(result.sign, 0n, 0);
  const [coef, exp] = stripZeros(result.coef, result.exp, ctx.clamp === 1 ? ctx.etop : ctx.emax);
  return finite(result.sign, coef, exp);
}

export function sqrt(a: Dec, ctx: Ctx): Dec {
  if (a.isSpecial) {
    const nan = nanResult(ctx, a);
    if (nan !== undefined) return nan;
    return a.sign === 1 ? invalid(ctx) : a;
  }
  const ideal = Math.floor(a.exp / 2);
  const work = ctx.derived(ctx.prec, ROUND_HALF_EVEN);
  if (a.coef === 0n) return collect(finalize(a.sign, 0n, ideal, work), work, ctx);
  if (a.sign === 1) return invalid(ctx);
  const odd = a.exp % 2 !== 0;
  let c = odd ? a.coef * 10n : a.coef;
  const length = odd ? Math.floor(a.digits / 2) + 1 : Math.floor((a.digits + 1) / 2);
  const shift = ctx.prec + 1 - length;
  let exact = true;
  if (shift >= 0) c *= pow10(2 * shift);
  else {
    const unit = pow10(-2 * shift);
    const q = c / unit;
    exact = q * unit === c;
    c = q;
  }
  let n = isqrtBig(c);
  let exp = ideal - shift;
  exact &&= n * n === c;
  if (exact) {
    if (shift >= 0) n /= pow10(shift);
    else n *= pow10(-shift);
    exp = ideal;
  } else if (n % 5n === 0n) n += 1n;
  return collect(finalize(0, n, exp, work), work, ctx);
}

/** Passes on what a working context has noted. */
export function collect(result: Dec, work: Ctx, ctx: Ctx): Dec {
  ctx.status |= work.status;
  return result;
}
