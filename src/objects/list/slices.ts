/**
 * Slices of lists: read, assigned to, deleted. Where both bounds are small ints or left out, and most are, nothing of
 * Python's runs and no slice object is needed: `…Between`. JavaScript's `slice` counts negative bounds from the end and
 * clips both, as Python does for a step of one.
 */
import { EXC, type Exc, type Result, type Status, type Value } from "../core.ts";
import { typeError, valueError } from "../errors.ts";
import { PyList, newFloatList, newList } from "../list.ts";
import { type SliceIndices, clipped, sliceIndices } from "../protocol/convert.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { sliceItems } from "../sequence/items.ts";
import type { PySlice } from "../slice.ts";
import { listType, typeOf } from "../types.ts";
import { doublesOf, sliceDoubles } from "./doubles.ts";

/** A bound of a slice that asks nobody; null: left out. */
export type Bound = number | null;

export const isBound = (value: Value): value is Bound => value === null || typeof value === "number";

/** `list[start:stop]` */
export function listBetween(list: PyList, start: Bound, stop: Bound): PyList {
  const end = stop === null ? undefined : stop;
  return list.isFloat
    ? newFloatList(list.doubles.slice(start ?? 0, end))
    : newList((list.storage as Value[]).slice(start ?? 0, end));
}

/** `list[slice]` */
export function listSlice(list: PyList, slice: PySlice): Result {
  const { start, stop, step } = slice;
  if (step === null && isBound(start) && isBound(stop)) return listBetween(list, start, stop);
  const indices = sliceIndices(slice, list.length);
  if (indices === EXC) return EXC;
  return list.isFloat ? newFloatList(sliceDoubles(list.doubles, indices)) : newList(sliceItems(list.items, indices));
}

/** `list[start:stop] = value` */
export function assignBetween(list: PyList, start: Bound, stop: Bound, value: Value): Status {
  const isList = value instanceof PyList && value.shape === listType.shapes && value !== list;
  // Gone through first: that may run Python code, which may change the list.
  const items = isList ? null : itemsForAssignment(value);
  if (items === EXC) return EXC;
  const { length } = list;
  const first = start === null ? 0 : clipped(start, length, 0, length);
  const end = Math.max(first, stop === null ? length : clipped(stop, length, 0, length));
  if (items !== null) replaceRange(list, first, end, items);
  else if ((value as PyList).isFloat) replaceByFloats(list, first, end, (value as PyList).doubles);
  else replaceRange(list, first, end, (value as PyList).storage as Value[]);
  return null;
}

/** `list[slice] = value` */
export function assignSlice(list: PyList, slice: PySlice, value: Value): Status {
  const isSimple = slice.step === null || slice.step === 1;
  if (isSimple && isBound(slice.start) && isBound(slice.stop)) {
    return assignBetween(list, slice.start, slice.stop, value);
  }
  const items = itemsForAssignment(value);
  if (items === EXC) return EXC;
  // The bounds may run Python code, so the length is read after it.
  const indices = sliceIndices(slice, list.length);
  return indices === EXC ? EXC : assignAt(list, indices, items);
}
function assignAt(list: PyList, { start, step, count }: SliceIndices, items: Value[]): Status {
  if (step === 1) {
    replaceRange(list, start, start + count, items);
    return null;
  }
  if (items.length !== count) {
    return valueError(`attempt to assign sequence of size ${items.length} to extended slice of size ${count}`);
  }
  for (let i = 0, at = start; i < count; i++, at += step) list.set(at, items[i]);
  return null;
}

function itemsForAssignment(value: Value): Value[] | Exc {
  const type = typeOf(value);
  if (type.tp_iter === null && type.sq_item === null) return typeError("must assign iterable to extended slice");
  return listFromIterable(value);
}

/** More than `splice` takes as arguments. */
const MANY = 1000;

/** `list[start:stop] = items`; `items` is not the list's own array. */
function replaceRange(list: PyList, start: number, stop: number, items: readonly Value[]): void {
  if (list.isFloat) {
    const doubles = items.length === 0 ? [] : doublesOf(items);
    if (doubles !== null) return replaceDoubles(list, start, stop, doubles);
  }
  const own = list.items;
  if (items.length === stop - start) for (let i = 0; i < items.length; i++) own[start + i] = items[i];
  else if (items.length < MANY) own.splice(start, stop - start, ...items);
  else list.items = own.slice(0, start).concat(items, own.slice(stop));
}
function replaceByFloats(list: PyList, start: number, stop: number, doubles: readonly number[]): void {
  if (list.isFloat) replaceDoubles(list, start, stop, doubles);
  else replaceRange(list, start, stop, newFloatList(doubles as number[]).values());
}
function replaceDoubles(list: PyList, start: number, stop: number, doubles: readonly number[]): void {
  const own = list.doubles;
  if (doubles.length === stop - start) for (let i = 0; i < doubles.length; i++) own[start + i] = doubles[i];
  else if (own.length === 0) list.storage = doubles.slice();
  else if (doubles.length < MANY) own.splice(start, stop - start, ...doubles);
  else list.storage = own.slice(0, start).concat(doubles, own.slice(stop));
}

/** `del list[slice]` */
export function deleteSlice(list: PyList, slice: PySlice): Status {
  const indices = sliceIndices(slice, list.length);
  if (indices === EXC) return EXC;
  const { step, start, count } = indices;
  if (count === 0) return null;
  if (step === 1) {
    list.storage.splice(start, count);
    return null;
  }
  const first = step > 0 ? start : start + (count - 1) * step;
  const stride = Math.abs(step);
  const last = first + (count - 1) * stride;
  list.storage = list.storage.filter((_, i) => i < first || i > last || (i - first) % stride !== 0);
  return null;
}
