/** The iterator of sets. */
import { END, EXC, type End, type Exc, PyObject, PyType, type Value, typeType } from "../core.ts";
import { runtimeError } from "../errors.ts";
import type { PySet } from "../set.ts";

export const setIteratorType = new PyType("set_iterator", typeType);

export class PySetIterator extends PyObject {
  /** null once exhausted. */
  set: PySet | null;
  position = -1;
  size: number;
  remaining: number;
  constructor(set: PySet) {
    super(setIteratorType.shapes);
    this.set = set;
    this.size = set.size;
    this.remaining = set.size;
  }

  next(): Value | End | Exc {
    const { set } = this;
    if (set === null) return END;
    if (set.size !== this.size) {
      this.size = -1;
      return runtimeError("Set changed size during iteration");
    }
    const position = set.next(this.position);
    if (position < 0) {
      this.set = null;
      return END;
    }
    this.position = position;
    this.remaining--;
    return set.at(position);
  }

  get hint(): number {
    return this.set !== null && this.set.size === this.size ? this.remaining : 0;
  }

  /** What is left, without moving this iterator. */
  rest(): Value[] | typeof EXC {
    const { set, position, size, remaining } = this;
    const values: Value[] = [];
    let value = this.next();
    while (value !== END && value !== EXC) {
      values.push(value);
      value = this.next();
    }
    this.set = set;
    this.position = position;
    this.size = size;
    this.remaining = remaining;
    return value === EXC ? EXC : values;
  }
}
