/** The module `math`. */
import { EXC, type Exc, type Int, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { attempt, overflowError, typeError, valueError } from "../../objects/errors.ts";
import { PyFloat, newFloat } from "../../objects/float.ts";
import * as m from "../../objects/numeric/libm-core.ts";
import { floatRepr } from "../../objects/numeric/float-repr.ts";
import { frexp, fromFloat } from "../../objects/numeric/int-float.ts";
import { gcd, isqrt, lcm } from "../../objects/numeric/int-gcd.ts";
import { add as intAdd, bitLength, intToFloat, mul as intMul } from "../../objects/numeric/int-math.ts";
import { raiseNumeric } from "../../objects/numeric/raise.ts";
import { asDouble, asIndex } from "../../objects/protocol/convert.ts";
import { forEach, getIter, iterNext, listFromIterable } from "../../objects/protocol/iter.ts";
import { add, multiply, trueDivide } from "../../objects/protocol/number.ts";
import { callSpecial } from "../../objects/protocol/object.ts";
import { END } from "../../objects/core.ts";
import { newTuple } from "../../objects/tuple.ts";
import { floatType, typeOf } from "../../objects/types.ts";
import { intValue } from "../../objects/values.ts";
import { comb, factorial, perm } from "./integers.ts";
import { erf, erfc, gamma, lgamma } from "./libm.ts";
import { fma, ldexp, nextAfter, remainder, ulp } from "./neighbours.ts";
import { NumericError } from "../../objects/numeric/numeric-error.ts";
import { ExactSum, exactProduct, vectorNorm } from "./sums.ts";

const isFinite = (x: number): boolean => x - x === 0;
const domainError = (): Exc => valueError("math domain error");
const rangeError = (): Exc => overflowError("math range error");

/** A function of one float; `expected` words the domain error, `overflows` says that infinite results are one. */
function real(f: (x: number) => number, expected: string | null, overflows: boolean, doc: string) {
  const impl = (arg: Value): Result => {
    const x = arg instanceof PyFloat ? arg.value : asDouble(arg);
    if (x === EXC) return EXC;
    const r = f(x);
    if (r - r === 0) return newFloat(r);
    if (r !== r ? x === x : isFinite(x)) {
      if (r === r && overflows) return rangeError();
      return expected === null ? domainError() : valueError(`${expected}, got ${floatRepr(x)}`);
    }
    return newFloat(r);
  };
  return fn("($module, x, /)", impl, doc);
}

/** A function of two floats whose errors follow from NaN and infinities appearing. */
function real2(names: string, f: (x: number, y: number) => number, doc: string) {
  return fn(
    `($module, ${names}, /)`,
    (a: Value, b: Value): Result => {
      const x = asDouble(a);
      if (x === EXC) return EXC;
      const y = asDouble(b);
      if (y === EXC) return EXC;
      const r = f(x, y);
      if (r !== r && x === x && y === y) return domainError();
      if (!isFinite(r) && r === r && isFinite(x) && isFinite(y)) return rangeError();
      return newFloat(r);
    },
    doc,
  );
}

function predicate(test: (x: number) => boolean, doc: string) {
  return fn(
    "($module, x, /)",
    (arg: Value): Result => {
      const x = asDouble(arg);
      return x === EXC ? EXC : test(x);
    },
    doc,
  );
}

// ── rounding ───────────────────────────────────────────────────────────────────────────────────────────────────

function rounding(special: string, round: (x: number) => number, doc: string) {
  return fn(
    "($module, x, /)",
    (arg: Value): Result => {
      if (arg instanceof PyFloat && typeOf(arg) === floatType) return attempt(() => fromFloat(round(arg.value)));
      if (typeof arg === "number" || typeof arg === "bigint") return arg;
      const own = callSpecial(arg, special);
      if (own !== undefined) return own;
      if (special === "__trunc__") return typeError(`type ${typeOf(arg).name} doesn't define __trunc__ method`);
      const x = asDouble(arg);
      return x === EXC ? EXC : attempt(() => fromFloat(round(x)));
    },
    doc,
  );
}

// ── logarithms ─────────────────────────────────────────────────────────────────────────────────────────────────

/** A logarithm of an int of any size, or of a float. */
function logarithm(arg: Value, f: (x: number) => number): number | Exc {
  const int = intValue(arg);
  if (int !== undefined) return logOfInt(int, f);
  const x = asDouble(arg);
  if (x === EXC) return EXC;
  if (x <= 0) return valueError(`expected a positive input, got ${floatRepr(x)}`);
  return f(x);
}

function logOfInt(a: Int, f: (x: number) => number): number | Exc {
  if (a <= 0) return valueError("expected a positive input");
  if (typeof a === "number") return f(a);
  const shift = bitLength(a) - 1023;
  if (shift <= 0) return f(intToFloat(a));
  // Beyond a double's range: the leading bits, and the power of two apart.
  const [mantissa, exponent] = frexp(Number((a >> BigInt(shift)) | 1n));
  return f(mantissa) + f(2) * (exponent + shift);
}

function log(arg: Value, base: Value | undefined): Result {
  const numerator = logarithm(arg, m.log);
  if (numerator === EXC || base === undefined) return numerator === EXC ? EXC : newFloat(numerator);
  const denominator = logarithm(base, m.log);
  if (denominator === EXC) return EXC;
  return trueDivide(newFloat(numerator), newFloat(denominator));
}

function logFunction(f: (x: number) => number, doc: string) {
  return fn(
    "($module, x, /)",
    (arg: Value): Result => {
      const r = logarithm(arg, f);
      return r === EXC ? EXC : newFloat(r);
    },
    doc,
  );
}

// ── sums and products ──────────────────────────────────────────────────────────────────────────────────────────

function fsum(seq: Value): Result {
  const sum = new ExactSum();
  const status = forEach(seq, (item) => {
    const x = asDouble(item);
    if (x === EXC) return EXC;
    try {
      sum.add(x);
    } catch (error) {
      return raiseNumeric(error);
    }
    return null;
  });
  if (status === EXC) return EXC;
  const total = attempt(() => sum.total());
  return total === EXC ? EXC : newFloat(total);
}

function prod(iterable: Value, start: Value | undefined): Result {
  let result: Value = start ?? 1;
  const status = forEach(iterable, (item) => {
    if (
      result instanceof PyFloat &&
      item instanceof PyFloat &&
      typeOf(result) === floatType &&
      typeOf(item) === floatType
    ) {
      result = newFloat(result.value * item.value);
      return null;
    }
    const next = multiply(result, item);
    if (next === EXC) return EXC;
    result = next;
    return null;
  });
  return status === EXC ? EXC : result;
}

/** A pair of factors as floats when at least one is a float and the other a float or int. */
function floatFactors(p: Value, q: Value): [number, number] | null {
  const x = factor(p);
  const y = factor(q);
  const some = typeOf(p) === floatType || typeOf(q) === floatType;
  return some && x !== null && y !== null ? [x, y] : null;
}
function factor(v: Value): number | null {
  if (v instanceof PyFloat && typeOf(v) === floatType) return v.value;
  if (typeof v === "number") return v;
  if (typeof v === "boolean") return v ? 1 : 0;
  if (typeof v === "bigint" && bitLength(v) <= 1023) return Number(v);
  return null;
}

/** The sum of the products so far: ints and floats are summed apart and exactly until something else turns up. */
class ProductSum {
  private total: Value = 0;
  private ints: Int = 0;
  private intsInUse = false;
  private intPath = true;
  private floats: ExactSum | null = null;
  /** The floats' sum as `+` makes it, which counts when the exact one overflows on the way. */
  private plain = 0;
  private hasOverflown = false;
  private floatPath = true;

  add(a: Value, b: Value): Exc | null {
    if (this.intPath) {
      if (isExactInt(a) && isExactInt(b)) {
        const sum = intAdd(this.ints, intMul(a, b));
        // CPython's sum is a C long: what does not fit is left to the general path, with all that follows.
        if (isLong(a) && isLong(b) && isLong(sum) && isLong(intMul(a, b))) {
          this.ints = sum;
          this.intsInUse = true;
          return null;
        }
      }
      if (this.leaveIntPath() === EXC) return EXC;
    }
    if (this.floatPath) {
      const factors = floatFactors(a, b);
      if (factors !== null) {
        this.floats ??= new ExactSum();
        if (this.addFloats(this.floats, factors[0], factors[1])) return null;
      }
      if (this.leaveFloatPath() === EXC) return EXC;
    }
    const product = multiply(a, b);
    return product === EXC ? EXC : this.addToTotal(product);
  }

  private addFloats(sum: ExactSum, a: number, b: number): boolean {
    try {
      if (!this.hasOverflown && !exactProduct(sum, a, b)) return false;
    } catch (error) {
      if (!(error instanceof NumericError)) throw error;
      this.hasOverflown = true;
    }
    this.plain += a * b;
    return true;
  }

  result(): Result {
    if (this.leaveIntPath() === EXC || this.leaveFloatPath() === EXC) return EXC;
    return this.total;
  }

  private addToTotal(value: Value): Exc | null {
    const sum = add(this.total, value);
    if (sum === EXC) return EXC;
    this.total = sum;
    return null;
  }
  private leaveIntPath(): Exc | null {
    this.intPath = false;
    if (!this.intsInUse) return null;
    this.intsInUse = false;
    return this.addToTotal(this.ints);
  }
  private leaveFloatPath(): Exc | null {
    this.floatPath = false;
    const { floats } = this;
    if (floats === null) return null;
    this.floats = null;
    return this.addToTotal(newFloat(this.hasOverflown ? this.plain : floats.total()));
  }
}

const isLong = (v: Int): boolean => typeof v === "number" || BigInt.asIntN(64, v) === v;
const isExactInt = (v: Value): v is Int => typeof v === "number" || typeof v === "bigint";

function sumprod(p: Value, q: Value): Result {
  const left = getIter(p);
  if (left === EXC) return EXC;
  const right = getIter(q);
  if (right === EXC) return EXC;
  const sum = new ProductSum();
  for (;;) {
    const a = iterNext(left);
    if (a === EXC) return EXC;
    const b = iterNext(right);
    if (b === EXC) return EXC;
    if ((a === END) !== (b === END)) return valueError("Inputs are not the same length");
    if (a === END || b === END) return sum.result();
    try {
      if (sum.add(a, b) === EXC) return EXC;
    } catch (error) {
      return raiseNumeric(error);
    }
  }
}

function doubles(items: readonly Value[]): number[] | Exc {
  const result: number[] = [];
  for (const item of items) {
    const x = asDouble(item);
    if (x === EXC) return EXC;
    result.push(x);
  }
  return result;
}

function hypot(coordinates: Value[]): Result {
  const values = doubles(coordinates);
  return values === EXC ? EXC : newFloat(vectorNorm(values));
}

function dist(p: Value, q: Value): Result {
  const a = listFromIterable(p);
  if (a === EXC) return EXC;
  const b = listFromIterable(q);
  if (b === EXC) return EXC;
  if (a.length !== b.length) return valueError("both points must have the same number of dimensions");
  const x = doubles(a);
  if (x === EXC) return EXC;
  const y = doubles(b);
  if (y === EXC) return EXC;
  return newFloat(vectorNorm(x.map((value, i) => value - y[i])));
}

// ── integers ───────────────────────────────────────────────────────────────────────────────────────────────────

function reduceIntegers(start: Int, step: (a: Int, b: Int) => Int) {
  return (integers: Value[]): Result => {
    let result = start;
    for (const item of integers) {
      const n = asIndex(item);
      if (n === EXC) return EXC;
      result = step(result, n);
    }
    return result;
  };
}

function oneInteger(f: (n: Int) => Int) {
  return (arg: Value): Result => {
    const n = asIndex(arg);
    return n === EXC ? EXC : attempt(() => f(n));
  };
}

function combinations(n: Value, k: Value): Result {
  const a = asIndex(n);
  if (a === EXC) return EXC;
  const b = asIndex(k);
  return b === EXC ? EXC : attempt(() => comb(a, b));
}

function permutations(n: Value, k: Value | undefined): Result {
  const a = asIndex(n);
  if (a === EXC) return EXC;
  const b = k === undefined || k === null ? null : asIndex(k);
  return b === EXC ? EXC : attempt(() => perm(a, b));
}

// ── the rest ───────────────────────────────────────────────────────────────────────────────────────────────────

function isclose(a: Value, b: Value, relTol: Value | undefined, absTol: Value | undefined): Result {
  const values = doubles([a, b]);
  if (values === EXC) return EXC;
  const tolerances = doubles([relTol ?? newFloat(1e-9), absTol ?? newFloat(0)]);
  if (tolerances === EXC) return EXC;
  const [x, y] = values;
  const [rel, abs] = tolerances;
  if (rel < 0 || abs < 0) return valueError("tolerances must be non-negative");
  if (x === y) return true;
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return false;
  const difference = Math.abs(y - x);
  return difference <= Math.abs(rel * y) || difference <= Math.abs(rel * x) || difference <= abs;
}

function nextafter(x: Value, y: Value, steps: Value | undefined): Result {
  const values = doubles([x, y]);
  if (values === EXC) return EXC;
  if (steps === undefined || steps === null) return newFloat(nextAfter(values[0], values[1], 1));
  const n = asIndex(steps);
  if (n === EXC) return EXC;
  if (n < 0) return valueError("steps must be a non-negative integer");
  return newFloat(nextAfter(values[0], values[1], n));
}

function fusedMultiplyAdd(x: Value, y: Value, z: Value): Result {
  const values = doubles([x, y, z]);
  if (values === EXC) return EXC;
  const r = attempt(() => fma(values[0], values[1], values[2]));
  return r === EXC ? EXC : newFloat(r);
}

function scaleByPower(x: Value, i: Value): Result {
  const value = asDouble(x);
  if (value === EXC) return EXC;
  const exponent = intValue(i);
  if (exponent === undefined) return typeError("Expected an int as second argument to ldexp.");
  const r = ldexp(value, exponent);
  return isFinite(value) && !isFinite(r) ? rangeError() : newFloat(r);
}

function splitFloat(x: Value): Result {
  const value = asDouble(x);
  if (value === EXC) return EXC;
  if (!isFinite(value)) {
    return newTuple([newFloat(value === value ? (value > 0 ? 0 : -0) : value), newFloat(value)]);
  }
  const whole = Math.trunc(value);
  const fraction = value - whole;
  const isNegative = value < 0 || Object.is(value, -0);
  return newTuple([newFloat(isNegative && fraction === 0 ? -0 : fraction), newFloat(whole)]);
}

function mantissaAndExponent(x: Value): Result {
  const value = asDouble(x);
  if (value === EXC) return EXC;
  const [mantissa, exponent] = frexp(value);
  return newTuple([newFloat(mantissa), exponent]);
}

function copysign(x: number, y: number): number {
  const magnitude = Math.abs(x);
  return y < 0 || Object.is(y, -0) ? -magnitude : magnitude;
}

/** C's pow: poles and invalid operations show as infinities and NaN. */
function power(a: Value, b: Value): Result {
  const x = asDouble(a);
  if (x === EXC) return EXC;
  const y = asDouble(b);
  if (y === EXC) return EXC;
  const r = m.pow(x, y);
  if (isFinite(x) && isFinite(y)) {
    if (r !== r || (x === 0 && y < 0)) return domainError();
    if (!isFinite(r)) return rangeError();
  }
  return newFloat(r);
}

function fmod(x: number, y: number): number {
  return (y === Infinity || y === -Infinity) && isFinite(x) ? x : x % y;
}

const isPole = (x: number): boolean => (x === Math.floor(x) && x <= 0 && x !== -Infinity) || x === -Infinity;
const gammaOrNaN = (x: number): number => (isPole(x) ? Number.NaN : gamma(x));
const lgammaOrNaN = (x: number): number => (isPole(x) && x !== -Infinity ? Number.NaN : lgamma(x));

const ANGLE = "a number in range from -1 up to 1";
const NONINTEGER = "expected a noninteger or positive integer";
const FINITE = "expected a finite input";

export const mathModule = newModule("math", {
  doc: "This module provides access to the mathematical functions\ndefined by the C standard.",
  functions: () => ({
    acos: real(m.acos, `expected ${ANGLE}`, false, "Return the arc cosine (measured in radians) of x."),
    acosh: real(
      m.acosh,
      "expected argument value not less than 1",
      false,
      "Return the inverse hyperbolic cosine of x.",
    ),
    asin: real(m.asin, `expected ${ANGLE}`, false, "Return the arc sine (measured in radians) of x."),
    asinh: real(m.asinh, null, false, "Return the inverse hyperbolic sine of x."),
    atan: real(m.atan, null, false, "Return the arc tangent (measured in radians) of x."),
    atan2: real2("y, x", m.atan2, "Return the arc tangent of y/x, taking the quadrant from both signs."),
    atanh: real(m.atanh, "expected a number between -1 and 1", false, "Return the inverse hyperbolic tangent of x."),
    cbrt: real(m.cbrt, null, false, "Return the cube root of x."),
    ceil: rounding("__ceil__", Math.ceil, "Return the smallest integer not less than x."),
    comb: fn("($module, n, k, /)", combinations, "Number of ways to choose k items from n items."),
    copysign: real2("x, y", copysign, "Return a float with the magnitude of x and the sign of y."),
    cos: real(m.cos, FINITE, false, "Return the cosine of x (measured in radians)."),
    cosh: real(m.cosh, null, true, "Return the hyperbolic cosine of x."),
    degrees: real((x) => x * (180 / Math.PI), null, true, "Convert angle x from radians to degrees."),
    dist: fn("($module, p, q, /)", dist, "Return the Euclidean distance between two points p and q."),
    erf: real(erf, null, false, "Error function at x."),
    erfc: real(erfc, null, false, "Complementary error function at x."),
    exp: real(m.exp, null, true, "Return e raised to the power of x."),
    exp2: real(m.exp2, null, true, "Return 2 raised to the power of x."),
    expm1: real(m.expm1, null, true, "Return exp(x)-1, without loss of precision for small x."),
    fabs: real(Math.abs, null, false, "Return the absolute value of the float x."),
    factorial: fn("($module, n, /)", oneInteger(factorial), "Find n!."),
    floor: rounding("__floor__", Math.floor, "Return the largest integer not greater than x."),
    fma: fn("($module, x, y, z, /)", fusedMultiplyAdd, "Compute (x * y) + z with a single rounding."),
    fmod: real2("x, y", fmod, "Return fmod(x, y), according to platform C."),
    frexp: fn("($module, x, /)", mantissaAndExponent, "Return the mantissa and exponent of x, as pair (m, e)."),
    fsum: fn("($module, seq, /)", fsum, "Return an accurate floating-point sum of values in the iterable seq."),
    gamma: real(gammaOrNaN, NONINTEGER, true, "Gamma function at x."),
    gcd: fn("($module, /, *integers)", reduceIntegers(0, gcd), "Greatest Common Divisor."),
    hypot: fn("($module, /, *coordinates)", hypot, "Multidimensional Euclidean distance from the origin to a point."),
    isclose: fn(
      "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)",
      isclose,
      "Determine whether two floating-point numbers are close in value.",
    ),
    isfinite: predicate(isFinite, "Return True if x is neither an infinity nor a NaN, and False otherwise."),
    isinf: predicate((x) => Math.abs(x) === Infinity, "Return True if x is an infinity, and False otherwise."),
    isnan: predicate((x) => x !== x, "Return True if x is a NaN (not a number), and False otherwise."),
    isqrt: fn("($module, n, /)", oneInteger(isqrt), "Return the integer part of the square root of the input."),
    lcm: fn("($module, /, *integers)", reduceIntegers(1, lcm), "Least Common Multiple."),
    ldexp: fn("($module, x, i, /)", scaleByPower, "Return x * (2**i)."),
    lgamma: real(lgammaOrNaN, NONINTEGER, true, "Natural logarithm of absolute value of Gamma function at x."),
    log: fn(
      "(x, base=<unrepresentable>, /)",
      log,
      "log(x, [base=math.e])\nReturn the logarithm of x to the given base.",
    ),
    log10: logFunction(m.log10, "Return the base 10 logarithm of x."),
    log1p: real(m.log1p, "expected argument value > -1", false, "Return the natural logarithm of 1+x (base e)."),
    log2: logFunction(m.log2, "Return the base 2 logarithm of x."),
    modf: fn("($module, x, /)", splitFloat, "Return the fractional and integer parts of x."),
    nextafter: fn(
      "($module, x, y, /, *, steps=None)",
      nextafter,
      "Return the floating-point value the given number of steps after x towards y.",
    ),
    perm: fn("($module, n, k=None, /)", permutations, "Number of ways to choose k items from n, with order."),
    pow: fn("($module, x, y, /)", power, "Return x**y (x to the power of y)."),
    prod: fn("($module, iterable, /, *, start=1)", prod, "Calculate the product of all the elements in the iterable."),
    radians: real((x) => x * (Math.PI / 180), null, false, "Convert angle x from degrees to radians."),
    remainder: real2("x, y", remainder, "Difference between x and the closest integer multiple of y."),
    sin: real(m.sin, FINITE, false, "Return the sine of x (measured in radians)."),
    sinh: real(m.sinh, null, true, "Return the hyperbolic sine of x."),
    sqrt: real(Math.sqrt, "expected a nonnegative input", false, "Return the square root of x."),
    sumprod: fn("($module, p, q, /)", sumprod, "Return the sum of products of values from two iterables p and q."),
    tan: real(m.tan, FINITE, false, "Return the tangent of x (measured in radians)."),
    tanh: real(m.tanh, null, false, "Return the hyperbolic tangent of x."),
    trunc: rounding("__trunc__", Math.trunc, "Truncates the Real x to the nearest Integral toward 0."),
    ulp: fn(
      "($module, x, /)",
      (arg: Value): Result => {
        const x = asDouble(arg);
        return x === EXC ? EXC : newFloat(ulp(x));
      },
      "Return the value of the least significant bit of the float x.",
    ),
  }),
  attributes: () => ({
    e: newFloat(Math.E),
    inf: newFloat(Infinity),
    nan: newFloat(Number.NaN),
    pi: newFloat(Math.PI),
    tau: newFloat(2 * Math.PI),
  }),
});
