/** Sending to, throwing into and closing generators and coroutines from native code. */
import { END, EXC, type End, type Exc, PyType, type Result, type Value, isSubtype } from "../core.ts";
import {
  catches,
  clearException,
  newException,
  raise,
  raiseArgs,
  raiseObject,
  runtimeError,
  stopIteration,
  typeError,
} from "../errors.ts";
import { PyBaseException } from "../exceptions/base.ts";
import { baseExceptionType, generatorExitType, runtimeErrorType, stopIterationType } from "../exceptions/types.ts";
import {
  GEN_CREATED,
  GEN_FINISHED,
  GEN_RUNNING,
  GEN_SUSPENDED,
  PyAsyncGenerator,
  PyCoroutine,
  PyGenerator,
} from "../generator.ts";
import { unlink } from "./chain.ts";
import { call } from "../protocol/call.ts";
import { lookupAttr, repr } from "../protocol/object.ts";
import { issueDeprecation } from "../protocol/warn.ts";
import { rt } from "../runtime.ts";
import { strToJs } from "../str/astral.ts";
import { PyTraceback } from "../traceback.ts";
import { PyTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";

export function kindOf(gen: PyGenerator): string {
  return gen instanceof PyCoroutine ? "coroutine" : gen instanceof PyAsyncGenerator ? "async generator" : "generator";
}

/** Resumes with a value: what it yields, END when it returns (`gen.returned`), EXC. */
export function sendValue(gen: PyGenerator, value: Value): Result | End {
  if (gen.state === GEN_CREATED && value !== null) {
    return typeError(`can't send non-None value to a just-started ${kindOf(gen)}`);
  }
  if (gen.state === GEN_FINISHED && gen instanceof PyCoroutine) {
    return runtimeError("cannot reuse already awaited coroutine");
  }
  return rt.evaluator.resume(gen, value, false);
}
/** END as the StopIteration that `send()` and `throw()` raise. */
export function endAsException(gen: PyGenerator, result: Result | End): Result {
  return result === END ? stopIterationWith(gen.returned) : result;
}
/** StopIteration(value), where tuples and exceptions must not be taken for its arguments. */
export function stopIterationWith(value: Value): Exc {
  if (value instanceof PyTuple || value instanceof PyBaseException) {
    return raiseObject(newException(stopIterationType, [value]));
  }
  return stopIteration(value);
}
export function iterNextOf(gen: PyGenerator): Value | End | Exc {
  const result = sendValue(gen, null);
  if (result !== END) return result;
  return gen.returned === null ? END : stopIterationWith(gen.returned);
}

/** Resumes by raising the exception pending in `rt.exc`. */
function throwPendingInto(gen: PyGenerator): Result | End {
  if (gen.state === GEN_FINISHED && gen instanceof PyCoroutine) {
    rt.exc = null;
    return runtimeError("cannot reuse already awaited coroutine");
  }
  return rt.evaluator.resume(gen, null, true);
}

/** `throw(type, value, traceback)`: more than one argument is deprecated. */
export function throwMethod(gen: PyGenerator, type: Value, value?: Value, tb?: Value): Result {
  if (value !== undefined && issueDeprecation(deprecated("throw")) === EXC) return EXC;
  return endAsException(gen, throwInto(gen, type, value, tb));
}
export const deprecated = (method: string): string =>
  `the (type, exc, tb) signature of ${method}() is deprecated, use the single-arg signature instead.`;
/** `throw(type[, value[, traceback]])`. */
export function throwInto(
  gen: PyGenerator,
  type: Value,
  value: Value | undefined,
  tb: Value | undefined,
): Result | End {
  unlink(gen);
  const inner = delegateOf(gen);
  if (inner !== null) {
    const outcome = throwIntoDelegate(gen, inner, type, value, tb);
    if (outcome !== undefined) return outcome;
  }
  const exc = normalize(type, value, tb);
  // What fails while the exception is made is raised in the generator too.
  if (exc === EXC) return instantiates(type) ? throwPendingInto(gen) : EXC;
  // Its context is what the generator is handling, which is only known once that runs.
  rt.exc = exc;
  return throwPendingInto(gen);
}
/** undefined: the exception is to be raised in the generator itself. */
function throwIntoDelegate(
  gen: PyGenerator,
  inner: Value,
  type: Value,
  value: Value | undefined,
  tb: Value | undefined,
): Result | End | undefined {
  const isExit =
    (type instanceof PyType && isSubtype(type, generatorExitType)) ||
    (type instanceof PyBaseException && isSubtype(type.shape.cls, generatorExitType));
  if (isExit) {
    const closed = whileRunning(gen, () => closeDelegate(inner));
    return closed === EXC ? throwPendingInto(gen) : undefined;
  }
  let result: Result | End;
  if (inner instanceof PyGenerator && !(inner instanceof PyAsyncGenerator)) {
    result = whileRunning(gen, () => endAsException(inner, throwInto(inner, type, value, tb)));
  } else {
    const method = lookupAttr(inner, "throw");
    if (method === EXC) return EXC;
    if (method === undefined) return undefined;
    const args = [type, ...(value === undefined ? [] : [value]), ...(tb === undefined ? [] : [tb])];
    result = whileRunning(gen, () => call(method, args));
  }
  // What ends the delegate is raised at the `yield from`; StopIteration gives it its value there.
  return result === EXC ? throwPendingInto(gen) : result;
}
/** Runs something for the generator, whose frame is on the stack meanwhile. */
function whileRunning<T>(gen: PyGenerator, run: () => T): T {
  const { frame } = gen;
  gen.state = GEN_RUNNING;
  frame.back = rt.frame;
  rt.frame = frame;
  const result = run();
  rt.frame = frame.back;
  frame.back = null;
  gen.state = GEN_SUSPENDED;
  return result;
}
/** Is `throw(type)` one that calls a class? */
function instantiates(type: Value): boolean {
  return type instanceof PyType && isSubtype(type, baseExceptionType);
}
function closeDelegate(inner: Value): Result {
  if (inner instanceof PyGenerator && !(inner instanceof PyAsyncGenerator)) return close(inner);
  const method = lookupAttr(inner, "close");
  if (method === EXC) {
    const shown = rt.exc as PyBaseException;
    rt.exc = null;
    const text = repr(inner);
    rt.exc = shown;
    rt.reportUnraisable(`Exception ignored while closing generator ${text === EXC ? "" : strToJs(text)}`);
    return null;
  }
  return method === undefined ? null : call(method, []);
}

/** The exception that `throw()`'s arguments describe. */
function normalize(type: Value, value: Value | undefined, tb: Value | undefined): PyBaseException | Exc {
  if (tb !== undefined && tb !== null && !(tb instanceof PyTraceback)) {
    return typeError("throw() third argument must be a traceback object");
  }
  let exc: PyBaseException;
  if (type instanceof PyType && isSubtype(type, baseExceptionType)) {
    if (value instanceof PyBaseException && isSubtype(value.shape.cls, type)) exc = value;
    else {
      const args = value === undefined || value === null ? [] : value instanceof PyTuple ? value.items : [value];
      const made = call(type, args);
      if (made === EXC) return EXC;
      if (!(made instanceof PyBaseException)) {
        return typeError(
          `calling ${type.name} should have returned an instance of BaseException, not ${typeOf(made).name}`,
        );
      }
      exc = made;
    }
  } else if (type instanceof PyBaseException) {
    if (value !== undefined && value !== null) return typeError("instance exception may not have a separate value");
    exc = type;
  } else {
    return typeError(`exceptions must be classes or instances deriving from BaseException, not ${typeOf(type).name}`);
  }
  if (tb instanceof PyTraceback) exc.traceback = tb;
  return exc;
}

/** `close()`: gives what the generator returned, None mostly. */
export function close(gen: PyGenerator): Result {
  if (gen.state === GEN_FINISHED) return null;
  if (gen.state === GEN_CREATED) {
    gen.state = GEN_FINISHED;
    gen.frame.finished = true;
    return null;
  }
  unlink(gen);
  const inner = delegateOf(gen);
  const closed = inner === null ? null : whileRunning(gen, () => closeDelegate(inner));
  if (closed !== EXC) raiseArgs(generatorExitType);
  const result = rt.evaluator.resume(gen, null, true);
  if (result === END) return gen.returned;
  if (result !== EXC) return raise(runtimeErrorType, `${kindOf(gen)} ignored GeneratorExit`);
  if (catches(stopIterationType) || catches(generatorExitType)) {
    clearException();
    return null;
  }
  return EXC;
}
/** What the generator delegates to with `yield from` or `await`, or null. */
export function delegateOf(gen: PyGenerator): Value {
  return rt.evaluator.delegate(gen);
}
