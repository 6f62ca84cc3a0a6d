/**
 * Exceptions: from the frame where one is pending outwards, to the first handler.
 * Source: CPython's InternalDocs/exception_handling.md.
 */
import { EXC } from "../objects/core.ts";
import type { PyBaseException } from "../objects/exceptions/base.ts";
import { systemError } from "../objects/errors.ts";
import type { PyFrame } from "../objects/frame.ts";
import { rt } from "../objects/runtime.ts";
import { PyTraceback } from "../objects/traceback.ts";
import { instructionAt } from "./fault.ts";
import { failGenerator } from "./leave.ts";
import { releaseFrame } from "./push-frame.ts";

/**
 * Finds the handler of the exception pending in `rt.exc` and makes its frame stand there; null: it leaves the entry
 * frame, whose caller gets EXC. `reraised`: the frame is in the traceback already.
 */
export function unwind(frame: PyFrame, reraised: boolean): PyFrame | null {
  let at = frame;
  let again = reraised;
  if (rt.exc === null) systemError(`${instructionAt(frame)} failed without setting an exception`);
  for (;;) {
    const exc = rt.exc as PyBaseException;
    if (!again) addTraceback(at, exc);
    if (rt.monitor !== null) rt.monitor.raised(at, again, at !== frame);
    again = false;
    const handler = findHandler(at.code.handlers, at.pc);
    // After RERAISE the frame stands where the exception was raised first.
    const position = at.lasti >= 0 ? at.lasti : at.pc;
    at.lasti = -1;
    if (handler >= 0) {
      enterHandler(at, handler, rt.exc as PyBaseException, position);
      if (rt.monitor === null || rt.monitor.handled(at, position) !== EXC) return at;
      again = true;
      continue;
    }
    const from = at.pc;
    at.pc = position;
    if (rt.monitor !== null) rt.monitor.unwound(at, from, at !== frame);
    const { back, isEntry, generator } = at;
    rt.depth--;
    if (generator !== null) failGenerator(generator);
    else releaseFrame(at);
    if (isEntry) {
      at.isEntry = false;
      rt.frame = back;
      return null;
    }
    at = back as PyFrame;
    rt.frame = at;
  }
}

function addTraceback(frame: PyFrame, exc: PyBaseException): void {
  frame.escaped = true;
  exc.traceback = new PyTraceback(exc.traceback, frame, frame.lasti >= 0 ? frame.lasti : frame.pc, -1);
}

/** Index of the innermost table entry that covers `pc`, or -1. Entries are sorted; inner ones come first. */
export function findHandler(handlers: Int32Array, pc: number): number {
  for (let i = 0; i < handlers.length; i += 4) {
    if (handlers[i] > pc) return -1;
    if (pc < handlers[i + 1]) return i;
  }
  return -1;
}

function enterHandler(frame: PyFrame, at: number, exc: PyBaseException, position: number): void {
  const { handlers, nlocalsplus } = frame.code;
  const depthAndLasti = handlers[at + 3];
  let sp = nlocalsplus + (depthAndLasti >> 1);
  if ((depthAndLasti & 1) !== 0) frame.s[sp++] = position;
  frame.s[sp++] = exc;
  frame.sp = sp;
  frame.pc = handlers[at + 2];
  rt.exc = null;
}
