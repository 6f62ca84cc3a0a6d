/** What the trace compiler counts. Instructions are counted only when somebody asks. */
import type { Clock } from "../host/host.ts";
import { Counters, Histogram } from "../stats/counters.ts";
import type { Outcome } from "./ir/exit.ts";
import type { JitObserver } from "./observer.ts";
import type { Region } from "./region.ts";

export class JitStats {
  readonly counters = new Counters();
  /** All that were made, where somebody asks: otherwise they live as long as their code. */
  readonly regions: Region[] = [];
  readonly aborts = new Map<string, number>();
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

  constructor(
    readonly isCounting: boolean,
    private readonly clock: Pick<Clock, "monotonic"> | null = null,
  ) {}

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
  invalidated(cause: string): void {
    this.invalidations.set(cause, (this.invalidations.get(cause) ?? 0) + 1);
  }
  abort(reason: string): void {
    this.aborts.set(reason, (this.aborts.get(reason) ?? 0) + 1);
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
