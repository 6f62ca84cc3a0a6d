/**
 * The table behind sets whose elements are not all strings. Elements stand in the slots themselves, probed as
 * CPython's sets are (a run of neighbours, then a jump), with its sizes, so that a set of small ints has CPython's
 * order: programs print sets, and their output should not depend on the implementation.
 */
import { EQ, EXC, type Exc, type Value } from "../core.ts";
import { certainlyDiffer } from "../dict/hash-table.ts";
import { isStranger } from "../dict/strangers.ts";
import { compareBool } from "../protocol/object.ts";

/** Marks a slot whose element was removed; probing goes on past it. */
const REMOVED: unique symbol = Symbol("removed");
type Slot = Value | undefined | typeof REMOVED;

const MIN_SIZE = 8;
/** Neighbours looked at before jumping. */
const RUN = 9;
const CHANGED = -2;

// Most sets are small: V8 makes a literal's array at once, and copies a small one faster than it fills it.
const free = undefined;
const freeSlots = (size: number): Slot[] =>
  size === MIN_SIZE ? [free, free, free, free, free, free, free, free] : new Array<Slot>(size).fill(undefined);
const noHashes = (size: number): number[] | Int32Array =>
  size === MIN_SIZE ? [0, 0, 0, 0, 0, 0, 0, 0] : size < 256 ? new Array<number>(size).fill(0) : new Int32Array(size);

export class ElementTable {
  /** `undefined` where free. */
  slots: Slot[];
  hashes: number[] | Int32Array;
  /** Live elements. */
  used = 0;
  /** As in a dict's table. */
  hasStrangers = false;
  /** Slots that are not free. */
  private filled = 0;

  constructor(size = MIN_SIZE) {
    this.slots = freeSlots(size);
    this.hashes = noHashes(size);
  }

  /**
   * The slot of `key`, or `-1 - slot` of where it belongs: the last slot on the way whose element was removed, else
   * the free slot at its end. May call Python.
   */
  find(key: Value, hash: number): number | Exc {
    for (;;) {
      const found = this.probe(key, hash);
      if (found !== CHANGED_SLOT) return found;
    }
  }

  private probe(key: Value, hash: number): number | Exc {
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    let perturb = hash;
    let at = hash & mask;
    let reusable = -1;
    for (;;) {
      const end = at + RUN <= mask ? at + RUN : at;
      for (let i = at; i <= end; i++) {
        const candidate = slots[i];
        if (candidate === undefined) return -1 - (reusable < 0 ? i : reusable);
        if (candidate === key) return i;
        if (candidate === REMOVED) {
          reusable = i;
          continue;
        }
        if (hashes[i] !== hash || certainlyDiffer(candidate, key)) continue;
        const same = this.compareAt(i, candidate, key);
        if (same === EXC) return EXC;
        if (same === CHANGED) return CHANGED_SLOT;
        if (same === 1) return i;
      }
      perturb >>>= 5;
      at = (at * 5 + 1 + perturb) & mask;
    }
  }

  private compareAt(slot: number, candidate: Value, key: Value): number | Exc {
    const { slots } = this;
    const same = compareBool(candidate, key, EQ);
    if (same === EXC) return EXC;
    if (this.slots !== slots || slots[slot] !== candidate) return CHANGED;
    return same ? 1 : 0;
  }

  /** Can an element be put into a slot that `find` gave (as `-1 - slot`)? Not when one was put there meanwhile. */
  isVacant(found: number): boolean {
    const slot = this.slots[-1 - found];
    return slot === undefined || slot === REMOVED;
  }

  /** Puts an absent element into the slot that `find` gave (as `-1 - slot`). */
  insert(found: number, key: Value, hash: number): void {
    const slot = -1 - found;
    if (typeof key === "object" && !this.hasStrangers) this.hasStrangers = isStranger(key);
    const wasFree = this.slots[slot] === undefined;
    this.slots[slot] = key;
    this.hashes[slot] = hash;
    this.used++;
    if (!wasFree) return;
    this.filled++;
    if (this.filled * 5 >= (this.slots.length - 1) * 3) this.resize(this.roomy());
  }

  private roomy(): number {
    return this.used > 50_000 ? this.used * 2 : this.used * 4;
  }

  /** After many removals: rebuilds when more than a quarter of the slots are marks of removed elements. */
  sweep(): void {
    if (this.filled - this.used > (this.slots.length - 1) >> 2) this.resize(this.roomy());
  }

  /** Never used since it was made or cleared. */
  get isFresh(): boolean {
    return this.filled === 0;
  }

  /** Inserts an element known to be absent into a table that has room and no removed slots. */
  private insertClean(key: Value, hash: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    let perturb = hash;
    let at = hash & mask;
    for (;;) {
      const end = at + RUN <= mask ? at + RUN : at;
      for (let i = at; i <= end; i++) {
        if (slots[i] !== undefined) continue;
        slots[i] = key;
        this.hashes[i] = hash;
        return;
      }
      perturb >>>= 5;
      at = (at * 5 + 1 + perturb) & mask;
    }
  }

  /** Rebuilds with room for more than `least` elements. */
  private resize(least: number): void {
    let size = MIN_SIZE;
    while (size <= least) size *= 2;
    const { slots, hashes } = this;
    this.slots = freeSlots(size);
    this.hashes = noHashes(size);
    this.filled = this.used;
    for (let i = 0; i < slots.length; i++) {
      const key = slots[i];
      if (key !== undefined && key !== REMOVED) this.insertClean(key, hashes[i]);
    }
  }

  /** Before `count` elements of another set are added one by one: grows once. */
  expect(count: number): void {
    if ((this.filled + count) * 5 >= (this.slots.length - 1) * 3) this.resize((this.used + count) * 2);
  }

  remove(slot: number): void {
    this.slots[slot] = REMOVED;
    this.used--;
  }

  /** Takes over all elements of `other`; this table must be empty. */
  copyFrom(other: ElementTable): void {
    if (this.filled === 0 && this.slots.length === other.slots.length && other.filled === other.used) {
      this.slots = other.slots.slice();
      this.hashes = other.hashes.slice();
    } else {
      for (let i = other.next(-1); i >= 0; i = other.next(i)) this.insertClean(other.at(i), other.hashes[i]);
    }
    this.used = other.used;
    this.filled = other.used;
    this.hasStrangers = other.hasStrangers;
  }

  /** The first slot in use after `slot`; -1 at the end. */
  next(slot: number): number {
    const { slots } = this;
    for (let i = slot + 1; i < slots.length; i++) {
      const key = slots[i];
      if (key !== undefined && key !== REMOVED) return i;
    }
    return -1;
  }

  at(slot: number): Value {
    return this.slots[slot] as Value;
  }

  /** Forgets everything; a look-up under way sees that the table changed. */
  clear(): void {
    this.slots = freeSlots(MIN_SIZE);
    this.hashes = noHashes(MIN_SIZE);
    this.used = 0;
    this.filled = 0;
    this.hasStrangers = false;
  }
}

/** `find` gives every negative number a meaning but this one. */
const CHANGED_SLOT = Number.MAX_SAFE_INTEGER;
