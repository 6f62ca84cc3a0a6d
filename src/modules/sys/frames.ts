/** Functions of `sys` that look at frames and at the exception being handled. */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { newDict } from "../../objects/dict.ts";
import { handledException, valueError } from "../../objects/errors.ts";
import type { PyFrame } from "../../objects/frame.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { rt } from "../../objects/runtime.ts";
import { newTuple } from "../../objects/tuple.ts";
import { threadIdent } from "../_thread/ident.ts";

/** The frame `depth` levels above the caller, or null when there are not so many. */
export function frameAbove(depth: number): PyFrame | null {
  let frame = rt.evaluator.currentFrame();
  for (let i = 0; frame !== null && i < depth; i++) frame = frame.back;
  return frame;
}
export function getframe(depthValue?: Value): Result {
  const depth = depthValue === undefined ? 0 : asInt32(depthValue);
  if (depth === EXC) return EXC;
  const frame = frameAbove(Math.max(depth, 0));
  if (frame === null) return valueError("call stack is not deep enough");
  markEscaped(frame);
  return frame;
}
/** Python has got hold of the frame, and through `f_back` of those below it: none may be reused. */
export function markEscaped(frame: PyFrame): void {
  for (let f: PyFrame | null = frame; f !== null; f = f.back) f.escaped = true;
}
export function getframemodulename(depthValue?: Value): Result {
  const depth = depthValue === undefined ? 0 : asInt32(depthValue);
  if (depth === EXC) return EXC;
  const frame = frameAbove(Math.max(depth, 0));
  if (frame === null) return null;
  return frame.func?.module ?? frame.globals.getStr("__name__") ?? null;
}
export function currentFrames(): Value {
  const dict = newDict();
  const frame = rt.evaluator.currentFrame();
  if (frame !== null) {
    markEscaped(frame);
    dict.set(threadIdent(), frame);
  }
  return dict;
}

export function exception(): Value {
  return handledException();
}
export function excInfo(): Value {
  const exc = handledException();
  return newTuple(exc === null ? [null, null, null] : [exc.shape.cls, exc, exc.traceback]);
}
export function currentExceptions(): Value {
  const dict = newDict();
  dict.set(threadIdent(), handledException());
  return dict;
}
