/** bytearray's methods that change it. */
import { EXC, type Result, type Status, type Value } from "../core.ts";
import { bufferError, bytesLike, hasBuffer } from "../buffer.ts";
import { type PyByteArray, newByteArray, newBytes } from "../bytes.ts";
import { indexError, memoryError, typeError, valueError } from "../errors.ts";
import { PyMemoryView } from "../memoryview.ts";
import { method, rawMethod } from "../native.ts";
import { callMethod } from "../protocol/call.ts";
import { asSize } from "../protocol/convert.ts";
import { lengthHint } from "../protocol/length-hint.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { MAX_LENGTH } from "../str/split-methods.ts";
import { emptyTuple, newTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { byteArg, bytesFromItems, swallowTypeError } from "./args.ts";
import { replaceRange } from "./bytearray-items.ts";

/** BufferError while views of the content exist. */
export function checkResizable(self: PyByteArray): Status {
  return self.exports > 0 ? bufferError("Existing exports of data: object cannot be re-sized") : null;
}

function append(self: PyByteArray, item: Value): Result {
  const byte = byteArg(item);
  if (byte === EXC || checkResizable(self) === EXC) return EXC;
  self.resize(self.length + 1);
  self.data[self.length - 1] = byte;
  return null;
}

function extend(self: PyByteArray, source: Value): Result {
  let content: string | typeof EXC;
  const end = self.length;
  if (hasBuffer(source)) content = bytesLike(source);
  else if (strValue(source) !== undefined && strValue(source)?.length !== 0) {
    return typeError(`expected iterable of integers; got: '${typeOf(source).name}'`);
  } else {
    // As a size to begin with it is of no use here, but asking for it may fail.
    if (lengthHint(source, 32) === EXC) return EXC;
    const items = listFromIterable(source);
    if (items === EXC) {
      if (typeOf(source).tp_iter !== null || typeOf(source).sq_item !== null || !swallowTypeError()) return EXC;
      return typeError(`can't extend bytearray with ${typeOf(source).name}`);
    }
    content = bytesFromItems(items, "byte must be in range(0, 256)");
  }
  // Getting the content may have changed the length: it goes where the end was, if that still exists.
  return content === EXC ? EXC : replaceRange(self, Math.min(end, self.length), 0, content);
}

function insert(self: PyByteArray, index: Value, item: Value): Result {
  const where = asSize(index);
  if (where === EXC) return EXC;
  const byte = byteArg(item);
  if (byte === EXC) return EXC;
  const at = where < 0 ? Math.max(0, where + self.length) : Math.min(where, self.length);
  return replaceRange(self, at, 0, String.fromCharCode(byte));
}

function pop(self: PyByteArray, index?: Value): Result {
  let at = index === undefined ? -1 : asSize(index);
  if (at === EXC) return EXC;
  if (self.length === 0) return indexError("pop from empty bytearray");
  if (at < 0) at += self.length;
  if (at < 0 || at >= self.length) return indexError("pop index out of range");
  if (checkResizable(self) === EXC) return EXC;
  const byte = self.data[at];
  return replaceRange(self, at, 1, "") === EXC ? EXC : byte;
}

function remove(self: PyByteArray, value: Value): Result {
  const byte = byteArg(value);
  if (byte === EXC) return EXC;
  const at = self.bytes().indexOf(byte);
  if (at < 0) return valueError("value not found in bytearray");
  return replaceRange(self, at, 1, "");
}

function resize(self: PyByteArray, size: Value): Result {
  const length = asSize(size);
  if (length === EXC) return EXC;
  if (length < 0) return valueError(`Can only resize to positive sizes, got ${length}`);
  if (length > MAX_LENGTH * 4) return memoryError();
  if (length !== self.length && checkResizable(self) === EXC) return EXC;
  self.resize(length);
  return null;
}

/** Pickling: protocol 2 and below has no bytes, so text does. */
function reduce(self: PyByteArray, protocol: number): Result {
  const state = callMethod(self, "__getstate__");
  if (state === EXC) return EXC;
  const content = self.toLatin1();
  if (content === "") return newTuple([typeOf(self), emptyTuple, state]);
  const args = protocol < 3 ? newTuple([content, "latin-1"]) : newTuple([newBytes(content)]);
  return newTuple([typeOf(self), args, state]);
}

/** `__release_buffer__`: gives back a view made by `__buffer__`. */
export function releaseBuffer(_self: Value, view: Value): Result {
  if (!(view instanceof PyMemoryView)) return typeError("expected a memoryview object");
  view.release();
  return null;
}

export const bytearrayMethods = () => ({
  __release_buffer__: method(
    "($self, buffer, /)",
    releaseBuffer,
    "Release the buffer object that exposes the underlying memory of the object.",
  ),
  append: method("($self, item, /)", append, "Append a single item to the end."),
  extend: method(
    "($self, iterable_of_ints, /)",
    extend,
    "Append all the items from the iterator or sequence to the end.",
  ),
  insert: method("($self, index, item, /)", insert, "Insert a single item before the given index."),
  pop: method("($self, index=-1, /)", pop, "Remove and return a single item; the last by default."),
  remove: method("($self, value, /)", remove, "Remove the first occurrence of a value."),
  reverse: method(
    "($self, /)",
    (self: PyByteArray) => {
      self.bytes().reverse();
      return null;
    },
    "Reverse the order of the values in place.",
  ),
  clear: method("($self, /)", (self: PyByteArray) => replaceRange(self, 0, self.length, ""), "Remove all items."),
  copy: method("($self, /)", (self: PyByteArray) => newByteArray(self.data.slice(0, self.length)), "Return a copy."),
  resize: method("($self, size, /)", resize, "Resize to size bytes; new ones are zero."),
  __alloc__: method(
    "($self, /)",
    (self: PyByteArray) => (self.length === 0 ? 0 : Math.max(self.data.length, self.length) + 1),
    "Return the number of bytes actually allocated.",
  ),
  __sizeof__: method(
    "($self, /)",
    (self: PyByteArray) => 56 + (self.length === 0 ? 0 : self.data.length + 1),
    "Return the size of the object in memory, in bytes.",
  ),
  __reduce__: method("($self, /)", (self: PyByteArray) => reduce(self, 2), "Return state information for pickling."),
  __reduce_ex__: rawMethod((self: PyByteArray, args: Value[]) => {
    const protocol = args.length === 0 ? 0 : asSize(args[0]);
    return protocol === EXC ? EXC : reduce(self, protocol);
  }, "Return state information for pickling.").signedAs("($self, proto=0, /)"),
});
