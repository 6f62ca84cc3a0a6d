/**
 * Complex arithmetic with C99 Annex G's treatment of infinities, and mixed arithmetic with real numbers, which since
 * Python 3.14 never turns the real operand into a complex one.
 */
import { parsePlainFloat } from "./float-parse.ts";
import { stripSpace, toAsciiDigits } from "./int-text.ts";
import { shortText } from "./float-repr.ts";
import { overflow, zeroDivision } from "./numeric-error.ts";
import { floatPow } from "./float-math.ts";
import * as libm from "./libm-core.ts";

export type Complex = readonly [re: number, im: number];

const isInf = (x: number): boolean => x === Infinity || x === -Infinity;
const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);
/** `copysign(isinf(x) ? 1 : 0, x)`. */
const boxInfinity = (x: number): number => (isNegative(x) ? -(isInf(x) ? 1 : 0) : isInf(x) ? 1 : 0);
const zeroNaN = (x: number): number => (x === x ? x : 0);

export function mulComplex([a, b]: Complex, [c, d]: Complex): Complex {
  const re = a * c - b * d;
  const im = a * d + b * c;
  return re === re || im === im ? [re, im] : recoverProduct(a, b, c, d, re, im);
}

/** Annex G.5.1: an infinite factor gives an infinite product even when both parts came out as NaN. */
function recoverProduct(a: number, b: number, c: number, d: number, re: number, im: number): Complex {
  const partialInfinity = isInf(a * c) || isInf(b * d) || isInf(a * d) || isInf(b * c);
  let again = false;
  if (isInf(a) || isInf(b)) {
    [a, b, c, d] = [boxInfinity(a), boxInfinity(b), zeroNaN(c), zeroNaN(d)];
    again = true;
  }
  if (isInf(c) || isInf(d)) {
    [c, d, a, b] = [boxInfinity(c), boxInfinity(d), zeroNaN(a), zeroNaN(b)];
    again = true;
  }
  if (!again && partialInfinity) {
    [a, b, c, d] = [zeroNaN(a), zeroNaN(b), zeroNaN(c), zeroNaN(d)];
    again = true;
  }
  return again ? [Infinity * (a * c - b * d), Infinity * (a * d + b * c)] : [re, im];
}

/** Smith's algorithm; ZeroDivisionError for a zero divisor. */
export function divComplex([a, b]: Complex, [c, d]: Complex): Complex {
  let result: Complex;
  if (Math.abs(c) >= Math.abs(d)) {
    if (c === 0) zeroDivision();
    const ratio = d / c;
    const denominator = c + d * ratio;
    result = [(a + b * ratio) / denominator, (b - a * ratio) / denominator];
  } else if (Math.abs(d) >= Math.abs(c)) {
    const ratio = c / d;
    const denominator = c * ratio + d;
    result = [(a * ratio + b) / denominator, (b * ratio - a) / denominator];
  } else result = [Number.NaN, Number.NaN];
  return result[0] === result[0] || result[1] === result[1] ? result : recoverQuotient(a, b, c, d, result);
}

function recoverQuotient(a: number, b: number, c: number, d: number, result: Complex): Complex {
  if ((isInf(a) || isInf(b)) && Number.isFinite(c) && Number.isFinite(d)) {
    const x = boxInfinity(a);
    const y = boxInfinity(b);
    return [Infinity * (x * c + y * d), Infinity * (y * c - x * d)];
  }
  if ((isInf(c) || isInf(d)) && Number.isFinite(a) && Number.isFinite(b)) {
    const x = boxInfinity(c);
    const y = boxInfinity(d);
    return [0 * (a * x + b * y), 0 * (b * x - a * y)];
  }
  return result;
}

/** complex / real. */
export function divComplexByReal([a, b]: Complex, x: number): Complex {
  if (x === 0) zeroDivision();
  return [a / x, b / x];
}

