/**
 * Lists: the class and its makers. The type's behaviour is in `list/type.ts`, apart, so that the kernel can make lists
 * without loading it.
 *
 * A list of exact floats alone keeps raw doubles, which need no box each and which compiled code reads as they are. Only
 * code that is about speed knows: to all else `items` is the array of values, and asking for it makes the list an
 * ordinary one for good. So nobody ever holds an array that the list no longer uses.
 *
 * What is about speed reads the two sorts of array at two places, `doubles` and `storage`: V8 knows at most four hidden
 * classes of arrays at a place, and values alone have four (small ints or not, with holes or without).
 */
import { Identity, PyObject, type PyType, type Value } from "./core.ts";
import { newFloat } from "./float.ts";
import { boxDoubles, doublesOf, isPlainFloat, oneDouble } from "./list/doubles.ts";
import { listType } from "./types.ts";
import { emptyArray } from "./uniform-array.ts";

export class PyList extends PyObject {
  /** Raw doubles where `isFloat`, else values. Re-read both after anything that may call Python, or ask for `items`. */
  storage: unknown[];
  /** An empty list may be one too: of what, its first item decides. */
  isFloat: boolean;
  private identity: Identity | null = null;

  constructor(cls: PyType, storage: unknown[], isFloat = false) {
    super(cls.shapes);
    this.storage = storage;
    this.isFloat = isFloat;
  }
  override getIdentity(): Identity {
    return (this.identity ??= new Identity());
  }

  /** The values. Re-read it and its length after anything that may call Python. */
  get items(): Value[] {
    if (this.isFloat) this.box();
    return this.storage as Value[];
  }
  set items(items: Value[]) {
    this.storage = items;
    this.isFloat = false;
  }
  private box(): void {
    const { storage } = this;
    this.isFloat = false;
    if (storage.length > 0) this.storage = boxDoubles(storage as number[]);
  }

  // ── without making it an ordinary list ─────────────────────────────────────────────────────────────────────
  get length(): number {
    return this.isFloat ? this.doubles.length : this.storage.length;
  }
  /** The item at an index that is within the list. */
  at(index: number): Value {
    return this.isFloat ? newFloat(this.doubles[index]) : (this.storage[index] as Value);
  }
  set(index: number, value: Value): void {
    if (this.isFloat && isPlainFloat(value)) this.doubles[index] = value.value;
    else this.items[index] = value;
  }
  push(value: Value): void {
    if (this.isFloat) this.pushOnFloats(value);
    else this.storage.push(value);
  }
  /** Of a list that `isFloat`. */
  pushOnFloats(value: Value): void {
    if (isPlainFloat(value)) this.pushDouble(value.value);
    else this.items.push(value);
  }
  /** The same; `value` is not NaN. */
  pushDouble(value: number): void {
    const { doubles } = this;
    if (doubles.length === 0) this.storage = oneDouble(value);
    else doubles.push(value);
  }
  insert(index: number, value: Value): void {
    if (index === this.length) this.push(value);
    else if (this.isFloat && isPlainFloat(value)) this.doubles.splice(index, 0, value.value);
    else this.items.splice(index, 0, value);
  }
  /** The values in a fresh array. */
  values(): Value[] {
    return this.isFloat ? boxDoubles(this.doubles) : (this.storage as Value[]).slice();
  }
  /** Of a list that `isFloat`. */
  get doubles(): number[] {
    return this.storage as number[];
  }
  /** Back to an empty list that is not decided yet. */
  reset(): void {
    this.storage = emptyArray();
    this.isFloat = this.shape === listType.shapes;
  }
  /** Puts an array's values at the end; a list that is empty may keep the array itself. */
  extend(values: Value[]): void {
    if (this.isFloat) {
      if (values.length === 0) return;
      const more = doublesOf(values);
      if (more !== null) return this.extendDoubles(more);
    }
    const { items } = this;
    if (items.length === 0) this.items = values;
    else if (values.length < 32) for (const value of values) items.push(value);
    else this.items = items.concat(values);
  }
  /** The same with doubles, of a list that `isFloat`; the array is not changed, nor kept. */
  extendDoubles(more: readonly number[]): void {
    const { doubles } = this;
    if (doubles.length === 0) this.storage = more.slice();
    else if (more.length < 32) for (let i = 0, n = more.length; i < n; i++) doubles.push(more[i]);
    else this.storage = doubles.concat(more);
  }
}

/** A list of `items`; the array is kept, not copied. */
export function newList(items: Value[]): PyList {
  return new PyList(listType, items);
}
export function newEmptyList(): PyList {
  return new PyList(listType, emptyArray(), true);
}
/** A list of raw doubles, none of which is NaN; the array is kept. */
export function newFloatList(doubles: number[]): PyList {
  return new PyList(listType, doubles, true);
}
/** The raw doubles of an exact list of floats, which are not to be changed; null for all else. */
export function doublesIn(value: Value): number[] | null {
  return value instanceof PyList && value.isFloat && value.shape === listType.shapes ? value.doubles : null;
}
/** A list of the values in `s[start, end)`. */
export function listOf(s: Value[], start: number, end: number): PyList {
  if (start === end) return newEmptyList();
  // A copy: what V8 has optimised makes arrays with holes possible of those that it reads, and of all from their place.
  const values = s.slice(start, end);
  const doubles = doublesOf(values);
  return doubles !== null ? newFloatList(doubles) : newList(values);
}
