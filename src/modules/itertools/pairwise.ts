/** `itertools.pairwise`. */
import { END, EXC, type End, type Exc, type PyType, type Value } from "../../objects/core.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { newTuple } from "../../objects/tuple.ts";
import { Itertool, itertool, positionalOnly } from "./itertool.ts";

class PyPairwise extends Itertool {
  /** undefined once exhausted. */
  private iterator: Value | undefined;
  private old: Value | undefined = undefined;
  constructor(cls: PyType, iterator: Value) {
    super(cls);
    this.iterator = iterator;
  }
  next(): Value | End | Exc {
    if (this.iterator === undefined) return END;
    let { old } = this;
    if (old === undefined) {
      const first = iterNext(this.iterator);
      if (first === END || first === EXC) return this.finish(first);
      this.old = first;
      old = first;
      // Reading may have come back here and exhausted the iterator.
      if (this.iterator === undefined) return END;
    }
    const value = iterNext(this.iterator);
    if (value === END || value === EXC) return this.finish(value);
    this.old = value;
    return newTuple([old, value]);
  }
  private finish(result: End | Exc): End | Exc {
    this.iterator = undefined;
    this.old = undefined;
    return result;
  }
}

export const pairwiseType: PyType = itertool("pairwise", {
  doc: "Return an iterator of overlapping pairs taken from the input iterator.\n\n    s -> (s0,s1), (s1,s2), (s2, s3), ...",
  textSignature: "(iterable, /)",
  make: (cls, args, kwnames) => {
    const positional = positionalOnly(pairwiseType, cls, args, kwnames, 1);
    if (positional === EXC) return EXC;
    const iterator = getIter(positional[0]);
    return iterator === EXC ? EXC : new PyPairwise(cls, iterator);
  },
});
