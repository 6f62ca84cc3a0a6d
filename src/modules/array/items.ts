/** What arrays do as sequences: subscripts, slices, concatenation, search and comparison. */
import {
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  GE,
  GT,
  LE,
  LT,
  NE,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { BLOCK } from "../../objects/blocks.ts";
import { bufferError } from "../../objects/buffer.ts";
import { indexError, memoryError, raiseArgs, typeError, valueError } from "../../objects/errors.ts";
import { indexErrorType, typeErrorType } from "../../objects/exceptions/types.ts";
import { asSize, sliceIndices } from "../../objects/protocol/convert.ts";
import { compareBool, richCompare } from "../../objects/protocol/object.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { PySlice } from "../../objects/slice.ts";
import { typeOf } from "../../objects/types.ts";
import { PyArray } from "../../objects/array.ts";

export type MakeArray = (cls: PyType, like: PyArray, length: number) => PyArray;

const badArgument = (): Exc => raiseArgs(typeErrorType, "bad argument type for built-in operation");

function indexOf(key: Value): number | Exc | undefined {
  if (typeof key === "number") return key;
  return typeOf(key).nb_index === null ? undefined : asSize(key, indexErrorType);
}

export function itemAt(self: PyArray, index: number): Result {
  const at = index < 0 ? index + self.length : index;
  return at >= 0 && at < self.length ? self.get(at) : indexError("array index out of range");
}

export function subscript(self: PyArray, key: Value, make: MakeArray, cls: PyType): Result {
  if (key instanceof PySlice) {
    const slice = sliceIndices(key, self.length);
    if (slice === EXC) return EXC;
    const { size } = self.kind;
    const result = make(cls, self, slice.count);
    const from = self.memory();
    const to = result.memory();
    if (slice.step === 1) to.set(from.subarray(slice.start * size, (slice.start + slice.count) * size));
    else {
      for (let i = 0, at = slice.start; i < slice.count; i++, at += slice.step)
        to.set(from.subarray(at * size, (at + 1) * size), i * size);
    }
    return result;
  }
  const index = indexOf(key);
  if (index === EXC) return EXC;
  return index === undefined ? typeError("array indices must be integers") : itemAt(self, index);
}

export function assignAt(self: PyArray, index: number, value: Value | undefined): Status {
  if (index < 0 || index >= self.length) return indexError("array assignment index out of range");
  if (value === undefined) return self.replace(index, index + 1, new Uint8Array(0));
  const stored = self.storePlain(index, value);
  if (stored !== undefined) return stored;
  const one = self.kind.view(new ArrayBuffer(self.kind.size));
  if (self.kind.set(one, 0, value) === EXC) return EXC;
  if (index >= self.length) return indexError("array assignment index out of range");
  self.memory().set(new Uint8Array(one.buffer), index * self.kind.size);
  return null;
}

export function assignSubscript(self: PyArray, key: Value, value: Value | undefined): Status {
  if (key instanceof PySlice) return assignSlice(self, key, value);
  const index = indexOf(key);
  if (index === EXC) return EXC;
  if (index === undefined) return typeError("array indices must be integers");
  return assignAt(self, index < 0 ? index + self.length : index, value);
}

function assignSlice(self: PyArray, key: PySlice, value: Value | undefined): Status {
  let bytes = new Uint8Array(0) as Uint8Array;
  const { size } = self.kind;
  if (value !== undefined) {
    if (!(value instanceof PyArray))
      return typeError(`can only assign array (not "${typeOf(value).name}") to array slice`);
    if (value.kind !== self.kind) return badArgument();
    bytes = value === self ? value.memory().slice() : value.memory();
  }
  const slice = sliceIndices(key, self.length);
  if (slice === EXC) return EXC;
  const { step, count } = slice;
  const given = bytes.length / size;
  if (step === 1) return self.replace(slice.start, slice.start + count, bytes);
  if (value === undefined) return deleteStepped(self, slice.start, step, count);
  if (given !== count) return valueError(`attempt to assign array of size ${given} to extended slice of size ${count}`);
  const memory = self.memory();
  for (let i = 0, at = slice.start; i < count; i++, at += step)
    memory.set(bytes.subarray(i * size, (i + 1) * size), at * size);
  return null;
}

function deleteStepped(self: PyArray, start: number, step: number, count: number): Status {
  if (count === 0) return null;
  if (self.exports > 0) return bufferError("cannot resize an array that is exporting buffers");
  const { size } = self.kind;
  const first = step > 0 ? start : start + (count - 1) * step;
  const stride = Math.abs(step);
  const last = first + (count - 1) * stride;
  const memory = self.memory();
  let to = first;
  for (let i = first; i < self.length; i++) {
    if (i <= last && (i - first) % stride === 0) continue;
    memory.copyWithin(to * size, i * size, (i + 1) * size);
    to++;
  }
  return self.resize(to);
}

export function concat(self: PyArray, other: Value, make: MakeArray, cls: PyType): Result {
  if (!(other instanceof PyArray)) return typeError(`can only append array (not "${typeOf(other).name}") to array`);
  if (other.kind !== self.kind) return badArgument();
  const result = make(cls, self, self.length + other.length);
  const memory = result.memory();
  memory.set(self.memory());
  memory.set(other.memory(), self.length * self.kind.size);
  return result;
}

const MAX_BYTES = 2 ** 32;

export function repeat(self: PyArray, count: number, make: MakeArray, cls: PyType): Result {
  const times = Math.max(0, count);
  if (self.length * times * self.kind.size > MAX_BYTES) return memoryError();
  const result = make(cls, self, self.length * times);
  fillRepeated(result.memory(), self.memory());
  return result;
}
function fillRepeated(memory: Uint8Array, unit: Uint8Array): void {
  for (let at = 0; at < memory.length; at += unit.length) memory.set(unit, at);
}
export function repeatInPlace(self: PyArray, count: number): Result {
  const times = Math.max(0, count);
  if (self.length * times * self.kind.size > MAX_BYTES) return memoryError();
  const unit = self.memory().slice();
  if (self.resize(self.length * times) === EXC) return EXC;
  if (unit.length > 0) fillRepeated(self.memory(), unit);
  return self;
}

/** The first index from `start`, before `stop`, of an item equal to `value`; -1 when there is none. */
export function findItem(self: PyArray, value: Value, start = 0, stop = Number.MAX_SAFE_INTEGER): number | Exc {
  for (let from = start; from < stop && from < self.length; from += BLOCK) {
    const found = findInBlock(self, value, from, Math.min(from + BLOCK, stop));
    if (found !== -1) return found;
  }
  return -1;
}
function findInBlock(self: PyArray, value: Value, from: number, to: number): number | Exc {
  for (let i = from; i < to && i < self.length; i++) {
    const item = self.get(i);
    if (item === value) return i;
    const same = compareBool(item, value, EQ);
    if (same === EXC) return EXC;
    if (same) return i;
  }
  return -1;
}

/** undefined: a block of equal items. */
function compareBlock(a: PyArray, b: PyArray, op: CompareOp, from: number): Result | undefined {
  for (let i = from; i < from + BLOCK && i < a.length && i < b.length; i++) {
    const x = a.get(i);
    const y = b.get(i);
    const same = compareBool(x, y, EQ);
    if (same === EXC) return EXC;
    if (same) continue;
    if (op === EQ) return false;
    if (op === NE) return true;
    return richCompare(x, y, op);
  }
  return undefined;
}

export function compareArrays(a: PyArray, b: Value, op: CompareOp): Result {
  if (!(b instanceof PyArray)) return NotImplemented;
  if (a.length !== b.length && (op === EQ || op === NE)) return op === NE;
  for (let from = 0; from < a.length && from < b.length; from += BLOCK) {
    const decided = compareBlock(a, b, op, from);
    if (decided !== undefined) return decided;
  }
  switch (op) {
    case LT:
      return a.length < b.length;
    case LE:
      return a.length <= b.length;
    case EQ:
      return a.length === b.length;
    case NE:
      return a.length !== b.length;
    case GT:
      return a.length > b.length;
    case GE:
      return a.length >= b.length;
  }
}
