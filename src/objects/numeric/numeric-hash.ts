/**
 * Hashes of numbers, CPython's values: numbers that compare equal hash equal, whatever their type.
 * The hash is the value modulo the prime 2**61 − 1 (library reference, "Hashing of numeric types").
 */
import { decompose } from "./int-float.ts";
import { canonical, type Int } from "./int-math.ts";

const P = (1n << 61n) - 1n;
const HASH_INF = 314159;
const IMAGINARY = 1000003n;

export function hashInt(a: Int): Int {
  if (typeof a === "number") return a === -1 ? -2 : a;
  const h = a % P;
  return h === -1n ? -2 : canonical(h);
}

/** `hashNaN` is the object's own hash, since every NaN is different. */
export function hashFloat(x: number, hashNaN: () => Int): Int {
  if (Number.isSafeInteger(x)) return x === -1 ? -2 : x + 0;
  if (x !== x) return hashNaN();
  if (x === Infinity) return HASH_INF;
  if (x === -Infinity) return -HASH_INF;
  const magnitude = Math.abs(x);
  if (magnitude >= SMALL_FRACTION && magnitude < 2 ** 52) return hashMixed(magnitude, x < 0);
  const [mantissa, exponent] = decompose(x);
  const negative = mantissa < 0n;
  // Modulo 2**61 − 1 a multiplication by 2 is a rotation of 61 bits.
  const rotation = ((exponent % 61) + 61) % 61;
  const h = ((negative ? -mantissa : mantissa) << BigInt(rotation)) % P;
  const result = canonical(negative ? -h : h);
  return result === -1 ? -2 : result;
}

/** From here on, no bit of a double is worth less than 2**-61. */
const SMALL_FRACTION = 2 ** -8;
/** Of a fraction: modulo 2**61 − 1 the bits behind the point are those above the others, and 2**61 is 1. */
function hashMixed(magnitude: number, negative: boolean): Int {
  const integer = Math.floor(magnitude);
  const sum = BigInt((magnitude - integer) * 2 ** 61) + BigInt(integer);
  const h = sum >= P ? sum - P : sum;
  const result = canonical(negative ? -h : h);
  return result === -1 ? -2 : result;
}

/** From the hashes of the parts. */
export function hashComplex(real: Int, imag: Int): Int {
  const h = BigInt.asIntN(64, BigInt(real) + IMAGINARY * BigInt(imag));
  return h === -1n ? -2 : canonical(h);
}

/** `Fraction` and `Decimal`: the hash of `mantissa · 10**exponent`. */
export function hashDecimal(mantissa: bigint, exponent: bigint): Int {
  const negative = mantissa < 0n;
  const m = (negative ? -mantissa : mantissa) % P;
  const h = (m * modPow(exponent >= 0n ? 10n : INVERSE_10, exponent >= 0n ? exponent : -exponent)) % P;
  const result = canonical(negative ? -h : h);
  return result === -1 ? -2 : result;
}

/** 10 · INVERSE_10 ≡ 1. */
const INVERSE_10 = modPow(10n, P - 2n);

/* @__NO_SIDE_EFFECTS__ */
function modPow(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let b = base, e = exponent; e > 0n; e >>= 1n) {
    if ((e & 1n) === 1n) result = (result * b) % P;
    b = (b * b) % P;
  }
  return result;
}
