/**
 * The trace compiler as the interpreter knows it: counts what is hot, records, compiles, enters and leaves compiled
 * code.
 */
import { INSTRUCTIONS } from "../generated/instructions.ts";
import { run } from "../generated/interpreter.ts";
import { OPCODE } from "../generated/metadata.ts";
import { raiseThrown } from "../interp/thrown.ts";
import { unwind } from "../interp/unwind.ts";
import { originalWord } from "../interp/executors.ts";
import { RUN_STACK } from "../interp/run-callee.ts";
import { checkInterrupts } from "../interp/interrupts.ts";
import { NO_CACHE, type PyCode } from "../objects/code.ts";
import { blankArray } from "../objects/uniform-array.ts";
import type { Pause } from "../stats/pause.ts";
import type { Clock } from "../host/host.ts";
import { END, EXC, type End, type Result, type Value } from "../objects/core.ts";
import type { PyFrame } from "../objects/frame.ts";
import type { PyFunction } from "../objects/function.ts";
import { type Runtime, rt } from "../objects/runtime.ts";
import { CONTINUE, RAISE, SWITCH_LOOP, WARM_LOOP, type TraceCompiler, type Transfer } from "../objects/tracing.ts";
import { drive } from "./baseline/drive.ts";
import { Baselines } from "./baseline/baselines.ts";
import { canAnnex, compileRegion } from "./compile-region.ts";
import {
  CONTINUATION,
  continuationAt,
  continueAt,
  endContinuation,
  hasRoomFor,
  isTooShort,
  TOO_SHORT,
} from "./continuations.ts";
import {
  AGAIN,
  ENDED,
  LINK,
  NOT_ENTERED,
  RETURNED,
  endEntry,
  entryOf,
  finishCall,
  giveResult,
} from "./emit/python-call.ts";
import { type Exit, isDynamic, isParting } from "./ir/exit.ts";
import type { Site } from "./deopt/leave.ts";
import { type Failures, FailuresAtRoots, PASSING, TOO_LARGE } from "./failures.ts";
import { Pace } from "./pace.ts";
import { meetsPassingClasses } from "./passing-classes.ts";
import type { Kind } from "./ir/node.ts";
import { lengthOf } from "./ir/path.ts";
import type { Places } from "./places.ts";
import { LONG, type Log, type Place, type Root } from "./record/log.ts";
import { Recorder, type Regions } from "./record/recorder.ts";
import { type ExitRecord, Region, type RegionFunction } from "./region.ts";
import { type Idea, type JitSettings, thresholdsOf } from "./settings.ts";
import { JitStats } from "./stats.ts";
import { countAttempt, countMiss, countStep, handOver } from "./watch.ts";
import { Stress } from "./stress.ts";
import { nameOf, widthOf } from "./translate/instructions.ts";
import { handlerAt } from "./translate/unwind.ts";
import { GLOBALS_CHANGED, isStillBuiltin } from "./translate/rules/names.ts";
import { assumedKind } from "./translate/translator.ts";

/** The counter in a backward jump's cache has this many bits above its unit of 16. */
const MAX_COUNT = 1 << 22;
/** Entries with values of other kinds before the region is made for more kinds. */
const MISSES = 20;
/** A region is emitted anew when one trace in so many is new … */
const PATIENT_GROWTH = 2;
/**
 * … or when exits whose trace waits were taken so often: once for so many characters, since what emission and V8's
 * start from nothing cost grows with the region, and twice as often after each emission, up to so many times.
 */
const PATIENCE_PER_EXIT = 10;
const MOST_PATIENCE = 16;
/** What resuming a generator takes of the JavaScript stack, in bytes. */
const RESUME_STACK = 2000;

/** What the recording under way is for. */
interface Target {
  /** null: a new region. */
  region: Region | null;
  record: ExitRecord | null;
  root: Root;
  kinds: Kind[];
  code: PyCode;
  /** The instruction that becomes ENTER_EXECUTOR, and the counter that backs off. */
  pc: number;
}

