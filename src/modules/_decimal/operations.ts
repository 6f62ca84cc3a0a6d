/**
 * The operations, declared once for `Decimal`'s methods and for `Context`'s: name, number of operands, behaviour.
 */
import { EXC, type Result } from "../../objects/core.ts";
import { raiseNumeric } from "../../objects/numeric/raise.ts";
import { newTuple } from "../../objects/tuple.ts";
import * as arithmetic from "./arithmetic.ts";
import * as comparison from "./compare.ts";
import type { Ctx } from "./context-data.ts";
import { type Dec, FINITE, finite, INFINITE, QNAN, SNAN } from "./dec.ts";
import * as misc from "./miscellaneous.ts";
import { newDecimal } from "./new-decimal.ts";
import type { PyDecimalContext } from "./objects.ts";
import { power } from "./power.ts";
import { addStatus } from "./signals.ts";
import { exp, ln, log10 } from "./transcendental.ts";

/** What an operation gives: a decimal, a truth value or a text. */
export type Outcome = Dec | boolean | string;
export type Run = (c: Ctx, a: Dec, b: Dec, third: Dec) => Outcome;

export interface Operation {
  operands: 1 | 2 | 3;
  run: Run;
  doc: string;
}

/** Runs it in a context: conditions are noted there and may raise. */
export function perform(context: PyDecimalContext, run: Run, a: Dec, b: Dec = a, third: Dec = a): Result {
  const { c } = context;
  c.status = 0;
  let outcome: Outcome;
  try {
    outcome = run(c, a, b, third);
  } catch (error) {
    return raiseNumeric(error);
  }
  if (c.status !== 0 && addStatus(context, c.status) === EXC) return EXC;
  return typeof outcome === "object" ? newDecimal(outcome) : outcome;
}

/** Two results at once. */
export function performDivmod(context: PyDecimalContext, a: Dec, b: Dec): Result {
  const { c } = context;
  c.status = 0;
  let pair: [Dec, Dec];
  try {
    pair = arithmetic.divmod(a, b, c);
  } catch (error) {
    return raiseNumeric(error);
  }
  if (addStatus(context, c.status) === EXC) return EXC;
  return newTuple([newDecimal(pair[0]), newDecimal(pair[1])]);
}

const one = (run: (a: Dec, c: Ctx) => Outcome, doc: string): Operation => ({
  operands: 1,
  run: (c, a) => run(a, c),
  doc,
});
const two = (run: (a: Dec, b: Dec, c: Ctx) => Outcome, doc: string): Operation => ({
  operands: 2,
  run: (c, a, b) => run(a, b, c),
  doc,
});

/** Methods of both types that take a context as their last argument in `Decimal`. */
export const SHARED: Record<string, Operation> = {
  compare: two(comparison.compare, "Compare self to other; NaN operands give NaN."),
  compare_signal: two(comparison.compareSignal, "Identical to compare, except that all NaNs signal."),
  compare_total: two(comparison.compareTotal, "Compare two operands using their abstract representation."),
  compare_total_mag: two(comparison.compareTotalMag, "As compare_total, ignoring the sign of each operand."),
  copy_sign: two((a, b) => a.withSign(b.sign), "Return a copy of the first operand with the sign of the second."),
  exp: one(exp, "Return the value of the exponential function e**x, correctly rounded."),
  fma: {
    operands: 3,
    run: (c, a, b, third) => arithmetic.fma(a, b, third, c),
    doc: "Fused multiply-add: the product plus the third operand, rounded once.",
  },
  is_normal: one(misc.isNormal, "Return True if the argument is a normal number."),
  is_subnormal: one(misc.isSubnormal, "Return True if the argument is subnormal."),
  ln: one(ln, "Return the natural (base e) logarithm of the operand, correctly rounded."),
  log10: one(log10, "Return the base ten logarithm of the operand, correctly rounded."),
  logb: one(misc.logb, "Return the adjusted exponent of the operand as a Decimal."),
  logical_and: two(misc.logicalAnd, "Applies an 'and' operation between the digits of two logical operands."),
  logical_invert: one(misc.logicalInvert, "Invert all digits of a logical operand."),
  logical_or: two(misc.logicalOr, "Applies an 'or' operation between the digits of two logical operands."),
  logical_xor: two(misc.logicalXor, "Applies an 'xor' operation between the digits of two logical operands."),
  max: two(comparison.max, "The larger of the two operands; a quiet NaN counts as missing."),
  max_mag: two(comparison.maxMag, "As max, comparing absolute values."),
  min: two(comparison.min, "The smaller of the two operands; a quiet NaN counts as missing."),
  min_mag: two(comparison.minMag, "As min, comparing absolute values."),
  next_minus: one(comparison.nextMinus, "The largest representable number smaller than the operand."),
  next_plus: one(comparison.nextPlus, "The smallest representable number larger than the operand."),
  next_toward: two(comparison.nextToward, "The number next to the first operand in the direction of the second."),
  normalize: one(arithmetic.reduce, "Strip trailing zeros; zeros become Decimal('0')."),
  number_class: one(misc.numberClass, "Return a string describing the class of the operand."),
  remainder_near: two(arithmetic.remainderNear, "The remainder of the division to the nearest integer."),
  rotate: two(misc.rotate, "Rotate the digits of the first operand by the second."),
  same_quantum: two(misc.sameQuantum, "Test whether self and other have the same exponent or both are NaN."),
  scaleb: two(misc.scaleb, "Return the first operand with its exponent adjusted by the second."),
  shift: two(misc.shift, "Shift the digits of the first operand by the second."),
  sqrt: one(arithmetic.sqrt, "Return the square root of the argument to full precision."),
};

