/** What the trace compiler counts. Instructions are counted only when somebody asks. */
import type { Clock } from "../host/host.ts";
import { Counters, Histogram } from "../stats/counters.ts";
import type { PyCode } from "../objects/code.ts";
import type { PyFrame } from "../objects/frame.ts";
import type { Site } from "./deopt/leave.ts";
import { type Outcome, hasRun } from "./ir/exit.ts";
import { lengthOf } from "./ir/path.ts";
import { Pause, holdAll } from "../stats/pause.ts";
import { Causes } from "./causes.ts";
import type { JitObserver } from "./observer.ts";
import { Operations } from "./operations.ts";
import { PathEnds } from "./path-ends.ts";
import type { Places } from "./places.ts";
import type { Region } from "./region.ts";

export class JitStats {
  readonly counters = new Counters();
  readonly causes = new Causes(false);
  /** Operations and calls, which cost most of all that is counted. */
  countsOperations = true;
  /** All that were made, where somebody asks: otherwise they live as long as their code. */
  readonly regions: Region[] = [];
  readonly aborts = new Map<string, number>();
  /** The same by place, where somebody asks. */
  readonly abortPlaces: { code: PyCode; pc: number; reason: string; count: number }[] = [];
  /** Baseline functions made. */
  baselines = 0;
  /** What regions did, and where they count it. */
  readonly operations = new Operations();
  readonly ends: PathEnds;
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
  /** Nanoseconds spent on each phase; while recordings are under way the program runs. */
  readonly times = { recording: 0, translating: 0, emitting: 0, "making functions": 0, baseline: 0 };
  private recordingSince = 0n;
  /** null where nobody counts. */
  readonly pause: Pause | null;

  constructor(
    readonly isCounting: boolean,
    private readonly clock: Pick<Clock, "monotonic"> | null = null,
    /** Instructions by place, where somebody asks. */
    readonly places: Places | null = null,
  ) {
    this.ends = new PathEnds(this.operations, places);
    this.pause = isCounting ? new Pause(() => this.hold()) : null;
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
  recordingBegins(): void {
    this.recordings++;
    if (this.isCounting && this.clock !== null) this.recordingSince = this.clock.monotonic();
  }
  recordingEnds(): void {
    if (this.isCounting && this.clock !== null)
      this.times.recording += Number(this.clock.monotonic() - this.recordingSince);
  }
  /** Instructions of compiled code that no text of its own counts. */
  ran(code: PyCode, pc: number, times = 1): void {
    if (!this.isCounting) return;
    this.counters.compiled += times;
    if (this.places !== null) this.places.of(code).regions[pc] += times;
  }
  ranInBaseline(code: PyCode, pc: number, op: number, times: number): void {
    if (!this.isCounting) return;
    this.counters.compiled += times;
    this.counters.baseline[op] += times;
    if (this.places !== null) this.places.of(code).baseline[pc] += times;
  }
  /** Where somebody counts: `region` is left at `site`, for the interpreter or (`isLink`) another region; `frames` go on. */
  left(region: Region, site: Site, frames: readonly PyFrame[], isLink: boolean): void {
    const { exit } = site;
    this.counters.compiled += lengthOf(exit.path) + (hasRun(exit) ? 1 : 0);
    this.ends.left(site);
    this.causes.left(region, site, frames);
    this.leaves[isLink ? "link" : exit.outcome]++;
  }
  /** Before figures are read: what was counted at the ends of paths is put down to what has run on them. */
  settle(): void {
    this.ends.settle();
  }
  /** What runs; not what is made. */
  private hold(): () => void {
    const { counters, causes, ends, runLengths, entries } = this;
    const leaves = { ...this.leaves };
    const restore = holdAll(
      () => counters.hold(),
      () => causes.hold(),
      () => runLengths.hold(),
      ends.hold,
    );
    return () => {
      restore();
      this.entries = entries;
      Object.assign(this.leaves, leaves);
    };
  }
  invalidated(cause: string): void {
    this.invalidations.set(cause, (this.invalidations.get(cause) ?? 0) + 1);
  }
  /** A recording that was to begin at `pc` has given nothing. */
  abort(reason: string, code: PyCode, pc: number): void {
    this.aborts.set(reason, (this.aborts.get(reason) ?? 0) + 1);
    if (!this.isCounting) return;
    const known = this.abortPlaces.find((other) => other.code === code && other.pc === pc && other.reason === reason);
    if (known === undefined) this.abortPlaces.push({ code, pc, reason, count: 1 });
    else known.count++;
  }
  /** Reasons of those that began in `code`, the most frequent first. */
  abortsIn(code: PyCode): string[] {
    const here = this.abortPlaces.filter((abort) => abort.code === code).sort((a, b) => b.count - a.count);
    return [...new Set(here.map(({ reason }) => reason))];
  }
}
