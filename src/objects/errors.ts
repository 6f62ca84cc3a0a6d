/**
 * Raising: every function here makes an exception pending in `rt.exc` and returns EXC, so that callers write
 * `return typeError("…")`. `PyThrow` carries a pending exception through plain JavaScript code.
 */
import { EXC, type Exc, type PyType, type Value, isSubtype } from "./core.ts";
import type { PyBaseException } from "./exceptions/base.ts";
import * as types from "./exceptions/types.ts";
import { NumericError } from "./numeric/numeric-error.ts";
import { rt } from "./runtime.ts";
import { strFromJs } from "./str/astral.ts";
import { newTuple } from "./tuple.ts";

/** Thrown, with the exception pending in `rt.exc`, where returning EXC would be too clumsy. Not an `Error`: no stack. */
export class PyThrow {}

/** An instance of an exception type with `args`, made as calling the type would, without Python code. */
export function newException(type: PyType, args: Value[]): PyBaseException {
  const exc = type.tp_alloc!(type) as PyBaseException;
  exc.args = newTuple(args);
  if (type.tp_init !== types.baseExceptionType.tp_init && type.tp_init !== null) type.tp_init(exc, args, null);
  return exc;
}

/** Makes `exc` the pending exception, with what is being handled as its context (`_PyErr_SetObject`). */
export function raiseObject(exc: PyBaseException): Exc {
  const handled = handledException();
  if (handled !== null && handled !== exc) {
    breakContextCycle(handled, exc);
    exc.context = handled;
  }
  rt.exc = exc;
  return EXC;
}

/** The exception being handled: the innermost level that has one. */
export function handledException(): PyBaseException | null {
  for (let info: typeof rt.excInfo | null = rt.excInfo; info !== null; info = info.previous) {
    if (info.exc !== null) return info.exc;
  }
  return null;
}

/** `exc` must not occur in the context chain of `handled`; Floyd's walk guards against an existing cycle. */
function breakContextCycle(handled: PyBaseException, exc: PyBaseException): void {
  let slow = handled;
  let slowTurn = false;
  for (let at = handled; at.context !== null; ) {
    if (at.context === exc) {
      at.context = null;
      return;
    }
    at = at.context;
    if (at === slow) return;
    if (slowTurn) slow = slow.context as PyBaseException;
    slowTurn = !slowTurn;
  }
}

/** Raises `type(*args)`. */
export function raiseArgs(type: PyType, ...args: Value[]): Exc {
  return raiseObject(newException(type, args));
}
/** Raises `type(message)`. The message is JavaScript text without astral characters, or a str value. */
export function raise(type: PyType, message: Value): Exc {
  return raiseObject(newException(type, [message]));
}

export const typeError = (message: Value): Exc => raise(types.typeErrorType, message);
export const valueError = (message: Value): Exc => raise(types.valueErrorType, message);
export const indexError = (message: Value): Exc => raise(types.indexErrorType, message);
export const overflowError = (message: Value): Exc => raise(types.overflowErrorType, message);
export const zeroDivisionError = (message: Value): Exc => raise(types.zeroDivisionErrorType, message);
export const runtimeError = (message: Value): Exc => raise(types.runtimeErrorType, message);
export const systemError = (message: Value): Exc => raise(types.systemErrorType, message);
export const memoryError = (): Exc => raiseArgs(types.memoryErrorType);
export const notImplementedError = (message: Value): Exc => raise(types.notImplementedErrorType, message);
export const keyError = (key: Value): Exc => raise(types.keyErrorType, key);
export const stopIteration = (value: Value): Exc =>
  value === null ? raiseArgs(types.stopIterationType) : raise(types.stopIterationType, value);
/** AttributeError with its `name` and `obj` set, for suggestions. */
export function attributeError(message: Value, obj: Value, name: Value): Exc {
  const exc = newException(types.attributeErrorType, [message]) as PyBaseException & { name: Value; obj: Value };
  exc.name = name;
  exc.obj = obj;
  return raiseObject(exc);
}
/** NameError with its `name` set. */
export function nameError(message: string, name: string): Exc {
  const exc = newException(types.nameErrorType, [message]) as PyBaseException & { name: Value };
  exc.name = name;
  return raiseObject(exc);
}

/** Is the pending exception an instance of `type`? */
export function catches(type: PyType): boolean {
  const { exc } = rt;
  return exc !== null && isSubtype(exc.shape.cls, type);
}
/** Swallows the pending exception. */
export function clearException(): void {
  rt.exc = null;
}

/** The value, or a throw of the exception that is pending. */
export function ok<T>(result: T): Exclude<T, Exc> {
  if (result === EXC) throw new PyThrow();
  return result as Exclude<T, Exc>;
}
/** Throws the pending exception through JavaScript code. */
export function throwPending(): never {
  throw new PyThrow();
}
/** Runs code that may throw PyThrow or NumericError; other JavaScript errors pass through. */
export function attempt<T>(run: () => T): T | Exc {
  try {
    return run();
  } catch (error) {
    return exceptionFromThrow(error);
  }
}
/** Turns what JavaScript code threw into the pending exception; rethrows what is no exception of Python's. */
export function exceptionFromThrow(error: unknown): Exc {
  if (isPythonThrow(error)) return EXC;
  throw error;
}
/** Is what JavaScript code threw an exception of Python's? Then it is the pending one now. */
export function isPythonThrow(error: unknown): boolean {
  if (error instanceof NumericError) raise(numericErrorType(error.type), strFromJs(error.message));
  else if (error instanceof RangeError) raiseJsRangeError(error);
  else return error instanceof PyThrow;
  return true;
}

/** JavaScript's RangeErrors that user programs can cause: the stack's end and sizes that cannot be allocated. */
function raiseJsRangeError(error: RangeError): Exc {
  if (/call stack/.test(error.message)) return raise(types.recursionErrorType, "maximum recursion depth exceeded");
  return memoryError();
}

function numericErrorType(name: string): PyType {
  switch (name) {
    case "ZeroDivisionError":
      return types.zeroDivisionErrorType;
    case "OverflowError":
      return types.overflowErrorType;
    case "MemoryError":
      return types.memoryErrorType;
    default:
      return types.valueErrorType;
  }
}