export class TracingJit implements TraceCompiler {
  readonly compiles = true;
  readonly loopThreshold: number;
  readonly entryThreshold: number;
  readonly warmThreshold: number;
  readonly isWatching: boolean;
  readonly stats: JitStats;
  private recorder: Recorder | null = null;
  private target: Target | null = null;
  private lastId = 0;
  /** Where a region has been left for. */
  private linked: Region | null = null;
  private readonly pace: Pace;
  private readonly baselines: Baselines;
  /** Is baseline code wanted before recordings, and not only where these do not pay? */
  private readonly warmsFirst: boolean;
  private readonly stress: Stress | null;
  private readonly failures = new FailuresAtRoots();

  constructor(
    private readonly runtime: Runtime,
    readonly settings: JitSettings,
    counts: boolean,
    clock: Clock | null = null,
    places: Places | null = null,
  ) {
    ({
      loopThreshold: this.loopThreshold,
      entryThreshold: this.entryThreshold,
      warmThreshold: this.warmThreshold,
    } = thresholdsOf(settings));
    this.isWatching = counts;
    this.stats = new JitStats(counts, clock, places);
    this.pace = new Pace(this.stats.emitted);
    this.baselines = new Baselines(runtime, settings, this.stats, this.pace);
    this.warmsFirst = settings.warmThreshold < Math.min(this.loopThreshold, this.entryThreshold);
    this.stress = settings.stress === null ? null : new Stress(settings.stress);
  }

  get isRecording(): boolean {
    return this.recorder !== null;
  }

  lacks(idea: string): boolean {
    return this.settings.without.has(idea as Idea);
  }

  // ── what is hot ────────────────────────────────────────────────────────────────────────────────────────────
  hotLoop(frame: PyFrame, pc: number): Transfer {
    const { code } = frame;
    const isFirst = this.warmsFirst && (code.ops[pc + 1] & WARM_LOOP) !== 0;
    code.ops[pc + 1] = this.nextThreshold(code, pc) << 4;
    if (isFirst) {
      this.baselines.warm(code);
      return this.drive(frame);
    }
    const delay = this.pace.delay(code, pc);
    if (delay === 0) return this.begin(frame, pc);
    code.ops[pc + 1] = Math.min(MAX_COUNT, this.loopThreshold << delay) << 4;
    return CONTINUE;
  }
  hotEntry(frame: PyFrame, pc: number): Transfer {
    const { code } = frame;
    if (!code.isWarm) {
      code.isWarm = true;
      code.warmth = Math.max(0, this.entryThreshold - this.warmThreshold);
      if (this.warmsFirst) this.baselines.warm(code);
      frame.pc = pc + 1;
      return CONTINUE;
    }
    const delay = this.pace.delay(code, pc);
    if (delay !== 0) {
      code.warmth = this.entryThreshold << delay;
      frame.pc = pc + 1;
      return CONTINUE;
    }
    code.warmth = this.nextThreshold(code, pc);
    const transfer = this.begin(frame, pc);
    // The instruction itself has nothing more to do.
    if (transfer === CONTINUE) frame.pc = pc + 1;
    else this.toldAgain(frame);
    return transfer;
  }
  private nextThreshold(code: PyCode, pc: number): number {
    const { times, areTooMany } = this.failures.at(code, pc);
    return areTooMany ? MAX_COUNT : (this.loopThreshold << times) + times;
  }
  drive(frame: PyFrame): Transfer {
    return this.isRecording || rt.monitor !== null ? CONTINUE : drive(frame, this);
  }
  private begin(frame: PyFrame, pc: number): Transfer {
    if (this.isRecording || rt.monitor !== null || this.failures.at(frame.code, pc).areTooMany) return CONTINUE;
    const kinds = Array.from({ length: frame.sp }, (_, i) => this.kindAtRoot(frame.s[i]));
    const root: Root = { code: frame.code, pc: frame.pc, globals: frame.globals };
    this.record({ region: null, record: null, root, kinds, code: frame.code, pc }, [frame], null, 0);
    return SWITCH_LOOP;
  }
  private kindAtRoot(value: Value | undefined): Kind {
    const kind = assumedKind(value);
    return kind === "float" && this.lacks("unboxing") ? "any" : kind;
  }
  private record(target: Target, frames: readonly PyFrame[], origin: Place | null, stepsBefore: number): void {
    this.target = target;
    rt.engine?.compilerWorks();
    this.stats.recordingBegins();
    const isContinuation = target.region === null && target.record !== null;
    const regions: Regions = { at: regionAt, endsAtLoops: isContinuation };
    const { tooLarge } = target.record?.failures ?? this.failures.at(target.code, target.pc);
    this.recorder = new Recorder(
      ++this.lastId,
      target.root,
      frames,
      this.settings,
      regions,
      origin,
      stepsBefore,
      tooLarge,
    );
  }

