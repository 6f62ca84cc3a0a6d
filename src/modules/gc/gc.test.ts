/** What `gc.collect()` can be seen to do. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../api/index.ts";
import { collectGarbage } from "../../host/node/collect.ts";
import { libraryFiles } from "../../host/node/library.ts";

const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };
const run = (source: string): unknown =>
  new Python({ collectGarbage, library: libraryFiles(dist), settings: { noSite: true } }).run(source);

const CLASS = "import gc, weakref\nclass A: pass\ndef dead():\n  return weakref.ref(A())\n";

test("how many objects were collected is not known", options, () => {
  assert.equal(run("import gc\nrepr(gc.collect())"), "None");
});

test("references to what nobody holds are dead after a collection, whoever looks first", options, () => {
  assert.equal(run(`${CLASS}r = dead()\ngc.collect()\nr() is None`), true);
  assert.equal(run(`${CLASS}r = dead()\ngc.collect()\n'dead' in repr(r)`), true);
  assert.equal(run(`${CLASS}a = A()\nr = weakref.ref(a)\ngc.collect()\nr() is a`), true);
});

test("callbacks are called by the collection itself", options, () => {
  const source = `${CLASS}seen = []\ndef f(): return weakref.ref(A(), seen.append)\nr = f()\ngc.collect()\nlen(seen)`;
  assert.equal(run(source), 1);
});
