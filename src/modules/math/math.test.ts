import assert from "node:assert/strict";
import { test } from "node:test";
import { comb, factorial, perm } from "./integers.ts";
import { erf, erfc, gamma, lgamma } from "./libm.ts";
import { fma, ldexp, nextAfter, remainder, ulp } from "./neighbours.ts";
import { exactProduct, ExactSum, vectorNorm } from "./sums.ts";

test("special functions are correctly rounded", () => {
  assert.strictEqual(gamma(0.5), 1.772453850905516);
  assert.strictEqual(gamma(171), 7.257415615307999e306);
  assert.strictEqual(gamma(171.7), Infinity);
  assert.ok(Object.is(gamma(-178.5), -0));
  assert.strictEqual(lgamma(0.5), 0.5723649429247001);
  assert.strictEqual(lgamma(1e10), 220258509288.81058);
  assert.strictEqual(erf(0.5), 0.5204998778130465);
  assert.strictEqual(erfc(10), 2.088487583762545e-45);
});

test("sums and norms lose nothing on the way", () => {
  const sum = new ExactSum();
  for (const x of [1e100, 1, -1e100, 1e-50, 2 ** -53, -1]) sum.add(x);
  assert.strictEqual(sum.total(), 2 ** -53);
  assert.strictEqual(vectorNorm([3e-320, 4e-320]), 5e-320);
  assert.strictEqual(vectorNorm([1e308, 1e308, -1e308, 1e307]), 1.7349351572897473e308);
  assert.strictEqual(vectorNorm([Number.NaN, -Infinity]), Infinity);
});

/** `math.sumprod` of these, as CPython gives it. */
function sumOfProducts(...pairs: [number, number][]): number {
  const sum = new ExactSum();
  for (const [a, b] of pairs) assert.ok(exactProduct(sum, a, b));
  return sum.total();
}
test("products near the largest double lose nothing either", () => {
  const root = 1.3407807929942596e154;
  assert.strictEqual(sumOfProducts([Number.MAX_VALUE, 1], [root, -root]), 1.9958403095347196e292);
  assert.strictEqual(sumOfProducts([1.1 * 2 ** 1000, 1.3], [2 ** 1000, -1.43]), 2.426811594635742e285);
});

test("neighbours", () => {
  assert.strictEqual(nextAfter(1, 2, 3), 1 + 3 * 2 ** -52);
  assert.strictEqual(nextAfter(-5e-324, 5e-324, 2), 5e-324);
  assert.ok(Object.is(nextAfter(-5e-324, 1, 1), -0));
  assert.strictEqual(ulp(1.7976931348623157e308), 2 ** 971);
  assert.strictEqual(ldexp(0.75, -1074), 5e-324);
  assert.strictEqual(ldexp(0.5, -1074), 0);
  assert.strictEqual(remainder(5, 2), 1);
  assert.strictEqual(remainder(7, 2), -1);
  assert.strictEqual(fma(0.1, 10, -1), 2 ** -54);
  assert.strictEqual(fma(2 ** 600, 2 ** 600, -Infinity), -Infinity);
});

test("whole numbers", () => {
  assert.strictEqual(factorial(25), 15511210043330985984000000n);
  assert.strictEqual(comb(100, 50), 100891344545564193334812497256n);
  assert.strictEqual(comb(10n ** 20n, 2), (10n ** 20n * (10n ** 20n - 1n)) / 2n);
  assert.strictEqual(perm(20, 3), 6840);
  assert.strictEqual(perm(3, 4), 0);
});
