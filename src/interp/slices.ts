/** `container[start:stop]`, read and stored to: builtin sequences need no slice object for bounds that ask nobody. */
import type { Result, Status, Value } from "../objects/core.ts";
import { PyBytes, newBytes } from "../objects/bytes.ts";
import { PyList } from "../objects/list.ts";
import { type Bound, assignBetween, isBound, listBetween } from "../objects/list/slices.ts";
import { getItem, setItem } from "../objects/protocol/sequence.ts";
import { newSlice } from "../objects/slice.ts";
import { PyTuple, newTuple } from "../objects/tuple.ts";
import { bytesType, listType, tupleType } from "../objects/types.ts";

export function sliceBetween(container: Value, start: Value, stop: Value): Result {
  if (isBound(start) && isBound(stop)) {
    if (typeof container === "string") return textBetween(container, start, stop);
    if (container instanceof PyList && container.shape.cls === listType) return listBetween(container, start, stop);
    if (container instanceof PyTuple && container.shape.cls === tupleType) return tupleBetween(container, start, stop);
    if (container instanceof PyBytes && container.shape.cls === bytesType) return bytesBetween(container, start, stop);
  }
  return getItem(container, newSlice(start, stop));
}
export function storeBetween(container: Value, start: Value, stop: Value, value: Value): Status {
  return container instanceof PyList && container.shape.cls === listType && isBound(start) && isBound(stop)
    ? assignBetween(container, start, stop, value)
    : setItem(container, newSlice(start, stop), value);
}

export const textBetween = (text: string, start: Bound, stop: Bound): string =>
  text.slice(start ?? 0, stop === null ? undefined : stop);

/** All of it is the tuple itself. */
export function tupleBetween(tuple: PyTuple, start: Bound, stop: Bound): PyTuple {
  const items = tuple.items.slice(start ?? 0, stop === null ? undefined : stop);
  return items.length === tuple.items.length ? tuple : newTuple(items);
}
export function bytesBetween(bytes: PyBytes, start: Bound, stop: Bound): PyBytes {
  const content = textBetween(bytes.latin1, start, stop);
  return content.length === bytes.latin1.length ? bytes : newBytes(content);
}
