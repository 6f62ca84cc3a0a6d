/** The iterator of OrderedDicts and their views: keys, values or items, forward or backward. */
import {
  DISALLOW_INSTANTIATION,
  END,
  EXC,
  type End,
  type Exc,
  PyObject,
  PyType,
  type Result,
  type Value,
  typeType,
} from "../../objects/core.ts";
import { defineType, method } from "../../objects/define.ts";
import type { PyDict } from "../../objects/dict.ts";
import { runtimeError } from "../../objects/errors.ts";
import { reduceTo } from "../../objects/iterators/define-iterator.ts";
import { newList } from "../../objects/list.ts";
import { newTuple } from "../../objects/tuple.ts";

export type Wanted = "keys" | "values" | "items";
export const odictIteratorType = new PyType("odict_iterator", typeType);

export class PyOrderedDictIterator extends PyObject {
  /** null once exhausted. */
  private dict: PyDict | null;
  private position: number;
  private size: number;
  private keysVersion: number;

  constructor(
    dict: PyDict,
    private readonly wanted: Wanted,
    private readonly backward: boolean,
  ) {
    super(odictIteratorType.shapes);
    this.dict = dict;
    this.position = backward ? dict.positions() : -1;
    this.size = dict.size;
    this.keysVersion = dict.keysVersion;
  }

  next(): Value | End | Exc {
    const { dict } = this;
    if (dict === null) return END;
    if (dict.keysVersion !== this.keysVersion) {
      this.dict = null;
      return runtimeError("OrderedDict mutated during iteration");
    }
    if (dict.size !== this.size) {
      this.dict = null;
      return runtimeError("OrderedDict changed size during iteration");
    }
    const at = this.backward ? dict.previous(this.position) : dict.next(this.position);
    if (at < 0) {
      this.dict = null;
      return END;
    }
    this.position = at;
    switch (this.wanted) {
      case "keys":
        return dict.keyAt(at);
      case "values":
        return dict.valueAt(at);
      default:
        return newTuple([dict.keyAt(at), dict.valueAt(at)]);
    }
  }

  reduce(): Result {
    const { dict, position } = this;
    const rest: Value[] = [];
    let value = this.next();
    while (value !== END && value !== EXC) {
      rest.push(value);
      value = this.next();
    }
    this.dict = dict;
    this.position = position;
    return value === EXC ? EXC : reduceTo("iter", newList(rest));
  }
}

defineType(odictIteratorType, {
  flags: DISALLOW_INSTANTIATION,
  slots: {
    tp_new: null,
    tp_iter: (self: PyOrderedDictIterator) => self,
    tp_iternext: (self: PyOrderedDictIterator) => self.next(),
  },
  methods: () => ({
    __reduce__: method(
      "($self, /)",
      (self: PyOrderedDictIterator) => self.reduce(),
      "Return state information for pickling",
    ),
  }),
});
