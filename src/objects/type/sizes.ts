/**
 * `__basicsize__` and `__itemsize__`: what CPython's objects take. Ours are JavaScript's affair, but `__sizeof__`
 * answers in CPython's terms, and whether a type's instances vary in size decides whether subclasses may have slots.
 */
import type { PyType } from "../core.ts";

/** Bytes without items, and bytes for each item. */
const SIZES: Readonly<Record<string, readonly [basic: number, item: number]>> = {
  int: [24, 4],
  tuple: [32, 8],
  bytes: [33, 1],
  type: [936, 40],
};
function sizesOf(type: PyType): readonly [basic: number, item: number] {
  return (type.solidBase.isHeap ? undefined : SIZES[type.solidBase.name]) ?? [16, 0];
}
export const basicSize = (type: PyType): number => sizesOf(type)[0] + 8 * type.memberCount;
export const itemSize = (type: PyType): number => sizesOf(type)[1];
