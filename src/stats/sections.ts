/**
 * A run's figures as sections of tables, or those of two runs beside each other. What is shown is decided here, once for
 * every form (`markdown.ts`, `html.ts`).
 */
import {
  type FamilyFigures,
  type JitFigures,
  type Pairs,
  type Statistics,
  type Tally,
  compiledShare,
  sumOf,
} from "./document.ts";

/** A number, with what it is a share of; text; nothing. */
export type Cell = { readonly count: number; readonly of?: number } | { readonly change: number } | string | null;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}
export interface Section {
  readonly title: string;
  readonly note: string;
  readonly table: Table | null;
  readonly sections: readonly Section[];
}

/** Counts by name, of one run: everything that the page shows is of this form. */
interface Measure {
  readonly title: string;
  readonly note?: string;
  /** What a row is. */
  readonly name: string;
  readonly tally: (run: Statistics) => Tally;
  /** What the counts are shares of; else of their sum, and of nothing where `null`. */
  readonly total?: ((run: Statistics) => number) | null;
  /** The order is that of the names and means something. */
  readonly isOrdered?: boolean;
  readonly limit?: number;
}

export function sectionsOf(run: Statistics, other: Statistics | null = null): Section[] {
  const runs = other === null ? [run] : [run, other];
  const show = (measure: Measure): Section => sectionOf(measure, runs);
  const group = (title: string, note: string, sections: readonly Section[]): Section[] => {
    const filled = sections.filter((section) => section.table !== null || section.sections.length > 0);
    return filled.length === 0 ? [] : [{ title, note, table: null, sections: filled }];
  };
  return [
    ...INSTRUCTIONS.map(show),
    ...(other === null ? group("Predecessors and successors", NEIGHBOURS, neighbours(run)) : []),
    ...group(
      "Specialisation by family",
      "Instructions that specialise themselves, in the interpreter: compiled code has guards of its own.",
      familyNames(runs).map((family) => ({
        ...show(familyMeasure(family)),
        sections: [show(failureMeasure(family))].filter(({ table }) => table !== null),
      })),
    ),
    ...[EFFECTIVENESS, CALLS].map(show),
    ...group("The compilers", "", runs.every(({ jit }) => jit !== null) ? JIT.map(show) : []),
    { title: "Left out", note: LEFT_OUT, table: null, sections: [] },
  ].filter(({ note, table, sections }) => table !== null || sections.length > 0 || note === LEFT_OUT);
}

const NEIGHBOURS = "The five instructions that most often ran before and after each, in the interpreter.";
const LEFT_OUT =
  "CPython's statistics have more: reference counts, free lists, allocations and collections. Here objects are V8's, " +
  "which counts no references, tells nobody of an allocation, and collects when it sees fit: such figures would not " +
  "be the program's.";

// ── one measure as a table ───────────────────────────────────────────────────────────────────────────────────
function sectionOf(measure: Measure, runs: readonly Statistics[]): Section {
  const tallies = runs.map((run) => measure.tally(run));
  const isEmpty = tallies.every((tally) => Object.keys(tally).length === 0);
  const table = isEmpty ? null : runs.length === 1 ? tableOf(measure, runs[0]) : difference(measure, tallies);
  return { title: measure.title, note: measure.note ?? "", table, sections: [] };
}
function tableOf({ name, tally, total, isOrdered, limit }: Measure, run: Statistics): Table {
  const counts = tally(run);
  const all = total === null ? undefined : (total?.(run) ?? sumOf(counts));
  const entries = Object.entries(counts);
  if (isOrdered !== true) entries.sort((a, b) => b[1] - a[1]);
  const rows = entries.slice(0, limit).map(([key, count]): Cell[] => [key, { count, of: all }]);
  return { columns: [name, "count"], rows };
}
/** The greatest changes first; what did not change comes last. */
function difference({ name, isOrdered, limit }: Measure, [a, b]: readonly Tally[]): Table {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const change = (key: string): number => (b[key] ?? 0) - (a[key] ?? 0);
  if (isOrdered !== true) names.sort((one, other) => Math.abs(change(other)) - Math.abs(change(one)));
  const rows = names.slice(0, limit).map((key): Cell[] => {
    const [from, to] = [a[key] ?? 0, b[key] ?? 0];
    return [key, { count: from }, { count: to }, { count: to - from }, from === 0 ? null : { change: to / from - 1 }];
  });
  return { columns: [name, "A", "B", "B − A", "change"], rows };
}

// ── what there is ────────────────────────────────────────────────────────────────────────────────────────────
const byOpcode = (run: Statistics, tier: "interpreter" | "baseline"): Tally =>
  Object.fromEntries(
    Object.entries(run.opcodes)
      .filter(([, figures]) => figures[tier] > 0)
      .map(([name, figures]) => [name, figures[tier]]),
  );

