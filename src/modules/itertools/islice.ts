/** `itertools.islice`. */
import { END, EXC, type End, type Exc, type PyType, type Result, type Value } from "../../objects/core.ts";
import { clearException, valueError } from "../../objects/errors.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { Itertool, itertool, positionalOnly } from "./itertool.ts";

class PyISlice extends Itertool {
  /** undefined once exhausted. */
  private iterator: Value | undefined;
  private count = 0;
  constructor(
    cls: PyType,
    iterator: Value,
    private following: number,
    /** -1: none. */
    private readonly stop: number,
    private readonly step: number,
  ) {
    super(cls);
    this.iterator = iterator;
  }
  next(): Value | End | Exc {
    const { iterator, stop } = this;
    if (iterator === undefined) return END;
    while (this.count < this.following) {
      const skipped = iterNext(iterator);
      if (skipped === END || skipped === EXC) return this.finish(skipped);
      this.count++;
    }
    if (stop !== -1 && this.count >= stop) return this.finish(END);
    const value = iterNext(iterator);
    if (value === END || value === EXC) return this.finish(value);
    this.count++;
    this.following += this.step;
    if (stop !== -1 && this.following > stop) this.following = stop;
    return value;
  }
  private finish(result: End | Exc): End | Exc {
    this.iterator = undefined;
    return result;
  }
}

/** A bound; `missing` for None; undefined when it is no index at or above 0. */
function boundOf(value: Value | undefined, missing: number): number | undefined {
  if (value === undefined || value === null) return missing;
  const bound = asSize(value);
  if (bound === EXC) {
    clearException();
    return undefined;
  }
  return bound < 0 ? undefined : bound;
}

function makeISlice(cls: PyType, args: Value[]): Result {
  const onlyStop = args.length === 2;
  const stop = boundOf(onlyStop ? args[1] : args[2], -1);
  if (stop === undefined) {
    return valueError(
      onlyStop || boundOf(args[1], 0) !== undefined
        ? "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
        : "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.",
    );
  }
  const start = onlyStop ? 0 : boundOf(args[1], 0);
  if (start === undefined) {
    return valueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  }
  const step = boundOf(args[3], 1);
  if (step === undefined || step < 1) return valueError("Step for islice() must be a positive integer or None.");
  const iterator = getIter(args[0]);
  return iterator === EXC ? EXC : new PyISlice(cls, iterator, start, stop, step);
}

export const isliceType: PyType = itertool("islice", {
  doc: "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nReturn an iterator whose next() method returns selected values from an\niterable: as slicing a list does, but without negative numbers.",
  make: (cls, args, kwnames) => {
    const positional = positionalOnly(isliceType, cls, args, kwnames, 2, 4);
    return positional === EXC ? EXC : makeISlice(cls, positional);
  },
});