  // ── recording ──────────────────────────────────────────────────────────────────────────────────────────────
  step(frame: PyFrame, records: boolean): boolean {
    if (this.isWatching) countStep(this.stats, frame, records);
    if (!records || this.recorder === null || !this.recorder.step(frame)) return false;
    // Not ended: it has entered a frame, with which the loop goes on.
    if (this.recorder.outcome !== null) {
      this.toldAgain(frame);
      this.finishRecording();
    }
    return true;
  }
  /** The other loop begins with the instruction where `frame` stands, and tells of it too. */
  private toldAgain({ code, pc }: PyFrame): void {
    if (this.isWatching) handOver(this.stats, code, pc, originalWord(code, pc) & 255, 1);
  }
  again(frame: PyFrame): void {
    if (this.isWatching) countAttempt(this.stats, frame);
  }
  guardFailed(frame: PyFrame): void {
    if (this.isWatching) countMiss(this.stats.counters, frame);
  }
  raised(): void {
    this.recorder?.raised();
  }
  get pause(): Pause | null {
    return this.stats.pause;
  }
  abandon(): void {
    if (this.recorder === null) return;
    this.recorder.left();
    this.finishRecording();
  }
  private finishRecording(): void {
    const { outcome } = this.recorder as Recorder;
    const target = this.target as Target;
    this.recorder = null;
    this.target = null;
    this.stats.recordingEnds();
    if (outcome === null) return;
    const reason = outcome.ok ? this.install(target, outcome.log) : outcome.reason;
    if (reason !== null) this.failed(target, reason);
  }
  private failed(target: Target, reason: string): void {
    const { record, region, code, pc } = target;
    this.stats.abort(reason, record?.code ?? code, record?.pc ?? pc);
    this.stats.observer?.aborted({ reason, code, pc, region, record });
    if (record !== null) {
      record.failures.note(reason);
      record.trouble = reason;
      record.threshold = record.failures.areTooMany ? Number.MAX_SAFE_INTEGER : record.threshold * 2;
      record.count = 0;
      return;
    }
    this.failures.note(code, pc, reason);
    const threshold = this.nextThreshold(code, pc);
    if (isEntry(code, pc)) code.warmth = threshold;
    else code.ops[pc + 1] = threshold << 4;
  }

