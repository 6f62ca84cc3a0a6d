/**
 * What a recording notes: the Python instructions that ran, each with its specialisation of that moment. A log can be
 * translated again and again, under other assumptions, as its region grows.
 */
import { InlineCache, type PyCode } from "../../objects/code.ts";
import type { PyDict } from "../../objects/dict.ts";
import type { Method } from "./methods.ts";

/** A frame of recordings, from its entry until it is left: the next call of the same function is another one. */
export class Activation {
  constructor(
    /** Frames open below it. */
    readonly depth: number,
    readonly below: Activation | null,
  ) {}
}

export interface Step {
  readonly activation: Activation;
  readonly code: PyCode;
  readonly pc: number;
  readonly op: number;
  readonly oparg: number;
  /** Frames open above the root. */
  readonly depth: number;
  /** A copy: the instruction may specialise anew. */
  readonly cache: InlineCache | null;
  /** What the instruction met, as far as its cache does not say: a callee, a class. */
  readonly seen: unknown;
  /** The special method that was entered for the instruction. */
  readonly method: Method | null;
  /** The instruction has raised: where the recording went on. */
  raised: Raised | null;
}
/** A handler in a frame of the trace. */
export interface Raised {
  /** Frames open above the root. */
  readonly depth: number;
  readonly pc: number;
}

export type LogEnd =
  /** At the root's position, in the root's frame. */
  | "loop"
  /** At the beginning of another region of the root's frame. */
  | "link"
  /** The root's frame returns. */
  | "return"
  /** The root's frame, a generator's, yields. */
  | "yield"
  /** At a step of a trace around this one, in the same frames (`joins.ts`). */
  | "join"
  /** The last step is left to the interpreter. */
  | "leave"
  /** The last step raises, and the exception leaves the root's frame. */
  | "raise";

/** The reason of a "leave" where only the trace's length ended it: another region goes on there, a continuation. */
export const LONG = "goes on elsewhere";

export interface Log {
  readonly id: number;
  readonly steps: Step[];
  end: LogEnd;
  /** Why it ended where it did. */
  reason: string;
  /** The region that a link goes to, the `Place` of a join. */
  link: unknown;
  /** Where the recording began in the trace around it, if they may come together again. */
  readonly origin: Place | null;
}
/** A step of a log. */
export interface Place {
  readonly log: Log;
  readonly index: number;
}

export function copyCache(cache: InlineCache | undefined): InlineCache | null {
  if (cache === undefined) return null;
  const copy = new InlineCache();
  copy.version = cache.version;
  copy.version2 = cache.version2;
  copy.index = cache.index;
  copy.guard = cache.guard;
  copy.value = cache.value;
  copy.extra = cache.extra;
  copy.isFloat = cache.isFloat;
  return copy;
}

/** The globals that a frame must have for a log made with them to be good. */
export interface Root {
  readonly code: PyCode;
  readonly pc: number;
  readonly globals: PyDict;
}
