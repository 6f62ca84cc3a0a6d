/** `itertools.compress`, `dropwhile`, `filterfalse`, `takewhile`: parts of an iterable. */
import {
  END,
  EXC,
  type End,
  type Exc,
  type KwNames,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { parseArgs, signature } from "../../objects/define.ts";
import { call1 } from "../../objects/protocol/call.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import { boolType } from "../../objects/types.ts";
import { Itertool, itertool, positionalOnly } from "./itertool.ts";

class PyCompress extends Itertool {
  constructor(
    cls: PyType,
    private readonly data: Value,
    private readonly selectors: Value,
  ) {
    super(cls);
  }
  next(): Value | End | Exc {
    for (;;) {
      const value = iterNext(this.data);
      if (value === END || value === EXC) return value;
      const selector = iterNext(this.selectors);
      if (selector === END || selector === EXC) return selector;
      const wanted = isTrue(selector);
      if (wanted === EXC) return EXC;
      if (wanted) return value;
    }
  }
}

/** An iterator with a predicate. */
abstract class Predicated extends Itertool {
  constructor(
    cls: PyType,
    protected readonly predicate: Value,
    protected readonly iterator: Value,
  ) {
    super(cls);
  }
  protected holds(value: Value): boolean | Exc {
    const verdict = call1(this.predicate, value);
    return verdict === EXC ? EXC : isTrue(verdict);
  }
}

class PyDropWhile extends Predicated {
  private started = false;
  next(): Value | End | Exc {
    for (;;) {
      const value = iterNext(this.iterator);
      if (value === END || value === EXC || this.started) return value;
      const drop = this.holds(value);
      if (drop === EXC) return EXC;
      if (!drop) {
        this.started = true;
        return value;
      }
    }
  }
}

class PyTakeWhile extends Predicated {
  private done = false;
  next(): Value | End | Exc {
    if (this.done) return END;
    const value = iterNext(this.iterator);
    if (value === END || value === EXC) return value;
    const take = this.holds(value);
    if (take === EXC) return EXC;
    if (take) return value;
    this.done = true;
    return END;
  }
}

class PyFilterFalse extends Predicated {
  next(): Value | End | Exc {
    const byTruth = this.predicate === null || this.predicate === boolType;
    for (;;) {
      const value = iterNext(this.iterator);
      if (value === END || value === EXC) return value;
      const rejected = byTruth ? isTrue(value) : this.holds(value);
      if (rejected === EXC) return EXC;
      if (!rejected) return value;
    }
  }
}

const COMPRESS = signature("(data, selectors)");
export const compressType = itertool("compress", {
  doc: "Return data elements corresponding to true selector elements.\n\nForms a shorter iterator from selected data elements using the selectors to\nchoose the data elements.",
  textSignature: "(data, selectors)",
  make: (cls, args, kwnames) => {
    const bound = parseArgs(COMPRESS, "compress", args, kwnames);
    if (bound === EXC) return EXC;
    const data = getIter(bound[0] as Value);
    if (data === EXC) return EXC;
    const selectors = getIter(bound[1] as Value);
    return selectors === EXC ? EXC : new PyCompress(cls, data, selectors);
  },
});

type PredicatedClass = new (cls: PyType, predicate: Value, iterator: Value) => Predicated;
/* @__NO_SIDE_EFFECTS__ */
function makePredicated(
  type: () => PyType,
  Class: PredicatedClass,
): (cls: PyType, args: Value[], kwnames: KwNames) => Result {
  return (cls, args, kwnames) => {
    const positional = positionalOnly(type(), cls, args, kwnames, 2);
    if (positional === EXC) return EXC;
    const iterator = getIter(positional[1]);
    return iterator === EXC ? EXC : new Class(cls, positional[0], iterator);
  };
}

export const dropWhileType: PyType = itertool("dropwhile", {
  doc: "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until the iterable is exhausted.",
  textSignature: "(predicate, iterable, /)",
  make: makePredicated(() => dropWhileType, PyDropWhile),
});
export const takeWhileType: PyType = itertool("takewhile", {
  doc: "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.",
  textSignature: "(predicate, iterable, /)",
  make: makePredicated(() => takeWhileType, PyTakeWhile),
});
export const filterFalseType: PyType = itertool("filterfalse", {
  doc: "Return those items of iterable for which function(item) is false.\n\nIf function is None, return the items that are false.",
  textSignature: "(function, iterable, /)",
  make: makePredicated(() => filterFalseType, PyFilterFalse),
});
