import assert from "node:assert/strict";
import { test } from "node:test";
import { type Shape, missingIn } from "./shape.ts";

const TREE: Shape = { fields: { name: "text", below: { list: { later: () => TREE } } } };

test("the first thing that is missing is named by its place", () => {
  assert.equal(missingIn({ name: "a", below: [{ name: "b", below: [] }] }, TREE), null);
  assert.equal(missingIn({ name: "a", below: [{ name: "b" }] }, TREE), "below[0].below");
  assert.equal(missingIn({ name: 1, below: [] }, TREE), "name");
  assert.equal(missingIn(null, TREE), "all");
  assert.equal(missingIn([], TREE), "all");
});
test("lists whose places are of different kinds", () => {
  const pairs: Shape = { list: { tuple: ["text", "number"] } };
  assert.equal(missingIn([["a", 1]], pairs), null);
  assert.equal(missingIn([["a", 1], ["b"]], pairs), "[1][1]");
  assert.equal(missingIn([{}], pairs), "[0]");
});
test("numbers by name, what may be null, and what may be anything", () => {
  const shape: Shape = { fields: { counts: "tally", jit: { orNull: "flag" }, data: "any" } };
  assert.equal(missingIn({ counts: { a: 1 }, jit: null, data: null }, shape), null);
  assert.equal(missingIn({ counts: { a: 1 }, jit: true, data: 0, more: 1 }, shape), null);
  assert.equal(missingIn({ counts: { a: "1" }, jit: null, data: 0 }, shape), "counts.a");
  assert.equal(missingIn({ counts: {}, jit: 0, data: 0 }, shape), "jit");
  assert.equal(missingIn({ counts: {}, jit: null }, shape), "data");
});
