/**
 * Sets and frozensets: the class with all operations for JavaScript. The types' behaviour is in `set/type.ts`.
 *
 * Two kinds: strings alone stand in a Map from the string to its position in an array (order of insertion; removed
 * positions are undefined); anything else in an `ElementTable`. Positions of both only change when elements are added.
 */
import {
  EXC,
  type Exc,
  HEAPTYPE,
  Identity,
  type Int,
  PyObject,
  type PyType,
  type Status,
  type Value,
  isSubtype,
  objectType,
} from "./core.ts";
import { hashOfKeyRaw } from "./dict/key-hash.ts";
import { unhashableElement } from "./dict/unhashable.ts";
import { catches, clearException } from "./errors.ts";
import { typeErrorType } from "./exceptions/types.ts";
import { tableHash } from "./protocol/object.ts";
import { ElementTable } from "./set/element-table.ts";
import { frozensetType, setType, strType } from "./types.ts";
import { emptyArray } from "./uniform-array.ts";

const MAP_LIMIT = 16_000_000;

export class PySet extends PyObject {
  size = 0;
  /** Not null: all elements are primitive strings. Empty sets start with neither table. */
  private strings: Map<string, number> | null = null;
  private order: (string | undefined)[] = NO_STRINGS;
  private table: ElementTable | null = null;
  /** Where `pop` starts to look: positions before it are empty. */
  private finger = 0;
  /** A frozenset's hash, once asked for. */
  cachedHash: Int | undefined = undefined;
  private identity: Identity | null = null;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
  override getIdentity(): Identity {
    return (this.identity ??= new Identity());
  }

  /** May looking up an element of a builtin type run Python code? */
  get hasStrangers(): boolean {
    return this.table !== null && this.table.hasStrangers;
  }

  add(value: Value): Status {
    if (typeof value === "string" && this.table === null) {
      this.addString(value);
      return null;
    }
    const hash = hashOfElement(value);
    return hash === EXC ? EXC : this.addHashed(value, hash);
  }

  /** As `add`, with the element's table hash at hand. */
  addHashed(value: Value, hash: number): Status {
    if (this.table === null) {
      if (typeof value === "string") {
        this.addString(value);
        return null;
      }
      this.becomeTable();
    }
    const table = this.table as unknown as ElementTable;
    for (;;) {
      const { slots } = table;
      const found = table.find(value, hash);
      if (found === EXC) return EXC;
      if (this.table !== table) return this.addHashed(value, hash);
      if (found >= 0) return null;
      // A comparison may have put something there.
      if (table.slots !== slots || !table.isVacant(found)) continue;
      table.insert(found, value, hash);
      this.size++;
      return null;
    }
  }

  private addString(value: string): void {
    this.strings ??= new Map();
    if (this.strings.has(value)) return;
    if (this.strings.size >= MAP_LIMIT) {
      this.becomeTable();
      this.addHashed(value, tableHash(value) as number);
      return;
    }
    if (this.order === NO_STRINGS) this.order = [];
    else if (this.order.length > 16 && this.order.length > this.size * 2) this.compactStrings();
    this.strings.set(value, this.order.length);
    this.order.push(value);
    this.size++;
  }

  private compactStrings(): void {
    this.order = this.order.filter((value) => value !== undefined);
    this.finger = 0;
    for (let i = 0; i < this.order.length; i++) this.strings!.set(this.order[i] as string, i);
  }

  /** An unhashable set stands for the frozenset of its elements. */
  has(value: Value): boolean | Exc {
    const found = this.hasExactly(value);
    return found === EXC && standsForFrozen(value) ? this.hasExactly(frozenCopy(value)) : found;
  }

  private hasExactly(value: Value): boolean | Exc {
    if (this.table === null) {
      const string = typeof value === "string" ? value : this.asString(value);
      if (typeof string === "string") return this.strings !== null && this.strings.has(string);
      if (string === EXC) return EXC;
      if (string === null) return false;
    }
    const hash = hashOfElement(value);
    return hash === EXC ? EXC : this.hasHashed(value, hash);
  }

  /** As `has`, with the element's table hash at hand. */
  hasHashed(value: Value, hash: number): boolean | Exc {
    if (this.table === null) return this.has(value);
    const found = this.table.find(value, hash);
    return found === EXC ? EXC : found >= 0;
  }

  /** See PyDict: the string that an element stands for; null: none; undefined: ask it (the set is a table now). */
  private asString(value: Value): string | null | undefined | Exc {
    if (value === null || typeof value !== "object") return null;
    const { cls } = value.shape;
    if ((cls.flags & HEAPTYPE) !== 0) {
      if (cls.tp_hash === strType.tp_hash && cls.tp_richcompare === strType.tp_richcompare) {
        const { value: primitive } = value as PyObject & { value: Value };
        return typeof primitive === "string" ? primitive : null;
      }
      if (cls.tp_hash !== objectType.tp_hash) {
        if (hashOfElement(value) === EXC) return EXC;
        if (this.size === 0) return null;
        this.becomeTable();
        return undefined;
      }
      return null;
    }
    return hashOfElement(value) === EXC ? EXC : null;
  }

  /** Removes an element; false when it is absent. An unhashable set stands for the frozenset of its elements. */
  discard(value: Value): boolean | Exc {
    const removed = this.discardExactly(value);
    return removed === EXC && standsForFrozen(value) ? this.discardExactly(frozenCopy(value)) : removed;
  }

