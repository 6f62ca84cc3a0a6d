/** What a recording notes of a list: how it keeps its items, which decides what compiled code reads from it. */
import type { Value } from "../../objects/core.ts";
import { PyListIterator } from "../../objects/iterators/list.ts";
import { PyList } from "../../objects/list.ts";
import { type CallSeen, seeCall } from "./seen.ts";
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
