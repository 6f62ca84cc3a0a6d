/**
 * `sys.settrace`, `sys.setprofile` and `sys.monitoring` print what CPython 3.14 prints. The programs are in `watching/`;
 * beside each lies CPython's output: `python3.14 NAME.py > NAME.txt`.
 */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { HOT, options, run, stress } from "../jit/run.ts";

const folder = new URL("./watching/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");

for (const file of readdirSync(folder).filter((name) => name.endsWith(".py"))) {
  test(`${file} prints what CPython prints`, options, () => {
    const expected = read(file.replace(/py$/, "txt"));
    assert.equal(run(read(file), {}), expected);
    assert.equal(run(read(file), HOT), expected, "compiled");
    assert.equal(run(read(file), stress(1)), expected, "under stress");
  });
}
