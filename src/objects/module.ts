/** Module objects: a namespace with a `__dict__`. Behaviour: `module-type.ts`. */
import { PyObject, type PyType, type Namespace, type Value } from "./core.ts";
import { type PyDict, newDict } from "./dict.ts";
import { moduleType } from "./types.ts";

export class PyModule extends PyObject {
  dict: PyDict = newDict();
  members: (Value | undefined)[] | null = null;

  /** `name` undefined: bare, as `module.__new__` makes it. */
  constructor(name?: string, doc: Value = null, cls: PyType = moduleType) {
    super(cls.shapes);
    if (name !== undefined) initModuleDict(this, name, doc);
  }
  override getDict(_create: boolean): Namespace | undefined {
    return this.dict;
  }
  override getMember(index: number): Value | undefined {
    return this.members?.[index];
  }
  override setMember(index: number, value: Value | undefined): void {
    this.members ??= [];
    this.members[index] = value;
  }
}

/** What every module's namespace begins with. */
export function initModuleDict(module: PyModule, name: Value, doc: Value): void {
  const { dict } = module;
  dict.setStr("__name__", name);
  dict.setStr("__doc__", doc);
  dict.setStr("__package__", null);
  dict.setStr("__loader__", null);
  dict.setStr("__spec__", null);
}
