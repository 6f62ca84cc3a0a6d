/** The algebra of sets, on sets and iterables: what the methods, the operators and the dict views share. */
import { END, EXC, type Exc, type PyType, type Status, type Value } from "../core.ts";
import { PyDict } from "../dict.ts";
import { hashOfKeyRaw } from "../dict/key-hash.ts";
import { forEach, getIter, iterNext } from "../protocol/iter.ts";
import { plainItems } from "../sequence/plain-items.ts";
import { PySet, newFrozenset, newSet } from "../set.ts";
import { dictType, frozensetType } from "../types.ts";
import { isSubtype } from "../core.ts";

/** An empty set of the builtin type that `self` derives from: what operations give. */
export function emptyLike(self: PySet): PySet {
  return isSubtype(self.shape.cls, frozensetType) ? newFrozenset() : newSet();
}
export function copySet(self: PySet): PySet {
  const copy = emptyLike(self);
  copy.copyFrom(self);
  return copy;
}
export function isFrozen(type: PyType): boolean {
  return isSubtype(type, frozensetType);
}

/** Is it a dict whose keys may be walked directly? */
function isPlainDict(value: Value): value is PyDict {
  return value instanceof PyDict && value.shape.cls === dictType;
}

/** Adds what an iterable gives. */
export function updateSet(self: PySet, iterable: Value): Status {
  if (iterable instanceof PySet) return self.update(iterable);
  if (isPlainDict(iterable)) {
    for (let i = iterable.next(-1); i >= 0; i = iterable.next(i)) {
      if (self.addHashed(iterable.keyAt(i), iterable.hashAt(i)) === EXC) return EXC;
    }
    return null;
  }
  const plain = plainItems(iterable);
  if (plain === null) return forEach(iterable, (value) => self.add(value));
  for (const value of plain) if (self.add(value) === EXC) return EXC;
  return null;
}

/** Removes what an iterable gives. */
export function differenceUpdate(self: PySet, iterable: Value): Status {
  if (iterable === self) {
    self.clear();
    return null;
  }
  if (iterable instanceof PySet) {
    let other = iterable;
    // Against a much larger set, look its members up instead of walking it.
    if (other.size >>> 3 > self.size) {
      const common = intersection(self, other);
      if (common === EXC) return EXC;
      other = common;
    }
    for (let i = other.next(-1); i >= 0; i = other.next(i)) {
      if (self.discardHashed(other.at(i), other.hashFor(self, i)) === EXC) return EXC;
    }
  } else if (forEach(iterable, (value) => (self.discard(value) === EXC ? EXC : null)) === EXC) {
    return EXC;
  }
  self.sweep();
  return null;
}

export function difference(self: PySet, other: Value): PySet | Exc {
  const has = membership(other);
  const walkOther = has === null || self.size >>> 2 > (other as PySet | PyDict).size;
  if (walkOther) {
    const result = copySet(self);
    return differenceUpdate(result, other) === EXC ? EXC : result;
  }
  const result = emptyLike(self);
  for (let i = self.next(-1); i >= 0; i = self.next(i)) {
    const value = self.at(i);
    const hash = other instanceof PySet ? self.hashFor(other, i) : self.hashAt(i);
    const present = has(value, hash);
    if (present === EXC) return EXC;
    if (!present && result.addHashed(value, hash) === EXC) return EXC;
  }
  return result;
}

type Membership = (value: Value, hash: number) => boolean | Exc;
/** The test for membership of a set or plain dict; null for other iterables. */
function membership(container: Value): Membership | null {
  if (container instanceof PySet) return (value, hash) => container.hasHashed(value, hash);
  return isPlainDict(container) ? (value, hash) => container.hasHashed(value, hash) : null;
}

export function intersection(self: PySet, other: Value): PySet | Exc {
  if (other === self) return copySet(self);
  const result = emptyLike(self);
  if (other instanceof PySet) {
    const [small, large] = other.size > self.size ? [self, other] : [other, self];
    for (let i = small.next(-1); i >= 0; i = small.next(i)) {
      const value = small.at(i);
      const hash = small.hashFor(large, i);
      const present = large.hasHashed(value, hash);
      if (present === EXC || (present && result.addHashed(value, hash) === EXC)) return EXC;
    }
    return result;
  }
  const status = forEach(other, (value) => {
    const hash = hashOfKeyRaw(value);
    if (hash === EXC) return EXC;
    const present = self.hasHashed(value, hash);
    return present === EXC ? EXC : present ? result.addHashed(value, hash) : null;
  });
  return status === EXC ? EXC : result;
}

export function symmetricDifferenceUpdate(self: PySet, iterable: Value): Status {
  if (iterable === self) {
    self.clear();
    return null;
  }
  let other: PySet;
  if (iterable instanceof PySet) other = iterable;
  else {
    other = emptyLike(self);
    if (updateSet(other, iterable) === EXC) return EXC;
  }
  for (let i = other.next(-1); i >= 0; i = other.next(i)) {
    const value = other.at(i);
    const hash = other.hashFor(self, i);
    const removed = self.discardHashed(value, hash);
    if (removed === EXC) return EXC;
    if (!removed && self.addHashed(value, hash) === EXC) return EXC;
  }
  return null;
}

export function symmetricDifference(self: PySet, other: Value): PySet | Exc {
  const result = emptyLike(self);
  if (updateSet(result, other) === EXC) return EXC;
  return symmetricDifferenceUpdate(result, self) === EXC ? EXC : result;
}

export function isSubset(self: PySet, other: Value): boolean | Exc {
  if (!(other instanceof PySet)) {
    const common = intersection(self, other);
    return common === EXC ? EXC : common.size === self.size;
  }
  if (self.size > other.size) return false;
  for (let i = self.next(-1); i >= 0; i = self.next(i)) {
    const present = other.hasHashed(self.at(i), self.hashFor(other, i));
    if (present !== true) return present;
  }
  return true;
}

export function isSuperset(self: PySet, other: Value): boolean | Exc {
  if (other instanceof PySet) return isSubset(other, self);
  const iterator = getIter(other);
  if (iterator === EXC) return EXC;
  for (;;) {
    const value = iterNext(iterator);
    if (value === END) return true;
    if (value === EXC) return EXC;
    const present = self.has(value);
    if (present !== true) return present;
  }
}

export function isDisjoint(self: PySet, other: Value): boolean | Exc {
  if (self === other) return self.size === 0;
  if (other instanceof PySet) {
    const [small, large] = other.size > self.size ? [self, other] : [other, self];
    for (let i = small.next(-1); i >= 0; i = small.next(i)) {
      const present = large.hasHashed(small.at(i), small.hashFor(large, i));
      if (present !== false) return present === EXC ? EXC : false;
    }
    return true;
  }
  const iterator = getIter(other);
  if (iterator === EXC) return EXC;
  for (;;) {
    const value = iterNext(iterator);
    if (value === END) return true;
    if (value === EXC) return EXC;
    const present = self.has(value);
    if (present !== false) return present === EXC ? EXC : false;
  }
}