  // ── regions ────────────────────────────────────────────────────────────────────────────────────────────────
  /** Compiles a new region, or one with one trace more; gives the reason where that fails. */
  private install(target: Target, log: Log): string | null {
    const { code, pc, record } = target;
    if (target.region !== null) return this.grow(target.region, record as ExitRecord, log);
    if (record !== null) return this.installContinuation(target, record, log);
    if (log.end === "yield" && !isEntry(code, pc)) return "loop yields";
    // Of an iterator that has ended at once: other turns go round.
    if (log.end === "leave" && log.reason === "exception" && isTooShort(log)) return "too short: exception";
    code.executors ??= [];
    const free = code.executors.indexOf(null);
    const index = free >= 0 ? free : code.executors.length;
    const original = plainInstruction(code.ops[pc]);
    const failures = this.failures.at(code, pc);
    const budget = this.budgetAfter(failures);
    const region = new Region(++this.lastId, target.root, log, target.kinds, index, pc, original, budget);
    region.tooLarge = failures.tooLarge;
    const reason = this.compile(region);
    if (reason !== null) return reason;
    code.executors[index] = region;
    code.ops[pc] = OPCODE.ENTER_EXECUTOR | (index << 8);
    if (isEntry(code, pc)) this.installEntry(region);
    if (this.isWatching) this.stats.regions.push(region);
    return null;
  }
  /** A place that is still hot after failures is worth more. */
  private budgetAfter({ tooLarge }: Readonly<Failures>): number {
    return Math.min(this.settings.regionSize, this.settings.smallRegion << tooLarge);
  }
  private installContinuation({ code, pc, root, kinds }: Target, record: ExitRecord, log: Log): string | null {
    if (isTooShort(log)) return TOO_SHORT;
    const budget = this.budgetAfter(record.failures);
    const region = new Region(++this.lastId, root, log, kinds, CONTINUATION, pc, code.ops[pc], budget);
    region.tooLarge = record.failures.tooLarge;
    const reason = this.compile(region);
    if (reason !== null) return reason;
    continueAt(code, pc, region);
    this.goOnIn(record, region);
    if (this.isWatching) this.stats.regions.push(region);
    return null;
  }
  private goOnIn(record: ExitRecord, region: Region): void {
    record.continuation = region;
    record.way = { id: ++this.lastId, steps: [], end: "link", reason: "another region", link: region, origin: null };
  }
  /** The original instruction stands in its place again, and counts anew. What runs in the region leaves it as ever. */
  private drop(region: Region, cause: string): void {
    if (region.run === null) return;
    const { code } = region.root;
    const { pc, original } = region;
    const threshold = this.nextThreshold(code, pc);
    region.run = null;
    this.stats.drops++;
    this.invalidated(region, cause);
    if (region.index === CONTINUATION) return endContinuation(region);
    (code.executors as (Region | null)[])[region.index] = null;
    if (isEntry(code, pc, original)) {
      entryOf(code).run = () => NOT_ENTERED;
      code.ops[pc] = (original & ~255) | OPCODE.RESUME_JIT;
      code.warmth = threshold;
    } else {
      code.ops[pc] = (original & ~255) | OPCODE.JUMP_BACKWARD_JIT;
      code.ops[pc + 1] = threshold << 4;
    }
  }
  /**
   * Adds a side trace. V8 starts anew with each emission, so a region that has many traces waits for more of them, or
   * for those that wait to be asked for often (`isHot`).
   */
  private grow(region: Region, record: ExitRecord, log: Log): string | null {
    record.side = log;
    region.waiting.push(record);
    return region.waiting.length * PATIENT_GROWTH >= region.traces ? this.emitWaiting(region) : null;
  }
  private emitWaiting(region: Region): string | null {
    const reason = this.compile(region);
    if (reason !== null) {
      // One of them is at fault: without them the region is as it was. What it has no room for is compiled apart.
      const isTooLarge = reason === TOO_LARGE;
      if (isTooLarge) region.isFull = true;
      for (const record of region.waiting) {
        record.side = null;
        record.trouble = isTooLarge ? reason : "the region cannot be emitted with it";
        if (!isTooLarge) record.threshold = Number.MAX_SAFE_INTEGER;
      }
    }
    region.waiting.length = 0;
    region.waitingExits = 0;
    return reason;
  }
  /** The region begins at a function's entry, or where a generator goes on. */
  private installEntry(region: Region): void {
    const { code, pc } = region.root;
    if (!region.isGenerator) {
      entryOf(code).run = (frame) => this.callEntry(region, frame);
      return;
    }
    code.resumes ??= blankArray<unknown>(code.ops.length);
    code.resumes[pc] = region;
    // A fresh generator stands at the POP_TOP before its RESUME.
    if (region.original >>> 8 === 0 && (code.ops[pc - 1] & 255) === OPCODE.POP_TOP) code.resumes[pc - 1] = region;
  }
  private compile(region: Region): string | null {
    const leave = (site: Site, frame: PyFrame, values: unknown[]): number => this.leave(region, site, frame, values);
    rt.engine?.compilerWorks();
    return compileRegion(region, this.runtime, this.settings, this.stats, leave, this.stress);
  }

