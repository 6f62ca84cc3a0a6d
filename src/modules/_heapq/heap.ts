/**
 * Binary heaps in lists, smallest or largest item first. Comparisons may run Python code, which may change the list:
 * a change of its size is noticed and reported, as CPython does.
 */
import { EXC, type Exc, type Result, type Status, type Value } from "../../objects/core.ts";
import { indexError, runtimeError } from "../../objects/errors.ts";
import type { PyList } from "../../objects/list.ts";
import { lessThan } from "../support/order.ts";

/** Does `a` belong above `b`? */
export type Before = (a: Value, b: Value) => boolean | Exc;
export const smallestFirst: Before = lessThan;
export const largestFirst: Before = (a, b) => lessThan(b, a);

const changed = (): Exc => runtimeError("list changed size during iteration");

/** Moves the item at `at` up to its place, not above `start`. */
function siftDown(heap: PyList, start: number, at: number, before: Before): Status {
  const size = heap.items.length;
  while (at > start) {
    const parent = (at - 1) >> 1;
    const { items } = heap;
    const isBefore = before(items[at], items[parent]);
    if (isBefore === EXC) return EXC;
    if (heap.items.length !== size) return changed();
    if (!isBefore) break;
    const now = heap.items;
    const moved = now[at];
    now[at] = now[parent];
    now[parent] = moved;
    at = parent;
  }
  return null;
}

/** Moves the item at `at` down to a leaf, then up to its place: fewer comparisons than stopping on the way. */
function siftUp(heap: PyList, at: number, before: Before): Status {
  const size = heap.items.length;
  const start = at;
  const limit = size >> 1;
  while (at < limit) {
    let child = 2 * at + 1;
    if (child + 1 < size) {
      const { items } = heap;
      const isBefore = before(items[child], items[child + 1]);
      if (isBefore === EXC) return EXC;
      if (heap.items.length !== size) return changed();
      if (!isBefore) child++;
    }
    const { items } = heap;
    const moved = items[at];
    items[at] = items[child];
    items[child] = moved;
    at = child;
  }
  return siftDown(heap, start, at, before);
}

export function push(heap: PyList, item: Value, before: Before): Status {
  heap.items.push(item);
  return siftDown(heap, 0, heap.items.length - 1, before);
}

export function pop(heap: PyList, before: Before): Result {
  if (heap.items.length === 0) return indexError("index out of range");
  const last = heap.items.pop() as Value;
  if (heap.items.length === 0) return last;
  const first = heap.items[0];
  heap.items[0] = last;
  return siftUp(heap, 0, before) === EXC ? EXC : first;
}

export function replace(heap: PyList, item: Value, before: Before): Result {
  if (heap.items.length === 0) return indexError("index out of range");
  const first = heap.items[0];
  heap.items[0] = item;
  return siftUp(heap, 0, before) === EXC ? EXC : first;
}

export function pushPop(heap: PyList, item: Value, before: Before): Result {
  if (heap.items.length === 0) return item;
  const isBefore = before(heap.items[0], item);
  if (isBefore === EXC) return EXC;
  if (!isBefore) return item;
  return replace(heap, item, before);
}

export function heapify(heap: PyList, before: Before): Status {
  for (let at = (heap.items.length >> 1) - 1; at >= 0; at--) if (siftUp(heap, at, before) === EXC) return EXC;
  return null;
}
