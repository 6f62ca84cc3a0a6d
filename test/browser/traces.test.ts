/** `sidewinder-lab traces`, from a program to a click in a real browser. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { TRACES_VERSION } from "../../src/events/traces.ts";
import { openBrowser, openPage, options } from "./browser.ts";

const lab = fileURLToPath(new URL("../../bin/sidewinder-lab.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sidewinder-traces-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string): string => join(folder, name);
const run = (...args: string[]) =>
  spawnSync(process.execPath, [lab, "traces", ...args], { encoding: "utf8", cwd: folder });

const PROGRAM = `def collatz(n):
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps
"</script><b>é</b>"
for i in range(1, 900):
    collatz(i)
`;

test("a click on a source line shows its operations and its JavaScript, and back", options, async () => {
  writeFileSync(file("collatz.py"), PROGRAM);
  const { status, stderr } = run("--out", file("page.html"), file("collatz.py"));
  assert.equal(status, 0, stderr);
  const browser = await openBrowser();
  try {
    const { page, errors } = await openPage(browser, pathToFileURL(file("page.html")).href);
    const picked = (selector: string) => page.locator(`.unit:not([hidden]) ${selector}.picked`);
    assert.equal(await page.locator("nav .entry b").first().textContent(), "collatz");
    assert.equal(await page.locator(".line").nth(9).locator("code").textContent(), '"</script><b>é</b>"');
    // Source → operations → JavaScript.
    await page.locator(".line", { hasText: "n = 3 * n + 1" }).click();
    assert.match((await picked(".node").allTextContents()).join("\n"), /INT_MULTIPLY 3, %\d+/);
    assert.match((await picked(".js").allTextContents()).join("\n"), /= 3 \* /);
    // JavaScript → operation → source, with its columns.
    await page
      .locator(".unit:not([hidden]) .js", { hasText: /% 2|remainder\(/ })
      .last()
      .click();
    assert.equal(await page.locator(".line.picked").count(), 1);
    assert.equal(await page.locator(".line mark").textContent(), "n % 2");
    // By keyboard: the next region and back, then its JavaScript.
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".picked").count(), 0);
    await page.keyboard.press("n");
    await page.keyboard.press("p");
    assert.ok((await page.locator(".line.picked").count()) > 0);
    await page.keyboard.press("4");
    assert.ok(await page.evaluate("document.activeElement.classList.contains('js')"));
    // Hot lines are shaded, exits have their count and fate.
    const heat = await page.locator(".line", { hasText: "while n != 1" }).getAttribute("style");
    assert.match(heat ?? "", /--heat:(1|0\.\d+)/);
    assert.ok((await page.locator("tr.traced", { hasText: "branch" }).count()) > 0);
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
});

test("a program that never gets hot has a page that says so", options, async () => {
  writeFileSync(file("cold.py"), "print('cold')\n");
  const { stdout } = run("--out", file("cold.html"), file("cold.py"));
  assert.match(stdout, /nothing got hot/);
  const browser = await openBrowser();
  try {
    const { page, errors } = await openPage(browser, pathToFileURL(file("cold.html")).href);
    assert.match((await page.locator("nav").textContent()) ?? "", /Nothing got hot/);
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
});

test("a program that dies has a page of what was made until then", () => {
  writeFileSync(file("dies.py"), `${PROGRAM}raise SystemExit(3)\n`);
  const { status, stderr } = run("--out", file("dies.html"), file("dies.py"));
  assert.equal(status, 0);
  assert.match(stderr, /ended with status 3/);
  assert.match(readFileSync(file("dies.html"), "utf8"), /collatz/);
});

test("what is no document of traces is refused by name", () => {
  for (const [text, message] of [
    ["{", "is no JSON"],
    ["[]", "no file of Sidewinder Lab"],
    ['{"kind": "sidewinder-traces", "version": 99}', "version 99"],
    [`{"kind": "sidewinder-traces", "version": ${TRACES_VERSION}}`, "not complete"],
  ]) {
    writeFileSync(file("bad.json"), text);
    const { status, stderr } = run(file("bad.json"));
    assert.equal(status, 1);
    assert.ok(stderr.includes(message), stderr);
  }
  assert.match(run(file("nowhere.py")).stderr, /nowhere\.py: there is no such file or folder\n$/);
  assert.equal(run().status, 2);
  assert.equal(run(file("none.json")).status, 1);
});
