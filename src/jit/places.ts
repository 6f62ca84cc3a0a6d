/**
 * How often each instruction of each code object ran, by tier, and in the interpreter by cause. Like all counters these
 * are exact (decision 70): their sums are those of `Counters`.
 */
import type { PyCode } from "../objects/code.ts";
import { type Hold, holdAll, holdArray, holdTallies } from "../stats/pause.ts";
import type { Cause } from "./causes.ts";
import { type Exit, hasRun, pathBehind } from "./ir/exit.ts";
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

/** Times that control came to the end of a path in compiled code, and began a new one. */
interface PathEnd {
  n: number;
  readonly path: Path | null;
}

export class Places {
  private readonly codes = new Map<PyCode, CodeCounts>();
  private readonly ends: PathEnd[] = [];
  private readonly exits = new Map<Exit, { n: number }>();

  of(code: PyCode): CodeCounts {
    let counts = this.codes.get(code);
    if (counts === undefined) {
      counts = new CodeCounts(code.ops.length);
      this.codes.set(code, counts);
    }
    return counts;
  }
  /** The counter for the emitted place where `path` has run. */
  endOf(path: Path | null): { n: number } {
    const end: PathEnd = { n: 0, path };
    this.ends.push(end);
    return end;
  }
  left(exit: Exit): void {
    const known = this.exits.get(exit);
    if (known === undefined) this.exits.set(exit, { n: 1 });
    else known.n++;
  }

  /** All of it: what was counted by paths is put down to their instructions first. */
  counts(): ReadonlyMap<PyCode, CodeCounts> {
    for (const end of this.ends) {
      this.ran(end.path, end.n);
      end.n = 0;
    }
    for (const [exit, times] of this.exits) {
      this.ran(hasRun(exit) ? pathBehind(exit) : exit.path, times.n);
      times.n = 0;
    }
    return this.codes;
  }
  private ran(path: Path | null, times: number): void {
    if (times === 0) return;
    for (let at = path; at !== null; at = at.before) this.of(at.step.code).regions[at.step.pc] += times;
  }

  readonly hold: Hold = () => {
    this.counts();
    const known = [...this.codes.values()];
    const arrays = known.flatMap(({ baseline, regions, interpreter }) => [baseline, regions, ...interpreter.values()]);
    const restore = holdAll(
      ...arrays.map((array) => () => holdArray(array)),
      () => holdTallies(() => this.ends),
      () => holdTallies(() => this.exits.values()),
    );
    const saved = new Set(arrays);
    return () => {
      restore();
      for (const { baseline, regions, interpreter } of this.codes.values()) {
        for (const array of [baseline, regions, ...interpreter.values()]) if (!saved.has(array)) array.fill(0);
      }
    };
  };
}
