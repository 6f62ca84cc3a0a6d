/** What `classmethod` and `staticmethod` objects hold: a wrapped callable and a `__dict__`. */
import { type Namespace, PyObject, type PyType, type Value } from "./core.ts";
import { newDict } from "./dict.ts";

export class PyMethodWrapper extends PyObject {
  callable: Value = null;
  dict: Namespace | undefined = undefined;
  members: (Value | undefined)[] | null = null;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
  override getDict(create: boolean): Namespace | undefined {
    if (this.dict === undefined && create) this.dict = newDict();
    return this.dict;
  }
  override setDict(dict: Namespace): boolean {
    this.dict = dict;
    return true;
  }
  override getMember(index: number): Value | undefined {
    return this.members?.[index];
  }
  override setMember(index: number, value: Value | undefined): void {
    this.members ??= [];
    this.members[index] = value;
  }
}
