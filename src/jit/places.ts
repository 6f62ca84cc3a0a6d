/**
 * How often each instruction of each code object ran, by tier, and in the interpreter by cause. Like all counters these
 * are exact (decision 70): their sums are those of `Counters`.
 */
import type { PyCode } from "../objects/code.ts";
import { type Hold, holdAll, holdArray } from "../stats/pause.ts";
import type { Cause } from "./causes.ts";
import type { Path } from "./ir/path.ts";

/** By position. */
export class CodeCounts {
  readonly baseline: Float64Array;
  readonly regions: Float64Array;
  readonly interpreter = new Map<Cause, Float64Array>();

  constructor(private readonly length: number) {
    this.baseline = new Float64Array(length);
    this.regions = new Float64Array(length);
  }
  interpreted(pc: number, cause: Cause, times: number): void {
    let counts = this.interpreter.get(cause);
    if (counts === undefined) {
      counts = new Float64Array(this.length);
      this.interpreter.set(cause, counts);
    }
    counts[pc] += times;
  }
}

export class Places {
  private readonly codes = new Map<PyCode, CodeCounts>();

  of(code: PyCode): CodeCounts {
    let counts = this.codes.get(code);
    if (counts === undefined) {
      counts = new CodeCounts(code.ops.length);
      this.codes.set(code, counts);
    }
    return counts;
  }
  /** Compiled code has run all of `path`. */
  ran(path: Path | null, times: number): void {
    for (let at = path; at !== null; at = at.before) this.of(at.step.code).regions[at.step.pc] += times;
  }
  get byCode(): ReadonlyMap<PyCode, CodeCounts> {
    return this.codes;
  }

  readonly hold: Hold = () => {
    const known = [...this.codes.values()];
    const arrays = known.flatMap(({ baseline, regions, interpreter }) => [baseline, regions, ...interpreter.values()]);
    const restore = holdAll(...arrays.map((array) => () => holdArray(array)));
    const saved = new Set(arrays);
    return () => {
      restore();
      for (const { baseline, regions, interpreter } of this.codes.values()) {
        for (const array of [baseline, regions, ...interpreter.values()]) if (!saved.has(array)) array.fill(0);
      }
    };
  };
}
