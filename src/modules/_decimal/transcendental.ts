/**
 * exp, ln, log10: correctly rounded (half to even, as the specification wants them), from binary fixed-point
 * arithmetic on BigInts with guard digits, and more of these when the result is too near a rounding boundary to tell.
 */
import { INEXACT, ROUNDED, type Ctx, ROUND_HALF_EVEN } from "./context-data.ts";
import { collect } from "./arithmetic.ts";
import { type Dec, infinity, ONE, pow10, ZERO } from "./dec.ts";
import { finalize, invalid, nanResult } from "./rounding.ts";

const BITS_PER_DIGIT = 3.3219280948873626;
const bitsFor = (digits: number): number => Math.ceil(digits * BITS_PER_DIGIT) + 16;

// ── fixed point: values are integers times 2**-bits ────────────────────────────────────────────────────────────

/** exp of a fixed-point number of moderate size. */
function expFixed(r: bigint, bits: number): bigint {
  // Halve the argument, square the result as often: balances the series' length.
  const halvings = Math.max(4, Math.floor(Math.sqrt(bits)));
  const work = bits + 2 * halvings + 8;
  const shift = BigInt(work);
  const x = (r << BigInt(work - bits)) >> BigInt(halvings);
  let term = 1n << shift;
  let sum = term;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = ((term * x) >> shift) / k;
    sum += term;
  }
  for (let i = 0; i < halvings; i++) sum = (sum * sum) >> shift;
  return sum >> BigInt(work - bits);
}

/** log of a fixed-point number between about 0.1 and 10: a double's guess, then the rest by a short series. */
function logFixed(m: bigint, bits: number): bigint {
  const guess = Math.log(Number(m >> BigInt(bits - 60)) * 2 ** -60);
  const y = BigInt(Math.round(guess * 2 ** 50)) << BigInt(bits - 50);
  const one = 1n << BigInt(bits);
  // m · exp(−y) = 1 + d with a small d, and log(1 + d) = 2 atanh(d / (2 + d)).
  const d = ((m * expFixed(-y, bits)) >> BigInt(bits)) - one;
  const t = (d << BigInt(bits)) / (2n * one + d);
  const square = (t * t) >> BigInt(bits);
  let power = t;
  let sum = t;
  for (let k = 3n; power !== 0n && power !== -1n; k += 2n) {
    power = (power * square) >> BigInt(bits);
    sum += power / k;
  }
  return y + 2n * sum;
}

let ln10Bits = 0;
let ln10Value = 0n;

/** log 10 with at least `bits` bits: 46 atanh(1/31) + 34 atanh(1/49) + 20 atanh(1/161). */
function ln10Fixed(bits: number): bigint {
  if (bits > ln10Bits) {
    const work = bits + 40;
    const series = (n: bigint): bigint => {
      let power = (1n << BigInt(work)) / n;
      let sum = power;
      const square = n * n;
      for (let k = 3n; power !== 0n; k += 2n) {
        power /= square;
        sum += power / k;
      }
      return sum;
    };
    ln10Value = (46n * series(31n) + 34n * series(49n) + 20n * series(161n)) >> 8n;
    ln10Bits = work - 8;
  }
  return ln10Value >> BigInt(ln10Bits - bits);
}

/** coef · 10**exp in fixed point, towards minus infinity. */
function toFixed(coef: bigint, exp: number, bits: number): bigint {
  if (exp >= 0) return (coef * pow10(exp)) << BigInt(bits);
  return (coef << BigInt(bits)) / pow10(-exp);
}

/**
 * Rounds an irrational result: `compute(extra)` gives its coefficient with `prec + extra` digits or a few more, off by
 * less than 10 units, and its exponent.
 */
function roundSafely(sign: 0 | 1, ctx: Ctx, compute: (extra: number) => { coef: bigint; exp: number }): Dec {
  const work = ctx.derived(ctx.prec, ROUND_HALF_EVEN);
  for (let extra = 12; ; extra *= 2) {
    const { coef, exp } = compute(extra);
    const drop = coef.toString().length - ctx.prec;
    if (drop < 3) continue;
    const rest = coef % pow10(drop);
    const half = 5n * pow10(drop - 1);
    const distance = rest > half ? rest - half : half - rest;
    if (distance < 20n) continue;
    // One more digit says "not exact".
    const result = finalize(sign, coef * 10n + 1n, exp - 1, work);
    work.status |= INEXACT | ROUNDED;
    return collect(result, work, ctx);
  }
}

