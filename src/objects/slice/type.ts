/** `slice`: slots and methods. */
import {
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  GE,
  type Int,
  type KwNames,
  LE,
  type PyType,
  type Result,
  type Value,
} from "../core.ts";
import { defineType, method, parseArgs, signature } from "../define.ts";
import { typeError, valueError } from "../errors.ts";
import { asIndex } from "../protocol/convert.ts";
import { hash, repr } from "../protocol/object.ts";
import { compareItems } from "../sequence/items.ts";
import { NotImplemented } from "../singletons.ts";
import { PySlice } from "../slice.ts";
import { strConcatAll } from "../str/astral.ts";
import { PyTuple, newTuple } from "../tuple.ts";
import { sliceType, tupleType } from "../types.ts";
import { longSliceIndices } from "./indices.ts";

const NEW = signature("(start, stop=None, step=None, /)");

function sliceNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("slice() takes no keyword arguments");
  const bound = parseArgs(NEW, "slice", args, null);
  if (bound === EXC) return EXC;
  const [a, b, step] = bound as [Value, Value | undefined, Value | undefined];
  return b === undefined ? new PySlice(null, a, null) : new PySlice(a, b, step ?? null);
}

const parts = (self: PySlice): PyTuple => new PyTuple(tupleType, [self.start, self.stop, self.step]);

function reprSlice(self: PySlice): Result {
  const texts = [self.start, self.stop, self.step].map(repr);
  const [start, stop, step] = texts;
  if (start === EXC || stop === EXC || step === EXC) return EXC;
  return strConcatAll(["slice(", start, ", ", stop, ", ", step, ")"]);
}

function hashSlice(self: PySlice): Int | Exc {
  return hash(parts(self));
}

function compareSlices(a: PySlice, b: Value, op: CompareOp): Result {
  if (!(b instanceof PySlice)) return NotImplemented;
  if (a === b) return op === LE || op === EQ || op === GE;
  return compareItems(parts(a), parts(b), op);
}

function indices(self: PySlice, length: Value): Result {
  const n = asIndex(length);
  if (n === EXC) return EXC;
  if (n < 0) return valueError("length should not be negative");
  const found = longSliceIndices(self, n);
  return found === EXC ? EXC : newTuple([found.start, found.stop, found.step]);
}

defineType(sliceType, {
  doc: "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.\n\nThis is used for extended slicing (e.g. a[0:10:2]).",
  slots: {
    tp_new: sliceNew,
    tp_repr: reprSlice,
    tp_hash: hashSlice,
    tp_richcompare: compareSlices,
  },
  methods: () => ({
    indices: method(
      "($self, object, /)",
      indices,
      "S.indices(len) -> (start, stop, stride)\n\nAssuming a sequence of length len, calculate the start and stop\nindices, and the stride length of the extended slice described by\nS. Out of bounds indices are clipped in a manner consistent with the\nhandling of normal slices.",
    ),
    __reduce__: method(
      "($self, /)",
      (self: PySlice) => newTuple([sliceType, parts(self)]),
      "Return state information for pickling.",
    ),
  }),
  members: () => ({
    start: (self: PySlice) => self.start,
    stop: (self: PySlice) => self.stop,
    step: (self: PySlice) => self.step,
  }),
});
