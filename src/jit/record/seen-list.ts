/** What a recording notes of a list: how it keeps its items, which decides what compiled code reads from it. */
import type { Value } from "../../objects/core.ts";
import { PyEnumerate, enumerateType } from "../../objects/iterators/enumerate.ts";
import { PyListIterator } from "../../objects/iterators/list.ts";
import { PyZip, zipType } from "../../objects/iterators/zip.ts";
import { PyList } from "../../objects/list.ts";
import { type CallSeen, type ShapeSeen, seeCall, shapeOfValue } from "./seen.ts";
import { isPlainFloat } from "../../objects/list/doubles.ts";

export interface ListSeen {
  /** Raw doubles. */
  isFloat: boolean;
  /** What was stored can be kept so. */
  takes: boolean;
}

/** `value` is what is stored, where something is. */
export function seeList(list: Value | undefined, value?: Value): ListSeen {
  const takes = value !== undefined && isPlainFloat(value);
  return { isFloat: list instanceof PyList && list.isFloat, takes };
}
export interface AppendSeen extends CallSeen {
  list: ListSeen;
}
/** A call of `list.append`. */
export function seeAppend(s: readonly (Value | undefined)[], sp: number): AppendSeen {
  return { ...seeCall(s, sp, 1), list: seeList(s[sp - 2], s[sp - 1]) };
}
export function seeListIterator(iterator: Value | undefined): ListSeen {
  return seeList(iterator instanceof PyListIterator ? iterator.list : undefined);
}
/** Of an iterator, with those that it goes through, and how a list that it goes over keeps its items. */
export interface IteratorSeen {
  shape: ShapeSeen;
  list: ListSeen;
  parts: readonly IteratorSeen[] | null;
}
export function seeIterator(iterator: Value | undefined): IteratorSeen {
  let parts: readonly IteratorSeen[] | null = null;
  if (iterator instanceof PyEnumerate && iterator.shape === enumerateType.shapes) parts = [seePart(iterator.iterator)];
  else if (iterator instanceof PyZip && iterator.shape === zipType.shapes && !iterator.strict) {
    parts = iterator.iterators.map(seePart);
  }
  return { shape: shapeOfValue(iterator), list: seeListIterator(iterator), parts };
}
const seePart = (iterator: Value): IteratorSeen => ({
  shape: shapeOfValue(iterator),
  list: seeListIterator(iterator),
  parts: null,
});
