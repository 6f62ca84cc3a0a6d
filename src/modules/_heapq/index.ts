/** The module `_heapq`. */
import type { Result, Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { PyList } from "../../objects/list.ts";
import type { NativeDef } from "../../objects/native.ts";
import { typeOf } from "../../objects/types.ts";
import { type Before, heapify, largestFirst, pop, push, pushPop, replace, smallestFirst } from "./heap.ts";

function alone(name: string, run: (heap: PyList) => Result): NativeDef {
  return fn("($module, heap, /)", (heap: Value) =>
    heap instanceof PyList ? run(heap) : typeError(`${name}() argument must be list, not ${typeOf(heap).name}`),
  );
}
function withItem(name: string, run: (heap: PyList, item: Value) => Result): NativeDef {
  return fn("($module, heap, item, /)", (heap: Value, item: Value) =>
    heap instanceof PyList ? run(heap, item) : typeError(`${name}() argument 1 must be list, not ${typeOf(heap).name}`),
  );
}

/** The five functions for one order; `suffix` ends their names. */
function functions(suffix: string, before: Before): Record<string, NativeDef> {
  return {
    [`heappush${suffix}`]: withItem(`heappush${suffix}`, (heap, item) => push(heap, item, before)),
    [`heappop${suffix}`]: alone(`heappop${suffix}`, (heap) => pop(heap, before)),
    [`heapify${suffix}`]: alone(`heapify${suffix}`, (heap) => heapify(heap, before)),
    [`heapreplace${suffix}`]: withItem(`heapreplace${suffix}`, (heap, item) => replace(heap, item, before)),
    [`heappushpop${suffix}`]: withItem(`heappushpop${suffix}`, (heap, item) => pushPop(heap, item, before)),
  };
}

export const heapqModule = newModule("_heapq", {
  doc: "Heap queue algorithm (a.k.a. priority queue).",
  functions: () => ({ ...functions("", smallestFirst), ...functions("_max", largestFirst) }),
  attributes: () => ({
    __about__: "A heap is a list in which the item at k comes no later than those at 2k+1 and 2k+2.",
  }),
});
