/** `itertools.groupby` and the iterator of one group. */
import { END, EQ, EXC, type End, type Exc, type PyType, type Value } from "../../objects/core.ts";
import { parseArgs, signature } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { call1 } from "../../objects/protocol/call.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { compareBool } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { Itertool, itertool } from "./itertool.ts";

class PyGroupBy extends Itertool {
  /** Key of the group given last; undefined before the first. */
  targetKey: Value | undefined = undefined;
  /** Key and value read last; undefined when the value has been given away. */
  currentKey: Value | undefined = undefined;
  currentValue: Value | undefined = undefined;
  /** The group that may go on reading: only the last one. */
  currentGroup: PyGrouper | null = null;

  constructor(
    cls: PyType,
    private readonly iterator: Value,
    private readonly keyFunction: Value,
  ) {
    super(cls);
  }

  next(): Value | End | Exc {
    this.currentGroup = null;
    // Skip what is left of the last group.
    for (;;) {
      if (this.currentKey !== undefined) {
        if (this.targetKey === undefined) break;
        const same = compareBool(this.targetKey, this.currentKey, EQ);
        if (same === EXC) return EXC;
        if (!same) break;
      }
      const status = this.step();
      if (status !== null) return status;
    }
    this.targetKey = this.currentKey;
    this.currentGroup = new PyGrouper(grouperType, this, this.targetKey as Value);
    return newTuple([this.targetKey as Value, this.currentGroup]);
  }

  /** Reads one value and its key. */
  step(): null | End | Exc {
    const value = iterNext(this.iterator);
    if (value === END || value === EXC) return value;
    const key = this.keyFunction === null ? value : call1(this.keyFunction, value);
    if (key === EXC) return EXC;
    this.currentValue = value;
    this.currentKey = key;
    return null;
  }
}

class PyGrouper extends Itertool {
  constructor(
    cls: PyType,
    private readonly parent: PyGroupBy,
    private readonly key: Value,
  ) {
    super(cls);
  }
  next(): Value | End | Exc {
    const { parent } = this;
    if (parent.currentGroup !== this) return END;
    if (parent.currentValue === undefined) {
      const status = parent.step();
      if (status !== null) return status;
    }
    const same = compareBool(this.key, parent.currentKey as Value, EQ);
    if (same === EXC) return EXC;
    if (!same) return END;
    const value = parent.currentValue;
    // The comparison may have come back here and taken the value.
    if (value === undefined) return END;
    parent.currentValue = undefined;
    return value;
  }
}

const NEW = signature("(iterable, key=None)");
export const groupByType = itertool("groupby", {
  doc: "Make an iterator that returns consecutive keys and groups from the iterable.\n\n  iterable\n    Elements to divide into groups according to the key function.\n  key\n    A function for computing the group category for each element.\n    If the key function is not specified or is None, the element itself\n    is used for grouping.",
  textSignature: "(iterable, key=None)",
  make: (cls, args, kwnames) => {
    const bound = parseArgs(NEW, "groupby", args, kwnames);
    if (bound === EXC) return EXC;
    const iterator = getIter(bound[0] as Value);
    return iterator === EXC ? EXC : new PyGroupBy(cls, iterator, bound[1] ?? null);
  },
});

export const grouperType: PyType = itertool("_grouper", {
  doc: "",
  flags: 0,
  make: (cls, args) => {
    if (args.length !== 2) return typeError(`_grouper expected 2 arguments, got ${args.length}`);
    const [parent, key] = args;
    if (!(parent instanceof PyGroupBy)) {
      return typeError(`_grouper() argument 1 must be itertools.groupby, not ${typeOf(parent).name}`);
    }
    const group = new PyGrouper(cls, parent, key);
    parent.currentGroup = group;
    return group;
  },
});
