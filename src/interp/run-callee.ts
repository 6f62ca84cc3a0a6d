/** Runs a frame to its end from compiled code, which has its stack in variables. */
import { run } from "../generated/interpreter.ts";
import { EXC, type Result, type Value } from "../objects/core.ts";
import { typeError } from "../objects/errors.ts";
import type { PyFrame } from "../objects/frame.ts";
import { rt } from "../objects/runtime.ts";
import { typeOf } from "../objects/types.ts";
import { RETURN_DISCARD, RETURN_INIT, RETURN_METHOD } from "./leave.ts";
import { type MethodData, methodResult } from "./method-result.ts";
import { recursionError } from "./push-frame.ts";

/** What a run within a run takes of the JavaScript stack, in bytes. */
export const RUN_STACK = 1500;

/** Runs `frame` and pushes what its call gives to `s`. Gives the new `sp`, -1 when it raised. */
export function runCallee(frame: PyFrame, s: (Value | undefined)[], sp: number): number {
  const { onReturn, pushNull, returnData } = frame;
  let result: Result;
  if (rt.depth >= rt.recursionLimit) result = recursionError(frame);
  else {
    frame.isEntry = true;
    frame.back = rt.frame;
    rt.frame = frame;
    rt.depth++;
    rt.compiledStack += RUN_STACK;
    result = run(frame, false) as Result;
    rt.compiledStack -= RUN_STACK;
  }
  if (result === EXC) return -1;
  if (onReturn === RETURN_INIT) {
    if (result !== null) {
      typeError(`__init__() should return None, not '${typeOf(result).name}'`);
      return -1;
    }
    result = returnData as Value;
  }
  if (onReturn === RETURN_METHOD) {
    result = methodResult(returnData as MethodData, result);
    if (result === EXC) return -1;
  }
  if (onReturn !== RETURN_DISCARD) s[sp++] = result;
  if (pushNull) s[sp++] = undefined;
  return sp;
}
