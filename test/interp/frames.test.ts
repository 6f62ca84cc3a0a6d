/** What keeps the arrays of frames young while programs run (`PyFrame.renewArray`). */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../src/api/index.ts";
import { libraryFiles } from "../../src/host/node/library.ts";
import { PyFrame } from "../../src/objects/frame.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

/** Names of the functions whose frames got a new array. */
function renewed(source: string): string[] {
  const names: string[] = [];
  const { renewArray } = PyFrame.prototype;
  PyFrame.prototype.renewArray = function (this: PyFrame) {
    names.push(this.code.name);
    renewArray.call(this);
  };
  try {
    new Python({ library: libraryFiles(dist), settings: { noSite: true } }).run(source);
  } finally {
    PyFrame.prototype.renewArray = renewArray;
  }
  return names;
}

test("a frame in which a loop runs for long gets a new array, and keeps its values", options, () => {
  const source =
    "def turns(n):\n  s = 'x'\n  for i in range(n): s = s[:1]\n  return s, i\nassert turns(50000) == ('x', 49999)";
  assert.ok(renewed(source).includes("turns"));
});

test("so do the frames of a function that is called often", options, () => {
  const source = "def f(a): return a\nx = [f(i) for i in range(2000)]\nassert x[-1] == 1999";
  assert.ok(renewed(source).filter((name) => name === "f").length >= 3);
});
