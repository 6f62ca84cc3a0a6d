/**
 * A page that embeds Sidewinder: it runs a program, takes what was observed as JSON, and shows the Lab's pages of it,
 * which are those that the command makes of the same JSON.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser, FrameLocator, Page, Route } from "playwright-core";
import type * as Api from "../../src/api/index.ts";
import type * as Lab from "../../src/lab/index.ts";
import { type CpuProfile, profileOf } from "../../src/profile/profile.ts";
import { folder } from "../stats/programs.ts";
import { openBrowser, options } from "./browser.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const lab = join(root, "bin/sidewinder-lab.js");

const PROGRAM = `
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
print(max(collatz(i) for i in range(1, 900)), "</script>")
`;
/** The files of the package, as a server has them. */
const FILES: Readonly<Record<string, [file: string, type: string]>> = {
  "/sidewinder.js": [exports["."].default, "text/javascript"],
  "/lab.js": [exports["./lab"].default, "text/javascript"],
  "/stdlib.bin": [exports["./stdlib.bin"], "application/octet-stream"],
};
const HTML = `<!doctype html><title>embedded</title><link rel="icon" href="data:,"><iframe style="width:1500px;height:800px"></iframe>
<script type="module">
import { Python } from "/sidewinder.js";
import * as lab from "/lab.js";
const bytes = new Uint8Array(await (await fetch("/stdlib.bin")).arrayBuffer());
const code = { read: (offset, length) => bytes.subarray(offset, offset + length) };
globalThis.lab = lab;
globalThis.observe = (source, name, more = {}) => {
  let output = "";
  const observe = { stats: true, lines: true, traces: true };
  const python = new Python({ argv: [name], jit: true, observe, library: { code }, stdout: (text) => { output += text; }, ...more });
  python.run(source, name);
  const { observed } = python;
  return { output, stats: observed.stats(), lines: observed.lines(), traces: observed.traces() };
};
globalThis.show = (text, type = "text/html") => new Promise((done) => {
  const frame = document.querySelector("iframe");
  frame.onload = () => done();
  frame.src = URL.createObjectURL(new Blob([text], { type }));
});
globalThis.isReady = true;
</script>`;
/** What the page's script has put there. */
interface PageGlobals {
  readonly lab: typeof Lab;
  readonly observe: (source: string, name: string, more?: Api.PythonOptions) => Seen;
  readonly show: (text: string, type?: string) => Promise<void>;
  readonly isReady: boolean;
}
declare const globalThis: PageGlobals;
interface Seen {
  output: string;
  stats: Api.Statistics;
  lines: Api.LinesDocument;
  traces: Api.TracesDocument | null;
}

let browser: Browser;
let page: Page;
let frame: FrameLocator;
let seen: Seen;
const errors: string[] = [];
before(async () => {
  if (options.skip !== false) return;
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
  // A busy machine takes its time over seven megabytes of library.
  context.setDefaultTimeout(180_000);
  page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.route("http://lab.test/**", serve);
  await page.goto("http://lab.test/");
  await page.waitForFunction(() => globalThis.isReady);
  frame = page.frameLocator("iframe");
  seen = await page.evaluate((source) => globalThis.observe(source, "collatz.py"), PROGRAM);
});
after(async () => {
  await browser?.close();
  assert.deepEqual(errors, []);
});

function serve(route: Route): Promise<void> {
  const [file, contentType] = FILES[new URL(route.request().url()).pathname] ?? [];
  if (file === undefined) return route.fulfill({ contentType: "text/html", body: HTML });
  return route.fulfill({ contentType, body: readFileSync(join(root, file)) });
}

