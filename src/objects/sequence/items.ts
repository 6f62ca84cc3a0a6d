/** What lists and tuples have in common: comparison, search, text and slices of arrays of values. */
import { BLOCK } from "../blocks.ts";
import {
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  GE,
  GT,
  LE,
  LT,
  NE,
  type PyObject,
  type Result,
  type Value,
} from "../core.ts";
import { memoryError, type raise, typeError, valueError } from "../errors.ts";
import { overflowErrorType } from "../exceptions/types.ts";
import { PyFloat } from "../float.ts";
import { asSize, type SliceIndices } from "../protocol/convert.ts";
import { MAX_ITEMS } from "../limits.ts";
import { compareBool, repr, richCompare } from "../protocol/object.ts";
import { reprEnter, reprLeave } from "../recursion.ts";
import { type Str, strConcatAll } from "../str/astral.ts";
import { typeOf } from "../types.ts";
import { emptyArray } from "../uniform-array.ts";

/** Anything with an array of items; the array may be replaced or change while Python code runs. */
export interface HasItems {
  items: Value[];
}

/** Order and equality of two sequences, item by item. */
export function compareItems(a: HasItems, b: HasItems, op: CompareOp): Result {
  if (a.items.length !== b.items.length && (op === EQ || op === NE)) return op === NE;
  for (let from = 0; from < a.items.length && from < b.items.length; from += BLOCK) {
    const decided = compareBlock(a, b, op, from);
    if (decided !== undefined) return decided;
  }
  const n = a.items.length;
  const m = b.items.length;
  switch (op) {
    case LT:
      return n < m;
    case LE:
      return n <= m;
    case EQ:
      return n === m;
    case NE:
      return n !== m;
    case GT:
      return n > m;
    default:
      return n >= m;
  }
}

/** undefined: a block of equal items. */
function compareBlock(a: HasItems, b: HasItems, op: CompareOp, from: number): Result | undefined {
  for (let i = from; i < from + BLOCK && i < a.items.length && i < b.items.length; i++) {
    const x = a.items[i];
    const y = b.items[i];
    if (x === y) continue;
    const same = itemsEqual(x, y);
    if (same === EXC) return EXC;
    if (same) continue;
    // The comparison may have shortened one of the lists.
    if (i >= a.items.length || i >= b.items.length) break;
    return compareDecided(x, y, op);
  }
  return undefined;
}

/** The first items that differ decide. */
function compareDecided(x: Value, y: Value, op: CompareOp): Result {
  if (op === EQ) return false;
  if (op === NE) return true;
  if ((typeof x === "number" && typeof y === "number") || (typeof x === "string" && typeof y === "string")) {
    return op === LT ? x < y : op === LE ? x <= y : op === GT ? x > y : op === GE ? x >= y : false;
  }
  return richCompare(x, y, op);
}

/** Equality of two values that are not identical; primitives of one kind are then different without asking. */
export function itemsEqual(x: Value, y: Value): boolean | Exc {
  if (typeof x === typeof y && typeof x !== "object") return false;
  if (x instanceof PyFloat && y instanceof PyFloat && x.shape === y.shape && x.value === y.value) return true;
  return compareBool(x, y, EQ);
}

/** The first index at or after `start`, before `stop`, whose item equals `value`; -1 when there is none. */
export function findItem(sequence: HasItems, value: Value, start = 0, stop = Number.MAX_SAFE_INTEGER): number | Exc {
  for (let from = start; from < stop && from < sequence.items.length; from += BLOCK) {
    const found = findInBlock(sequence, value, from, Math.min(from + BLOCK, stop));
    if (found !== -1) return found;
  }
  return -1;
}
function findInBlock(sequence: HasItems, value: Value, from: number, to: number): number | Exc {
  for (let i = from; i < to && i < sequence.items.length; i++) {
    const item = sequence.items[i];
    if (item === value) return i;
    const same = itemsEqual(item, value);
    if (same === EXC) return EXC;
    if (same) return i;
  }
  return -1;
}

export function countItem(sequence: HasItems, value: Value): number | Exc {
  let count = 0;
  for (let from = 0; from < sequence.items.length; from += BLOCK) {
    const more = countInBlock(sequence, value, from);
    if (more === EXC) return EXC;
    count += more;
  }
  return count;
}
function countInBlock(sequence: HasItems, value: Value, from: number): number | Exc {
  let count = 0;
  for (let i = from; i < from + BLOCK && i < sequence.items.length; i++) {
    const item = sequence.items[i];
    const same = item === value || itemsEqual(item, value);
    if (same === EXC) return EXC;
    if (same) count++;
  }
  return count;
}

/** `sequence.index(value, start, stop)`: the bounds count from the end when negative. */
export function indexOf(sequence: HasItems, value: Value, start?: Value, stop?: Value, missing = ""): number | Exc {
  const from = start === undefined ? 0 : boundOf(start, sequence.items.length);
  if (from === EXC) return EXC;
  const to = stop === undefined ? Number.MAX_SAFE_INTEGER : boundOf(stop, sequence.items.length);
  if (to === EXC) return EXC;
  const found = findItem(sequence, value, from, to);
  return found === -1 ? valueError(missing) : found;
}

/** A bound of a search: clipped at 0, counted from the end when negative. */
export function boundOf(value: Value, length: number): number | Exc {
  if (typeof value !== "number" && typeOf(value).nb_index === null) {
    return typeError("slice indices must be integers or have an __index__ method");
  }
  const bound = asSize(value, null);
  return bound === EXC ? EXC : bound < 0 ? Math.max(0, bound + length) : bound;
}

/** `open`, the items' reprs with commas between, `close`; `inside` when the sequence contains itself. */
export function reprItems(self: PyObject & HasItems, open: string, close: string, inside: string): Str | Exc {
  if (reprEnter(self)) return inside;
  const parts: Str[] = [open];
  for (let i = 0; i < self.items.length; i++) {
    const text = repr(self.items[i]);
    if (text === EXC) {
      reprLeave(self);
      return EXC;
    }
    if (i > 0) parts.push(", ");
    parts.push(text);
  }
  parts.push(close);
  reprLeave(self);
  return strConcatAll(parts);
}

/** `items * count`. */
export function repeatItems(items: readonly Value[], count: number): Value[] | Exc {
  if (count <= 0 || items.length === 0) return [];
  const length = items.length * count;
  if (length > MAX_ITEMS) return memoryError();
  // Beyond some thirty million elements V8 makes an array of given length a dictionary.
  if (items.length === 1 && length < 30_000_000) return new Array<Value>(length).fill(items[0]);
  const result = emptyArray<Value>();
  for (let i = 0; i < count; i++) for (let j = 0; j < items.length; j++) result.push(items[j]);
  return result;
}

/** The operand of `sequence * n` as a count. */
export function repeatCount(n: Value): number | Exc {
  return asSize(n, overflowErrorType);
}

/** The items of a slice; a fresh array. */
export function sliceItems(items: readonly Value[], { start, step, count }: SliceIndices): Value[] {
  if (step === 1) return items.slice(start, start + count);
  const result = items.slice(0, count);
  for (let i = 0, at = start; i < count; i++, at += step) result[i] = items[at];
  return result;
}

/** An index in a subscript: not an index at all is undefined. */
export function subscriptIndex(key: Value, indexErrorType: Parameters<typeof raise>[0]): number | undefined | Exc {
  if (typeof key === "number") return key;
  return typeOf(key).nb_index === null ? undefined : asSize(key, indexErrorType);
}
