/** The iterators of dicts and their views: the classes; their types are defined in `iterator-types.ts`. */
import { END, EXC, type End, type Exc, PyObject, PyType, type Value, typeType } from "../core.ts";
import type { PyDict } from "../dict.ts";
import { runtimeError } from "../errors.ts";
import { newTuple } from "../tuple.ts";

export const dictKeyIteratorType = new PyType("dict_keyiterator", typeType);
export const dictValueIteratorType = new PyType("dict_valueiterator", typeType);
export const dictItemIteratorType = new PyType("dict_itemiterator", typeType);
export const dictReverseKeyIteratorType = new PyType("dict_reversekeyiterator", typeType);
export const dictReverseValueIteratorType = new PyType("dict_reversevalueiterator", typeType);
export const dictReverseItemIteratorType = new PyType("dict_reverseitemiterator", typeType);

/** Walks the positions of a dict and sees to it that the dict does not change meanwhile. */
export abstract class PyDictIterator extends PyObject {
  /** null once exhausted. */
  dict: PyDict | null;
  position: number;
  /** The dict's size at the start; -1 once a change was reported, so that it is reported again. */
  size: number;
  remaining: number;

  constructor(type: PyType, dict: PyDict, position: number) {
    super(type.shapes);
    this.dict = dict;
    this.position = position;
    this.size = dict.size;
    this.remaining = dict.size;
  }

  /** Moves to the next entry. */
  protected advance(): boolean | Exc {
    const dict = this.dict as PyDict;
    if (dict.size !== this.size) {
      this.size = -1;
      return runtimeError("dictionary changed size during iteration");
    }
    const position = dict.next(this.position);
    if (position < 0) {
      this.dict = null;
      return false;
    }
    if (this.remaining === 0) {
      this.dict = null;
      return runtimeError("dictionary keys changed during iteration");
    }
    this.remaining--;
    this.position = position;
    return true;
  }

  protected retreat(): boolean | Exc {
    const dict = this.dict as PyDict;
    if (dict.size !== this.size) {
      this.size = -1;
      return runtimeError("dictionary changed size during iteration");
    }
    const position = this.position > dict.positions() ? -1 : dict.previous(this.position);
    if (position < 0) {
      this.dict = null;
      return false;
    }
    if (this.remaining === 0) {
      this.dict = null;
      return runtimeError("dictionary keys changed during iteration");
    }
    this.remaining--;
    this.position = position;
    return true;
  }

  get hint(): number {
    return this.dict !== null && this.dict.size === this.size ? this.remaining : 0;
  }

  abstract next(): Value | End | Exc;

  /** What is left, without moving this iterator. */
  rest(): Value[] | Exc {
    const { dict, position, size, remaining } = this;
    const values: Value[] = [];
    let error = false;
    for (;;) {
      const value = this.next();
      if (value === END) break;
      if (value === EXC) {
        error = true;
        break;
      }
      values.push(value);
    }
    this.dict = dict;
    this.position = position;
    this.size = size;
    this.remaining = remaining;
    return error ? EXC : values;
  }
}

export class PyDictKeyIterator extends PyDictIterator {
  constructor(dict: PyDict) {
    super(dictKeyIteratorType, dict, -1);
  }
  next(): Value | End | Exc {
    if (this.dict === null) return END;
    const { dict } = this;
    const moved = this.advance();
    if (moved === EXC) return EXC;
    return moved ? dict.keyAt(this.position) : END;
  }
}
export class PyDictValueIterator extends PyDictIterator {
  constructor(dict: PyDict) {
    super(dictValueIteratorType, dict, -1);
  }
  next(): Value | End | Exc {
    if (this.dict === null) return END;
    const { dict } = this;
    const moved = this.advance();
    if (moved === EXC) return EXC;
    return moved ? dict.valueAt(this.position) : END;
  }
}
export class PyDictItemIterator extends PyDictIterator {
  constructor(dict: PyDict) {
    super(dictItemIteratorType, dict, -1);
  }
  next(): Value | End | Exc {
    if (this.dict === null) return END;
    const { dict } = this;
    const moved = this.advance();
    if (moved === EXC) return EXC;
    return moved ? newTuple([dict.keyAt(this.position), dict.valueAt(this.position)]) : END;
  }
}

export class PyDictReverseKeyIterator extends PyDictIterator {
  constructor(dict: PyDict) {
    super(dictReverseKeyIteratorType, dict, dict.positions());
  }
  next(): Value | End | Exc {
    if (this.dict === null) return END;
    const { dict } = this;
    const moved = this.retreat();
    if (moved === EXC) return EXC;
    return moved ? dict.keyAt(this.position) : END;
  }
}
export class PyDictReverseValueIterator extends PyDictIterator {
  constructor(dict: PyDict) {
    super(dictReverseValueIteratorType, dict, dict.positions());
  }
  next(): Value | End | Exc {
    if (this.dict === null) return END;
    const { dict } = this;
    const moved = this.retreat();
    if (moved === EXC) return EXC;
    return moved ? dict.valueAt(this.position) : END;
  }
}
export class PyDictReverseItemIterator extends PyDictIterator {
  constructor(dict: PyDict) {
    super(dictReverseItemIteratorType, dict, dict.positions());
  }
  next(): Value | End | Exc {
    if (this.dict === null) return END;
    const { dict } = this;
    const moved = this.retreat();
    if (moved === EXC) return EXC;
    return moved ? newTuple([dict.keyAt(this.position), dict.valueAt(this.position)]) : END;
  }
}
