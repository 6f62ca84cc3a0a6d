/**
 * Dicts: the class with all of a dict's operations for JavaScript. The type's behaviour is in `dict/type.ts`.
 *
 * Three kinds, by what the keys are (measurements: docs/objects.md):
 *   SMALL  up to eight strings, in parallel arrays scanned by ===; the array of keys may be shared (copy on write)
 *          between dicts made at one place (literals, keyword arguments), so its identity can guard a look-up.
 *   STRING strings: a Map from the key to its cell. A cell is good for inline caches: its `value` is undefined once
 *          the key is deleted or the dict is no longer of this kind.
 *   OWN    anything: our own hash table (`hash-table.ts`) and an array of values beside it.
 * In each kind an entry has a position; positions only change when keys are added, as in CPython, so that iteration
 * by position is safe.
 */
import {
  EXC,
  type Exc,
  HEAPTYPE,
  Identity,
  type Namespace,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
  objectType,
} from "./core.ts";
import { HashTable } from "./dict/hash-table.ts";
import { hashOfKeyRaw } from "./dict/key-hash.ts";
import { unhashableKey } from "./dict/unhashable.ts";
import { clearException } from "./errors.ts";
import { tableHash } from "./protocol/object.ts";
import { dictType, strType } from "./types.ts";

export const SMALL = 0;
export const STRING = 1;
export const OWN = 2;
const SMALL_LIMIT = 8;
/** A Map of V8's ends at 2**24 entries. */
const MAP_LIMIT = 16_000_000;

/** An entry of a dict of the STRING kind. */
export class DictEntry {
  constructor(
    readonly key: string,
    public value: Value | undefined,
  ) {}
}

export class PyDict extends PyObject implements Namespace {
  size = 0;
  /** Changes whenever a key is added or removed, or the table replaced. Comparable for one dict only. */
  keysVersion = 0;
  kind = SMALL;
  /** SMALL: keys by position, undefined where removed; shared with other dicts when `keysShared`. */
  smallKeys: (string | undefined)[] = NO_KEYS;
  keysShared = true;
  /** SMALL and OWN: values by position. */
  slots: (Value | undefined)[] = [];
  private strings: Map<string, DictEntry> | null = null;
  /** STRING: the entries by position, removed ones included; made when positions are first asked for. */
  private order: DictEntry[] | null = null;
  private table: HashTable | null = null;
  /** No live position comes before it: queues, which remove at the front, need not search. */
  private head = 0;
  private identity: Identity | null = null;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
  override getIdentity(): Identity {
    return (this.identity ??= new Identity());
  }

  // ── look-up ──────────────────────────────────────────────────────────────────────────────────────────────
  get(key: Value): Value | undefined | Exc {
    if (this.kind !== OWN) {
      if (typeof key === "string") return this.getStr(key);
      const string = this.asString(key);
      if (string === EXC) return EXC;
      if (typeof string === "string") return this.getStr(string);
      if (string === null) return undefined;
    }
    const position = this.locateOwn(key);
    if (position === EXC) return EXC;
    return position < 0 ? undefined : this.slots[position];
  }

  /** The value of a string key. Never raises: an error in a comparison with a stranger counts as "not equal". */
  getStr(key: string): Value | undefined {
    if (this.kind === STRING) return this.strings!.get(key)?.value;
    if (this.kind === SMALL) {
      const keys = this.smallKeys;
      for (let i = 0; i < keys.length; i++) if (keys[i] === key) return this.slots[i];
      return undefined;
    }
    const position = this.locateQuietly(key);
    return position < 0 ? undefined : this.slots[position];
  }

  has(key: Value): boolean | Exc {
    const value = this.get(key);
    return value === EXC ? EXC : value !== undefined;
  }

  /** May looking up a key of a builtin type run Python code? */
  get hasStrangers(): boolean {
    return this.table !== null && this.table.hasStrangers;
  }

  private locateOwn(key: Value): number | Exc {
    const hash = hashOfKey(key);
    return hash === EXC ? EXC : this.table!.find(key, hash);
  }

