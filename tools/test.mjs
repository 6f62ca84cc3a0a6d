/**
 * Runs the unit tests: every `*.test.ts` under src, apps, tools, test and bench, or those whose path contains one of
 * the arguments. They are bundled first, since stripping types in each of the processes costs far more than the tests.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
// A folder a run: two runs must not sweep away each other.
const out = `.cache/tests-${process.pid}`;

function testFiles(filters) {
  return ["src", "apps", "tools", "test", "bench"]
    .flatMap((folder) => {
      try {
        return readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
      } catch {
        return [];
      }
    })
    .filter((file) => file.endsWith(".test.ts") && !file.includes("node_modules"))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)));
}

/** Keeps `import.meta.url` what it is in the source, so that tests find the files beside them. */
const sourceUrls = {
  name: "source-urls",
  setup(setup) {
    setup.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (path.includes("node_modules") || !text.includes("import.meta.url")) return null;
      return { contents: text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)), loader: "ts" };
    });
  },
};

const filters = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const options = process.argv.slice(2).filter((argument) => argument.startsWith("-"));
const files = testFiles(filters);
if (files.length === 0) {
  console.error("no test files");
  process.exit(1);
}
// The API's and the command's tests run what is built; only the launcher's need the command in parts.
if (files.some((file) => /^(apps|src\/api|test)\//.test(file))) {
  const form = files.some((file) => file.endsWith("launcher.test.ts")) ? [] : ["--whole"];
  const { status } = spawnSync(process.execPath, ["tools/build.mjs", "--if-stale", ...form], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
rmSync(out, { recursive: true, force: true });
await build({
  entryPoints: files,
  outdir: out,
  outbase: ".",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  sourcemap: "linked",
  outExtension: { ".js": ".mjs" },
  plugins: [sourceUrls],
  logLevel: "error",
});
const bundles = files.map((file) => join(out, file.replace(/\.ts$/, ".mjs")));
const { status } = spawnSync(
  process.execPath,
  ["--enable-source-maps", "--test", "--test-reporter=spec", ...options, ...bundles],
  { stdio: "inherit" },
);
process.exit(status ?? 1);
