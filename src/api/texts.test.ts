/** The texts that come compiled with the packed library: what its modules give `exec` and `eval` at their import. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { FrontEndOptions } from "../builtins/compiler.ts";
import { libraryFiles } from "../host/node/library.ts";
import { Library } from "../importlib/packed/archive.ts";
import { frontEndWith } from "./front-end.ts";
import { Python } from "./index.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
// The packed library is made by the build, which these tests do not run.
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

test("are what compiling them gives", options, () => {
  const { texts } = new Library(libraryFiles(dist), "/lib");
  assert.ok(texts.size > 20, `${texts.size} texts`);
  const python = new Python({ library: libraryFiles(dist) });
  python.globals.set("keys", [...texts.keys()]);
  const differences = python.run(`
import types
def made(mode, text):
    if mode == "eval":
        return eval(text, {"_tuple_new": None}).__code__
    namespace = {}
    exec(text, namespace)
    return namespace["__create_fn__"].__code__
def compiled(mode, text):
    codes = [c for c in compile(text, "<string>", mode).co_consts if isinstance(c, types.CodeType)]
    return codes[0]
[key for key in keys if made(*key.split("\\n", 1)) != compiled(*key.split("\\n", 1))]`);
  assert.deepEqual(differences, []);
});

test("are used where exec and eval are asked for nothing special, once something has been imported", options, () => {
  const library = new Library(libraryFiles(dist), "/lib");
  const text = "lambda _cls, a, b, size: _tuple_new(_cls, (a, b, size))";
  const plain: FrontEndOptions = {
    filename: "<string>",
    mode: "eval",
    flags: 0,
    featureVersion: -1,
    optimize: 0,
    warn: () => {},
  };
  const { compiled } = frontEndWith(library);
  assert.equal(compiled?.(text, plain), undefined);
  assert.ok(library.modules.has("difflib"));
  assert.equal(compiled?.(text, plain)?.name, "<module>");
  for (const other of [{ mode: "exec" as const }, { flags: 0x1000000 }, { optimize: 2 }, { filename: "<other>" }]) {
    assert.equal(compiled?.(text, { ...plain, ...other }), undefined);
  }
  assert.equal(compiled?.("lambda: 0", plain), undefined);
});
