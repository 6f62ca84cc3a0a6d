/** `memoryview`: looking at the memory of other objects (PEP 3118). */
import {
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  type KwNames,
  NE,
  type PyObject,
  type PyType,
  type Result,
  SEQUENCE,
  type Status,
  type Value,
} from "../core.ts";
import {
  PyBUF_ANY_CONTIGUOUS,
  PyBUF_C_CONTIGUOUS,
  PyBUF_F_CONTIGUOUS,
  PyBUF_FORMAT,
  PyBUF_FULL_RO,
  PyBUF_ND,
  PyBUF_STRIDES,
  PyBUF_WRITABLE,
  PyBuffer,
  bufferError,
  forEachItem,
  getBuffer,
  hasBuffer,
  isContiguous,
} from "../buffer.ts";
import { bytesFromArray, latin1FromArray } from "../bytes.ts";
import { defineType } from "../define.ts";
import { getset } from "../descriptors.ts";
import { clearException, indexError, notImplementedError, typeError, valueError } from "../errors.ts";
import { indexErrorType } from "../exceptions/types.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { PyMemoryView, newMemoryView, viewOfBuffer } from "../memoryview.ts";
import { classMethod, method, rawMethod } from "../native.ts";
import { newList } from "../list.ts";
import { asInt32, asSize, sliceIndices } from "../protocol/convert.ts";
import { equals, hash as hashObject, idText } from "../protocol/object.ts";
import { newSequenceIterator } from "../iterators/sequence.ts";
import { parseArgs, signature } from "../signature.ts";
import { Ellipsis, NotImplemented } from "../singletons.ts";
import { PySlice } from "../slice.ts";
import { typeName } from "../str/args.ts";
import { hashOfStr } from "../str/hash.ts";
import { PyTuple, newTuple } from "../tuple.ts";
import { memoryviewType, typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { releaseBuffer } from "./bytearray-methods.ts";
import { castView } from "./memory-cast.ts";
import { nativeFormat, readItem, writeItem } from "./memory-items.ts";
import { hexOf } from "./hex.ts";

type View = PyMemoryView;

/** ValueError once the view has been released. */
function alive(self: View): Status {
  return self.released ? valueError("operation forbidden on released memoryview object") : null;
}
/** Wraps an accessor or method with the test above. */
const whenAlive =
  <A extends unknown[], R>(use: (self: View, ...args: A) => R) =>
  (self: View, ...args: A): R | Exc =>
    alive(self) === EXC ? EXC : use(self, ...args);

/** Another view on the same memory. */
export function derive(
  self: View,
  change: {
    offset?: number;
    format?: string;
    itemsize?: number;
    dims?: readonly number[];
    strides?: readonly number[];
    readonly?: boolean;
  },
): View {
  return new PyMemoryView(
    self.managed,
    change.offset ?? self.offset,
    change.format ?? self.format,
    change.itemsize ?? self.itemsize,
    change.dims ?? self.dims,
    change.strides ?? self.strides,
    change.readonly ?? self.readonly,
  );
}

const contiguous = (self: View): boolean => isContiguous(self.dims, self.strides, self.itemsize);
function fortran(self: View): boolean {
  return isContiguous([...self.dims].reverse(), [...self.strides].reverse(), self.itemsize);
}

/** The content in C order, Latin-1. */
export function contentOfView(self: View): string {
  if (contiguous(self)) return latin1FromArray(self.memory, self.offset, self.offset + self.nbytes);
  const parts: string[] = [];
  forEachItem(self.dims, self.strides, self.offset, (at) => {
    parts.push(latin1FromArray(self.memory, at, at + self.itemsize));
  });
  return parts.join("");
}

function memoryNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "memoryview", args, kwnames);
  return bound === EXC ? EXC : newMemoryView(bound[0] as Value);
}
const NEW = signature("(object)");

function length(self: View): number | Exc {
  if (alive(self) === EXC) return EXC;
  return self.dims.length === 0 ? typeError("0-dim memory has no length") : self.dims[0];
}

