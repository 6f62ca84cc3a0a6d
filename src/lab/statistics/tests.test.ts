import assert from "node:assert/strict";
import { test } from "node:test";
import { geometricMean, median, rankSum, reliability, signedRank, welch } from "./tests.ts";

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-4, `${actual}, not ${expected}`);

test("means", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  near(geometricMean([2, 0.5]), 1);
});
test("Welch's test: values of the textbooks", () => {
  near(welch([1, 2, 3, 4, 5], [2, 3, 4, 5, 6]), 0.346594);
  near(welch([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), 1);
  assert.ok(welch([1, 1.01, 0.99], [2, 2.01, 1.99]) < 1e-4);
  assert.equal(welch([1], [2]), 1, "one value tells nothing");
  assert.equal(welch([1, 1], [2, 2]), 0);
});
test("rank sums", () => {
  near(rankSum([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]), 0.012186);
  near(rankSum([1, 3, 5], [2, 4, 6]), 0.6625);
  assert.equal(rankSum([1, 1], [1, 1]), 1);
});
test("signed ranks are exact for few", () => {
  assert.equal(signedRank([1, 2, 3, 4, 5]), 1 / 32);
  assert.equal(signedRank([-1, -2, -3, -4, -5]), 1);
  assert.equal(signedRank([-1, 2, 3]), 2 / 8);
  assert.equal(signedRank([0, 0]), 1);
  const many = Array.from({ length: 40 }, (_, i) => i + 1);
  assert.ok(signedRank(many) < 1e-7 && signedRank(many.map((v) => -v)) > 0.999);
});
test("reliability grows with the benchmarks that agree", () => {
  const a = [10, 10.1, 10.2, 9.9, 9.8, 10.05];
  const b = a.map((v, i) => v / (1.2 + i / 1000));
  const noise = { a, b: [...a].reverse() };
  assert.equal(reliability([noise]), 0);
  const few = reliability([
    { a, b },
    { a, b: b.map((v) => v * 0.9) },
  ]);
  const more = reliability([0.9, 0.8, 0.7, 0.6, 0.5, 0.4].map((f) => ({ a, b: b.map((v) => v * f) })));
  assert.ok(few > 0.5 && more > few && more > 0.97);
});
