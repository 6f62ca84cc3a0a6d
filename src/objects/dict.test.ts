import assert from "node:assert/strict";
import { test } from "node:test";
import "../api/builtin-types.ts";
import type { Value } from "./core.ts";
import { type PyDict, dictFromEntries, newDict } from "./dict.ts";
import { Runtime, enter } from "./runtime.ts";

enter(new Runtime());

/** A generator of pseudo-random numbers below a limit. */
function randomSource(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % limit;
  };
}

function checkAgainst(dict: PyDict, model: Map<Value, Value>): void {
  assert.equal(dict.size, model.size);
  assert.deepEqual(dict.items(), Array.from(model));
  assert.deepEqual(dict.keys(), Array.from(model.keys()));
  assert.deepEqual(dict.values(), Array.from(model.values()));
  const backward: Value[] = [];
  for (let i = dict.previous(dict.positions()); i >= 0; i = dict.previous(i)) backward.push(dict.keyAt(i));
  assert.deepEqual(backward.reverse(), dict.keys());
}

const kinds: [string, (n: number) => Value][] = [
  ["strings", (n) => `k${n}`],
  ["ints", (n) => n * 1024 - 50],
  ["a mixture", (n) => (n % 3 === 0 ? `k${n}` : n)],
];
for (const [name, key] of kinds) {
  for (const range of [6, 40, 3000]) {
    test(`dict of up to ${range} ${name} behaves as an ordered map`, () => {
      const random = randomSource(range);
      const dict = newDict();
      const model = new Map<Value, Value>();
      for (let i = 0; i < 6000; i++) {
        const k = key(random(range));
        const action = random(12);
        if (action < 6) {
          dict.set(k, i);
          model.set(k, i);
        } else if (action < 8) assert.equal(dict.delete(k), model.delete(k));
        else if (action === 8) {
          assert.equal(dict.pop(k), model.get(k));
          model.delete(k);
        } else if (action === 9) {
          const moved = model.has(k);
          const toEnd = random(2) === 0;
          assert.equal(dict.moveToEnd(k, toEnd), moved);
          if (moved) {
            const value = model.get(k) as Value;
            model.delete(k);
            const rest = Array.from(model);
            if (!toEnd) model.clear();
            model.set(k, value);
            if (!toEnd) for (const [other, v] of rest) model.set(other, v);
          }
        } else if (action === 10) {
          const last = Array.from(model).pop();
          assert.deepEqual(dict.popItem(), last);
          if (last !== undefined) model.delete(last[0]);
        } else assert.equal(dict.get(k), model.get(k));
        if (i % 500 === 0) checkAgainst(dict, model);
      }
      checkAgainst(dict, model);
      checkAgainst(dict.copy(), model);
    });
  }
}

test("shared keys are copied before they change", () => {
  const names = ["a", "b"];
  const one = dictFromEntries(names, [1, 2]);
  const two = dictFromEntries(names, [3, 4]);
  one.set("c", 5);
  two.delete("a");
  assert.deepEqual(names, ["a", "b"]);
  assert.deepEqual(one.keys(), ["a", "b", "c"]);
  assert.deepEqual(two.items(), [["b", 4]]);
});

test("a cell follows its key, and goes dead when the key or the kind goes", () => {
  const dict = newDict();
  dict.setStr("x", 1);
  const cell = dict.cell("x");
  dict.setStr("x", 2);
  assert.equal(cell?.value, 2);
  const version = dict.keysVersion;
  dict.set(7, 7);
  assert.notEqual(dict.keysVersion, version);
  assert.equal(cell?.value, undefined);
  assert.equal(dict.getStr("x"), 2);
});

test("numbers that are equal are one key", () => {
  const dict = newDict();
  dict.set(1, "one");
  dict.set(true, "true");
  assert.deepEqual(dict.items(), [[1, "true"]]);
});