  /**
   * For a key that is no primitive string, while all keys of the dict are: the string it stands for (instances of
   * str's subclasses); null when it equals no string; undefined when it might, and the dict has become OWN to ask it.
   */
  private asString(key: Value): string | null | undefined | Exc {
    if (key === null || typeof key !== "object") return null;
    const { cls } = key.shape;
    if ((cls.flags & HEAPTYPE) !== 0) {
      if (cls.tp_hash === strType.tp_hash && cls.tp_richcompare === strType.tp_richcompare) {
        const { value } = key as PyObject & { value: Value };
        return typeof value === "string" ? value : null;
      }
      if (cls.tp_hash !== objectType.tp_hash) {
        if (hashOfKey(key) === EXC) return EXC;
        if (this.size === 0) return null;
        this.becomeOwn();
        return undefined;
      }
      return null;
    }
    return hashOfKey(key) === EXC ? EXC : null;
  }

  private locateQuietly(key: string): number {
    const position = this.table!.find(key, tableHash(key) as number);
    if (position !== EXC) return position;
    clearException();
    return -1;
  }

  /** The cell of a string key, for inline caches; undefined when the key is absent or the kind is OWN. */
  cell(key: string): DictEntry | undefined {
    if (this.kind === SMALL) {
      if (!this.smallKeys.includes(key)) return undefined;
      this.becomeString();
    }
    return this.kind === STRING ? this.strings!.get(key) : undefined;
  }

  // ── change ───────────────────────────────────────────────────────────────────────────────────────────────
  set(key: Value, value: Value): Status {
    if (typeof key === "string" && this.kind !== OWN) {
      this.setStr(key, value);
      return null;
    }
    return this.setHashed(key, value, hashOfKey(key));
  }

  /** As `set`, with the key's table hash at hand. */
  setHashed(key: Value, value: Value, hash: number | Exc): Status {
    if (hash === EXC) return EXC;
    if (typeof key === "string" && this.kind !== OWN) {
      this.setStr(key, value);
      return null;
    }
    if (this.kind !== OWN) this.becomeOwn();
    const table = this.table as HashTable;
    const position = table.find(key, hash);
    if (position === EXC) return EXC;
    // A comparison cleared the dict meanwhile.
    if (this.table !== table) return this.set(key, value);
    if (position >= 0) this.slots[position] = value;
    else this.appendOwn(key, hash, value);
    return null;
  }

  private appendOwn(key: Value, hash: number, value: Value): void {
    const table = this.table as HashTable;
    if (table.reserve(this.slots)) this.head = 0;
    table.append(key, hash);
    this.slots.push(value);
    this.size++;
    this.keysVersion++;
  }

  setStr(key: string, value: Value): void {
    if (this.kind === STRING) {
      const entry = this.strings!.get(key);
      if (entry !== undefined) entry.value = value;
      else this.addString(key, value);
    } else if (this.kind === SMALL) {
      this.setSmall(key, value);
    } else if (this.setHashed(key, value, tableHash(key)) === EXC) {
      clearException();
      this.appendOwn(key, tableHash(key) as number, value);
    }
  }

