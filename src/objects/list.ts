/**
 * Lists: the class and its maker. The type's behaviour is in `list/type.ts`, apart, so that the kernel can make lists
 * without loading it.
 */
import { PyObject, type PyType, type Value } from "./core.ts";
import { listType } from "./types.ts";

export class PyList extends PyObject {
  /** Re-read it and its length after anything that may call Python. */
  items: Value[];

  constructor(cls: PyType, items: Value[]) {
    super(cls.shapes);
    this.items = items;
  }
}

/** A list of `items`; the array is kept, not copied. */
export function newList(items: Value[]): PyList {
  return new PyList(listType, items);
}
