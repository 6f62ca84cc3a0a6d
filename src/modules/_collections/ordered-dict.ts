/**
 * `collections.OrderedDict`. A dict keeps its entries in order already, and `PyDict.moveToEnd` moves one to either end
 * in constant time; so no list of nodes is needed beside it. What differs from dict: comparison of the order, methods
 * that go through a subclass's `__setitem__`, and iterators that notice every change of keys.
 */
import {
  BASETYPE,
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  HAS_DICT,
  HAS_WEAKREF,
  type KwNames,
  NE,
  PyType,
  type Result,
  type Status,
  type Value,
  typeType,
} from "../../objects/core.ts";
import { classMethod, defineType, method, rawMethod } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { dictsEqual, reprEntries } from "../../objects/dict/type.ts";
import { setViewSlots } from "../../objects/dict/view-types.ts";
import {
  PyDictItems,
  PyDictKeys,
  PyDictValues,
  dictItemsType,
  dictKeysType,
  dictValuesType,
} from "../../objects/dict/view.ts";
import { keyError, raiseArgs, runtimeError, typeError, valueError } from "../../objects/errors.ts";
import { keyErrorType } from "../../objects/exceptions/types.ts";
import { call, call0, callMethod } from "../../objects/protocol/call.ts";
import { forEach, getIter, listFromIterable } from "../../objects/protocol/iter.ts";
import { callSpecial, equals, isTrue, lookupAttr, repr } from "../../objects/protocol/object.ts";
import { contains, getItem, setItem } from "../../objects/protocol/sequence.ts";
import { reprEnter, reprLeave } from "../../objects/recursion.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { type Str, strConcatAll } from "../../objects/str/astral.ts";
import { PyTuple, emptyTuple, newTuple } from "../../objects/tuple.ts";
import { nativeDictGetSet } from "../../objects/type/native-dict.ts";
import { hashNotImplemented } from "../../objects/type/hash-not-implemented.ts";
import { dictType, typeOf } from "../../objects/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { PyOrderedDictIterator } from "./odict-iterator.ts";
import { genericNew } from "../../objects/type/generic-new.ts";

export const orderedDictType = new PyType("OrderedDict", typeType);
export const odictKeysType = new PyType("odict_keys", typeType);
export const odictValuesType = new PyType("odict_values", typeType);
export const odictItemsType = new PyType("odict_items", typeType);

export class PyOrderedDict extends withAttributes(PyDict) {}

/** Does its class store items in the builtin way? */
function storesDirectly(self: PyOrderedDict): boolean {
  return self.shape.cls.mp_ass_subscript === orderedDictType.mp_ass_subscript;
}
function store(self: PyOrderedDict, key: Value, value: Value): Status {
  return storesDirectly(self) ? self.set(key, value) : setItem(self, key, value);
}

// ── update (MutableMapping.update) ─────────────────────────────────────────────────────────────────────────
function update(self: PyOrderedDict, name: string, args: Value[], kwnames: KwNames): Status {
  const positional = args.length - (kwnames === null ? 0 : kwnames.length);
  if (positional > 1) {
    return typeError(
      name === ""
        ? `expected at most 1 argument, got ${positional}`
        : `${name}() takes at most 1 positional argument (${positional} given)`,
    );
  }
  if (positional === 1 && addFrom(self, args[0]) === EXC) return EXC;
  if (kwnames !== null) {
    for (let i = 0; i < kwnames.length; i++) if (store(self, kwnames[i], args[positional + i]) === EXC) return EXC;
  }
  return null;
}

function addFrom(self: PyOrderedDict, source: Value): Status {
  if (source instanceof PyDict && source.shape.cls === dictType) {
    for (const [key, value] of source.items()) if (store(self, key, value) === EXC) return EXC;
    return null;
  }
  const keys = lookupAttr(source, "keys");
  if (keys === EXC) return EXC;
  if (keys !== undefined) {
    const names = call0(keys);
    if (names === EXC) return EXC;
    return forEach(names, (key) => {
      const value = getItem(source, key);
      return value === EXC ? EXC : store(self, key, value);
    });
  }
  const items = lookupAttr(source, "items");
  if (items === EXC) return EXC;
  if (items === undefined) return addPairs(self, source);
  const pairs = call0(items);
  return pairs === EXC ? EXC : addPairs(self, pairs);
}

