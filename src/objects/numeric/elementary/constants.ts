/**
 * Constants and tables of the elementary functions, computed with BigInts to 200 bits when first asked for: a few
 * milliseconds once, instead of pages of digits in the source.
 */
const BITS = 200n;
const ONE = 1n << BITS;

/** The double nearest to `x`/2**200. */
export function toDouble(x: bigint): number {
  const negative = x < 0n;
  const magnitude = negative ? -x : x;
  const length = magnitude.toString(2).length;
  const drop = BigInt(Math.max(0, length - 64));
  // 64 bits with the rest as sticky bit: Number() then rounds correctly.
  let top = magnitude >> drop;
  if (drop > 0n && top << drop !== magnitude) top |= 1n;
  const value = Number(top) * 2 ** (Number(drop) - 200);
  return negative ? -value : value;
}

/** `x` as hi + lo, written to `table` at `index` and `index + 1`. */
function store(table: Float64Array, index: number, x: bigint): void {
  const hi = toDouble(x);
  table[index] = hi;
  table[index + 1] = toDouble(x - fromDouble(hi));
}

function fromDouble(x: number): bigint {
  // Two exact halves, since BigInt() wants integers.
  const high = Math.trunc(x * 2 ** 60);
  const low = (x * 2 ** 60 - high) * 2 ** 60;
  return (BigInt(high) << 140n) + (BigInt(Math.trunc(low)) << 80n);
}

/** atan(1/n) or, `alternating` false, atanh(1/n). */
/* @__NO_SIDE_EFFECTS__ */
function inverseSeries(n: bigint, alternating: boolean): bigint {
  const square = n * n;
  let power = ONE / n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    const term = power / k;
    sum += alternating && (k & 2n) !== 0n ? -term : term;
    power /= square;
  }
  return sum;
}

export const LN2_FIXED = 2n * inverseSeries(3n, false);
/** Machin. */
export const PI_FIXED = 16n * inverseSeries(5n, true) - 4n * inverseSeries(239n, true);

/** `x` in parts: each but the last with `bits` significant bits, so that products with small integers are exact. */
/* @__NO_SIDE_EFFECTS__ */
export function splitFixed(x: bigint, bits: number, parts: number): number[] {
  const result: number[] = [];
  let rest = x;
  for (let i = 1; i < parts; i++) {
    const magnitude = rest < 0n ? -rest : rest;
    const drop = BigInt(Math.max(0, magnitude.toString(2).length - bits));
    const kept = (rest >> drop) << drop;
    result.push(toDouble(kept));
    rest -= kept;
  }
  result.push(toDouble(rest));
  return result;
}

/* @__NO_SIDE_EFFECTS__ */
export function pairOf(x: bigint): [hi: number, lo: number] {
  const table = new Float64Array(2);
  store(table, 0, x);
  return [table[0], table[1]];
}

function sqrtFixed(x: bigint): bigint {
  const target = x << BITS;
  let root = BigInt(Math.floor(Math.sqrt(Number(x >> 100n)) * 2 ** 50)) << 100n;
  for (let i = 0; i < 8; i++) root = (root + target / root) >> 1n;
  return root;
}

/** 2**(j/128) as pairs, j = 0…127. */
export function makeExpTable(): Float64Array {
  const table = new Float64Array(256);
  let step = 2n << BITS;
  for (let i = 0; i < 7; i++) step = sqrtFixed(step);
  let value = ONE;
  for (let j = 0; j < 128; j++) {
    store(table, 2 * j, value);
    value = (value * step) >> BITS;
  }
  return table;
}

/** Where mantissas are halved so that they lie around 1: the index of √2. */
export const LOG_FOLD = 106;

/** For each of 256 mantissa intervals: 1/c with 10 bits, and −log(1/c) as a pair: three numbers an entry. */
export function makeLogTable(): Float64Array {
  const logs = new Map<number, bigint>();
  // log(n/1024) downwards from n = 1024, and upwards.
  let log = 0n;
  logs.set(1024, 0n);
  for (let n = 1024; n > 700; n--) {
    log -= 2n * inverseSeries(BigInt(2 * n - 1), false);
    logs.set(n - 1, log);
  }
  log = 0n;
  for (let n = 1024; n < 1460; n++) {
    log += 2n * inverseSeries(BigInt(2 * n + 1), false);
    logs.set(n + 1, log);
  }
  const table = new Float64Array(256 * 3);
  for (let j = 0; j < 256; j++) {
    const scale = j >= LOG_FOLD ? 0.5 : 1;
    const center = (1 + (j + 0.5) / 256) * scale;
    const inverse = j === 0 || j === 255 ? 1024 : Math.round(1024 / center);
    table[3 * j] = inverse / 1024;
    store(table, 3 * j + 1, -(logs.get(inverse) as bigint));
  }
  return table;
}

/** sin and cos of j/256 as pairs, four numbers an entry, j = 0…202. */
export function makeTrigTable(): Float64Array {
  const table = new Float64Array(203 * 4);
  const x = ONE >> 8n;
  const square = (x * x) >> BITS;
  let [sinStep, cosStep] = [0n, 0n];
  let term = ONE;
  for (let k = 0n; term !== 0n; k += 2n) {
    const odd = (term * x) >> BITS;
    const positive = (k & 2n) === 0n;
    cosStep += positive ? term : -term;
    sinStep += (positive ? odd : -odd) / (k + 1n);
    // term is x**k / k!; the sine's terms are x**(k+1) / (k+1)!.
    term = ((term * square) >> BITS) / ((k + 1n) * (k + 2n));
  }
  let [s, c] = [0n, ONE];
  for (let j = 0; j < 203; j++) {
    store(table, 4 * j, s);
    store(table, 4 * j + 2, c);
    [s, c] = [(s * cosStep + c * sinStep) >> BITS, (c * cosStep - s * sinStep) >> BITS];
  }
  return table;
}

/** atan(j/128) as pairs, j = 0…128. */
export function makeAtanTable(): Float64Array {
  const table = new Float64Array(129 * 2);
  let angle = 0n;
  for (let j = 0; j < 128; j++) {
    store(table, 2 * j, angle);
    // atan(b) − atan(a) = atan((b − a) / (1 + ab)), here with numerator 128 over 128² + j(j + 1).
    angle += atanFraction(128n, BigInt(128 * 128 + j * (j + 1)));
  }
  store(table, 256, angle);
  return table;
}

function atanFraction(n: bigint, d: bigint): bigint {
  let power = (n << BITS) / d;
  const square = [n * n, d * d] as const;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    const term = power / k;
    sum += (k & 2n) !== 0n ? -term : term;
    power = (power * square[0]) / square[1];
  }
  return sum;
}
