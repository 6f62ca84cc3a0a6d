/** `itertools.accumulate`. */
import { END, EXC, type End, type Exc, type PyType, type Value } from "../../objects/core.ts";
import { parseArgs, signature } from "../../objects/define.ts";
import { call2 } from "../../objects/protocol/call.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { add } from "../../objects/protocol/number.ts";
import { Itertool, itertool } from "./itertool.ts";

class PyAccumulate extends Itertool {
  /** undefined before the first value. */
  private total: Value | undefined = undefined;
  constructor(
    cls: PyType,
    private readonly iterator: Value,
    private readonly func: Value,
    private initial: Value | undefined,
  ) {
    super(cls);
  }
  next(): Value | End | Exc {
    const { initial } = this;
    if (initial !== undefined) {
      this.initial = undefined;
      this.total = initial;
      return initial;
    }
    const value = iterNext(this.iterator);
    if (value === END || value === EXC) return value;
    if (this.total === undefined) {
      this.total = value;
      return value;
    }
    const total = this.func === null ? add(this.total, value) : call2(this.func, this.total, value);
    if (total === EXC) return EXC;
    this.total = total;
    return total;
  }
}

const NEW = signature("(iterable, func=None, *, initial=None)");

export const accumulateType = itertool("accumulate", {
  doc: "Return series of accumulated sums.",
  textSignature: "(iterable, func=None, *, initial=None)",
  make: (cls, args, kwnames) => {
    const bound = parseArgs(NEW, "accumulate", args, kwnames);
    if (bound === EXC) return EXC;
    const [iterable, func, initial] = bound;
    const iterator = getIter(iterable as Value);
    return iterator === EXC ? EXC : new PyAccumulate(cls, iterator, func ?? null, initial ?? undefined);
  },
});
