/** The module `array`. */
import { shortName } from "../../objects/type/short-name.ts";
import {
  BASETYPE,
  type CompareOp,
  EXC,
  HAS_WEAKREF,
  type KwNames,
  type PyType,
  type Result,
  SEQUENCE,
  type Value,
} from "../../objects/core.ts";
import { forBlocks } from "../../objects/blocks.ts";
import { PyBuffer } from "../../objects/buffer.ts";
import { bytesFromArray } from "../../objects/bytes.ts";
import { classMethod, fn, getset, method, newModule, newType } from "../../objects/define.ts";
import { indexError, runtimeError, typeError, valueError } from "../../objects/errors.ts";
import { newGenericAlias } from "../../objects/generic-alias.ts";
import { indexErrorType } from "../../objects/exceptions/types.ts";
import { concat as concatText } from "../../objects/message.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { importAttribute } from "../../objects/import-hook.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { repr } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { boundOf } from "../../objects/sequence/items.ts";
import { newTuple } from "../../objects/tuple.ts";
import { hashNotImplemented } from "../../objects/type/hash-not-implemented.ts";
import { typeOf } from "../../objects/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { type Kind, PyArray } from "../../objects/array.ts";
import {
  construct,
  extend,
  frombytes,
  fromfile,
  fromlist,
  fromunicode,
  reconstruct,
  reduceEx,
  textOf,
  tofile,
  tolist,
} from "./construct.ts";
import {
  assignAt,
  assignSubscript,
  compareArrays,
  concat,
  findItem,
  itemAt,
  type MakeArray,
  repeat,
  repeatInPlace,
  subscript,
} from "./items.ts";
import { newArrayIterator } from "./iterator.ts";
import { isCharKind, TYPE_CODES } from "./kinds.ts";

class PyArraySub extends withAttributes(PyArray) {}

const newArray = (cls: PyType, kind: Kind, length: number): PyArray =>
  cls === arrayType ? new PyArray(cls, kind, length) : new PyArraySub(cls, kind, length);
/** Results of operations are plain arrays, whatever the class of the operands. */
const makeLike: MakeArray = (cls, like, length) => newArray(cls, like.kind, length);

function arrayRepr(self: PyArray): Result {
  const name = shortName(typeOf(self));
  if (self.length === 0) return `${name}('${self.kind.code}')`;
  const content = repr(isCharKind(self.kind) ? textOf(self) : tolist(self));
  return content === EXC ? EXC : concatText(`${name}('${self.kind.code}', `, content, ")");
}

function getBuffer(self: PyArray, _flags: number): PyBuffer {
  self.exports++;
  const { kind, length } = self;
  return new PyBuffer(
    self,
    new Uint8Array(self.view.buffer),
    0,
    length * kind.size,
    false,
    { format: kind.format, itemsize: kind.size, shape: [length] },
    () => {
      self.exports--;
    },
  );
}

function index(self: PyArray, value: Value, start: Value | undefined, stop: Value | undefined): Result {
  const from = start === undefined ? 0 : boundOf(start, self.length);
  if (from === EXC) return EXC;
  const to = stop === undefined ? Number.MAX_SAFE_INTEGER : boundOf(stop, self.length);
  if (to === EXC) return EXC;
  const found = findItem(self, value, from, to);
  return found === -1 ? valueError("array.index(x): x not in array") : found;
}

function count(self: PyArray, value: Value): Result {
  let times = 0;
  for (let at = 0; ; at++) {
    const found = findItem(self, value, at);
    if (found === EXC) return EXC;
    if (found < 0) return times;
    times++;
    at = found;
  }
}

function remove(self: PyArray, value: Value): Result {
  const found = findItem(self, value);
  if (found === EXC) return EXC;
  return found < 0 ? valueError("array.remove(x): x not in array") : assignAt(self, found, undefined);
}

function pop(self: PyArray, where: Value | undefined): Result {
  const given = where === undefined ? -1 : asSize(where, indexErrorType);
  if (given === EXC) return EXC;
  if (self.length === 0) return indexError("pop from empty array");
  const at = given < 0 ? given + self.length : given;
  if (at < 0 || at >= self.length) return indexError("pop index out of range");
  const item = self.get(at);
  return assignAt(self, at, undefined) === EXC ? EXC : item;
}

function insert(self: PyArray, where: Value, value: Value): Result {
  const given = asSize(where);
  if (given === EXC) return EXC;
  return self.insert(given < 0 ? Math.max(0, given + self.length) : given, value);
}

function byteswap(self: PyArray): Result {
  const { size } = self.kind;
  if (![1, 2, 4, 8].includes(size)) return runtimeError("don't know how to byteswap this array type");
  const memory = self.memory();
  forBlocks(0, memory.length, (from, to) => {
    for (let at = from; at < to; at += size) memory.subarray(at, at + size).reverse();
  });
  return null;
}

function reverse(self: PyArray): Result {
  const { size } = self.kind;
  const memory = self.memory();
  const copy = memory.slice();
  for (let i = 0; i < self.length; i++)
    memory.set(copy.subarray(i * size, (i + 1) * size), (self.length - 1 - i) * size);
  return null;
}

function copy(self: PyArray): Result {
  const twin = newArray(arrayType, self.kind, self.length);
  twin.memory().set(self.memory());
  return twin;
}

