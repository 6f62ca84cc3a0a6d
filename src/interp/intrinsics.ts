/** CALL_INTRINSIC_1 and _2: rare operations without an instruction of their own. */
import { CO_ASYNC_GENERATOR, CO_COROUTINE } from "../compiler/code.ts";
import { EXC, type Result, type Value } from "../objects/core.ts";
import { PyDict } from "../objects/dict.ts";
import { catches, clearException, newException, raise, systemError, typeError } from "../objects/errors.ts";
import { importError } from "../builtins/import-error.ts";
import type { PyBaseException } from "../objects/exceptions/base.ts";
import { prepareReraiseStar } from "../objects/exceptions/except-star.ts";
import {
  indexErrorType,
  runtimeErrorType,
  stopAsyncIterationType,
  stopIterationType,
} from "../objects/exceptions/types.ts";
import type { PyFrame } from "../objects/frame.ts";
import type { PyFunction } from "../objects/function.ts";
import { AsyncGenWrapped } from "../objects/generator.ts";
import type { PyList } from "../objects/list.ts";
import { call } from "../objects/protocol/call.ts";
import { positive } from "../objects/protocol/number.ts";
import { getAttr, lookupAttr } from "../objects/protocol/object.ts";
import { getItem } from "../objects/protocol/sequence.ts";
import { listFromIterable } from "../objects/protocol/iter.ts";
import { rt } from "../objects/runtime.ts";
import { isSubtype } from "../objects/core.ts";
import { type PyTuple, newTuple } from "../objects/tuple.ts";
import { newParamSpec, newTypeVarTuple, setTypeParamDefault } from "../objects/typing/param-spec.ts";
import { subscriptGeneric } from "../objects/typing/generic.ts";
import { newTypeAlias } from "../objects/typing/type-alias.ts";
import { newTypeVar } from "../objects/typing/type-var.ts";
import { typeOf } from "../objects/types.ts";
import { storeName } from "./names.ts";

export function callIntrinsic1(which: number, value: Value, frame: PyFrame): Result {
  switch (which) {
    case 1:
      return print(value);
    case 2:
      return importStar(value, frame);
    case 3:
      return stopIterationError(value as PyBaseException, frame);
    case 4:
      return new AsyncGenWrapped(value);
    case 5:
      return positive(value);
    case 6:
      return newTuple((value as PyList).items);
    case 7:
      return newTypeVar(value);
    case 8:
      return newParamSpec(value);
    case 9:
      return newTypeVarTuple(value);
    case 10:
      return subscriptGeneric(value);
    case 11:
      return newTypeAlias(value);
    default:
      return systemError(`unknown intrinsic ${which}`);
  }
}
export function callIntrinsic2(which: number, first: Value, second: Value): Result {
  switch (which) {
    case 1:
      return prepareReraiseStar(first, second);
    case 2:
      return newTypeVar(first, second);
    case 3:
      return newTypeVar(first, undefined, second);
    case 4:
      (first as PyFunction).typeParams = second as PyTuple;
      return first;
    case 5:
      return setTypeParamDefault(first, second);
    default:
      return systemError(`unknown intrinsic ${which}`);
  }
}

/** An expression statement of the interactive prompt: `sys.displayhook`. */
function print(value: Value): Result {
  const hook = rt.sysDict.getStr("displayhook");
  if (hook === undefined) return raise(runtimeErrorType, "lost sys.displayhook");
  return call(hook, [value]);
}

function importStar(module: Value, frame: PyFrame): Result {
  const all = lookupAttr(module, "__all__");
  if (all === EXC) return EXC;
  let names: Value[] | typeof EXC;
  const skipPrivate = all === undefined;
  if (all !== undefined) names = namesIn(all);
  else {
    const dict = lookupAttr(module, "__dict__");
    if (dict === EXC) return EXC;
    if (dict === undefined) return importError("from-import-* object has no __dict__ and no __all__", "*");
    names = dict instanceof PyDict ? dict.keys() : listFromIterable(dict);
  }
  if (names === EXC) return EXC;
  for (const name of names) {
    if (typeof name !== "string") return badName(module, name, skipPrivate);
    if (skipPrivate && name.startsWith("_")) continue;
    const value = getAttr(module, name);
    if (value === EXC || storeName(frame, name, value) === EXC) return EXC;
  }
  return null;
}
/** Items of `__all__`, by index as the language says. */
function namesIn(all: Value): Value[] | typeof EXC {
  const names: Value[] = [];
  for (let i = 0; ; i++) {
    const name = getItem(all, i);
    if (name === EXC) {
      if (!catches(indexErrorType)) return EXC;
      clearException();
      return names;
    }
    names.push(name);
  }
}
function badName(module: Value, name: Value, isKey: boolean): typeof EXC {
  const moduleName = getAttr(module, "__name__");
  if (moduleName === EXC) return EXC;
  const where = isKey ? "Key in" : "Item in";
  const list = isKey ? "__dict__" : "__all__";
  return typeError(`${where} ${String(moduleName)}.${list} must be str, not ${typeOf(name).name}`);
}

/** StopIteration must not leave a generator's or coroutine's body (PEP 479): it becomes RuntimeError. */
function stopIterationError(exc: PyBaseException, frame: PyFrame): Result {
  const { flags } = frame.code;
  let message: string | null = null;
  if (isSubtype(exc.shape.cls, stopIterationType)) {
    message = "generator raised StopIteration";
    if ((flags & CO_ASYNC_GENERATOR) !== 0) message = "async generator raised StopIteration";
    else if ((flags & CO_COROUTINE) !== 0) message = "coroutine raised StopIteration";
  } else if ((flags & CO_ASYNC_GENERATOR) !== 0 && isSubtype(exc.shape.cls, stopAsyncIterationType)) {
    message = "async generator raised StopAsyncIteration";
  }
  if (message === null) return exc;
  const error = newException(runtimeErrorType, [message]);
  error.cause = exc;
  error.context = exc;
  error.suppressContext = true;
  return error;
}