  private setSmall(key: string, value: Value): void {
    const keys = this.smallKeys;
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === key) {
        this.slots[i] = value;
        return;
      }
    }
    if (keys.length >= SMALL_LIMIT) {
      if (this.size >= SMALL_LIMIT / 2) {
        this.becomeString();
        this.addString(key, value);
        return;
      }
      this.compactSmall();
    } else if (this.keysShared) {
      this.ownKeys();
    }
    this.smallKeys.push(key);
    this.slots.push(value);
    this.size++;
    this.keysVersion++;
  }

  private addString(key: string, value: Value): void {
    const strings = this.strings as Map<string, DictEntry>;
    if (strings.size >= MAP_LIMIT) {
      this.becomeOwn();
      this.setStr(key, value);
      return;
    }
    const entry = new DictEntry(key, value);
    strings.set(key, entry);
    this.size++;
    this.keysVersion++;
    if (this.order !== null) {
      if (this.order.length > 16 && this.order.length > this.size * 2) {
        this.order = this.order.filter(isLive);
        this.head = 0;
      }
      this.order.push(entry);
    }
  }

  /** Removes a key; false when it is absent. */
  delete(key: Value): boolean | Exc {
    if (this.kind !== OWN) {
      if (typeof key === "string") return this.delStr(key);
      const string = this.asString(key);
      if (string === EXC) return EXC;
      if (typeof string === "string") return this.delStr(string);
      if (string === null) return false;
    }
    const position = this.locateOwn(key);
    if (position === EXC) return EXC;
    if (position < 0) return false;
    this.removeAt(position);
    return true;
  }

  delStr(key: string): boolean {
    if (this.kind === STRING) {
      const entry = this.strings!.get(key);
      if (entry === undefined) return false;
      this.removeEntry(entry);
      return true;
    }
    const position = this.kind === SMALL ? this.smallKeys.indexOf(key) : this.locateQuietly(key);
    if (position < 0) return false;
    this.removeAt(position);
    return true;
  }

  /** Removes the entry at a live position. */
  removeAt(position: number): void {
    if (this.kind === STRING) {
      this.removeEntry(this.entries()[position]);
      return;
    }
    if (this.kind === SMALL) {
      if (this.keysShared) this.ownKeys();
      this.smallKeys[position] = undefined;
    } else {
      this.table!.remove(position);
    }
    this.slots[position] = undefined;
    this.size--;
    this.keysVersion++;
  }

  private removeEntry(entry: DictEntry): void {
    this.strings!.delete(entry.key);
    entry.value = undefined;
    this.size--;
    this.keysVersion++;
  }

  /** The value of `key`, inserting `value` when it is absent. */
  setDefault(key: Value, value: Value): Result {
    if (typeof key === "string" && this.kind !== OWN) {
      const present = this.getStr(key);
      if (present !== undefined) return present;
      this.setStr(key, value);
      return value;
    }
    const hash = hashOfKey(key);
    if (hash === EXC) return EXC;
    if (this.kind !== OWN) this.becomeOwn();
    const table = this.table as HashTable;
    const position = table.find(key, hash);
    if (position === EXC) return EXC;
    if (this.table !== table) return this.setDefault(key, value);
    if (position >= 0) return this.slots[position] as Value;
    this.appendOwn(key, hash, value);
    return value;
  }

  /** Removes a key and gives its value; undefined when it is absent. An empty dict does not hash the key. */
  pop(key: Value): Value | undefined | Exc {
    if (this.size === 0) return undefined;
    if (this.kind !== OWN) {
      if (typeof key === "string") return this.popStr(key);
      const string = this.asString(key);
      if (string === EXC) return EXC;
      if (typeof string === "string") return this.popStr(string);
      if (string === null) return undefined;
    }
    const position = this.locateOwn(key);
    if (position === EXC) return EXC;
    if (position < 0) return undefined;
    const value = this.slots[position];
    this.removeAt(position);
    return value;
  }

  private popStr(key: string): Value | undefined {
    const value = this.getStr(key);
    if (value !== undefined) this.delStr(key);
    return value;
  }

  /** Removes the last entry; undefined when empty. */
  popItem(): [Value, Value] | undefined {
    if (this.size === 0) return undefined;
    let last = this.positions() - 1;
    while (!this.isLiveAt(last)) last--;
    const item: [Value, Value] = [this.keyAt(last), this.valueAt(last)];
    if (this.kind === STRING) {
      this.removeEntry(this.entries()[last]);
      this.entries().length = last;
    } else if (this.kind === SMALL) {
      this.removeAt(last);
      this.smallKeys.length = last;
      this.slots.length = last;
    } else {
      this.table!.truncate(last, this.slots);
      this.size--;
      this.keysVersion++;
    }
    return item;
  }

  clear(): void {
    this.head = 0;
    this.forgetCells();
    this.table?.clear();
    this.table = null;
    this.kind = SMALL;
    this.smallKeys = NO_KEYS;
    this.keysShared = true;
    this.slots = [];
    this.size = 0;
    this.keysVersion++;
  }

  // ── positions ────────────────────────────────────────────────────────────────────────────────────────────
  /** One more than the last position. */
  positions(): number {
    return this.kind === STRING ? this.entries().length : this.slots.length;
  }

  private isLiveAt(position: number): boolean {
    return this.slotAt(position) !== undefined;
  }

  private slotAt(position: number): Value | undefined {
    return this.kind === STRING ? this.entries()[position].value : this.slots[position];
  }

  /** The first live position after `position` (start with -1); -1 at the end. */
  next(position: number): number {
    const from = position < this.head ? this.head : position + 1;
    const found = this.kind === STRING ? nextLive(this.entries(), from) : nextPresent(this.slots, from);
    if (position === -1 && found >= 0) this.head = found;
    return found;
  }

  /** Moves the entry of a key to the end or the front. False when the key is absent. */
  moveToEnd(key: Value, last: boolean): boolean | Exc {
    if (this.kind === SMALL) this.becomeString();
    if (this.kind === STRING) {
      const string = typeof key === "string" ? key : this.asString(key);
      if (string === EXC) return EXC;
      if (string === null) return false;
      if (string !== undefined) return this.moveString(string, last);
    }
    const position = this.locateOwn(key);
    if (position === EXC) return EXC;
    if (position < 0) return false;
    const table = this.table as HashTable;
    if (position === (last ? table.keys.length - 1 : this.next(-1))) return true;
    const original = table.keys[position] as Value;
    const hash = table.hashes[position];
    const value = this.slots[position] as Value;
    this.removeAt(position);
    if (last) this.appendOwn(original, hash, value);
    else this.prependOwn(original, hash, value);
    return true;
  }

  private moveString(key: string, last: boolean): boolean {
    const entry = this.strings!.get(key);
    if (entry === undefined) return false;
    const { value } = entry;
    this.removeEntry(entry);
    if (last) this.addString(key, value as Value);
    else this.prependString(key, value as Value);
    return true;
  }

  private prependString(key: string, value: Value): void {
    this.next(-1);
    if (this.head === 0) {
      const gap = Math.max(SMALL_LIMIT, this.size);
      this.order = new Array<DictEntry>(gap).fill(DEAD).concat(this.entries().filter(isLive));
      this.head = gap;
    }
    const entry = new DictEntry(key, value);
    this.strings!.set(key, entry);
    this.entries()[--this.head] = entry;
    this.size++;
    this.keysVersion++;
  }

  private prependOwn(key: Value, hash: number, value: Value): void {
    this.next(-1);
    if (this.head === 0) this.head = this.table!.openFront(Math.max(SMALL_LIMIT, this.size), this.slots);
    this.head--;
    this.table!.place(this.head, key, hash);
    this.slots[this.head] = value;
    this.size++;
    this.keysVersion++;
  }

  /** The last live position before `position` (start with `positions()`); -1 at the end. */
  previous(position: number): number {
    let i = Math.min(position, this.positions()) - 1;
    while (i >= 0 && !this.isLiveAt(i)) i--;
    return i;
  }

  keyAt(position: number): Value {
    if (this.kind === STRING) return this.entries()[position].key;
    return (this.kind === SMALL ? this.smallKeys[position] : this.table!.keys[position]) as Value;
  }
  valueAt(position: number): Value {
    return this.slotAt(position) as Value;
  }

  /** The table hash of the key at a position. */
  hashAt(position: number): number {
    return this.kind === OWN ? this.table!.hashes[position] : (tableHash(this.keyAt(position)) as number);
  }
  /** As `has`, with the key's table hash at hand. */
  hasHashed(key: Value, hash: number): boolean | Exc {
    if (this.kind !== OWN) return this.has(key);
    const position = this.table!.find(key, hash);
    return position === EXC ? EXC : position >= 0;
  }

  /** The keys in order of insertion; a fresh array. */
  keys(): Value[] {
    if (this.kind === STRING) return this.entries().filter(isLive).map(keyOf);
    const keys: readonly (Value | undefined)[] = this.kind === SMALL ? this.smallKeys : this.table!.keys;
    return (keys.length === this.size ? keys.slice() : keys.filter(isPresent)) as Value[];
  }
  values(): Value[] {
    if (this.kind === STRING) return this.entries().filter(isLive).map(valueOf) as Value[];
    const { slots } = this;
    return (slots.length === this.size ? slots.slice() : slots.filter(isPresent)) as Value[];
  }
  items(): [Value, Value][] {
    const items: [Value, Value][] = [];
    for (let i = this.next(-1); i >= 0; i = this.next(i)) items.push([this.keyAt(i), this.valueAt(i)]);
    return items;
  }
  /** The string keys in order; keys of other types are skipped. */
  strKeys(): string[] {
    const keys = this.keys();
    return this.kind === OWN ? keys.filter((key) => typeof key === "string") : (keys as string[]);
  }
  /** All keys are primitive strings (true for an empty dict). */
  get hasOnlyStrings(): boolean {
    return this.kind !== OWN || this.table!.keys.every((key) => key === undefined || typeof key === "string");
  }

  // ── copies ───────────────────────────────────────────────────────────────────────────────────────────────
  /** A plain dict with the same entries in the same order. */
  copy(): PyDict {
    const copy = new PyDict(dictType);
    copy.copyFrom(this);
    return copy;
  }

  /** Takes over the entries of `other`; this dict must be empty. Calls no Python. */
  copyFrom(other: PyDict): void {
    this.forgetCells();
    this.head = 0;
    this.kind = other.kind;
    this.size = other.size;
    this.keysVersion++;
    this.table = null;
    if (other.kind === STRING) {
      const strings = new Map<string, DictEntry>();
      const order: DictEntry[] = [];
      for (const { key, value } of other.entries()) {
        if (value === undefined) continue;
        const entry = new DictEntry(key, value);
        strings.set(key, entry);
        order.push(entry);
      }
      this.strings = strings;
      this.order = order;
      return;
    }
    this.slots = other.slots.slice();
    if (other.kind === OWN) {
      this.table = (other.table as HashTable).copy();
    } else {
      other.keysShared = true;
      this.keysShared = true;
      this.smallKeys = other.smallKeys;
    }
  }

  // ── kinds ────────────────────────────────────────────────────────────────────────────────────────────────
  private entries(): DictEntry[] {
    this.order ??= Array.from((this.strings as Map<string, DictEntry>).values());
    return this.order;
  }

  private ownKeys(): void {
    this.smallKeys = this.smallKeys.slice();
    this.keysShared = false;
  }

  private compactSmall(): void {
    this.head = 0;
    this.smallKeys = this.smallKeys.filter(isPresent);
    this.slots = this.slots.filter(isPresent);
    this.keysShared = false;
  }

  private becomeString(): void {
    const { smallKeys, slots } = this;
    const strings = new Map<string, DictEntry>();
    for (let i = 0; i < smallKeys.length; i++) {
      const key = smallKeys[i];
      if (key !== undefined) strings.set(key, new DictEntry(key, slots[i]));
    }
    this.strings = strings;
    this.order = null;
    this.head = 0;
    this.kind = STRING;
    this.smallKeys = NO_KEYS;
    this.keysShared = true;
    this.slots = [];
    this.keysVersion++;
  }

  private becomeOwn(): void {
    const table = new HashTable();
    const slots: (Value | undefined)[] = [];
    for (let i = this.next(-1); i >= 0; i = this.next(i)) {
      const key = this.keyAt(i);
      table.reserve(slots);
      table.append(key, tableHash(key) as number);
      slots.push(this.valueAt(i));
    }
    this.forgetCells();
    this.head = 0;
    this.kind = OWN;
    this.table = table;
    this.slots = slots;
    this.smallKeys = NO_KEYS;
    this.keysShared = true;
    this.keysVersion++;
  }

  /** Whoever cached a cell must not go on reading it. */
  private forgetCells(): void {
    if (this.strings === null) return;
    for (const entry of this.strings.values()) entry.value = undefined;
    this.strings = null;
    this.order = null;
  }
}

