/** What the trace compiler counts. Instructions are counted only when somebody asks. */
import type { Clock } from "../host/host.ts";
import { Counters, Histogram } from "../stats/counters.ts";
import type { PyCode } from "../objects/code.ts";
import { type Exit, type Outcome, hasRun } from "./ir/exit.ts";
import { lengthOf } from "./ir/path.ts";
import { Pause, holdAll, holdTallies } from "../stats/pause.ts";
import { Causes } from "./causes.ts";
import type { JitObserver } from "./observer.ts";
import type { Places } from "./places.ts";
import type { Region } from "./region.ts";

export class JitStats {
  readonly counters = new Counters();
  readonly causes = new Causes(false);
  /** Operations and calls, which cost most of all that is counted. */
  countsOperations = true;
  /** All that were made, where somebody asks: otherwise they live as long as their code. */
  readonly regions: Region[] = [];
  readonly aborts = new Map<string, number>();
  /** The same by place, where somebody asks. */
  readonly abortPlaces: { code: PyCode; pc: number; reason: string; count: number }[] = [];
  /** How often compiled code ran what: instructions without a rule, helpers that may run any code. */
  readonly calls = new Map<string, { n: number }>();
  /** How often the traces of logs were begun, by log. */
  readonly runs = new Map<number, { n: number }>();
  /** Baseline functions made. */
  baselines = 0;
  /** Operations of regions that ran, by name. */
  readonly operations = new Map<string, { n: number }>();
  /** Python instructions between the entering of a region's function and its leaving, with what it called. */
  readonly runLengths = new Histogram();
  /** Functions of regions entered. */
  entries = 0;
  /** How they were left, by what the interpreter does next. */
  readonly leaves: Record<Outcome, number> = { resume: 0, raise: 0, again: 0, forced: 0, link: 0 };
  /** Text given to JavaScript's compiler, in characters, all emissions together. */
  readonly emitted = { regions: 0, baselines: 0 };
  /** Who looks on, if anybody does. */
  observer: JitObserver | null = null;
  recordings = 0;
  drops = 0;
  /** Why regions were made anew or given up. */
  readonly invalidations = new Map<string, number>();
  /** Nanoseconds spent on each phase of compiling. */
  readonly times = { translating: 0, emitting: 0, baseline: 0 };
  /** null where nobody counts. */
  readonly pause: Pause | null;

  constructor(
    readonly isCounting: boolean,
    private readonly clock: Pick<Clock, "monotonic"> | null = null,
    /** Instructions by place, where somebody asks. */
    readonly places: Places | null = null,
  ) {
    this.pause = isCounting ? new Pause(() => this.hold()) : null;
  }

  /** The counter for one such thing. */
  callsOf(name: string): { n: number } {
    return counterOf(this.calls, name);
  }
  runsOf(log: number): { n: number } {
    return counterOf(this.runs, log);
  }
  operationsOf(name: string): { n: number } {
    return counterOf(this.operations, name);
  }
  /** Does one phase of compiling, and notes how long it took. */
  timed<T>(phase: keyof JitStats["times"], action: () => T): T {
    const { clock } = this;
    if (!this.isCounting || clock === null) return action();
    const before = clock.monotonic();
    const result = action();
    this.times[phase] += Number(clock.monotonic() - before);
    return result;
  }
  /** Instructions of compiled code that no text of its own counts. */
  ran(code: PyCode, pc: number, times = 1): void {
    this.counters.compiled += times;
    if (this.places !== null) this.places.of(code).regions[pc] += times;
  }
  ranInBaseline(code: PyCode, pc: number, op: number, times: number): void {
    this.counters.compiled += times;
    this.counters.baseline[op] += times;
    if (this.places !== null) this.places.of(code).baseline[pc] += times;
  }
  left(exit: Exit): void {
    this.counters.compiled += lengthOf(exit.path) + (hasRun(exit) ? 1 : 0);
    this.places?.left(exit);
  }
  /** What runs; not what is made. */
  private hold(): () => void {
    const { counters, causes, places, calls, runs, operations, runLengths, entries } = this;
    const leaves = { ...this.leaves };
    const restore = holdAll(
      () => counters.hold(),
      () => causes.hold(),
      () => runLengths.hold(),
      ...[calls, runs, operations].map((map) => () => holdTallies(() => map.values())),
      ...(places === null ? [] : [places.hold]),
    );
    return () => {
      restore();
      this.entries = entries;
      Object.assign(this.leaves, leaves);
    };
  }
  invalidated(cause: string): void {
    this.invalidations.set(cause, (this.invalidations.get(cause) ?? 0) + 1);
  }
  /** A recording that was to begin at `pc` has given nothing. */
  abort(reason: string, code: PyCode, pc: number): void {
    this.aborts.set(reason, (this.aborts.get(reason) ?? 0) + 1);
    if (!this.isCounting) return;
    const known = this.abortPlaces.find((other) => other.code === code && other.pc === pc && other.reason === reason);
    if (known === undefined) this.abortPlaces.push({ code, pc, reason, count: 1 });
    else known.count++;
  }
  /** Reasons of those that began in `code`, the most frequent first. */
  abortsIn(code: PyCode): string[] {
    const here = this.abortPlaces.filter((abort) => abort.code === code).sort((a, b) => b.count - a.count);
    return [...new Set(here.map(({ reason }) => reason))];
  }
}
function counterOf<K>(counters: Map<K, { n: number }>, key: K): { n: number } {
  let counter = counters.get(key);
  if (counter === undefined) {
    counter = { n: 0 };
    counters.set(key, counter);
  }
  return counter;
}
