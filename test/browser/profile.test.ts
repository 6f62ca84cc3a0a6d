/** The chart of `sidewinder-lab profile`, of a real run, in a real browser. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Profile, compiledInstructions } from "../../src/profile/profile.ts";
import { folder, write } from "../stats/programs.ts";
import { openBrowser, openPage, options } from "./browser.ts";

const command = fileURLToPath(new URL("../../bin/sidewinder-lab.js", import.meta.url));
function lab(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}
const program = write(
  "hot.py",
  `
import os, sys
def f(n):
    t = 0
    for i in range(n):
        t += i % 7
    return t
print(f(300000), len(sys.argv), "SIDEWINDER_LAB_PROFILE" in os.environ)
`,
);
const json = join(folder, "hot.json");
const { code, err } = lab("profile", "--json", json, program, "--svg", "own");

test("a run is sampled and counted, and its arguments are its own", () => {
  assert.equal(code, 0, err);
  assert.match(err, /^\d+ 3 False$/m);
  const profile = JSON.parse(readFileSync(json, "utf8")) as Profile;
  assert.ok(profile.samples > 10);
  assert.ok((compiledInstructions(profile) as number) > 0.9);
  const { categories, time } = profile;
  assert.equal(
    Object.values(categories).reduce((sum, n) => sum + n, 0),
    time,
  );
  // The interpreter's loop is found through the bundle's map.
  assert.ok(categories.interpreter > 0 && categories.imports > 0, JSON.stringify(categories));
});
test("the chart of two profiles has two bars", options, async (t) => {
  const svg = join(folder, "chart.svg");
  assert.equal(lab("profile", "--chart", "--svg", svg, json, json).code, 0);
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { page, errors } = await openPage(browser, pathToFileURL(svg).href);
  assert.equal(await page.getByText("hot.py").count(), 2);
  const box = await page.locator("rect.part").first().boundingBox();
  assert.ok(box !== null && box.width > 1 && box.height > 5);
  assert.deepEqual(errors, []);
});
test("what cannot be profiled is told in one line", () => {
  assert.match(lab("profile").err, /^sidewinder-lab: profile: a program is needed\n/);
  assert.match(lab("profile", "--chart").err, /files are needed/);
  assert.match(lab("profile", "--chart", program).err, /hot\.py is no JSON/);
  const bare = join(folder, "bare.json");
  writeFileSync(bare, JSON.stringify({ kind: "sidewinder profile", version: 1, program: [] }));
  assert.match(lab("profile", "--chart", bare).err, /bare\.json is not complete: samples is missing/);
  writeFileSync(bare, "[]");
  assert.match(lab("profile", "--chart", bare).err, /bare\.json holds no profile\n$/);
  assert.match(lab("profile", join(folder, "none.py")).err, /none\.py: there is no such file or folder\n$/);
  // What dies has a profile of what it did until then.
  const dying = lab("profile", "--no-counts", "-c", "1 / 0");
  assert.equal(dying.code, 0);
  assert.match(dying.err, /ZeroDivisionError[\s\S]*the program ended with status 1\n/);
  assert.match(dying.out, /^# -c[\s\S]*samples/);
  const killed = lab("profile", "--no-counts", "-c", "import os; os.kill(os.getpid(), 9)");
  assert.equal(killed.code, 1);
  assert.match(killed.err, /the program was ended by SIGKILL/);
});
