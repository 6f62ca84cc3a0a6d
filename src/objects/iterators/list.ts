/** Iterators of lists and tuples: the classes; their types are defined in `sequence-types.ts`. */
import { END, type End, PyObject, PyType, type Value, typeType } from "../core.ts";
import type { PyList } from "../list.ts";
import type { PyTuple } from "../tuple.ts";

export const listIteratorType = new PyType("list_iterator", typeType);
export const listReverseIteratorType = new PyType("list_reverseiterator", typeType);
export const tupleIteratorType = new PyType("tuple_iterator", typeType);

export class PyListIterator extends PyObject {
  index = 0;
  /** null once exhausted: a list that grows afterwards is not visited again. */
  list: PyList | null;
  constructor(list: PyList) {
    super(listIteratorType.shapes);
    this.list = list;
  }
  next(): Value | End {
    const { list, index } = this;
    if (list === null) return END;
    if (index < list.length) {
      this.index = index + 1;
      return list.at(index);
    }
    this.list = null;
    return END;
  }
}

export class PyListReverseIterator extends PyObject {
  index: number;
  list: PyList | null;
  constructor(list: PyList) {
    super(listReverseIteratorType.shapes);
    this.list = list;
    this.index = list.length - 1;
  }
  next(): Value | End {
    const { list, index } = this;
    if (list === null) return END;
    if (index >= 0 && index < list.length) {
      this.index = index - 1;
      return list.at(index);
    }
    this.list = null;
    this.index = -1;
    return END;
  }
}

export class PyTupleIterator extends PyObject {
  index = 0;
  tuple: PyTuple | null;
  constructor(tuple: PyTuple) {
    super(tupleIteratorType.shapes);
    this.tuple = tuple;
  }
  next(): Value | End {
    const { tuple, index } = this;
    if (tuple === null) return END;
    if (index < tuple.items.length) {
      this.index = index + 1;
      return tuple.items[index];
    }
    this.tuple = null;
    return END;
  }
}

export function newListIterator(list: PyList): PyListIterator {
  return new PyListIterator(list);
}
export function newListReverseIterator(list: PyList): PyListReverseIterator {
  return new PyListReverseIterator(list);
}
export function newTupleIterator(tuple: PyTuple): PyTupleIterator {
  return new PyTupleIterator(tuple);
}
