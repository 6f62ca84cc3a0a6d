import assert from "node:assert/strict";
import { test } from "node:test";
import { type Statistics, sumOf } from "../../src/stats/document.ts";
import { PROGRAMS, sidewinder, statistics, write } from "./programs.ts";

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
    const { times, ...figures } = jit ?? { times: {} };
    assert.ok(sumOf(times) > 0);
    return { ...rest, figures };
  });
  assert.deepEqual(one, other);
});

test("who counts changes nothing: the same regions are made with and without", () => {
  const program = write("same.py", PROGRAMS.exceptions + PROGRAMS.kinds);
  const emitted = (...options: string[]): string[] =>
    [...sidewinder(program, "jit=on", "jit-dump=j", ...options).matchAll(/function (py_\w+)/g)].map(([, name]) => name);
  const plain = emitted();
  assert.ok(plain.length > 3);
  assert.deepEqual(emitted("jit-stats=/dev/null"), plain);
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
