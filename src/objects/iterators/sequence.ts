/**
 * `iter(o)` of objects that only have `__getitem__`, and `iter(callable, sentinel)`: the classes; their types are
 * defined in `sequence-types.ts`.
 */
import { END, EQ, EXC, type End, type Exc, PyObject, PyType, type Value, typeType } from "../core.ts";
import { catches, clearException, overflowError } from "../errors.ts";
import { indexErrorType, stopIterationType } from "../exceptions/types.ts";
import { call0 } from "../protocol/call.ts";
import { compareBool } from "../protocol/object.ts";
import { sequenceItem } from "../protocol/sequence.ts";

export const sequenceIteratorType = new PyType("iterator", typeType);
export const callableIteratorType = new PyType("callable_iterator", typeType);

export class PySequenceIterator extends PyObject {
  index = 0;
  /** undefined once exhausted. */
  sequence: Value | undefined;
  constructor(sequence: Value) {
    super(sequenceIteratorType.shapes);
    this.sequence = sequence;
  }
  next(): Value | End | Exc {
    const { sequence, index } = this;
    if (sequence === undefined) return END;
    if (index >= Number.MAX_SAFE_INTEGER) return overflowError("iter index too large");
    const value = sequenceItem(sequence, index);
    if (value !== EXC) {
      this.index = index + 1;
      return value;
    }
    if (!catches(indexErrorType) && !catches(stopIterationType)) return EXC;
    clearException();
    this.sequence = undefined;
    return END;
  }
}

export class PyCallableIterator extends PyObject {
  /** undefined once the sentinel was seen. */
  callable: Value | undefined;
  constructor(
    callable: Value,
    readonly sentinel: Value,
  ) {
    super(callableIteratorType.shapes);
    this.callable = callable;
  }
  next(): Value | End | Exc {
    if (this.callable === undefined) return END;
    const value = call0(this.callable);
    if (value === EXC) {
      if (!catches(stopIterationType)) return EXC;
      clearException();
      this.callable = undefined;
      return END;
    }
    if (this.callable === undefined) return END;
    const done = compareBool(this.sentinel, value, EQ);
    if (done === EXC) return EXC;
    if (!done) return value;
    this.callable = undefined;
    return END;
  }
}

export function newSequenceIterator(sequence: Value): PySequenceIterator {
  return new PySequenceIterator(sequence);
}
/** `iter(callable, sentinel)`; the caller has checked that it is callable. */
export function newCallableIterator(callable: Value, sentinel: Value): PyCallableIterator {
  return new PyCallableIterator(callable, sentinel);
}
