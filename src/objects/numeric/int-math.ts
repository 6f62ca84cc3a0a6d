/**
 * Integer arithmetic on Python's ints: a JavaScript number when the value is a safe integer, else a BigInt.
 *
 * The form is canonical: no function here takes or returns a BigInt in the safe range, or −0.
 * Failures are thrown as `NumericError`.
 */
import { shortQuotient } from "./long-division.ts";
import { memoryError, overflow, valueError, zeroDivision } from "./numeric-error.ts";

export { NumericError } from "./numeric-error.ts";

export type Int = number | bigint;

const MAX = Number.MAX_SAFE_INTEGER;
const BIG_MAX = BigInt(MAX);
const BIG_MIN = -BIG_MAX;
/** V8 gives up at 2**30 bits; a little less leaves room for intermediate results. */
const MAX_BITS = 2 ** 30 - 64;

/** The canonical form of a BigInt. */
export function canonical(b: bigint): Int {
  return b <= BIG_MAX && b >= BIG_MIN ? Number(b) : b;
}

/** The int equal to a double that holds an integer. */
export function fromIntegral(x: number): Int {
  return x <= MAX && x >= -MAX ? x + 0 : BigInt(x);
}

/** The nearest float, ties to even; OverflowError when there is none. */
export function intToFloat(a: Int, message = "int too large to convert to float"): number {
  if (typeof a === "number") return a;
  // Number(bigint) rounds half to even, as the specification of JavaScript demands.
  const x = Number(a);
  if (x === Infinity || x === -Infinity) overflow(message);
  return x;
}

/** Runs a BigInt computation whose size V8 may refuse. */
function big(compute: () => bigint): Int {
  try {
    return canonical(compute());
  } catch (error) {
    if (error instanceof RangeError) memoryError();
    throw error;
  }
}

export function add(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    return r <= MAX && r >= -MAX ? r : BigInt(a) + BigInt(b);
  }
  return canonical(BigInt(a) + BigInt(b));
}

export function sub(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a - b;
    return r <= MAX && r >= -MAX ? r : BigInt(a) - BigInt(b);
  }
  return canonical(BigInt(a) - BigInt(b));
}

export function mul(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a * b;
    // A product in the safe range is exact; adding 0 turns −0 into 0.
    if (r <= MAX && r >= -MAX) return r + 0;
    return BigInt(a) * BigInt(b);
  }
  if (a === 0 || b === 0) return 0;
  return mulBig(BigInt(a), BigInt(b));
}

function mulBig(a: bigint, b: bigint): Int {
  return big(() => a * b);
}

export function neg(a: Int): Int {
  return typeof a === "number" ? 0 - a : -a;
}

export function abs(a: Int): Int {
  if (typeof a === "number") return Math.abs(a);
  return a < 0n ? -a : a;
}

export function invert(a: Int): Int {
  return typeof a === "number" ? (a === MAX ? -BIG_MAX - 1n : -1 - a) : canonical(-1n - a);
}

export function isZero(a: Int): boolean {
  return a === 0;
}

export function sign(a: Int): -1 | 0 | 1 {
  return a === 0 ? 0 : a < 0 ? -1 : 1;
}

/** Three-way comparison; JavaScript compares numbers with BigInts exactly. */
export function compare(a: Int, b: Int): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

// ── division ───────────────────────────────────────────────────────────────────────────────────────────────────

export function floordiv(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if (b === 0) zeroDivision();
    // Exact for all safe integers (docs: V8.md, 7); + 0 because −0 is no int.
    return Math.floor(a / b) + 0;
  }
  if (b === 0) zeroDivision();
  return canonical(floordivBig(BigInt(a), BigInt(b)));
}

/** Floor division of BigInts; `b` is not zero. */
export function floordivBig(a: bigint, b: bigint): bigint {
  if (a > 0n && b > 0n) return shortQuotient(a, b) ?? a / b;
  const q = a / b;
  return a < 0n !== b < 0n && q * b !== a ? q - 1n : q;
}

export function mod(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if (b === 0) zeroDivision();
    const r = a % b;
    return (r !== 0 && r < 0 !== b < 0 ? r + b : r) + 0;
  }
  if (b === 0) zeroDivision();
  return canonical(modBig(BigInt(a), BigInt(b)));
}

