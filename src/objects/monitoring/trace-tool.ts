/**
 * `sys.settrace`, as a tool that watches execution: calls the trace function for new frames, and for the rest the local
 * trace function that it gave.
 *
 * Source: https://docs.python.org/3.14/library/sys.html#sys.settrace
 */
import { EXC, type Status, type Value } from "../core.ts";
import type { PyBaseException } from "../exceptions/base.ts";
import type { PyFrame } from "../frame.ts";
import { call } from "../protocol/call.ts";
import { rt } from "../runtime.ts";
import { newTuple } from "../tuple.ts";
import { EVENT, type Event, INSTRUCTION_EVENT, TRACE_EVENTS, TRACE_TOOL } from "./events.ts";
import { type FrameState, stateOf } from "./frame-state.ts";
import { type NativeTool, monitor } from "./monitor.ts";

class TraceTool implements NativeTool {
  constructor(readonly func: Value) {}

  tell(event: Event, frame: PyFrame, args: readonly Value[]): Status {
    const state = stateOf(frame);
    switch (event) {
      case EVENT.PY_START:
      case EVENT.PY_RESUME:
      case EVENT.PY_THROW:
        return this.run(this.func, frame, state, "call", null);
      case EVENT.PY_RETURN:
      case EVENT.PY_YIELD:
        return this.run(state.trace, frame, state, "return", args[1]);
      case EVENT.PY_UNWIND:
        return this.run(state.trace, frame, state, "return", null);
      case EVENT.LINE:
        return state.traceLines ? this.run(state.trace, frame, state, "line", null) : null;
      case EVENT.JUMP:
        return turnsOnItsLine(state, args) ? this.run(state.trace, frame, state, "line", null) : null;
      case EVENT.INSTRUCTION:
        return state.traceOpcodes ? this.run(state.trace, frame, state, "opcode", null) : null;
      default: {
        const exc = args[1] as PyBaseException;
        return this.run(state.trace, frame, state, "exception", newTuple([exc.shape.cls, exc, exc.traceback]));
      }
    }
  }
  /** What the function gives is the frame's local trace function from now on. */
  private run(func: Value | undefined, frame: PyFrame, state: FrameState, what: string, arg: Value): Status {
    if (func === undefined) return null;
    const next = call(func, [frame, what, arg]);
    if (next === EXC) {
      state.trace = undefined;
      setTrace(null);
      return EXC;
    }
    if (next !== null) state.trace = next;
    return null;
  }
}
/** A loop of one line, for which no line begins anew. */
function turnsOnItsLine({ facts, traceLines }: FrameState, [from, to]: readonly Value[]): boolean {
  if (!traceLines || (to as number) > (from as number)) return false;
  return facts.lines[(to as number) >> 1] === facts.lines[(from as number) >> 1];
}

interface Tracing {
  tool: TraceTool | null;
}
const TRACING = {};
const tracing = (): Tracing => rt.state<Tracing>(TRACING, () => ({ tool: null }));

export function setTrace(func: Value): null {
  const state = tracing();
  state.tool = func === null ? null : new TraceTool(func);
  if (func === null) monitor().clear(TRACE_TOOL);
  monitor().setNative(TRACE_TOOL, state.tool, TRACE_EVENTS);
  // Debuggers prepare the frames that run before they begin.
  for (let frame = rt.evaluator.currentFrame(); frame !== null; frame = frame.back) {
    if (frame.watched !== null) wantOpcodes(stateOf(frame));
  }
  return null;
}
export const getTrace = (): Value => tracing().tool?.func ?? null;

/** The frame's instructions are told from when it has both a trace function and `f_trace_opcodes`. */
export function wantOpcodes({ trace, traceOpcodes, facts }: FrameState): void {
  if (trace === undefined || !traceOpcodes || tracing().tool === null) return;
  monitor().setLocalEvents(TRACE_TOOL, facts, INSTRUCTION_EVENT);
}
