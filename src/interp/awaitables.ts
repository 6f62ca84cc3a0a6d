/** GET_AWAITABLE, GET_AITER, GET_ANEXT, GET_YIELD_FROM_ITER. Source: PEP 492, PEP 525. */
import { CO_COROUTINE, CO_ITERABLE_COROUTINE } from "../compiler/code.ts";
import type { PyCode } from "../objects/code.ts";
import { EXC, type Exc, type Result, type Value } from "../objects/core.ts";
import { raiseObject, newException, runtimeError, typeError } from "../objects/errors.ts";
import { typeErrorType } from "../objects/exceptions/types.ts";
import { PyAsyncGenerator, PyCoroutine, PyGenerator } from "../objects/generator.ts";
import { awaitableIterator, isIterableCoroutine } from "../objects/generator/awaitable.ts";
import { getIter } from "../objects/protocol/iter.ts";
import { typeOf } from "../objects/types.ts";
import { takeException } from "../objects/runtime.ts";
import { delegate } from "./generators.ts";

export function getAwaitable(value: Value, after: number): Result {
  const type = typeOf(value);
  if (after !== 0 && !(value instanceof PyCoroutine) && !isIterableCoroutine(value) && type.am_await === null) {
    const method = after === 1 ? "__aenter__" : "__aexit__";
    return typeError(`'async with' received an object from ${method} that does not implement __await__: ${type.name}`);
  }
  const iterator = awaitableIterator(value);
  if (iterator instanceof PyCoroutine && delegate(iterator) !== null) {
    return runtimeError("coroutine is being awaited already");
  }
  return iterator;
}
export function getAiter(value: Value): Result {
  const type = typeOf(value);
  if (type.am_aiter === null) {
    return typeError(`'async for' requires an object with __aiter__ method, got ${type.name}`);
  }
  const iterator = type.am_aiter(value);
  if (iterator === EXC) return EXC;
  if (typeOf(iterator).am_anext === null) {
    return typeError(
      `'async for' received an object from __aiter__ that does not implement __anext__: ${typeOf(iterator).name}`,
    );
  }
  return iterator;
}
export function getAnext(iterator: Value): Result {
  const type = typeOf(iterator);
  if (type.am_anext === null) {
    return typeError(`'async for' requires an iterator with __anext__ method, got ${type.name}`);
  }
  const next = type.am_anext(iterator);
  if (next === EXC || iterator instanceof PyAsyncGenerator) return next;
  const awaitable = awaitableIterator(next);
  return awaitable === EXC ? invalidAnext(next) : awaitable;
}
function invalidAnext(next: Value): Exc {
  const cause = takeException();
  const exc = newException(typeErrorType, [
    `'async for' received an invalid object from __anext__: ${typeOf(next).name}`,
  ]);
  exc.cause = cause;
  exc.context = cause;
  exc.suppressContext = true;
  return raiseObject(exc);
}
/** What `yield from` iterates; coroutines only within coroutines. */
export function getYieldFromIter(iterable: Value, code: PyCode): Result {
  if (iterable instanceof PyCoroutine) {
    if ((code.flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE)) !== 0) return iterable;
    return typeError("cannot 'yield from' a coroutine object in a non-coroutine generator");
  }
  return iterable instanceof PyGenerator && !(iterable instanceof PyAsyncGenerator) ? iterable : getIter(iterable);
}