/** Python's remainder of BigInts; `b` is not zero. */
export function modBig(a: bigint, b: bigint): bigint {
  const short = a > 0n && b > 0n ? shortQuotient(a, b) : undefined;
  if (short !== undefined) return a - short * b;
  const r = a % b;
  return r !== 0n && r < 0n !== b < 0n ? r + b : r;
}

export function divmod(a: Int, b: Int): [Int, Int] {
  if (typeof a === "number" && typeof b === "number") return [floordiv(a, b), mod(a, b)];
  if (b === 0) zeroDivision();
  const x = BigInt(a);
  const y = BigInt(b);
  let q = x / y;
  let r = x - q * y;
  if (r !== 0n && r < 0n !== y < 0n) {
    q -= 1n;
    r += y;
  }
  return [canonical(q), canonical(r)];
}

/** The nearest integer to `a / b` (ties to even) and what remains: the `_divmod_near` of rounding and timedelta. */
export function divmodNear(a: Int, b: Int): [Int, Int] {
  if (b === 0) zeroDivision();
  const y = BigInt(b);
  const x = BigInt(a);
  let q = floordivBig(x, y);
  let r = x - q * y;
  const twice = 2n * r;
  const greater = y > 0n ? twice > y : twice < y;
  if (greater || (twice === y && (q & 1n) === 1n)) {
    q += 1n;
    r -= y;
  }
  return [canonical(q), canonical(r)];
}

// ── powers ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** `a ** b` for `b >= 0`. */
export function pow(a: Int, b: Int): Int {
  if (b === 0) return 1;
  if (a === 0 || a === 1) return a;
  if (a === -1) return isOdd(b) ? -1 : 1;
  if (typeof a === "number" && typeof b === "number" && b <= 52) {
    const r = powSmall(a, b);
    if (r <= MAX && r >= -MAX) return r;
  }
  const bits = bitLength(a);
  if ((bits - 1) * Number(b) > MAX_BITS) memoryError();
  if (a === 2) return canonical(1n << BigInt(b));
  const base = BigInt(a);
  const exponent = BigInt(b);
  return big(() => base ** exponent);
}

/** Products of doubles: exact as long as they stay safe, and once outside never back in. */
function powSmall(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let e = exponent; ; ) {
    if ((e & 1) !== 0) result *= square;
    e >>= 1;
    if (e === 0) return result;
    square *= square;
  }
}

function isOdd(a: Int): boolean {
  return typeof a === "number" ? a % 2 !== 0 : (a & 1n) === 1n;
}

/** `pow(a, b, m)`: negative exponents take the modular inverse. */
export function powMod(a: Int, b: Int, m: Int): Int {
  if (m === 0) valueError("pow() 3rd argument cannot be 0");
  const modulus = abs(m);
  if (modulus === 1) return 0;
  let base = mod(a, modulus);
  let exponent = b;
  if (b < 0) {
    exponent = neg(b);
    base = modInverse(base, modulus);
  }
  const result = powModPositive(base, exponent, modulus);
  return m < 0 && result !== 0 ? add(result, m) : result;
}

function powModPositive(base: Int, exponent: Int, modulus: Int): Int {
  if (typeof modulus === "number" && modulus <= 94906265 && typeof exponent === "number") {
    let result = 1;
    let square = base as number;
    for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
      if (e % 2 === 1) result = (result * square) % modulus;
      square = (square * square) % modulus;
    }
    return result % modulus;
  }
  return canonical(powModBig(BigInt(base), BigInt(exponent), BigInt(modulus)));
}

/** Left-to-right with a window of five bits (CPython's choice for long exponents). */
function powModBig(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const bits = exponent.toString(2);
  if (bits.length <= 80) {
    let result = 1n;
    for (let i = 0; i < bits.length; i++) {
      result = (result * result) % modulus;
      if (bits[i] === "1") result = (result * base) % modulus;
    }
    return result % modulus;
  }
  const table = [1n];
  for (let i = 1; i < 32; i++) table.push((table[i - 1] * base) % modulus);
  const padded = bits.padStart(Math.ceil(bits.length / 5) * 5, "0");
  let result = 1n;
  for (let i = 0; i < padded.length; i += 5) {
    for (let k = 0; k < 5; k++) result = (result * result) % modulus;
    const digit = Number.parseInt(padded.slice(i, i + 5), 2);
    if (digit !== 0) result = (result * table[digit]) % modulus;
  }
  return result;
}