  // ── entering and leaving ───────────────────────────────────────────────────────────────────────────────────
  /** `isTold`: the interpreter has counted the instruction, and not the driver of baseline functions. */
  enter(frame: PyFrame, index: number, isTold = true): Transfer {
    const region = (frame.code.executors as Region[])[index];
    if (this.isWatching) this.handOver(region, isTold, 1);
    if (rt.interrupt && checkInterrupts(frame) === EXC) return RAISE;
    // Where the interpreter would go on.
    frame.pc = region.root.pc;
    frame.isDirect = frame.generator === null;
    const result = this.runFrom(region, frame);
    frame.isDirect = false;
    if (result === RETURNED) return frame.isEntry ? endEntry(frame) : giveResult(frame);
    if (result !== NOT_ENTERED) return result as Transfer;
    if (this.isWatching) {
      this.handOver(region, isTold, -1);
      this.stats.causes.refused(region, frame);
    }
    if (isEntry(frame.code, region.pc)) frame.pc = region.pc + 1;
    return CONTINUE;
  }
  /** A region that begins at a RESUME counts it itself; one that begins behind a backward jump does not. */
  private handOver({ root, pc, original }: Region, isTold: boolean, times: number): void {
    if (!isEntry(root.code, pc, original)) return;
    if (isTold) handOver(this.stats, root.code, pc, original & 255, times);
    else this.stats.ran(root.code, pc, -times);
  }
  primeEntry({ code, globals }: PyFunction): void {
    const pc = code.ops.findIndex((word) => (word & 255) === OPCODE.RESUME_JIT);
    if (pc < 0) return;
    const log: Log = { id: 0, steps: [], end: "leave", reason: "primer", link: null, origin: null };
    const none = new Region(0, { code, pc, globals }, log, [], 0, pc, plainInstruction(code.ops[pc]), 0);
    code.executors = [none];
    code.ops[pc] = OPCODE.ENTER_EXECUTOR;
  }
  /** Runs the region, and those that it leads to, from the frame's position. */
  private runFrom(first: Region, frame: PyFrame): number {
    let region = first;
    let at = frame;
    let refused = NOT_ENTERED;
    for (;;) {
      const hasRoom = rt.depth + region.depth <= rt.recursionLimit;
      if (at.globals !== region.root.globals || region.run === null || !hasRoom) return this.refuse(at, frame, refused);
      const result = this.isWatching ? this.countedRun(region.run, at) : region.run(at);
      if (result === AGAIN) {
        rt.engine?.codeBegins(() => true);
        if (rt.interrupt) return CONTINUE;
      } else if (result === LINK) {
        region = this.linked as Region;
        this.linked = null;
        refused = CONTINUE;
        const { frame: next } = rt as { frame: PyFrame };
        if (next !== at) {
          at = next;
          // Frames that compiled code has made are plain calls.
          at.isDirect = at !== frame && at.generator === null;
        }
      } else if (result === NOT_ENTERED) {
        this.missed(region, at);
        return this.refuse(at, frame, refused);
      } else if (at !== frame && result === RETURNED) {
        at.isDirect = false;
        return giveResult(at);
      } else return result;
    }
  }
  private countedRun(runRegion: RegionFunction, frame: PyFrame): number {
    const { stats } = this;
    const { compiled } = stats.counters;
    stats.entries++;
    const result = runRegion(frame);
    stats.runLengths.add(stats.counters.compiled - compiled);
    return result;
  }
  /** The interpreter goes on. */
  private refuse(at: PyFrame, first: PyFrame, refused: number): number {
    if (at !== first) at.isDirect = false;
    return refused;
  }
  /** Compiled code calls a function whose entry this is; its frame stands before the entry. */
  private callEntry(region: Region, frame: PyFrame): number {
    runPrologue(frame, region.pc);
    if (this.isWatching) for (let pc = 0; pc < region.pc; pc++) this.stats.ran(frame.code, pc);
    const result = this.runFrom(region, frame);
    if (result === NOT_ENTERED) this.passEntry(region, frame);
    return result;
  }
  call(frame: PyFrame): Result {
    frame.isEntry = true;
    frame.isDirect = true;
    frame.back = rt.frame;
    rt.frame = frame;
    rt.depth++;
    rt.compiledStack += RUN_STACK;
    return finishCall(frame, this.runEntered(frame), RUN_STACK, 0);
  }
  /** What is thrown ends in the frame that native code waits for. */
  private runEntered(frame: PyFrame): number {
    const { depth, nativeDepth, compiledStack } = rt;
    try {
      return entryOf(frame.code).run(frame);
    } catch (error) {
      raiseThrown(error, frame, depth, nativeDepth, compiledStack);
      return RAISE;
    }
  }
  resume(frame: PyFrame): Result | End {
    const { compiledStack } = rt;
    rt.compiledStack = compiledStack + RESUME_STACK;
    const result = this.resumeOn(frame, compiledStack < rt.compiledStackLimit);
    rt.compiledStack = compiledStack;
    return result;
  }
  private resumeOn(frame: PyFrame, hasRoom: boolean): Result | End {
    const back = rt.frame;
    frame.isEntry = true;
    frame.back = back;
    rt.frame = frame;
    rt.depth++;
    const region = (frame.code.resumes?.[frame.pc] ?? null) as Region | null;
    if (region === null || !hasRoom) return run(frame, false);
    if (frame.pc !== region.pc) {
      this.stats.ran(frame.code, frame.pc);
      frame.s[--frame.sp] = undefined;
      frame.pc = region.pc;
    }
    frame.isDirect = true;
    const left = this.runResumed(region, frame);
    frame.isDirect = false;
    if (left === RETURNED || left === ENDED) {
      frame.isEntry = false;
      frame.spill = null;
      frame.shown = null;
      frame.back = null;
      rt.depth--;
      rt.frame = back;
      return left === RETURNED ? rt.returned : END;
    }
    if (left === NOT_ENTERED) this.passEntry(region, frame);
    return run(frame, left === RAISE, left === SWITCH_LOOP);
  }
  /** The interpreter goes on behind the entry. */
  private passEntry(region: Region, frame: PyFrame): void {
    frame.pc = region.pc + 1;
    this.stats.ran(frame.code, region.pc);
  }
  /** Native code waits for what the generator's frame yields: what is thrown ends here. */
  private runResumed(region: Region, frame: PyFrame): number {
    const { depth, nativeDepth, compiledStack } = rt;
    try {
      return this.runFrom(region, frame);
    } catch (error) {
      raiseThrown(error, frame, depth, nativeDepth, compiledStack);
      return RAISE;
    }
  }
  /** The frame's values are of other kinds than assumed: with time, the region takes all kinds. */
  private missed(region: Region, frame: PyFrame): void {
    if (++region.misses % MISSES !== 0) return;
    if (!widenTo(region.kinds, frame)) return;
    this.invalidated(region, "entered with values of other kinds");
    // What takes all kinds is longer.
    const most = this.settings.regionSize;
    while (this.compile(region) === TOO_LARGE && region.budget < most)
      region.budget = Math.min(most, region.budget * 2);
  }
  private invalidated(region: Region, cause: string): void {
    this.stats.invalidated(cause);
    this.stats.observer?.invalidated(region, cause);
  }
  /** The tail of every region's function, `host`'s: gives what the interpreter does next. */
  private leave(host: Region, site: Site, frame: PyFrame, values: unknown[]): number {
    const frames = site.leave(frame, values);
    const way = this.wayOn(host, site, frames);
    if (this.isWatching) this.stats.left(site.region, site, frames, way === LINK);
    // A frame that compiled code goes on with keeps its caller.
    if (way !== AGAIN && (way !== LINK || frames.length > 1)) frame.isDirect = false;
    return way;
  }
  private wayOn(host: Region, site: Site, frames: readonly PyFrame[]): number {
    const { exit, region } = site;
    switch (exit.outcome) {
      case "again":
        return host === region ? AGAIN : this.linkTo(region);
      case "raise":
        return this.warmHandler(host, site, frames);
      case "forced":
        return CONTINUE;
      case "link":
        this.annex(host, exit.link as Region, frames);
        return this.linkTo(exit.link as Region);
      default:
        return this.goOn(host, site, frames, this.isHot(host, site));
    }
  }
  /** An exit that is taken often gets a trace of its own, in the region or as a continuation of it. */
  private goOn(host: Region, { exit, record, region }: Site, frames: readonly PyFrame[], isHot: boolean): number {
    const top = frames[frames.length - 1];
    if (isHot && canBeRenewed(exit)) {
      this.renew(host, record as ExitRecord);
      return CONTINUE;
    }
    if (isHot && meetsPassingClasses(region, record as ExitRecord)) {
      this.dropPassing(region);
      return CONTINUE;
    }
    if (isHot && this.makesRoom(region, record as ExitRecord, exit)) return this.recordSide(region, exit, frames);
    const continuation = record?.continuation ?? null;
    if (continuation !== null && continuation.run !== null) {
      this.annex(host, continuation, frames);
      return this.linkTo(continuation);
    }
    if (isHot) return this.recordContinuation(exit, record as ExitRecord, top);
    this.baselines.left(top.code);
    return CONTINUE;
  }
  /** Translated anew, the traces that are there hold for the globals as they are now. */
  private renew(host: Region, record: ExitRecord): void {
    record.threshold *= 2;
    this.invalidated(host, GLOBALS_CHANGED);
    this.emitWaiting(host);
  }
  /** What is recorded next knows the classes of now; each time later, and after some times never. */
  private dropPassing(region: Region): void {
    const { root, pc } = region;
    this.failures.note(root.code, pc, PASSING);
    this.drop(region, "its classes have been made anew");
  }
  /** `host`'s function is left for another region: with time, it gets that one's body too. */
  private annex(host: Region, target: Region, frames: readonly PyFrame[]): void {
    if (frames.length > 1) return;
    const times = (host.links.get(target) ?? 0) + 1;
    host.links.set(target, times);
    if (times % this.settings.linkThreshold !== 0 || host.run === null || host.annexes.has(target) || this.isRecording)
      return;
    if (canAnnex(host, target, host.mergedSize, this.settings)) this.emitWaiting(host);
  }
  private linkTo(region: Region): number {
    this.linked = region;
    return LINK;
  }
  /** The same for an exception that a frame of the trace handles: the side trace begins at the handler. */
  private warmHandler(host: Region, site: Site, frames: readonly PyFrame[]): number {
    const isHot = this.isHot(host, site);
    if (handlerAt(site.exit.snapshot) === null) return RAISE;
    const handler = unwind(frames[frames.length - 1], false) as PyFrame;
    return this.goOn(host, site, frames.slice(0, frames.indexOf(handler) + 1), isHot);
  }
  private isHot(host: Region, site: Site): boolean {
    const { exit, region } = site;
    if (this.stress?.drops() && !this.isRecording) this.drop(region, "dropped by stress");
    if (region.run === null) return false;
    site.record ??= region.record(exit, this.settings.exitThreshold);
    const { record } = site;
    record.total++;
    if (record.side !== null) {
      this.wait(region, region.waiting.length > 0);
      if (host !== region) this.wait(host, host.annexes.get(region) !== region.emissions);
      return false;
    }
    if (++record.count < this.pace.ofExit(record.threshold) || this.isRecording) return false;
    if (this.settings.without.has(isDynamic(exit) ? "dynamic-exits" : "side-exits")) return false;
    if ((exit.key.endsWith(":end") && exit.reason !== LONG) || exit.reason === "too deep") return false;
    record.count = 0;
    return true;
  }
  /** An exit has been taken for which there is a trace, but not in this function. */
  private wait(region: Region, isStale: boolean): void {
    region.waitingExits++;
    if (isStale && region.run !== null && !isPatient(region)) this.emitWaiting(region);
  }
  /**
   * Has the region room for a trace at the exit? What has grown to its budget gets a larger one where the exit is taken
   * very often; what has too many targets there grows no more, and a trace that was cut never does.
   */
  private makesRoom(region: Region, record: ExitRecord, exit: Exit): boolean {
    const { regionTraces, regionSize, targetLimit } = this.settings;
    if (exit.reason === LONG) return false;
    if (region.traces >= regionTraces || region.size > regionSize) return false;
    if (region.targets(record) >= targetLimit) return false;
    if (record.trouble === TOO_SHORT || (!region.isFull && region.size <= region.budget)) return true;
    // What nothing runs before cannot go on elsewhere: that would come here again.
    if (exit.path !== null && record.total < region.budget) return false;
    region.budget = Math.min(regionSize, region.budget * 2);
    region.isFull = false;
    return true;
  }
  /** Beyond the region's budget, another region goes on where the exit leads: one for all exits that lead there. */
  private recordContinuation(exit: Exit, record: ExitRecord, frame: PyFrame): number {
    const { code, pc, globals } = frame;
    if (exit.path === null) {
      // What goes on would come here again, for ever.
      record.trouble = "the region is full, and nothing runs before it";
      return CONTINUE;
    }
    const known = regionAt(code, pc) ?? continuationAt(code, pc);
    if (known !== null) {
      this.goOnIn(record, known);
      return this.linkTo(known);
    }
    if (this.lacks("continuations")) return this.leaveAlone(record, "the region is full");
    if (this.failures.at(code, pc).areTooMany) return this.leaveAlone(record, PASSING);
    if (!hasRoomFor(code)) return this.leaveAlone(record, "the code has too many continuations");
    const kinds = Array.from({ length: frame.sp }, (_, i) => this.kindAtRoot(frame.s[i]));
    this.record({ region: null, record, root: { code, pc, globals }, kinds, code, pc }, [frame], null, 0);
    return SWITCH_LOOP;
  }
  private leaveAlone(record: ExitRecord, trouble: string): number {
    record.trouble = trouble;
    record.threshold = Number.MAX_SAFE_INTEGER;
    return CONTINUE;
  }
  private recordSide(region: Region, exit: Exit, frames: readonly PyFrame[]): Transfer {
    const record = region.record(exit, this.settings.exitThreshold);
    const { root, kinds } = region;
    this.record(
      { region, record, root, kinds, code: root.code, pc: region.pc },
      frames,
      isParting(exit) ? null : exit.place,
      lengthOf(exit.path),
    );
    return SWITCH_LOOP;
  }
}

