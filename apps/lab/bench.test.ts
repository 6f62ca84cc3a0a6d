/** `bench`, `compare` and `ablate`, from programs to reports. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Progress } from "./bench/progress.ts";
import { compare } from "../../src/lab/compare/comparison.ts";
import { readResultsFile } from "./bench/pyperf-file.ts";
import { parseReport } from "./bench/run.ts";

const command = fileURLToPath(new URL("../../bin/sidewinder-lab.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sidewinder-bench-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string): string => join(folder, name);
function lab(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8", cwd: folder });
  return { status, stdout, stderr };
}

/** As a folder of pyperformance is laid out. */
function writeSuite(): string {
  const programs: Record<string, string> = {
    sum: "import pyperf\ndef work(n):\n    t = 0\n    for i in range(n):\n        t += i * 2\n    return t\nrunner = pyperf.Runner()\nrunner.metadata['description'] = 'sums'\nrunner.bench_func('sum', work, 20000)\n",
    two: "import pyperf\ndef loops(n, k):\n    t0 = pyperf.perf_counter()\n    for _ in range(n):\n        sum(range(k))\n    return pyperf.perf_counter() - t0\nasync def co():\n    return 1\nrunner = pyperf.Runner()\nrunner.argparser.add_argument('--k', type=int, default=3000)\nargs = runner.parse_args()\nrunner.bench_time_func('two_loops', loops, args.k, inner_loops=10)\nrunner.bench_async_func('two_async', co)\n",
    dies: "raise RuntimeError('no such thing')\n",
    silent: "print('nothing')\n",
  };
  const suite = file("suite");
  for (const [name, text] of Object.entries(programs)) {
    mkdirSync(join(suite, "benchmarks", `bm_${name}`), { recursive: true });
    writeFileSync(join(suite, "benchmarks", `bm_${name}`, "run_benchmark.py"), text);
  }
  return suite;
}