/** The byte offset of an item by index, one index a dimension. */
function offsetAt(self: View, indices: readonly Value[]): number | Exc {
  let at = self.offset;
  for (let i = 0; i < indices.length; i++) {
    let index = asSize(indices[i], indexErrorType);
    if (index === EXC) return EXC;
    if (index < 0) index += self.dims[i];
    if (index < 0 || index >= self.dims[i]) return indexError(`index out of bounds on dimension ${i + 1}`);
    at += index * self.strides[i];
  }
  return at;
}
const isIndex = (key: Value): boolean => typeof key === "number" || typeOf(key).nb_index !== null;

/** What a key means: an item's offset, a sliced view; EXC. */
function locate(self: View, key: Value): number | View | Exc {
  const { dims } = self;
  if (dims.length === 0) {
    if (key instanceof PyTuple && key.items.length === 0) return self.offset;
    if (key === Ellipsis) return self;
    return typeError("invalid indexing of 0-dim memory");
  }
  if (key === Ellipsis) return self;
  if (isIndex(key)) {
    if (dims.length > 1) return notImplementedError("multi-dimensional sub-views are not implemented");
    return offsetAt(self, [key]);
  }
  if (key instanceof PySlice) {
    const range = sliceIndices(key, dims[0]);
    if (range === EXC) return EXC;
    return derive(self, {
      offset: self.offset + (range.count > 0 ? range.start : Math.min(range.start, dims[0])) * self.strides[0],
      dims: [range.count, ...dims.slice(1)],
      strides: [self.strides[0] * range.step, ...self.strides.slice(1)],
    });
  }
  if (key instanceof PyTuple && key.items.every(isIndex)) {
    if (key.items.length < dims.length) return notImplementedError("sub-views are not implemented");
    if (key.items.length > dims.length) {
      return typeError(`cannot index ${dims.length}-dimension view with ${key.items.length}-element tuple`);
    }
    return offsetAt(self, key.items);
  }
  if (key instanceof PyTuple && key.items.length > 0 && key.items.every((item) => item instanceof PySlice)) {
    return notImplementedError("multi-dimensional slicing is not implemented");
  }
  return typeError("memoryview: invalid slice key");
}

function subscript(self: View, key: Value): Result {
  if (alive(self) === EXC) return EXC;
  const place = locate(self, key);
  if (typeof place !== "number") return place;
  // Asking for the index may have run Python code.
  if (alive(self) === EXC) return EXC;
  return readItem(self.memory, place, self.format);
}

function assign(self: View, key: Value, value: Value | undefined): Status {
  if (alive(self) === EXC) return EXC;
  if (self.readonly) return typeError("cannot modify read-only memory");
  if (value === undefined) return typeError("cannot delete memory");
  const place = locate(self, key);
  if (place === EXC) return EXC;
  if (alive(self) === EXC) return EXC;
  if (typeof place === "number") return writeItem(self.memory, place, self.format, value, () => alive(self));
  const status = copyInto(place, value);
  if (place !== self) place.release();
  return status;
}

/** Copies the buffer `source` over `target`; they must agree in format and shape. */
function copyInto(target: View, source: Value): Status {
  const buffer = getBuffer(source, PyBUF_FULL_RO);
  if (buffer === EXC) return EXC;
  const same =
    sameFormat(buffer.format, target.format) &&
    buffer.itemsize === target.itemsize &&
    buffer.shapeOf.length === target.dims.length &&
    buffer.shapeOf.every((n, i) => n === target.dims[i]);
  if (!same) {
    buffer.release();
    return valueError("memoryview assignment: lvalue and rvalue have different structures");
  }
  const content = buffer.toArray().slice();
  let from = 0;
  forEachItem(target.dims, target.strides, target.offset, (at) => {
    for (let i = 0; i < target.itemsize; i++) target.memory[at + i] = content[from++];
  });
  buffer.release();
  return null;
}
const sameFormat = (a: string, b: string): boolean => a.replace(/^@/, "") === b.replace(/^@/, "");

function toList(self: View, dimension = 0, offset = self.offset): Result {
  if (self.dims.length === 0) return readItem(self.memory, offset, self.format);
  const items: Value[] = [];
  for (let i = 0; i < self.dims[dimension]; i++) {
    const at = offset + i * self.strides[dimension];
    const item =
      dimension === self.dims.length - 1 ? readItem(self.memory, at, self.format) : toList(self, dimension + 1, at);
    if (item === EXC) return EXC;
    items.push(item);
  }
  return newList(items);
}