/** Never changed: dicts that use it have `keysShared`. */
const NO_KEYS: (string | undefined)[] = [];

/** Fills positions that were never used. */
const DEAD = new DictEntry("", undefined);

function isLive(entry: DictEntry): boolean {
  return entry.value !== undefined;
}
function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
function keyOf(entry: DictEntry): string {
  return entry.key;
}
function valueOf(entry: DictEntry): Value | undefined {
  return entry.value;
}

function nextLive(order: readonly DictEntry[], from: number): number {
  for (let i = from; i < order.length; i++) if (order[i].value !== undefined) return i;
  return -1;
}
function nextPresent(slots: readonly (Value | undefined)[], from: number): number {
  for (let i = from; i < slots.length; i++) if (slots[i] !== undefined) return i;
  return -1;
}

/** The key's hash for the table; an unhashable key is named as such. */
export function hashOfKey(key: Value): number | Exc {
  const hash = hashOfKeyRaw(key);
  return hash === EXC ? unhashableKey(key) : hash;
}

export function newDict(): PyDict {
  return new PyDict(dictType);
}

/** A dict from names, which must be distinct, and their values. Up to eight names are shared, not copied. */
export function dictFromEntries(names: readonly string[], values: Value[]): PyDict {
  const dict = new PyDict(dictType);
  if (names.length <= SMALL_LIMIT) {
    dict.smallKeys = names as string[];
    dict.slots = values;
    dict.size = names.length;
  } else {
    for (let i = 0; i < names.length; i++) dict.setStr(names[i], values[i]);
  }
  return dict;
}
