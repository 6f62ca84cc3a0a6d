/** `itertools.zip_longest`. */
import { END, EXC, type End, type Exc, type PyType, type Value } from "../../objects/core.ts";
import { typeError } from "../../objects/errors.ts";
import { iteratorsOf } from "../../objects/iterators/strict.ts";
import { iterNext } from "../../objects/protocol/iter.ts";
import { newTuple } from "../../objects/tuple.ts";
import { Itertool, itertool } from "./itertool.ts";

class PyZipLongest extends Itertool {
  private active: number;
  constructor(
    cls: PyType,
    /** undefined where exhausted. */
    private readonly iterators: (Value | undefined)[],
    private readonly fill: Value,
  ) {
    super(cls);
    this.active = iterators.length;
  }
  next(): Value | End | Exc {
    if (this.active === 0) return END;
    const { iterators, fill } = this;
    const values: Value[] = [];
    for (let i = 0; i < iterators.length; i++) {
      const iterator = iterators[i];
      const value = iterator === undefined ? END : iterNext(iterator);
      if (value === EXC) {
        this.active = 0;
        return EXC;
      }
      if (value === END) {
        if (iterator !== undefined) {
          iterators[i] = undefined;
          this.active--;
          if (this.active === 0) return END;
        }
        values.push(fill);
      } else {
        values.push(value);
      }
    }
    return newTuple(values);
  }
}

export const zipLongestType = itertool("zip_longest", {
  doc: "Return a zip_longest object whose .__next__() method returns a tuple where\nthe i-th element comes from the i-th iterable argument.  It goes on until\nthe longest iterable is exhausted; the others give the fillvalue then,\nwhich is None when not given.",
  textSignature: "(*iterables, fillvalue=None)",
  make: (cls, args, kwnames) => {
    const keywords = kwnames ?? [];
    if (keywords.some((name) => name !== "fillvalue")) {
      return typeError("zip_longest() got an unexpected keyword argument");
    }
    const iterators = iteratorsOf(args.slice(0, args.length - keywords.length));
    if (iterators === EXC) return EXC;
    return new PyZipLongest(cls, iterators, keywords.length > 0 ? args[args.length - 1] : null);
  },
});
