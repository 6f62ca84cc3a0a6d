/** The module `cmath`. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { newComplex } from "../../objects/complex.ts";
import { fn, newModule } from "../../objects/define.ts";
import { attempt, valueError } from "../../objects/errors.ts";
import { newFloat } from "../../objects/float.ts";
import { type Complex, divComplex } from "../../objects/numeric/complex-math.ts";
import { raiseNumeric } from "../../objects/numeric/raise.ts";
import { asComplex } from "../../objects/complex/convert.ts";
import { asDouble } from "../../objects/protocol/convert.ts";
import { newTuple } from "../../objects/tuple.ts";
import * as f from "./functions.ts";

function unary(compute: (z: Complex) => Complex, doc: string) {
  return fn(
    "($module, z, /)",
    (arg: Value): Result => {
      const z = asComplex(arg);
      if (z === EXC) return EXC;
      try {
        const [re, im] = compute(z);
        return newComplex(re, im);
      } catch (error) {
        return raiseNumeric(error);
      }
    },
    doc,
  );
}

function predicate(test: (z: Complex) => boolean, doc: string) {
  return fn(
    "($module, z, /)",
    (arg: Value): Result => {
      const z = asComplex(arg);
      return z === EXC ? EXC : test(z);
    },
    doc,
  );
}

function log(arg: Value, base: Value | undefined): Result {
  const z = asComplex(arg);
  if (z === EXC) return EXC;
  const b = base === undefined ? undefined : asComplex(base);
  if (b === EXC) return EXC;
  const result = attempt(() => (b === undefined ? f.log(z) : divComplex(f.log(z), f.log(b))));
  return result === EXC ? EXC : newComplex(result[0], result[1]);
}

function polar(arg: Value): Result {
  const z = asComplex(arg);
  if (z === EXC) return EXC;
  const r = attempt(() => f.modulus(z));
  return r === EXC ? EXC : newTuple([newFloat(r), newFloat(f.phase(z))]);
}

function phase(arg: Value): Result {
  const z = asComplex(arg);
  return z === EXC ? EXC : newFloat(f.phase(z));
}

function rect(r: Value, phi: Value): Result {
  const radius = asDouble(r);
  if (radius === EXC) return EXC;
  const angle = asDouble(phi);
  if (angle === EXC) return EXC;
  const z = attempt(() => f.rect(radius, angle));
  return z === EXC ? EXC : newComplex(z[0], z[1]);
}

function tolerance(value: Value | undefined, missing: number): number | Exc {
  return value === undefined ? missing : asDouble(value);
}

function isclose(a: Value, b: Value, relTol: Value | undefined, absTol: Value | undefined): Result {
  const x = asComplex(a);
  if (x === EXC) return EXC;
  const y = asComplex(b);
  if (y === EXC) return EXC;
  const rel = tolerance(relTol, 1e-9);
  if (rel === EXC) return EXC;
  const abs = tolerance(absTol, 0);
  if (abs === EXC) return EXC;
  if (rel < 0 || abs < 0) return valueError("tolerances must be non-negative");
  if (x[0] === y[0] && x[1] === y[1]) return true;
  if ([...x, ...y].some((part) => Math.abs(part) === Infinity)) return false;
  const size = ([re, im]: Complex) => Math.hypot(re, im);
  const difference = size([x[0] - y[0], x[1] - y[1]]);
  return difference <= rel * size(y) || difference <= rel * size(x) || difference <= abs;
}

const isFinite = (x: number): boolean => x - x === 0;

export const cmathModule = newModule("cmath", {
  doc: "This module provides access to mathematical functions for complex\nnumbers.",
  functions: () => ({
    acos: unary(f.acos, "Return the arc cosine of z."),
    acosh: unary(f.acosh, "Return the inverse hyperbolic cosine of z."),
    asin: unary(f.asin, "Return the arc sine of z."),
    asinh: unary(f.asinh, "Return the inverse hyperbolic sine of z."),
    atan: unary(f.atan, "Return the arc tangent of z."),
    atanh: unary(f.atanh, "Return the inverse hyperbolic tangent of z."),
    cos: unary(f.cos, "Return the cosine of z."),
    cosh: unary(f.cosh, "Return the hyperbolic cosine of z."),
    exp: unary(f.exp, "Return the exponential value e**z."),
    isclose: fn(
      "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)",
      isclose,
      "Determine whether two complex numbers are close in value.",
    ),
    isfinite: predicate(([re, im]) => isFinite(re) && isFinite(im), "Return True if both parts of z are finite."),
    isinf: predicate(
      ([re, im]) => Math.abs(re) === Infinity || Math.abs(im) === Infinity,
      "Checks if the real or imaginary part of z is infinite.",
    ),
    isnan: predicate(([re, im]) => re !== re || im !== im, "Checks if the real or imaginary part of z is NaN."),
    log: fn("($module, z, base=<unrepresentable>, /)", log, "log(z[, base]) -> the logarithm of z to the given base."),
    log10: unary(f.log10, "Return the base-10 logarithm of z."),
    phase: fn("($module, z, /)", phase, "Return argument, also known as the phase angle, of a complex."),
    polar: fn("($module, z, /)", polar, "Convert a complex from rectangular coordinates to polar coordinates."),
    rect: fn("($module, r, phi, /)", rect, "Convert from polar coordinates to rectangular coordinates."),
    sin: unary(f.sin, "Return the sine of z."),
    sinh: unary(f.sinh, "Return the hyperbolic sine of z."),
    sqrt: unary(f.sqrt, "Return the square root of z."),
    tan: unary(f.tan, "Return the tangent of z."),
    tanh: unary(f.tanh, "Return the hyperbolic tangent of z."),
  }),
  attributes: () => ({
    e: newFloat(Math.E),
    inf: newFloat(Infinity),
    infj: newComplex(0, Infinity),
    nan: newFloat(Number.NaN),
    nanj: newComplex(0, Number.NaN),
    pi: newFloat(Math.PI),
    tau: newFloat(2 * Math.PI),
  }),
});
