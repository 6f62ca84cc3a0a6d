/** `zip`. */
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
import { defineType, method } from "../define.ts";
import { isTrue } from "../protocol/object.ts";
import { newTuple } from "../tuple.ts";
import { withAttributes } from "../with-attributes.ts";
import { iteratorsOf, nextOfEach, parseStrict } from "./strict.ts";

export const zipType = new PyType("zip", typeType);

export class PyZip extends PyObject {
  constructor(
    cls: PyType,
    readonly iterators: Value[],
    public strict: boolean,
  ) {
    super(cls.shapes);
  }
  next(): Value | End | Exc {
    if (this.iterators.length === 0) return END;
    const values = nextOfEach(this.iterators, this.strict, "zip");
    return values === END || values === EXC ? values : newTuple(values);
  }
}
class PyZipSub extends withAttributes(PyZip) {}

function zipNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  // Keywords of a subclass are for its own __init__.
  const strict = cls === zipType || cls.tp_init === zipType.tp_init ? parseStrict("zip", args, kwnames) : false;
  if (strict === EXC) return EXC;
  const iterators = iteratorsOf(kwnames === null ? args : args.slice(0, args.length - kwnames.length));
  if (iterators === EXC) return EXC;
  return cls === zipType ? new PyZip(cls, iterators, strict) : new PyZipSub(cls, iterators, strict);
}

defineType(zipType, {
  textSignature: "(*iterables, strict=False)",
  doc: "The zip object yields n-length tuples, where n is the number of iterables\npassed as positional arguments to zip().  The i-th element in every tuple\ncomes from the i-th iterable argument to zip().  This continues until the\nshortest argument is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the others,\nraise a ValueError.\n\n   >>> list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]",
  flags: BASETYPE,
  slots: {
    tp_new: zipNew,
    tp_alloc: (cls: PyType) => new PyZipSub(cls, [], false),
    tp_iter: (self: PyZip) => self,
    tp_iternext: (self: PyZip) => self.next(),
  },
  methods: () => ({
    __reduce__: method(
      "($self, /)",
      (self: PyZip) => newTuple([self.shape.cls, newTuple(self.iterators.slice()), ...(self.strict ? [true] : [])]),
      "Return state information for pickling.",
    ),
    __setstate__: method(
      "($self, object, /)",
      (self: PyZip, state: Value) => {
        const strict = isTrue(state);
        if (strict === EXC) return EXC;
        self.strict = strict;
        return null;
      },
      "Set state information for unpickling.",
    ),
  }),
});