/** Methods of both types without a context. */
export const PLAIN: Record<string, { run: (a: Dec) => Outcome; doc: string }> = {
  canonical: { run: (a) => a, doc: "Return the canonical encoding of the argument." },
  copy_abs: { run: (a) => a.withSign(0), doc: "Return the absolute value of the argument, without rounding." },
  copy_negate: { run: (a) => a.withSign(a.sign === 0 ? 1 : 0), doc: "Return the negation, without rounding." },
  is_canonical: { run: () => true, doc: "Return True if the argument is canonical, which all decimals are." },
  is_finite: { run: (a) => a.kind === FINITE, doc: "Return True if the argument is a finite number." },
  is_infinite: { run: (a) => a.kind === INFINITE, doc: "Return True if the argument is infinite." },
  is_nan: { run: (a) => a.isNaN, doc: "Return True if the argument is a (quiet or signaling) NaN." },
  is_qnan: { run: (a) => a.kind === QNAN, doc: "Return True if the argument is a quiet NaN." },
  is_signed: { run: (a) => a.sign === 1, doc: "Return True if the argument has a negative sign." },
  is_snan: { run: (a) => a.kind === SNAN, doc: "Return True if the argument is a signaling NaN." },
  is_zero: { run: (a) => a.isZero, doc: "Return True if the argument is a zero." },
};

/** Methods of `Context` alone. */
export const CONTEXT_ONLY: Record<string, Operation> = {
  abs: one(arithmetic.abs, "Return the absolute value of x."),
  add: two(arithmetic.add, "Return the sum of x and y."),
  divide: two(arithmetic.divide, "Return x divided by y."),
  divide_int: two(arithmetic.divideInt, "Return x divided by y, truncated to an integer."),
  minus: one(arithmetic.minus, "Minus corresponds to the unary prefix minus operator, with this context."),
  multiply: two(arithmetic.multiply, "Return the product of x and y."),
  plus: one(arithmetic.plus, "Plus corresponds to the unary prefix plus operator, with this context."),
  quantize: two((a, b, c) => arithmetic.quantize(a, b, c), "Return x, rounded, with the exponent of y."),
  remainder: two(arithmetic.remainder, "Return the remainder of the integer division, with the sign of x."),
  subtract: two(arithmetic.subtract, "Return the difference between x and y."),
  to_integral: one((a, c) => arithmetic.toIntegral(a, c, c.round, false), "Identical to to_integral_value(x)."),
  to_integral_exact: one((a, c) => arithmetic.toIntegral(a, c, c.round, true), "Round to an integer, signaling."),
  to_integral_value: one((a, c) => arithmetic.toIntegral(a, c, c.round, false), "Round to an integer."),
};

export const RADIX = finite(0, 10n, 0);
export { arithmetic, power };
