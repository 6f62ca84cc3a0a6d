/** What JavaScript code threw through the interpreter: numeric errors, the stack's end, exceptions that are pending. */
import { EXC, type Exc } from "../objects/core.ts";
import { isPythonThrow } from "../objects/errors.ts";
import type { PyFrame } from "../objects/frame.ts";
import { rt } from "../objects/runtime.ts";
import { faultAt } from "./fault.ts";
import { failGenerator } from "./leave.ts";
import { settleFrames } from "./settle.ts";

/**
 * Makes `error`, thrown while `entry` ran, the pending exception of the frame that was running, which is `rt.frame`
 * then. Throws on what is no exception of Python's.
 */
export function raiseThrown(error: unknown, entry: PyFrame, calls: number, native: number, compiled: number): void {
  rt.nativeDepth = native;
  rt.compiledStack = compiled;
  const frame = dropLostFrames(entry);
  if (!isPythonThrow(error)) throw faultAt(error, frame);
  rt.depth = calls + distance(frame, entry);
}
/** `entry`, whose run began at that depth, is left with the exception that is pending. */
export function giveUp(entry: PyFrame, calls: number): Exc {
  for (let at = rt.frame; at !== null; at = at.back) {
    at.isEntry = false;
    if (at.generator !== null) failGenerator(at.generator);
    if (at === entry) break;
  }
  rt.frame = entry.back;
  rt.depth = calls - 1;
  return EXC;
}
/** Frames between `frame` and the entry. */
function distance(frame: PyFrame, entry: PyFrame): number {
  let n = 0;
  for (let at: PyFrame | null = frame; at !== null && at !== entry; at = at.back) n++;
  return n;
}

/**
 * The frame of `entry`'s run that was running when JavaScript code threw. Above it there may be frames of runs that
 * ended without unwinding, as where JavaScript's stack was full: they are dropped, or the exception would be raised in
 * the wrong run.
 */
function dropLostFrames(entry: PyFrame): PyFrame {
  const innermost = settleFrames(rt.frame as PyFrame, entry);
  let own = innermost;
  for (let at: PyFrame | null = own; at !== null && at !== entry; at = at.back) {
    if (at.isEntry && at.back !== null) own = at.back;
  }
  for (let at = innermost; at !== own; ) {
    const { back } = at;
    at.isEntry = false;
    if (at.generator !== null) failGenerator(at.generator);
    at = back as PyFrame;
  }
  rt.frame = own;
  return own;
}
