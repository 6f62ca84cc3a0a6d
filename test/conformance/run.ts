/** Runs modules of CPython's test suite under Sidewinder, prints a table, compares with the stored result: README.md. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Baseline, type ModuleResult, type Results, parseReasons, regressions, table } from "./table.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const resultsFile = join(here, "results.json");

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: "string" },
    fast: { type: "boolean", default: false },
    update: { type: "boolean", default: false },
    unexplained: { type: "boolean", default: false },
    verbose: { type: "boolean", short: "v", default: false },
    jobs: { type: "string", short: "j" },
    timeout: { type: "string", default: "120" },
    suite: { type: "string" },
    python: { type: "string" },
    /** `-X` options of the interpreter, as NAME=VALUE. */
    x: { type: "string", multiple: true, default: [] },
  },
});

function readJson<T>(file: string, fallback: T): T {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : fallback;
}

function readList(file: string): string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

function modules(): string[] {
  if (positionals.length > 0) return positionals.map((name) => name.replace(/^test\./, ""));
  if (options.list !== undefined) return readList(options.list);
  return readList(join(here, options.fast ? "fast.txt" : "language.txt"));
}

/** The folder with `test/`; undefined when there is none and none can be fetched. */
function findSuite(): string | undefined {
  const given = options.suite ?? process.env.SIDEWINDER_TESTSUITE;
  if (given !== undefined) return resolve(given);
  const cached = join(root, ".cache/testsuite");
  if (!existsSync(join(cached, "test"))) {
    spawnSync("bash", [join(root, "tools/fetch-testsuite.sh"), cached], { stdio: ["ignore", "ignore", "inherit"] });
  }
  return existsSync(join(cached, "test")) ? cached : undefined;
}

const python = [
  ...(options.python?.split(" ") ?? [process.execPath, "--stack-size=3900", join(root, "bin/sidewinder.js")]),
  ...options.x.flatMap((option) => ["-X", option]),
];

/** `progress`: the counts that conform.py had written when it was ended. */
function outcome(output: string, code: number | null, signal: string | null, progress: string): ModuleResult {
  const empty = { passed: 0, failed: 0, errors: 0, skipped: 0, bad: [] };
  const parsed = (text: string): ModuleResult => {
    const { module: _, ...result } = JSON.parse(text) as ModuleResult & { module: string };
    return { ...empty, ...result, bad: (result.bad ?? []).sort() };
  };
  const line = output.split("\n").findLast((text) => text.startsWith("CONFORM "));
  if (line !== undefined) return parsed(line.slice("CONFORM ".length));
  if (existsSync(progress)) return parsed(readFileSync(progress, "utf8"));
  if (signal !== null) return { ...empty, crash: `no result within ${options.timeout} s` };
  const last = output.trim().split("\n").at(-1) ?? "";
  return { ...empty, crash: `exit code ${code}: ${last.slice(0, 200)}` };
}

function runModule(name: string, suite: string): Promise<ModuleResult> {
  const folder = mkdtempSync(join(tmpdir(), "conformance-"));
  const [command, ...args] = python;
  const hanging = join(here, "hanging.txt");
  const progress = `${folder}.progress`;
  const env = {
    ...process.env,
    PYTHONPATH: suite,
    PYTHONDONTWRITEBYTECODE: "1",
    CONFORM_HANGING: hanging,
    CONFORM_PROGRESS: progress,
  };
  const child = spawn(command, [...args, join(here, "conform.py"), `test.${name}`], { cwd: folder, env });
  let output = "";
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString("latin1")).slice(-4_000_000);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const timer = setTimeout(() => child.kill("SIGKILL"), Number(options.timeout) * 1000);
  return new Promise((done) => {
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (options.verbose) console.log(output);
      const result = outcome(output, code, signal, progress);
      for (const left of [folder, progress]) rmSync(left, { recursive: true, force: true });
      done(result);
    });
  });
}

async function runAll(names: string[], suite: string): Promise<Results> {
  const results: Results = {};
  const waiting = [...names];
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      results[name] = await runModule(name, suite);
      // As it goes, so that a run that is broken off has not been in vain.
      if (options.update) store(before, results);
      const { passed, crash } = results[name];
      console.error(`${name}: ${passed} passed${crash === undefined ? "" : `, ${crash}`}`);
    }
  };
  await Promise.all(Array.from({ length: Number(options.jobs ?? cpus().length) }, worker));
  return results;
}

function store(before: Results, now: Results): void {
  const merged: Results = { ...before, ...now };
  const lines = Object.keys(merged)
    .sort()
    .map((name) => {
      const { seconds: _, ...result } = merged[name];
      return `${JSON.stringify(name)}: ${JSON.stringify(result)}`;
    });
  writeFileSync(resultsFile, `{\n${lines.join(",\n")}\n}\n`);
}

const suite = findSuite();
if (suite === undefined) {
  console.error("\n*** CONFORMANCE SKIPPED: CPython's test suite is not here and could not be fetched ***\n");
  process.exit(0);
}
const baseline = readJson<Baseline>(join(here, "baseline.json"), {});
const before = readJson<Results>(resultsFile, {});
const now = await runAll(modules(), suite);
console.log(table(now, baseline));
if (options.unexplained) {
  const reason = parseReasons(readFileSync(join(here, "expected-failures.txt"), "utf8"));
  for (const { bad } of Object.values(now)) for (const name of bad) if (reason(name) === undefined) console.log(name);
}
const problems = regressions(before, now);
for (const problem of problems) console.log(problem);
if (!options.update && problems.length > 0) {
  console.error(`${problems.length} regressions against test/conformance/results.json`);
  process.exitCode = 1;
}
