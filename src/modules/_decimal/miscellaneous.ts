/** Exponent and digit operations: logb, scaleb, shift, rotate, the logical operations, number classes. */
import { type Ctx, DIVISION_BY_ZERO } from "./context-data.ts";
import { type Dec, finite, fromBig, infinity, INFINITE, pow10, SNAN } from "./dec.ts";
import { finalize, fix, invalid, nanResult } from "./rounding.ts";

export function logb(a: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, a);
  if (nan !== undefined) return nan;
  if (a.kind === INFINITE) return infinity(0);
  if (a.coef === 0n) {
    ctx.status |= DIVISION_BY_ZERO;
    return infinity(1);
  }
  return fix(fromBig(BigInt(a.adjusted)), ctx);
}

/** The integer an operand is; undefined when it has an exponent, is special, or is out of `limit`. */
function smallInteger(b: Dec, limit: number): number | undefined {
  if (b.isSpecial || b.exp !== 0 || b.digits > 20) return undefined;
  const n = Number(b.coef) * (b.sign === 1 ? -1 : 1);
  return Math.abs(n) <= limit ? n : undefined;
}

export function scaleb(a: Dec, b: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, a, b);
  if (nan !== undefined) return nan;
  const n = smallInteger(b, 2 * (ctx.emax + ctx.prec));
  if (n === undefined) return invalid(ctx);
  if (a.kind === INFINITE) return a;
  return finalize(a.sign, a.coef, a.exp + n, ctx);
}

export function shift(a: Dec, b: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, a, b);
  if (nan !== undefined) return nan;
  const n = smallInteger(b, ctx.prec);
  if (n === undefined) return invalid(ctx);
  if (a.kind === INFINITE) return a;
  const kept = a.digits > ctx.prec ? a.coef % pow10(ctx.prec) : a.coef;
  let coef = n < 0 ? kept / pow10(-n) : kept * pow10(n);
  if (n > 0 && a.digits + n > ctx.prec) coef %= pow10(ctx.prec);
  return finite(a.sign, coef, a.exp);
}

export function rotate(a: Dec, b: Dec, ctx: Ctx): Dec {
  const nan = nanResult(ctx, a, b);
  if (nan !== undefined) return nan;
  const n = smallInteger(b, ctx.prec);
  if (n === undefined) return invalid(ctx);
  if (a.kind === INFINITE) return a;
  const coef = a.coef % pow10(ctx.prec);
  const left = n < 0 ? n + ctx.prec : n;
  const split = pow10(ctx.prec - left);
  return finite(a.sign, (coef % split) * pow10(left) + coef / split, a.exp);
}

// ── logical operations ─────────────────────────────────────────────────────────────────────────────────────────

/** The digits of a logical operand (zeros and ones, exponent and sign zero), or undefined. */
function logicalDigits(a: Dec, prec: number): string | undefined {
  if (a.isSpecial || a.sign !== 0 || a.exp !== 0) return undefined;
  const text = a.coef.toString();
  return /^[01]+$/.test(text) ? text.padStart(prec, "0").slice(-prec) : undefined;
}

function logical(a: Dec, b: Dec, ctx: Ctx, combine: (x: boolean, y: boolean) => boolean): Dec {
  const width = Math.max(Math.min(ctx.prec, Math.max(a.digits, b.digits)), 1);
  const x = logicalDigits(a, width);
  const y = logicalDigits(b, width);
  if (x === undefined || y === undefined) return invalid(ctx);
  let text = "";
  for (let i = 0; i < width; i++) text += combine(x[i] === "1", y[i] === "1") ? "1" : "0";
  return finite(0, BigInt(text), 0);
}
export const logicalAnd = (a: Dec, b: Dec, ctx: Ctx): Dec => logical(a, b, ctx, (x, y) => x && y);
export const logicalOr = (a: Dec, b: Dec, ctx: Ctx): Dec => logical(a, b, ctx, (x, y) => x || y);
export const logicalXor = (a: Dec, b: Dec, ctx: Ctx): Dec => logical(a, b, ctx, (x, y) => x !== y);

export function logicalInvert(a: Dec, ctx: Ctx): Dec {
  const digits = logicalDigits(a, ctx.prec);
  if (digits === undefined) return invalid(ctx);
  return finite(0, BigInt(digits.replace(/[01]/g, (c) => (c === "0" ? "1" : "0"))), 0);
}

// ── classes ────────────────────────────────────────────────────────────────────────────────────────────────────

export function isNormal(a: Dec, ctx: Ctx): boolean {
  return !a.isSpecial && a.coef !== 0n && a.adjusted >= ctx.emin;
}
export function isSubnormal(a: Dec, ctx: Ctx): boolean {
  return !a.isSpecial && a.coef !== 0n && a.adjusted < ctx.emin;
}

export function numberClass(a: Dec, ctx: Ctx): string {
  if (a.isNaN) return a.kind === SNAN ? "sNaN" : "NaN";
  const sign = a.sign === 1 ? "-" : "+";
  if (a.kind === INFINITE) return `${sign}Infinity`;
  if (a.coef === 0n) return `${sign}Zero`;
  return sign + (a.adjusted < ctx.emin ? "Subnormal" : "Normal");
}

export function sameQuantum(a: Dec, b: Dec): boolean {
  if (a.isSpecial || b.isSpecial) return (a.isNaN && b.isNaN) || (a.kind === INFINITE && b.kind === INFINITE);
  return a.exp === b.exp;
}