  private discardExactly(value: Value): boolean | Exc {
    if (this.table === null) {
      const string = typeof value === "string" ? value : this.asString(value);
      if (typeof string === "string") return this.discardString(string);
      if (string === EXC) return EXC;
      if (string === null) return false;
    }
    const hash = hashOfElement(value);
    return hash === EXC ? EXC : this.discardHashed(value, hash);
  }

  discardHashed(value: Value, hash: number): boolean | Exc {
    if (this.table === null) return this.discard(value);
    const found = this.table.find(value, hash);
    if (found === EXC) return EXC;
    if (found < 0) return false;
    this.table.remove(found);
    this.size--;
    return true;
  }

  private discardString(value: string): boolean {
    const position = this.strings?.get(value);
    if (position === undefined) return false;
    this.strings!.delete(value);
    this.order[position] = undefined;
    this.size--;
    return true;
  }

  /** Removes and gives some element; undefined when empty. */
  pop(): Value | undefined {
    if (this.size === 0) return undefined;
    let position = this.next(this.finger - 1);
    if (position < 0) position = this.next(-1);
    const value = this.at(position);
    if (this.table === null) {
      this.discardString(value as string);
    } else {
      this.table.remove(position);
      this.size--;
    }
    this.finger = position + 1;
    return value;
  }

  clear(): void {
    this.table?.clear();
    this.table = null;
    this.strings = null;
    this.order = NO_STRINGS;
    this.finger = 0;
    this.size = 0;
  }

  /** The first position in use after `position` (start with -1); -1 at the end. */
  next(position: number): number {
    if (this.table !== null) return this.table.next(position);
    const { order } = this;
    for (let i = position + 1; i < order.length; i++) if (order[i] !== undefined) return i;
    return -1;
  }
  at(position: number): Value {
    return this.table !== null ? this.table.at(position) : (this.order[position] as string);
  }
  /** The table hash of the element at a position. */
  hashAt(position: number): number {
    return this.table !== null ? this.table.hashes[position] : (tableHash(this.at(position)) as number);
  }

  /** The element's table hash for a look-up in `target`; anything when both hold strings, which need no hash. */
  hashFor(target: PySet, position: number): number {
    return this.table === null && target.table === null ? 0 : this.hashAt(position);
  }

  /** The elements in order of iteration; a fresh array. */
  values(): Value[] {
    const values = emptyArray<Value>();
    for (let i = this.next(-1); i >= 0; i = this.next(i)) values.push(this.at(i));
    return values;
  }

  /** After removals in bulk. */
  sweep(): void {
    this.table?.sweep();
  }

  /** Adds all elements of another set. */
  update(other: PySet): Status {
    if (other === this || other.size === 0) return null;
    if (this.size === 0 && (this.table === null || this.table.isFresh)) {
      this.copyFrom(other);
      return null;
    }
    if (this.table === null && other.table === null) {
      for (const value of other.order) if (value !== undefined) this.addString(value);
      return null;
    }
    if (this.table === null) this.becomeTable();
    this.table!.expect(other.size);
    const { size } = other;
    for (let i = other.next(-1); i >= 0 && other.size === size; i = other.next(i)) {
      if (this.addHashed(other.at(i), other.hashAt(i)) === EXC) return EXC;
    }
    return null;
  }

  /** Takes over all elements of `other`; this set must be empty. Calls no Python. */
  copyFrom(other: PySet): void {
    if (other.table !== null) {
      const table = new ElementTable();
      table.expect(other.size);
      table.copyFrom(other.table);
      this.table = table;
      this.strings = null;
      this.order = NO_STRINGS;
    } else if (this.table === null) {
      this.strings = null;
      this.order = NO_STRINGS;
      this.finger = 0;
      for (const value of other.order) if (value !== undefined) this.addString(value);
    } else {
      for (const value of other.order) if (value !== undefined) this.addHashed(value, tableHash(value) as number);
    }
    this.size = other.size;
  }

  private becomeTable(): void {
    const table = new ElementTable();
    for (const value of this.order) {
      if (value === undefined) continue;
      const hash = tableHash(value) as number;
      table.insert(table.find(value, hash) as number, value, hash);
    }
    this.table = table;
    this.strings = null;
    this.order = NO_STRINGS;
    this.finger = 0;
  }
}

/** Never changed. */
const NO_STRINGS: (string | undefined)[] = [];

/** Is it a set whose hash was refused? Then the TypeError is cleared. */
function standsForFrozen(value: Value): value is PySet {
  if (!(value instanceof PySet) || !isSubtype(value.shape.cls, setType) || !catches(typeErrorType)) return false;
  clearException();
  return true;
}
function frozenCopy(set: PySet): PySet {
  const frozen = newFrozenset();
  frozen.copyFrom(set);
  return frozen;
}

/** The element's hash for the table; an unhashable element is named as such. */
export function hashOfElement(value: Value): number | Exc {
  const hash = hashOfKeyRaw(value);
  return hash === EXC ? unhashableElement(value) : hash;
}

export function newSet(): PySet {
  return new PySet(setType);
}
export function newFrozenset(): PySet {
  return new PySet(frozensetType);
}
