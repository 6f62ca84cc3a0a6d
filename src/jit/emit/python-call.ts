/** Calls of Python functions by compiled code: a frame, the callee's compiled entry, and what happens when it leaves. */
import { run } from "../../generated/interpreter.ts";
import { returnTo } from "../../interp/leave.ts";
import { framePlain, recursionError, releaseFrame } from "../../interp/push-frame.ts";
import type { CompiledEntry, PyCode } from "../../objects/code.ts";
import { unwind } from "../../interp/unwind.ts";
import { EXC, type Result } from "../../objects/core.ts";
import type { PyFrame } from "../../objects/frame.ts";
import type { PyFunction } from "../../objects/function.ts";
import { rt } from "../../objects/runtime.ts";
import { CONTINUE, RAISE, RETURN, SWITCH_LOOP, type Transfer } from "../../objects/tracing.ts";

/** How a region's function was left, beyond `Transfer`: to be entered again; returned, `rt.returned` is the result;
 * to enter another region, `rt.jit` knows which. -1: not entered. */
export const AGAIN = 3;
export const RETURNED = 4;
export const LINK = 5;
/** A generator has returned: its `returned` is the result. */
export const ENDED = 6;
export const NOT_ENTERED = -1;

/** What a call costs beside the variables of the function that makes it, in bytes of the JavaScript stack. */
const FRAME_BYTES = 600;
/** The stack that such a call takes while V8 has not optimised the caller: that is when it needs most. */
export const stackOf = (variables: number): number => FRAME_BYTES + 8 * variables;

/** The entry of functions with this code; one that enters nothing until there is a region. */
export function entryOf(code: PyCode): CompiledEntry {
  code.entry ??= { run: () => NOT_ENTERED };
  return code.entry;
}

/**
 * A frame for a call by compiled code, linked to the running one; the arguments are the caller's to store. `stack`:
 * what the call takes of the JavaScript stack; `inlined`: frames between the running one and the caller's, which exist in
 * compiled code only.
 */
export function enterFrame(func: PyFunction, stack: number, inlined: number): PyFrame {
  const frame = framePlain(func);
  frame.back = rt.frame;
  frame.isEntry = true;
  frame.isDirect = true;
  rt.frame = frame;
  rt.depth += inlined + 1;
  rt.compiledStack += stack;
  return frame;
}
/** The result of the call for which `frame` was made, whose entry has given `left`. */
export function finishCall(frame: PyFrame, left: number, stack: number, inlined: number): Result {
  frame.isDirect = false;
  if (left === RETURNED) {
    rt.compiledStack -= stack;
    frame.spill = null;
    rt.depth -= inlined + 1;
    rt.frame = frame.back;
    releaseFrame(frame);
    return rt.returned;
  }
  // The interpreter runs on the same JavaScript stack, and may call compiled code.
  const result = interpretRest(frame, left);
  rt.compiledStack -= stack;
  rt.depth -= inlined;
  return result;
}
/** The interpreter has called the function in whose frame compiled code has returned: its caller goes on there. */
export function giveResult(frame: PyFrame): Transfer {
  frame.spill = null;
  return returnTo(frame, frame.back as PyFrame, rt.returned) ? CONTINUE : RAISE;
}
/** Native code waits for what the frame has returned, which the interpreter's loop gives it. */
export function endEntry(frame: PyFrame): Transfer {
  frame.spill = null;
  return RETURN;
}
function interpretRest(frame: PyFrame, left: number): Result {
  if (left === NOT_ENTERED && rt.depth > rt.recursionLimit) {
    rt.frame = frame.back;
    rt.depth--;
    return recursionError(frame);
  }
  if (left === RAISE) {
    const handler = unwind(rt.frame as PyFrame, false);
    return handler === null ? EXC : (run(frame, false) as Result);
  }
  return run(frame, false, left === SWITCH_LOOP) as Result;
}
