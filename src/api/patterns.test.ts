/** The regular expressions that come compiled with the packed library. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { libraryFiles } from "../host/node/library.ts";
import { Python } from "./index.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const run = (source: string) => new Python({ library: libraryFiles(dist) }).run(source);
// The packed library is made by the build, which these tests do not run.
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

test("are what compiling them gives", options, () => {
  const differences = run(`
import re
def differs(pattern, flags, primed):
    fresh = re._compiler.compile(pattern, flags)
    return fresh != primed or vars_of(fresh) != vars_of(primed)
def vars_of(p):
    return type(p), p.pattern, p.flags, p.groups, list(p.groupindex.items()), repr(p), hash(p)
[len(re._cache) > 0, [key for key, primed in re._cache.items() if differs(*key[1:], primed)]]`);
  assert.deepEqual(differences, [true, []]);
});

test("are found by modules that compile them, and work", options, () => {
  const found = run(`
import re
compiled = []
original = re._compiler.compile
def compile(*arguments):
    compiled.append(arguments)
    return original(*arguments)
re._compiler.compile = compile
import json, textwrap
[compiled, json.loads('  {"a": [1.5e3, "x\\\\n"]}'), textwrap.wrap("some words to wrap", 10)]`);
  assert.deepEqual(found, [[], new Map([["a", [1500, "x\n"]]]), ["some words", "to wrap"]]);
});

test("are forgotten by purge", options, () => {
  assert.deepEqual(run("import re\nre.purge()\n[len(re._cache), re.compile(r'\\s+').sub('-', 'a  b')]"), [0, "a-b"]);
});
