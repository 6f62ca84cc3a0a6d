/** `list[a:b:c]` of an exact list. */
import { EXC, type Result } from "../objects/core.ts";
import { type PyList, newList } from "../objects/list.ts";
import { sliceIndices } from "../objects/protocol/convert.ts";
import type { PySlice } from "../objects/slice.ts";

export function listSlice(list: PyList, slice: PySlice): Result {
  const indices = sliceIndices(slice, list.items.length);
  if (indices === EXC) return EXC;
  const { start, step, count } = indices;
  if (step === 1) return newList(list.items.slice(start, start + count));
  const items = [];
  for (let i = 0, at = start; i < count; i++, at += step) items.push(list.items[at]);
  return newList(items);
}
