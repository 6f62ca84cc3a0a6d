#!/usr/bin/env -S node --stack-size=3900
"use strict";
/*
 * The launcher: runs dist/cli.cjs with V8's code cache, which saves most of the time that a bundle of this size takes
 * to start. A script and not a module, because only scripts take cached data on every Node version that we support.
 * The cache belongs to one V8 and its flags; it lies in the installed package and is written by the build, or by the
 * first run of another Node when the package's folder is writable.
 */
const { readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script, constants } = require("node:vm");

const dist = join(__dirname, "..", "dist");
const filename = join(dist, "cli.cjs");
const flags = process.execArgv.filter((flag) => flag.startsWith("--stack-size")).join("");
const cacheFile = join(dist, `cli-${process.versions.v8}-${process.arch}${flags}.v8cache`);

function read(file, encoding) {
  try {
    return readFileSync(file, encoding);
  } catch {
    return undefined;
  }
}

const source = read(filename, "latin1");
if (source === undefined) {
  process.stderr.write("sidewinder is not built: run `npm run build` in its folder\n");
  process.exit(70);
}
const cachedData = read(cacheFile);
const script = new Script(source, {
  filename,
  cachedData,
  importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});

/** After a run, so that the functions that a start needs are in it. */
function writeCache() {
  const temporary = `${cacheFile}.${process.pid}`;
  try {
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, cacheFile);
  } catch {
    rmSync(temporary, { force: true });
  }
}
if (cachedData === undefined || script.cachedDataRejected || process.env.SIDEWINDER_WRITE_CODE_CACHE) {
  delete process.env.SIDEWINDER_WRITE_CODE_CACHE;
  process.once("exit", writeCache);
}

const module_ = { exports: {} };
script.runInThisContext({ displayErrors: false })(module_.exports, require, module_, filename, dist);
