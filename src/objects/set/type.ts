/** `set` and `frozenset`: slots and methods. */
import {
  BASETYPE,
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  GE,
  GT,
  HAS_WEAKREF,
  type Int,
  type KwNames,
  LE,
  LT,
  MATCH_SELF,
  NE,
  type PyType,
  type Result,
  type Slots,
  type Status,
  type Value,
} from "../core.ts";
import { classMethod, defineType, method, parseArgs, signature } from "../define.ts";
import { keyError } from "../errors.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { defineIterator, reduceTo } from "../iterators/define-iterator.ts";
import { newList } from "../list.ts";
import { canonical } from "../numeric/int-math.ts";
import type { NativeDef } from "../native.ts";
import { callSpecial, hash, repr } from "../protocol/object.ts";
import { reprEnter, reprLeave } from "../recursion.ts";
import { PySet, newFrozenset } from "../set.ts";
import { NotImplemented } from "../singletons.ts";
import { type Str, strConcatAll } from "../str/astral.ts";
import { newTuple } from "../tuple.ts";
import { hashNotImplemented } from "../type/hash-not-implemented.ts";
import { frozensetType, setType } from "../types.ts";
import { withAttributes } from "../with-attributes.ts";
import { PySetIterator, setIteratorType } from "./iterator.ts";
import {
  copySet,
  difference,
  differenceUpdate,
  intersection,
  isDisjoint,
  isSubset,
  isSuperset,
  symmetricDifference,
  symmetricDifferenceUpdate,
  updateSet,
} from "./operations.ts";
import { genericNew } from "../type/generic-new.ts";

export class PySetSub extends withAttributes(PySet) {}

// ── making ─────────────────────────────────────────────────────────────────────────────────────────────────
const INIT = signature("(iterable=(), /)");

function setInit(self: PySet, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "set", args, kwnames);
  if (bound === EXC) return EXC;
  self.clear();
  return bound[0] === undefined ? null : updateSet(self, bound[0] as Value);
}

function frozensetNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const ownKeywords = kwnames !== null && cls !== frozensetType && cls.tp_init !== frozensetType.tp_init;
  const positional = ownKeywords ? args.slice(0, args.length - kwnames.length) : args;
  const bound = parseArgs(INIT, "frozenset", positional, ownKeywords ? null : kwnames);
  if (bound === EXC) return EXC;
  const iterable = bound[0] as Value | undefined;
  if (cls === frozensetType && iterable instanceof PySet && iterable.shape.cls === frozensetType) return iterable;
  const self = cls === frozensetType ? newFrozenset() : new PySetSub(cls);
  if (iterable !== undefined && updateSet(self, iterable) === EXC) return EXC;
  return self;
}

// ── text, hash, comparison ─────────────────────────────────────────────────────────────────────────────────
function reprSet(self: PySet): Result {
  const { cls } = self.shape;
  if (self.size === 0) return `${cls.name}()`;
  if (reprEnter(self)) return `${cls.name}(...)`;
  const parts: Str[] = [cls === setType ? "{" : `${cls.name}({`];
  const values = self.values();
  for (let i = 0; i < values.length; i++) {
    const text = repr(values[i]);
    if (text === EXC) {
      reprLeave(self);
      return EXC;
    }
    if (i > 0) parts.push(", ");
    parts.push(text);
  }
  reprLeave(self);
  parts.push(cls === setType ? "}" : "})");
  return strConcatAll(parts);
}

const MASK = (1n << 64n) - 1n;
/**
 * Independent of the order of the elements. The value is the one that `collections.abc.Set._hash` computes for equal
 * sets written in Python.
 */
