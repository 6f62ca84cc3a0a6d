import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { libraryFiles } from "../host/node/library.ts";
import { MemoryFiles, Python, type PythonOptions } from "./index.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };
const make = (more: PythonOptions = {}) => new Python({ library: libraryFiles(dist), jit: true, ...more });

const PROGRAM = `
import sys
def f(n):
    t = 0
    for i in range(n):
        if i % 3: t += i
    return t
f(5000)
`;
const everything = { stats: true, lines: true, traces: true };

test("what is observed is what options write", options, () => {
  const files = new MemoryFiles();
  const paths = { "jit-stats": "/stats.json", "jit-lines": "/lines.json", "jit-dump": "/traces.json" };
  const settings = { ...DEFAULT_SETTINGS, xOptions: new Map(Object.entries(paths)) };
  const python = make({ files, settings, observe: everything });
  python.run(PROGRAM, "prog.py");
  assert.equal(python.finish(), 0);
  const written = (path: string): unknown => JSON.parse(new TextDecoder().decode(files.readFile(path)));
  const asJson = (document: unknown): unknown => JSON.parse(JSON.stringify(document));
  assert.deepEqual(asJson(python.observed.stats()), written("/stats.json"));
  // Only the API knows the text that it was given.
  const texts = (document: unknown): string => JSON.stringify(document).replaceAll(JSON.stringify(PROGRAM), "null");
  assert.equal(texts(python.observed.lines()), texts(written("/lines.json")));
  const { sources, ...traces } = asJson(python.observed.traces()) as { sources: Record<string, string> };
  const { sources: _, ...others } = written("/traces.json") as { sources: unknown };
  assert.deepEqual(traces, others);
  assert.equal(sources["prog.py"], PROGRAM);
});

test("documents are of what has run so far, and do not change", options, () => {
  const python = make({ observe: everything });
  python.run(PROGRAM, "prog.py");
  const { observed } = python;
  const runs = () => {
    const { lines = [], text } = observed.lines().files.find(({ file }) => file === "prog.py") ?? {};
    assert.equal(text, PROGRAM);
    return lines.find(({ line }) => line === 6)?.runs;
  };
  const before = [observed.stats(), observed.traces()];
  const saved = structuredClone(before);
  assert.ok((observed.traces()?.regions.length ?? 0) > 0);
  assert.equal(runs(), 5000);
  python.run("f(70)");
  assert.equal(runs(), 5070);
  // While counting is off, what was counted is told, and counting stays off.
  python.run("sys._stats_off()\nf(30)");
  assert.equal(runs(), 5070);
  python.run("f(30)\nsys._stats_on()\nf(1)");
  assert.equal(runs(), 5071);
  assert.deepEqual(before, saved);
});

test("without compilers there are figures, and no traces", options, () => {
  const python = make({ jit: false, observe: everything });
  python.run("1");
  const { observed } = python;
  assert.equal(observed.stats().jit, null);
  assert.ok(observed.lines().instructions.interpreter > 0);
  assert.equal(observed.traces(), null);
});

test("what was not asked for is told by name", options, () => {
  const { observed } = make({ observe: { stats: true } });
  assert.equal(observed.stats().instructions.interpreter, 0);
  assert.throws(() => observed.lines(), /^TypeError: new Python: `observe\.lines` was not asked for$/);
  assert.throws(() => make().observed.traces(), /`observe\.traces` was not asked for/);
  const settings = { ...DEFAULT_SETTINGS, xOptions: new Map([["jit-dump", "o"]]) };
  assert.throws(() => make({ settings, observe: everything }), /stages as text, or traces, not both/);
});
