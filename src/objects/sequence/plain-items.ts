/** What builtin containers give when iterated, without an iterator: most calls of `list`, `tuple`, `extend` are of them. */
import type { Value } from "../core.ts";
import type { PyDict } from "../dict.ts";
import {
  type PyDictItems,
  type PyDictKeys,
  type PyDictValues,
  dictItemsType,
  dictKeysType,
  dictValuesType,
} from "../dict/view.ts";
import type { PyList } from "../list.ts";
import type { PyRange } from "../range.ts";
import type { PySet } from "../set.ts";
import { newTuple } from "../tuple.ts";
import type { PyTuple } from "../tuple.ts";
import { dictType, frozensetType, listType, rangeType, setType, tupleType, typeOf } from "../types.ts";
import { emptyArray } from "../uniform-array.ts";

/** A fresh array of the values of a list, tuple, dict, set, range, dict view or string; null for all else. */
export function plainItems(iterable: Value): Value[] | null {
  if (typeof iterable === "string") return iterable.split("");
  switch (typeOf(iterable)) {
    case listType:
      return (iterable as PyList).values();
    case tupleType:
      return (iterable as PyTuple).items.slice();
    case rangeType:
      return numbersOf(iterable as PyRange);
    case dictType:
      return (iterable as PyDict).keys();
    case setType:
    case frozensetType:
      return (iterable as PySet).values();
    case dictKeysType:
      return (iterable as PyDictKeys).dict.keys();
    case dictValuesType:
      return (iterable as PyDictValues).dict.values();
    case dictItemsType:
      return (iterable as PyDictItems).dict.items().map(newTuple);
    default:
      return null;
  }
}

/** null for ranges that are too long or leave the safe integers. */
function numbersOf({ start, step, length }: PyRange): Value[] | null {
  if (typeof start !== "number" || typeof step !== "number" || typeof length !== "number") return null;
  if (length > 1e8 || !Number.isSafeInteger(start + step * length)) return null;
  const items = emptyArray<Value>();
  for (let i = 0, n = start; i < length; i++, n += step) items.push(n);
  return items;
}
