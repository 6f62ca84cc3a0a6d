/** What happens between and at instructions, as events: the monitored loop asks before each instruction. */
import { OP } from "../../compiler/opcodes.ts";
import { EXC, type Status, type Value } from "../core.ts";
import { newException } from "../errors.ts";
import { stopIterationType } from "../exceptions/types.ts";
import type { PyFrame } from "../frame.ts";
import { PyFunction } from "../function.ts";
import { PyAsyncGenerator, PyGenerator } from "../generator.ts";
import { PyList } from "../list.ts";
import { PyMethod } from "../method.ts";
import { rt } from "../runtime.ts";
import { PyTuple } from "../tuple.ts";
import { branchTaken } from "./branches.ts";
import type { CodeFacts } from "./code-facts.ts";
import { EVENT, type Event, TRACE_TOOL } from "./events.ts";
import { type FrameState, stateOf } from "./frame-state.ts";
import { type Monitor, callArguments } from "./monitor.ts";

/** The instruction runs. */
export const GO = 0;
/** A tool has made the frame stand elsewhere. */
export const MOVED = 1;
/** A tool has raised an exception where the frame stands. */
export const RAISED = 2;
export type Step = typeof GO | typeof MOVED | typeof RAISED;

/** `frame` is about to run the instruction where it stands. */
export function step(monitor: Monitor, frame: PyFrame): Step {
  const state = stateOf(frame);
  const { facts } = state;
  const { pc } = frame;
  const { before } = state;
  if (tellOfArrival(monitor, frame, state) === EXC) return RAISED;
  if (frame.pc !== pc) return moved(frame, state);
  const op = facts.ops[pc];
  // A loop over a generator that runs on its own frame ends here: seen from outside, FOR_ITER went past it.
  if (op === OP.END_FOR) {
    if (tellOfStop(monitor, frame) === EXC) return RAISED;
    return frame.pc === pc ? GO : moved(frame, state);
  }
  state.before = pc;
  state.isHandling = false;
  if (pc < facts.first) return GO;
  const isWhole = before < 0 || facts.ops[before] !== OP.EXTENDED_ARG;
  const status =
    (facts.starts[pc] === 1 && tellOfLine(monitor, frame, state, before) === EXC) ||
    (isWhole && op !== OP.RESUME && frame.pc === pc && monitor.tell(EVENT.INSTRUCTION, frame, [pc * 2]) === EXC) ||
    (frame.pc === pc && tellOfInstruction(monitor, frame, state, op) === EXC);
  if (status) return RAISED;
  return frame.pc === pc ? GO : moved(frame, state);
}
function moved({ pc }: PyFrame, state: FrameState): Step {
  state.before = pc;
  state.isHandling = false;
  state.call = null;
  return MOVED;
}

// ── between instructions ─────────────────────────────────────────────────────────────────────────────────────
/** The instruction before has done what it does, and has led to this one. */
function tellOfArrival(monitor: Monitor, frame: PyFrame, state: FrameState): Status {
  const { before, facts } = state;
  if (before < 0 || state.isHandling) return null;
  const { pc } = frame;
  // Of what the instruction before has done, it is told there.
  frame.pc = before;
  if (state.call !== null && tellOfReturn(monitor, frame, state) === EXC) return EXC;
  const op = facts.ops[before];
  const hasEnded = (op === OP.FOR_ITER || op === OP.SEND) && pc !== facts.after(before);
  if (hasEnded && monitor.ended !== null && tellOfEnd(monitor, frame) === EXC) return EXC;
  if (op === OP.JUMP_FORWARD || op === OP.JUMP_BACKWARD) {
    if (monitor.tell(EVENT.JUMP, frame, [before * 2, pc * 2]) === EXC) return EXC;
  }
  if (frame.pc !== before) return null;
  frame.pc = pc;
  const way = branchTaken(facts, before, pc);
  if (way === null) return null;
  const tools = monitor.listenersAt(way.event, facts, way.from);
  return monitor.tellTools(tools, way.event, frame, way.from, [way.from * 2, way.to * 2]);
}
function tellOfReturn(monitor: Monitor, frame: PyFrame, state: FrameState): Status {
  const { callee, arg0 } = state.call as NonNullable<FrameState["call"]>;
  state.call = null;
  const tools = monitor.listenersAt(EVENT.CALL, state.facts, frame.pc);
  return monitor.tellTools(tools, EVENT.C_RETURN, frame, frame.pc, callArguments(frame, callee, arg0));
}
/** The iterator has ended by an exception, which the loop takes for its end. */
function tellOfEnd(monitor: Monitor, frame: PyFrame): Status {
  const { ended } = monitor;
  monitor.ended = null;
  return monitor.tell(EVENT.RAISE, frame, [frame.pc * 2, ended as Value]);
}

