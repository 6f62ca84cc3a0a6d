/** Frames: taken from the pool of their code, and given back. */
import type { PyCode } from "../objects/code.ts";
import type { Exc } from "../objects/core.ts";
import { raise } from "../objects/errors.ts";
import { recursionErrorType } from "../objects/exceptions/types.ts";
import { PyFrame } from "../objects/frame.ts";
import type { PyFunction } from "../objects/function.ts";

/** So often a frame's array is used, see `PyFrame.renewArray`. */
const USES = 500;

/** A frame ready to run `code` from its start, with all locals unbound. */
export function newFrame(code: PyCode): PyFrame {
  const pooled = code.pool;
  if (pooled === null) return new PyFrame(code);
  code.pool = pooled.back;
  pooled.back = null;
  return pooled;
}
/** A frame for a function; the arguments are the caller's to store. */
export function framePlain(func: PyFunction): PyFrame {
  const frame = newFrame(func.code);
  frame.globals = func.globals;
  frame.builtins = func.builtins;
  frame.func = func;
  return frame;
}

/** The frame has returned: into the pool, unless Python may hold it. */
export function releaseFrame(frame: PyFrame): void {
  if (frame.escaped) {
    // Its `f_back` must stay what it is: that frame is held by this one now.
    if (frame.back !== null) frame.back.escaped = true;
    frame.finished = true;
    frame.isEntry = false;
    return;
  }
  const { s, code } = frame;
  // The stack too: what lies there would live as long as the pool.
  for (let i = 0; i < s.length; i++) s[i] = undefined;
  if (++frame.uses === USES) {
    frame.uses = 0;
    frame.renewArray();
  }
  frame.sp = code.nlocalsplus;
  frame.pc = 0;
  frame.isEntry = false;
  frame.onReturn = 0;
  frame.pushNull = false;
  frame.returnData = undefined;
  frame.locals = null;
  frame.func = null;
  frame.lasti = -1;
  frame.back = code.pool;
  code.pool = frame;
}

/** Raises RecursionError instead of entering `callee`. */
export function recursionError(callee: PyFrame | null): Exc {
  if (callee !== null && callee.generator === null) releaseFrame(callee);
  return raise(recursionErrorType, "maximum recursion depth exceeded");
}
