/** `dict`: slots and methods. */
import {
  BASETYPE,
  type CompareOp,
  END,
  EQ,
  EXC,
  type Exc,
  type KwNames,
  MAPPING,
  MATCH_SELF,
  NE,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../core.ts";
import { classMethod, defineType, method, rawMethod } from "../define.ts";
import { PyDict, newDict } from "../dict.ts";
import { keyError } from "../errors.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { call0, call1 } from "../protocol/call.ts";
import { getIter, iterNext } from "../protocol/iter.ts";
import { compareBool, lookupSpecial, repr } from "../protocol/object.ts";
import { setItem } from "../protocol/sequence.ts";
import { reprEnter, reprLeave } from "../recursion.ts";
import { PySet } from "../set.ts";
import { NotImplemented } from "../singletons.ts";
import { type Str, strConcatAll } from "../str/astral.ts";
import { newTuple } from "../tuple.ts";
import { hashNotImplemented } from "../type/hash-not-implemented.ts";
import { dictType, frozensetType, setType, typeOf } from "../types.ts";
import { withAttributes } from "../with-attributes.ts";
import { PyDictKeyIterator, PyDictReverseKeyIterator } from "./iterators.ts";
import { updateFrom, updateFromArgs } from "./update.ts";
import { PyDictItems, PyDictKeys, PyDictValues } from "./view.ts";
import { genericNew } from "../type/generic-new.ts";

export class PyDictSub extends withAttributes(PyDict) {}

function reprDict(self: PyDict): Result {
  if (self.size === 0) return "{}";
  if (reprEnter(self)) return "{...}";
  const text = reprEntries(self);
  reprLeave(self);
  return text;
}
/** `{key: value, …}`. */
export function reprEntries(self: PyDict): Str | Exc {
  const parts: Str[] = ["{"];
  for (let i = self.next(-1); i >= 0; i = self.next(i)) {
    // The value is read first: the key's repr may change the dict.
    const value = self.valueAt(i);
    const keyText = repr(self.keyAt(i));
    if (keyText === EXC) return EXC;
    const valueText = repr(value);
    if (valueText === EXC) return EXC;
    if (parts.length > 1) parts.push(", ");
    parts.push(keyText, ": ", valueText);
  }
  parts.push("}");
  return strConcatAll(parts);
}

/** `self[key]`, without any override in a subclass but `__missing__`. */
export function subscriptDict(self: PyDict, key: Value): Result {
  const value = self.get(key);
  if (value !== undefined) return value;
  if (self.shape.cls !== dictType) {
    const missing = lookupSpecial(self, "__missing__");
    if (missing === EXC) return EXC;
    if (missing !== undefined) return call1(missing, key);
  }
  return keyError(key);
}

function assignSubscript(self: PyDict, key: Value, value: Value | undefined): Status {
  if (value !== undefined) return self.set(key, value);
  const removed = self.delete(key);
  if (removed === EXC) return EXC;
  return removed ? null : keyError(key);
}

/** Same keys, equal values. Comparisons may change either dict: every step looks anew. */
export function dictsEqual(a: PyDict, b: PyDict): boolean | Exc {
  if (a.size !== b.size) return false;
  for (let i = a.next(-1); i >= 0; i = a.next(i)) {
    const mine = a.valueAt(i);
    const theirs = b.get(a.keyAt(i));
    if (theirs === EXC) return EXC;
    if (theirs === undefined) return false;
    if (theirs === mine) continue;
    const same = compareBool(theirs, mine, EQ);
    if (same !== true) return same;
  }
  return true;
}

function compareDicts(a: PyDict, b: Value, op: CompareOp): Result {
  if (!(b instanceof PyDict) || (op !== EQ && op !== NE)) return NotImplemented;
  const same = dictsEqual(a, b);
  return same === EXC ? EXC : same === (op === EQ);
}

function union(a: Value, b: Value): Result {
  if (!(a instanceof PyDict) || !(b instanceof PyDict)) return NotImplemented;
  const merged = a.copy();
  return updateFrom(merged, b) === EXC ? EXC : merged;
}

function fromKeys(cls: PyType, iterable: Value, value: Value = null): Result {
  const dict = cls === dictType ? newDict() : call0(cls);
  if (dict === EXC) return EXC;
  const plain = dict instanceof PyDict && dict.shape.cls === dictType ? dict : null;
  if (
    plain !== null &&
    iterable instanceof PySet &&
    (typeOf(iterable) === setType || typeOf(iterable) === frozensetType)
  ) {
    for (let i = iterable.next(-1); i >= 0; i = iterable.next(i)) {
      if (plain.setHashed(iterable.at(i), value, iterable.hashAt(i)) === EXC) return EXC;
    }
    return dict;
  }
  const iterator = getIter(iterable);
  if (iterator === EXC) return EXC;
  for (;;) {
    const key = iterNext(iterator);
    if (key === END) return dict;
    if (key === EXC) return EXC;
    const status = plain !== null ? plain.set(key, value) : setItem(dict, key, value);
    if (status === EXC) return EXC;
  }
}

function pop(self: PyDict, key: Value, fallback?: Value): Result {
  const value = self.pop(key);
  return value !== undefined ? value : fallback !== undefined ? fallback : keyError(key);
}

function popItem(self: PyDict): Result {
  const item = self.popItem();
  return item === undefined ? keyError("popitem(): dictionary is empty") : newTuple(item);
}

defineType(dictType, {
  doc: "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) pairs\ndict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = v\ndict(**kwargs) -> new dictionary initialized with the name=value pairs\n    in the keyword argument list.  For example:  dict(one=1, two=2)",
  flags: BASETYPE | MAPPING | MATCH_SELF,
  slots: {
    tp_alloc: (cls: PyType) => (cls === dictType ? new PyDict(cls) : new PyDictSub(cls)),
    tp_new: genericNew,
    tp_init: (self: PyDict, args: Value[], kwnames: KwNames) => updateFromArgs(self, "dict", args, kwnames),
    tp_repr: reprDict,
    tp_hash: hashNotImplemented,
    tp_richcompare: compareDicts,
    tp_iter: (self: PyDict) => new PyDictKeyIterator(self),
    nb_or: union,
    nb_inplace_or: (self: PyDict, other: Value) => (updateFrom(self, other) === EXC ? EXC : self),
    sq_contains: (self: PyDict, key: Value) => self.has(key),
    mp_length: (self: PyDict) => self.size,
    mp_subscript: subscriptDict,
    mp_ass_subscript: assignSubscript,
  },
  methods: () => ({
    __contains__: method(
      "($self, key, /)",
      (self: PyDict, key: Value) => self.has(key),
      "True if the dictionary has the specified key, else False.",
    ),
    __getitem__: method("($self, key, /)", subscriptDict, "Return self[key]."),
    __sizeof__: method(
      "($self, /)",
      (self: PyDict) => 64 + (self.size === 0 ? 0 : 120 + 24 * self.size),
      "Return the size of the dict in memory.",
    ),
    get: method(
      "($self, key, default=None, /)",
      (self: PyDict, key: Value, fallback: Value = null) => {
        const value = self.get(key);
        return value === undefined ? fallback : value;
      },
      "Return the value for key if key is in the dictionary, else default.",
    ),
    setdefault: method(
      "($self, key, default=None, /)",
      (self: PyDict, key: Value, fallback: Value = null) => self.setDefault(key, fallback),
      "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, else default.",
    ),
    pop: method(
      "($self, key, default=<unrepresentable>, /)",
      pop,
      "D.pop(k[,d]) -> v, remove specified key and return the corresponding value.\n\nIf the key is not found, return the default if given; otherwise,\nraise a KeyError.",
    ),
    popitem: method(
      "($self, /)",
      popItem,
      "Remove and return a (key, value) pair as a 2-tuple.\n\nPairs are returned in LIFO (last-in, first-out) order.\nRaises KeyError if the dict is empty.",
    ),
    keys: method(
      "($self, /)",
      (self: PyDict) => new PyDictKeys(self),
      "Return a set-like object providing a view on the dict's keys.",
    ),
    items: method(
      "($self, /)",
      (self: PyDict) => new PyDictItems(self),
      "Return a set-like object providing a view on the dict's items.",
    ),
    values: method(
      "($self, /)",
      (self: PyDict) => new PyDictValues(self),
      "Return an object providing a view on the dict's values.",
    ),
    update: rawMethod(
      (self: PyDict, args: Value[], kwnames: KwNames) => updateFromArgs(self, "update", args, kwnames),
      "D.update([E, ]**F) -> None.  Update D from mapping/iterable E and F.\nIf E is present and has a .keys() method, then does:  for k in E.keys(): D[k] = E[k]\nIf E is present and lacks a .keys() method, then does:  for k, v in E: D[k] = v\nIn either case, this is followed by: for k in F:  D[k] = F[k]",
    ),
    fromkeys: classMethod(
      "($type, iterable, value=None, /)",
      fromKeys,
      "Create a new dictionary with keys from iterable and values set to value.",
    ),
    clear: method("($self, /)", (self: PyDict) => (self.clear(), null), "Remove all items from the dict."),
    copy: method("($self, /)", (self: PyDict) => self.copy(), "Return a shallow copy of the dict."),
    __reversed__: method(
      "($self, /)",
      (self: PyDict) => new PyDictReverseKeyIterator(self),
      "Return a reverse iterator over the dict keys.",
    ),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
});
