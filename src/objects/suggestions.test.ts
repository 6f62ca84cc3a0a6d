import assert from "node:assert/strict";
import { test } from "node:test";
import { editDistance, nearest } from "./suggestions.ts";

test("the distance weighs moves and case as CPython does", () => {
  assert.equal(editDistance("a", "A", 20), 1);
  assert.equal(editDistance("Ab", "bA", 20), 4);
  assert.equal(editDistance("ABA", "AAB", 20), 4);
  assert.equal(editDistance("spam", "park", 20), 6);
  assert.equal(editDistance("python", "pytohn", 20), 4);
  assert.equal(editDistance("index", "wrong", 3) > 3, true);
});
test("only near names are suggested", () => {
  assert.equal(nearest(["bluch", "eggs"], "blech"), "bluch");
  assert.equal(nearest(["somethingelse"], "x"), undefined);
  assert.equal(nearest(["same"], "same"), undefined);
});
