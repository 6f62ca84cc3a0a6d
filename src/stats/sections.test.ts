import assert from "node:assert/strict";
import { test } from "node:test";
import { Counters, Histogram } from "./counters.ts";
import { STATISTICS, STATISTICS_VERSION, type Statistics } from "./document.ts";
import { html } from "./html.ts";
import { markdown } from "./markdown.ts";
import { type Section, headline, sectionsOf } from "./sections.ts";

function run(opcodes: Record<string, number>, regions = 0): Statistics {
  const figures = Object.entries(opcodes).map(([name, interpreter]) => [
    name,
    { interpreter, baseline: 0, misses: name === "BINARY_OP_ADD_INT" ? 4 : 0, family: familyOf(name) },
  ]);
  const interpreter = Object.values(opcodes).reduce((sum, n) => sum + n, 0);
  return {
    kind: STATISTICS,
    version: STATISTICS_VERSION,
    program: ["a.py"],
    instructions: { interpreter, baseline: 0, regions },
    opcodes: Object.fromEntries(figures),
    pairs: [["LOAD_FAST", "BINARY_OP", 3]],
    families: {
      BINARY_OP: { deferred: 2, hits: 6, misses: 4, success: 1, failure: 1, failureKinds: { add_other: 1 } },
    },
    calls: { fromNative: 1, fromPython: 2, baseline: 0, regions: 0 },
    jit: null,
  };
}
const familyOf = (name: string): string | null => (/^BINARY_OP_/.test(name) ? "BINARY_OP" : null);
const find = (sections: readonly Section[], title: string): Section => {
  const found = sections
    .flatMap((section) => [section, ...section.sections])
    .find((section) => section.title === title);
  assert.ok(found, title);
  return found;
};

const A = run({ LOAD_FAST: 20, BINARY_OP_ADD_INT: 10, BINARY_OP: 2 }, 96);
const B = run({ LOAD_FAST: 21, BINARY_OP: 50, NOP: 5 });

test("one run: the most frequent first, with shares", () => {
  const { table } = find(sectionsOf(A), "Execution counts: interpreter");
  assert.deepEqual(
    table?.rows.map(([name]) => name),
    ["LOAD_FAST", "BINARY_OP_ADD_INT", "BINARY_OP"],
  );
  assert.deepEqual(table?.rows[0][1], { count: 20, of: 32 });
  assert.equal(headline(A), "128 instructions, 75.0 % of them in compiled code");
});
test("two runs: the greatest change first", () => {
  const { table } = find(sectionsOf(A, B), "Execution counts: interpreter");
  assert.deepEqual(
    table?.rows.map(([name]) => name),
    ["BINARY_OP", "BINARY_OP_ADD_INT", "NOP", "LOAD_FAST"],
  );
  assert.deepEqual(table?.rows[1].slice(1), [{ count: 10 }, { count: 0 }, { count: -10 }, { change: -1 }]);
  assert.equal(table?.rows[2][4], null);
});
test("effectiveness adds up to what the interpreter ran", () => {
  const { table } = find(sectionsOf(A), "Effectiveness of specialisation");
  const counts = Object.fromEntries(
    (table?.rows ?? []).map(([name, cell]) => [name, (cell as { count: number }).count]),
  );
  assert.deepEqual(counts, { basic: 20, "not specialised": 2, "specialised, hits": 6, "specialised, misses": 4 });
});
test("without compilers there is no section about them, and what is left out is said", () => {
  const sections = sectionsOf(A);
  assert.ok(!sections.some(({ title }) => title === "The compilers"));
  assert.match(find(sections, "Left out").note, /reference counts/);
});
test("Markdown has a line a row, and names cannot break it or the page", () => {
  const odd: Section = { title: "T", note: "", table: { columns: ["name"], rows: [["a|b<c>"]] }, sections: [] };
  assert.equal(markdown("P", "L", [odd]), "# P\n\nL\n\n## T\n\n| name |\n| --- |\n| a\\|b<c> |\n\n");
  assert.match(html("P", "L", "", [odd]), /<td class="name">a\|b&lt;c&gt;<\/td>/);
});
test("histograms have a bucket a power of two", () => {
  const histogram = new Histogram();
  for (const value of [0, 1, 2, 3, 4, 5, 8, 9]) histogram.add(value);
  assert.deepEqual(histogram.buckets, [2, 1, 2, 2, 1]);
});
test("an instruction that tries to specialise itself counts when it runs", () => {
  const counters = new Counters();
  counters.step(1, false);
  counters.step(45, true);
  counters.again();
  counters.step(46, false);
  counters.guardFailed(46);
  counters.again();
  counters.step(45, true);
  assert.equal(counters.interpreter, 2);
  assert.deepEqual([counters.executed[45], counters.executed[46], counters.deferred[45]], [1, 0, 1]);
  assert.deepEqual([counters.misses[46], counters.retried[46], counters.pairs[(1 << 8) | 45]], [1, 1, 1]);
});
