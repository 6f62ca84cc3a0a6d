/** `itertools.starmap`. */
import { END, EXC, type End, type Exc, type PyType, type Value } from "../../objects/core.ts";
import { call } from "../../objects/protocol/call.ts";
import { getIter, iterNext, listFromIterable } from "../../objects/protocol/iter.ts";
import { Itertool, itertool, positionalOnly } from "./itertool.ts";

class PyStarMap extends Itertool {
  constructor(
    cls: PyType,
    private readonly func: Value,
    private readonly iterator: Value,
  ) {
    super(cls);
  }
  next(): Value | End | Exc {
    const group = iterNext(this.iterator);
    if (group === END || group === EXC) return group;
    const args = listFromIterable(group);
    return args === EXC ? EXC : call(this.func, args);
  }
}

export const starmapType: PyType = itertool("starmap", {
  doc: "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.",
  textSignature: "(function, iterable, /)",
  make: (cls, args, kwnames) => {
    const positional = positionalOnly(starmapType, cls, args, kwnames, 2);
    if (positional === EXC) return EXC;
    const iterator = getIter(positional[1]);
    return iterator === EXC ? EXC : new PyStarMap(cls, positional[0], iterator);
  },
});
