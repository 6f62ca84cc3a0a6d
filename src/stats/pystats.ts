/**
 * A run's figures in the form that CPython's statistics builds write, `key : value` lines, which CPython's
 * `Tools/scripts/summarize_stats.py` reads. Left out is what there is not: reference counts, free lists and the
 * allocations of a heap that is V8's, collections whose times and generations are V8's own, and rare events that
 * invalidate nothing here.
 */
import type { FamilyFigures, JitFigures, OpcodeFigures, Statistics, Tally } from "./document.ts";
import { failureNumber } from "./failure-kinds.ts";

type Line = readonly [key: string, value: number];

export function pystats(statistics: Statistics): string {
  const lines: Line[] = [
    ...opcodeLines(statistics),
    ...callLines(statistics),
    ...(statistics.jit === null ? [] : jitLines(statistics.jit)),
  ];
  return lines.map(([key, value]) => `${key} : ${value}\n`).join("");
}

function* opcodeLines({ opcodes, families, pairs }: Statistics): Iterable<Line> {
  for (const [family, figures] of Object.entries(families)) yield* familyLines(family, figures);
  for (const [name, figures] of Object.entries(opcodes)) yield* executionLines(name, figures);
  for (const [first, second, count] of pairs) yield [`opcode[${first}].pair_count[${second}]`, count];
}
function* familyLines(family: string, figures: FamilyFigures): Iterable<Line> {
  const key = `opcode[${family}]`;
  yield [`${key}.specializable`, 1];
  for (const what of ["success", "failure", "deferred"] as const) {
    if (figures[what] > 0) yield [`${key}.specialization.${what}`, figures[what]];
  }
  if (figures.hits > 0) yield [`${key}.specialization.hit`, figures.hits];
  if (figures.misses > 0) yield [`${key}.specialization.miss`, figures.misses];
  for (const [number, count] of numbered(family, figures.failureKinds)) {
    yield [`${key}.specialization.failure_kinds[${number}]`, count];
  }
}
/** Kinds that have no number of their own are one. */
function numbered(family: string, kinds: Tally): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [kind, count] of Object.entries(kinds)) {
    const number = failureNumber(family, kind);
    counts.set(number, (counts.get(number) ?? 0) + count);
  }
  return counts;
}
function* executionLines(name: string, { interpreter, misses, family }: OpcodeFigures): Iterable<Line> {
  if (interpreter > 0) yield [`opcode[${name}].execution_count`, interpreter];
  if (misses > 0 && family !== null) yield [`opcode[${name}].specialization.miss`, misses];
}

function* callLines({ calls }: Statistics): Iterable<Line> {
  yield ["Calls to PyEval_EvalDefault", calls.fromNative];
  yield ["Calls to Python functions inlined", calls.fromPython + calls.baseline + calls.regions];
  yield ["Frames pushed", calls.fromNative + calls.fromPython + calls.baseline + calls.regions];
}

/** CPython's reasons, and what of ours comes under them; the others have lines of their own kind. */
const REASONS: readonly (readonly [key: string, reasons: readonly RegExp[]])[] = [
  ["trace stack overflow", []],
  ["trace stack underflow", [/^lost the frame$/]],
  ["trace too long", [/^trace too long$/, /^region too large$/]],
  ["trace too short", [/^too short/]],
  ["inner loop", [/^inner loop$/]],
  ["recursive call", []],
  ["low confidence", []],
  ["unknown callee", [/^a method cannot be entered$/]],
];

function* jitLines(jit: JitFigures): Iterable<Line> {
  const sum = (tally: Tally): number => Object.values(tally).reduce((total, n) => total + n, 0);
  yield ["Optimization attempts", jit.attempts];
  yield ["Optimization traces created", jit.created];
  yield ["Optimization traces executed", jit.entries];
  yield ["Optimization uops executed", sum(jit.operations)];
  for (const [key, patterns] of REASONS) yield [`Optimization ${key}`, matching(jit.aborts, patterns)];
  yield ["Executors invalidated", sum(jit.invalidations)];
  yield* histogramLines("Trace length", jit.traceLengths);
  yield* histogramLines("Trace run length", jit.runLengths);
  yield* histogramLines("Optimized trace length", jit.optimizedLengths);
  yield ["Optimization optimizer attempts", jit.created + sum(jit.aborts)];
  yield ["Optimization optimizer successes", jit.created];
  yield ["Optimization optimizer failure no memory", 0];
  yield ["Optimizer remove globals builtins changed", 0];
  yield ["Optimizer remove globals incorrect keys", 0];
  const size = jit.regions.reduce((total, region) => total + region.size, 0);
  // Characters of JavaScript: what V8 makes of them it tells nobody.
  yield ["JIT total memory size", size];
  yield ["JIT code size", size];
  for (const other of ["trampoline", "data", "padding", "freed memory"]) yield [`JIT ${other} size`, 0];
  yield* histogramLines("Trace total memory size", jit.sizes);
  for (const [name, count] of Object.entries(jit.operations)) yield [`uops[_${name}].execution_count`, count];
  for (const [first, second, count] of jit.operationPairs) yield [`uop[_${first}].pair_count[_${second}]`, count];
  for (const [name, count] of Object.entries(jit.unsupported)) yield [`unsupported_opcode[${name}].count`, count];
}
function matching(aborts: Tally, patterns: readonly RegExp[]): number {
  return Object.entries(aborts).reduce(
    (total, [reason, count]) => total + (patterns.some((pattern) => pattern.test(reason)) ? count : 0),
    0,
  );
}
function* histogramLines(name: string, buckets: readonly number[]): Iterable<Line> {
  for (const [i, count] of buckets.entries()) yield [`${name}[${2 ** i}]`, count];
}
