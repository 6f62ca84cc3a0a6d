/** Raising and reporting exceptions from native code. */
import { reportUnraisable } from "../sys/hooks.ts";
import { EXC, type Result, type Value, typeType } from "../../objects/core.ts";
import { fn } from "../../objects/define.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import { raise, raiseObject, typeError } from "../../objects/errors.ts";
import { PyBaseException } from "../../objects/exceptions/base.ts";
import { exceptionType, memoryErrorType, systemErrorType } from "../../objects/exceptions/types.ts";
import type { NativeDef } from "../../objects/native.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { call } from "../../objects/protocol/call.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { strValue } from "../../objects/values.ts";

/** `PyErr_SetObject` with a tuple of `count` ints: the class is called with them. */
function raiseException(type: Value, count: Value): Result {
  const size = asInt32(count);
  if (size === EXC) return EXC;
  const made = call(
    type,
    Array.from({ length: size }, (_, i) => i),
  );
  if (made === EXC) return EXC;
  return made instanceof PyBaseException ? raiseObject(made) : typeError("exceptions must derive from BaseException");
}
/** `PyErr_NewExceptionWithDoc`. */
function makeExceptionWithDoc(name: Value, doc?: Value, base?: Value, dict?: Value): Result {
  const text = strValue(name);
  const dot = typeof text === "string" ? text.lastIndexOf(".") : -1;
  if (typeof text !== "string" || dot < 0) {
    return raise(systemErrorType, "PyErr_NewException: name must be module.class");
  }
  const namespace = dict instanceof PyDict ? dict.copy() : newDict();
  if (doc !== undefined) namespace.setStr("__doc__", doc);
  if (namespace.getStr("__module__") === undefined) namespace.setStr("__module__", text.slice(0, dot));
  const bases = base instanceof PyTuple ? base : newTuple([base ?? exceptionType]);
  return call(typeType, [text.slice(dot + 1), bases, namespace]);
}
/** Puts an exception in flight and reports it as one that cannot be raised. */
function writeUnraisable(exception: Value, message: string, object: Value): Result {
  if (!(exception instanceof PyBaseException)) return typeError("an exception is required");
  raiseObject(exception);
  reportUnraisable(message, object);
  return null;
}

export function exceptionFunctions(): Record<string, NativeDef> {
  return {
    raise_exception: fn("($module, exception, num_args, /)", raiseException),
    raise_memoryerror: fn("($module, /)", () => raise(memoryErrorType, "")),
    make_exception_with_doc: fn("($module, /, name, doc=None, base=Exception, dict={})", makeExceptionWithDoc),
    err_writeunraisable: fn("($module, exception, object, /)", (exception: Value, object: Value) =>
      writeUnraisable(exception, "", object),
    ),
  };
}
