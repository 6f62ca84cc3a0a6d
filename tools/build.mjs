/**
 * Builds `dist/`: the API bundle, the command line's bundle, the packed standard library and V8's code cache.
 *
 *   node tools/build.mjs            everything
 *   node tools/build.mjs --if-stale only when a source is newer than the build (`npm start`)
 *   node tools/build.mjs --fast     bundles only; keeps the packed library when there is one
 *   node tools/build.mjs --types    declarations too, for the npm package
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { shareLocals } from "./share-locals.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const stamp = "dist/build-stamp";

/** What the code cache is made after: it holds the functions that ran, which are those that most programs need. */
const WARM_UP = "import argparse, asyncio, dataclasses, datetime, json, logging, re, traceback, typing, unittest";

function newestSource() {
  let newest = 0;
  for (const folder of ["src", "apps", "tools/pack-stdlib", "bin"]) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith(".test.ts")) continue;
      newest = Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs);
    }
  }
  return Math.max(newest, statSync("package-lock.json").mtimeMs, statSync("tools/build.mjs").mtimeMs);
}

/** The interpreter's loops with few variables: see share-locals.mjs. */
const sharedLocals = {
  name: "shared-locals",
  setup({ onLoad }) {
    onLoad({ filter: /src.generated.(interpreter|recording)\.ts$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "ts", target: "es2022" });
      return { contents: shareLocals(code), loader: "js" };
    });
  },
};

/** Node's wrapper of CommonJS modules, in the file, so that the launcher need not copy the text to put it around. */
const WRAPPER = { banner: { js: "(function(exports,require,module,__filename,__dirname){" }, footer: { js: "})" } };

/** `format` cjs for the command line: a script, unlike a module, can be compiled with V8's cached data. */
function bundle(entry, outfile, format, platform, wrapper = {}) {
  return build({
    ...wrapper,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format,
    platform,
    target: platform === "node" ? "node20" : "es2022",
    minifyWhitespace: true,
    minifySyntax: true,
    // A fault of ours must name the function it happened in.
    keepNames: false,
    legalComments: "none",
    logLevel: "warning",
    plugins: [sharedLocals],
    define: { "process.env.SIDEWINDER_BUNDLED": '"1"' },
  });
}

function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

async function main() {
  const args = process.argv.slice(2);
  if (args.includes("--if-stale") && existsSync(stamp) && statSync(stamp).mtimeMs >= newestSource()) return;
  const started = Date.now();
  mkdirSync("dist", { recursive: true });
  rmSync(stamp, { force: true });
  await Promise.all([
    bundle("src/api/index.ts", "dist/sidewinder.js", "esm", "neutral"),
    bundle("src/api/node.ts", "dist/sidewinder-node.js", "esm", "node"),
    bundle("apps/cli/main.ts", "dist/cli.cjs", "cjs", "node", WRAPPER),
    bundle("tools/pack-stdlib/main.ts", "dist/pack-stdlib.cjs", "cjs", "node"),
  ]);
  if (!args.includes("--fast") || !existsSync("dist/stdlib.bin")) run(process.execPath, ["dist/pack-stdlib.cjs"]);
  rmSync("dist/pack-stdlib.cjs");
  // The launcher writes the code cache for the V8 that runs it when the one it finds is not usable.
  for (const name of readdirSync("dist")) if (name.endsWith(".v8cache")) rmSync(join("dist", name));
  for (const flags of [[], ["--stack-size=3900"]]) {
    run(process.execPath, [...flags, "bin/sidewinder.js", "-c", WARM_UP], { SIDEWINDER_WRITE_CODE_CACHE: "1" });
  }
  writeFileSync(stamp, "");
  if (args.includes("--types")) run("npx", ["tsc", "-p", "tsconfig.types.json"]);
  const size = (name) => `${name} ${(statSync(`dist/${name}`).size / 1024).toFixed(0)} KB`;
  const sizes = ["sidewinder.js", "cli.cjs", "stdlib.bin"].map(size).join(", ");
  console.error(`built dist/ in ${((Date.now() - started) / 1000).toFixed(1)} s: ${sizes}`);
}

await main();
