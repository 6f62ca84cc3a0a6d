/** `Pickler.memo` and `Unpickler.memo`: the memo tables as Python code sees them. */
import { idOf } from "../../builtins/attributes.ts";
import {
  DISALLOW_INSTANTIATION,
  EXC,
  type Exc,
  PyObject,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { method, newType } from "../../objects/define.ts";
import { newDict, PyDict } from "../../objects/dict.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { newTuple, PyTuple } from "../../objects/tuple.ts";
import { hashNotImplemented } from "../../objects/type/hash-not-implemented.ts";
import { dictType, typeOf } from "../../objects/types.ts";
import { intValue } from "../../objects/values.ts";
import type { PyPickler } from "./pickler.ts";
import type { PyUnpickler } from "./unpickler.ts";

export type SaveMemo = Map<Value, number>;

/** Objects by the numbers that a stream gives them. */
export class LoadMemo {
  items: (Value | undefined)[] = [];
  /** How many numbers are in use; MEMOIZE takes the next. */
  count = 0;

  set(index: number, value: Value): void {
    const { items } = this;
    if (index < items.length) {
      if (items[index] === undefined) this.count++;
      items[index] = value;
    } else {
      this.count++;
      if (index === items.length) items.push(value);
      else items[index] = value;
    }
  }
  clear(): void {
    this.items = [];
    this.count = 0;
  }
}

class PyPicklerMemoProxy extends PyObject {
  constructor(readonly pickler: PyPickler) {
    super(picklerMemoProxyType.shapes);
  }
}
class PyUnpicklerMemoProxy extends PyObject {
  constructor(readonly unpickler: PyUnpickler) {
    super(unpicklerMemoProxyType.shapes);
  }
}
export const picklerMemo = (pickler: PyPickler): Value => new PyPicklerMemoProxy(pickler);
export const unpicklerMemo = (unpickler: PyUnpickler): Value => new PyUnpicklerMemoProxy(unpickler);

function copySaveMemo(self: PyPicklerMemoProxy): PyDict | Exc {
  const copy = newDict();
  for (const [obj, index] of self.pickler.memo) if (copy.set(idOf(obj), newTuple([index, obj])) === EXC) return EXC;
  return copy;
}
function copyLoadMemo(self: PyUnpicklerMemoProxy): PyDict | Exc {
  const copy = newDict();
  let status: null | Exc = null;
  self.unpickler.memo.items.forEach((value, index) => {
    if (value !== undefined && status === null) status = copy.set(index, value);
  });
  return status === null ? copy : EXC;
}
const reduced = (copy: PyDict | Exc): Result => (copy === EXC ? EXC : newTuple([dictType, newTuple([copy])]));

export const picklerMemoProxyType: PyType = newType("PicklerMemoProxy", {
  module: "_pickle",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_new: null, tp_hash: hashNotImplemented },
  methods: () => ({
    clear: method(
      "($self, /)",
      (self: PyPicklerMemoProxy) => {
        self.pickler.memo.clear();
        return null;
      },
      "Empties the memo.",
    ),
    copy: method("($self, /)", copySaveMemo, "The memo as a new dict."),
    __reduce__: method("($self, /)", (self: PyPicklerMemoProxy) => reduced(copySaveMemo(self))),
  }),
});
export const unpicklerMemoProxyType: PyType = newType("UnpicklerMemoProxy", {
  module: "_pickle",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_new: null, tp_hash: hashNotImplemented },
  methods: () => ({
    clear: method(
      "($self, /)",
      (self: PyUnpicklerMemoProxy) => {
        self.unpickler.memo.clear();
        return null;
      },
      "Empties the memo.",
    ),
    copy: method("($self, /)", copyLoadMemo, "The memo as a new dict."),
    __reduce__: method("($self, /)", (self: PyUnpicklerMemoProxy) => reduced(copyLoadMemo(self))),
  }),
});

/** The table for a value assigned to `Pickler.memo`. */
export function saveMemoFrom(value: Value | undefined): SaveMemo | Exc {
  if (value === undefined) return typeError("attribute deletion is not supported");
  if (value instanceof PyPicklerMemoProxy) return new Map(value.pickler.memo);
  if (!(value instanceof PyDict))
    return typeError(`'memo' attribute must be a PicklerMemoProxy object or dict, not ${typeOf(value).name}`);
  const memo: SaveMemo = new Map();
  for (const pair of value.values()) {
    if (!(pair instanceof PyTuple) || pair.items.length !== 2) return typeError("'memo' values must be 2-item tuples");
    const index = intValue(pair.items[0]);
    if (index === undefined) return typeError("an integer is required");
    memo.set(pair.items[1], Number(index));
  }
  return memo;
}

/** The table for a value assigned to `Unpickler.memo`. */
export function loadMemoFrom(value: Value | undefined): LoadMemo | Exc {
  if (value === undefined) return typeError("attribute deletion is not supported");
  const memo = new LoadMemo();
  if (value instanceof PyUnpicklerMemoProxy) {
    memo.items = value.unpickler.memo.items.slice();
    memo.count = value.unpickler.memo.count;
    return memo;
  }
  if (!(value instanceof PyDict))
    return typeError(`'memo' attribute must be an UnpicklerMemoProxy object or dict, not ${typeOf(value).name}`);
  for (const [key, item] of value.items()) {
    const index = intValue(key);
    if (index === undefined) return typeError("memo key must be integers");
    if (index < 0) return valueError("memo key must be positive integers.");
    memo.set(Number(index), item);
  }
  return memo;
}
