/** What happens to frames and generators when control leaves them. */
import { EXC, type Status, type Value } from "../objects/core.ts";
import { typeError } from "../objects/errors.ts";
import type { PyFrame } from "../objects/frame.ts";
import { GEN_FINISHED, GEN_SUSPENDED, type PyGenerator } from "../objects/generator.ts";
import { leaveLeaf, linkDelegate, suspendChain } from "../objects/generator/chain.ts";
import { rt } from "../objects/runtime.ts";
import { emptyArray } from "../objects/uniform-array.ts";
import { typeOf } from "../objects/types.ts";
import { releaseFrame } from "./push-frame.ts";
import { type MethodData, methodResult } from "./method-result.ts";

/** The array of frames that have ended. (Not `s.length = 0`, which is a call into V8's runtime.) */
const NO_VALUES = emptyArray<Value>();

/** Values of `PyFrame.onReturn`: what becomes of the result. */
export const RETURN_INIT = 1;
/** The caller is not interested. */
export const RETURN_DISCARD = 2;

/** A special method has been entered for an instruction, which makes its own result of the method's. */
export const RETURN_METHOD = 3;

/** Gives `result` of `left` to `caller` in the way that the call asked for. */
export function afterReturn(left: PyFrame, caller: PyFrame, result: Value): Status {
  switch (left.onReturn) {
    case RETURN_INIT:
      if (result !== null) return typeError(`__init__() should return None, not '${typeOf(result).name}'`);
      caller.s[caller.sp++] = left.returnData;
      break;
    case RETURN_DISCARD:
      break;
    case RETURN_METHOD: {
      const value = methodResult(left.returnData as MethodData, result);
      if (value === EXC) return EXC;
      caller.s[caller.sp++] = value;
      break;
    }
    default:
      caller.s[caller.sp++] = result;
  }
  if (left.pushNull) caller.s[caller.sp++] = undefined;
  return null;
}

/**
 * `left`, which is no entry, returns `result` to `caller`, which goes on behind its call; false: with an exception.
 * The interpreter's loop has the same in its epilogue.
 */
export function returnTo(left: PyFrame, caller: PyFrame, result: Value): boolean {
  const { generator } = left;
  rt.depth--;
  rt.frame = caller;
  if (generator !== null) finishGenerator(generator, result);
  let isWell = true;
  if (left.onReturn !== 0 || left.pushNull) isWell = afterReturn(left, caller, result) !== EXC;
  else caller.s[caller.sp++] = result;
  if (generator === null) releaseFrame(left);
  else left.back = null;
  if (isWell) caller.pc = caller.returnPc;
  return isWell;
}

function popExcInfo(generator: PyGenerator): void {
  rt.excInfo = generator.excInfo.previous as typeof rt.excInfo;
  generator.excInfo.previous = null;
}
function finish(generator: PyGenerator): void {
  popExcInfo(generator);
  generator.excInfo.exc = null;
  generator.state = GEN_FINISHED;
  generator.frame.finished = true;
  if (generator.root !== null) leaveLeaf(generator);
  const { frame } = generator;
  if (!frame.escaped) frame.s = NO_VALUES;
}
/** The generator's frame returned. */
export function finishGenerator(generator: PyGenerator, value: Value): void {
  generator.returned = value;
  finish(generator);
}
/** An exception left the generator's frame. */
export function failGenerator(generator: PyGenerator): void {
  finish(generator);
  generator.frame.back = null;
}
/** The generator's frame yielded. It is in no chain, but `delegates` may make it the root of one. */
export function suspendGenerator(frame: PyFrame, delegates = false): void {
  suspendInChain(frame, delegates);
  frame.back = null;
}
/**
 * The same in the interpreter's loop, where the generator may belong to a chain: gives the root's frame, whose `back` gets
 * the value. `delegates`: it yields what another generator has yielded.
 */
export function suspendInChain(frame: PyFrame, delegates: boolean): PyFrame {
  const generator = frame.generator as PyGenerator;
  const root = delegates ? linkDelegate(frame) : generator.root;
  if (root !== null) {
    suspendChain(root);
    return root.frame;
  }
  popExcInfo(generator);
  generator.state = GEN_SUSPENDED;
  return frame;
}
