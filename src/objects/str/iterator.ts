/** Iterating over a str. */
import { END, type End, EXC, PyObject, type PyType, type Status, type Value } from "../core.ts";
import { newType } from "../define.ts";
import { method } from "../native.ts";
import { asSize } from "../protocol/convert.ts";
import { rt } from "../runtime.ts";
import { newTuple } from "../tuple.ts";
import { type Str, isAscii, strAt } from "./astral.ts";

export class PyStrIterator extends PyObject {
  index = 0;
  constructor(
    cls: PyType,
    /** null once exhausted. */
    public text: Str | null,
  ) {
    super(cls.shapes);
  }
}

function next(self: PyStrIterator): Value | End {
  const { text } = self;
  if (text === null) return END;
  if (self.index < text.length) {
    const { index } = self;
    self.index = index + 1;
    return typeof text === "string" ? text[index] : strAt(text, index);
  }
  self.text = null;
  return END;
}

const spec = {
  slots: { tp_iter: (self: PyStrIterator) => self, tp_iternext: next },
  methods: () => ({
    __length_hint__: method("($self, /)", (self: PyStrIterator) =>
      self.text === null ? 0 : Math.max(0, self.text.length - self.index), "Private method returning an estimate of len(list(it))."),
    __reduce__: method("($self, /)", (self: PyStrIterator) => {
      const iter = rt.builtins.getStr("iter") ?? null;
      return self.text === null ? newTuple([iter, newTuple([""])]) : newTuple([iter, newTuple([self.text]), self.index]);
    }, "Return state information for pickling."),
    __setstate__: method("($self, state, /)", (self: PyStrIterator, state: Value): Status => {
      const index = asSize(state);
      if (index === EXC) return EXC;
      if (self.text !== null) self.index = Math.min(Math.max(index, 0), self.text.length);
      return null;
    }, "Set state information for unpickling."),
  }),
};
export const strIteratorType = newType("str_iterator", spec);
export const strAsciiIteratorType = newType("str_ascii_iterator", spec);

export function newStrIterator(text: Str): PyStrIterator {
  return new PyStrIterator(isAscii(text) ? strAsciiIteratorType : strIteratorType, text);
}
