/** Ints that get large (`jit/translate/rules/large-ints.ts`): `large-ints.txt` is what CPython 3.14 prints of `large-ints.py`. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { HOT, WAYS, options, run } from "../jit/run.ts";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

for (const [how, xOptions] of WAYS) {
  test(`large ints: ${how}`, options, () => assert.equal(run(read("large-ints.py"), xOptions), read("large-ints.txt")));
}

test("a product that is cut to 32 bits at once is never made", options, () => {
  const source = "def f(x):\n  for i in range(90): x = (x * 1103515245 + 12345) & 0x7FFFFFFF\n  return x\nprint(f(1))";
  const emitted = run(source, { ...HOT, "jit-dump": "j" });
  assert.match(emitted, /Math\.imul/);
  assert.doesNotMatch(emitted, /multiplyLarge/);
});