function hashFrozenset(self: PySet): Int | Exc {
  if (self.cachedHash !== undefined) return self.cachedHash;
  let h = (1927868237n * BigInt(self.size + 1)) & MASK;
  for (let i = self.next(-1); i >= 0; i = self.next(i)) {
    const item = hash(self.at(i));
    if (item === EXC) return EXC;
    const hx = BigInt(item);
    h ^= ((hx ^ (hx << 16n) ^ 89869747n) * 3644798167n) & MASK;
  }
  h ^= (h >> 11n) ^ (h >> 25n);
  h = BigInt.asIntN(64, h * 69069n + 907133923n);
  self.cachedHash = h === -1n ? 590923713 : canonical(h);
  return self.cachedHash;
}
function compareSets(a: PySet, b: Value, op: CompareOp): Result {
  if (!(b instanceof PySet)) return NotImplemented;
  switch (op) {
    case EQ:
    case NE: {
      const same = sameElements(a, b);
      return same === EXC ? EXC : same === (op === EQ);
    }
    case LE:
      return isSubset(a, b);
    case GE:
      return isSubset(b, a);
    case LT:
      return a.size < b.size ? isSubset(a, b) : false;
    case GT:
      return a.size > b.size ? isSubset(b, a) : false;
    default:
      return NotImplemented;
  }
}
function sameElements(a: PySet, b: PySet): boolean | Exc {
  if (a.size !== b.size) return false;
  if (a.cachedHash !== undefined && b.cachedHash !== undefined && a.cachedHash !== b.cachedHash) return false;
  return isSubset(a, b);
}

// ── operators ──────────────────────────────────────────────────────────────────────────────────────────────
const both =
  (operate: (a: PySet, b: PySet) => PySet | Exc) =>
  (a: Value, b: Value): Result =>
    a instanceof PySet && b instanceof PySet ? operate(a, b) : NotImplemented;
const inPlace =
  (operate: (a: PySet, b: PySet) => Status) =>
  (a: PySet, b: Value): Result =>
    b instanceof PySet ? (operate(a, b) === EXC ? EXC : a) : NotImplemented;

function union(a: PySet, b: Value): PySet | Exc {
  const result = copySet(a);
  return updateSet(result, b) === EXC ? EXC : result;
}
/** `self` becomes `result`. */
function replace(self: PySet, result: PySet | Exc): Status {
  if (result === EXC) return EXC;
  self.clear();
  self.copyFrom(result);
  return null;
}

const commonSlots: Partial<Slots> = {
  tp_repr: reprSet,
  tp_richcompare: compareSets,
  tp_iter: (self: PySet) => new PySetIterator(self),
  nb_subtract: both(difference),
  nb_and: both(intersection),
  nb_xor: both(symmetricDifference),
  nb_or: both(union),
  sq_length: (self: PySet) => self.size,
  sq_contains: (self: PySet, value: Value) => self.has(value),
};

// ── methods ────────────────────────────────────────────────────────────────────────────────────────────────
/** A binary operation as a method with any number of operands; with none, a copy. */
const chained =
  (operate: (a: PySet, b: Value) => PySet | Exc) =>
  (self: PySet, others: Value[]): Result => {
    let result: PySet | Exc = self;
    for (const other of others) {
      result = operate(result, other);
      if (result === EXC) return EXC;
    }
    return result === self ? copySet(self) : result;
  };
/** A frozenset is its own copy. */
function copyOf(self: PySet): PySet {
  return self.shape.cls === frozensetType ? self : copySet(self);
}
const forAll =
  (operate: (a: PySet, b: Value) => Status) =>
  (self: PySet, others: Value[]): Result => {
    for (const other of others) if (operate(self, other) === EXC) return EXC;
    return null;
  };

function reduceSet(self: PySet): Result {
  const state = callSpecial(self, "__getstate__") ?? null;
  return state === EXC ? EXC : newTuple([self.shape.cls, newTuple([newList(self.values())]), state]);
}

const commonMethods = (): Record<string, NativeDef> => ({
  copy: method("($self, /)", copyOf, "Return a shallow copy of a set."),
  difference: method(
    "($self, /, *others)",
    chained(difference),
    "Return a new set with elements in the set that are not in the others.",
  ),
  intersection: method(
    "($self, /, *others)",
    chained(intersection),
    "Return a new set with elements common to the set and all others.",
  ),
  isdisjoint: method("($self, other, /)", isDisjoint, "Return True if two sets have a null intersection."),
  issubset: method("($self, other, /)", isSubset, "Report whether another set contains this set."),
  issuperset: method("($self, other, /)", isSuperset, "Report whether this set contains another set."),
  __reduce__: method("($self, /)", reduceSet, "Return state information for pickling."),
  __sizeof__: method(
    "($self, /)",
    (self: PySet) => 200 + (self.size > 4 ? 32 * self.size : 0),
    "S.__sizeof__() -> size of S in memory, in bytes.",
  ),
  symmetric_difference: method(
    "($self, other, /)",
    symmetricDifference,
    "Return a new set with elements in either the set or other but not both.",
  ),
  union: method("($self, /, *others)", chained(union), "Return a new set with elements from the set and all others."),
  __contains__: method(
    "($self, object, /)",
    commonSlots.sq_contains as (self: PySet, value: Value) => boolean | Exc,
    "x.__contains__(y) <==> y in x.",
  ),
  __class_getitem__: classMethod(
    "($type, object, /)",
    (cls: PyType, item: Value) => newGenericAlias(cls, item),
    "See PEP 585",
  ),
});

