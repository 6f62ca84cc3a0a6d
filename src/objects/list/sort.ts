/** `list.sort` and `sorted`: keys, the choice of a comparison, and what a list is while it is being sorted. */
import { EXC, LT, type PyObject, type Status, type Value } from "../core.ts";
import { PyThrow, attempt, valueError } from "../errors.ts";
import { PyFloat } from "../float.ts";
import type { PyList } from "../list.ts";
import { call1 } from "../protocol/call.ts";
import { compareBool } from "../protocol/object.ts";
import { itemsEqual } from "../sequence/items.ts";
import type { PyTuple } from "../tuple.ts";
import { floatType, tupleType } from "../types.ts";
import { type Less, mergeSort } from "./merge-sort.ts";
import { sortedDoubles, sortedInts } from "./sort-numbers.ts";

/**
 * Sorts in place. Meanwhile the list is empty, as CPython's is; if Python code puts something into it, ValueError.
 * After an error the list holds its items in the order they had.
 */
export function sortList(list: PyList, key: Value, descending: boolean): Status {
  if (list.isFloat && key === null) {
    // No Python code runs in between.
    list.storage = sortedDoubles(list.doubles, descending);
    return null;
  }
  const items = list.items;
  const meanwhile = new WatchedItems();
  list.items = meanwhile;
  const sorted = sortItems(items, key, descending);
  const untouched = list.items === meanwhile && meanwhile.length === 0 && !meanwhile.touched;
  if (sorted === EXC) {
    list.items = items;
    return EXC;
  }
  list.items = sorted;
  return untouched ? null : valueError("list modified during sort");
}

/** What a list holds while it is being sorted: nothing, and it notices when something was put in and taken out. */
class WatchedItems extends Array<Value> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  touched = false;
  override push(...items: Value[]): number {
    this.touched = true;
    return super.push(...items);
  }
  override splice(start: number, count: number, ...items: Value[]): Value[] {
    this.touched = true;
    return super.splice(start, count, ...items);
  }
}

/** The items in order; a fresh array unless there is nothing to do. `items` is not changed. */
export function sortItems(items: Value[], key: Value, descending: boolean): Value[] | typeof EXC {
  let keys: Value[] = items;
  if (key !== null) {
    keys = new Array<Value>(items.length);
    for (let i = 0; i < items.length; i++) {
      const value = call1(key, items[i]);
      if (value === EXC) return EXC;
      keys[i] = value;
    }
  }
  if (items.length < 2) return items;
  return attempt(() => (key === null ? sortValues(items, descending) : sortByKeys(items, keys, descending)));
}

// ── without a key function ─────────────────────────────────────────────────────────────────────────────────
function sortValues(items: Value[], descending: boolean): Value[] {
  const kind = kindOf(items);
  if (kind === NUMBERS) {
    const ints = sortedInts(items as number[]);
    return descending ? ints.reverse() : ints;
  }
  const copy = items.slice();
  if (descending) copy.reverse();
  switch (kind) {
    case STRINGS:
      mergeSort(copy as string[], stringLess);
      break;
    case FLOATS:
      mergeSort(copy as PyFloat[], floatLess);
      break;
    case TUPLES:
      mergeSort(copy as PyTuple[], lessOfTuples(copy as PyTuple[]));
      break;
    default:
      mergeSort(copy, valueLess);
  }
  return descending ? copy.reverse() : copy;
}

// ── with one ───────────────────────────────────────────────────────────────────────────────────────────────
function sortByKeys(items: Value[], keys: Value[], descending: boolean): Value[] {
  const order: number[] = [];
  for (let i = 0; i < items.length; i++) order.push(i);
  if (descending) order.reverse();
  mergeSort(order, lessByKeys(keys));
  if (descending) order.reverse();
  const sorted = new Array<Value>(items.length);
  for (let i = 0; i < order.length; i++) sorted[i] = items[order[i]];
  return sorted;
}

function lessByKeys(keys: Value[]): Less<number> {
  switch (kindOf(keys)) {
    case NUMBERS: {
      const numbers = keys as number[];
      return (i, j) => numbers[i] < numbers[j];
    }
    case STRINGS: {
      const strings = keys as string[];
      return (i, j) => strings[i] < strings[j];
    }
    case FLOATS: {
      const floats = Float64Array.from(keys as PyFloat[], (key) => key.value);
      return (i, j) => floats[i] < floats[j];
    }
    case TUPLES: {
      const tuples = keys as PyTuple[];
      const less = lessOfTuples(tuples);
      return (i, j) => less(tuples[i], tuples[j]);
    }
    default:
      return (i, j) => valueLess(keys[i], keys[j]);
  }
}

// ── kinds of values and their order ────────────────────────────────────────────────────────────────────────
const MIXED = 0;
const NUMBERS = 1;
const STRINGS = 2;
const FLOATS = 3;
const TUPLES = 4;

/** What all values are: then they can be compared without asking their types each time. */
function kindOf(values: readonly Value[]): number {
  const kind = kindOfOne(values[0]);
  for (let i = 1; i < values.length && kind !== MIXED; i++) if (kindOfOne(values[i]) !== kind) return MIXED;
  return kind;
}
function kindOfOne(value: Value): number {
  if (typeof value === "number") return NUMBERS;
  if (typeof value === "string") return STRINGS;
  if (value === null || typeof value !== "object") return MIXED;
  const { cls } = (value as PyObject).shape;
  return cls === floatType ? FLOATS : cls === tupleType ? TUPLES : MIXED;
}

const stringLess = (a: string, b: string): boolean => a < b;
const floatLess = (a: PyFloat, b: PyFloat): boolean => a.value < b.value;

/** Where all first items are numbers, or all strings, they mostly decide. */
function lessOfTuples(tuples: readonly PyTuple[]): Less<PyTuple> {
  if (tuples.some(({ items }) => items.length === 0)) return tupleLess;
  switch (kindOf(tuples.map(({ items }) => items[0]))) {
    case NUMBERS:
      return (a, b) => {
        const x = a.items[0] as number;
        const y = b.items[0] as number;
        return x === y ? tupleLess(a, b) : x < y;
      };
    case STRINGS:
      return (a, b) => {
        const x = a.items[0] as string;
        const y = b.items[0] as string;
        return x === y ? tupleLess(a, b) : x < y;
      };
    default:
      return tupleLess;
  }
}

function tupleLess(a: PyTuple, b: PyTuple): boolean {
  const x = a.items;
  const y = b.items;
  const common = Math.min(x.length, y.length);
  for (let i = 0; i < common; i++) {
    if (x[i] === y[i]) continue;
    const same = itemsEqual(x[i], y[i]);
    if (same === EXC) throw new PyThrow();
    if (!same) return valueLess(x[i], y[i]);
  }
  return x.length < y.length;
}

function valueLess(a: Value, b: Value): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "string" && typeof b === "string") return a < b;
  if (a instanceof PyFloat && b instanceof PyFloat && a.shape === b.shape) return a.value < b.value;
  const result = compareBool(a, b, LT);
  if (result === EXC) throw new PyThrow();
  return result;
}
