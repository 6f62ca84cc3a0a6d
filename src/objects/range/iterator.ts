/** The iterators of ranges: one for safe integers, one for all others; their types are defined in `type.ts`. */
import { END, type End, type Int, PyObject, PyType, type Value, typeType } from "../core.ts";
import { add, mul, sub } from "../numeric/int-math.ts";
import type { PyRange } from "../range.ts";

export const rangeIteratorType = new PyType("range_iterator", typeType);
export const longRangeIteratorType = new PyType("longrange_iterator", typeType);

export class PyRangeIterator extends PyObject {
  /** The next number; all numbers of the range, and the one after, are safe integers. */
  constructor(
    public current: number,
    readonly step: number,
    public remaining: number,
  ) {
    super(rangeIteratorType.shapes);
  }
  next(): Value | End {
    if (this.remaining <= 0) return END;
    this.remaining--;
    const { current } = this;
    this.current = current + this.step;
    return current;
  }
}

export class PyLongRangeIterator extends PyObject {
  constructor(
    public current: Int,
    readonly step: Int,
    public remaining: Int,
  ) {
    super(longRangeIteratorType.shapes);
  }
  next(): Value | End {
    if (this.remaining <= 0) return END;
    this.remaining = sub(this.remaining, 1);
    const { current } = this;
    this.current = add(current, this.step);
    return current;
  }
}

export function newRangeIterator({ start, step, length }: PyRange): PyRangeIterator | PyLongRangeIterator {
  return iteratorFrom(start, step, length);
}
export function newRangeReverseIterator(range: PyRange): PyRangeIterator | PyLongRangeIterator {
  return iteratorFrom(range.at(sub(range.length, 1)), sub(0, range.step), range.length);
}

/**
 * The same number, as V8 keeps small integers: what arithmetic has made may be a boxed double, and one of them in a field
 * makes all that V8 has compiled for the class invalid.
 */
const plain = (value: number): number => ((value | 0) === value ? value | 0 : value);

function iteratorFrom(start: Int, step: Int, length: Int): PyRangeIterator | PyLongRangeIterator {
  if (typeof start === "number" && typeof step === "number" && typeof length === "number") {
    if (typeof add(start, mul(step, length)) === "number") {
      return new PyRangeIterator(plain(start), plain(step), plain(length));
    }
  }
  return new PyLongRangeIterator(start, step, length);
}
