/** The pages of `sidewinder-lab stats`, in a real browser. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { STATISTICS_VERSION } from "../../src/stats/document.ts";
import { PROGRAMS, folder, sidewinder, write } from "../stats/programs.ts";
import { openBrowser, openPage, options } from "./browser.ts";

const command = fileURLToPath(new URL("../../bin/sidewinder-lab.js", import.meta.url));
function lab(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}
function figures(name: string, source: string): string {
  const json = join(folder, `${name}.json`);
  sidewinder(write(`${name}.py`, source), "jit=on", `jit-stats=${json}`);
  return json;
}
const a = figures("a", PROGRAMS.kinds);
const b = figures("b", PROGRAMS.exceptions);

test("the page of one run opens, and its sections unfold", options, async (t) => {
  const file = join(folder, "a.html");
  assert.equal(lab("stats", a, "--html", file).code, 0);
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { page, errors } = await openPage(browser, pathToFileURL(file).href);
  assert.match(await page.locator("h1").innerText(), /^a\.py$/);
  const bars = page.locator("details[open] td.share i");
  assert.ok((await bars.count()) >= 3);
  assert.ok(await bars.first().isVisible());
  const hidden = page.getByText("LOAD_FAST_BORROW", { exact: true }).first();
  assert.equal(await hidden.isVisible(), false);
  await page.getByRole("heading", { name: "Execution counts: interpreter" }).click();
  assert.equal(await hidden.isVisible(), true);
  assert.deepEqual(errors, []);
});
test("the page of two runs shows the difference", options, async (t) => {
  const file = join(folder, "ab.html");
  assert.equal(lab("stats", a, b, "--html", file).code, 0);
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { page, errors } = await openPage(browser, pathToFileURL(file).href);
  assert.deepEqual(await page.locator("th").first().innerText(), "tier");
  assert.equal(await page.getByRole("columnheader", { name: "B − A", exact: true }).first().isVisible(), true);
  assert.deepEqual(errors, []);
});
const NOTHING = {
  program: [],
  opcodes: {},
  pairs: [],
  families: {},
  calls: { fromNative: 0, fromPython: 0, baseline: 0, regions: 0 },
  jit: null,
};
test("bad input is told in one line", () => {
  const empty = join(folder, "empty.json");
  const zero = { interpreter: 0, baseline: 0, regions: 0 };
  writeFileSync(
    empty,
    JSON.stringify({ kind: "sidewinder statistics", version: STATISTICS_VERSION, ...NOTHING, instructions: zero }),
  );
  const bare = join(folder, "bare.json");
  writeFileSync(bare, JSON.stringify({ kind: "sidewinder statistics", version: STATISTICS_VERSION, program: [] }));
  const old = join(folder, "old.json");
  writeFileSync(old, JSON.stringify({ kind: "sidewinder statistics", version: 1 }));
  for (const [args, message] of [
    [
      ["stats", bare],
      /^sidewinder-lab: .*bare\.json is not complete: instructions is missing, or is something else\n$/,
    ],
    [
      ["stats", a, old],
      /^sidewinder-lab: .*old\.json has version 1 of sidewinder statistics; this Lab reads version \d\n$/,
    ],
    [["stats", folder], /^sidewinder-lab: .* cannot be read: it is a folder\n$/],
    [["stats", a, "--html", folder], /^sidewinder-lab: .* cannot be written: it is a folder\n$/],
    [["stats"], /^sidewinder-lab: stats: one or two files are needed\n/],
    [["stats", a, b, a], /^sidewinder-lab: stats: one or two files are needed\n/],
    [["stats", empty], /^sidewinder-lab: .*empty\.json is of a run that executed no instruction\n$/],
    [["stats", join(folder, "a.py")], /^sidewinder-lab: .*a\.py is no JSON/],
  ] as const) {
    const { code, out, err } = lab(...args);
    assert.notEqual(code, 0);
    assert.equal(out, "");
    assert.match(err, message);
  }
});
