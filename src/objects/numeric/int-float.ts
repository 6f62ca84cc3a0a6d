/** Between int and float: exact conversions, correctly rounded quotients, exact comparison, `as_integer_ratio`. */
import { bitLengthBig, canonical, fromIntegral, type Int, trailingZeros } from "./int-math.ts";
import { overflow, valueError, zeroDivision } from "./numeric-error.ts";

export { intToFloat as toFloat } from "./int-math.ts";

const view = new DataView(new ArrayBuffer(8));

/** `int(x)`: towards zero. */
export function fromFloat(x: number): Int {
  if (x !== x) valueError("cannot convert float NaN to integer");
  if (x === Infinity || x === -Infinity) overflow("cannot convert float infinity to integer");
  return fromIntegral(Math.trunc(x));
}

/** `a / b`, correctly rounded. */
export function trueDivide(a: Int, b: Int): number {
  if (b === 0) zeroDivision();
  if (typeof a === "number" && typeof b === "number") return a / b;
  const x = ratioToFloat(BigInt(a), BigInt(b));
  if (x === Infinity || x === -Infinity) overflow("integer division result too large for a float");
  return x;
}

/**
 * The float nearest to `a / b` (ties to even), `b` not zero; an infinity when out of range.
 * The quotient is computed to 55 bits or more, its last bit made sticky, then rounded once at the place where the
 * result's mantissa ends (earlier for subnormals).
 */
export function ratioToFloat(a: bigint, b: bigint): number {
  const negative = a < 0n !== b < 0n;
  if (a === 0n) return negative ? -0 : 0;
  const x = a < 0n ? -a : a;
  const y = b < 0n ? -b : b;
  const difference = bitLengthBig(x) - bitLengthBig(y);
  if (difference > 1025) return negative ? -Infinity : Infinity;
  if (difference < -1100) return negative ? -0 : 0;
  // The quotient of x and y·2**shift has 56 or 57 bits, fewer when subnormal.
  const shift = Math.max(difference, -1022) - 56;
  const [n, d] = shift <= 0 ? [x << BigInt(-shift), y] : [x, y << BigInt(shift)];
  let q = n / d;
  if (q * d !== n) q |= 1n;
  const result = scaleSticky(q, shift);
  return negative ? -result : result;
}

/** `q · 2**shift` rounded half to even, for `q` whose last bit may be sticky and lies below the result's last bit. */
function scaleSticky(q: bigint, shift: number): number {
  if (q === 0n) return 0;
  const length = bitLengthBig(q);
  // Bits to drop: down to 53, or to the exponent of the smallest subnormal.
  const drop = Math.max(length - 53, -1074 - shift);
  if (drop <= 0) return scale(Number(q), shift);
  const half = 1n << BigInt(drop - 1);
  const low = q & ((half << 1n) - 1n);
  let kept = q >> BigInt(drop);
  if (low > half || (low === half && (kept & 1n) === 1n)) kept += 1n;
  return scale(Number(kept), shift + drop);
}

/** The float nearest to `n · 2**e` (ties to even), n not negative; Infinity when out of range. */
export function roundScaled(n: bigint, e: number): number {
  if (n === 0n) return 0;
  const length = bitLengthBig(n);
  if (length + e > 1024) return Infinity;
  if (length + e < -1080) return 0;
  return scaleSticky(n, e);
}

/** `x · 2**e` where the result is exact or overflows. */
export function scale(x: number, e: number): number {
  if (e > 1023) return x * 2 ** 1023 * 2 ** Math.min(e - 1023, 1023);
  if (e < -1022) return e < -1074 ? x * 2 ** -1022 * 2 ** (e + 1022) : x * 2 ** (e + 52) * 2 ** -52;
  return x * 2 ** e;
}

/** Mantissa in [0.5, 1) with the sign, and exponent: C's `frexp`. */
export function frexp(x: number): [number, number] {
  if (x === 0 || x !== x || x === Infinity || x === -Infinity) return [x, 0];
  view.setFloat64(0, x);
  let high = view.getUint32(0);
  let exponent = (high >>> 20) & 0x7ff;
  let adjust = 0;
  if (exponent === 0) {
    view.setFloat64(0, x * 2 ** 54);
    high = view.getUint32(0);
    exponent = (high >>> 20) & 0x7ff;
    adjust = 54;
  }
  view.setUint32(0, (high & 0x800fffff) | (1022 << 20));
  return [view.getFloat64(0), exponent - 1022 - adjust];
}

/** A finite float as `mantissa · 2**exponent`, the mantissa an odd (or zero) integer. */
export function decompose(x: number): [bigint, number] {
  if (x === 0) return [0n, 0];
  const [m, e] = frexp(x);
  const mantissa = BigInt(m * 2 ** 53);
  const zeros = trailingZeros(mantissa);
  return [mantissa >> BigInt(zeros), e - 53 + zeros];
}

/** `float.as_integer_ratio`. */
export function asIntegerRatio(x: number): [Int, Int] {
  if (x !== x) valueError("cannot convert NaN to integer ratio");
  if (x === Infinity || x === -Infinity) overflow("cannot convert Infinity to integer ratio");
  const [mantissa, exponent] = decompose(x);
  if (exponent >= 0) return [canonical(mantissa << BigInt(exponent)), 1];
  return [canonical(mantissa), canonical(1n << BigInt(-exponent))];
}

/** Exact three-way comparison of an int and a float; NaN compares as undefined. */
export function compareIntFloat(a: Int, x: number): -1 | 0 | 1 | undefined {
  // JavaScript compares a BigInt with a number by value, exactly.
  return a < x ? -1 : a > x ? 1 : x !== x ? undefined : 0;
}

export function equalsIntFloat(a: Int, x: number): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: == compares a BigInt with a number by value.
  return a == x;
}