/** The inverse of `a` modulo `m` (`0 <= a < m`); ValueError when there is none. */
export function modInverse(a: Int, m: Int): Int {
  let r0 = BigInt(m);
  let r1 = BigInt(a);
  let t0 = 0n;
  let t1 = 1n;
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [t0, t1] = [t1, t0 - q * t1];
  }
  if (r0 !== 1n) valueError("base is not invertible for the given modulus");
  return canonical(t0 < 0n ? t0 + BigInt(m) : t0);
}

// ── bits ───────────────────────────────────────────────────────────────────────────────────────────────────────

export function lshift(a: Int, b: Int): Int {
  if (b < 0) valueError("negative shift count");
  if (a === 0) return 0;
  if (typeof b === "bigint") {
    if (b >= 1n << 63n) overflow("too many digits in integer");
    memoryError();
  }
  if (typeof a === "number") {
    if (b < 64) {
      const r = a * 2 ** b;
      if (r <= MAX && r >= -MAX) return r;
    }
  }
  if (b > MAX_BITS) memoryError();
  const value = BigInt(a);
  return big(() => value << BigInt(b));
}

export function rshift(a: Int, b: Int): Int {
  if (b < 0) valueError("negative shift count");
  if (typeof a === "number") {
    if (b > 53) return a < 0 ? -1 : 0;
    return (a | 0) === a && b < 32 ? a >> (b as number) : Math.floor(a / 2 ** (b as number));
  }
  if (b > MAX_BITS) return a < 0n ? -1 : 0;
  return canonical(a >> BigInt(b));
}

export function and(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if ((a | 0) === a && (b | 0) === b) return a & b;
    if (a >= 0 && b >= 0) return join((a / TWO32) & (b / TWO32), (a & b) >>> 0);
  }
  return canonical(BigInt(a) & BigInt(b));
}

export function or(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if ((a | 0) === a && (b | 0) === b) return a | b;
    if (a >= 0 && b >= 0) return join((a / TWO32) | (b / TWO32), (a | b) >>> 0);
  }
  return canonical(BigInt(a) | BigInt(b));
}

export function xor(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if ((a | 0) === a && (b | 0) === b) return a ^ b;
    if (a >= 0 && b >= 0) return join((a / TWO32) ^ (b / TWO32), (a ^ b) >>> 0);
  }
  return canonical(BigInt(a) ^ BigInt(b));
}

const TWO32 = 2 ** 32;
function join(high: number, low: number): number {
  return high * TWO32 + low;
}

/** The number of bits of the absolute value. */
export function bitLength(a: Int): number {
  if (typeof a === "number") {
    const x = Math.abs(a);
    return x < TWO32 ? 32 - Math.clz32(x) : 64 - Math.clz32(x / TWO32);
  }
  return bitLengthBig(a < 0n ? -a : a);
}

/** Bits of a BigInt that is not negative. */
export function bitLengthBig(a: bigint): number {
  if (BigInt.asUintN(64, a) === a) {
    const high = Number(a >> 32n);
    return high === 0 ? 32 - Math.clz32(Number(a)) : 64 - Math.clz32(high);
  }
  const text = a.toString(16);
  return text.length * 4 - (Math.clz32(Number.parseInt(text[0], 16)) - 28);
}

/** The number of ones in the absolute value. */
export function bitCount(a: Int): number {
  if (typeof a === "number") {
    const x = Math.abs(a);
    return ones(x | 0) + ones((x / TWO32) | 0);
  }
  const text = (a < 0n ? -a : a).toString(16);
  let count = 0;
  for (let i = 0; i < text.length; i += 8) count += ones(Number.parseInt(text.slice(i, i + 8), 16) | 0);
  return count;
}

function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The number of trailing zero bits of a BigInt that is not zero. */
export function trailingZeros(a: bigint): number {
  let count = 0;
  let x = a;
  while (BigInt.asUintN(64, x) === 0n) {
    // Skip quickly over long runs of zeros: double the step while it fits.
    let step = 64n;
    while (BigInt.asUintN(Number(step * 2n), x) === 0n) step *= 2n;
    x >>= step;
    count += Number(step);
  }
  const low = BigInt.asUintN(64, x);
  const word = Number(low & 0xffffffffn) | 0;
  if (word !== 0) return count + 31 - Math.clz32(word & -word);
  const high = Number(low >> 32n) | 0;
  return count + 63 - Math.clz32(high & -high);
}
