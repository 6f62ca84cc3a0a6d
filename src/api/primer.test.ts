import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { libraryFiles } from "../host/node/library.ts";
import { Python } from "./index.ts";
import { PROGRAM } from "./primer.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };
const python = () => new Python({ library: libraryFiles(dist), settings: { noSite: true } });

test("the primer raises nothing", options, () => {
  python().run(PROGRAM);
});
test("a program that runs for a while sees nothing of the primer", options, () => {
  const source = `
try: 1 / 0
except ZeroDivisionError as e:
    for i in range(20000): pass
    import sys
    same = sys.exception() is e
repr((same, [c for c in object.__subclasses__() if c.__name__ in "CSW"], [n for n in globals() if n[0] != "_"]))`;
  assert.equal(python().run(source), "(True, [], ['i', 'sys', 'same'])");
});