function addPairs(self: PyOrderedDict, pairs: Value): Status {
  return forEach(pairs, (item) => {
    const pair = listFromIterable(item);
    if (pair === EXC) return EXC;
    if (pair.length < 2)
      return valueError(`need more than ${pair.length} value${pair.length === 1 ? "" : "s"} to unpack`);
    if (pair.length > 2) return valueError("too many values to unpack (expected 2)");
    return store(self, pair[0], pair[1]);
  });
}

// ── methods ────────────────────────────────────────────────────────────────────────────────────────────────
function fromKeys(cls: PyType, iterable: Value, value: Value = null): Result {
  const made = call0(cls);
  if (made === EXC) return EXC;
  return forEach(iterable, (key) => setItem(made, key, value)) === EXC ? EXC : made;
}

function setDefault(self: PyOrderedDict, key: Value, fallback: Value = null): Result {
  if (self.shape.cls === orderedDictType) return self.setDefault(key, fallback);
  const present = contains(self, key);
  if (present === EXC) return EXC;
  if (present) return getItem(self, key);
  return setItem(self, key, fallback) === EXC ? EXC : fallback;
}

function pop(self: PyOrderedDict, key: Value, fallback?: Value): Result {
  const value = self.pop(key);
  return value !== undefined ? value : fallback !== undefined ? fallback : bareKeyError(key);
}

/** KeyError with the key as exception arguments: a tuple is all of them, None is none, as CPython has it here. */
function bareKeyError(key: Value): Exc {
  if (key === null) return raiseArgs(keyErrorType);
  return key instanceof PyTuple ? raiseArgs(keyErrorType, ...key.items) : keyError(key);
}

function popItem(self: PyOrderedDict, last?: Value): Result {
  const fromEnd = last === undefined ? true : isTrue(last);
  if (fromEnd === EXC) return EXC;
  if (self.size === 0) return keyError("dictionary is empty");
  if (fromEnd) return newTuple(self.popItem() as [Value, Value]);
  const first = self.next(-1);
  const item = newTuple([self.keyAt(first), self.valueAt(first)]);
  self.removeAt(first);
  return item;
}

function moveToEnd(self: PyOrderedDict, key: Value, last?: Value): Result {
  const toEnd = last === undefined ? true : isTrue(last);
  if (toEnd === EXC) return EXC;
  const moved = self.moveToEnd(key, toEnd);
  return moved === EXC ? EXC : moved ? null : bareKeyError(key);
}

function copy(self: PyOrderedDict): Result {
  const { cls } = self.shape;
  if (cls === orderedDictType) {
    const made = new PyOrderedDict(cls);
    made.copyFrom(self);
    return made;
  }
  const made = call0(cls);
  if (made === EXC) return EXC;
  const status = forEach(self, (key) => {
    const value = getItem(self, key);
    return value === EXC ? EXC : setItem(made, key, value);
  });
  return status === EXC ? EXC : made;
}

function reduce(self: PyOrderedDict): Result {
  const state = callSpecial(self, "__getstate__") ?? null;
  if (state === EXC) return EXC;
  const items = callMethod(self, "items");
  if (items === EXC) return EXC;
  const iterator = getIter(items);
  return iterator === EXC ? EXC : newTuple([self.shape.cls, emptyTuple, state, null, iterator]);
}

// ── slots ──────────────────────────────────────────────────────────────────────────────────────────────────
function reprOrderedDict(self: PyOrderedDict): Result {
  const name = self.shape.cls.qualname.split(".").pop() as string;
  if (self.size === 0) return `${name}()`;
  if (reprEnter(self)) return "...";
  const text = reprInside(self);
  reprLeave(self);
  return text === EXC ? EXC : strConcatAll([name, "(", text, ")"]);
}
function reprInside(self: PyOrderedDict): Str | Exc {
  if (self.shape.cls === orderedDictType) return reprEntries(self);
  const items = callMethod(self, "items");
  if (items === EXC) return EXC;
  const shown = call(dictType, [items]);
  return shown === EXC ? EXC : repr(shown);
}

function compare(a: PyOrderedDict, b: Value, op: CompareOp): Result {
  if (!(b instanceof PyDict) || (op !== EQ && op !== NE)) return NotImplemented;
  let same = dictsEqual(a, b);
  if (same === true && b instanceof PyOrderedDict) same = sameOrder(a, b);
  return same === EXC ? EXC : same === (op === EQ);
}
function sameOrder(a: PyOrderedDict, b: PyOrderedDict): boolean | Exc {
  const mine = a.keys();
  const theirs = b.keys();
  const versions = [a.keysVersion, b.keysVersion];
  for (let i = 0; i < mine.length && i < theirs.length; i++) {
    const same = equals(mine[i], theirs[i]);
    if (same === EXC) return EXC;
    if (a.keysVersion !== versions[0] || b.keysVersion !== versions[1]) {
      return runtimeError("OrderedDict mutated during iteration");
    }
    if (!same) return false;
  }
  return mine.length === theirs.length;
}