// ── at instructions ──────────────────────────────────────────────────────────────────────────────────────────
/** Coming from the same line, no line begins; but one does when a frame begins or goes on and a tool is told of that. */
function tellOfLine(monitor: Monitor, frame: PyFrame, { facts }: FrameState, before: number): Status {
  const line = facts.lines[frame.pc];
  if (before >= 0 && facts.lines[before] === line) {
    const isResumed = facts.ops[before] === OP.RESUME;
    if (!isResumed || monitor.listenersAt(resumeEvent(facts, before), facts, before) === 0) return null;
  }
  return monitor.tell(EVENT.LINE, frame, [line]);
}
const resumeEvent = ({ args }: CodeFacts, pc: number): Event =>
  (args[pc] & 3) === 0 ? EVENT.PY_START : EVENT.PY_RESUME;
function tellOfInstruction(monitor: Monitor, frame: PyFrame, state: FrameState, op: number): Status {
  const { pc, s, sp } = frame;
  const at = pc * 2;
  switch (op) {
    case OP.RESUME:
      return monitor.tell(resumeEvent(state.facts, pc), frame, [at]);
    case OP.RETURN_VALUE:
      return monitor.tell(EVENT.PY_RETURN, frame, [at, s[sp - 1] as Value]);
    case OP.YIELD_VALUE:
      return monitor.tell(EVENT.PY_YIELD, frame, [at, s[sp - 1] as Value]);
    case OP.CALL:
    case OP.CALL_KW:
    case OP.CALL_FUNCTION_EX:
    case OP.LOAD_SUPER_ATTR:
      return tellOfCall(monitor, frame, state, op);
    case OP.FOR_ITER:
    case OP.SEND:
      monitor.ended = null;
      return null;
    case OP.END_SEND:
      return tellOfStop(monitor, frame);
    default:
      return null;
  }
}
/** A generator that runs on its own frame has returned: what would be a StopIteration elsewhere. */
function tellOfStop(monitor: Monitor, frame: PyFrame): Status {
  const { s, sp } = frame;
  const receiver = s[sp - 2] as Value;
  const value = s[sp - 1] as Value;
  if (!(receiver instanceof PyGenerator) || receiver instanceof PyAsyncGenerator) return null;
  const { facts } = stateOf(frame);
  let tools = monitor.listenersAt(EVENT.STOP_ITERATION, facts, frame.pc);
  // A loop, which has no use for the value, is no exception to `settrace` unless there is one.
  if (value === null && facts.ops[frame.pc] === OP.END_FOR) tools &= ~(1 << TRACE_TOOL);
  if (tools === 0) return null;
  const exc = newException(stopIterationType, value === null ? [] : [value]);
  return monitor.tellTools(tools, EVENT.STOP_ITERATION, frame, frame.pc, [frame.pc * 2, exc]);
}
function tellOfCall(monitor: Monitor, frame: PyFrame, state: FrameState, op: number): Status {
  const tools = monitor.listenersAt(EVENT.CALL, state.facts, frame.pc);
  if (tools === 0) return null;
  const { callee, arg0 } = calleeOf(frame, op, state.facts.args[frame.pc]);
  const status = monitor.tellTools(tools, EVENT.CALL, frame, frame.pc, callArguments(frame, callee, arg0));
  if (status !== EXC && rt.monitor !== null && !(callee instanceof PyFunction)) state.call = { callee, arg0 };
  return status;
}
function calleeOf({ s, sp }: PyFrame, op: number, oparg: number): { callee: Value; arg0: Value | undefined } {
  if (op === OP.CALL_FUNCTION_EX) {
    const args = s[sp - 2];
    const isSequence = args instanceof PyTuple || args instanceof PyList;
    return { callee: s[sp - 4] as Value, arg0: isSequence ? args.items[0] : undefined };
  }
  // `super`, its class and the object: with a class in sight it is as if called with these.
  if (op === OP.LOAD_SUPER_ATTR) return { callee: s[sp - 3] as Value, arg0: (oparg & 2) !== 0 ? s[sp - 2] : undefined };
  const top = op === OP.CALL_KW ? sp - 1 : sp;
  const callee = s[top - oparg - 2] as Value;
  const self = s[top - oparg - 1];
  if (self === undefined && callee instanceof PyMethod) return { callee: callee.func, arg0: callee.self };
  return { callee, arg0: self !== undefined ? self : oparg > 0 ? s[top - oparg] : undefined };
}
