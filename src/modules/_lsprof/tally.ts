/** What a profiler adds up: calls and time, by function, and by function and caller. */

/** Times are in ticks. */
export class Tally {
  calls = 0;
  /** Calls that were made while another one was under way. */
  recursiveCalls = 0;
  /** With what was called, and without it. */
  total = 0;
  own = 0;
  /** Calls under way. */
  depth = 0;

  begin(): void {
    this.depth++;
  }
  end(total: number, own: number): void {
    this.depth--;
    // Time within an outer call of the same function is in that one's total.
    if (this.depth === 0) this.total += total;
    else this.recursiveCalls++;
    this.own += own;
    this.calls++;
  }
}

/** One function; `K`: what it is called by, `V`: how it is shown. */
export class Entry<K, V> extends Tally {
  readonly callees = new Map<K, { readonly entry: Entry<K, V>; readonly tally: Tally }>();

  constructor(
    readonly key: K,
    readonly shown: V,
  ) {
    super();
  }
  calleeOf(entry: Entry<K, V>): Tally {
    let found = this.callees.get(entry.key);
    if (found === undefined) {
      found = { entry, tally: new Tally() };
      this.callees.set(entry.key, found);
    }
    return found.tally;
  }
}

interface Activation<K, V> {
  readonly entry: Entry<K, V>;
  readonly caller: Activation<K, V> | null;
  readonly since: number;
  /** Time in what it has called. */
  below: number;
}

export class Tallies<K, V> {
  readonly entries = new Map<K, Entry<K, V>>();
  private current: Activation<K, V> | null = null;

  /** `bySubcalls`: callers are told apart. */
  enter(key: K, show: () => V, now: number, bySubcalls: boolean): void {
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = new Entry<K, V>(key, show());
      this.entries.set(key, entry);
    }
    const caller = this.current;
    this.current = { entry, caller, since: now, below: 0 };
    entry.begin();
    if (bySubcalls && caller !== null) caller.entry.calleeOf(entry).begin();
  }
  /** What was entered last is left, if it is `key` that is. */
  leave(key: K, now: number, bySubcalls: boolean): void {
    if (this.current?.entry.key === key) this.leaveCurrent(now, bySubcalls);
  }
  /** All that is under way is left. */
  leaveAll(now: () => number, bySubcalls: boolean): void {
    while (this.current !== null) this.leaveCurrent(now(), bySubcalls);
  }
  private leaveCurrent(now: number, bySubcalls: boolean): void {
    const { entry, caller, since, below } = this.current as Activation<K, V>;
    const total = now - since;
    const own = total - below;
    this.current = caller;
    entry.end(total, own);
    if (caller === null) return;
    caller.below += total;
    if (bySubcalls) caller.entry.calleeOf(entry).end(total, own);
  }
  clear(): void {
    this.entries.clear();
    this.current = null;
  }
}