function union(a: Value, b: Value): Result {
  if (!(a instanceof PyDict) || !(b instanceof PyDict)) return NotImplemented;
  const cls = a instanceof PyOrderedDict ? typeOf(a) : typeOf(b);
  const merged = call(cls, [a]);
  if (merged === EXC) return EXC;
  return addFrom(merged as PyOrderedDict, b) === EXC ? EXC : merged;
}

function assign(self: PyOrderedDict, key: Value, value: Value | undefined): Status {
  if (value !== undefined) return self.set(key, value);
  const removed = self.delete(key);
  return removed === EXC ? EXC : removed ? null : keyError(key);
}

defineType(orderedDictType, {
  module: "collections",
  doc: "Dictionary that remembers insertion order",
  base: dictType,
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF,
  slots: {
    tp_alloc: (cls: PyType) => new PyOrderedDict(cls),
    tp_new: genericNew,
    tp_init: (self: PyOrderedDict, args: Value[], kwnames: KwNames) => update(self, "", args, kwnames),
    tp_repr: reprOrderedDict,
    tp_hash: hashNotImplemented,
    tp_richcompare: compare,
    tp_iter: (self: PyOrderedDict) => new PyOrderedDictIterator(self, "keys", false),
    nb_or: union,
    nb_inplace_or: (self: PyOrderedDict, other: Value) => (addFrom(self, other) === EXC ? EXC : self),
    mp_ass_subscript: assign,
  },
  methods: () => ({
    fromkeys: classMethod(
      "($type, /, iterable, value=None)",
      fromKeys,
      "Create a new ordered dictionary with keys from iterable and values set to value.",
    ),
    __sizeof__: method("($self, /)", (self: PyOrderedDict) => 184 + 96 * self.size),
    __reduce__: method("($self, /)", reduce, "Return state information for pickling"),
    setdefault: method(
      "($self, /, key, default=None)",
      setDefault,
      "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, else default.",
    ),
    pop: method(
      "($self, /, key, default=<unrepresentable>)",
      pop,
      "od.pop(key[,default]) -> v, remove specified key and return the corresponding value.",
    ),
    popitem: method(
      "($self, /, last=True)",
      popItem,
      "Remove and return a (key, value) pair from the dictionary.\n\nPairs are returned in LIFO order if last is true or FIFO order if false.",
    ),
    keys: method("($self, /)", (self: PyOrderedDict) => new PyDictKeys(self, odictKeysType)),
    values: method("($self, /)", (self: PyOrderedDict) => new PyDictValues(self, odictValuesType)),
    items: method("($self, /)", (self: PyOrderedDict) => new PyDictItems(self, odictItemsType)),
    update: rawMethod((self: PyOrderedDict, args: Value[], kwnames: KwNames) => update(self, "update", args, kwnames)),
    clear: method("($self, /)", (self: PyOrderedDict) => (self.clear(), null), "Remove all items from ordered dict."),
    copy: method("($self, /)", copy, "A shallow copy of ordered dict."),
    __reversed__: method(
      "($self, /)",
      (self: PyOrderedDict) => new PyOrderedDictIterator(self, "keys", true),
      "od.__reversed__() <==> reversed(od)",
    ),
    move_to_end: method(
      "($self, /, key, last=True)",
      moveToEnd,
      "Move an existing element to the end (or beginning if last is false).\n\nRaise KeyError if the element does not exist.",
    ),
  }),
  getset: () => ({ __dict__: nativeDictGetSet }),
});

// ── views ──────────────────────────────────────────────────────────────────────────────────────────────────
function defineView(type: PyType, base: PyType, wanted: "keys" | "values" | "items"): void {
  defineType(type, {
    base,
    slots: {
      tp_new: null,
      ...(wanted === "values" ? {} : { tp_richcompare: setViewSlots.tp_richcompare, tp_hash: hashNotImplemented }),
      tp_iter: (self: PyDictKeys) => new PyOrderedDictIterator(self.dict, wanted, false),
    },
    methods: () => ({
      __reversed__: method("($self, /)", (self: PyDictKeys) => new PyOrderedDictIterator(self.dict, wanted, true)),
    }),
  });
}
defineView(odictKeysType, dictKeysType, "keys");
defineView(odictValuesType, dictValuesType, "values");
defineView(odictItemsType, dictItemsType, "items");
