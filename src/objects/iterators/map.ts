/** `map`. */
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
import { typeError } from "../errors.ts";
import { call, call1 } from "../protocol/call.ts";
import { iterNext } from "../protocol/iter.ts";
import { isTrue } from "../protocol/object.ts";
import { newTuple } from "../tuple.ts";
import { withAttributes } from "../with-attributes.ts";
import { iteratorsOf, nextOfEach, parseStrict } from "./strict.ts";

export const mapType = new PyType("map", typeType);

export class PyMap extends PyObject {
  constructor(
    cls: PyType,
    readonly func: Value,
    readonly iterators: Value[],
    public strict: boolean,
  ) {
    super(cls.shapes);
  }
  next(): Value | End | Exc {
    if (this.iterators.length === 1) {
      const value = iterNext(this.iterators[0]);
      return value === END || value === EXC ? value : call1(this.func, value);
    }
    const values = nextOfEach(this.iterators, this.strict, "map");
    return values === END || values === EXC ? values : call(this.func, values);
  }
}
class PyMapSub extends withAttributes(PyMap) {}

function mapNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const strict = cls === mapType || cls.tp_init === mapType.tp_init ? parseStrict("map", args, kwnames) : false;
  if (strict === EXC) return EXC;
  const positional = kwnames === null ? args : args.slice(0, args.length - kwnames.length);
  if (positional.length < 2) return typeError("map() must have at least two arguments.");
  const iterators = iteratorsOf(positional.slice(1));
  if (iterators === EXC) return EXC;
  const func = positional[0];
  return cls === mapType ? new PyMap(cls, func, iterators, strict) : new PyMapSub(cls, func, iterators, strict);
}

defineType(mapType, {
  doc: "Make an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the others,\nraise a ValueError.",
  textSignature: "(function, iterable, /, *iterables, strict=False)",
  flags: BASETYPE,
  slots: {
    tp_new: mapNew,
    tp_alloc: (cls: PyType) => new PyMapSub(cls, null, [], false),
    tp_iter: (self: PyMap) => self,
    tp_iternext: (self: PyMap) => self.next(),
  },
  methods: () => ({
    __reduce__: method(
      "($self, /)",
      (self: PyMap) =>
        newTuple([self.shape.cls, newTuple([self.func, ...self.iterators]), ...(self.strict ? [true] : [])]),
      "Return state information for pickling.",
    ),
    __setstate__: method(
      "($self, object, /)",
      (self: PyMap, state: Value) => {
        const strict = isTrue(state);
        if (strict === EXC) return EXC;
        self.strict = strict;
        return null;
      },
      "Set state information for unpickling.",
    ),
  }),
});
