/**
 * Runs frames whose code has a baseline function, from one to the next as they call, return and yield, until one has
 * none or needs the interpreter. Like all compiled code it takes over and gives back at an instruction boundary, with
 * everything in the frames and `rt.frame` the one to go on with.
 */
import { OPCODE } from "../../generated/metadata.ts";
import { returnTo, suspendGenerator } from "../../interp/leave.ts";
import { recursionError } from "../../interp/push-frame.ts";
import type { Value } from "../../objects/core.ts";
import type { PyFrame } from "../../objects/frame.ts";
import type { PyGenerator } from "../../objects/generator.ts";
import type { CompiledEntry } from "../../objects/code.ts";
import { NOT_ENTERED, RETURNED } from "../emit/python-call.ts";
import { rt } from "../../objects/runtime.ts";
import { CONTINUE, RAISE, RERAISE, SWITCH_LOOP, type Transfer } from "../../objects/tracing.ts";
import type { JitStats } from "../stats.ts";
import type { Baseline } from "./compile.ts";
import {
  COLD,
  ENTER,
  INTERPRET,
  LEAVE,
  LEFT,
  RAISE_HERE,
  RECORDING,
  RERAISE_HERE,
  SUSPEND,
  TIRED,
} from "./ways-out.ts";

/** Functions run before the interpreter's loop is asked again: neither loop shall live in V8's replaced (OSR) code. */
const TURNS = 20_000;

export interface Executors {
  /** ENTER_EXECUTOR, where the frame stands. */
  enter(frame: PyFrame, index: number, isTold: boolean): Transfer;
  readonly stats: JitStats;
}

/** `frame` stands where its function can be entered. */
export function drive(frame: PyFrame, executors: Executors): Transfer {
  let at = frame;
  for (let turn = 0; turn < TURNS; turn++) {
    const unit = at.code.baseline as Baseline | null;
    // Somebody watches from now on: compiled code asks nobody.
    if (unit === null || rt.monitor !== null) return CONTINUE;
    const label = unit.labels[at.pc];
    if (label < 0) return CONTINUE;
    let way = unit.run(at, label);
    at = rt.frame as PyFrame;
    if (way === INTERPRET) {
      const word = at.code.ops[at.pc];
      if ((word & 255) !== OPCODE.ENTER_EXECUTOR) return CONTINUE;
      executors.stats.ran(at.code, at.pc);
      const transfer = executors.enter(at, word >>> 8, false);
      if (transfer !== CONTINUE) return transfer;
      at = rt.frame as PyFrame;
      if ((at.code.ops[at.pc] & 255) !== OPCODE.RETURN_VALUE) continue;
      executors.stats.ranInBaseline(at.code, at.pc, OPCODE.RETURN_VALUE, 1);
      way = LEAVE;
    }
    switch (way) {
      case ENTER: {
        const callee = rt.entered as PyFrame;
        if (rt.depth >= rt.recursionLimit) {
          recursionError(callee);
          return RAISE;
        }
        rt.depth++;
        callee.back = at;
        at = callee;
        break;
      }
      case LEAVE: {
        if (at.isEntry) return notRun(executors.stats, at);
        const caller = at.back as PyFrame;
        if (!returnTo(at, caller, at.s[at.sp - 1] as Value)) return RAISE;
        at = caller;
        break;
      }
      case SUSPEND: {
        if (at.isEntry || (at.generator as PyGenerator).root !== null) return notRun(executors.stats, at);
        at = suspend(at);
        break;
      }
      case RAISE_HERE:
        return RAISE;
      case RERAISE_HERE:
        return RERAISE;
      case COLD:
        (at.code.baseline as Baseline).coldExit();
        return CONTINUE;
      case RECORDING:
        return SWITCH_LOOP;
      case LEFT:
      case TIRED:
        break;
    }
    rt.frame = at;
  }
  return CONTINUE;
}

