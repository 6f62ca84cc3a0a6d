/**
 * `sys.setprofile`, as a tool that watches execution.
 *
 * Source: https://docs.python.org/3.14/library/sys.html#sys.setprofile
 */
import { PyBuiltin } from "../builtin.ts";
import { EXC, type Result, type Status, type Value } from "../core.ts";
import { MethodDescriptor } from "../descriptors.ts";
import type { PyFrame } from "../frame.ts";
import { call } from "../protocol/call.ts";
import { rt } from "../runtime.ts";
import { typeOf } from "../types.ts";
import { EVENT, type Event, PROFILE_EVENTS, PROFILE_TOOL } from "./events.ts";
import { stateOf } from "./frame-state.ts";
import { type NativeTool, monitor } from "./monitor.ts";
import { MISSING } from "./sentinels.ts";

class ProfileTool implements NativeTool {
  constructor(readonly func: Value) {}

  tell(event: Event, frame: PyFrame, args: readonly Value[]): Status {
    switch (event) {
      case EVENT.PY_START:
      case EVENT.PY_RESUME:
      case EVENT.PY_THROW:
        return this.run(frame, "call", null);
      case EVENT.PY_RETURN:
      case EVENT.PY_YIELD:
        return this.run(frame, "return", args[1]);
      case EVENT.PY_UNWIND:
        return this.run(frame, "return", null);
      case EVENT.CALL:
        return this.runForNative(frame, "c_call", args);
      case EVENT.C_RETURN:
        return this.runForNative(frame, "c_return", args);
      default:
        return this.runForNative(frame, "c_exception", args);
    }
  }
  /** Functions of ours are told of, classes and other objects that can be called are not. */
  private runForNative(frame: PyFrame, what: string, [, callee, arg0]: readonly Value[]): Status {
    const func = nativeFunction(callee, arg0);
    if (func === EXC) return EXC;
    return func === undefined ? null : this.run(frame, what, func);
  }
  private run(frame: PyFrame, what: string, arg: Value): Status {
    // The frame is Python's from now on.
    stateOf(frame);
    if (call(this.func, [frame, what, arg]) !== EXC) return null;
    setProfile(null);
    return EXC;
  }
}
/** The function that is called, as bound to `arg0` where that is its object; undefined: it is no native function. */
export function nativeFunction(callee: Value, arg0: Value): Result | undefined {
  if (callee instanceof PyBuiltin) return callee;
  if (!(callee instanceof MethodDescriptor) || arg0 === MISSING) return undefined;
  const get = typeOf(callee).tp_descr_get;
  return get === null ? undefined : get(callee, arg0, typeOf(arg0));
}

interface Profiling {
  tool: ProfileTool | null;
}
const PROFILING = {};
const profiling = (): Profiling => rt.state<Profiling>(PROFILING, () => ({ tool: null }));

export function setProfile(func: Value): null {
  const state = profiling();
  state.tool = func === null ? null : new ProfileTool(func);
  monitor().setNative(PROFILE_TOOL, state.tool, PROFILE_EVENTS);
  return null;
}
export const getProfile = (): Value => profiling().tool?.func ?? null;
