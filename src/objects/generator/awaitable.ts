/** The iterator behind an awaitable (`_PyCoro_GetAwaitableIter`): for `await` and for `anext`. Source: PEP 492. */
import { CO_ITERABLE_COROUTINE } from "../../compiler/code.ts";
import { EXC, type Result, type Value } from "../core.ts";
import { typeError } from "../errors.ts";
import { PyCoroutine, PyGenerator } from "../generator.ts";
import { typeOf } from "../types.ts";

/** A generator that `types.coroutine` has made awaitable. */
export function isIterableCoroutine(value: Value): boolean {
  return value instanceof PyGenerator && (value.frame.code.flags & CO_ITERABLE_COROUTINE) !== 0;
}
/** The iterator that `await value` runs. */
export function awaitableIterator(value: Value): Result {
  if (value instanceof PyCoroutine || isIterableCoroutine(value)) return value;
  const type = typeOf(value);
  if (type.am_await === null) return typeError(`'${type.name}' object can't be awaited`);
  const iterator = type.am_await(value);
  if (iterator === EXC) return EXC;
  if (iterator instanceof PyCoroutine || isIterableCoroutine(iterator))
    return typeError("__await__() returned a coroutine");
  if (typeOf(iterator).tp_iternext === null) {
    return typeError(`__await__() returned non-iterator of type '${typeOf(iterator).name}'`);
  }
  return iterator;
}
