/** Unpacking of iterables onto the stack: the first value ends on top. */
import { END, EXC, type Status, type Value } from "../objects/core.ts";
import { catches, clearException, typeError, valueError } from "../objects/errors.ts";
import { typeErrorType } from "../objects/exceptions/types.ts";
import { newList, type PyList } from "../objects/list.ts";
import { getIter, iterNext } from "../objects/protocol/iter.ts";
import { PyDict } from "../objects/dict.ts";
import type { PyTuple } from "../objects/tuple.ts";
import { listType, tupleType, typeOf } from "../objects/types.ts";

function iteratorOf(iterable: Value) {
  const iterator = getIter(iterable);
  const type = typeOf(iterable);
  if (iterator === EXC && catches(typeErrorType) && type.tp_iter === null && type.sq_item === null) {
    clearException();
    return typeError(`cannot unpack non-iterable ${type.name} object`);
  }
  return iterator;
}

/** Exactly `count` values to `s[base] … s[base + count - 1]`, the last first. */
export function unpackIterable(s: Value[], base: number, iterable: Value, count: number): Status {
  const iterator = iteratorOf(iterable);
  if (iterator === EXC) return EXC;
  for (let i = 0; i < count; i++) {
    const value = iterNext(iterator);
    if (value === EXC) return EXC;
    if (value === END) return valueError(`not enough values to unpack (expected ${count}, got ${i})`);
    s[base + count - 1 - i] = value;
  }
  const extra = iterNext(iterator);
  if (extra === EXC) return EXC;
  if (extra === END) return null;
  const type = typeOf(iterable);
  if (type === listType || type === tupleType || iterable instanceof PyDict) {
    const got =
      iterable instanceof PyDict
        ? iterable.size
        : type === listType
          ? (iterable as PyList).length
          : (iterable as PyTuple).items.length;
    if (got > count) return valueError(`too many values to unpack (expected ${count}, got ${got})`);
  }
  return valueError(`too many values to unpack (expected ${count})`);
}

/** `before` values, a list of the middle, `after` values. */
export function unpackEx(s: Value[], base: number, iterable: Value, before: number, after: number): Status {
  const iterator = iteratorOf(iterable);
  if (iterator === EXC) return EXC;
  const top = base + before + after;
  for (let i = 0; i < before; i++) {
    const value = iterNext(iterator);
    if (value === EXC) return EXC;
    if (value === END) {
      const word = after > 0 || before > 0 ? `at least ${before + after}` : `${before}`;
      return valueError(`not enough values to unpack (expected ${word}, got ${i})`);
    }
    s[top - i] = value;
  }
  const rest: Value[] = [];
  for (;;) {
    const value = iterNext(iterator);
    if (value === EXC) return EXC;
    if (value === END) break;
    rest.push(value);
  }
  if (rest.length < after) {
    return valueError(`not enough values to unpack (expected at least ${before + after}, got ${before + rest.length})`);
  }
  for (let i = 0; i < after; i++) s[base + i] = rest[rest.length - 1 - i];
  rest.length -= after;
  s[base + after] = newList(rest);
  return null;
}
