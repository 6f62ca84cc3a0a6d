import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Statistics, sumOf } from "../../src/stats/document.ts";
import type { LinesDocument } from "../../src/stats/lines.ts";
import { PROGRAMS, SOON, folder, sidewinder, statistics, write } from "./programs.ts";

const total = ({ instructions: { interpreter, baseline, regions } }: Statistics): number =>
  interpreter + baseline + regions;

for (const [name, source] of Object.entries(PROGRAMS)) {
  test(`${name}: what each tier ran makes what the interpreter runs alone`, () => {
    const program = write(`${name}.py`, source);
    const alone = statistics(program, "off");
    const together = statistics(program, "on");
    assert.equal(alone.jit, null);
    assert.equal(total(alone), alone.instructions.interpreter);
    assert.equal(total(together), total(alone));
    assert.ok(together.instructions.regions > together.instructions.interpreter);
    for (const { opcodes, instructions } of [alone, together]) {
      const sum = (tier: "interpreter" | "baseline"): number =>
        Object.values(opcodes).reduce((n, figures) => n + figures[tier], 0);
      assert.equal(sum("interpreter"), instructions.interpreter);
      assert.equal(sum("baseline"), instructions.baseline);
    }
  });
}

test("two runs have the same counters", () => {
  const program = write("twice.py", PROGRAMS.kinds + PROGRAMS.exceptions);
  const [one, other] = [statistics(program, "on"), statistics(program, "on")].map(({ jit, ...rest }) => {
    const { times, ...figures } = jit as NonNullable<typeof jit>;
    for (const phase of ["recording", "translating", "emitting", "making functions"])
      assert.ok(times[phase] > 0, phase);
    return { ...rest, figures };
  });
  assert.deepEqual(one, other);
});

test("who counts changes nothing: the same code is made with and without, but for the statements that count", () => {
  const program = write("same.py", PROGRAMS.exceptions + PROGRAMS.kinds);
  const counting = /count\d+\.(compiled \+= -?\d+|n\+\+); |^ *const count\d+ = .*\n/gm;
  const emitted = (...options: string[]): string => sidewinder(program, "jit=on", "jit-dump=j", ...SOON, ...options);
  const plain = emitted();
  assert.doesNotMatch(plain, counting);
  for (const option of ["jit-stats=/dev/null", "jit-lines=/dev/null"]) {
    const counted = emitted(option);
    assert.ok((counted.match(counting)?.length ?? 0) > 10, option);
    assert.equal(regionsOf(counted.replace(counting, "")), regionsOf(plain), option);
  }
});
/** Without baseline functions, whose blocks count in lines of their own. */
function regionsOf(dump: string): string {
  const parts = dump.split(/^══ /m).filter((part) => part.startsWith("region "));
  assert.ok(parts.length > 3);
  return parts.join("");
}

test("pairs of operations: each run follows another one, or begins a turn or a region", () => {
  const program = write("pairs.py", PROGRAMS.kinds + PROGRAMS.recursion);
  const { jit } = statistics(program, "on");
  const { operations, operationPairs } = jit as NonNullable<typeof jit>;
  const after = new Map<string, number>();
  for (const [, second, count] of operationPairs) after.set(second, (after.get(second) ?? 0) + count);
  for (const [name, count] of Object.entries(operations)) {
    const followed = after.get(name) ?? 0;
    assert.ok(followed <= count, `${name}: ${followed} of ${count}`);
  }
  assert.ok([...after.values()].reduce((sum, n) => sum + n, 0) > sumOf(operations) / 2);
  const [, , most] = operationPairs[0];
  assert.ok(operationPairs.every(([, , count]) => count <= most));
});

test("a family's attempts, misses and named failures", () => {
  const program = write(
    "family.py",
    `
def add(a, b):
    return a + b
for i in range(40): add(i, 1)
for i in range(40): add("a", "b")
for i in range(200): (1, 2) == (1, 2)
`,
  );
  const { BINARY_OP, COMPARE_OP } = statistics(program, "off").families;
  // Two kinds of operands: specialised twice, after misses for the second.
  assert.ok(BINARY_OP.success >= 1 && BINARY_OP.misses >= 40, JSON.stringify(BINARY_OP));
  assert.equal(COMPARE_OP.failureKinds.tuple, COMPARE_OP.failure);
  assert.ok(COMPARE_OP.deferred > COMPARE_OP.failure);
});

test("exits that go on in another region are told so, with its name, and counted as ways into another region", () => {
  const file = write("branches.py", PROGRAMS.kinds);
  const { jit } = statistics(file, "on", "jit-small-region=1000", "jit-exit-threshold=20");
  const exits = jit?.regions.flatMap((region) => region.exits) ?? [];
  const goOn = exits.filter(({ fate }) => fate === "goes on in another region");
  assert.ok(goOn.length > 0);
  for (const { continuation } of goOn) assert.ok(jit?.regions.some(({ name }) => name === continuation));
  assert.ok((jit?.leaves.link ?? 0) > 0 && (jit?.emitted.regions ?? 0) > 0);
});

test("an attempt and what follows it are counted once each", () => {
  const { opcodes, pairs } = statistics(write("loop.py", "for i in range(100): i + i\n"), "off");
  assert.equal(opcodes.BINARY_OP_ADD_INT.interpreter + opcodes.BINARY_OP.interpreter, 100);
  const before = pairs.filter(([, second]) => second.startsWith("BINARY_OP")).reduce((sum, [, , n]) => sum + n, 0);
  assert.equal(before, 100);
});

test("operations are counted as often as the instructions that they are of, on all ways through a region", () => {
  const program = write(
    "ways.py",
    `
def f(n):
    t = x = 3
    for i in range(n):
        if i % 3 == 0:
            x = i % 100
        elif i % 3 == 1:
            x = 7
        t -= x
        t = t * 1 % 10007
    return t
f(20000)
`,
  );
  const lines = join(folder, "ways.json");
  const { jit } = statistics(program, "on", `jit-lines=${lines}`);
  const { files } = JSON.parse(readFileSync(lines, "utf8")) as LinesDocument;
  const line = files.find(({ file }) => file === program)?.lines.find((one) => one.line === 9);
  // Both operands, the operation, the store.
  assert.equal(jit?.operations.INT_SUBTRACT, (line?.instructions.regions ?? 0) / 3);
  assert.ok((jit?.operations.INT_SUBTRACT ?? 0) > 15_000);
  assert.ok(jit?.operationPairs.some(([first]) => first === "JOIN"));
});
