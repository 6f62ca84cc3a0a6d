/**
 * How the interpreter's loop and the trace compiler work together. The interpreter knows the compiler only by this
 * interface; `rt.jit` is null where there is none.
 *
 * The compiler takes over at an instruction boundary, with everything in the frames, and gives back in the same way:
 * `rt.frame` is then the frame to go on with.
 */
import type { End, Result } from "./core.ts";
import type { PyFrame } from "./frame.ts";
import type { PyFunction } from "./function.ts";

/** `rt.frame` goes on where it stands. */
export const CONTINUE = 0;
/** The exception in `rt.exc` is raised where `rt.frame` stands. */
export const RAISE = 1;
/** The same, for an exception that has this frame in its traceback already. */
export const RERAISE = 7;
/** The loop returns RECORD: a recording has begun. */
export const SWITCH_LOOP = 2;
/** `rt.frame`, for whose result native code waits, has returned `rt.returned`. */
export const RETURN = 8;
export type Transfer = typeof CONTINUE | typeof RAISE | typeof SWITCH_LOOP | typeof RERAISE | typeof RETURN;

/** In the low bits of a backward jump's counter: it counts to the baseline function, not yet to a recording. */
export const WARM_LOOP = 1;

/** What the interpreter's loop returns when it has run for a while, to be entered again. */
export const SWITCH: unique symbol = Symbol("switch");
/** What the interpreter's loop returns when the other loop, the recording or the plain one, is to go on. */
export const RECORD: unique symbol = Symbol("recording begins or ends");

/** What ENTER_EXECUTOR's argument chooses in `code.executors`. */
export interface Executor {
  /** The instruction that ENTER_EXECUTOR has replaced. */
  readonly original: number;
}

export interface CountingPause {
  begin(): void;
  end(): void;
  /** Forgets what has been counted. */
  clear(): void;
}

export interface TraceCompiler {
  /** False: it only counts. */
  readonly compiles: boolean;
  /** Turns of a loop, and calls of a function, before it is recorded. */
  readonly loopThreshold: number;
  readonly entryThreshold: number;
  /** The same before the compiler is asked for the first time. */
  readonly warmThreshold: number;
  /** An idea that is switched off (`-X jit-without=…`), which may be one of the interpreter's own. */
  lacks(idea: string): boolean;
  /** `frame` stands at the target of the backward jump at `pc`, which has become hot. */
  hotLoop(frame: PyFrame, pc: number): Transfer;
  /** `frame` stands at the RESUME at `pc` of a function that has become hot. */
  hotEntry(frame: PyFrame, pc: number): Transfer;
  /** `frame`'s code has a baseline function, `code.baseline`: runs it if it can be entered here. */
  drive(frame: PyFrame): Transfer;
  /** Puts an ENTER_EXECUTOR at the function's beginning that nothing can be entered by. */
  primeEntry(func: PyFunction): void;
  /** ENTER_EXECUTOR, where `frame` stands: runs compiled code. */
  enter(frame: PyFrame, index: number): Transfer;
  /**
   * Runs a generator's frame, made ready by `resumeFrame`, for native code or compiled code: by compiled code where
   * there is some for this place. What is yielded; END when it returned; EXC.
   */
  resume(frame: PyFrame): Result | End;
  /** Runs a function's frame for native code, from the function's compiled entry. */
  call(frame: PyFrame): Result;
  /** Every instruction is to be told (`step`), recording or not: somebody counts. */
  readonly isWatching: boolean;
  /** Stops counting for a while; null: nobody counts. */
  readonly pause: CountingPause | null;
  /** A recording is under way. */
  readonly isRecording: boolean;
  /** Before each instruction; `records`: of a recording. True: the recording has ended. */
  step(frame: PyFrame, records: boolean): boolean;
  /** The instruction that was told last, where `frame` stands, has tried to specialise itself, and is told again. */
  again(frame: PyFrame): void;
  /** The guard of the instruction that was told last, where `frame` stands, has failed: the general one runs. */
  guardFailed(frame: PyFrame): void;
  /** The instruction that was told last has raised. */
  raised(): void;
  /** The recording cannot go on: its frames have gone. */
  abandon(): void;
}
