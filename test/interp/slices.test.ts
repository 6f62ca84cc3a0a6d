/** Slices (`interp/slices.ts`, `objects/list/slices.ts`): `slices.txt` is what CPython 3.14 prints of `slices.py`. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { WAYS, options, run } from "../jit/run.ts";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

for (const [how, xOptions] of WAYS) {
  test(`slices: ${how}`, options, () => assert.equal(run(read("slices.py"), xOptions), read("slices.txt")));
}
