/**
 * Tuples: the class and its makers. The type's behaviour is in `tuple/type.ts`, apart, so that the kernel can make
 * tuples without loading it.
 */
import { Identity, PyObject, type PyType, type Value } from "./core.ts";
import { tupleType } from "./types.ts";

export class PyTuple extends PyObject {
  /** Never changed once the tuple has escaped. */
  items: Value[];
  /** The cached hash; undefined until it is asked for. */
  cachedHash: number | undefined = undefined;
  private identity: Identity | null = null;

  constructor(cls: PyType, items: Value[]) {
    super(cls.shapes);
    this.items = items;
  }
  override getIdentity(): Identity {
    return (this.identity ??= new Identity());
  }
}

/** A tuple of `items`; the array is kept, not copied. */
export function newTuple(items: Value[]): PyTuple {
  return items.length === 0 ? emptyTuple : new PyTuple(tupleType, items);
}

export const emptyTuple: PyTuple = new PyTuple(tupleType, []);