/** Has only the version of a module's names changed, and not what the trace has found there? */
function canBeRenewed({ reason, place: { log, index } }: Exit): boolean {
  return reason === GLOBALS_CHANGED && isStillBuiltin(log.steps[index]);
}
/** Is an emission for the traces that wait not worth it yet? */
function isPatient({ waitingExits, size, emissions }: Region): boolean {
  const patience = Math.min(2 ** (emissions - 1), MOST_PATIENCE);
  return waitingExits * PATIENCE_PER_EXIT < size * patience;
}
/** Kinds that the frame's values are not of become "any"; gives whether there were some. */
function widenTo(kinds: Kind[], { s }: PyFrame): boolean {
  let isWider = false;
  kinds.forEach((kind, i) => {
    if (kind === "any" || assumedKind(s[i]) === kind) return;
    kinds[i] = "any";
    isWider = true;
  });
  return isWider;
}
/** The instructions before RESUME, which make the frame's cells; the frame stands at RESUME then. */
function runPrologue(frame: PyFrame, resume: number): void {
  const { ops } = frame.code;
  for (let pc = 0; pc < resume; pc++) {
    INSTRUCTIONS[nameOf(ops[pc] & 255)](frame.s as Value[], frame.sp, pc, ops[pc] >>> 8, frame, NO_CACHE);
  }
  frame.pc = resume;
}
function regionAt(code: PyCode, pc: number): Region | null {
  const regions = code.executors as (Region | null)[] | null;
  return regions?.find((region) => region !== null && region.root.pc === pc) ?? null;
}
/** Is it a RESUME, and not a backward jump, that stands there, or did, before ENTER_EXECUTOR? */
function isEntry(code: PyCode, pc: number, word = originalWord(code, pc)): boolean {
  return widthOf(word & 255) === 1;
}
/** The instruction without its counting. */
function plainInstruction(word: number): number {
  const op = word & 255;
  if (op === OPCODE.JUMP_BACKWARD_JIT) return (word & ~255) | OPCODE.JUMP_BACKWARD_NO_JIT;
  if (op === OPCODE.RESUME_JIT) return (word & ~255) | OPCODE.RESUME_CHECK;
  return word;
}
