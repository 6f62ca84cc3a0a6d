/**
 * KeyboardInterrupt for an embedder whose only way to stop JavaScript is to terminate it (Node's `breakOnSigint`): the
 * JavaScript stack is gone then, but Python's frames are heap objects and stand where they were. The exception is raised
 * in the innermost one and runs up through them, handlers and `finally` included. What is lost is native code between
 * two frames (a `sort` that called its key function): the exception goes on in the frame that called it.
 */
import { run } from "../generated/interpreter.ts";
import { settleFrames } from "../interp/settle.ts";
import { signalState } from "../modules/_signal/state.ts";
import { EXC, type Result, type Value } from "../objects/core.ts";
import { raiseArgs } from "../objects/errors.ts";
import { keyboardInterruptType } from "../objects/exceptions/types.ts";
import type { PyFrame } from "../objects/frame.ts";
import { call } from "../objects/protocol/call.ts";
import { rt } from "../objects/runtime.ts";

const SIGINT = 2;

/** Raises KeyboardInterrupt, or runs the program's own handler, where execution was terminated; gives the program's result. */
export function resumeInterrupted(): Result {
  rt.nativeDepth = 0;
  rt.compiledStack = 0;
  rt.excInfo = { exc: null, previous: null };
  rt.beingPrinted.clear();
  rt.jit?.abandon();
  let frame = rt.frame === null ? null : settleFrames(rt.frame, null);
  rt.frame = frame;
  // The handler of the program may raise something else; when it returns, there is no way on but to raise.
  if (runHandler(frame) !== EXC) raiseArgs(keyboardInterruptType);
  let result: Result = EXC;
  while (frame !== null) {
    const entry = entryOf(frame);
    const outer = entry.back;
    rt.frame = frame;
    rt.depth = depthOf(frame);
    result = run(entry, true) as Result;
    if (outer !== null && result !== EXC) raiseArgs(keyboardInterruptType);
    frame = outer;
  }
  return result;
}

function runHandler(frame: PyFrame | null): Result {
  const handler = signalState().handlers.get(SIGINT);
  if (handler === undefined || handler === null || typeof handler === "number") return null;
  const result = call(handler, [SIGINT, frame as Value]);
  rt.frame = frame;
  return result;
}

/** The frame at which native code called the interpreter. */
function entryOf(frame: PyFrame): PyFrame {
  let at = frame;
  while (!at.isEntry && at.back !== null) at = at.back;
  return at;
}

function depthOf(frame: PyFrame): number {
  let depth = 0;
  for (let at: PyFrame | null = frame; at !== null; at = at.back) depth++;
  return depth;
}
