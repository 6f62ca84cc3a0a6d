/** `range`: slots and methods; its iterators' types. */
import {
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  type Int,
  type KwNames,
  NE,
  type PyType,
  type Result,
  SEQUENCE,
  type Value,
  END,
} from "../core.ts";
import { defineType, method } from "../define.ts";
import { hashOfKeyRaw } from "../dict/key-hash.ts";
import { indexError, overflowError, typeError, valueError } from "../errors.ts";
import { defineIterator, reduceTo } from "../iterators/define-iterator.ts";
import { add, floordiv, mul, sub } from "../numeric/int-math.ts";
import { asIndex } from "../protocol/convert.ts";
import { getIter, iterNext } from "../protocol/iter.ts";
import { equals } from "../protocol/object.ts";
import { PyRange } from "../range.ts";
import { NotImplemented } from "../singletons.ts";
import { PySlice } from "../slice.ts";
import { longSliceIndices } from "../slice/indices.ts";
import { newTuple } from "../tuple.ts";
import { rangeType, typeOf } from "../types.ts";
import {
  type PyLongRangeIterator,
  type PyRangeIterator,
  longRangeIteratorType,
  newRangeIterator,
  newRangeReverseIterator,
  rangeIteratorType,
} from "./iterator.ts";
import { iterContains } from "../protocol/sequence.ts";

function rangeNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("range() takes no keyword arguments");
  if (args.length === 0) return typeError("range expected at least 1 argument, got 0");
  if (args.length > 3) return typeError(`range expected at most 3 arguments, got ${args.length}`);
  const ints: Int[] = [];
  for (const arg of args) {
    const value = asIndex(arg);
    if (value === EXC) return EXC;
    ints.push(value);
  }
  if (ints.length === 1) return new PyRange(0, ints[0], 1);
  const step = ints[2] ?? 1;
  return step === 0 ? valueError("range() arg 3 must not be zero") : new PyRange(ints[0], ints[1], step);
}

/**
 * Lengths beyond the safe integers, up to `sys.maxsize`, are given as they are: `len` and `random.sample` pass them on
 * unseen, and whoever counts with a length cannot finish with such a range anyway.
 */
function lengthOf(self: PyRange): number | Exc {
  const { length } = self;
  if (typeof length === "number") return length;
  return length < 1n << 63n
    ? (length as unknown as number)
    : overflowError("Python int too large to convert to C ssize_t");
}

function subscript(self: PyRange, key: Value): Result {
  if (key instanceof PySlice) {
    const found = longSliceIndices(key, self.length);
    if (found === EXC) return EXC;
    return new PyRange(self.at(found.start), self.at(found.stop), mul(found.step, self.step));
  }
  if (typeof key !== "number" && typeOf(key).nb_index === null) {
    return typeError(`range indices must be integers or slices, not ${typeOf(key).name}`);
  }
  const index = asIndex(key);
  return index === EXC ? EXC : itemAt(self, index < 0 ? add(index, self.length) : index);
}
function itemAt(self: PyRange, index: Int): Result {
  return index >= 0 && index < self.length ? self.at(index) : indexError("range object index out of range");
}

/** Only exact ints and bools can be judged by arithmetic. */
function exactInt(value: Value): Int | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

function contains(self: PyRange, value: Value): boolean | Exc {
  const int = exactInt(value);
  return int === undefined ? iterContains(self, value) : self.includes(int);
}

function count(self: PyRange, value: Value): Result {
  const int = exactInt(value);
  if (int !== undefined) return self.includes(int) ? 1 : 0;
  const iterator = getIter(self);
  if (iterator === EXC) return EXC;
  for (let n = 0; ; ) {
    const item = iterNext(iterator);
    if (item === END) return n;
    if (item === EXC) return EXC;
    const same = equals(item, value);
    if (same === EXC) return EXC;
    if (same) n++;
  }
}

function index(self: PyRange, value: Value): Result {
  const int = exactInt(value);
  if (int !== undefined) {
    if (!self.includes(int)) return valueError("range.index(x): x not in range");
    return floordiv(sub(int, self.start), self.step);
  }
  const iterator = getIter(self);
  if (iterator === EXC) return EXC;
  for (let n = 0; ; n++) {
    const item = iterNext(iterator);
    if (item === END) return valueError("sequence.index(x): x not in sequence");
    if (item === EXC) return EXC;
    const same = equals(item, value);
    if (same === EXC) return EXC;
    if (same) return n;
  }
}

/** Ranges are equal when they give the same numbers. */
function sameNumbers(a: PyRange, b: PyRange): boolean {
  if (a.length !== b.length) return false;
  if (a.length === 0) return true;
  return a.start === b.start && (a.length === 1 || a.step === b.step);
}

function compareRanges(a: PyRange, b: Value, op: CompareOp): Result {
  if (!(b instanceof PyRange) || (op !== EQ && op !== NE)) return NotImplemented;
  return sameNumbers(a, b) === (op === EQ);
}

function hashRange(self: PyRange): number | Exc {
  const { length, start, step } = self;
  return hashOfKeyRaw(newTuple([length, length === 0 ? null : start, length === 0 || length === 1 ? null : step]));
}

function reprRange({ start, stop, step }: PyRange): string {
  return step === 1 ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${step})`;
}

defineType(rangeType, {
  doc: "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of integers from start (inclusive)\nto stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\nstart defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the valid indices for a list of 4 elements.\nWhen step is given, it specifies the increment (or decrement).",
  flags: SEQUENCE,
  slots: {
    tp_new: rangeNew,
    tp_repr: reprRange,
    tp_hash: hashRange,
    tp_richcompare: compareRanges,
    tp_iter: newRangeIterator,
    nb_bool: (self: PyRange) => self.length !== 0,
    sq_length: lengthOf,
    sq_item: itemAt,
    sq_contains: contains,
    mp_length: lengthOf,
    mp_subscript: subscript,
  },
  methods: () => ({
    __reversed__: method("($self, /)", newRangeReverseIterator, "Return a reverse iterator."),
    __reduce__: method("($self, /)", (self: PyRange) =>
      newTuple([rangeType, newTuple([self.start, self.stop, self.step])]),
    ),
    count: method(
      "($self, object, /)",
      count,
      "rangeobject.count(value) -> integer -- return number of occurrences of value",
    ),
    index: method(
      "($self, object, /)",
      index,
      "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present.",
    ),
  }),
  members: () => ({
    start: (self: PyRange) => self.start,
    stop: (self: PyRange) => self.stop,
    step: (self: PyRange) => self.step,
  }),
});

function iteratorRange(self: PyRangeIterator | PyLongRangeIterator): PyRange {
  return new PyRange(self.current, add(self.current, mul(self.remaining, self.step)), self.step);
}
for (const type of [rangeIteratorType, longRangeIteratorType]) {
  defineIterator(type, {
    hint: (self: PyRangeIterator) => self.remaining,
    reduce: (self: PyRangeIterator | PyLongRangeIterator) => reduceTo("iter", iteratorRange(self), null),
    setIndex: (self: PyRangeIterator | PyLongRangeIterator, at: Int) => {
      const skipped = at < 0 ? 0 : at > self.remaining ? self.remaining : at;
      self.current = add(self.current, mul(skipped, self.step));
      self.remaining = sub(self.remaining, skipped);
    },
  });
}
