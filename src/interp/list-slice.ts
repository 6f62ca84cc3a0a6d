/** `list[a:b:c]` of an exact list. */
import { EXC, type Result } from "../objects/core.ts";
import { type PyList, newFloatList, newList } from "../objects/list.ts";
import { sliceDoubles } from "../objects/list/doubles.ts";
import { sliceIndices } from "../objects/protocol/convert.ts";
import { sliceItems } from "../objects/sequence/items.ts";
import type { PySlice } from "../objects/slice.ts";

export function listSlice(list: PyList, slice: PySlice): Result {
  const indices = sliceIndices(slice, list.length);
  if (indices === EXC) return EXC;
  return list.isFloat ? newFloatList(sliceDoubles(list.doubles, indices)) : newList(sliceItems(list.items, indices));
}
