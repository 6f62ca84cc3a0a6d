/** `array.arrayiterator`. */
import { END, type Int, PyObject, PyType, type Result, typeType, type Value } from "../../objects/core.ts";
import { defineIterator, reduceTo } from "../../objects/iterators/define-iterator.ts";
import { emptyTuple } from "../../objects/tuple.ts";
import type { PyArray } from "../../objects/array.ts";

class ArrayIterator extends PyObject {
  index = 0;
  constructor(public array: PyArray | null) {
    super(arrayIteratorType.shapes);
  }
  next(): Value | typeof END {
    const { array } = this;
    if (array === null) return END;
    if (this.index < array.length) return array.get(this.index++);
    this.array = null;
    return END;
  }
}

function reduce(self: ArrayIterator): Result {
  return self.array === null ? reduceTo("iter", emptyTuple) : reduceTo("iter", self.array, self.index);
}

export const arrayIteratorType = defineIterator(new PyType("arrayiterator", typeType), {
  module: "array",
  reduce,
  setIndex: (self: ArrayIterator, index: Int) => {
    if (self.array !== null) self.index = Math.max(0, Math.min(Number(index), self.array.length));
  },
});

export const newArrayIterator = (array: PyArray): PyObject => new ArrayIterator(array);
