/**
 * The interpreter's loop: a switch over instructions, and what happens when a frame is entered or left.
 *
 * State lives in local variables: the running frame, its instructions, its array of locals and stack (`s`), the index
 * of the next free entry (`sp`), the running code unit (`pc`). A case ends with `continue dispatch` (the next
 * instruction), `continue redo` (another instruction in its place: a failed guard), or `break redo` with a mode:
 * 0 an exception is pending, 1 the same without a new traceback entry, 2 enter `entered`, 3 leave with `result`,
 * 4 suspend the generator with `result`.
 */
/*IMPORTS*/
import { END, EXC, type End, type Exc, type Result, type Status, type Value } from "../objects/core.ts";
import { InlineCache } from "../objects/code.ts";
import { exceptionFromThrow } from "../objects/errors.ts";
import { PyFrame } from "../objects/frame.ts";
import { rt } from "../objects/runtime.ts";
import { afterReturn, finishGenerator, suspendGenerator } from "../interp/leave.ts";
import { prepareCode } from "../interp/prepare-code.ts";
import { recursionError } from "../interp/push-frame.ts";
import { releaseFrame } from "../interp/push-frame.ts";
import { unwind } from "../interp/unwind.ts";
import { InternalFault } from "../interp/fault.ts";

/**
 * Runs `entry` until it returns, yields or raises. The caller has linked it (`back`, `rt.frame`, `rt.depth`).
 * Gives the result; END for a generator's return (the value is in `generator.returned`); EXC.
 * `pending`: an exception is raised at once where the frame stands (`throw()`).
 */
export function run(entry: PyFrame, pending: boolean): Result | End {
  const depth = rt.depth;
  const nativeDepth = rt.nativeDepth;
  let throwing = pending;
  for (;;) {
    try {
      return loop(rt.frame as PyFrame, throwing);
    } catch (error) {
      // What JavaScript code threw becomes the exception of the frame that called it.
      rt.nativeDepth = nativeDepth;
      const frame = rt.frame as PyFrame;
      if (exceptionFromThrow(error, frame) !== EXC) throw new InternalFault(error, frame);
      rt.depth = depth + distance(frame, entry);
      throwing = true;
    }
  }
}
/** Frames between `frame` and the entry. */
function distance(frame: PyFrame, entry: PyFrame): number {
  let n = 0;
  for (let at: PyFrame | null = frame; at !== null && at !== entry; at = at.back) n++;
  return n;
}

function loop(start: PyFrame, pending: boolean): Result | End {
  let frame = start;
  let code = frame.code;
  if (!code.isReady) prepareCode(code);
  let ops = code.ops;
  let consts = code.consts;
  let names = code.names;
  let caches = code.caches;
  let s = frame.s as Value[];
  let sp = frame.sp;
  let pc = frame.pc;
  let entered: PyFrame = frame;
  let result: Value = null;
  let mode = 0;
  let throwing = pending;

  dispatch: for (;;) {
    const word = ops[pc];
    const oparg = word >>> 8;
    let op = throwing ? 256 : word & 255;
    mode = 0;
    redo: for (;;) {
      switch (op) {
/*CASES*/
      default:
        if (op !== 256) throw new InternalFault(new Error(`no such instruction: ${op}`), frame);
        throwing = false;
        break redo;
      }
    }

    switch (mode) {
      case 2:
        frame.pc = pc;
        frame.sp = sp;
        if (rt.depth >= rt.recursionLimit) {
          recursionError(entered);
          if ((entered = unwind(frame, false) as PyFrame) === null) return EXC;
          frame = entered;
          break;
        }
        rt.depth++;
        entered.back = frame;
        frame = entered;
        break;
      case 3: {
        frame.sp = sp;
        frame.pc = pc;
        const left = frame;
        const { generator } = left;
        if (generator !== null && result !== generator) {
          finishGenerator(generator, result);
          if (left.isEntry) {
            rt.depth--;
            rt.frame = left.back;
            left.back = null;
            return END;
          }
        } else if (left.isEntry) {
          rt.depth--;
          rt.frame = left.back;
          if (generator === null) releaseFrame(left);
          else left.back = null;
          return result;
        }
        rt.depth--;
        frame = left.back as PyFrame;
        if (left.onReturn !== 0 || left.pushNull) {
          const status = afterReturn(left, frame, result);
          if (generator === null) releaseFrame(left);
          if (status === EXC) {
            if ((entered = unwind(frame, false) as PyFrame) === null) return EXC;
            frame = entered;
            break;
          }
        } else {
          frame.s[frame.sp++] = result;
          if (generator === null) releaseFrame(left);
          else left.back = null;
        }
        frame.pc = frame.returnPc;
        break;
      }
      case 4: {
        const left = frame;
        left.pc = pc;
        left.sp = sp - 1;
        rt.depth--;
        const { back } = left;
        suspendGenerator(left);
        if (left.isEntry) {
          rt.frame = back;
          return result;
        }
        frame = back as PyFrame;
        frame.s[frame.sp++] = result;
        // FOR_ITER and SEND, the only instructions that resume generators, have one cache unit.
        frame.pc += 2;
        break;
      }
      default: {
        frame.pc = pc;
        const handler = unwind(frame, mode === 1);
        if (handler === null) return EXC;
        frame = handler;
      }
    }
    // The frame has changed, or its position.
    rt.frame = frame;
    code = frame.code;
    if (!code.isReady) prepareCode(code);
    ops = code.ops;
    consts = code.consts;
    names = code.names;
    caches = code.caches;
    s = frame.s as Value[];
    sp = frame.sp;
    pc = frame.pc;
  }
}
