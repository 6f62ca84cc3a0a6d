import assert from "node:assert/strict";
import { test } from "node:test";
import { warmupOf } from "./warmup.ts";

const steady = (n: number): number[] => Array.from({ length: n }, (_, i) => 1 + (i % 3) * 0.005);

test("slow runs at the beginning are warm-up, and the first always is", () => {
  assert.deepEqual(warmupOf([9, 5, 3, 2, ...steady(20)]), { length: 4, isSteady: true });
  assert.deepEqual(warmupOf(steady(20)), { length: 1, isSteady: true });
});
test("a single outlier is no warm-up", () => {
  const times = steady(40);
  times[10] = 4;
  assert.equal(warmupOf(times).length, 1);
});
test("runs that are quicker at first are warm-up too", () => {
  assert.equal(warmupOf([0.5, 0.5, 0.5, 0.5, ...steady(20)]).length, 4);
});
test("a series that still falls at its end is not steady", () => {
  assert.equal(warmupOf(Array.from({ length: 40 }, (_, i) => 100 - 2 * i)).isSteady, false);
});
test("too few runs say nothing", () => {
  assert.deepEqual(warmupOf([3]), { length: 0, isSteady: false });
  assert.deepEqual(warmupOf([3, 2]), { length: 1, isSteady: false });
});
