/** `reversed`: of sequences; objects with `__reversed__` give their own iterator. */
import {
  BASETYPE,
  END,
  EXC,
  type End,
  type Exc,
  type Int,
  type KwNames,
  PyObject,
  PyType,
  type Result,
  type Value,
  typeType,
} from "../core.ts";
import { defineType } from "../define.ts";
import { catches, clearException, typeError } from "../errors.ts";
import { indexErrorType, stopIterationType } from "../exceptions/types.ts";
import { call0 } from "../protocol/call.ts";
import { length, lookupSpecial } from "../protocol/object.ts";
import { sequenceItem } from "../protocol/sequence.ts";
import { emptyTuple, newTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { withAttributes } from "../with-attributes.ts";
import { iteratorMethods } from "./define-iterator.ts";

export const reversedType = new PyType("reversed", typeType);

export class PyReversed extends PyObject {
  /** undefined once exhausted. */
  sequence: Value | undefined;
  constructor(
    cls: PyType,
    sequence: Value,
    public index: number,
  ) {
    super(cls.shapes);
    this.sequence = sequence;
  }
  next(): Value | End | Exc {
    const { sequence, index } = this;
    if (sequence === undefined) return END;
    if (index >= 0) {
      const value = sequenceItem(sequence, index);
      if (value !== EXC) {
        this.index = index - 1;
        return value;
      }
      if (!catches(indexErrorType) && !catches(stopIterationType)) return EXC;
      clearException();
    }
    this.index = -1;
    this.sequence = undefined;
    return END;
  }
}
class PyReversedSub extends withAttributes(PyReversed) {}

function reversedNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const ownKeywords = kwnames !== null && cls.tp_init !== reversedType.tp_init;
  const positional = ownKeywords ? args.slice(0, args.length - kwnames.length) : args;
  if (kwnames !== null && kwnames.length > 0 && !ownKeywords) {
    return typeError("reversed() takes no keyword arguments");
  }
  if (positional.length !== 1) return typeError(`reversed expected 1 argument, got ${positional.length}`);
  const [sequence] = positional;
  const type = typeOf(sequence);
  const special = lookupSpecial(sequence, "__reversed__");
  if (special === EXC) return EXC;
  if (special === null) return typeError(`'${type.name}' object is not reversible`);
  if (special !== undefined) return call0(special);
  if (type.sq_item === null) return typeError(`'${type.name}' object is not reversible`);
  const n = length(sequence);
  if (n === EXC) return EXC;
  return cls === reversedType ? new PyReversed(cls, sequence, n - 1) : new PyReversedSub(cls, sequence, n - 1);
}

defineType(reversedType, {
  doc: "Return a reverse iterator over the values of the given sequence.",
  textSignature: "(object, /)",
  flags: BASETYPE,
  slots: {
    tp_new: reversedNew,
    tp_alloc: (cls: PyType) => new PyReversedSub(cls, null, -1),
    tp_iter: (self: PyReversed) => self,
    tp_iternext: (self: PyReversed) => self.next(),
  },
  methods: () =>
    iteratorMethods({
      hint: (self: PyReversed) => {
        if (self.sequence === undefined) return 0;
        const n = length(self.sequence);
        return n === EXC ? EXC : n < self.index + 1 ? 0 : self.index + 1;
      },
      reduce: (self: PyReversed) =>
        self.sequence === undefined
          ? newTuple([self.shape.cls, newTuple([emptyTuple])])
          : newTuple([self.shape.cls, newTuple([self.sequence]), self.index]),
      setIndex: (self: PyReversed, given: Int) => {
        const index = typeof given === "number" ? given : given < 0n ? -1 : Number.MAX_SAFE_INTEGER;
        if (self.sequence === undefined) return;
        const n = length(self.sequence);
        if (n === EXC) clearException();
        else self.index = Math.min(Math.max(index, -1), n - 1);
      },
    }),
});
