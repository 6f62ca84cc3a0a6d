/** A dozen sources that use every construct, against the code objects CPython 3.14 makes of them (`golden.json`). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compileModule } from "../../src/compiler/compile.ts";
import { parse } from "../../src/syntax/parse.ts";
import { type CanonicalCode, canonical, firstDifference } from "./canonical.ts";
import { disassemble } from "./dis.ts";

interface Golden {
  name: string;
  source: string;
  code: CanonicalCode;
}
const golden = JSON.parse(readFileSync(new URL("golden.json", import.meta.url), "utf8")) as Golden[];

for (const { name, source, code } of golden) {
  test(name, () => {
    const ours = canonical(
      compileModule(parse(source, { filename: "<golden>", mode: "exec" }), { filename: "<golden>" }),
    );
    if (firstDifference(ours, code) !== null) assert.deepEqual(disassemble(ours), disassemble(code));
    assert.equal(firstDifference(ours, code), null);
  });
}