test("a pyperformance folder: results in pyperf's form, failures by name, then compared", () => {
  const suite = writeSuite();
  writeFileSync(
    file("peers.json"),
    JSON.stringify({
      peers: {
        plain: { command: [process.execPath, "--stack-size=3900", join(command, "../sidewinder.js"), "-X", "jit=off"] },
      },
    }),
  );
  const { status, stdout, stderr } = lab(
    "bench",
    suite,
    "--processes",
    "2",
    "--seconds",
    "0.3",
    "--peers",
    "sidewinder,plain",
    "--config",
    file("peers.json"),
    "--out",
    file("out"),
  );
  assert.equal(status, 0, stderr);
  assert.match(stderr, /dies: RuntimeError: no such thing/);
  assert.match(stderr, /silent: it reported no times/);
  assert.match(stdout, /3 benchmarks, 2 failed/);
  const { benchmarks } = readResultsFile(file("out/sidewinder.json"), "sidewinder");
  assert.deepEqual([...benchmarks.keys()].sort(), ["sum", "two_async", "two_loops"]);
  const sum = benchmarks.get("sum");
  assert.equal(sum?.runs.length, 2);
  assert.ok((sum?.coverage ?? 0) > 0.5);
  for (const { warmups = [], values = [] } of sum?.runs ?? []) assert.ok(warmups.length > 0 && values.length > 0);
  const raw = JSON.parse(readFileSync(file("out/sidewinder.json"), "utf8"));
  assert.equal(raw.version, "1.0");
  assert.match(raw.benchmarks[0].runs[0].metadata.date, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
  assert.match(raw.metadata.sidewinder_failed, /dies: RuntimeError/);
  assert.equal(readResultsFile(file("out/plain.json"), "plain").benchmarks.get("sum")?.coverage, null);

  const compared = lab("compare", "out/plain.json", "out/sidewinder.json", "--out", "report/r.md");
  assert.equal(compared.status, 0, compared.stderr);
  assert.match(readFileSync(file("report/r.md"), "utf8"), /\| sum \|.*\|.*\|.*\|.*%/);
  const picture = readFileSync(file("report/r-sidewinder.svg"), "utf8");
  assert.equal(picture.match(/class="violin/g)?.length, 3);
  const three = lab("compare", "out/plain.json", "out/sidewinder.json", "out/plain.json", "--out", "t.md");
  assert.equal(three.status, 0, three.stderr);
  assert.match(readFileSync(file("t.md"), "utf8"), /\*\*geometric mean\*\*/);
});

test("packages lie where PYTHONPATH says; the harness comes before them", () => {
  mkdirSync(file("packages"), { recursive: true });
  writeFileSync(file("packages/wanted.py"), "N = 30000\n");
  writeFileSync(file("packages/pyperf.py"), "raise ImportError('not this one')\n");
  writeFileSync(
    file("wants.py"),
    "import pyperf, wanted\npyperf.Runner().bench_func('wants', lambda: sum(range(wanted.N)))\n",
  );
  const args = ["bench", file("wants.py"), "--processes", "1", "--seconds", "0.1", "--no-coverage", "--out", file("w")];
  assert.match(lab(...args).stderr, /wants: ModuleNotFoundError: No module named 'wanted'/);
  const env = { ...process.env, PYTHONPATH: file("packages") };
  const { status, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8", env });
  assert.equal(status, 0, stderr);
  assert.ok(readResultsFile(file("w/sidewinder.json"), "w").benchmarks.has("wants"));
});

test("ablate: a row and two bars an idea", () => {
  const suite = writeSuite();
  const { status, stderr } = lab(
    "ablate",
    suite,
    "--only",
    "sum",
    "--ideas",
    "baseline,ranges",
    "--processes",
    "1",
    "--seconds",
    "0.2",
    "--keep",
    file("kept"),
    "--out",
    file("a.md"),
  );
  assert.equal(status, 0, stderr);
  // By turns: what happens on the machine meanwhile meets all of them.
  const order = [...stderr.matchAll(/\] (\S+) sum 1\/1$/gm)].map(([, name]) => name);
  assert.deepEqual(order, ["everything", "without-baseline", "without-ranges"]);
  const text = readFileSync(file("a.md"), "utf8");
  assert.match(text, /^\| sum \| [\d.]+ .s ± \d+ %, \d+\.\d % \|( \**\d+\.\d\d×, \d+\.\d %\** \|){2}$/m);
  for (const idea of ["baseline", "ranges"])
    assert.match(text, new RegExp(`\\| ${idea} \\| \\d\\.\\d+× \\| -?[\\d.]+ points \\|`));
  assert.equal(readFileSync(file("a.svg"), "utf8").match(/<rect [^>]*class="(gain|loss)"/g)?.length, 4);
  const paths = ["everything", "without-baseline", "without-ranges"].map((name) => file(`kept/${name}.json`));
  const again = lab("ablate", "--out", file("again.md"), ...paths);
  assert.equal(again.status, 0, again.stderr);
  assert.equal(readFileSync(file("again.md"), "utf8"), text.replaceAll("a.svg", "again.svg"));
  assert.match(lab("ablate", ...paths.slice(1)).stderr, /what --keep has kept is needed, everything\.json and/);
  assert.match(lab("ablate", paths[0]).stderr, /what --keep has kept is needed/);
});

/** Results with these values. */
function results(name: string, benchmarks: Record<string, number[]>): string {
  const runs = Object.entries(benchmarks).map(([title, values]) => ({ metadata: { name: title }, runs: [{ values }] }));
  writeFileSync(file(name), JSON.stringify({ version: "1.0", benchmarks: runs }));
  return file(name);
}

test("comparison: ratios, significance, what only one has", () => {
  const a = readResultsFile(results("a.json", { fast: [2, 2.01, 1.99], same: [1, 1.2, 0.8], gone: [1] }), "a");
  const b = readResultsFile(results("b.json", { fast: [1, 1.01, 0.99], same: [1.01, 1.19, 0.82], new: [1] }), "b");
  const { rows, missing, mean } = compare(a, b);
  assert.deepEqual(
    rows.map(({ name, isSignificant }) => [name, isSignificant]),
    [
      ["fast", true],
      ["same", false],
    ],
  );
  assert.ok(Math.abs(rows[0].ratio - 2) < 1e-9);
  assert.ok(mean > 1.3 && mean < 1.5);
  assert.deepEqual(missing, ["gone (not in b)", "new (not in a)"]);
});

test("bad input is said by name", () => {
  const good = results("good.json", { x: [1, 2] });
  const cases: [string, RegExp][] = [
    ["{", /is no JSON/],
    ["[1]", /no results of benchmarks/],
    ['{"version": "2.0", "benchmarks": []}', /version 2\.0/],
    ['{"version": "1.0", "benchmarks": []}', /an empty run/],
    ['{"version": "1.0", "benchmarks": [null]}', /not complete: benchmarks\[0\] is missing/],
    ['{"version": "1.0", "benchmarks": [{"runs": [null]}]}', /not complete: benchmarks\[0\]\.runs\[0\] is missing/],
    ['{"version": "1.0", "benchmarks": [{"metadata": null, "runs": [{"values": "x"}]}]}', /an empty run/],
    [
      '{"version": "1.0", "benchmarks": [{"metadata": {"name": "y"}, "runs": [{"values": [1]}]}]}',
      /no benchmark that good shares/,
    ],
  ];
  for (const [text, message] of cases) {
    writeFileSync(file("bad.json"), text);
    const { status, stderr } = lab("compare", good, file("bad.json"));
    assert.equal(status, 1);
    assert.match(stderr, message);
  }
  assert.equal(lab("compare", good).status, 2);
  assert.equal(lab("compare", good, file("none.json")).status, 1);
  assert.match(lab("bench", "--peers", "jython").stderr, /no peer 'jython'; there are sidewinder/);
  assert.match(lab("bench", file("nowhere")).stderr, /no such file or folder/);
  // One step is tried, and told of once.
  const cold = join(folder, "cold.py");
  writeFileSync(cold, "print('nothing')\n");
  const nothing = lab("bench", cold, "--processes", "3", "--out", file("nothing"));
  assert.equal(nothing.status, 1);
  assert.deepEqual(nothing.stderr.split("\n").slice(0, -1), [
    "[1/4] sidewinder cold 1/3",
    "sidewinder cold: it reported no times (no pyperf.Runner, no measure.main?)",
    "sidewinder-lab: sidewinder: no benchmark gave a result",
    "sidewinder-lab: no benchmark gave a result",
  ]);
  assert.match(lab("ablate", "--ideas", "magic").stderr, /'magic' is no idea/);
  mkdirSync(file("empty"), { recursive: true });
  assert.match(lab("bench", file("empty")).stderr, /no benchmarks in/);
  assert.deepEqual(parseReport("hello\n"), { failure: "it reported no times (no pyperf.Runner, no measure.main?)" });
});

test("the progress bar is drawn over on a terminal, lines elsewhere", () => {
  const drawn: string[] = [];
  const bar = new Progress(2, { isTTY: true, write: (text: string) => drawn.push(text) });
  bar.step("one");
  bar.step("two");
  bar.end();
  assert.match(drawn[1], /^\r.*█.* 1\/2 two, 0:0\d left$/u);
  const lines: string[] = [];
  new Progress(1, { write: (text: string) => lines.push(text) }).step("one");
  assert.deepEqual(lines, ["[1/1] one\n"]);
});
