/**
 * What a run was, in numbers: the document that `-X jit-stats=FILE.json` writes and that pages, tables and
 * `-X pystats` are made of.
 */

import type { Shape } from "../events/shape.ts";
import { TIERS_SHAPE, type Tiers, allOf, compiledPart } from "./tiers.ts";

export const STATISTICS = "sidewinder statistics";
export const STATISTICS_VERSION = 3;

/** How often each of some named things happened. */
export type Tally = Readonly<Record<string, number>>;

/** What ran right after what, and how often. */
export type Pairs = readonly (readonly [first: string, second: string, count: number])[];

/** An instruction that ran. */
export interface OpcodeFigures {
  readonly interpreter: number;
  readonly baseline: number;
  /** The general instruction that it is a specialisation of; null where it is none. */
  readonly family: string | null;
  /** Times that its guard failed, in the interpreter. */
  readonly misses: number;
}

/** A family of instructions, in the interpreter. */
export interface FamilyFigures {
  /** Ran as the general instruction, between attempts to specialise. */
  readonly deferred: number;
  readonly hits: number;
  readonly misses: number;
  readonly success: number;
  readonly failure: number;
  readonly failureKinds: Tally;
}

export interface CallFigures {
  /** Frames begun or resumed: by native code, by the interpreter's loop, by baseline functions. */
  readonly fromNative: number;
  readonly fromPython: number;
  readonly baseline: number;
  /** Python functions that regions called through their entries. */
  readonly regions: number;
}

export interface ExitFigures {
  readonly reason: string;
  /** guard, dynamic, exception, end of trace. */
  readonly kind: string;
  readonly where: string;
  readonly count: number;
  /** What became of it: traced, goes on in another region, counting, failed so far, left to the interpreter. */
  readonly fate: string;
  /** That other region; null: there is none. */
  readonly continuation: string | null;
  readonly failures: number;
}

export interface RegionFigures {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly traces: number;
  readonly emissions: number;
  readonly size: number;
  readonly misses: number;
  readonly exits: readonly ExitFigures[];
}

/** Counts by powers of two: entry `i` is what is at most `2 ** i`. */
export type Buckets = readonly number[];

export interface JitFigures {
  readonly baselines: number;
  readonly attempts: number;
  readonly created: number;
  readonly aborts: Tally;
  readonly invalidations: Tally;
  /** Functions of regions entered. */
  readonly entries: number;
  /** Ways out of them: by an exit, raising, for another region, for the budget of turns, since frames were changed. */
  readonly leaves: Tally;
  readonly traceLengths: Buckets;
  readonly optimizedLengths: Buckets;
  readonly runLengths: Buckets;
  /** Characters given to JavaScript's compiler, all emissions together: of `regions`, of `baselines`. */
  readonly emitted: Tally;
  /** Regions by their characters. */
  readonly sizes: Buckets;
  readonly operations: Tally;
  /** Of operations, most frequent first; JOIN stands where side traces come round. */
  readonly operationPairs: Pairs;
  /** Calls that compiled code makes by name: instructions without a rule, native and Python functions. */
  readonly calls: Tally;
  /** Of those, instructions without a rule. */
  readonly unsupported: Tally;
  readonly regions: readonly RegionFigures[];
  /** The interpreter's instructions, by what brought their frames there. */
  readonly interpreted: Tally;
  /** Nanoseconds: the only figures that differ from run to run. */
  readonly times: Tally;
}

export interface Statistics {
  readonly kind: typeof STATISTICS;
  readonly version: typeof STATISTICS_VERSION;
  readonly program: readonly string[];
  readonly instructions: Tiers;
  readonly opcodes: Readonly<Record<string, OpcodeFigures>>;
  /** In the interpreter; most frequent first. */
  readonly pairs: Pairs;
  readonly families: Readonly<Record<string, FamilyFigures>>;
  readonly calls: CallFigures;
  /** null: the compilers were off. */
  readonly jit: JitFigures | null;
}

const PAIRS: Shape = { list: { tuple: ["text", "text", "number"] } };
const BUCKETS: Shape = { list: "number" };
const EXIT: Shape = {
  fields: { reason: "text", kind: "text", where: "text", count: "number", fate: "text", failures: "number" },
};
const REGION: Shape = {
  fields: { name: "text", traces: "number", emissions: "number", size: "number", exits: { list: EXIT } },
};
export const STATISTICS_SHAPE: Shape = {
  fields: {
    program: { list: "text" },
    instructions: TIERS_SHAPE,
    opcodes: {
      each: { fields: { interpreter: "number", baseline: "number", misses: "number", family: { orNull: "text" } } },
    },
    pairs: PAIRS,
    families: {
      each: {
        fields: {
          deferred: "number",
          hits: "number",
          misses: "number",
          success: "number",
          failure: "number",
          failureKinds: "tally",
        },
      },
    },
    calls: "tally",
    jit: {
      orNull: {
        fields: {
          baselines: "number",
          attempts: "number",
          created: "number",
          aborts: "tally",
          invalidations: "tally",
          entries: "number",
          leaves: "tally",
          traceLengths: BUCKETS,
          optimizedLengths: BUCKETS,
          runLengths: BUCKETS,
          emitted: "tally",
          sizes: BUCKETS,
          operations: "tally",
          operationPairs: PAIRS,
          calls: "tally",
          unsupported: "tally",
          regions: { list: REGION },
          interpreted: "tally",
          times: "tally",
        },
      },
    },
  },
};

export const sumOf = (tally: Tally): number => Object.values(tally).reduce((sum, n) => sum + n, 0);

/** The part of a run's instructions that compiled code ran, 0 to 1; 0 where nothing ran. */
export function compiledShare({ instructions }: Pick<Statistics, "instructions">): number {
  return allOf(instructions) === 0 ? 0 : compiledPart(instructions);
}
