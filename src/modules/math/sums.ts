/** Sums and norms without rounding on the way: fsum, sumprod, hypot, dist. */
import { NumericError } from "../../objects/numeric/numeric-error.ts";
import { addDD, LO, powerOfTwo, productError, sqrtDD } from "../../objects/numeric/elementary/double-double.ts";
import { frexp } from "../../objects/numeric/int-float.ts";

/** An exact sum of doubles as non-overlapping partials (Shewchuk, 1997). */
export class ExactSum {
  private readonly partials: number[] = [];
  private special = 0;
  private infinities = 0;

  add(x: number): void {
    const { partials } = this;
    let count = 0;
    let rest = x;
    for (let i = 0; i < partials.length; i++) {
      let y = partials[i];
      if (Math.abs(rest) < Math.abs(y)) [rest, y] = [y, rest];
      const hi = rest + y;
      const lo = y - (hi - rest);
      if (lo !== 0) partials[count++] = lo;
      rest = hi;
    }
    partials.length = count;
    if (rest === 0) return;
    if (rest - rest === 0) {
      partials.push(rest);
      return;
    }
    if (x - x === 0) throw new NumericError("OverflowError", "intermediate overflow in fsum");
    if (x === Infinity || x === -Infinity) this.infinities += x;
    this.special += x;
    partials.length = 0;
  }

  /** The sum, rounded once, half to even. */
  total(): number {
    if (this.special !== 0) {
      if (this.infinities !== this.infinities) throw new NumericError("ValueError", "-inf + inf in fsum");
      return this.special;
    }
    const { partials } = this;
    let n = partials.length;
    if (n === 0) return 0;
    let hi = partials[--n];
    let lo = 0;
    while (n > 0) {
      const x = hi;
      const y = partials[--n];
      hi = x + y;
      lo = y - (hi - x);
      if (lo !== 0) break;
    }
    // Exactly half-way so far: the next partial decides the direction.
    if (n > 0 && ((lo < 0 && partials[n - 1] < 0) || (lo > 0 && partials[n - 1] > 0))) {
      const y = lo * 2;
      const x = hi + y;
      if (y === x - hi) hi = x;
    }
    return hi;
  }
}

/** The product as two terms of an exact sum; false where the product is not finite or loses bits. */
export function exactProduct(sum: ExactSum, a: number, b: number): boolean {
  const p = a * b;
  if (!(p - p === 0)) return false;
  sum.add(p);
  if (p === 0 || Math.abs(p) < 2 ** -960) return true;
  // Near the largest double the parts of which the error is made would overflow.
  const scale = Math.max(Math.abs(a), Math.abs(b), Math.abs(p)) > 2 ** 900 ? 2 ** -200 : 1;
  const [larger, smaller] = Math.abs(a) > Math.abs(b) ? [a, b] : [b, a];
  const e = productError(larger * scale, smaller, p * scale) / scale;
  if (e !== 0) sum.add(e);
  return true;
}

/** The Euclidean norm of `values`, rounded once. */
export function vectorNorm(values: readonly number[]): number {
  let max = 0;
  let sawNaN = false;
  for (const value of values) {
    const x = Math.abs(value);
    if (x === Infinity) return Infinity;
    if (x !== x) sawNaN = true;
    else if (x > max) max = x;
  }
  if (sawNaN) return Number.NaN;
  if (max === 0 || values.length === 1) return max;
  const [, exponent] = frexp(max);
  // Scaled by a power of two so that the largest lies in [½, 1).
  const up = powerOfTwo(Math.max(-1000, Math.min(1000, -exponent)));
  const more = exponent < -1000 ? powerOfTwo(-exponent - 1000) : exponent > 1000 ? powerOfTwo(1000 - exponent) : 1;
  let hi = 0;
  let lo = 0;
  for (const value of values) {
    const x = value * up * more;
    const p = x * x;
    hi = addDD(hi, lo, p, p < 2 ** -900 ? 0 : productError(x, x, p));
    lo = LO[0];
  }
  const root = sqrtDD(hi, lo);
  return root / more / up;
}
