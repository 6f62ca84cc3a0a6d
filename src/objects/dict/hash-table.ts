/**
 * The table behind dicts whose keys are not all strings: CPython's compact layout. Keys and hashes stand in order of
 * insertion; an index of slots, probed as CPython's, says where. Up to eight entries need no index: a scan is faster.
 * The owner keeps its values in an array of the same positions and hands it over where positions change.
 */
import { EQ, EXC, type Exc, type Value } from "../core.ts";
import { compareBool } from "../protocol/object.ts";
import { isStranger } from "./strangers.ts";

/** Entries that are found by scanning. */
const SCANNED = 8;
/** A slot whose entry was removed; probing goes on past it. Slots hold the entry's position plus one, 0 when free. */
const REMOVED = -1;
/** The table changed while keys were compared: look again. */
const CHANGED = -2;

export class HashTable {
  /** `undefined` where an entry was removed. */
  keys: (Value | undefined)[] = [];
  hashes: number[] = [];
  /** Live entries. */
  used = 0;
  /** There is, or has been, a key that may run Python code when it is compared with one of a builtin type. */
  hasStrangers = false;
  private index: Int32Array | null = null;
  /** How many entries, removed ones included, fit before `reserve` must rebuild. */
  private capacity = SCANNED;

  /** The position of `key`, -1 when absent. `hash` is its `tableHash`. May call Python. */
  find(key: Value, hash: number): number | Exc {
    for (;;) {
      const found = this.index === null ? this.scan(key, hash) : this.probe(key, hash, this.index);
      if (found !== CHANGED) return found;
    }
  }

  private scan(key: Value, hash: number): number | Exc {
    const { keys, hashes } = this;
    for (let i = 0; i < keys.length; i++) {
      if (hashes[i] !== hash) continue;
      const candidate = keys[i];
      if (candidate === key) return i;
      if (candidate === undefined || certainlyDiffer(candidate, key)) continue;
      const same = this.compareAt(i, candidate, key);
      if (same === EXC) return EXC;
      if (same === CHANGED) return CHANGED;
      if (same === 1) return i;
    }
    return -1;
  }

  private probe(key: Value, hash: number, index: Int32Array): number | Exc {
    const { keys, hashes } = this;
    const mask = index.length - 1;
    let perturb = hash;
    let slot = hash & mask;
    for (;;) {
      const entry = index[slot];
      if (entry === 0) return -1;
      if (entry > 0 && hashes[entry - 1] === hash) {
        const candidate = keys[entry - 1];
        if (candidate === key) return entry - 1;
        if (candidate !== undefined && !certainlyDiffer(candidate, key)) {
          const same = this.compareAt(entry - 1, candidate, key);
          if (same === EXC) return EXC;
          if (same === CHANGED) return CHANGED;
          if (same === 1) return entry - 1;
        }
      }
      perturb >>>= 5;
      slot = (slot * 5 + perturb + 1) & mask;
    }
  }

  /** 1 equal, 0 different, CHANGED when the comparison touched this table. */
  private compareAt(position: number, candidate: Value, key: Value): number | Exc {
    const { keys, index } = this;
    const same = compareBool(candidate, key, EQ);
    if (same === EXC) return EXC;
    if (this.keys !== keys || this.index !== index || keys[position] !== candidate) return CHANGED;
    return same ? 1 : 0;
  }

  /** Makes room for one more entry, moving `values` along when positions change. True when they may have. */
  reserve(values: (Value | undefined)[] | null): boolean {
    if (this.keys.length < this.capacity) return false;
    this.rebuild(values);
    return true;
  }

  /** Adds a key that is absent; `reserve` comes first. Returns its position. */
  append(key: Value, hash: number): number {
    const position = this.keys.length;
    if (typeof key === "object" && !this.hasStrangers) this.hasStrangers = isStranger(key);
    this.keys.push(key);
    this.hashes.push(hash);
    this.used++;
    if (this.index !== null) enter(this.index, hash, position);
    return position;
  }

