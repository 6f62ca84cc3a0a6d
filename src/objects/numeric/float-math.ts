/** Float arithmetic where Python differs from JavaScript: floor division, modulo, powers, rounding. */
import { scaledInteger } from "./float-repr.ts";
import { fromFloat } from "./int-float.ts";
import type { Int } from "./int-math.ts";
import { overflow, rangeError, zeroDivision } from "./numeric-error.ts";
import { correctPow } from "./pow.ts";

export function floatTrueDivide(a: number, b: number): number {
  if (b === 0) zeroDivision();
  return a / b;
}

export function floatMod(a: number, b: number): number {
  if (b === 0) zeroDivision();
  const r = a % b;
  if (r === 0) return b < 0 || Object.is(b, -0) ? -0 : 0;
  return r < 0 !== b < 0 ? r + b : r;
}

export function floatFloorDivide(a: number, b: number): number {
  if (b === 0) zeroDivision();
  return quotient(a, b, a % b);
}

export function floatDivmod(a: number, b: number): [number, number] {
  if (b === 0) zeroDivision();
  return [quotient(a, b, a % b), floatMod(a, b)];
}

/** The floor of a / b, given C's remainder: exact where the quotient rounded first would not be. */
function quotient(a: number, b: number, remainder: number): number {
  let div = (a - remainder) / b;
  if (remainder !== 0 && b < 0 !== remainder < 0) div -= 1;
  if (div === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(div);
  return div - floor > 0.5 ? floor + 1 : floor;
}

/**
 * `a ** b` for floats. A negative base with a fraction as exponent has no real result: the caller must have gone to
 * complex numbers before (`powNeedsComplex`).
 */
export function floatPow(a: number, b: number): number {
  if (b === 0 || a === 1) return 1;
  if (a !== a || b !== b) return Number.NaN;
  if (b === Infinity || b === -Infinity) {
    const magnitude = Math.abs(a);
    if (magnitude === 1) return 1;
    return b > 0 === magnitude > 1 ? Infinity : 0;
  }
  if (a === 0 && b < 0) zeroDivision("zero to a negative power");
  const result = correctPow(a, b);
  if (!(result - result === 0) && a - a === 0) rangeError();
  return result;
}

/** True when `a ** b` is complex: a finite negative base and a finite exponent that is no integer. */
export function powNeedsComplex(a: number, b: number): boolean {
  return a < 0 && a !== -Infinity && b - b === 0 && b !== Math.floor(b);
}

/** `round(x)`: the nearest int, ties to even. */
export function roundToInt(x: number): Int {
  return fromFloat(x - x === 0 ? roundHalfEven(x) : x);
}

/** The nearest integral float, ties to even (C's `rint`). */
export function roundHalfEven(x: number): number {
  if (Math.abs(x) >= 2 ** 52) return x;
  const floor = Math.floor(x);
  const fraction = x - floor;
  if (fraction < 0.5) return floor;
  if (fraction > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** `round(x, places)`: correctly rounded on the exact decimal value. */
export function roundToPlaces(x: number, places: Int): number {
  if (!(x - x === 0) || x === 0) return x;
  // Beyond these, no digit is left to round, or every digit is rounded away.
  if (places > 323) return x;
  if (places < -308) return x < 0 ? -0 : 0;
  const n = scaledInteger(x, Number(places));
  const result = Number(`${n}e${-Number(places)}`);
  if (result === Infinity) overflow("rounded value too large to represent");
  return x < 0 ? -result : result;
}
