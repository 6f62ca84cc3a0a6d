/**
 * Counting in compiled code costs one addition where control leaves, or begins its next turn, and none on the way: what
 * has run until there is known when the code is made, and is put down to instructions and operations when somebody reads.
 * So counting texts are short, and regions stay as small as V8 wants them.
 */
import { type Hold, holdAll, holdTallies } from "../stats/pause.ts";
import type { Site } from "./deopt/leave.ts";
import { hasRun, pathBehind } from "./ir/exit.ts";
import type { Path } from "./ir/path.ts";
import type { Operations, Work } from "./operations.ts";
import type { Places } from "./places.ts";

/** What has run when control is at some place of compiled code. */
export interface Behind {
  readonly path: Path | null;
  work: Work | null;
}
interface PathEnd {
  n: number;
  readonly ran: Behind;
  /** Will be counted, and has not run: that of the trace around, where a side trace comes round to a join. */
  readonly insteadOf: Behind | null;
}

export class PathEnds {
  private readonly ends: PathEnd[] = [];
  private readonly exits = new Map<Site, { n: number }>();

  constructor(
    private readonly operations: Operations,
    private readonly places: Places | null,
  ) {}

  /** The counter for an emitted place. */
  endOf(ran: Behind, insteadOf: Behind | null): { n: number } {
    const end: PathEnd = { n: 0, ran, insteadOf };
    this.ends.push(end);
    return end;
  }
  left(site: Site): void {
    const known = this.exits.get(site);
    if (known === undefined) this.exits.set(site, { n: 1 });
    else known.n++;
  }

  /** Puts down what has been counted since the last time. */
  settle(): void {
    for (const end of this.ends) {
      const { n, ran, insteadOf } = end;
      if (n === 0) continue;
      end.n = 0;
      this.ran(ran, n);
      if (insteadOf !== null) this.ran(insteadOf, -n);
    }
    for (const [{ exit, work }, times] of this.exits) {
      const { n } = times;
      if (n === 0) continue;
      times.n = 0;
      this.ran({ path: hasRun(exit) ? pathBehind(exit) : exit.path, work }, n);
    }
  }
  private ran({ path, work }: Behind, times: number): void {
    this.operations.ran(work, times);
    this.places?.ran(path, times);
  }

  readonly hold: Hold = () => {
    this.settle();
    const counters = [() => holdTallies(() => this.ends), () => holdTallies(() => this.exits.values())];
    return holdAll(...counters, this.operations.hold, ...(this.places === null ? [] : [this.places.hold]));
  };
}
