/** Whole-number functions: factorial, binomial coefficients, permutations. */
import { canonical, type Int } from "../../objects/numeric/int-math.ts";
import { memoryError, overflow, valueError } from "../../objects/numeric/numeric-error.ts";

const SIZE_MAX = 9223372036854775807n;

/** from · (from + 1) … to, halved so that V8's fast multiplication does the work. */
function productOf(from: bigint, to: bigint): bigint {
  if (from > to) return 1n;
  if (to - from < 16n) {
    let result = from;
    for (let k = from + 1n; k <= to; k++) result *= k;
    return result;
  }
  const middle = (from + to) / 2n;
  return productOf(from, middle) * productOf(middle + 1n, to);
}

const SMALL = smallFactorials();

/* @__NO_SIDE_EFFECTS__ */
function smallFactorials(): number[] {
  const factorials = [1];
  for (let n = 1; n <= 18; n++) factorials.push(factorials[n - 1] * n);
  return factorials;
}

export function factorial(n: Int): Int {
  if (n < 0) valueError("factorial() not defined for negative values");
  if (n > SIZE_MAX) overflow("factorial() argument should not exceed 9223372036854775807");
  if (n <= 18) return SMALL[n as number];
  return big(() => productOf(1n, BigInt(n)));
}

/** Sizes that V8 refuses are memory errors. */
function big(compute: () => bigint): Int {
  try {
    return canonical(compute());
  } catch (error) {
    if (error instanceof RangeError) memoryError();
    throw error;
  }
}

export function comb(n: Int, k: Int): Int {
  if (n < 0) valueError("n must be a non-negative integer");
  if (k < 0) valueError("k must be a non-negative integer");
  if (k > n) return 0;
  const total = BigInt(n);
  const other = total - BigInt(k);
  const chosen = other < BigInt(k) ? other : BigInt(k);
  if (chosen > SIZE_MAX) overflow("min(n - k, k) must not exceed 9223372036854775807");
  return big(() => binomial(total, chosen));
}

/** C(n, k) = C(n, j) · C(n − j, k − j) / C(k, j). */
function binomial(n: bigint, k: bigint): bigint {
  if (k < 32n) {
    let result = 1n;
    for (let i = 0n; i < k; i++) result = (result * (n - i)) / (i + 1n);
    return result;
  }
  return productOf(n - k + 1n, n) / productOf(1n, k);
}

/** `k` null: n!. */
export function perm(n: Int, k: Int | null): Int {
  if (k === null) return factorial(n);
  if (n < 0) valueError("n must be a non-negative integer");
  if (k < 0) valueError("k must be a non-negative integer");
  if (k > n) return 0;
  if (k > SIZE_MAX) overflow("k must not exceed 9223372036854775807");
  return big(() => productOf(BigInt(n) - BigInt(k) + 1n, BigInt(n)));
}
