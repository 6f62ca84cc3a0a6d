/** Items and slices of a bytearray: reading, assigning, deleting. */
import { EXC, type Exc, type Result, type Status, type Value } from "../core.ts";
import { forBlocks } from "../blocks.ts";
import { bytesLike, hasBuffer } from "../buffer.ts";
import { type PyByteArray, newByteArray } from "../bytes.ts";
import { indexError, typeError, valueError } from "../errors.ts";
import { indexErrorType } from "../exceptions/types.ts";
import { asSize, sliceIndices } from "../protocol/convert.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { PySlice } from "../slice.ts";
import { typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { byteArg, bytesFromItems, swallowTypeError } from "./args.ts";
import { checkResizable } from "./bytearray-methods.ts";

const OUT_OF_RANGE = "bytearray index out of range";

export function itemOf(self: PyByteArray, index: number): Result {
  return index < 0 || index >= self.length ? indexError(OUT_OF_RANGE) : self.data[index];
}

/** The index a key means, from the start; EXC for what is no index. May still be out of range. */
function indexFor(self: PyByteArray, key: Value): number | Exc {
  if (typeof key !== "number" && typeOf(key).nb_index === null) {
    return typeError(`bytearray indices must be integers or slices, not ${typeOf(key).name}`);
  }
  const index = typeof key === "number" ? key : asSize(key, indexErrorType);
  return index === EXC || index >= 0 ? index : index + self.length;
}

export function subscriptOf(self: PyByteArray, key: Value): Result {
  if (!(key instanceof PySlice)) {
    const index = indexFor(self, key);
    return index === EXC ? EXC : itemOf(self, index);
  }
  const range = sliceIndices(key, self.length);
  if (range === EXC) return EXC;
  const { start, step, count } = range;
  if (step === 1) return newByteArray(self.data.slice(start, start + count));
  const array = new Uint8Array(count);
  const { data } = self;
  forBlocks(0, count, (from, to) => {
    for (let i = from, at = start + from * step; i < to; i++, at += step) array[i] = data[at];
  });
  return newByteArray(array);
}

/** `self[key] = value`, `del self[key]`. */
export function deleteOrAssign(self: PyByteArray, key: Value, value: Value | undefined): Status {
  if (key instanceof PySlice) {
    const range = sliceIndices(key, self.length);
    if (range === EXC) return EXC;
    const content = value === undefined ? "" : sliceSource(self, value);
    if (content === EXC) return EXC;
    // Computing the new content may have changed the length.
    const again = sliceIndices(key, self.length);
    if (again === EXC) return EXC;
    return again.step === 1 || (value === undefined && again.count <= 1)
      ? replaceRange(self, again.start, again.step === 1 ? Math.max(again.count, 0) : again.count, content)
      : extendedSlice(self, again, content === "" ? undefined : content);
  }
  const index = indexFor(self, key);
  if (index === EXC) return EXC;
  if (index < 0 || index >= self.length) return indexError(OUT_OF_RANGE);
  if (value === undefined) return replaceRange(self, index, 1, "");
  const byte = byteArg(value);
  if (byte === EXC) return EXC;
  if (index >= self.length) return indexError(OUT_OF_RANGE);
  self.data[index] = byte;
  return null;
}

function sliceSource(self: PyByteArray, value: Value): string | Exc {
  if ((value as Value) === self) return self.toLatin1();
  if (hasBuffer(value)) return bytesLike(value);
  const message = "can assign only bytes, buffers, or iterables of ints in range(0, 256)";
  if (strValue(value) !== undefined || typeof value === "number" || typeOf(value).nb_index !== null)
    return typeError(message);
  const items = listFromIterable(value);
  if (items === EXC) {
    if (typeOf(value).tp_iter !== null || !swallowTypeError()) return EXC;
    return typeError(message);
  }
  return bytesFromItems(items, "byte must be in range(0, 256)");
}

/** Replaces `count` bytes at `start` by `content`. */
export function replaceRange(self: PyByteArray, start: number, count: number, content: string): Status {
  const growth = content.length - count;
  if (growth !== 0) {
    if (checkResizable(self) === EXC) return EXC;
    const { length } = self;
    if (growth > 0) self.resize(length + growth);
    self.data.copyWithin(start + content.length, start + count, length);
    if (growth < 0) self.resize(length + growth);
  }
  for (let i = 0; i < content.length; i++) self.data[start + i] = content.charCodeAt(i);
  return null;
}

function extendedSlice(
  self: PyByteArray,
  range: { start: number; step: number; count: number },
  content: string | undefined,
): Status {
  const { count } = range;
  let { start, step } = range;
  if (content !== undefined) {
    if (content.length !== count) {
      return valueError(`attempt to assign bytes of size ${content.length} to extended slice of size ${count}`);
    }
    const { data } = self;
    forBlocks(0, count, (from, to) => {
      for (let i = from, at = start + from * step; i < to; i++, at += step) data[at] = content.charCodeAt(i);
    });
    return null;
  }
  if (count === 0) return null;
  if (checkResizable(self) === EXC) return EXC;
  if (step < 0) {
    start += (count - 1) * step;
    step = -step;
  }
  // What lies between two that go moves up.
  let to = start;
  for (let i = 0; i < count; i++) {
    const from = start + i * step + 1;
    const end = i === count - 1 ? self.length : from + step - 1;
    self.data.copyWithin(to, from, end);
    to += end - from;
  }
  self.resize(to);
  return null;
}
