#!/usr/bin/env -S node --stack-size=3900
"use strict";
/*
 * The launcher: runs the parts of the bundle in dist/ with V8's code cache, which saves most of the time that a bundle
 * of this size takes to start. Scripts and not modules, because only scripts take cached data on every Node version
 * that we support. The caches belong to one V8 and its flags; they lie in the installed package and are written by the
 * build, or by the first run of another Node when the package's folder is writable.
 */
const { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script, constants } = require("node:vm");

const dist = join(__dirname, "..", "dist");
const flags = process.execArgv.filter((flag) => flag.startsWith("--stack-size")).join("");
const version = `${process.versions.v8}-${process.arch}${flags}`;

/** A file's bytes, in `memory` if it has room; undefined when there is no such file. */
function read(file, memory) {
  let fd;
  try {
    fd = openSync(file);
    const { size } = fstatSync(fd);
    const bytes = size > memory.length ? Buffer.allocUnsafeSlow(size) : memory;
    return bytes.subarray(0, readSync(fd, bytes, 0, size, 0));
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** What a part's source needs, and its cache. */
const MEMORY = 3 << 19;

const importModuleDynamically = constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;

/** The function that a part's file is, the first part's without a name; a cache that was of no use is made anew. */
function load(part) {
  const name = part === undefined ? "cli" : `cli-${part}`;
  const filename = join(dist, `${name}.cjs`);
  // The cache is read to where the source was: to touch memory for the first time takes longer than to read.
  const memory = Buffer.allocUnsafeSlow(MEMORY);
  const source = read(filename, memory)?.latin1Slice();
  if (source === undefined) {
    process.stderr.write("sidewinder is not built: run `npm run build` in its folder\n");
    process.exit(70);
  }
  const cacheFile = join(dist, `${name}-${version}.v8cache`);
  const cachedData = read(cacheFile, memory);
  const script = load.around(() => new Script(source, { filename, cachedData, importModuleDynamically }));
  if (cachedData === undefined || script.cachedDataRejected) {
    process.once("exit", () => writeCache(script, cacheFile));
  }
  return script.runInThisContext({ displayErrors: false });
}

/** The program may have V8 work in other ways than usual, under which V8 would not take a cache. */
load.around = (action) => action();

/** After a run, so that the functions that were needed are in it. */
function writeCache(script, cacheFile) {
  const temporary = `${cacheFile}.${process.pid}`;
  try {
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, cacheFile);
  } catch {
    rmSync(temporary, { force: true });
  }
}

const module_ = { exports: {} };
load()(module_.exports, require, module_, join(dist, "cli.cjs"), dist, load);