  /** Puts an absent key at a position that is free. */
  place(position: number, key: Value, hash: number): void {
    if (isStranger(key)) this.hasStrangers = true;
    this.keys[position] = key;
    this.hashes[position] = hash;
    this.used++;
    if (this.index !== null) enter(this.index, hash, position);
  }

  /** Drops removed entries and makes `gap` free positions before the first; returns the first live position. */
  openFront(gap: number, values: (Value | undefined)[]): number {
    this.compact(values);
    this.keys = new Array<Value | undefined>(gap).fill(undefined).concat(this.keys);
    this.hashes = new Array<number>(gap).fill(0).concat(this.hashes);
    const moved = values.slice();
    values.length = 0;
    for (let i = 0; i < gap; i++) values.push(undefined);
    for (const value of moved) values.push(value);
    this.reindex(this.keys.length);
    return gap;
  }

  /** Removes the entry at `position`; positions of others stay. */
  remove(position: number): void {
    this.unlink(position);
    this.keys[position] = undefined;
  }

  /** Removes the live entry at `position`, and with it all positions from there on: nothing live comes after it. */
  truncate(position: number, values: (Value | undefined)[]): void {
    this.unlink(position);
    this.keys.length = position;
    this.hashes.length = position;
    values.length = position;
  }

  private unlink(position: number): void {
    this.used--;
    const { index } = this;
    if (index === null) return;
    const hash = this.hashes[position];
    const mask = index.length - 1;
    let perturb = hash;
    let slot = hash & mask;
    while (index[slot] !== position + 1) {
      perturb >>>= 5;
      slot = (slot * 5 + perturb + 1) & mask;
    }
    index[slot] = REMOVED;
  }

  /** An independent copy with the same positions. */
  copy(): HashTable {
    const table = new HashTable();
    table.keys = this.keys.slice();
    table.hashes = this.hashes.slice();
    table.used = this.used;
    table.hasStrangers = this.hasStrangers;
    table.index = this.index === null ? null : this.index.slice();
    table.capacity = this.capacity;
    return table;
  }

  /** Drops removed entries, and grows when those left fill more than half. */
  private rebuild(values: (Value | undefined)[] | null): void {
    if (this.used < this.keys.length) this.compact(values);
    if (this.used * 2 <= this.capacity && this.index === null) return;
    this.reindex(this.used);
  }

  /** A new index with room for `entries` and as many again. */
  private reindex(entries: number): void {
    let size = 32;
    while (size < entries * 3) size *= 2;
    this.capacity = Math.floor((size * 2) / 3);
    const index = new Int32Array(size);
    const { keys, hashes } = this;
    for (let i = 0; i < hashes.length; i++) if (keys[i] !== undefined) enter(index, hashes[i], i);
    this.index = index;
  }

  /** Drops removed entries; positions change. */
  private compact(values: (Value | undefined)[] | null): void {
    const keys: Value[] = [];
    const hashes: number[] = [];
    for (let i = 0, to = 0; i < this.keys.length; i++) {
      const key = this.keys[i];
      if (key === undefined) continue;
      keys.push(key);
      hashes.push(this.hashes[i]);
      if (values !== null) values[to] = values[i];
      to++;
    }
    if (values !== null) values.length = keys.length;
    this.keys = keys;
    this.hashes = hashes;
  }

  /** Forgets everything; a look-up under way sees that the table changed. */
  clear(): void {
    this.keys = [];
    this.hashes = [];
    this.used = 0;
    this.hasStrangers = false;
    this.index = null;
    this.capacity = SCANNED;
  }
}

function enter(index: Int32Array, hash: number, position: number): void {
  const mask = index.length - 1;
  let perturb = hash;
  let slot = hash & mask;
  while (index[slot] > 0) {
    perturb >>>= 5;
    slot = (slot * 5 + perturb + 1) & mask;
  }
  index[slot] = position + 1;
}

/** True for two primitives of one kind that are not identical: they cannot be equal, and nobody needs asking. */
export function certainlyDiffer(a: Value, b: Value): boolean {
  return typeof a === typeof b && typeof a !== "object";
}
