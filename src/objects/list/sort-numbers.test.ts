import assert from "node:assert/strict";
import { test } from "node:test";
import { sortNumbers } from "./sort-numbers.ts";

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
      const expected = Array.from(Float64Array.from(items).sort());
      sortNumbers(items);
      assert.deepEqual(
        items.map((x) => x + 0),
        expected.map((x) => x + 0),
      );
    }
  }
});
