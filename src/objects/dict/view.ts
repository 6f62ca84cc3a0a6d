/** `dict.keys()`, `.values()`, `.items()`: the classes; their types are defined in `view-types.ts`. */
import { EXC, type Exc, EQ, PyObject, PyType, type Value, typeType } from "../core.ts";
import type { PyDict } from "../dict.ts";
import { compareBool } from "../protocol/object.ts";
import { PyTuple } from "../tuple.ts";

export const dictKeysType = new PyType("dict_keys", typeType);
export const dictValuesType = new PyType("dict_values", typeType);
export const dictItemsType = new PyType("dict_items", typeType);

export abstract class PyDictView extends PyObject {
  constructor(
    type: PyType,
    readonly dict: PyDict,
  ) {
    super(type.shapes);
  }
}
/** Keys and items: views that are sets. */
export abstract class PyDictSetView extends PyDictView {
  abstract contains(value: Value): boolean | Exc;
}

export class PyDictKeys extends PyDictSetView {
  constructor(dict: PyDict, type = dictKeysType) {
    super(type, dict);
  }
  contains(key: Value): boolean | Exc {
    return this.dict.has(key);
  }
}
export class PyDictItems extends PyDictSetView {
  constructor(dict: PyDict, type = dictItemsType) {
    super(type, dict);
  }
  contains(item: Value): boolean | Exc {
    if (!(item instanceof PyTuple) || item.items.length !== 2) return false;
    const found = this.dict.get(item.items[0]);
    if (found === EXC) return EXC;
    return found === undefined ? false : compareBool(found, item.items[1], EQ);
  }
}
export class PyDictValues extends PyDictView {
  constructor(dict: PyDict, type = dictValuesType) {
    super(type, dict);
  }
}

/** Is it `dict_keys`, `dict_items` or a view derived from them? */
export function isSetView(value: Value): value is PyDictSetView {
  return value instanceof PyDictSetView;
}