function compare(a: Value, b: Value, op: CompareOp): Result {
  if (op !== EQ && op !== NE) return NotImplemented;
  const self = a as View;
  if (self === b && !self.released && !/[fde]/.test(self.format)) return op === EQ;
  if (self.released || (b instanceof PyMemoryView && b.released)) return (self === b) === (op === EQ);
  if (!hasBuffer(b)) return NotImplemented;
  const buffer = getBuffer(b, PyBUF_FULL_RO);
  if (buffer === EXC) {
    clearException();
    return NotImplemented;
  }
  const other = viewOfBuffer(buffer);
  const same = sameItems(self, other);
  other.release();
  return same === EXC ? EXC : same === (op === EQ);
}
function sameItems(a: View, b: View): boolean | Exc {
  if (a.dims.length !== b.dims.length || !a.dims.every((n, i) => n === b.dims[i])) return false;
  const left = nativeFormat(a.format);
  const right = nativeFormat(b.format);
  if (left === right && left !== undefined && !"fde?".includes(left)) return contentOfView(a) === contentOfView(b);
  // Formats that only `struct` knows are compared as memory.
  if (left === undefined || right === undefined) {
    return sameFormat(a.format, b.format) && a.itemsize === b.itemsize && contentOfView(a) === contentOfView(b);
  }
  const offsets: number[] = [];
  forEachItem(b.dims, b.strides, b.offset, (at) => offsets.push(at));
  let i = 0;
  let result: boolean | Exc = true;
  forEachItem(a.dims, a.strides, a.offset, (at) => {
    const other = offsets[i++];
    if (result === true) result = equalItems(a, at, b, other);
  });
  return result;
}
function equalItems(a: View, at: number, b: View, other: number): boolean | Exc {
  const x = readItem(a.memory, at, a.format);
  if (x === EXC) return EXC;
  const y = readItem(b.memory, other, b.format);
  if (y === EXC) return EXC;
  return equals(x, y);
}

