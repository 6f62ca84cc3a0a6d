import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CATEGORIES, ENTERING, categoryOf } from "./categories.ts";
import { COLORS, profileChart, profileMarkdown } from "./chart.ts";
import { type CpuProfile, type Places, compiledInstructions, compiledTime, profileOf, sourceOf } from "./profile.ts";

const PLACES: Places = {
  "cli.cjs": [
    [0, 10, "src/generated/interpreter.ts"],
    [2, 0, "src/objects/list.ts"],
    [2, 50, "src/modules/_sre/match.ts"],
  ],
};
const frame = (functionName: string, url = "", lineNumber = 0, columnNumber = 0) => ({
  functionName,
  url,
  lineNumber,
  columnNumber,
});
const CLI = "/somewhere/dist/cli.cjs";
const CPU: CpuProfile = {
  startTime: 0,
  endTime: 100,
  nodes: [
    { id: 1, callFrame: frame("(root)"), children: [2, 5, 6] },
    { id: 2, callFrame: frame("loop", CLI, 0, 20), children: [3, 4] },
    { id: 3, callFrame: frame("py_f_1_2"), children: [7] },
    { id: 4, callFrame: frame("exec", CLI, 2, 60) },
    { id: 5, callFrame: frame("(garbage collector)") },
    { id: 6, callFrame: frame("writeSync", "node:fs", 3, 3) },
    { id: 7, callFrame: frame("slice") },
  ],
  samples: [2, 3, 7, 4, 5, 6, 2],
  timeDeltas: [5, 10, 20, 30, 40, 50, 60],
};
const profile = profileOf(["/x/a.py"], CPU, PLACES, { interpreter: 1, baseline: 1, regions: 2 });

test("a sample's time counts to its category, natives' to whoever calls them, and all of it sums up", () => {
  const { interpreter, regions, patterns, gc, io } = profile.categories;
  assert.deepEqual(
    { interpreter, regions, patterns, gc, io },
    { interpreter: 10, regions: 50, patterns: 40, gc: 50, io: 60 },
  );
  assert.equal(
    Object.values(profile.categories).reduce((sum, n) => sum + n, 0),
    profile.time,
  );
  assert.equal(compiledTime(profile), 50 / 60);
  assert.equal(compiledInstructions(profile), 0.75);
});
test("what instructions have in common counts to what runs them", () => {
  const places: Places = {
    "cli.cjs": [
      [0, 0, "src/generated/interpreter.ts"],
      [1, 0, "src/interp/dict-item.ts"],
      [2, 0, "src/objects/list/type.ts"],
    ],
  };
  const helper = (id: number): CpuProfile["nodes"][number] => ({ id, callFrame: frame("getDictItem", CLI, 1, 5) });
  const cpu: CpuProfile = {
    ...CPU,
    nodes: [
      { id: 1, callFrame: frame("(root)"), children: [2] },
      { id: 2, callFrame: frame("loop", CLI, 0, 20), children: [3, 4] },
      helper(3),
      { id: 4, callFrame: frame("py_f_1_2"), children: [5, 6] },
      helper(5),
      { id: 6, callFrame: frame("subscript", CLI, 2, 60), children: [7, 8] },
      { id: 7, callFrame: frame("loop", CLI, 0, 20), children: [9] },
      { id: 8, callFrame: frame("base_f_1"), children: [10] },
      helper(9),
      helper(10),
    ],
    samples: [3, 5, 6, 9, 10, 10],
    timeDeltas: [1, 10, 20, 30, 40, 50],
  };
  const { interpreter, regions, baseline, containers } = profileOf(["a.py"], cpu, places, null).categories;
  assert.deepEqual(
    { interpreter, regions, baseline, containers },
    { interpreter: 10 + 40, regions: 20, baseline: 50, containers: 30 },
  );
});
test("while the process is stopped no time is counted", () => {
  const timeDeltas = [5, 10, 20, 30, 9_000_000, 50, 60];
  const { time, categories } = profileOf(["a.py"], { ...CPU, timeDeltas }, PLACES, null);
  // The usual interval, 30, in place of the nine seconds.
  assert.equal(time, 10 + 20 + 30 + 30 + 50 + 60);
  assert.equal(categories.patterns, 30);
});
test("functions are found in the source file of the piece they lie in", () => {
  const at = (line: number, column: number): string => sourceOf(frame("f", CLI, line, column), PLACES);
  assert.equal(at(0, 9), "bin/cli.cjs");
  assert.equal(at(1, 99), "src/generated/interpreter.ts");
  assert.equal(at(2, 0), "src/objects/list.ts");
  assert.equal(at(2, 51), "src/modules/_sre/match.ts");
  assert.equal(sourceOf(frame("load", "/x/bin/sidewinder.js"), PLACES), "bin/sidewinder.js");
});
test("emitted functions are told by their names", () => {
  assert.equal(categoryOf("py_work_2_2", ""), "regions");
  assert.equal(categoryOf("base_work_2", ""), "baseline");
  assert.equal(categoryOf("py_work", ""), null);
  assert.equal(categoryOf("drive", "src/jit/baseline/drive.ts"), "leaving");
  assert.equal(categoryOf("translate", "src/jit/translate/translator.ts"), "jit");
});
test("what runs compiled code is not what compiles", () => {
  const compiler = readFileSync(fileURLToPath(new URL("../jit/compiler.ts", import.meta.url)), "utf8");
  for (const name of ENTERING) {
    assert.match(compiler, new RegExp(`^ {2}(private )?${name}\\(`, "m"), `${name} is no method of the trace compiler`);
    assert.equal(categoryOf(name, "src/jit/compiler.ts"), "leaving");
  }
  assert.equal(categoryOf("install", "src/jit/compiler.ts"), "jit");
});
test("the chart has a part for each category that took time, and a colour for every category", () => {
  const svg = profileChart([profile, profile]);
  assert.equal(svg.match(/class="part"/g)?.length, 10);
  const widths = [...svg.matchAll(/class="part"[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));
  assert.ok(Math.abs(widths.reduce((sum, n) => sum + n, 0) - 2 * 680) < 0.1);
  assert.deepEqual(Object.keys(COLORS), Object.keys(CATEGORIES));
  assert.match(svg, />83\.3 %</);
});
test("Markdown has the categories, the greatest first", () => {
  const text = profileMarkdown([profile]);
  assert.match(text, /of the time 83\.3 %, of the instructions 75\.0 %/);
  assert.ok(text.indexOf("| input and output |") < text.indexOf("| regular expressions |"));
});
