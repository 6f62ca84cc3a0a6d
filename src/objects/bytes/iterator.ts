/** Iterating over bytes and bytearrays. */
import { END, type End, EXC, PyObject, type Status, type Value } from "../core.ts";
import { PyBytes } from "../bytes.ts";
import { newType } from "../define.ts";
import { emptyTuple, newTuple } from "../tuple.ts";
import { method } from "../native.ts";
import { asSize } from "../protocol/convert.ts";
import { rt } from "../runtime.ts";
import type { Bytes } from "./args.ts";

class PyBytesIterator extends PyObject {
  index = 0;
  /** null once exhausted. */
  constructor(public source: Bytes | null) {
    super((source instanceof PyBytes ? bytesIteratorType : bytearrayIteratorType).shapes);
  }
}

function next(self: PyBytesIterator): Value | End {
  const { source } = self;
  if (source === null) return END;
  if (self.index < source.length) {
    const index = self.index++;
    return source instanceof PyBytes ? source.latin1.charCodeAt(index) : source.data[index];
  }
  self.source = null;
  return END;
}

const spec = {
  slots: { tp_iter: (self: PyBytesIterator) => self, tp_iternext: next },
  methods: () => ({
    __length_hint__: method(
      "($self, /)",
      (self: PyBytesIterator) => (self.source === null ? 0 : Math.max(0, self.source.length - self.index)),
      "Private method returning an estimate of len(list(it)).",
    ),
    __reduce__: method(
      "($self, /)",
      (self: PyBytesIterator) => {
        const iter = rt.builtins.getStr("iter") ?? null;
        return self.source === null
          ? newTuple([iter, newTuple([emptyTuple])])
          : newTuple([iter, newTuple([self.source]), self.index]);
      },
      "Return state information for pickling.",
    ),
    __setstate__: method(
      "($self, state, /)",
      (self: PyBytesIterator, state: Value): Status => {
        const index = asSize(state);
        if (index === EXC) return EXC;
        if (self.source !== null) self.index = Math.min(Math.max(index, 0), self.source.length);
        return null;
      },
      "Set state information for unpickling.",
    ),
  }),
};
export const bytesIteratorType = newType("bytes_iterator", spec);
export const bytearrayIteratorType = newType("bytearray_iterator", spec);

export function newBytesIterator(source: Bytes): PyObject {
  return new PyBytesIterator(source);
}
