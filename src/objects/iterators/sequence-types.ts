/** The types of the iterators over lists, tuples, strings, objects with `__getitem__`, and callables. */
import { EXC, type Int, type PyType, type Result } from "../core.ts";
import { newList } from "../list.ts";
import { length } from "../protocol/object.ts";
import { emptyTuple, newTuple } from "../tuple.ts";
import { builtinFunction, defineIterator, reduceWith } from "./define-iterator.ts";
import {
  type PyListIterator,
  type PyListReverseIterator,
  type PyTupleIterator,
  listIteratorType,
  listReverseIteratorType,
  tupleIteratorType,
} from "./list.ts";
import {
  type PyCallableIterator,
  type PySequenceIterator,
  callableIteratorType,
  sequenceIteratorType,
} from "./sequence.ts";
import { type PyStrIterator, strAsciiIteratorType, strIteratorType } from "./str.ts";
import { typeOf } from "../types.ts";

/** An index of any size as a number; those too large for one are beyond every end. */
const small = (index: Int): number => (typeof index === "number" ? index : index < 0n ? -1 : Number.MAX_SAFE_INTEGER);
const clip = (index: Int, length: number): number => Math.min(Math.max(small(index), 0), length);

defineIterator(listIteratorType, {
  hint: (self: PyListIterator) => (self.list === null ? 0 : Math.max(0, self.list.items.length - self.index)),
  reduce: (self: PyListIterator) =>
    reduceWith("iter", () => (self.list === null ? [newList([])] : [self.list, self.index])),
  setIndex: (self: PyListIterator, index: Int) => {
    if (self.list !== null) self.index = clip(index, self.list.items.length);
  },
});

defineIterator(listReverseIteratorType, {
  hint: (self: PyListReverseIterator) =>
    self.list === null || self.index >= self.list.items.length ? 0 : self.index + 1,
  reduce: (self: PyListReverseIterator) =>
    reduceWith("reversed", () => (self.list === null ? [newList([])] : [self.list, self.index])),
  setIndex: (self: PyListReverseIterator, index: Int) => {
    if (self.list !== null) self.index = Math.min(Math.max(small(index), -1), self.list.items.length - 1);
  },
});

defineIterator(tupleIteratorType, {
  hint: (self: PyTupleIterator) => (self.tuple === null ? 0 : self.tuple.items.length - self.index),
  reduce: (self: PyTupleIterator) =>
    reduceWith("iter", () => (self.tuple === null ? [emptyTuple] : [self.tuple, self.index])),
  setIndex: (self: PyTupleIterator, index: Int) => {
    if (self.tuple !== null) self.index = clip(index, self.tuple.items.length);
  },
});

function defineStrIterator(type: PyType): void {
  defineIterator(type, {
    hint: (self: PyStrIterator) => (self.text === null ? 0 : self.text.length - self.index),
    reduce: (self: PyStrIterator) => reduceWith("iter", () => (self.text === null ? [""] : [self.text, self.index])),
    setIndex: (self: PyStrIterator, index: Int) => {
      if (self.text !== null) self.index = clip(index, self.text.length);
    },
  });
}
defineStrIterator(strIteratorType);
defineStrIterator(strAsciiIteratorType);

defineIterator(sequenceIteratorType, {
  hint: (self: PySequenceIterator) => {
    if (self.sequence === undefined) return 0;
    const type = typeOf(self.sequence);
    if (type.sq_length === null && type.mp_length === null && typeof self.sequence !== "string") return 0;
    const n = length(self.sequence);
    return n === EXC ? EXC : Math.max(0, n - self.index);
  },
  reduce: (self: PySequenceIterator) =>
    reduceWith("iter", () => (self.sequence === undefined ? [emptyTuple] : [self.sequence, self.index])),
  setIndex: (self: PySequenceIterator, index: Int) => {
    if (self.sequence !== undefined) self.index = Math.max(0, small(index));
  },
});

defineIterator(callableIteratorType, {
  reduce: (self: PyCallableIterator): Result => {
    const iter = builtinFunction("iter");
    if (iter === EXC) return EXC;
    if (self.callable === undefined) return newTuple([iter, newTuple([emptyTuple])]);
    return newTuple([iter, newTuple([self.callable, self.sentinel])]);
  },
});