/** The interpreter runs the instruction after all, and counts it. */
function notRun(stats: JitStats, { code, pc }: PyFrame): Transfer {
  stats.ranInBaseline(code, pc, code.ops[pc] & 255, -1);
  return CONTINUE;
}
/** The driver enters it, when the functions on the JavaScript stack have ended. */
function later(callee: PyFrame): number {
  rt.entered = callee;
  return ENTER;
}
/**
 * A baseline function calls a Python function: on the JavaScript stack, if the callee has compiled code too. All is in
 * the frames, so whatever happens but a plain return ends the callers' functions as well, and the driver goes on. LEAVE:
 * the result is on `caller`'s stack.
 */
export function enterDirectly(callee: PyFrame, caller: PyFrame): number {
  const { code } = callee;
  if (rt.compiledStack >= rt.compiledStackLimit || rt.depth >= rt.recursionLimit || callee.pc !== 0)
    return later(callee);
  const unit = code.baseline as Baseline | null;
  if (unit === null) return later(callee);
  callee.back = caller;
  rt.frame = callee;
  rt.depth++;
  rt.compiledStack += unit.stack;
  const way = code.entry === null ? unit.run(callee, unit.labels[0]) : runEntry(callee, code.entry, unit);
  rt.compiledStack -= unit.stack;
  if (way !== LEAVE) return way;
  const result = code.entry === null ? (callee.s[callee.sp - 1] as Value) : rt.returned;
  return returnTo(callee, caller, result) ? LEAVE : RAISE_HERE;
}
/**
 * The same for a generator's frame, made ready by `resumeFrame`. SUSPEND: it has yielded, LEAVE: it has returned; the
 * value is on `caller`'s stack.
 */
export function resumeDirectly(callee: PyFrame, caller: PyFrame): number {
  const unit = callee.code.baseline as Baseline | null;
  if (unit === null || callee.code.resumes !== null) return later(callee);
  const label = unit.labels[callee.pc];
  if (label < 0 || rt.compiledStack >= rt.compiledStackLimit || rt.depth >= rt.recursionLimit) return later(callee);
  callee.back = caller;
  rt.frame = callee;
  rt.depth++;
  rt.compiledStack += unit.stack;
  const way = unit.run(callee, label);
  rt.compiledStack -= unit.stack;
  if (way === SUSPEND) {
    yieldTo(callee, caller);
    return SUSPEND;
  }
  if (way !== LEAVE) return way;
  return returnTo(callee, caller, callee.s[callee.sp - 1] as Value) ? LEAVE : RAISE_HERE;
}

function runFunction(frame: PyFrame, unit: Baseline): number {
  const way = unit.run(frame, unit.labels[frame.pc]);
  if (way === LEAVE) rt.returned = frame.s[frame.sp - 1] as Value;
  return way;
}
/** There may be a region at the function's entry. */
function runEntry(callee: PyFrame, entry: CompiledEntry, unit: Baseline): number {
  callee.isDirect = true;
  const left = entry.run(callee);
  callee.isDirect = false;
  switch (left) {
    case RETURNED:
      callee.spill = null;
      return LEAVE;
    case NOT_ENTERED:
      return unit.labels[callee.pc] < 0 ? LEFT : runFunction(callee, unit);
    case RAISE:
      return RAISE_HERE;
    case SWITCH_LOOP:
      return RECORDING;
    default:
      return LEFT;
  }
}

function yieldTo(left: PyFrame, caller: PyFrame): void {
  const result = left.s[left.sp - 1] as Value;
  left.sp--;
  rt.depth--;
  rt.frame = caller;
  suspendGenerator(left);
  caller.s[caller.sp++] = result;
}
/** The generator's frame yields to the instruction that has resumed it. */
function suspend(left: PyFrame): PyFrame {
  const caller = left.back as PyFrame;
  yieldTo(left, caller);
  // FOR_ITER and SEND, the only instructions that resume generators, have one cache unit.
  caller.pc += 2;
  return caller;
}