function tounicode(self: PyArray): Result {
  if (!isCharKind(self.kind)) return valueError("tounicode() may only be called on unicode type arrays ('u' or 'w')");
  return textOf(self);
}

function inplaceConcat(self: PyArray, other: Value): Result {
  if (!(other instanceof PyArray)) return typeError(`can only extend array with array (not "${typeOf(other).name}")`);
  return extend(self, other) === EXC ? EXC : self;
}

export const arrayType: PyType = newType("array", {
  module: "array",
  doc: "array(typecode [, initializer]) -> array\n\nAn array of basic values: numbers or characters, all of one type given by a type code.",
  flags: BASETYPE | SEQUENCE | HAS_WEAKREF,
  slots: {
    tp_new: (cls: PyType, args: Value[], kwnames: KwNames) =>
      construct(cls, args, kwnames, cls === arrayType || cls.tp_init === arrayType.tp_init, newArray),
    tp_init: () => null,
    tp_repr: arrayRepr,
    tp_hash: hashNotImplemented,
    tp_richcompare: (a: PyArray, b: Value, op: CompareOp) => compareArrays(a, b, op),
    tp_iter: (self: PyArray) => newArrayIterator(self),
    sq_length: (self: PyArray) => self.length,
    sq_item: (self: PyArray, at: number) => (at < 0 ? indexError("array index out of range") : itemAt(self, at)),
    sq_ass_item: assignAt,
    sq_concat: (self: PyArray, other: Value) => concat(self, other, makeLike, arrayType),
    sq_repeat: (self: PyArray, times: number) => repeat(self, times, makeLike, arrayType),
    sq_inplace_concat: inplaceConcat,
    sq_inplace_repeat: repeatInPlace,
    sq_contains: (self: PyArray, item: Value) => {
      const found = findItem(self, item);
      return found === EXC ? EXC : found >= 0;
    },
    mp_length: (self: PyArray) => self.length,
    mp_subscript: (self: PyArray, key: Value) =>
      typeof key === "number" ? itemAt(self, key) : subscript(self, key, makeLike, arrayType),
    mp_ass_subscript: assignSubscript,
    bf_getbuffer: getBuffer,
  },
  methods: () => ({
    append: method("($self, v, /)", (self: PyArray, v: Value) => self.append(v), "Append new value v to the end."),
    buffer_info: method("($self, /)", (self: PyArray) => newTuple([rt.idOf(self) + 64, self.length])),
    byteswap: method("($self, /)", byteswap, "Byteswap all items."),
    clear: method("($self, /)", (self: PyArray) => self.resize(0), "Remove all items."),
    __copy__: method("($self, /)", copy, "Return a copy of the array."),
    __deepcopy__: method(
      "($self, unused, /)",
      (self: PyArray, _memo: Value) => copy(self),
      "Return a copy of the array.",
    ),
    count: method("($self, v, /)", count, "Number of occurrences of v."),
    extend: method("($self, bb, /)", extend, "Append items to the end."),
    fromfile: method("($self, f, n, /)", fromfile, "Read n items from the file object f and append them."),
    fromlist: method("($self, list, /)", fromlist, "Append items of a list."),
    frombytes: method("($self, buffer, /)", frombytes, "Append items from machine values in a buffer."),
    fromunicode: method("($self, ustr, /)", fromunicode, "Append the characters of a str."),
    index: method("($self, v, start=0, stop=sys.maxsize, /)", index, "Index of the first occurrence of v."),
    insert: method("($self, i, v, /)", insert, "Insert a new item v before position i."),
    pop: method("($self, i=-1, /)", pop, "Return the i-th element and delete it."),
    remove: method("($self, v, /)", remove, "Remove the first occurrence of v."),
    reverse: method("($self, /)", reverse, "Reverse the order of the items."),
    tofile: method("($self, f, /)", tofile, "Write all items, as machine values, to the file object f."),
    tolist: method("($self, /)", (self: PyArray) => tolist(self), "The items as an ordinary list."),
    tobytes: method("($self, /)", (self: PyArray) => bytesFromArray(self.memory()), "The machine values as bytes."),
    tounicode: method("($self, /)", tounicode, "The characters as a str."),
    __reduce_ex__: method("($self, value, /)", reduceEx, "Return state information for pickling."),
    __sizeof__: method("($self, /)", (self: PyArray) => 64 + self.view.byteLength),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
  getset: () => ({
    typecode: getset((self: PyArray) => self.kind.code, undefined, "the typecode character used to create the array"),
    itemsize: getset((self: PyArray) => self.kind.size, undefined, "the size, in bytes, of one array item"),
  }),
});

export const arrayModule = newModule("array", {
  doc: "An object type which can compactly represent an array of basic values.",
  functions: () => ({
    _array_reconstructor: fn(
      "($module, arraytype, typecode, mformat_code, items, /)",
      (type: Value, typecode: Value, mformat: Value, items: Value) =>
        reconstruct(type, typecode, mformat, items, arrayType, newArray),
      "Internal. Used for pickling support.",
    ),
  }),
  attributes: () => ({ array: arrayType, ArrayType: arrayType, typecodes: TYPE_CODES }),
  exec: () => {
    // Arrays are sequences to `collections.abc` as well.
    const abc = importAttribute("collections.abc", "MutableSequence");
    if (abc === EXC) return EXC;
    return callMethod(abc, "register", [arrayType]) === EXC ? EXC : null;
  },
});
