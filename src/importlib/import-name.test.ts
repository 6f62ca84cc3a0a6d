/** The import statement, as CPython 3.14 answers it. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../api/index.ts";
import { libraryFiles } from "../host/node/library.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

/** What the program prints in an interpreter of its own, which has imported nothing. */
function printed(source: string): string {
  let out = "";
  const python = new Python({
    library: libraryFiles(dist),
    settings: { noSite: true },
    stdout: (text) => (out += text),
  });
  python.run(source);
  return out;
}
const message = (statement: string): string => `
try: ${statement}
except ImportError as e: print(type(e).__name__, e, e.name)
`;

test("a module that its parent has put there is found, though the parent is no package", options, () => {
  assert.equal(printed("import os.path\nprint(os.path.join('a', 'b'))"), "a/b\n");
  assert.equal(printed("from os.path import join\nprint(join('a', 'b'))"), "a/b\n");
  assert.equal(printed("import os.path as p\nprint(p.__name__)"), "posixpath\n");
});

test("what is not there, below packages and modules", options, () => {
  assert.equal(printed(message("import json.nope")), "ModuleNotFoundError No module named 'json.nope' json.nope\n");
  assert.equal(
    printed(message("import json.decoder.nope")),
    "ModuleNotFoundError No module named 'json.decoder.nope'; 'json.decoder' is not a package json.decoder.nope\n",
  );
  assert.equal(
    printed(message("import os.nope")),
    "ModuleNotFoundError No module named 'os.nope'; 'os' is not a package os.nope\n",
  );
  assert.equal(printed(message("import nope.nope")), "ModuleNotFoundError No module named 'nope' nope\n");
});
