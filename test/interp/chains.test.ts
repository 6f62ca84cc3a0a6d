/**
 * Generators and coroutines that delegate to each other (`objects/generator/chain.ts`): how they are linked. What they do is tested in
 * `programs.test.ts`.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PyGenerator } from "../../src/objects/generator.ts";
import { options, run } from "../jit/run.ts";

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
