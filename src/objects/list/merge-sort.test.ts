import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeSort } from "./merge-sort.ts";

function* sequences(): Generator<number[]> {
  let seed = 12345;
  const random = (limit: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % limit;
  };
  for (const n of [0, 1, 2, 3, 23, 24, 25, 64, 65, 100, 1000, 3001]) {
    const up = Array.from({ length: n }, (_, i) => i);
    yield up;
    yield up.slice().reverse();
    yield up.map(() => random(1_000_000));
    yield up.map(() => random(4));
    yield up.map((i) => (i % 50 < 25 ? i : n - i));
    yield up.concat(up.map(() => random(n + 1)));
  }
}

test("sorts stably whatever order is there already", () => {
  for (const keys of sequences()) {
    const items = keys.map((key, place) => ({ key, place }));
    mergeSort(items, (a, b) => a.key < b.key);
    for (let i = 1; i < items.length; i++) {
      const [a, b] = [items[i - 1], items[i]];
      assert.ok(a.key < b.key || (a.key === b.key && a.place < b.place));
    }
    assert.equal(new Set(items.map(({ place }) => place)).size, keys.length);
  }
});

test("needs one comparison an item where there is order", () => {
  for (const items of [Array.from({ length: 5000 }, (_, i) => i), Array.from({ length: 5000 }, (_, i) => -i)]) {
    let comparisons = 0;
    mergeSort(items, (a, b) => {
      comparisons++;
      return a < b;
    });
    assert.equal(comparisons, 4999);
  }
});

test("an exception ends the sort", () => {
  const items = Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
  let left = 150;
  assert.throws(
    () =>
      mergeSort(items, (a, b) => {
        if (left-- === 0) throw new Error("enough");
        return a < b;
      }),
    /enough/,
  );
});