/** Writes the JSON that the page has given, and has the command make `out` of it. */
function commandOutput(name: string, document: unknown, command: string, option: string): string {
  const json = join(folder, `${name}.json`);
  const out = join(folder, `${name}.out`);
  writeFileSync(json, JSON.stringify(document));
  const { status, stderr } = spawnSync(process.execPath, [lab, command, option, out, json], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return readFileSync(out, "utf8");
}

test("the program runs compiled, and its figures agree", options, () => {
  assert.equal(seen.output, "178 </script>\n");
  const { stats, lines, traces } = seen;
  assert.ok(stats.instructions.regions > stats.instructions.interpreter);
  assert.deepEqual(lines.instructions, stats.instructions);
  assert.deepEqual(stats.program, ["collatz.py"]);
  assert.equal(traces?.sources["collatz.py"], PROGRAM);
});

test("statistics of one run and of two", options, async () => {
  const html = await page.evaluate((run) => globalThis.lab.statsPage(run), seen.stats);
  assert.equal(html, commandOutput("stats", seen.stats, "stats", "--html"));
  await page.evaluate((text) => globalThis.show(text), html);
  assert.equal(await frame.locator("h1").innerText(), "collatz.py");
  const bars = frame.locator("details[open] td.share i");
  assert.ok((await bars.count()) >= 3);
  assert.ok(((await bars.first().boundingBox())?.width ?? 0) > 0);
  await frame.getByRole("heading", { name: "Execution counts: interpreter" }).click();
  assert.ok(await frame.getByText("LOAD_FAST_BORROW", { exact: true }).first().isVisible());
  const two = await page.evaluate((run) => {
    const other = globalThis.observe("for i in range(9000): i + 1", "other.py", { jit: false });
    return globalThis.lab.statsPage(run, other.stats);
  }, seen.stats);
  await page.evaluate((text) => globalThis.show(text), two);
  assert.equal(await frame.locator("h1").innerText(), "collatz.py and other.py");
  assert.ok(await frame.getByRole("columnheader", { name: "B − A", exact: true }).first().isVisible());
});

test("lines: a click tells why one ran in the interpreter, and links lead to lines", options, async () => {
  const html = await page.evaluate((document) => globalThis.lab.linesPage(document), seen.lines);
  assert.equal(html, commandOutput("lines", seen.lines, "lines", "--html"));
  await page.evaluate((text) => globalThis.show(text), html);
  const line = frame.locator("details.line", { hasText: "steps += 1" });
  const box = await line.locator(".bar .regions").boundingBox();
  assert.ok(box !== null && box.width > 30);
  const reason = line.locator("li").first();
  assert.equal(await reason.isVisible(), false);
  await line.locator("summary").click();
  assert.match(await reason.innerText(), /instructions interpreted: /);
  await frame.getByRole("link", { name: "collatz.py:5", exact: true }).click();
  assert.ok(await frame.locator("details.line:target", { hasText: "3 * n + 1" }).isVisible());
});

test("traces: a click on a source line shows its operations and its JavaScript", options, async () => {
  const html = await page.evaluate(
    (document) => globalThis.lab.tracesPage(document as Lab.TracesDocument),
    seen.traces,
  );
  const json = join(folder, "traces.json");
  writeFileSync(json, JSON.stringify(seen.traces));
  spawnSync(process.execPath, [lab, "traces", "--out", join(folder, "traces.html"), json]);
  assert.equal(html, readFileSync(join(folder, "traces.html"), "utf8"));
  await page.evaluate((text) => globalThis.show(text), html);
  await frame.locator(".line", { hasText: "3 * n + 1" }).click();
  const picked = (what: string) => frame.locator(`.unit:not([hidden]) ${what}.picked`).allTextContents();
  assert.match((await picked(".node")).join("\n"), /INT_MULTIPLY 3, %\d+/);
  assert.match((await picked(".js")).join("\n"), /= 3 \* /);
});

test("the charts of coverage, of time and of benchmarks have their bars", options, async () => {
  const chart = await page.evaluate(({ lines }) => {
    const { coverageChart, readCoverage, mergedCoverage } = globalThis.lab;
    const other = globalThis.observe("print(1)", "cold.py");
    const documents = [readCoverage("collatz.json", lines), readCoverage("cold.json", other.lines)];
    return coverageChart(mergedCoverage(documents));
  }, seen);
  await page.evaluate((text) => globalThis.show(text, "image/svg+xml"), chart);
  const widths = async (selector: string): Promise<number[]> => {
    const boxes = await Promise.all((await frame.locator(selector).all()).map((bar) => bar.boundingBox()));
    return boxes.map((box) => box?.width ?? 0);
  };
  assert.ok((await widths("rect.part")).some((width) => width > 300));
  for (const name of ["collatz", "cold"]) assert.ok(await frame.getByText(name, { exact: true }).isVisible());
  assert.equal(await one("lines", seen.lines), commandOutput("lines", seen.lines, "coverage", "--svg"));

  const callFrame = { functionName: "py_f_1_2", url: "", lineNumber: 0, columnNumber: 0 };
  const nodes = [{ id: 1, callFrame }];
  const cpu: CpuProfile = { nodes, startTime: 0, endTime: 9, samples: [1, 1], timeDeltas: [1, 5] };
  const profile = profileOf(["a.py"], cpu, {}, null);
  const time = await page.evaluate((document) => {
    const { profileChart, readProfiles } = globalThis.lab;
    return profileChart(readProfiles("a.json", document));
  }, profile);
  assert.match(time, /class="part"/);

  const results = (factor: number): string => {
    const runs = [{ values: [1, 1.1, 0.9].map((value) => value * factor) }];
    return JSON.stringify({ version: "1.0", benchmarks: [{ metadata: { name: "one" }, runs }] });
  };
  const { text, pictures } = await page.evaluate(
    ([a, b]) => {
      const { comparisonReport, readResults } = globalThis.lab;
      const { text, pictures } = comparisonReport([readResults("a", a), readResults("b", b), readResults("c", a)]);
      return { text, pictures: [...pictures] };
    },
    [results(1), results(0.5)],
  );
  assert.match(text, /\| one \|.* 2\.00× faster/);
  assert.deepEqual(
    pictures.map(([name]) => name),
    ["compare-b.svg", "compare-c.svg"],
  );
  await page.evaluate((svg) => globalThis.show(svg, "image/svg+xml"), pictures[0][1]);
  assert.ok((await widths(".violin"))[0] > 3);
});
/** The chart of one file. */
function one(name: string, document: unknown): Promise<string> {
  return page.evaluate(
    ([file, json]) => globalThis.lab.coverageChart(globalThis.lab.readCoverage(file as string, json)),
    [`${name}.json`, document],
  );
}

test("what cannot be shown is told in one line", options, async () => {
  const zero = { interpreter: 0, baseline: 0, regions: 0 };
  const cases: [reader: keyof typeof Lab, json: unknown, message: RegExp][] = [
    ["readStatistics", "{", /^it is no JSON: /],
    ["readStatistics", "[]", /^it is JSON, but no file of Sidewinder Lab$/],
    ["readStatistics", seen.lines, /^it holds sidewinder lines; here sidewinder statistics is needed$/],
    ["readStatistics", { ...seen.stats, version: 1 }, /^it has version 1 of sidewinder statistics; this Lab reads/],
    ["readStatistics", { ...seen.stats, pairs: null }, /^it is not complete: pairs is missing, or is something else$/],
    ["readStatistics", { ...seen.stats, instructions: zero }, /^it is of a run that executed no instruction$/],
    ["readLines", { ...seen.lines, instructions: zero, files: [] }, /^it is of a run that executed no instruction$/],
    ["readTraces", JSON.stringify({ kind: "sidewinder-traces", version: 0 }), /^it has version 0 of sidewinder-traces/],
    ["readProfiles", "[]", /^it holds no profile$/],
    ["readCoverage", "null", /^it is JSON, but no file of Sidewinder Lab$/],
    ["readResults", "{}", /^it is JSON, but no results of benchmarks \(pyperf's format\)$/],
  ];
  for (const [reader, json, message] of cases) {
    const told = await page.evaluate(
      ([name, value]) => {
        const { [name as "readStatistics"]: read, LabError } = globalThis.lab;
        try {
          read("it", value);
        } catch (error) {
          return error instanceof LabError ? error.message : `fault: ${error}`;
        }
        return "nothing";
      },
      [reader, json] as const,
    );
    assert.match(told, message);
  }
});

test("where functions cannot be made of text there are figures and no traces", options, async () => {
  const strict = await page.context().newPage();
  await strict.route("http://lab.test/strict", (route) => {
    const headers = { "Content-Security-Policy": "script-src 'self' 'unsafe-inline'" };
    return route.fulfill({ contentType: "text/html", headers, body: HTML });
  });
  await strict.route("http://lab.test/*.*", serve);
  await strict.goto("http://lab.test/strict");
  await strict.waitForFunction(() => globalThis.isReady);
  // What the debugger calls may make functions of text: the page itself has to run it.
  const { output, stats, lines, traces } = await strict.evaluate(
    (source) => new Promise<Seen>((done) => setTimeout(() => done(globalThis.observe(source, "collatz.py")))),
    PROGRAM,
  );
  assert.equal(output, seen.output);
  assert.equal(traces, null);
  assert.equal(stats.jit, null);
  assert.equal(lines.instructions.interpreter, stats.instructions.interpreter);
  await strict.evaluate((document) => globalThis.show(globalThis.lab.linesPage(document)), lines);
  const line = strict.frameLocator("iframe").locator("details.line", { hasText: "steps += 1" });
  assert.equal(await line.locator("b.share").textContent(), "0.0 %");
});

test("a run that never gets hot has pages that say so", options, async () => {
  const texts = await page.evaluate(() => {
    const { lines, traces, stats } = globalThis.observe("x = 1", "cold.py");
    const { linesPage, statsPage, tracesPage } = globalThis.lab;
    return [linesPage(lines), tracesPage(traces as Lab.TracesDocument), statsPage(stats)];
  });
  assert.match(texts[0], /from its beginning on: not hot yet/);
  assert.match(texts[1], /Nothing got hot/);
  assert.match(texts[2], /0\.0 % of them in compiled code/);
});
