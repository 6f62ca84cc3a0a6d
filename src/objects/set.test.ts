import assert from "node:assert/strict";
import { test } from "node:test";
import "../api/builtin-types.ts";
import type { Value } from "./core.ts";
import { Runtime, enter } from "./runtime.ts";
import { newSet } from "./set.ts";

enter(new Runtime());

test("small ints come in CPython's order", () => {
  const set = newSet();
  for (const value of [3, 1, 2, 100, -1, 33, 8, 16]) set.add(value);
  assert.deepEqual(set.values(), [1, 2, 3, 100, 33, 8, 16, -1]);
});

for (const [name, element] of [
  ["strings", (n: number): Value => `e${n}`],
  ["ints", (n: number): Value => n * 64],
  ["a mixture", (n: number): Value => (n % 2 === 0 ? n : `e${n}`)],
] as const) {
  test(`a set of ${name} behaves as a set`, () => {
    const set = newSet();
    const model = new Set<Value>();
    let seed = 7;
    for (let i = 0; i < 20_000; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      const value = element((seed >>> 10) % 500);
      const action = (seed >>> 4) % 8;
      if (action < 4) {
        set.add(value);
        model.add(value);
      } else if (action < 6) assert.equal(set.discard(value), model.delete(value));
      else if (action === 6) assert.equal(set.has(value), model.has(value));
      else {
        const popped = set.pop();
        assert.equal(model.delete(popped as Value), popped !== undefined);
      }
      assert.equal(set.size, model.size);
    }
    assert.deepEqual(new Set(set.values()), model);
    const copy = newSet();
    copy.update(set);
    assert.deepEqual(new Set(copy.values()), model);
  });
}
