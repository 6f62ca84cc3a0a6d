import assert from "node:assert/strict";
import { test } from "node:test";
import { failureNumber } from "../../src/stats/failure-kinds.ts";
import { PROGRAMS, folder, pystatsLines, sidewinder, write } from "./programs.ts";

/**
 * What CPython 3.14's `summarize_stats.py` looks for in a file of statistics, and takes apart without asking: a line
 * that is none of these it would not understand.
 */
const KEYS: readonly RegExp[] = [
  /^opcode\[[A-Z_0-9]+\]\.specializable$/,
  /^opcode\[[A-Z_0-9]+\]\.execution_count$/,
  /^opcode\[[A-Z_0-9]+\]\.specialization\.(hit|miss|deferred|success|failure)$/,
  /^opcode\[[A-Z_0-9]+\]\.specialization\.failure_kinds\[([0-9]|[1-3][0-9])\]$/,
  /^opcode\[[A-Z_0-9]+\]\.pair_count\[[A-Z_0-9]+\]$/,
  /^Calls to (PyEval_EvalDefault|Python functions inlined)$/,
  /^Frames pushed$/,
  /^Optimization (attempts|traces created|traces executed|uops executed|inner loop|recursive call|low confidence|unknown callee)$/,
  /^Optimization trace (stack overflow|stack underflow|too long|too short)$/,
  /^Optimization optimizer (attempts|successes|failure no memory)$/,
  /^Optimizer remove globals (builtins changed|incorrect keys)$/,
  /^JIT (total memory|code|trampoline|data|padding|freed memory) size$/,
  /^Executors invalidated$/,
  /^(Trace length|Trace run length|Optimized trace length|Trace total memory size)\[\d+\]$/,
  /^uops\[_[A-Z_0-9]+\]\.execution_count$/,
  /^uop\[_[A-Z_0-9]+\]\.pair_count\[_[A-Z_0-9]+\]$/,
  /^unsupported_opcode\[[A-Z_0-9]+\]\.count$/,
];
/** Keys without which the script fails as soon as there are optimisation figures. */
const NEEDED = [
  "Optimization attempts",
  "Optimization traces created",
  "Optimization traces executed",
  "Optimization uops executed",
  "Optimization trace stack overflow",
  "Optimization trace stack underflow",
  "Optimization trace too long",
  "Optimization trace too short",
  "Optimization inner loop",
  "Optimization recursive call",
  "Optimization low confidence",
  "Optimization unknown callee",
  "Executors invalidated",
  "Optimization optimizer attempts",
  "Optimization optimizer successes",
  "Optimization optimizer failure no memory",
  "Optimizer remove globals builtins changed",
  "Optimizer remove globals incorrect keys",
  "JIT total memory size",
  "JIT code size",
  "JIT trampoline size",
  "JIT data size",
  "JIT padding size",
  "JIT freed memory size",
];

const program = write("pystats.py", Object.values(PROGRAMS).join("\n"));

for (const jit of ["on", "off"] as const) {
  test(`with jit=${jit}, every line is one that summarize_stats.py knows`, () => {
    const found = new Set<string>();
    for (const line of pystatsLines(program, jit, `lines-${jit}`)) {
      const [key, value, ...rest] = line.split(":").map((part) => part.trim());
      assert.equal(rest.length, 0, line);
      assert.match(value, /^\d+$/, line);
      assert.ok(
        KEYS.some((known) => known.test(key)),
        line,
      );
      assert.ok(!found.has(key), `${key} stands there twice`);
      found.add(key);
    }
    for (const key of NEEDED) assert.equal(found.has(key), jit === "on", key);
    const sections = [/pair_count/, /failure_kinds/, /specialization\.miss/, /deferred/, /^Calls to/, /specializable/];
    if (jit === "on") sections.push(/^Trace run length/, /^Optimized trace length/, /^uops/, /^unsupported_opcode/);
    for (const section of sections)
      assert.ok(
        [...found].some((key) => section.test(key)),
        String(section),
      );
  });
}

test("kinds of failures have CPython's numbers", () => {
  assert.equal(failureNumber("COMPARE_OP", "different_types"), 12);
  assert.equal(failureNumber("BINARY_OP", "subscr"), 33);
  assert.equal(failureNumber("FOR_ITER", "async_generator_send"), 30);
  assert.equal(failureNumber("LOAD_ATTR", "split_dict"), 35);
  assert.equal(failureNumber("CALL", "no_type_version"), 33);
  assert.equal(failureNumber("SEND", "expected_error"), 5);
  assert.equal(failureNumber("TO_BOOL", "tuple"), 18);
});

test("a folder is needed, and one that cannot be made is said by name", () => {
  assert.throws(() => sidewinder(program, "pystats"), /-X pystats: a folder is needed/);
  assert.throws(() => sidewinder(program, `pystats=${program}`), /-X pystats: .*pystats\.py: Not a directory/);
  assert.throws(() => sidewinder(program, `jit-stats=${folder}/no/x.json`), /-X jit-stats: .*: No such file/);
});
