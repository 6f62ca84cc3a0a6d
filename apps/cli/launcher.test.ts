/** The launcher and the parts of the command's bundle: what is loaded when, and that V8 takes the code caches. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sidewinder-launcher-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Tells of each script that is made with a file's name: whether there was cached data, and whether V8 took it. */
const watch = join(folder, "watch.cjs");
writeFileSync(
  watch,
  `const vm = require("node:vm"), { basename } = require("node:path");
   vm.Script = class extends vm.Script {
     constructor(source, options) {
       super(source, options);
       if (!/\\.cjs$/.test(options.filename)) return;
       const taken = options.cachedData === undefined ? "none" : this.cachedDataRejected ? "rejected" : "taken";
       process._rawDebug("script " + basename(options.filename) + " " + taken);
     }
   };`,
);

interface Run {
  out: string;
  /** `name cache` of each part that was loaded. */
  scripts: string[];
}

function run(home: string, args: string[], flags: string[] = ["--stack-size=3900"]): Run {
  const command = [...flags, "--require", watch, join(home, "bin/sidewinder.js"), ...args];
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  return { out: stdout, scripts: [...stderr.matchAll(/^script (.*)$/gm)].map((match) => match[1]) };
}

/** The package as it is installed, without code caches. */
function installed(name: string): string {
  const home = join(folder, name);
  for (const part of ["bin", "dist", "package.json"]) {
    const filter = (path: string) => !/\.v8cache$|dist.types/.test(path);
    cpSync(join(root, part), join(home, part), { recursive: true, filter });
  }
  return home;
}
const caches = (home: string) => readdirSync(join(home, "dist")).filter((name) => name.endsWith(".v8cache"));

test("a small program loads the first part alone, with its cache", () => {
  for (const flags of [[], ["--stack-size=3900"]]) {
    assert.deepEqual(run(root, ["-c", "print(1)"], flags), { out: "1\n", scripts: ["cli.cjs taken"] });
  }
});

test("every part is strict code", () => {
  const parts = readdirSync(join(root, "dist")).filter((name) => /^cli.*\.cjs$/.test(name));
  assert.equal(parts.length, 4);
  for (const part of parts) {
    assert.match(readFileSync(join(root, "dist", part), "latin1"), /^\(function\([^)]*\)\{"use strict";/, part);
  }
});

test("imports load the library's part, with its cache, and no other", () => {
  const { out, scripts } = run(root, ["-c", "import asyncio, dataclasses, re, json, argparse, logging; print(2)"]);
  assert.equal(out, "2\n");
  assert.deepEqual(scripts, ["cli.cjs taken", "cli-library.cjs taken"]);
});

test("the compilers are a part of their own, which is loaded when there is something for them to do", () => {
  const isLoaded = (program: string) => {
    const { scripts } = run(root, ["-X", "jit=on", "-c", program]);
    return scripts.some((name) => name.startsWith("cli-jit.cjs"));
  };
  assert.equal(isLoaded("print(sum(i for i in range(999)))"), false);
  assert.equal(isLoaded("import asyncio, dataclasses, typing, unittest, argparse, datetime, logging"), false);
  assert.equal(isLoaded("print(sum(i for i in range(50_000)))"), true);
});

test("a small program loads no more where it may be compiled", () => {
  const { out, scripts } = run(root, ["-X", "jit=on", "-c", "print(1)"]);
  assert.deepEqual({ out, scripts }, { out: "1\n", scripts: ["cli.cjs taken"] });
});

test("without caches the first run writes those of the parts that it loads", () => {
  const home = installed("fresh");
  const program = ["-c", "import re; print(re.sub('a', 'b', 'aa'))"];
  const first = run(home, program);
  assert.deepEqual(first, { out: "bb\n", scripts: ["cli.cjs none", "cli-library.cjs none"] });
  assert.equal(caches(home).length, 2);
  assert.deepEqual(run(home, program), { out: "bb\n", scripts: ["cli.cjs taken", "cli-library.cjs taken"] });
});

test("a package where nothing can be written works, and leaves nothing behind", () => {
  const home = installed("closed");
  run(home, ["-c", "import re"]);
  // A folder in the place of each cache: it cannot be read, and no file can be put there.
  const names = caches(home);
  for (const name of names) {
    rmSync(join(home, "dist", name));
    mkdirSync(join(home, "dist", name, "in the way"), { recursive: true });
  }
  assert.deepEqual(run(home, ["-c", "import re; print(3)"]), {
    out: "3\n",
    scripts: ["cli.cjs none", "cli-library.cjs none"],
  });
  assert.deepEqual(caches(home), names);
  assert.deepEqual(
    readdirSync(join(home, "dist")).filter((name) => /v8cache./.test(name)),
    [],
  );
});

test("a cache that is not of this bundle is not used, and made anew", () => {
  const home = installed("stale");
  run(home, ["-c", "1"]);
  const [name] = caches(home);
  writeFileSync(join(home, "dist", name), "no cache at all");
  assert.deepEqual(run(home, ["-c", "print(4)"]), { out: "4\n", scripts: ["cli.cjs rejected"] });
  assert.deepEqual(run(home, ["-c", "print(5)"]), { out: "5\n", scripts: ["cli.cjs taken"] });
});

test("what no program of the build needed is there all the same", () => {
  const program = "import unicodedata, cmath; print(unicodedata.name('é'), cmath.sqrt(-4), 'é'.encode('utf-7'))";
  const { out, scripts } = run(root, ["-c", program]);
  assert.equal(out, "LATIN SMALL LETTER E WITH ACUTE 2j b'+AOk-'\n");
  assert.ok(scripts.includes("cli-rest.cjs taken"), scripts.join(", "));
});
