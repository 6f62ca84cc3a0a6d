/** What is kept of a frame for tools that watch it, and for Python's `f_trace…`. */
import type { Value } from "../core.ts";
import type { PyFrame } from "../frame.ts";
import { type CodeFacts, factsOf } from "./code-facts.ts";

/** `arg0` undefined: it was called without arguments. */
export interface NativeCall {
  readonly callee: Value;
  readonly arg0: Value | undefined;
}

export class FrameState {
  /** `f_trace`, undefined: none. */
  trace: Value | undefined = undefined;
  traceLines = true;
  traceOpcodes = false;
  /** The instruction that ran last, -1: none that is known. */
  before = -1;
  /** That has raised, and a handler runs now: nothing has jumped here. */
  isHandling = false;
  /** The instruction that ran last calls this, which is no Python function: tools are told when it is back. */
  call: NativeCall | null = null;
  readonly facts: CodeFacts;

  constructor(frame: PyFrame) {
    this.facts = factsOf(frame.code);
  }
}

/** Frames that have such a state are not used again. */
export function stateOf(frame: PyFrame): FrameState {
  if (frame.watched === null) {
    frame.watched = new FrameState(frame);
    frame.escaped = true;
  }
  return frame.watched as FrameState;
}
