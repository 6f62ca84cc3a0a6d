/** The counters with their names, as the document of `src/stats`. */
import { INSTRUCTION_FACTS, OPCODE } from "../generated/metadata.ts";
import { generalOpcode, isAdaptive } from "../interp/specialize/counter.ts";
import type { Counters } from "../stats/counters.ts";
import { Histogram } from "../stats/counters.ts";
import {
  type ExitFigures,
  type FamilyFigures,
  type JitFigures,
  type OpcodeFigures,
  type RegionFigures,
  STATISTICS,
  STATISTICS_VERSION,
  type Statistics,
  type Tally,
  sumOf,
} from "../stats/document.ts";
import { causeText, fateOf } from "./cause-text.ts";
import { isDynamicReason } from "./ir/exit.ts";
import type { ExitRecord, Region } from "./region.ts";
import type { JitStats } from "./stats.ts";
import { nameOf } from "./translate/instructions.ts";

/** `stats`: null where the interpreter ran alone. */
export function statisticsOf(program: readonly string[], counters: Counters, stats: JitStats | null): Statistics {
  stats?.settle();
  const baseline = counters.baseline.reduce((sum, n) => sum + n, 0);
  return {
    kind: STATISTICS,
    version: STATISTICS_VERSION,
    program,
    instructions: { interpreter: counters.interpreter, baseline, regions: counters.compiled - baseline },
    opcodes: opcodesOf(counters),
    pairs: pairsOf(counters),
    families: familiesOf(counters),
    calls: {
      fromNative: counters.fromNative,
      fromPython: counters.fromPython,
      baseline: RESUMES.reduce((sum, op) => sum + counters.baseline[op], 0),
      regions:
        stats === null ? 0 : sumOf(talliesOf(stats.operations.callsByName, (name) => name.startsWith(PYTHON_CALL))),
    },
    jit: stats === null ? null : jitOf(stats),
  };
}

const FACTS = [...INSTRUCTION_FACTS].sort((a, b) => a.opcode - b.opcode);
const RESUMES = FACTS.filter(({ opcode }) => generalOpcode(opcode) === OPCODE.RESUME).map(({ opcode }) => opcode);
/** As compiled code's calls are counted. */
const PYTHON_CALL = "Python call of ";

function opcodesOf({ executed, baseline, misses }: Counters): Record<string, OpcodeFigures> {
  const figures: Record<string, OpcodeFigures> = {};
  for (const { name, opcode, family } of FACTS) {
    if (executed[opcode] === 0 && baseline[opcode] === 0) continue;
    figures[name] = { interpreter: executed[opcode], baseline: baseline[opcode], family, misses: misses[opcode] };
  }
  return figures;
}

function pairsOf({ pairs }: Counters): [string, string, number][] {
  const found: [string, string, number][] = [];
  pairs.forEach((n, i) => {
    // What ran first had none before it.
    if (n > 0 && i >> 8 !== OPCODE.CACHE) found.push([nameOf(i >> 8), nameOf(i & 255), n]);
  });
  return found.sort((a, b) => b[2] - a[2]);
}

function familiesOf(counters: Counters): Record<string, FamilyFigures> {
  const figures: Record<string, FamilyFigures> = {};
  for (const { name, opcode } of FACTS) {
    if (!isAdaptive(opcode)) continue;
    const members = FACTS.filter((other) => other.family === name).map((other) => other.opcode);
    const sum = (counts: Float64Array): number => members.reduce((total, op) => total + counts[op], 0);
    const misses = sum(counters.misses);
    const family: FamilyFigures = {
      deferred: counters.deferred[opcode],
      hits: sum(counters.executed) - misses + sum(counters.retried),
      misses,
      success: counters.success[opcode],
      failure: counters.failure[opcode],
      failureKinds: Object.fromEntries(counters.failureKinds.get(opcode) ?? []),
    };
    if (family.deferred + family.hits + misses + family.success + family.failure > 0) figures[name] = family;
  }
  return figures;
}

function jitOf(stats: JitStats): JitFigures {
  const traces = stats.regions.flatMap((region) => [
    region.log,
    ...[...region.exitRecords.values()].flatMap(({ side }) => (side === null ? [] : [side])),
  ]);
  return {
    baselines: stats.baselines,
    attempts: stats.recordings,
    created: traces.length,
    aborts: Object.fromEntries(stats.aborts),
    invalidations: Object.fromEntries(stats.invalidations),
    entries: stats.entries,
    leaves: { ...stats.leaves },
    traceLengths: bucketsOf(traces.map(({ steps }) => steps.length)),
    optimizedLengths: bucketsOf(stats.regions.flatMap(({ lengths }) => lengths)),
    runLengths: [...stats.runLengths.buckets],
    emitted: { ...stats.emitted },
    sizes: bucketsOf(stats.regions.map(({ size }) => size)),
    operations: talliesOf(stats.operations.executedByName),
    operationPairs: stats.operations.pairs(),
    calls: talliesOf(stats.operations.callsByName),
    unsupported: talliesOf(stats.operations.callsByName, (name) => Object.hasOwn(OPCODE, name)),
    regions: stats.regions.map(regionOf),
    interpreted: interpretedBy(stats),
    times: { ...stats.times },
  };
}
function interpretedBy(stats: JitStats): Tally {
  const tally: Record<string, number> = {};
  for (const cause of stats.causes.all) {
    if (cause.n === 0) continue;
    const text = causeText(cause, stats);
    tally[text] = (tally[text] ?? 0) + cause.n;
  }
  return tally;
}
function bucketsOf(values: readonly number[]): readonly number[] {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  return histogram.buckets;
}
function talliesOf(counters: ReadonlyMap<string, { n: number }>, isWanted = (_: string): boolean => true): Tally {
  return Object.fromEntries(
    [...counters].filter(([name, { n }]) => n > 0 && isWanted(name)).map(([k, { n }]) => [k, n]),
  );
}

function regionOf(region: Region): RegionFigures {
  const { code } = region.root;
  return {
    name: region.name,
    file: code.filename,
    line: code.firstlineno,
    traces: region.traces,
    emissions: region.emissions,
    size: region.size,
    misses: region.misses,
    exits: [...region.exitRecords]
      .map(([key, record]) => exitOf(key, record))
      .sort((a, b) => b.count - a.count || (a.where < b.where ? -1 : 1)),
  };
}
function exitOf(key: string, record: ExitRecord): ExitFigures {
  return {
    reason: record.reason,
    kind: kindOf(key, record.reason),
    where: `${record.where} (${key})`,
    count: record.total,
    fate: fateOf(record),
    continuation: record.continuation?.name ?? null,
    failures: record.failures.times,
  };
}
function kindOf(key: string, reason: string): string {
  if (reason === "exception") return "exception";
  if (key.endsWith(":end")) return "end of trace";
  return isDynamicReason(reason) ? "dynamic" : "guard";
}
