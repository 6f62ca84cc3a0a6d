/**
 * Builds `dist/`: the API bundle, the command line's bundle, the packed standard library and V8's code cache.
 *
 *   node tools/build.mjs            everything
 *   node tools/build.mjs --if-stale only when a source is newer than the build (`npm start`)
 *   node tools/build.mjs --whole    the command in one piece, without code caches: quicker to make, slower to start
 *   node tools/build.mjs --fast     bundles only, the command's in one piece; keeps the packed library when there is one
 *   node tools/build.mjs --types    declarations too, for the npm package
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { shareLocals } from "./share-locals.mjs";
import { writeCaches, writeParts, writeWhole } from "./split/command.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const stamp = "dist/build-stamp";

function newestSource() {
  let newest = 0;
  for (const folder of ["src", "apps", "tools/pack-stdlib", "tools/split", "bin"]) {
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

const common = {
  bundle: true,
  minifySyntax: true,
  // A fault of ours must name the function it happened in.
  keepNames: false,
  legalComments: "none",
  logLevel: "warning",
  plugins: [sharedLocals],
  define: { "process.env.SIDEWINDER_BUNDLED": '"1"' },
};

function bundle(entry, outfile, format, platform, more = {}) {
  const target = platform === "node" ? "node20" : "es2022";
  return build({ ...common, entryPoints: [entry], outfile, format, platform, target, minifyWhitespace: true, ...more });
}

/** The command has a `require` of its own: Node's `module`, which makes one, takes its time to load at each start. */
const ownRequire = {
  name: "own-require",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:module$/ }, ({ path }) => ({ path, namespace: "own-require" }));
    onLoad({ filter: /./, namespace: "own-require" }, () => ({
      contents: "export const createRequire = () => require;",
    }));
  },
};

/** CommonJS: a script, unlike a module, can be compiled with V8's cached data. */
async function commandBundle() {
  const options = { ...common, entryPoints: ["apps/cli/main.ts"], format: "cjs", platform: "node", target: "node20" };
  const { outputFiles } = await build({ ...options, plugins: [...common.plugins, ownRequire], write: false });
  // What is not ASCII is in comments: strings have escapes.
  return outputFiles[0].text.replace(/[^\0-\x7f]/g, "?");
}

function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Is what was built newer than its sources, and in parts unless one piece will do? */
function isFresh(isWhole) {
  if (!existsSync(stamp) || statSync(stamp).mtimeMs < newestSource()) return false;
  return isWhole || readFileSync(stamp, "utf8") === "parts";
}

async function main() {
  const args = process.argv.slice(2);
  const isWhole = args.includes("--whole") || args.includes("--fast");
  if (args.includes("--if-stale") && isFresh(isWhole)) return;
  const started = Date.now();
  mkdirSync("dist", { recursive: true });
  rmSync(stamp, { force: true });
  const [command] = await Promise.all([
    commandBundle(),
    bundle("src/api/index.ts", "dist/sidewinder.js", "esm", "neutral"),
    bundle("src/api/node.ts", "dist/sidewinder-node.js", "esm", "node"),
    // Small, since pages load it.
    bundle("src/lab/index.ts", "dist/sidewinder-lab.js", "esm", "neutral", { minifyIdentifiers: true }),
    bundle("apps/lab/main.ts", "dist/lab.cjs", "cjs", "node"),
    bundle("apps/lab/probe.ts", "dist/lab-probe.cjs", "cjs", "node"),
    bundle("tools/pack-stdlib/main.ts", "dist/pack-stdlib.cjs", "cjs", "node"),
  ]);
  if (!args.includes("--fast") || !existsSync("dist/stdlib.bin")) run(process.execPath, ["dist/pack-stdlib.cjs"]);
  rmSync("dist/pack-stdlib.cjs");
  // What benchmarks are run with, which other Pythons read too.
  cpSync("apps/lab/bench/python", "dist/lab-python", { recursive: true });
  if (isWhole) writeWhole(command, "dist");
  else {
    await writeParts(command, "dist");
    writeCaches("bin/sidewinder.js");
  }
  writeFileSync(stamp, isWhole ? "whole" : "parts");
  if (args.includes("--types")) run("npx", ["tsc", "-p", "tsconfig.types.json"]);
  const size = (name) => `${name} ${(statSync(`dist/${name}`).size / 1024).toFixed(0)} KB`;
  const sizes = readdirSync("dist")
    .filter((name) => /\.(js|cjs|bin)$/.test(name))
    .map(size)
    .join(", ");
  console.error(`built dist/ in ${((Date.now() - started) / 1000).toFixed(1)} s: ${sizes}`);
}

await main();
