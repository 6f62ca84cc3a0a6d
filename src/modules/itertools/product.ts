/** `itertools.product`. */
import { END, EXC, type End, type Exc, type PyType, type Value } from "../../objects/core.ts";
import { method } from "../../objects/define.ts";
import { memoryError, valueError } from "../../objects/errors.ts";
import { tooManyKeywords, unexpectedKeyword } from "../../objects/keyword-errors.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { listFromIterable } from "../../objects/protocol/iter.ts";
import { newTuple } from "../../objects/tuple.ts";
import { Itertool, itertool } from "./itertool.ts";

class PyProduct extends Itertool {
  private readonly indices: number[];
  private started = false;
  private done: boolean;
  constructor(
    cls: PyType,
    private readonly pools: readonly Value[][],
  ) {
    super(cls);
    this.indices = pools.map(() => 0);
    this.done = pools.some((pool) => pool.length === 0);
  }
  next(): Value | End {
    if (this.done || (this.started && !this.advance())) {
      this.done = true;
      return END;
    }
    this.started = true;
    const { pools, indices } = this;
    const items: Value[] = new Array<Value>(pools.length);
    for (let i = 0; i < pools.length; i++) items[i] = pools[i][indices[i]];
    return newTuple(items);
  }
  /** The last wheel turns fastest. */
  private advance(): boolean {
    const { pools, indices } = this;
    for (let i = pools.length - 1; i >= 0; i--) {
      if (++indices[i] < pools[i].length) return true;
      indices[i] = 0;
    }
    return false;
  }
}

export const productType: PyType = itertool("product", {
  doc: "Cartesian product of input iterables.  Equivalent to nested for-loops.\n\nproduct(A, B) gives what ((x, y) for x in A for y in B) does; the leftmost\niterators are in the outermost loop.  repeat=n takes all iterables n times.",
  textSignature: "(*iterables, repeat=1)",
  make: (cls, args, kwnames) => {
    let times: number | Exc = 1;
    let iterables: Value[] = args;
    if (kwnames !== null && kwnames.length > 0) {
      iterables = args.slice(0, args.length - kwnames.length);
      if (kwnames.length > 1) return tooManyKeywords("product", 1, kwnames.length);
      if (kwnames[0] !== "repeat") return unexpectedKeyword("product", kwnames[0], ["repeat"]);
      times = asSize(args[args.length - 1]);
      if (times === EXC) return EXC;
      if (times < 0) return valueError("repeat argument cannot be negative");
    }
    if (iterables.length * times > 1e7) return memoryError();
    const pools: Value[][] = [];
    for (const iterable of times === 0 ? [] : iterables) {
      const pool = listFromIterable(iterable);
      if (pool === EXC) return EXC;
      pools.push(pool);
    }
    const all: Value[][] = [];
    for (let i = 0; i < times; i++) all.push(...pools);
    return new PyProduct(cls, all);
  },
  methods: () => ({
    __sizeof__: method(
      "($self, /)",
      (self: PyProduct) => 64 + 16 * self["pools"].length,
      "Returns size in memory, in bytes.",
    ),
  }),
});
