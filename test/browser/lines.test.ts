/** The page of `sidewinder-lab lines` and the chart of `sidewinder-lab coverage`, of real runs, in a real browser. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { CoverageDocument } from "../../src/profile/coverage.ts";
import type { LinesDocument } from "../../src/stats/lines.ts";
import { allOf } from "../../src/stats/tiers.ts";
import { folder, write } from "../stats/programs.ts";
import { openBrowser, openPage, options } from "./browser.ts";

const command = fileURLToPath(new URL("../../bin/sidewinder-lab.js", import.meta.url));
function lab(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}
const program = write(
  "lined.py",
  `
import sys
def f(n):
    t = "<&>" and 0
    for i in range(n):
        if i % 3000 == 2999:
            t += 5
        t += i
    return t
print(f(9000), sys.argv[1:])
`,
);
const page = join(folder, "lined.html");
const json = join(folder, "lined.json");
const made = lab("lines", "--html", page, "--json", json, program, "--json", "own");

test("a program's arguments are its own, and its figures can be read again", () => {
  assert.equal(made.code, 0, made.err);
  assert.match(made.err, /\['--json', 'own'\]/);
  const document = JSON.parse(readFileSync(json, "utf8")) as LinesDocument;
  assert.ok(allOf(document.instructions) > 9000);
  const { code, out } = lab("lines", json);
  assert.equal(code, 0);
  assert.match(out, /^ +8 +9,000 +\d+\.\d % +t \+= i$/m);
  assert.match(out, /^ +7 +3 +0\.0 % +t \+= 5$/m);
  assert.match(
    out,
    /\| lined\.py:8 \| [\d,]+ \| \d+\.\d % \| [\d,]+ instructions interpreted: f from its beginning on/,
  );
});
test("a click on a line tells why it ran in the interpreter", options, async (t) => {
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { page: shown, errors } = await openPage(browser, pathToFileURL(page).href);
  const line = shown.locator("details.line", { hasText: "t += 5" });
  const reason = line.getByText("left at f:6, branch: counting");
  assert.equal(await reason.isVisible(), false);
  await line.locator("summary").click();
  assert.equal(await reason.isVisible(), true);
  assert.match(String(await line.locator("b.runs").textContent()), /^3$/);
  const bar = await shown.locator("details.line", { hasText: "t += i" }).locator(".bar .regions").boundingBox();
  assert.ok(bar !== null && bar.width > 30);
  await shown.getByRole("link", { name: "lined.py:8" }).click();
  assert.deepEqual(errors, []);
});
test("the chart of coverage has a bar a program, and says which did not run", options, async (t) => {
  const bad = write("bad.py", "import pyperf\nraise RuntimeError('no data')\n");
  const good = write(
    "good.py",
    `
import pyperf
def work():
    t = 0
    for i in range(20000): t += i
pyperf.Runner().bench_func("good", work)
`,
  );
  const [svg, figures] = [join(folder, "coverage.svg"), join(folder, "coverage.json")];
  const run = lab("coverage", "--warmup", "0.3", "--seconds", "0.1", "--svg", svg, "--json", figures, good, bad);
  assert.equal(run.code, 0, run.err);
  assert.equal(
    run.out,
    "1 programs, 1 with at least 95 %, 1 with at least 99 % of their instructions in compiled code; 1 did not run\n",
  );
  const document = JSON.parse(readFileSync(figures, "utf8")) as CoverageDocument;
  assert.deepEqual(document.failures, [{ name: "bad", reason: "RuntimeError: no data" }]);
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { page: shown, errors } = await openPage(browser, pathToFileURL(svg).href);
  const box = await shown.locator("rect.part").first().boundingBox();
  assert.ok(box !== null && box.width > 300);
  assert.deepEqual(errors, []);
  const table = lab("coverage", figures, figures);
  assert.match(table.out, /\| good \| [\d.]+ \| (99|100)\.\d\d % \|/);
  assert.match(table.out, /\| bad \| RuntimeError: no data \|/);
});
test("what cannot be shown is told in one line", () => {
  assert.match(lab("lines").err, /^sidewinder-lab: lines: a program or a FILE\.json is needed\n/);
  assert.match(lab("lines", json, json).err, /one FILE\.json at a time/);
  const wrong = join(folder, "wrong.json");
  writeFileSync(wrong, JSON.stringify({ kind: "sidewinder lines", version: 99 }));
  assert.match(lab("lines", wrong).err, /has version 99 of sidewinder lines; this Lab reads version 1\n$/);
  assert.match(lab("coverage", wrong).err, /has version 99 of sidewinder lines/);
  writeFileSync(wrong, JSON.stringify({ kind: "sidewinder profile", version: 1 }));
  assert.match(
    lab("coverage", wrong).err,
    /wrong\.json holds sidewinder profile; here sidewinder coverage is needed\n$/,
  );
  const zero = { interpreter: 0, baseline: 0, regions: 0 };
  writeFileSync(
    wrong,
    JSON.stringify({ kind: "sidewinder lines", version: 1, program: [], instructions: zero, files: [] }),
  );
  assert.match(lab("lines", wrong).err, /is of a run that executed no instruction/);
  writeFileSync(wrong, JSON.stringify({ kind: "sidewinder lines", version: 1, program: [], files: [{}] }));
  assert.match(
    lab("lines", wrong).err,
    /wrong\.json is not complete: instructions is missing, or is something else\n$/,
  );
  writeFileSync(wrong, JSON.stringify({ kind: "sidewinder coverage", version: 1, programs: [] }));
  assert.match(lab("coverage", wrong).err, /is not complete: failures is missing/);
  writeFileSync(wrong, JSON.stringify({ kind: "sidewinder coverage", version: 1, programs: [], failures: [] }));
  assert.match(lab("coverage", wrong).err, /no program ran: there is nothing to show\n$/);
  assert.equal(
    lab("lines", join(folder, "none.py")).err,
    `sidewinder-lab: ${join(folder, "none.py")}: there is no such file or folder\n`,
  );
  assert.match(lab("lines", "--html", folder, json).err, /cannot be written: it is a folder\n$/);
  assert.match(lab("lines", folder).err, /can't find '__main__' module in/);
  // What never gets hot has a page as well, which says so: of whatever site does at the start of a machine's Python.
  assert.match(lab("lines", "-c", "x = 1").out, /instructions interpreted: \S+ from its beginning on: not hot yet/);
  const shown = join(folder, "dying.md");
  const dying = lab("lines", "--markdown", shown, write("dying.py", "print(1)\nraise ValueError('oh')\n"));
  assert.equal(dying.code, 0);
  assert.match(dying.err, /ValueError: oh[\s\S]*the program ended with status 1; what ran until then is shown/);
  assert.match(readFileSync(shown, "utf8"), /^ +1 +1 +0\.0 % +print\(1\)$/m);
  const killed = lab("lines", "-c", "import os; os.kill(os.getpid(), 9)");
  assert.equal(killed.code, 1);
  assert.match(killed.err, /the program was ended by SIGKILL/);
});
