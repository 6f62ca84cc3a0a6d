/** `itertools.tee`: iterators that share what one source gives, each value kept until the slowest has it. */
import { END, EXC, type End, type Exc, HAS_WEAKREF, type PyType, type Result, type Value } from "../../objects/core.ts";
import { method } from "../../objects/define.ts";
import { runtimeError, typeError, valueError } from "../../objects/errors.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { call0 } from "../../objects/protocol/call.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { lookupAttr } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { Itertool, itertool, positionalOnly } from "./itertool.ts";

/** One value of the source, and what comes after it. Garbage once every iterator has passed it. */
interface Link {
  value: Value | undefined;
  following: Link | null;
}
/** The source, shared by all iterators over it. */
class Source {
  private running = false;
  constructor(private readonly iterator: Value) {}

  read(): Value | End | Exc {
    if (this.running) return runtimeError("cannot re-enter the tee iterator");
    this.running = true;
    const value = iterNext(this.iterator);
    this.running = false;
    return value;
  }
}

class PyTee extends Itertool {
  constructor(
    cls: PyType,
    private readonly source: Source,
    /** An empty link at the end of what has been read is where the next value goes. */
    private link: Link,
  ) {
    super(cls);
  }
  next(): Value | End | Exc {
    const { link } = this;
    if (link.following === null) {
      const value = this.source.read();
      if (value === END || value === EXC) return value;
      link.value = value;
      link.following = { value: undefined, following: null };
    }
    this.link = link.following as Link;
    return link.value as Value;
  }
  copy(): PyTee {
    return new PyTee(teeType, this.source, this.link);
  }
}

function teeFrom(iterable: Value): PyTee | Exc {
  const iterator = getIter(iterable);
  if (iterator === EXC) return EXC;
  if (iterator instanceof PyTee && iterator.shape.cls === teeType) return iterator.copy();
  return new PyTee(teeType, new Source(iterator), { value: undefined, following: null });
}

export function tee(iterable: Value, n: Value = 2): Result {
  const count = asSize(n);
  if (count === EXC) return EXC;
  if (count < 0) return valueError("n must be >= 0");
  if (count === 0) return newTuple([]);
  const iterator = getIter(iterable);
  if (iterator === EXC) return EXC;
  const copier = lookupAttr(iterator, "__copy__");
  if (copier === EXC) return EXC;
  if (copier !== undefined) {
    const copies: Value[] = [iterator instanceof PyTee ? iterator.copy() : iterator];
    while (copies.length < count) {
      const copy = call0(copier);
      if (copy === EXC) return EXC;
      copies.push(copy);
    }
    return newTuple(copies);
  }
  const first = teeFrom(iterator);
  if (first === EXC) return EXC;
  const all: Value[] = [first];
  while (all.length < count) all.push(first.copy());
  return newTuple(all);
}

export const teeType: PyType = itertool("_tee", {
  doc: "Iterator wrapped to make it copyable.",
  textSignature: "(iterable, /)",
  flags: HAS_WEAKREF,
  make: (cls, args, kwnames) => {
    const positional = positionalOnly(teeType, cls, args, kwnames, 1);
    return positional === EXC ? EXC : teeFrom(positional[0]);
  },
  methods: () => ({
    __copy__: method("($self, /)", (self: PyTee) => self.copy(), "Returns an independent iterator."),
  }),
});

/** CPython's block of shared values; programs can name it but have no use for it. */
export const teeDataObjectType: PyType = itertool("_tee_dataobject", {
  doc: "Data container common to multiple tee objects.",
  flags: 0,
  make: () => typeError("cannot create 'itertools._tee_dataobject' instances"),
});
