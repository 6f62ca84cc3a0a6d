/** `itertools.chain`. */
import { BASETYPE, END, EXC, type End, type Exc, type PyType, type Result, type Value } from "../../objects/core.ts";
import { classMethod } from "../../objects/define.ts";
import { newGenericAlias } from "../../objects/generic-alias.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { newTuple } from "../../objects/tuple.ts";
import { Itertool, itertool, positionalOnly } from "./itertool.ts";

class PyChain extends Itertool {
  /** Over the iterables; undefined once exhausted. */
  private source: Value | undefined;
  private active: Value | undefined = undefined;
  constructor(cls: PyType, source: Value) {
    super(cls);
    this.source = source;
  }
  next(): Value | End | Exc {
    while (this.source !== undefined) {
      if (this.active === undefined) {
        const iterable = iterNext(this.source);
        if (iterable === END || iterable === EXC) return this.finish(iterable);
        const iterator = getIter(iterable);
        if (iterator === EXC) return this.finish(EXC);
        this.active = iterator;
      }
      const value = iterNext(this.active);
      if (value !== END) return value;
      this.active = undefined;
    }
    return END;
  }
  private finish(result: End | Exc): End | Exc {
    this.source = undefined;
    return result;
  }
}

function chainFrom(cls: PyType, iterables: Value): Result {
  const source = getIter(iterables);
  return source === EXC ? EXC : new PyChain(cls, source);
}

export const chainType: PyType = itertool("chain", {
  doc: "Return a chain object whose .__next__() method returns elements from the\nfirst iterable until it is exhausted, then elements from the next\niterable, until all of the iterables are exhausted.",
  textSignature: "(*iterables)",
  flags: BASETYPE,
  make: (cls, args, kwnames) => {
    const iterables = positionalOnly(chainType, cls, args, kwnames, 0, Number.MAX_SAFE_INTEGER);
    return iterables === EXC ? EXC : chainFrom(cls, newTuple(iterables.slice()));
  },
  methods: () => ({
    from_iterable: classMethod(
      "($type, iterable, /)",
      chainFrom,
      "Alternative chain() constructor taking a single iterable argument that evaluates lazily.",
    ),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
});
