/**
 * The programs of this folder, each with what CPython 3.14 prints of it (NAME.txt), in all the ways that there are to run one:
 * `chains`: generators and coroutines that delegate to each other (`objects/generator/chain.ts`);
 * `slices`: slices of builtin sequences (`interp/slices.ts`, `objects/list/slices.ts`);
 * `large-ints`: ints that get large (`jit/translate/rules/large-ints.ts`);
 * `reflected`: operators that the right operand's class has (`interp/operator-methods.ts`);
 * `complex`: complex numbers (`jit/translate/rules/complex.ts`);
 * `sums`: `sum`, and extended slices of bytearrays;
 * `class-variables`: classes whose plain values change (`objects/type/variables.ts`);
 * `formats`: specifications for builtin values, and the digits of floats (`objects/numeric/format-spec.ts`, `float-repr.ts`).
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { WAYS, options, run } from "../jit/run.ts";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

for (const name of ["chains", "slices", "large-ints", "reflected", "formats", "sums", "class-variables", "complex"]) {
  for (const [how, xOptions] of WAYS) {
    test(`${name}: ${how}`, options, () => assert.equal(run(read(`${name}.py`), xOptions), read(`${name}.txt`)));
  }
}