function hash(self: View): number | Exc {
  if (self.hash !== undefined) return self.hash;
  if (alive(self) === EXC) return EXC;
  if (!self.readonly) return valueError("cannot hash writable memoryview object");
  if (!["B", "b", "c"].includes(self.format.replace(/^@/, ""))) {
    return valueError("memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  }
  const { owner } = self.managed.buffer;
  if (owner !== null) {
    // An owner that cannot be hashed makes its views unhashable; it must not release this one meanwhile.
    self.exports++;
    const ownerHash = hashObject(owner);
    self.exports--;
    if (ownerHash === EXC) return EXC;
  }
  self.hash = hashOfStr(contentOfView(self));
  return self.hash;
}

function release(self: View): Status {
  if (self.released) return null;
  if (self.exports > 0) {
    return bufferError(`memoryview has ${self.exports} exported buffer${self.exports === 1 ? "" : "s"}`);
  }
  self.release();
  return null;
}

function getViewBuffer(self: View, flags: number): PyObject | Exc {
  if (alive(self) === EXC) return EXC;
  if (flags & PyBUF_WRITABLE && self.readonly) return bufferError("memoryview: underlying buffer is not writable");
  const wants = (flag: number): boolean => (flags & flag) === flag;
  if (wants(PyBUF_C_CONTIGUOUS) && !contiguous(self))
    return bufferError("memoryview: underlying buffer is not C-contiguous");
  if (wants(PyBUF_F_CONTIGUOUS) && !fortran(self))
    return bufferError("memoryview: underlying buffer is not Fortran contiguous");
  if (wants(PyBUF_ANY_CONTIGUOUS) && !contiguous(self) && !fortran(self)) {
    return bufferError("memoryview: underlying buffer is not contiguous");
  }
  if (!wants(PyBUF_STRIDES) && !contiguous(self))
    return bufferError("memoryview: underlying buffer is not C-contiguous");
  if (!wants(PyBUF_ND) && wants(PyBUF_FORMAT)) {
    return bufferError("memoryview: cannot cast to unsigned bytes if the format flag is present");
  }
  self.exports++;
  const plain = !wants(PyBUF_ND);
  const layout = plain ? {} : { format: self.format, itemsize: self.itemsize, shape: self.dims, strides: self.strides };
  return new PyBuffer(self, self.memory, self.offset, self.nbytes, self.readonly, layout, () => {
    self.exports--;
  });
}

function toBytes(self: View, order: Value | undefined): Result {
  const text = order === undefined || order === null ? "C" : strValue(order);
  if (text === undefined)
    return typeError(`tobytes() argument 'order' must be str or None, not ${typeName(order as Value)}`);
  if (text !== "C" && text !== "F" && text !== "A") return valueError("order must be 'C', 'F' or 'A'");
  const byColumns = text === "F" || (text === "A" && !contiguous(self) && fortran(self));
  const view = byColumns
    ? derive(self, { dims: [...self.dims].reverse(), strides: [...self.strides].reverse() })
    : self;
  // Walking the transposed view in C order is the Fortran order of the items.
  const array = new PyBuffer(null, view.memory, view.offset, view.nbytes, true, {
    format: view.format,
    itemsize: view.itemsize,
    shape: view.dims,
    strides: view.strides,
  }).toArray();
  const bytes = bytesFromArray(array);
  if (view !== self) view.release();
  return bytes;
}

function countItems(self: View, value: Value): Result {
  const found = scan(self, value, 0, self.dims[0]);
  return found === EXC ? EXC : found.length;
}
function indexOfItem(self: View, value: Value, start?: Value, stop?: Value): Result {
  const n = self.dims[0];
  const from = start === undefined ? 0 : asSize(start, null);
  const to = stop === undefined ? n : asSize(stop, null);
  if (from === EXC || to === EXC) return EXC;
  const clip = (i: number): number => Math.min(Math.max(i < 0 ? i + n : i, 0), n);
  const found = scan(self, value, clip(from), clip(to), 1);
  if (found === EXC) return EXC;
  return found.length > 0 ? found[0] : valueError("memoryview.index(x): x not found");
}
function scan(self: View, value: Value, from: number, to: number, max = Number.POSITIVE_INFINITY): number[] | Exc {
  if (self.dims.length === 0) return typeError("invalid lookup on 0-dim memory");
  if (self.dims.length > 1) return notImplementedError("multi-dimensional sub-views are not implemented");
  const found: number[] = [];
  for (let i = from; i < to && found.length < max; i++) {
    const item = readItem(self.memory, self.offset + i * self.strides[0], self.format);
    if (item === EXC) return EXC;
    const same = equals(item, value);
    if (same === EXC) return EXC;
    if (same) found.push(i);
  }
  return found;
}

function hex(self: View, sep?: Value, per?: Value): Result {
  // Asking the separator for its length may run Python code.
  self.exports++;
  const digits = hexOf(contentOfView(self), sep, per);
  self.exports--;
  return digits;
}

const tupleOf = (numbers: readonly number[]): Value => newTuple([...numbers]);
const CAST = "($self, /, format, shape=<unrepresentable>)";

defineType(memoryviewType, {
  doc: "Create a new memoryview object which references the given object.",
  textSignature: "(object)",
  flags: SEQUENCE,
  slots: {
    tp_alloc: () => viewOfBuffer(new PyBuffer(null, new Uint8Array(0), 0, 0, true)),
    tp_new: memoryNew,
    tp_repr: (self: View) => `<${self.released ? "released " : ""}memory at 0x${idText(self)}>`,
    tp_hash: hash,
    tp_richcompare: compare,
    tp_iter: (self: View) => {
      if (alive(self) === EXC) return EXC;
      if (self.dims.length === 0) return typeError("invalid indexing of 0-dim memory");
      if (self.dims.length !== 1) return notImplementedError("multi-dimensional sub-views are not implemented");
      return newSequenceIterator(self);
    },
    sq_length: length,
    sq_item: (self: View, index: number) => {
      if (alive(self) === EXC) return EXC;
      if (self.dims.length === 0) return typeError("invalid indexing of 0-dim memory");
      if (self.dims.length > 1) return notImplementedError("multi-dimensional sub-views are not implemented");
      if (index < 0 || index >= self.dims[0]) return indexError("index out of bounds on dimension 1");
      return readItem(self.memory, self.offset + index * self.strides[0], self.format);
    },
    mp_length: length,
    mp_subscript: subscript,
    mp_ass_subscript: assign,
    bf_getbuffer: getViewBuffer,
  },
  methods: () => ({
    __release_buffer__: method("($self, buffer, /)", releaseBuffer),
    release: method("($self, /)", release, "Release the underlying buffer exposed by the memoryview object."),
    tobytes: method("($self, /, order='C')", whenAlive(toBytes), "Return the data in the buffer as a byte string."),
    tolist: method(
      "($self, /)",
      whenAlive((self: View) => toList(self)),
      "Return the data in the buffer as a list of elements.",
    ),
    hex: method(
      "($self, /, sep=<unrepresentable>, bytes_per_sep=1)",
      whenAlive(hex),
      "Return the data in the buffer as a string of hexadecimal numbers.",
    ),
    cast: method(CAST, whenAlive(castView), "Cast a memoryview to a new format or shape."),
    toreadonly: method(
      "($self, /)",
      whenAlive((self: View) => derive(self, { readonly: true })),
      "Return a readonly version of the memoryview.",
    ),
    count: method("($self, value, /)", whenAlive(countItems), "Count the number of occurrences of a value."),
    index: method(
      "($self, value, start=0, stop=sys.maxsize, /)",
      whenAlive(indexOfItem),
      "Return the index of the first occurrence of a value.",
    ),
    _from_flags: classMethod(
      "($type, /, object, flags)",
      (_cls: PyType, object: Value, flags: Value) => {
        const wanted = asInt32(flags);
        if (wanted === EXC) return EXC;
        const buffer = getBuffer(object, wanted);
        return buffer === EXC ? EXC : viewOfBuffer(buffer);
      },
      "Create a new memoryview object which references the given object.",
    ),
    __enter__: method(
      "($self, /)",
      whenAlive((self: View) => {
        self.managed.hold();
        return self;
      }),
    ),
    __exit__: rawMethod(
      (self: View) => release(self),
      "Release the underlying buffer exposed by the memoryview object.",
    ).signedAs("($self, /, *exc_info)"),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
  getset: () => ({
    obj: getset(
      whenAlive((self: View) => self.managed.buffer.owner),
      undefined,
      "The underlying object of the memoryview.",
    ),
    nbytes: getset(
      whenAlive((self: View) => self.nbytes),
      undefined,
      "The amount of space in bytes that the array would use in a contiguous representation.",
    ),
    readonly: getset(
      whenAlive((self: View) => self.readonly),
      undefined,
      "A bool indicating whether the memory is read only.",
    ),
    itemsize: getset(
      whenAlive((self: View) => self.itemsize),
      undefined,
      "The size in bytes of each element of the memoryview.",
    ),
    format: getset(
      whenAlive((self: View) => self.format),
      undefined,
      "The format (in struct module style) for each element in the view.",
    ),
    ndim: getset(
      whenAlive((self: View) => self.dims.length),
      undefined,
      "How many dimensions of a multi-dimensional array the memory represents.",
    ),
    shape: getset(
      whenAlive((self: View) => tupleOf(self.dims)),
      undefined,
      "A tuple of ndim integers: the shape of the memory as an N-dimensional array.",
    ),
    strides: getset(
      whenAlive((self: View) => tupleOf(self.strides)),
      undefined,
      "A tuple of ndim integers: the size in bytes to access each element for each dimension.",
    ),
    suboffsets: getset(
      whenAlive((_self: View) => tupleOf([])),
      undefined,
      "A tuple of integers used internally for PIL-style arrays.",
    ),
    c_contiguous: getset(
      whenAlive((self: View) => contiguous(self)),
      undefined,
      "Whether the memory is C contiguous.",
    ),
    f_contiguous: getset(
      whenAlive((self: View) => fortran(self)),
      undefined,
      "Whether the memory is Fortran contiguous.",
    ),
    contiguous: getset(
      whenAlive((self: View) => contiguous(self) || fortran(self)),
      undefined,
      "Whether the memory is contiguous.",
    ),
  }),
});