const INSTRUCTIONS: readonly Measure[] = [
  {
    title: "Instructions by tier",
    note: "Every Python instruction counts once, where it ran; the sum is what the interpreter alone would run.",
    name: "tier",
    tally: ({ instructions: { interpreter, baseline, regions } }) => ({
      interpreter,
      "baseline functions": baseline,
      "regions of traces": regions,
    }),
    isOrdered: true,
  },
  {
    title: "Execution counts: interpreter",
    name: "instruction",
    tally: (run) => byOpcode(run, "interpreter"),
  },
  {
    title: "Execution counts: baseline functions",
    note: "By what the instruction was specialised to first when the function was made.",
    name: "instruction",
    tally: (run) => byOpcode(run, "baseline"),
  },
  {
    title: "Guards that failed",
    note: "Specialised instructions of the interpreter that met something else.",
    name: "instruction",
    tally: (run) => positive(Object.fromEntries(Object.entries(run.opcodes).map(([name, f]) => [name, f.misses]))),
  },
  {
    title: "Pair counts",
    note: "The hundred most frequent pairs in the interpreter.",
    name: "pair",
    tally: (run) => pairTally(run.pairs),
    limit: 100,
  },
];
const pairTally = (pairs: Pairs): Tally =>
  Object.fromEntries(pairs.map(([first, second, count]) => [`${first} ${second}`, count]));
const positive = (tally: Tally): Tally => Object.fromEntries(Object.entries(tally).filter(([, count]) => count > 0));

function neighbours({ pairs }: Statistics): Section[] {
  const names = [...new Set(pairs.flatMap(([first, second]) => [first, second]))].sort();
  return names.map((name) => {
    const before = pairs.filter(([, second]) => second === name);
    const after = pairs.filter(([first]) => first === name);
    const cells = (found: Pairs, i: number, at: 0 | 1): Cell[] => {
      if (i >= found.length) return [null, null];
      return [found[i][at], { count: found[i][2], of: found.reduce((sum, [, , n]) => sum + n, 0) }];
    };
    const length = Math.min(5, Math.max(before.length, after.length));
    const rows = Array.from({ length }, (_, i) => [...cells(before, i, 0), ...cells(after, i, 1)]);
    return { title: name, note: "", table: { columns: ["before", "count", "after", "count"], rows }, sections: [] };
  });
}

function familyNames(runs: readonly Statistics[]): string[] {
  return [...new Set(runs.flatMap(({ families }) => Object.keys(families)))].sort();
}
const NO_FAMILY: FamilyFigures = { deferred: 0, hits: 0, misses: 0, success: 0, failure: 0, failureKinds: {} };
const familyMeasure = (family: string): Measure => ({
  title: family,
  note: "Hits, misses and deferred are runs of the instruction; the last two are attempts to specialise it.",
  name: "kind",
  tally: ({ families }) => {
    const { hits, misses, deferred, success, failure } = families[family] ?? NO_FAMILY;
    return { hits, misses, deferred, "attempts that succeeded": success, "attempts that failed": failure };
  },
  total: ({ families }) => {
    const { hits, misses, deferred } = families[family] ?? NO_FAMILY;
    return hits + misses + deferred;
  },
  isOrdered: true,
});
const failureMeasure = (family: string): Measure => ({
  title: `${family}: why attempts failed`,
  name: "failure",
  tally: ({ families }) => (families[family] ?? NO_FAMILY).failureKinds,
});

const EFFECTIVENESS: Measure = {
  title: "Effectiveness of specialisation",
  note: "All instructions that the interpreter ran.",
  name: "instructions",
  tally: ({ opcodes, families }) => {
    const sums = { basic: 0, "not specialised": 0, "specialised, hits": 0, "specialised, misses": 0 };
    for (const [name, { interpreter, family, misses }] of Object.entries(opcodes)) {
      if (Object.hasOwn(families, name)) sums["not specialised"] += interpreter;
      else if (family !== null && Object.hasOwn(families, family)) {
        sums["specialised, hits"] += Math.max(0, interpreter - misses);
        sums["specialised, misses"] += Math.min(misses, interpreter);
      } else sums.basic += interpreter;
    }
    return sums;
  },
};
const CALLS: Measure = {
  title: "Calls",
  note: "Python frames begun or resumed. Calls that a trace has inlined are in its operations.",
  name: "from",
  tally: ({ calls: { fromNative, fromPython, baseline, regions } }) => ({
    "native code": fromNative,
    "the interpreter's loop": fromPython,
    "baseline functions": baseline,
    "regions of traces, not inlined": regions,
  }),
};

