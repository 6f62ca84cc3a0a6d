/** What the trace compiler counts. Instructions are counted only when somebody asks. */
import type { JitObserver } from "./observer.ts";
import type { Region } from "./region.ts";

export class JitStats {
  readonly counters = { interpreter: 0, compiled: 0 };
  /** All that were made, where somebody asks: otherwise they live as long as their code. */
  readonly regions: Region[] = [];
  readonly aborts = new Map<string, number>();
  /** How often compiled code ran what: instructions without a rule, helpers that may run any code. */
  readonly calls = new Map<string, { n: number }>();
  /** How often the traces of logs were begun, by log. */
  readonly runs = new Map<number, { n: number }>();
  /** Baseline functions made. */
  baselines = 0;
  /** Who looks on, if anybody does. */
  observer: JitObserver | null = null;
  recordings = 0;
  drops = 0;

  constructor(readonly isCounting: boolean) {}

  /** The counter for one such thing. */
  callsOf(name: string): { n: number } {
    let counter = this.calls.get(name);
    if (counter === undefined) {
      counter = { n: 0 };
      this.calls.set(name, counter);
    }
    return counter;
  }
  runsOf(log: number): { n: number } {
    let counter = this.runs.get(log);
    if (counter === undefined) {
      counter = { n: 0 };
      this.runs.set(log, counter);
    }
    return counter;
  }
  abort(reason: string): void {
    this.aborts.set(reason, (this.aborts.get(reason) ?? 0) + 1);
  }
}
