/** The types of the dicts' views; keys and items are sets, so they compare and combine as sets do. */
import {
  type CompareOp,
  DISALLOW_INSTANTIATION,
  END,
  EQ,
  EXC,
  type Exc,
  GE,
  GT,
  LE,
  LT,
  NE,
  type Result,
  type Slots,
  type Value,
} from "../core.ts";
import { defineType, getset, method } from "../define.ts";
import { newMappingProxy } from "../mapping-proxy.ts";
import { getIter, iterNext, listFromIterable } from "../protocol/iter.ts";
import { length, repr } from "../protocol/object.ts";
import { contains } from "../protocol/sequence.ts";
import { reprEnter, reprLeave } from "../recursion.ts";
import { PySet, newSet } from "../set.ts";
import { differenceUpdate, intersection, symmetricDifferenceUpdate, updateSet } from "../set/operations.ts";
import { NotImplemented } from "../singletons.ts";
import { strConcatAll } from "../str/astral.ts";
import { newList } from "../list.ts";
import { hashNotImplemented } from "../type/hash-not-implemented.ts";
import { setType, typeOf } from "../types.ts";
import {
  PyDictItemIterator,
  PyDictKeyIterator,
  PyDictReverseItemIterator,
  PyDictReverseKeyIterator,
  PyDictReverseValueIterator,
  PyDictValueIterator,
} from "./iterators.ts";
import {
  type PyDictItems,
  type PyDictKeys,
  type PyDictSetView,
  type PyDictValues,
  type PyDictView,
  dictItemsType,
  dictKeysType,
  dictValuesType,
  isSetView,
} from "./view.ts";

function reprView(self: PyDictView): Result {
  if (reprEnter(self)) return "...";
  const values = listFromIterable(self);
  const text = values === EXC ? EXC : repr(newList(values));
  reprLeave(self);
  return text === EXC ? EXC : strConcatAll([typeOf(self).name, "(", text, ")"]);
}

// ── comparison ─────────────────────────────────────────────────────────────────────────────────────────────
function compareViews(self: PyDictSetView, other: Value, op: CompareOp): Result {
  if (!(other instanceof PySet) && !isSetView(other)) return NotImplemented;
  const n = length(self);
  const m = length(other);
  if (n === EXC || m === EXC) return EXC;
  switch (op) {
    case EQ:
    case NE: {
      const same = n === m ? allIn(self, other) : false;
      return same === EXC ? EXC : same === (op === EQ);
    }
    case LT:
      return n < m ? allIn(self, other) : false;
    case LE:
      return n <= m ? allIn(self, other) : false;
    case GT:
      return n > m ? allIn(other, self) : false;
    case GE:
      return n >= m ? allIn(other, self) : false;
    default:
      return NotImplemented;
  }
}

function allIn(part: Value, whole: Value): boolean | Exc {
  const iterator = getIter(part);
  if (iterator === EXC) return EXC;
  for (;;) {
    const value = iterNext(iterator);
    if (value === END) return true;
    if (value === EXC) return EXC;
    const present = contains(whole, value);
    if (present !== true) return present;
  }
}

// ── algebra: the view may be either operand ────────────────────────────────────────────────────────────────
function setOf(iterable: Value): PySet | Exc {
  const set = newSet();
  return updateSet(set, iterable) === EXC ? EXC : set;
}
function subtract(a: Value, b: Value): Result {
  const set = setOf(a);
  return set === EXC || differenceUpdate(set, b) === EXC ? EXC : set;
}
function union(a: Value, b: Value): Result {
  const set = setOf(a);
  return set === EXC || updateSet(set, b) === EXC ? EXC : set;
}
function symmetricDifference(a: Value, b: Value): Result {
  const set = setOf(a);
  return set === EXC || symmetricDifferenceUpdate(set, b) === EXC ? EXC : set;
}
function intersect(a: Value, b: Value): Result {
  let view = a;
  let other = b;
  if (!isSetView(view)) [view, other] = [b, a];
  const n = length(view);
  if (n === EXC) return EXC;
  if (other instanceof PySet && typeOf(other) === setType && n <= other.size) return intersection(other, view);
  // Walking the smaller view needs fewer look-ups.
  if (isSetView(other)) {
    const m = length(other);
    if (m === EXC) return EXC;
    if (m > n) [view, other] = [other, view];
  }
  const iterator = getIter(other);
  if (iterator === EXC) return EXC;
  const set = newSet();
  for (;;) {
    const value = iterNext(iterator);
    if (value === END) return set;
    if (value === EXC) return EXC;
    const present = (view as PyDictSetView).contains(value);
    if (present === EXC || (present && set.add(value) === EXC)) return EXC;
  }
}

function isDisjoint(self: PyDictSetView, other: Value): Result {
  if (self === other) return self.dict.size === 0;
  let walked = other;
  let asked: Value = self;
  if (other instanceof PySet || isSetView(other)) {
    const m = length(other);
    if (m === EXC) return EXC;
    if (m > self.dict.size) [walked, asked] = [self, other];
  }
  const iterator = getIter(walked);
  if (iterator === EXC) return EXC;
  for (;;) {
    const value = iterNext(iterator);
    if (value === END) return true;
    if (value === EXC) return EXC;
    const present = contains(asked, value);
    if (present === EXC) return EXC;
    if (present) return false;
  }
}

export const setViewSlots: Partial<Slots> = {
  tp_new: null,
  tp_repr: reprView,
  tp_richcompare: compareViews,
  tp_hash: hashNotImplemented,
  nb_subtract: subtract,
  nb_and: intersect,
  nb_or: union,
  nb_xor: symmetricDifference,
  sq_length: (self: PyDictView) => self.dict.size,
  sq_contains: (self: PyDictSetView, value: Value) => self.contains(value),
};
const mapping = () => ({
  mapping: getset((self: PyDictView) => newMappingProxy(self.dict), undefined, "Dictionary that this view refers to."),
});
const isDisjointDoc = "Return True if the view and the given iterable have a null intersection.";

defineType(dictKeysType, {
  flags: DISALLOW_INSTANTIATION,
  slots: { ...setViewSlots, tp_iter: (self: PyDictKeys) => new PyDictKeyIterator(self.dict) },
  methods: () => ({
    isdisjoint: method("($self, object, /)", isDisjoint, isDisjointDoc),
    __reversed__: method(
      "($self, /)",
      (self: PyDictKeys) => new PyDictReverseKeyIterator(self.dict),
      "Return a reverse iterator over the dict keys.",
    ),
  }),
  getset: mapping,
});
defineType(dictItemsType, {
  flags: DISALLOW_INSTANTIATION,
  slots: { ...setViewSlots, tp_iter: (self: PyDictItems) => new PyDictItemIterator(self.dict) },
  methods: () => ({
    isdisjoint: method("($self, object, /)", isDisjoint, isDisjointDoc),
    __reversed__: method(
      "($self, /)",
      (self: PyDictItems) => new PyDictReverseItemIterator(self.dict),
      "Return a reverse iterator over the dict items.",
    ),
  }),
  getset: mapping,
});
defineType(dictValuesType, {
  flags: DISALLOW_INSTANTIATION,
  slots: {
    tp_new: null,
    tp_repr: reprView,
    tp_iter: (self: PyDictValues) => new PyDictValueIterator(self.dict),
    sq_length: (self: PyDictValues) => self.dict.size,
  },
  methods: () => ({
    __reversed__: method(
      "($self, /)",
      (self: PyDictValues) => new PyDictReverseValueIterator(self.dict),
      "Return a reverse iterator over the dict values.",
    ),
  }),
  getset: mapping,
});
