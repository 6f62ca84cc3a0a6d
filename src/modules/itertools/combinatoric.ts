/** `itertools.permutations`, `combinations`, `combinations_with_replacement`. */
import { END, EXC, type End, type PyType, type Result, type KwNames, type Value } from "../../objects/core.ts";
import { method, parseArgs, signature } from "../../objects/define.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { listFromIterable } from "../../objects/protocol/iter.ts";
import { newTuple } from "../../objects/tuple.ts";
import { intValue } from "../../objects/values.ts";
import { Itertool, itertool } from "./itertool.ts";

/** Gives `pool[indices]` for one arrangement of indices after another. */
abstract class Arrangement extends Itertool {
  protected readonly indices: number[] = [];
  protected done = false;
  private started = false;
  constructor(
    cls: PyType,
    readonly pool: readonly Value[],
    readonly count: number,
  ) {
    super(cls);
  }
  next(): Value | End {
    if (this.done || (this.started && !this.advance())) {
      this.done = true;
      return END;
    }
    this.started = true;
    const { pool, indices, count } = this;
    const items: Value[] = new Array<Value>(count);
    for (let i = 0; i < count; i++) items[i] = pool[indices[i]];
    return newTuple(items);
  }
  /** The next arrangement; false when there is none. */
  protected abstract advance(): boolean;
}

class PyCombinations extends Arrangement {
  constructor(cls: PyType, pool: readonly Value[], count: number) {
    super(cls, pool, count);
    for (let i = 0; i < Math.min(count, pool.length); i++) this.indices.push(i);
    this.done = count > pool.length;
  }
  protected advance(): boolean {
    const { indices, count } = this;
    const n = this.pool.length;
    let i = count - 1;
    while (i >= 0 && indices[i] === i + n - count) i--;
    if (i < 0) return false;
    indices[i]++;
    for (let j = i + 1; j < count; j++) indices[j] = indices[j - 1] + 1;
    return true;
  }
}

class PyCombinationsWithReplacement extends Arrangement {
  constructor(cls: PyType, pool: readonly Value[], count: number) {
    super(cls, pool, count);
    this.done = pool.length === 0 && count > 0;
    if (!this.done) for (let i = 0; i < count; i++) this.indices.push(0);
  }
  protected advance(): boolean {
    const { indices, count } = this;
    const last = this.pool.length - 1;
    let i = count - 1;
    while (i >= 0 && indices[i] === last) i--;
    if (i < 0) return false;
    const next = indices[i] + 1;
    for (let j = i; j < count; j++) indices[j] = next;
    return true;
  }
}

class PyPermutations extends Arrangement {
  /** How many exchanges each place has left: a mixed-radix counter. */
  private readonly cycles: number[] = [];
  constructor(cls: PyType, pool: readonly Value[], count: number) {
    super(cls, pool, count);
    const n = pool.length;
    this.done = count > n;
    for (let i = 0; i < n; i++) this.indices.push(i);
    if (!this.done) for (let i = 0; i < count; i++) this.cycles.push(n - i);
  }
  protected advance(): boolean {
    const { indices, cycles, count } = this;
    const n = this.pool.length;
    for (let i = count - 1; i >= 0; i--) {
      cycles[i]--;
      if (cycles[i] === 0) {
        indices.push(indices.splice(i, 1)[0]);
        cycles[i] = n - i;
      } else {
        const j = n - cycles[i];
        const t = indices[i];
        indices[i] = indices[j];
        indices[j] = t;
        return true;
      }
    }
    return false;
  }
}

const COMBINATIONS = signature("(iterable, r)");
/* @__NO_SIDE_EFFECTS__ */
function makeCombinations(
  name: string,
  Class: new (cls: PyType, pool: Value[], count: number) => Arrangement,
): (cls: PyType, args: Value[], kwnames: KwNames) => Result {
  return (cls, args, kwnames) => {
    const bound = parseArgs(COMBINATIONS, name, args, kwnames);
    if (bound === EXC) return EXC;
    const count = asSize(bound[1] as Value);
    if (count === EXC) return EXC;
    return fromPool(cls, bound[0] as Value, count, Class);
  };
}
function fromPool(
  cls: PyType,
  iterable: Value,
  count: number | undefined,
  Class: new (cls: PyType, pool: Value[], count: number) => Arrangement,
): Result {
  const pool = listFromIterable(iterable);
  if (pool === EXC) return EXC;
  const length = count ?? pool.length;
  return length < 0 ? valueError("r must be non-negative") : new Class(cls, pool, length);
}

const PERMUTATIONS = signature("(iterable, r=None)");
function makePermutations(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(PERMUTATIONS, "permutations", args, kwnames);
  if (bound === EXC) return EXC;
  const [iterable, r] = bound as [Value, Value | undefined];
  if (r === undefined || r === null) return fromPool(cls, iterable, undefined, PyPermutations);
  if (intValue(r) === undefined) return typeError("Expected int as r");
  const count = asSize(r);
  return count === EXC ? EXC : fromPool(cls, iterable, count, PyPermutations);
}

const sizeOf = () => ({
  __sizeof__: method("($self, /)", (self: Arrangement) => 96 + 8 * self.count, "Returns size in memory, in bytes."),
});

export const combinationsType = itertool("combinations", {
  doc: "Return successive r-length combinations of elements in the iterable.\n\ncombinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)",
  textSignature: "(iterable, r)",
  make: makeCombinations("combinations", PyCombinations),
  methods: sizeOf,
});
export const combinationsWithReplacementType = itertool("combinations_with_replacement", {
  doc: "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.\n\ncombinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')",
  textSignature: "(iterable, r)",
  make: makeCombinations("combinations_with_replacement", PyCombinationsWithReplacement),
  methods: sizeOf,
});
export const permutationsType = itertool("permutations", {
  doc: "Return successive r-length permutations of elements in the iterable.\n\npermutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)",
  textSignature: "(iterable, r=None)",
  make: makePermutations,
  methods: sizeOf,
});
