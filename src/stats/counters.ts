/**
 * What instructions did, while somebody asks: how often each ran, after which one, and how its specialisations fared.
 * Opcodes are numbers here; names come in with the document (`document.ts`).
 */

import { holdAll, holdArray } from "./pause.ts";

const OPCODES = 256;

export class Counters {
  /** Instructions that the interpreter ran, and compiled code of either kind. */
  interpreter = 0;
  compiled = 0;
  /** By opcode: of the interpreter, and of baseline functions. */
  readonly executed = new Float64Array(OPCODES);
  readonly baseline = new Float64Array(OPCODES);
  /** In the interpreter, by `first << 8 | second`. */
  readonly pairs = new Float64Array(OPCODES * OPCODES);
  /** General instructions that ran because their wait for the next attempt was not over. */
  readonly deferred = new Float64Array(OPCODES);
  /** Specialised instructions whose guard failed; of those, the ones that were specialised anew instead of run. */
  readonly misses = new Float64Array(OPCODES);
  readonly retried = new Float64Array(OPCODES);
  /** Attempts to specialise, by the general opcode. */
  readonly success = new Float64Array(OPCODES);
  readonly failure = new Float64Array(OPCODES);
  /** Why attempts failed: `opcode → kind → times`. */
  readonly failureKinds = new Map<number, Map<string, number>>();
  /** Python frames begun, or resumed, from native code and from Python code. */
  fromNative = 0;
  fromPython = 0;

  private last = 0;
  private beforeLast = 0;
  private hasMissed = false;

  /** See `pause.ts`. */
  hold(): () => void {
    const { interpreter, compiled, fromNative, fromPython } = this;
    const { executed, baseline, pairs, deferred, misses, retried, success, failure } = this;
    const arrays = [executed, baseline, pairs, deferred, misses, retried, success, failure];
    const restore = holdAll(...arrays.map((array) => () => holdArray(array)));
    const kinds = [...this.failureKinds].map(([opcode, tally]) => [opcode, new Map(tally)] as const);
    return () => {
      restore();
      Object.assign(this, { interpreter, compiled, fromNative, fromPython });
      this.failureKinds.clear();
      for (const [opcode, tally] of kinds) this.failureKinds.set(opcode, tally);
    };
  }
  /** Before an instruction of the interpreter; `defers`: it is the general one of a family that specialises. */
  step(op: number, defers: boolean): void {
    this.interpreter++;
    this.executed[op]++;
    this.pairs[(this.last << 8) | op]++;
    this.beforeLast = this.last;
    this.last = op;
    this.hasMissed = false;
    if (defers) this.deferred[op]++;
  }
  /** The instruction that was told last has missed: its family's general one runs instead. */
  guardFailed(op: number): void {
    this.misses[op]++;
    this.hasMissed = true;
  }
  /** The instruction that was told last has tried to specialise itself, and comes again. */
  again(): void {
    const { last, beforeLast } = this;
    this.interpreter--;
    this.executed[last]--;
    this.pairs[(beforeLast << 8) | last]--;
    if (this.hasMissed) this.retried[last]++;
    else this.deferred[last]--;
    this.last = beforeLast;
  }
  /** What was told as the interpreter's is run, and counted, by compiled code; or is not, after all (`times` −1). */
  handOver(op: number, times: number): void {
    this.interpreter -= times;
    this.executed[op] -= times;
  }
  failed(family: number, kind: string): void {
    this.failure[family]++;
    let kinds = this.failureKinds.get(family);
    if (kinds === undefined) {
      kinds = new Map();
      this.failureKinds.set(family, kinds);
    }
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
}

/** Counts by powers of two: `buckets[i]` is what is at most `2 ** i` and more than half of that. */
export class Histogram {
  readonly buckets: number[] = [];

  hold(): () => void {
    const saved = [...this.buckets];
    return () => {
      this.buckets.splice(0, Infinity, ...saved);
    };
  }

  add(value: number): void {
    const i = value <= 1 ? 0 : Math.ceil(Math.log2(value));
    while (this.buckets.length <= i) this.buckets.push(0);
    this.buckets[i]++;
  }
}
