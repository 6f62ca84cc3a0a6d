/** `tuple`: slots and methods. */
import {
  BASETYPE,
  type CompareOp,
  EXC,
  type Exc,
  type KwNames,
  MATCH_SELF,
  PLAIN_ARITHMETIC,
  type PyType,
  type Result,
  SEQUENCE,
  type Value,
} from "../core.ts";
import { classMethod, defineType, method, parseArgs, signature } from "../define.ts";
import { indexError, typeError } from "../errors.ts";
import { indexErrorType } from "../exceptions/types.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { newTupleIterator } from "../iterators/list.ts";
import { hashOfKeyRaw } from "../dict/key-hash.ts";
import { sliceIndices } from "../protocol/convert.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { repr } from "../protocol/object.ts";
import { enterRecursive, leaveRecursive } from "../recursion.ts";
import {
  compareItems,
  countItem,
  findItem,
  indexOf,
  repeatItems,
  reprItems,
  sliceItems,
  subscriptIndex,
} from "../sequence/items.ts";
import { plainItems } from "../sequence/plain-items.ts";
import { NotImplemented } from "../singletons.ts";
import { PySlice } from "../slice.ts";
import { strConcatAll } from "../str/astral.ts";
import { PyTuple, emptyTuple, newTuple } from "../tuple.ts";
import { tupleType, typeOf } from "../types.ts";
import { withAttributes } from "../with-attributes.ts";

export class PyTupleSub extends withAttributes(PyTuple) {}

const NEW = signature("(iterable=(), /)");

function tupleNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const ownKeywords = kwnames !== null && cls.tp_init !== tupleType.tp_init;
  const positional = ownKeywords ? args.slice(0, args.length - kwnames.length) : args;
  const bound = parseArgs(NEW, "tuple", positional, ownKeywords ? null : kwnames);
  if (bound === EXC) return EXC;
  const iterable = bound[0] as Value | undefined;
  if (iterable === undefined) return cls === tupleType ? emptyTuple : new PyTupleSub(cls, []);
  if (cls === tupleType && typeOf(iterable) === tupleType) return iterable;
  const items = plainItems(iterable) ?? listFromIterable(iterable);
  if (items === EXC) return EXC;
  return cls === tupleType ? newTuple(items) : new PyTupleSub(cls, items);
}

/** Mixes the items' hashes; equal tuples hash equal, whatever the items' types (not CPython's values). */
function hashTuple(self: PyTuple): number | Exc {
  if (self.cachedHash !== undefined) return self.cachedHash;
  if (enterRecursive(" while hashing a tuple")) return EXC;
  const h = mixHashes(self.items);
  leaveRecursive();
  if (h === EXC) return EXC;
  self.cachedHash = h === -1 ? -2 : h;
  return self.cachedHash;
}

function mixHashes(items: readonly Value[]): number | Exc {
  let h = 0x345678;
  for (let i = 0; i < items.length; i++) {
    const item = hashOfKeyRaw(items[i]);
    if (item === EXC) return EXC;
    // xxHash32's round: enough to tell permutations and small differences apart.
    h = (h + Math.imul(item, 0x85ebca77)) | 0;
    h = Math.imul((h << 13) | (h >>> 19), 0x9e3779b1);
  }
  h ^= items.length;
  h ^= h >>> 15;
  h = Math.imul(h, 0x85ebca6b);
  return h ^ (h >>> 13);
}

function reprTuple(self: PyTuple): Result {
  const { items } = self;
  if (items.length === 0) return "()";
  if (items.length > 1) return reprItems(self, "(", ")", "(...)");
  if (typeof items[0] === "number") return `(${items[0]},)`;
  if (typeof items[0] === "string") {
    const text = repr(items[0]);
    return text === EXC ? EXC : strConcatAll(["(", text, ",)"]);
  }
  return reprItems(self, "(", ",)", "(...)");
}

function subscript(self: PyTuple, key: Value): Result {
  if (key instanceof PySlice) {
    const slice = sliceIndices(key, self.items.length);
    if (slice === EXC) return EXC;
    if (slice.count === self.items.length && slice.step === 1 && self.shape.cls === tupleType) return self;
    return newTuple(sliceItems(self.items, slice));
  }
  const index = subscriptIndex(key, indexErrorType);
  if (index === EXC) return EXC;
  if (index === undefined) return typeError(`tuple indices must be integers or slices, not ${typeOf(key).name}`);
  return itemAt(self, index < 0 ? index + self.items.length : index);
}

function itemAt(self: PyTuple, index: number): Result {
  return index >= 0 && index < self.items.length ? self.items[index] : indexError("tuple index out of range");
}

function concat(a: PyTuple, b: Value): Result {
  if (!(b instanceof PyTuple)) return typeError(`can only concatenate tuple (not "${typeOf(b).name}") to tuple`);
  if (a.items.length === 0 && b.shape.cls === tupleType) return b;
  if (b.items.length === 0 && a.shape.cls === tupleType) return a;
  return newTuple(a.items.concat(b.items));
}

function repeat(self: PyTuple, count: number): Result {
  if (self.shape.cls === tupleType && (count === 1 || self.items.length === 0)) return self;
  const items = repeatItems(self.items, count);
  return items === EXC ? EXC : newTuple(items);
}

defineType(tupleType, {
  doc: "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object.",
  textSignature: "(iterable=(), /)",
  flags: BASETYPE | SEQUENCE | MATCH_SELF | PLAIN_ARITHMETIC,
  slots: {
    tp_new: tupleNew,
    tp_alloc: (cls: PyType) => (cls === tupleType ? new PyTuple(cls, []) : new PyTupleSub(cls, [])),
    tp_repr: reprTuple,
    tp_hash: hashTuple,
    tp_richcompare: (a: PyTuple, b: Value, op: CompareOp) =>
      b instanceof PyTuple ? compareItems(a, b, op) : NotImplemented,
    tp_iter: (self: PyTuple) => newTupleIterator(self),
    sq_length: (self: PyTuple) => self.items.length,
    sq_concat: concat,
    sq_repeat: repeat,
    sq_item: itemAt,
    sq_contains: (self: PyTuple, item: Value) => {
      const found = findItem(self, item);
      return found === EXC ? EXC : found >= 0;
    },
    mp_length: (self: PyTuple) => self.items.length,
    mp_subscript: subscript,
  },
  methods: () => ({
    __getnewargs__: method("($self, /)", (self: PyTuple) => newTuple([newTuple(self.items.slice())])),
    index: method(
      "($self, value, start=0, stop=sys.maxsize, /)",
      (self: PyTuple, value: Value, start?: Value, stop?: Value) =>
        indexOf(self, value, start, stop, "tuple.index(x): x not in tuple"),
      "Return first index of value.\n\nRaises ValueError if the value is not present.",
    ),
    count: method(
      "($self, value, /)",
      (self: PyTuple, value: Value) => countItem(self, value),
      "Return number of occurrences of value.",
    ),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
});
