/** The pictures of `compare` and `ablate` in a real browser: they are drawn, and nothing sticks out. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { ablationPicture } from "../../src/lab/compare/ablation.ts";
import type { PyperfRun, Results } from "../../src/lab/compare/results.ts";
import { compare } from "../../src/lab/compare/comparison.ts";
import { comparisonPicture } from "../../src/lab/compare/picture.ts";
import { openBrowser, openPage, options } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "sidewinder-charts-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function results(name: string, factor: number, coverage: number): Results {
  const benchmarks = ["<one>", "two", "three & four"].map((title, i) => {
    const values = [1, 1.02, 0.97, 1.3, 0.99].map((value) => value * factor ** i);
    return [title, { name: title, values, coverage, runs: [] as PyperfRun[] }] as const;
  });
  return { name, benchmarks: new Map(benchmarks) };
}
const BASE = results("everything", 1, 0.9);

for (const [name, picture, shapes, count] of [
  ["violins", comparisonPicture(compare(BASE, results("other & co", 0.5, 0.7))), ".violin", 3],
  ["bars", ablationPicture([{ idea: "joins", comparison: compare(BASE, results("without", 1.4, 0.5)) }]), ".gain", 2],
] as const) {
  test(`${name} are drawn within the picture`, options, async () => {
    const path = join(folder, `${name}.svg`);
    writeFileSync(path, picture);
    const browser = await openBrowser();
    try {
      const { page, errors } = await openPage(browser, pathToFileURL(path).href);
      assert.equal(await page.locator(shapes).count(), count);
      const frame = await page.locator("svg").boundingBox();
      assert.ok(frame !== null);
      for (const shape of await page.locator(`${shapes}, text`).all()) {
        const box = await shape.boundingBox();
        assert.ok(box !== null && box.width > 0 && box.height > 0);
        assert.ok(
          box.x >= frame.x && box.x + box.width <= frame.x + frame.width,
          await shape.textContent().then(String),
        );
        assert.ok(box.y >= frame.y && box.y + box.height <= frame.y + frame.height);
      }
      assert.deepEqual(errors, []);
    } finally {
      await browser.close();
    }
  });
}
