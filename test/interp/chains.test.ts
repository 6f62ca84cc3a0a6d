/**
 * Generators and coroutines that delegate to each other (`objects/generator/chain.ts`): `chains.py` looks at them from all sides, `chains.txt` is what
 * CPython 3.14 prints.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PyGenerator } from "../../src/objects/generator.ts";
import { WAYS, options, run } from "../jit/run.ts";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
const source = read("chains.py");
const expected = read("chains.txt");

for (const [how, xOptions] of WAYS) {
  test(`generators that delegate to each other: ${how}`, options, () => assert.equal(run(source, xOptions), expected));
}

test("a value comes from the innermost generator directly, and goes there", options, () => {
  const links: number[] = [];
  const text =
    "def g(n):\n  if n: yield from g(n - 1)\n  else:\n    for i in range(100): yield i\ngen = g(10)\nfor i in gen:\n  if i == 50: look(gen)";
  assert.equal(run(`look = print\n${text}`, {}).startsWith("<generator"), true);
  const { getIdentity } = PyGenerator.prototype;
  PyGenerator.prototype.getIdentity = function (this: PyGenerator) {
    links.push(this.links);
    return getIdentity.call(this);
  };
  try {
    run(`look = id\n${text}`, {});
  } finally {
    PyGenerator.prototype.getIdentity = getIdentity;
  }
  assert.deepEqual(links, [10]);
});
