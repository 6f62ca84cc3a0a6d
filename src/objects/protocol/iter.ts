/** Iteration. */
import { END, EXC, type End, type Exc, type Result, type Status, type Value } from "../core.ts";
import { catches, clearException, memoryError, typeError } from "../errors.ts";
import { stopIterationType } from "../exceptions/types.ts";
import { newSequenceIterator } from "../iterators/sequence.ts";
import { PyListIterator } from "../iterators/list.ts";
import { MAX_ITEMS } from "../limits.ts";
import type { PyList } from "../list.ts";
import type { PyTuple } from "../tuple.ts";
import { rt } from "../runtime.ts";
import { listType, tupleType, typeOf } from "../types.ts";
import { emptyArray } from "../uniform-array.ts";

/** `iter(o)`. */
export function getIter(o: Value): Result {
  const type = typeOf(o);
  if (type.tp_iter === null) {
    if (type.sq_item !== null) return newSequenceIterator(o);
    return typeError(`'${type.name}' object is not iterable`);
  }
  const iterator = type.tp_iter(o);
  if (iterator === EXC) return EXC;
  if (typeOf(iterator).tp_iternext === null) {
    return typeError(`iter() returned non-iterator of type '${typeOf(iterator).name}'`);
  }
  return iterator;
}
/** The next value, END, or EXC. A StopIteration raised by a Python `__next__` becomes END. */
export function iterNext(iterator: Value): Value | End | Exc {
  // Most are, and need not be asked by way of their type.
  if (iterator instanceof PyListIterator) return iterator.next();
  const { tp_iternext } = typeOf(iterator);
  if (tp_iternext === null) return typeError(`'${typeOf(iterator).name}' object is not an iterator`);
  const value = tp_iternext(iterator);
  if (value === EXC && catches(stopIterationType)) {
    if (rt.monitor !== null) rt.monitor.ended = rt.exc;
    clearException();
    return END;
  }
  return value;
}
/** A fresh array of what the iterable gives. */
export function listFromIterable(o: Value): Value[] | Exc {
  const type = typeOf(o);
  if (type === listType) return (o as PyList).values();
  if (type === tupleType) return (o as PyTuple).items.slice();
  if (!type.isHeap && type.sq_length !== null) {
    const length = type.sq_length(o);
    if (length === EXC) return EXC;
    if (length > MAX_ITEMS) return memoryError();
  }
  const items = emptyArray<Value>();
  return forEach(o, (value) => {
    items.push(value);
    return null;
  }) === EXC
    ? EXC
    : items;
}
/** Calls `visit` with each value; stops when that returns EXC. */
export function forEach(o: Value, visit: (value: Value) => Status): Status {
  const iterator = getIter(o);
  if (iterator === EXC) return EXC;
  for (;;) {
    const value = iterNext(iterator);
    if (value === END) return null;
    if (value === EXC || visit(value) === EXC) return EXC;
  }
}
