import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { LineFigures, LinesDocument } from "../../src/stats/lines.ts";
import { type Tiers, allOf } from "../../src/stats/tiers.ts";
import { PROGRAMS, SOON, folder, sidewinder, write } from "./programs.ts";

function lines(program: string, jit: "on" | "off", ...x: string[]): LinesDocument {
  const file = join(folder, "lines.json");
  sidewinder(program, `jit=${jit}`, ...SOON, `jit-lines=${file}`, ...x);
  return JSON.parse(readFileSync(file, "utf8"));
}
const runs = ({ files }: LinesDocument): unknown =>
  Object.fromEntries(
    files.map(({ file, lines }) => [
      file,
      Object.fromEntries(lines.map(({ line, runs, instructions }) => [line, [runs, allOf(instructions)]])),
    ]),
  );
const sumOf = (all: readonly Tiers[], tier: keyof Tiers): number => all.reduce((n, tiers) => n + tiers[tier], 0);

for (const [name, source] of Object.entries(PROGRAMS)) {
  test(`${name}: each line ran as often in all tiers together as in the interpreter alone`, () => {
    const program = write(`${name}.py`, source);
    const alone = lines(program, "off");
    const together = lines(program, "on");
    assert.deepEqual(runs(together), runs(alone));
    assert.ok(together.instructions.regions > together.instructions.interpreter);
  });
}
test("with baseline functions first, lines ran there", () => {
  const program = write("baseline.py", PROGRAMS.exceptions + PROGRAMS.kinds + PROGRAMS.closures);
  const together = lines(program, "on", "jit-warm-threshold=2");
  assert.deepEqual(runs(together), runs(lines(program, "off")));
  assert.ok(together.instructions.baseline > 1000);
});
test("lines sum up to the tiers' totals, and what the interpreter ran to its causes", () => {
  const program = write("sums.py", PROGRAMS.exceptions);
  const statistics = join(folder, "sums.json");
  const document = lines(program, "on", `jit-stats=${statistics}`);
  assert.deepEqual(document.instructions, JSON.parse(readFileSync(statistics, "utf8")).instructions);
  for (const tier of ["interpreter", "baseline", "regions"] as const) {
    assert.equal(
      sumOf(
        document.files.map(({ instructions }) => instructions),
        tier,
      ),
      document.instructions[tier],
    );
    for (const { lines, instructions } of document.files) {
      assert.equal(
        sumOf(
          lines.map((line) => line.instructions),
          tier,
        ),
        instructions[tier],
      );
    }
  }
  for (const { interpreted, instructions } of document.files.flatMap((file) => file.lines)) {
    assert.equal(
      Object.values(interpreted).reduce((n, count) => n + count, 0),
      instructions.interpreter,
    );
  }
});

const figuresOf = (document: LinesDocument, program: string, line: number): LineFigures => {
  const file = document.files.find((other) => other.file === program);
  return file?.lines.find((other) => other.line === line) as LineFigures;
};
test("a line tells how often it ran and why it ran in the interpreter", () => {
  const program = write(
    "why.py",
    `
def cold(x):
    return x + 1
def hot(n):
    t = 0
    for i in range(n):
        if i == 1900:
            t += 2
        t += i
    return t
cold(1)
hot(2000)
`,
  );
  const document = lines(program, "on", "jit-warm-threshold=100000");
  const seldom = figuresOf(document, program, 8);
  assert.equal(seldom.runs, 1);
  assert.deepEqual(Object.keys(seldom.interpreted), ["py_hot_4_2 left at hot:7, branch: counting"]);
  const branch = figuresOf(document, program, 7);
  assert.equal(branch.runs, 2000);
  assert.ok(branch.instructions.regions > branch.instructions.interpreter);
  assert.deepEqual(Object.keys(figuresOf(document, program, 3).interpreted), [
    "cold from its beginning on: not hot yet",
  ]);
  const off = figuresOf(lines(program, "off"), program, 9);
  assert.equal(off.runs, 2000);
  assert.deepEqual(Object.keys(off.interpreted), ["there is no compiler"]);
});
test("what is too short to go on with runs in the region that it leaves, though that be full", () => {
  const program = write(
    "short.py",
    `
def leaf(x):
    if x % 3 == 0:
        return 0
    y = x * 2 + 1
    y = y * 3 - x
    if x % 5 == 0:
        y += x * 2 - 5
        y -= x * 3 - 7
        y += x * 2 - 5
        y -= x * 3 - 7
    if x % 7 == 0:
        return 1
    if x % 11 == 0:
        return 2
    if x % 13 == 0:
        return 3
    return y + x
def f(n):
    for i in range(n): leaf(i)
f(30000)
`,
  );
  const options = ["jit-warm-threshold=100000", "jit-inline-limit=1", "jit-small-region=1000"];
  const document = lines(program, "on", ...options);
  for (const line of [13, 15]) {
    const { interpreter, regions } = figuresOf(document, program, line).instructions;
    assert.ok(regions > interpreter, `${line}: ${regions} ${interpreter}`);
  }
});
test("async for over an asynchronous generator is compiled, its end too", () => {
  const program = write(
    "ends.py",
    `
async def some(n):
    for i in range(n):
        yield i
async def f(n):
    t = 0
    for i in range(n):
        async for x in some(2):
            t += x
        t += 1
    return t
try: f(2000).send(None)
except StopIteration as e: print(e.value)
`,
  );
  const document = lines(program, "on", "jit-warm-threshold=100000");
  assert.deepEqual(runs(document), runs(lines(program, "off")));
  for (const line of [8, 9, 10]) {
    const { interpreter, regions } = figuresOf(document, program, line).instructions;
    assert.ok(regions > 5 * interpreter, `${line}: ${regions} ${interpreter}`);
  }
});
test("sys._stats_off, _stats_on and _stats_clear say what is counted", () => {
  const source = (before: string, after: string): string => `
import sys
def f(n):
    t = 0
    for i in range(n):
        t += i if i % 3 else 1
    return t
${before}
f(3000)
${after}
f(100)
`;
  const whole = lines(write("whole.py", source("", "")), "on");
  const paused = lines(write("paused.py", source("sys._stats_off()", "sys._stats_on()")), "on");
  const cleared = lines(write("cleared.py", source("", "sys._stats_clear()")), "on");
  const ran = (document: LinesDocument, name: string): number => figuresOf(document, join(folder, name), 6).runs;
  assert.deepEqual([ran(whole, "whole.py"), ran(paused, "paused.py"), ran(cleared, "cleared.py")], [3100, 100, 100]);
  assert.equal(figuresOf(cleared, join(folder, "cleared.py"), 2), undefined);
  assert.ok(cleared.instructions.interpreter < 100 && cleared.instructions.regions > 500);
});
