/** `filter`. */
import {
  BASETYPE,
  END,
  EXC,
  type End,
  type Exc,
  type KwNames,
  PyObject,
  PyType,
  type Result,
  type Value,
  typeType,
} from "../core.ts";
import { defineType, method, parseArgs, signature } from "../define.ts";
import { call1 } from "../protocol/call.ts";
import { getIter, iterNext } from "../protocol/iter.ts";
import { isTrue } from "../protocol/object.ts";
import { newTuple } from "../tuple.ts";
import { boolType } from "../types.ts";
import { withAttributes } from "../with-attributes.ts";

export const filterType = new PyType("filter", typeType);

export class PyFilter extends PyObject {
  constructor(
    cls: PyType,
    readonly func: Value,
    readonly iterator: Value,
  ) {
    super(cls.shapes);
  }
  next(): Value | End | Exc {
    const { func, iterator } = this;
    const byTruth = func === null || func === boolType;
    for (;;) {
      const value = iterNext(iterator);
      if (value === END || value === EXC) return value;
      const verdict = byTruth ? value : call1(func, value);
      if (verdict === EXC) return EXC;
      const wanted = isTrue(verdict);
      if (wanted === EXC) return EXC;
      if (wanted) return value;
    }
  }
}
class PyFilterSub extends withAttributes(PyFilter) {}

const NEW = signature("(function, iterable, /)");

function filterNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const ownKeywords = kwnames !== null && cls.tp_init !== filterType.tp_init;
  const positional = ownKeywords ? args.slice(0, args.length - kwnames.length) : args;
  const bound = parseArgs(NEW, "filter", positional, ownKeywords ? null : kwnames);
  if (bound === EXC) return EXC;
  const [func, iterable] = bound as [Value, Value];
  const iterator = getIter(iterable);
  if (iterator === EXC) return EXC;
  return cls === filterType ? new PyFilter(cls, func, iterator) : new PyFilterSub(cls, func, iterator);
}

defineType(filterType, {
  doc: "Return an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items that are true.",
  textSignature: "(function, iterable, /)",
  flags: BASETYPE,
  slots: {
    tp_new: filterNew,
    tp_alloc: (cls: PyType) => new PyFilterSub(cls, null, null),
    tp_iter: (self: PyFilter) => self,
    tp_iternext: (self: PyFilter) => self.next(),
  },
  methods: () => ({
    __reduce__: method(
      "($self, /)",
      (self: PyFilter) => newTuple([self.shape.cls, newTuple([self.func, self.iterator])]),
      "Return state information for pickling.",
    ),
  }),
});
