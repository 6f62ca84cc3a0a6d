/** Making, resuming and closing of generators, coroutines and asynchronous generators. */
import { CO_ASYNC_GENERATOR, CO_COROUTINE } from "../compiler/code.ts";
import { OPCODE } from "../generated/metadata.ts";
import { END, EXC, type End, type Result, type Value } from "../objects/core.ts";
import { catches, clearException, raise, raiseObject } from "../objects/errors.ts";
import type { PyBaseException } from "../objects/exceptions/base.ts";
import { recursionErrorType, stopIterationType, valueErrorType } from "../objects/exceptions/types.ts";
import { type PyFrame, showFrames } from "../objects/frame.ts";
import {
  GEN_CHAINED,
  GEN_CREATED,
  GEN_LINKED,
  GEN_RUNNING,
  PyAsyncGenerator,
  PyCoroutine,
  PyGenerator,
  isRunning,
  isSuspended,
} from "../objects/generator.ts";
import { resumeLeaf, unlink } from "../objects/generator/chain.ts";
import { sendValue } from "../objects/generator/resume.ts";
import { callMethod } from "../objects/protocol/call.ts";
import { lineAt } from "../objects/code-object/positions.ts";
import { newTuple } from "../objects/tuple.ts";
import { rt } from "../objects/runtime.ts";
import type { PyCode } from "../objects/code.ts";
import { originalWord } from "./executors.ts";
import { asyncGeneratorType, coroutineType, generatorType, typeOf } from "../objects/types.ts";

/** RETURN_GENERATOR: the running frame becomes a generator's. */
export function makeGenerator(frame: PyFrame): PyGenerator {
  const func = frame.func;
  const { flags } = frame.code;
  const name = func === null ? frame.code.name : func.name;
  const qualname = func === null ? frame.code.qualname : func.qualname;
  let made: PyGenerator;
  if ((flags & CO_COROUTINE) !== 0) made = new PyCoroutine(coroutineType, frame, name, qualname);
  else if ((flags & CO_ASYNC_GENERATOR) !== 0) made = new PyAsyncGenerator(asyncGeneratorType, frame, name, qualname);
  else made = new PyGenerator(generatorType, frame, name, qualname);
  if (rt.originDepth > 0 && made instanceof PyCoroutine) made.origin = originOf(frame);
  frame.generator = made;
  return made;
}

/** Does a call of that code do nothing but make a generator? */
export function onlyMakesGenerator(code: PyCode): boolean {
  return (code.ops[0] & 255) === OPCODE.RETURN_GENERATOR;
}
/** A call of such code, without entering the frame. */
export function makeGeneratorOf(frame: PyFrame): PyGenerator {
  frame.back = rt.frame;
  const made = makeGenerator(frame);
  frame.back = null;
  return made;
}

/** `cr_origin`: file, line and function of the frames that made the coroutine, as many as are asked for. */
function originOf(frame: PyFrame): Value {
  const entries: Value[] = [];
  showFrames(frame);
  for (let at = frame.back; at !== null && entries.length < rt.originDepth; at = at.back) {
    const { code } = at;
    const line = lineAt(code.spec.linetable, code.firstlineno, at.pc);
    entries.push(newTuple([code.filename, line ?? code.firstlineno, code.name]));
  }
  return newTuple(entries);
}

/**
 * Makes a suspended generator's frame ready to be entered: the sent value is what its `yield` gives. Where a chain is
 * resumed, its leaf's frame is what runs; the root's is given, which gets the consumer's.
 */
export function resumeFrame(generator: PyGenerator, value: Value): PyFrame {
  const { frame } = generator;
  if (generator.state === GEN_CHAINED) {
    resumeLeaf(generator, value);
    return frame;
  }
  frame.s[frame.sp++] = value;
  // It stands at YIELD_VALUE or RETURN_GENERATOR, both one unit long.
  frame.pc++;
  generator.state = GEN_RUNNING;
  generator.excInfo.previous = rt.excInfo;
  rt.excInfo = generator.excInfo;
  return frame;
}
/** The same for throwing: the exception in `rt.exc` is raised where the frame stands. */
export function resumeFrameThrowing(generator: PyGenerator): PyFrame {
  const { frame } = generator;
  if (generator.state === GEN_CREATED) frame.lasti = -1;
  generator.state = GEN_RUNNING;
  generator.excInfo.previous = rt.excInfo;
  rt.excInfo = generator.excInfo;
  // Only what the generator itself is handling becomes the context (`_PyErr_ChainStackItem`).
  if (rt.exc !== null && generator.excInfo.exc !== null) raiseObject(rt.exc);
  return frame;
}

/** SEND's general case: what the receiver yields; END when it returned (`rt.sendResult`). */
export function sendTo(receiver: Value, value: Value): Result | End {
  if (receiver instanceof PyGenerator && !(receiver instanceof PyAsyncGenerator)) {
    const yielded = sendValue(receiver, value);
    if (yielded === END) rt.sendResult = receiver.returned;
    return yielded;
  }
  const type = typeOf(receiver);
  let yielded: Result | End;
  if (value === null && type.tp_iternext !== null) {
    yielded = type.tp_iternext(receiver);
    if (yielded === END) {
      rt.sendResult = null;
      return END;
    }
  } else yielded = callMethod(receiver, "send", [value]);
  if (yielded === EXC && catches(stopIterationType)) {
    if (rt.monitor !== null) rt.monitor.ended = rt.exc;
    rt.sendResult = (rt.exc as PyBaseException & { value: Value }).value;
    clearException();
    return END;
  }
  return yielded;
}

/** Checks before a generator is entered from native code. */
export function checkResumable(generator: PyGenerator): boolean {
  if (isRunning(generator)) {
    const what =
      generator instanceof PyCoroutine
        ? "coroutine"
        : generator instanceof PyAsyncGenerator
          ? "async generator"
          : "generator";
    raise(valueErrorType, `${what} already executing`);
    return false;
  }
  if (rt.depth >= rt.recursionLimit) {
    raise(recursionErrorType, "maximum recursion depth exceeded");
    return false;
  }
  // One within a chain is resumed by itself.
  if (generator.state === GEN_LINKED) unlink(generator);
  return true;
}
/** The object that the generator is delegating to (`yield from`, `await`), or null. */
export function delegate(generator: PyGenerator): Value {
  const { frame } = generator;
  if (!isSuspended(generator)) return null;
  const { ops } = frame.code;
  // After a YIELD_VALUE in SEND's loop comes RESUME with 2 (yield from) or 3 (await) in its low bits.
  if ((ops[frame.pc] & 255) !== OPCODE.YIELD_VALUE || !isDelegating(frame.code, frame.pc + 1)) return null;
  return frame.s[frame.sp - 1] as Value;
}
/** Is that instruction the RESUME of a `yield from` or `await`, in whatever form? */
function isDelegating(code: PyCode, pc: number): boolean {
  const word = originalWord(code, pc);
  const op = word & 255;
  const isResume = op === OPCODE.RESUME || op === OPCODE.RESUME_CHECK || op === OPCODE.RESUME_JIT;
  return isResume && ((word >>> 8) & 3) >= 2;
}
