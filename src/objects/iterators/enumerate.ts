/** `enumerate`. */
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
import { classMethod, defineType, method } from "../define.ts";
import { typeError } from "../errors.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { add } from "../numeric/int-math.ts";
import { asIndex } from "../protocol/convert.ts";
import { getIter, iterNext } from "../protocol/iter.ts";
import { newTuple } from "../tuple.ts";
import { withAttributes } from "../with-attributes.ts";

export const enumerateType = new PyType("enumerate", typeType);

export class PyEnumerate extends PyObject {
  constructor(
    cls: PyType,
    readonly iterator: Value,
    public count: Int,
  ) {
    super(cls.shapes);
  }
  next(): Value | End | Exc {
    const value = iterNext(this.iterator);
    if (value === END || value === EXC) return value;
    const { count } = this;
    this.count = add(count, 1);
    return newTuple([count, value]);
  }
}
class PyEnumerateSub extends withAttributes(PyEnumerate) {}

const NAMES: readonly string[] = ["iterable", "start"];

/** The arguments by position; undefined where not given. Worded as CPython's vectorcall of `enumerate`. */
function argumentsOf(args: Value[], kwnames: KwNames): (Value | undefined)[] | Exc {
  const names = kwnames ?? [];
  const positional = args.length - names.length;
  if (args.length > 2 || args.length === 0) {
    return typeError(
      positional === 0
        ? "enumerate() missing required argument 'iterable'"
        : `enumerate() takes at most 2 arguments (${args.length} given)`,
    );
  }
  const bound: (Value | undefined)[] = args.slice(0, positional);
  for (let i = 0; i < names.length; i++) {
    const at = NAMES.indexOf(names[i]);
    const isWelcome = at >= positional && (at === 0 || args.length === 2);
    if (!isWelcome) return typeError(`'${names[i]}' is an invalid keyword argument for enumerate()`);
    bound[at] = args[positional + i];
  }
  return bound;
}

function enumerateNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = argumentsOf(args, kwnames);
  if (bound === EXC) return EXC;
  const [iterable, start] = bound as [Value, Value | undefined];
  const count = start === undefined ? 0 : asIndex(start);
  if (count === EXC) return EXC;
  const iterator = getIter(iterable);
  if (iterator === EXC) return EXC;
  return cls === enumerateType ? new PyEnumerate(cls, iterator, count) : new PyEnumerateSub(cls, iterator, count);
}

defineType(enumerateType, {
  doc: "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields pairs containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument.",
  textSignature: "(iterable, start=0)",
  flags: BASETYPE,
  slots: {
    tp_new: enumerateNew,
    tp_alloc: (cls: PyType) => new PyEnumerateSub(cls, null, 0),
    tp_iter: (self: PyEnumerate) => self,
    tp_iternext: (self: PyEnumerate) => self.next(),
  },
  methods: () => ({
    __reduce__: method(
      "($self, /)",
      (self: PyEnumerate) => newTuple([self.shape.cls, newTuple([self.iterator, self.count])]),
      "Return state information for pickling.",
    ),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
});
