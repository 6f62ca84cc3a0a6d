/**
 * Floats as text: `repr`, and the digit generators that every format of a float rests on.
 *
 * JavaScript finds the shortest digits that read back as the same double, which is repr's rule too; the digits for a
 * given precision come from exact integer arithmetic.
 */
import { decompose } from "./int-float.ts";

/** A finite number's decimal digits: 0.d1d2d3… · 10**point. "0" with point 1 for zero. */
export interface Decimal {
  digits: string;
  point: number;
}

/** The shortest digits that round-trip; `x` finite, sign ignored. */
export function shortestDigits(x: number): Decimal {
  const decimal = decimalOf(Math.abs(x).toExponential());
  return x === 0 ? { ...decimal, point: 1 } : decimal;
}
/** Of a text as `toExponential` writes it. */
function decimalOf(text: string): Decimal {
  const e = text.indexOf("e");
  return { digits: text[0] + text.slice(2, e), point: Number(text.slice(e + 1)) + 1 };
}

/**
 * `count` significant digits, correctly rounded (half to even on the exact value); `x` finite, sign ignored,
 * `count >= 1`. Always `count` digits.
 */
export function significantDigits(x: number, count: number): Decimal {
  if (x === 0) return { digits: "0".repeat(count), point: 1 };
  // toExponential is exact, but rounds ties up, not to even. Of few digits a tie is a number that has one digit more, a 5.
  if (count <= 14) {
    const shortest = Math.abs(x).toExponential();
    const length = shortest.indexOf("e");
    const isTie = length === count + 2 && shortest[length - 1] === "5";
    if (!isTie) return decimalOf(Math.abs(x).toExponential(count - 1));
  } else if (count <= 17) {
    const text = Math.abs(x).toExponential(Math.min(count + 24, 100));
    const e = text.indexOf("e");
    const all = text[0] + text.slice(2, e);
    const tail = all.slice(count);
    const point = Number(text.slice(e + 1)) + 1;
    if (tail[0] !== "5" || /[^0]/.test(tail.slice(1))) {
      if (tail[0] < "5") return { digits: all.slice(0, count), point };
      return roundedUp(all.slice(0, count), point, count);
    }
  }
  const exponent = Math.floor(Math.log10(Math.abs(x)));
  // The estimate may be one off: rounding tells.
  let { digits, point } = fixedDigits(x, count - 1 - exponent);
  if (digits.length !== count) ({ digits, point } = fixedDigits(x, count - 1 - exponent + (count - digits.length)));
  if (digits.length > count) digits = digits.slice(0, count);
  return { digits, point };
}

function roundedUp(digits: string, point: number, count: number): Decimal {
  const next = (BigInt(digits) + 1n).toString().padStart(count, "0");
  return next.length > count ? { digits: next.slice(0, count), point: point + 1 } : { digits: next, point };
}

/**
 * The digits of |x| rounded (half to even, exact) to a multiple of 10**-places; `places` may be negative.
 * "0" when it rounds to zero. The last digit is the one at that place.
 */
export function fixedDigits(x: number, places: number): Decimal {
  if (places >= 0 && places <= 100 && isExactlyFixed(x, places)) {
    const [integer, fraction = ""] = Math.abs(x).toFixed(places).split(".");
    const digits = (integer + fraction).replace(/^0+/, "");
    return digits === "" ? { digits: "0", point: 1 - places } : { digits, point: digits.length - places };
  }
  const n = scaledInteger(x, places);
  const digits = n.toString();
  return { digits, point: n === 0n ? 1 - places : digits.length - places };
}

/** Does `toFixed` give it? It rounds correctly below 10**21 but for ties, which are odd multiples of 2**-(places + 1). */
function isExactlyFixed(x: number, places: number): boolean {
  const magnitude = Math.abs(x);
  return magnitude < 1e21 && (magnitude * 2 ** (places + 1)) % 2 !== 1;
}

/** |x| · 10**places, rounded half to even. */
export function scaledInteger(x: number, places: number): bigint {
  const [signedMantissa, exponent] = decompose(x);
  const mantissa = signedMantissa < 0n ? -signedMantissa : signedMantissa;
  if (mantissa === 0n) return 0n;
  // The value is below 10**309: far smaller places give zero, without building the power.
  if (places < -310) return 0n;
  let n = mantissa;
  let d = 1n;
  if (places >= 0) {
    // Beyond the last binary digit there are only zeros.
    const exact = Math.max(0, -exponent);
    if (places > exact) return scaledInteger(x, exact) * 10n ** BigInt(places - exact);
    n *= 10n ** BigInt(places);
  } else d = 10n ** BigInt(-places);
  if (exponent >= 0) n <<= BigInt(exponent);
  else d <<= BigInt(-exponent);
  return divideHalfEven(n, d);
}

/** n / d for n ≥ 0, d > 0, to the nearest integer, ties to even. */
export function divideHalfEven(n: bigint, d: bigint): bigint {
  const q = n / d;
  const twice = 2n * (n - q * d);
  return twice > d || (twice === d && (q & 1n) === 1n) ? q + 1n : q;
}

/** `e+05`: at least two digits. */
export function exponentText(exponent: number, letter = "e"): string {
  const digits = `${Math.abs(exponent)}`;
  return letter + (exponent < 0 ? "-" : "+") + (digits.length < 2 ? `0${digits}` : digits);
}

export function nonFiniteText(x: number): string {
  return x !== x ? "nan" : x > 0 ? "inf" : "-inf";
}

/** `repr(float)`. */
export function floatRepr(x: number): string {
  const text = shortText(x);
  // An integral value of fixed notation gets ".0".
  return isPlainDigits(text) ? `${text}.0` : text;
}

/** As repr, without the ".0": complex's parts, and format code "r". */
export function shortText(x: number): string {
  if (!(x - x === 0)) return nonFiniteText(x);
  const magnitude = Math.abs(x);
  if ((magnitude >= 1e-4 && magnitude < 1e16) || x === 0) {
    // JavaScript writes this range in fixed notation too.
    return Object.is(x, -0) ? "-0" : `${x}`;
  }
  const { digits, point } = shortestDigits(x);
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return (x < 0 ? "-" : "") + mantissa + exponentText(point - 1);
}

function isPlainDigits(text: string): boolean {
  for (let i = text.charCodeAt(0) === 45 ? 1 : 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return true;
}
