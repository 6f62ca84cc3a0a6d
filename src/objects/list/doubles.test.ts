import assert from "node:assert/strict";
import { test } from "node:test";
import type { Value } from "../core.ts";
import { PyFloat, newFloat } from "../float.ts";
import { type PyList, listOf, newEmptyList, newFloatList } from "../list.ts";
import { doublesOf, repeatDoubles } from "./doubles.ts";

const floats = (...numbers: number[]): Value[] => numbers.map(newFloat);
const shown = (values: readonly Value[]): unknown[] => values.map((v) => (v instanceof PyFloat ? `${v.value}f` : v));
const filled = (...values: Value[]): PyList => {
  const list = newEmptyList();
  for (const value of values) list.push(value);
  return list;
};

test("a list that only floats were put into keeps raw doubles", () => {
  const list = filled(...floats(1, 2.5, -0));
  assert.equal(list.isFloat, true);
  assert.deepEqual(list.storage, [1, 2.5, -0]);
  assert.ok(Object.is((list.at(2) as PyFloat).value, -0));
  list.set(0, newFloat(7));
  list.insert(1, newFloat(9));
  assert.deepEqual(list.storage, [7, 9, 2.5, -0]);
  assert.deepEqual(shown(list.values()), ["7f", "9f", "2.5f", "0f"]);
  assert.equal(list.isFloat, true);
});

test("anything else makes it an ordinary list, and it stays one", () => {
  const changes: ((list: PyList) => void)[] = [
    (list) => list.push(3),
    (list) => list.push(newFloat(Number.NaN)),
    (list) => list.set(0, null),
    (list) => list.insert(1, "x"),
    (list) => list.extend([newFloat(1), true]),
  ];
  for (const change of changes) {
    const list = filled(...floats(1, 2));
    change(list);
    assert.equal(list.isFloat, false);
    assert.ok(list.items.some((v) => v instanceof PyFloat && v.value === 2));
    list.push(newFloat(4));
    assert.equal(list.isFloat, false);
  }
});

test("who holds the items of a list sees what is put into it afterwards", () => {
  for (const list of [newEmptyList(), filled(...floats(1, 2))]) {
    const { items } = list;
    list.push(newFloat(5));
    list.extend(floats(6));
    assert.equal(list.items, items);
    assert.deepEqual(shown(items).slice(-2), ["5f", "6f"]);
  }
});

test("a list that is emptied may keep doubles again", () => {
  const list = filled("x");
  list.reset();
  list.extend(floats(1, 2));
  assert.deepEqual([list.isFloat, list.storage], [true, [1, 2]]);
});

test("extending by doubles keeps neither array", () => {
  const more = [1.5, 2.5];
  const list = newEmptyList();
  list.extendDoubles(more);
  list.extendDoubles(list.doubles);
  assert.deepEqual(
    [list.storage, more],
    [
      [1.5, 2.5, 1.5, 2.5],
      [1.5, 2.5],
    ],
  );
});

test("displays: floats alone are kept raw", () => {
  const stack = ["below", ...floats(1, 2), 3];
  assert.deepEqual(listOf(stack, 1, 3).storage, [1, 2]);
  assert.equal(listOf(stack, 1, 4).isFloat, false);
  assert.equal(listOf(stack, 2, 2).length, 0);
  assert.equal(doublesOf(floats(1, Number.NaN)), null);
});

test("repetition", () => {
  for (const count of [1, 2, 3, 7, 8]) {
    const expected = Array.from({ length: count }, () => [0.5, 1, 2]).flat();
    assert.deepEqual(newFloatList(repeatDoubles([0.5, 1, 2], count)).storage, expected);
  }
});