function popElement(self: PySet): Result {
  const value = self.pop();
  return value === undefined ? keyError("pop from an empty set") : value;
}
function discard(self: PySet, value: Value): Result {
  return self.discard(value) === EXC ? EXC : null;
}
function remove(self: PySet, value: Value): Result {
  const removed = self.discard(value);
  return removed === EXC ? EXC : removed ? null : keyError(value);
}

defineType(setType, {
  textSignature: "(iterable=(), /)",
  doc: "Build an unordered collection of unique elements.",
  flags: BASETYPE | HAS_WEAKREF | MATCH_SELF,
  slots: {
    ...commonSlots,
    tp_alloc: (cls: PyType) => (cls === setType ? new PySet(cls) : new PySetSub(cls)),
    tp_new: genericNew,
    tp_init: setInit,
    tp_hash: hashNotImplemented,
    nb_inplace_subtract: inPlace(differenceUpdate),
    nb_inplace_and: inPlace((a, b) => replace(a, intersection(a, b))),
    nb_inplace_xor: inPlace(symmetricDifferenceUpdate),
    nb_inplace_or: inPlace((a, b) => a.update(b)),
  },
  methods: () => ({
    ...commonMethods(),
    add: method(
      "($self, object, /)",
      (self: PySet, value: Value) => self.add(value),
      "Add an element to a set.\n\nThis has no effect if the element is already present.",
    ),
    clear: method("($self, /)", (self: PySet) => (self.clear(), null), "Remove all elements from this set."),
    discard: method(
      "($self, object, /)",
      discard,
      "Remove an element from a set if it is a member.\n\nUnlike set.remove(), the discard() method does not raise\nan exception when an element is missing from the set.",
    ),
    difference_update: method(
      "($self, /, *others)",
      forAll(differenceUpdate),
      "Update the set, removing elements found in others.",
    ),
    intersection_update: method(
      "($self, /, *others)",
      (self: PySet, others: Value[]) => {
        const result = chained(intersection)(self, others);
        return result === EXC ? EXC : replace(self, result as PySet);
      },
      "Update the set, keeping only elements found in it and all others.",
    ),
    pop: method(
      "($self, /)",
      popElement,
      "Remove and return an arbitrary set element.\n\nRaises KeyError if the set is empty.",
    ),
    remove: method(
      "($self, object, /)",
      remove,
      "Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError.",
    ),
    symmetric_difference_update: method(
      "($self, other, /)",
      symmetricDifferenceUpdate,
      "Update the set, keeping only elements found in either set, but not in both.",
    ),
    update: method("($self, /, *others)", forAll(updateSet), "Update the set, adding elements from all others."),
  }),
});

defineType(frozensetType, {
  textSignature: "(iterable=(), /)",
  doc: "Build an immutable unordered collection of unique elements.",
  flags: BASETYPE | HAS_WEAKREF | MATCH_SELF,
  slots: {
    ...commonSlots,
    tp_alloc: (cls: PyType) => (cls === frozensetType ? new PySet(cls) : new PySetSub(cls)),
    tp_new: frozensetNew,
    tp_hash: hashFrozenset,
  },
  methods: commonMethods,
});

defineIterator(setIteratorType, {
  hint: (self: PySetIterator) => self.hint,
  reduce: (self: PySetIterator) => {
    const rest = self.rest();
    return rest === EXC ? EXC : reduceTo("iter", newList(rest));
  },
});