const jitOf = (run: Statistics): JitFigures => run.jit as JitFigures;
const MS = 1e6;
const JIT: readonly Measure[] = [
  {
    title: "Recordings and traces",
    name: "what",
    tally: (run) => {
      const { attempts, created, entries, baselines, regions, aborts, invalidations } = jitOf(run);
      return {
        "baseline functions": baselines,
        recordings: attempts,
        aborted: sumOf(aborts),
        "traces created": created,
        "regions made": regions.length,
        "regions emitted": regions.reduce((sum, { emissions }) => sum + emissions, 0),
        "invalidated or made anew": sumOf(invalidations),
        "regions entered": entries,
        "characters of JavaScript": regions.reduce((sum, { size }) => sum + size, 0),
      };
    },
    total: null,
    isOrdered: true,
  },
  {
    title: "Why the interpreter ran",
    note: "Its instructions, by what brought their frames there: the fifty that weigh most.",
    name: "cause",
    tally: (run) => jitOf(run).interpreted,
    limit: 50,
  },
  { title: "Aborts by reason", name: "reason", tally: (run) => jitOf(run).aborts },
  { title: "Invalidations by cause", name: "cause", tally: (run) => jitOf(run).invalidations },
  histogram("Trace length", "Instructions that were recorded for a trace.", (jit) => jit.traceLengths),
  histogram("Optimised length", "Operations that there is code for, by trace.", (jit) => jit.optimizedLengths),
  histogram("Run length", "Instructions from the entering of a region to its leaving.", (jit) => jit.runLengths),
  {
    title: "Ways out of regions",
    name: "way",
    tally: (run) => {
      const { resume, raise, again, forced, link } = jitOf(run).leaves;
      return {
        "an exit: the interpreter goes on": resume,
        "an exception": raise,
        "the budget of turns": again,
        "another region": link,
        "frames were changed by a call": forced,
      };
    },
  },
  {
    title: "Exits by kind",
    note: "The traced ones are those that lead to a side trace by now.",
    name: "kind, and what became of it",
    tally: (run) => exitTally(jitOf(run), ({ kind, fate }) => `${kind}: ${fate}`),
  },
  { title: "Exits by reason", name: "reason", tally: (run) => exitTally(jitOf(run), ({ reason }) => reason) },
  {
    title: "Exits by place",
    note: "The fifty that were taken most.",
    name: "place",
    tally: (run) => exitTally(jitOf(run), ({ where, reason, fate }) => `${where}: ${reason}, ${fate}`),
    limit: 50,
  },
  {
    title: "Regions",
    note: "By their size in characters.",
    name: "region",
    tally: (run) => {
      const { regions } = jitOf(run);
      return Object.fromEntries(regions.map(({ name, size, traces }) => [`${name}, ${traces} traces`, size]));
    },
    limit: 50,
  },
  { title: "Operations executed", name: "operation", tally: (run) => jitOf(run).operations },
  {
    title: "Pair counts of operations",
    note: "The hundred most frequent pairs in regions. JOIN stands where a side trace comes round to the trace that it has left.",
    name: "pair",
    tally: (run) => pairTally(jitOf(run).operationPairs),
    limit: 100,
  },
  {
    title: "Instructions without a rule",
    note: "They run in compiled code as functions of their own.",
    name: "instruction",
    tally: (run) => jitOf(run).unsupported,
  },
  { title: "Calls from compiled code", name: "call", tally: (run) => jitOf(run).calls, limit: 100 },
  {
    title: "Time spent compiling",
    note:
      "Milliseconds; the only figures of this page that differ from run to run. While recordings are under way the " +
      "program runs; translating optimises as it goes; functions are made of their text by JavaScript's compiler.",
    name: "phase",
    tally: (run) =>
      Object.fromEntries(Object.entries(jitOf(run).times).map(([k, ns]) => [k, Math.round((10 * ns) / MS) / 10])),
  },
];
function histogram(title: string, note: string, buckets: (jit: JitFigures) => readonly number[]): Measure {
  return {
    title,
    note,
    name: "at most",
    tally: (run) => Object.fromEntries(buckets(jitOf(run)).map((count, i) => [(2 ** i).toLocaleString("en"), count])),
    isOrdered: true,
  };
}
function exitTally(
  { regions }: JitFigures,
  key: (exit: JitFigures["regions"][number]["exits"][number]) => string,
): Tally {
  const tally: Record<string, number> = {};
  for (const { exits } of regions) for (const exit of exits) tally[key(exit)] = (tally[key(exit)] ?? 0) + exit.count;
  return tally;
}

/** One line that says the most. */
export function headline(run: Statistics): string {
  const { interpreter, baseline, regions } = run.instructions;
  const all = (interpreter + baseline + regions).toLocaleString("en");
  return `${all} instructions, ${(100 * compiledShare(run)).toFixed(1)} % of them in compiled code`;
}
