/** `itertools.count`, `cycle`, `repeat`. */
import { shortName } from "../../objects/type/short-name.ts";
import {
  BASETYPE,
  END,
  EXC,
  type End,
  type Exc,
  type KwNames,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { method, parseArgs, signature } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { add } from "../../objects/protocol/number.ts";
import { lookupSpecial, repr } from "../../objects/protocol/object.ts";
import { strConcatAll } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { Itertool, itertool, positionalOnly } from "./itertool.ts";

class PyCount extends Itertool {
  constructor(
    cls: PyType,
    public current: Value,
    readonly step: Value,
  ) {
    super(cls);
  }
  next(): Value | End | Exc {
    const { current, step } = this;
    const following = add(current, step);
    if (following === EXC) return EXC;
    this.current = following;
    return current;
  }
}

function isNumber(value: Value): boolean {
  const type = typeOf(value);
  return (
    type.nb_index !== null ||
    type.nb_int !== null ||
    type.nb_float !== null ||
    lookupSpecial(value, "__complex__") !== undefined
  );
}

const COUNT = signature("(start=0, step=1)");
function makeCount(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(COUNT, "count", args, kwnames);
  if (bound === EXC) return EXC;
  const [start = 0, step = 1] = bound;
  if (!isNumber(start) || !isNumber(step)) return typeError("a number is required");
  // A step that is an int's bool counts as that int.
  return new PyCount(
    cls,
    typeof start === "boolean" ? Number(start) : start,
    typeof step === "boolean" ? Number(step) : step,
  );
}
function reprCount(self: PyCount): Result {
  const start = repr(self.current);
  if (start === EXC) return EXC;
  const name = shortName(self.shape.cls);
  if (self.step === 1) return strConcatAll([name, "(", start, ")"]);
  const step = repr(self.step);
  return step === EXC ? EXC : strConcatAll([name, "(", start, ", ", step, ")"]);
}
export const countType = itertool("count", {
  doc: "Return a count object whose .__next__() method returns consecutive values.\n\ncount(start, step) gives start, start+step, start+2*step, ...",
  textSignature: "(start=0, step=1)",
  make: makeCount,
  repr: reprCount,
});

class PyCycle extends Itertool {
  private readonly saved: Value[] = [];
  private index = 0;
  /** undefined once the first round is complete. */
  private iterator: Value | undefined;
  constructor(cls: PyType, iterator: Value) {
    super(cls);
    this.iterator = iterator;
  }
  next(): Value | End | Exc {
    if (this.iterator !== undefined) {
      const value = iterNext(this.iterator);
      if (value === EXC) return EXC;
      if (value !== END) {
        this.saved.push(value);
        return value;
      }
      this.iterator = undefined;
    }
    const { saved, index } = this;
    if (saved.length === 0) return END;
    this.index = index + 1 === saved.length ? 0 : index + 1;
    return saved[index];
  }
}
export const cycleType: PyType = itertool("cycle", {
  doc: "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
  textSignature: "(iterable, /)",
  make: (cls, args, kwnames) => {
    const positional = positionalOnly(cycleType, cls, args, kwnames, 1);
    if (positional === EXC) return EXC;
    const iterator = getIter(positional[0]);
    return iterator === EXC ? EXC : new PyCycle(cls, iterator);
  },
});

class PyRepeat extends Itertool {
  constructor(
    cls: PyType,
    readonly element: Value,
    /** -1: endless. */
    public remaining: number,
  ) {
    super(cls);
  }
  next(): Value | End {
    if (this.remaining === 0) return END;
    if (this.remaining > 0) this.remaining--;
    return this.element;
  }
}
const REPEAT = signature("(object, times=None)");
function makeRepeat(cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (args.length > 2) return typeError(`repeat() takes at most 2 arguments (${args.length} given)`);
  const bound = parseArgs(REPEAT, "repeat", args, kwnames);
  if (bound === EXC) return EXC;
  const [element, times] = bound as [Value, Value | undefined];
  const count = times === undefined ? -1 : asSize(times);
  if (count === EXC) return EXC;
  return new PyRepeat(cls, element, times === undefined ? -1 : Math.max(0, count));
}
function reprRepeat(self: PyRepeat): Result {
  const element = repr(self.element);
  if (element === EXC) return EXC;
  const tail = self.remaining < 0 ? ")" : `, ${self.remaining})`;
  return strConcatAll([shortName(self.shape.cls), "(", element, tail]);
}
export const repeatType = itertool("repeat", {
  doc: "repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  If not specified, returns the object\nendlessly.",
  flags: BASETYPE,
  make: makeRepeat,
  repr: reprRepeat,
  methods: () => ({
    __length_hint__: method(
      "($self, /)",
      (self: PyRepeat) => (self.remaining < 0 ? typeError("len() of unsized object") : self.remaining),
      "Private method returning an estimate of len(list(it)).",
    ),
  }),
});
