/** Large ints that nobody uses (`jit/translate/rules/large-ints.ts`). Their values are tested in `programs.test.ts`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run } from "../jit/run.ts";

test("a product that is cut to 32 bits at once is never made", options, () => {
  const source = "def f(x):\n  for i in range(90): x = (x * 1103515245 + 12345) & 0x7FFFFFFF\n  return x\nprint(f(1))";
  const emitted = run(source, { ...HOT, "jit-dump": "j" });
  assert.match(emitted, /Math\.imul/);
  assert.doesNotMatch(emitted, /multiplyLarge/);
});
