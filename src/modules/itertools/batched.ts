/** `itertools.batched`. */
import { END, EXC, type End, type Exc, type PyType, type Value } from "../../objects/core.ts";
import { parseArgs, signature } from "../../objects/define.ts";
import { valueError } from "../../objects/errors.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { Itertool, itertool } from "./itertool.ts";

class PyBatched extends Itertool {
  private done = false;
  constructor(
    cls: PyType,
    private readonly iterator: Value,
    private readonly size: number,
    private readonly strict: boolean,
  ) {
    super(cls);
  }
  next(): Value | End | Exc {
    if (this.done) return END;
    const batch: Value[] = [];
    while (batch.length < this.size) {
      const value = iterNext(this.iterator);
      if (value === EXC) return this.finish(EXC);
      if (value === END) {
        if (batch.length === 0) return this.finish(END);
        if (this.strict) return this.finish(valueError("batched(): incomplete batch"));
        break;
      }
      batch.push(value);
    }
    return newTuple(batch);
  }
  private finish(result: End | Exc): End | Exc {
    this.done = true;
    return result;
  }
}

const NEW = signature("(iterable, n, *, strict=False)");

export const batchedType = itertool("batched", {
  doc: "Batch data into tuples of length n. The last batch may be shorter than n.\n\nLoops over the input iterable and accumulates data into tuples up to size n.\nWith strict, an incomplete last batch is a ValueError.",
  textSignature: "(iterable, n, *, strict=False)",
  make: (cls, args, kwnames) => {
    const bound = parseArgs(NEW, "batched", args, kwnames);
    if (bound === EXC) return EXC;
    const size = asSize(bound[1] as Value);
    if (size === EXC) return EXC;
    const strict = bound[2] === undefined ? false : isTrue(bound[2]);
    if (strict === EXC) return EXC;
    if (size < 1) return valueError("n must be at least one");
    const iterator = getIter(bound[0] as Value);
    return iterator === EXC ? EXC : new PyBatched(cls, iterator, size, strict);
  },
});
