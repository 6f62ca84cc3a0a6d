import assert from "node:assert/strict";
import { test } from "node:test";
import { sortedDoubles, sortedInts } from "./sort-numbers.ts";

test("sorts arrays of every shape as a typed array does", () => {
  let seed = 5;
  for (const n of [0, 1, 2, 15, 16, 17, 32, 33, 100, 1000, 4097]) {
    const random = Array.from({ length: n }, () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return (seed >>> 5) - 60_000_000;
    });
    for (const items of [
      random,
      random.slice().sort((a, b) => b - a),
      random.map((x) => x % 3),
      random.map((_, i) => i),
    ]) {
      const expected = Array.from(Float64Array.from(items).sort(), (x) => x + 0);
      assert.deepEqual(sortedInts(items), expected);
      const halves = items.map((x) => x + 0.5);
      const ascending = expected.map((x) => x + 0.5);
      assert.deepEqual(sortedDoubles(halves, false), ascending);
      assert.deepEqual(sortedDoubles(halves, true), ascending.reverse());
    }
  }
});

test("ints beyond 32 bits, zeros of both signs", () => {
  assert.deepEqual(sortedInts([2 ** 40, -3, 2 ** 31]), [-3, 2 ** 31, 2 ** 40]);
  assert.deepEqual(sortedInts([]), []);
  assert.deepEqual(sortedDoubles([0, -0, -1, 0], false), [-1, 0, -0, 0]);
  assert.deepEqual(sortedDoubles([0, -0, -1, 0], true), [0, -0, 0, -1]);
});