export function exp(a: Dec, ctx: Ctx): Dec {
  if (a.isSpecial) {
    const nan = nanResult(ctx, a);
    if (nan !== undefined) return nan;
    return a.sign === 1 ? ZERO : a;
  }
  if (a.coef === 0n) return ONE;
  const work = ctx.derived(ctx.prec, ROUND_HALF_EVEN);
  const { adjusted } = a;
  // Beyond every exponent, or too near 1 to tell.
  if (adjusted > 18) {
    const result = a.sign === 1 ? finalize(0, 1n, ctx.etiny - 1, work) : finalize(0, 1n, ctx.emax + 1, work);
    work.status |= INEXACT | ROUNDED;
    return collect(result, work, ctx);
  }
  if (adjusted < -ctx.prec - 1) {
    work.status |= INEXACT | ROUNDED;
    return collect(finalize(0, pow10(ctx.prec - 1), 1 - ctx.prec, work), work, ctx);
  }
  return roundSafely(0, ctx, (extra) => {
    const digits = ctx.prec + extra;
    const bits = bitsFor(digits + Math.max(0, adjusted + 1) + 2);
    const magnitude = toFixed(a.coef, a.exp, bits);
    const x = a.sign === 1 ? -magnitude : magnitude;
    const ln10 = ln10Fixed(bits);
    let k = x / ln10;
    let r = x - k * ln10;
    if (r < 0n) {
      r += ln10;
      k -= 1n;
    }
    const power = expFixed(r, bits);
    return { coef: (power * pow10(digits - 1)) >> BigInt(bits), exp: Number(k) - (digits - 1) };
  });
}

/** How many leading digits of log(a) are lost because a is near 1. */
function cancellation(a: Dec): number {
  if (a.adjusted !== 0 && a.adjusted !== -1) return 0;
  const one = pow10(Math.max(0, -a.exp));
  const value = a.exp > 0 ? a.coef * pow10(a.exp) : a.coef;
  const difference = value > one ? value - one : one - value;
  return Math.max(0, -a.exp - difference.toString().length + 1);
}

/** log(a) in fixed point with about `digits` digits, for a > 0, a ≠ 1, and how many bits it has. */
function logOf(a: Dec, digits: number): { value: bigint; bits: number } {
  // a = m · 10**k with m between 0.316… and 3.16…, so that nothing cancels unless k is 0.
  const leading = Number(a.coef.toString().slice(0, 3).padEnd(3, "0"));
  const k = a.adjusted + (leading > 316 ? 1 : 0);
  const bits = bitsFor(digits + `${Math.abs(k)}`.length + cancellation(a) + 2);
  const m = toFixed(a.coef, a.exp - k, bits);
  const value = logFixed(m, bits) + BigInt(k) * ln10Fixed(bits);
  return { value, bits };
}

/** The digits of a fixed-point value: about `digits` of them. */
function digitsOf(value: bigint, bits: number, digits: number): { coef: bigint; exp: number } {
  const size = Math.floor((value.toString(2).length - bits) / BITS_PER_DIGIT);
  const places = digits - size;
  const coef = places >= 0 ? (value * pow10(places)) >> BigInt(bits) : (value >> BigInt(bits)) / pow10(-places);
  return { coef, exp: -places };
}

const absolute = (x: bigint): bigint => (x < 0n ? -x : x);

/** The cases that ln and log10 share; undefined for a proper logarithm. */
function logSpecial(a: Dec, ctx: Ctx): Dec | undefined {
  if (a.isSpecial) {
    const nan = nanResult(ctx, a);
    if (nan !== undefined) return nan;
    return a.sign === 1 ? invalid(ctx) : a;
  }
  if (a.coef === 0n) return infinity(1);
  if (a.sign === 1) return invalid(ctx);
  return undefined;
}

function isOne(a: Dec): boolean {
  return a.exp <= 0 && a.adjusted === 0 && a.coef === pow10(-a.exp);
}

function isBelowOne(a: Dec): boolean {
  return a.adjusted < 0;
}

export function ln(a: Dec, ctx: Ctx): Dec {
  const special = logSpecial(a, ctx);
  if (special !== undefined) return special;
  if (isOne(a)) return ZERO;
  return roundSafely(isBelowOne(a) ? 1 : 0, ctx, (extra) => {
    const { value, bits } = logOf(a, ctx.prec + extra);
    return digitsOf(absolute(value), bits, ctx.prec + extra);
  });
}

export function log10(a: Dec, ctx: Ctx): Dec {
  const special = logSpecial(a, ctx);
  if (special !== undefined) return special;
  if (a.coef === pow10(a.digits - 1)) {
    const work = ctx.derived(ctx.prec, ROUND_HALF_EVEN);
    const { adjusted } = a;
    return collect(finalize(adjusted < 0 ? 1 : 0, BigInt(Math.abs(adjusted)), 0, work), work, ctx);
  }
  return roundSafely(isBelowOne(a) ? 1 : 0, ctx, (extra) => {
    const { value, bits } = logOf(a, ctx.prec + extra);
    const quotient = (absolute(value) << BigInt(bits)) / ln10Fixed(bits);
    return digitsOf(quotient, bits, ctx.prec + extra);
  });
}
