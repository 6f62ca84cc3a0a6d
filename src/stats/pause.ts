/**
 * Counting that is off for a while. Compiled code counts on, since it contains the statements that count: what was
 * counted meanwhile is taken back.
 */

/** Notes what has been counted; the result puts it back. */
export type Hold = () => () => void;

export class Pause {
  private restore: (() => void) | null = null;
  private readonly nothing: () => void;

  /** When nothing has been counted. */
  constructor(private readonly hold: Hold) {
    this.nothing = hold();
  }

  begin(): void {
    this.restore ??= this.hold();
  }
  end(): void {
    this.restore?.();
    this.restore = null;
  }
  /** What `read` sees is what was counted last, though counting be off just now. */
  peek<T>(read: () => T): T {
    const isOff = this.restore !== null;
    this.end();
    const result = read();
    if (isOff) this.begin();
    return result;
  }
  /** Forgets what has been counted. */
  clear(): void {
    this.nothing();
    if (this.restore !== null) this.restore = this.nothing;
  }
}

export function holdAll(...holds: readonly Hold[]): () => void {
  const restores = holds.map((hold) => hold());
  return () => {
    for (const restore of restores) restore();
  };
}
export function holdArray(array: Float64Array): () => void {
  const saved = array.slice();
  return () => array.set(saved);
}
/** Counters stay the same objects: compiled code has them. Those that are there later began at 0. */
export function holdTallies(counters: () => Iterable<{ n: number }>): () => void {
  const saved = new Map([...counters()].map((counter) => [counter, counter.n]));
  return () => {
    for (const counter of counters()) counter.n = saved.get(counter) ?? 0;
  };
}
