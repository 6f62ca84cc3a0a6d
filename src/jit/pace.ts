/**
 * How hot a place must be before anything is compiled for it. V8 optimises what is emitted at a rate of its own, some
 * 0.4 MB a second, and runs it slowly until then, slower than the interpreter. So the more has been emitted, the hotter must be
 * what comes next; what waits runs in the interpreter, and goes on counting. See decision 83.
 */
import type { PyCode } from "../objects/code.ts";

/** Characters that are emitted at the usual thresholds. */
const FREE = 200_000;
/** Thresholds double then, and once more with each of so many characters. */
const STEP = 30_000;
/** Doublings at most. */
const MOST = 6;

export class Pace {
  /** The exponents that places had to wait for. */
  private readonly delays = new WeakMap<PyCode, Map<number, number>>();

  /** `emitted`: characters so far. */
  constructor(private readonly emitted: { readonly regions: number; readonly baselines: number }) {}

  /** By how much thresholds are larger now: an exponent of two. */
  get shift(): number {
    const beyond = this.emitted.regions + this.emitted.baselines - FREE;
    return beyond < 0 ? 0 : Math.min(MOST, 1 + Math.floor(beyond / STEP));
  }
  /** How often an exit has to be taken now, whose own threshold is `threshold`. */
  ofExit(threshold: number): number {
    return threshold * (1 << this.shift);
  }
  /** A loop or entry has reached its threshold. Gives the exponent for that which it has to reach now; 0: it is hot. */
  delay(code: PyCode, pc: number): number {
    const { shift } = this;
    const places = this.delays.get(code);
    if (shift <= (places?.get(pc) ?? 0)) return 0;
    if (places === undefined) this.delays.set(code, new Map([[pc, shift]]));
    else places.set(pc, shift);
    return shift;
  }
}