/** real / complex. */
export function divRealByComplex(x: number, [c, d]: Complex): Complex {
  let result: Complex;
  if (Math.abs(c) >= Math.abs(d)) {
    if (c === 0) zeroDivision();
    const ratio = d / c;
    const denominator = c + d * ratio;
    result = [x / denominator, (-x * ratio) / denominator];
  } else if (Math.abs(d) >= Math.abs(c)) {
    const ratio = c / d;
    const denominator = c * ratio + d;
    result = [(x * ratio) / denominator, -x / denominator];
  } else result = [Number.NaN, Number.NaN];
  if (result[0] === result[0] || result[1] === result[1]) return result;
  if (Number.isFinite(x) && (isInf(c) || isInf(d))) {
    return [0 * (x * boxInfinity(c)), 0 * (-x * boxInfinity(d))];
  }
  return result;
}

/** Exponents up to this size are taken by repeated multiplication. */
const INTEGER_CUTOFF = 100;

export function powComplex(a: Complex, b: Complex): Complex {
  const [re, im] = b;
  const isInteger = im === 0 && re === Math.floor(re) && Math.abs(re) <= INTEGER_CUTOFF;
  const result = isInteger ? powInteger(a, re) : powGeneral(a, b);
  if (isInf(result[0]) || isInf(result[1])) overflow("complex exponentiation");
  return result;
}

function zeroToNegative(): never {
  return zeroDivision("zero to a negative or complex power");
}

function powInteger(a: Complex, n: number): Complex {
  if (n >= 0) return powUnsigned(a, n);
  const power = powUnsigned(a, -n);
  if (power[0] === 0 && power[1] === 0) zeroToNegative();
  return divComplex([1, 0], power);
}

function powUnsigned(a: Complex, n: number): Complex {
  let result: Complex = [1, 0];
  let square = a;
  for (let mask = 1; mask <= n; mask *= 2) {
    if ((n & mask) !== 0) result = mulComplex(result, square);
    square = mulComplex(square, square);
  }
  return result;
}

function powGeneral([a, b]: Complex, [c, d]: Complex): Complex {
  if (c === 0 && d === 0) return [1, 0];
  if (a === 0 && b === 0) {
    if (d !== 0 || c < 0) zeroToNegative();
    return [0, 0];
  }
  const magnitude = libm.hypot(a, b);
  let length = powQuiet(magnitude, c);
  const angle = libm.atan2(b, a);
  let phase = angle * c;
  if (d !== 0) {
    length *= libm.exp(-angle * d);
    phase += d * libm.log(magnitude);
  }
  return [length * libm.cos(phase), length * libm.sin(phase)];
}

/** The power as C computes it, infinities instead of errors. */
function powQuiet(x: number, y: number): number {
  try {
    return floatPow(x, y);
  } catch {
    return Infinity;
  }
}

/** `abs(complex)`. */
export function absComplex([a, b]: Complex): number {
  const result = libm.hypot(a, b);
  if (result === Infinity && Number.isFinite(a) && Number.isFinite(b)) overflow("absolute value too large");
  return result;
}

/** `repr(complex)`. */
export function complexRepr(re: number, im: number): string {
  const imaginary = shortText(im);
  if (Object.is(re, 0)) return `${imaginary}j`;
  const sign = imaginary[0] === "-" ? "" : "+";
  return `(${shortText(re)}${sign}${imaginary}j)`;
}

const DIGITS = "[0-9](?:_?[0-9])*";
const FLOAT = `(?:(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])`;
const REAL_ONLY = new RegExp(`^[+-]?${FLOAT}$`);
const WITH_IMAGINARY = new RegExp(`^([+-]?${FLOAT}(?=[+-]))?([+-]?)(${FLOAT})?[jJ]$`);

/** `complex(str)`, or null when `text` is malformed. */
export function parseComplexText(text: string): Complex | null {
  let body = stripSpace(toAsciiDigits(text));
  if (body.startsWith("(")) {
    if (!body.endsWith(")")) return null;
    body = stripSpace(body.slice(1, -1));
  }
  if (REAL_ONLY.test(body)) return [parsePlainFloat(body) as number, 0];
  const match = WITH_IMAGINARY.exec(body);
  if (match === null) return null;
  const [, realText, sign, imagText] = match;
  if (realText !== undefined && sign === "") return null;
  const re = realText === undefined ? 0 : (parsePlainFloat(realText) as number);
  const im = imagText === undefined ? 1 : (parsePlainFloat(imagText) as number);
  return [re, sign === "-" ? -im : im];
}
