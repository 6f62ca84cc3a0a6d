/** What compiled code did, by operation: how often each ran, and after which one; and what it called, and which traces were begun. */
import { type Hold, holdAll, holdTallies } from "../stats/pause.ts";

interface Count {
  n: number;
}
/** Of one operation. */
export class OperationCount {
  n = 0;
  /** Times that each operation ran next. */
  readonly before = new Map<OperationCount, Count>();

  constructor(readonly name: string) {}
}

/** What was done from a region's start to some place in it, the last first. */
export interface Work {
  readonly counter: Count;
  /** null: it is none, but a call, or the beginning of a trace. */
  readonly operation: OperationCount | null;
  readonly earlier: Work | null;
}

export class Operations {
  private readonly executed = new Map<string, OperationCount>();
  private readonly calls = new Map<string, Count>();
  /** How often the traces of logs were begun, by log. */
  private readonly begun = new Map<number, Count>();
  /** Where side traces come round: what runs behind follows on it, whichever way was taken. It is no operation itself. */
  private readonly join = new OperationCount("JOIN");

  did(name: string, earlier: Work | null): Work {
    const operation = valueAt(this.executed, name, () => new OperationCount(name));
    return { counter: operation, operation, earlier };
  }
  /** An instruction without a rule, a native function, or a Python function. */
  called(name: string, earlier: Work | null): Work {
    return { counter: valueAt(this.calls, name, zero), operation: null, earlier };
  }
  began(log: number, earlier: Work | null): Work {
    return { counter: valueAt(this.begun, log, zero), operation: null, earlier };
  }
  joined(earlier: Work | null): Work {
    return { counter: this.join, operation: this.join, earlier };
  }

  /** All of `work` was done so often. */
  ran(work: Work | null, times: number): void {
    let next: OperationCount | null = null;
    for (let at = work; at !== null; at = at.earlier) {
      at.counter.n += times;
      const { operation } = at;
      if (operation === null) continue;
      if (next !== null) valueAt(operation.before, next, zero).n += times;
      next = operation;
    }
  }

  get executedByName(): ReadonlyMap<string, Count> {
    return this.executed;
  }
  get callsByName(): ReadonlyMap<string, Count> {
    return this.calls;
  }
  runsOf(log: number): number {
    return this.begun.get(log)?.n ?? 0;
  }
  /** The most frequent first. */
  pairs(): [first: string, second: string, count: number][] {
    return this.operations()
      .flatMap(({ name, before }) => [...before].map(([next, { n }]): [string, string, number] => [name, next.name, n]))
      .filter(([, , n]) => n > 0)
      .sort((a, b) => b[2] - a[2]);
  }
  private operations(): OperationCount[] {
    return [...this.executed.values(), this.join];
  }

  readonly hold: Hold = () =>
    holdAll(
      () => holdTallies(() => this.operations()),
      () => holdTallies(() => this.operations().flatMap(({ before }) => [...before.values()])),
      () => holdTallies(() => this.calls.values()),
      () => holdTallies(() => this.begun.values()),
    );
}
const zero = (): Count => ({ n: 0 });
function valueAt<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
