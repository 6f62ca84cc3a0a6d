/** Gives a builtin's class what instances of its Python subclasses need: a `__dict__` and `__slots__` members. */
import type { Namespace, PyObject, Value } from "./core.ts";
import { newDict } from "./dict.ts";

// TypeScript wants a mixin's constructor to take `any[]`.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Constructor<T> = new (...args: any[]) => T;

/** `class PyListSub extends withAttributes(PyList) {}`: instances may have a dict and members. */
/* @__NO_SIDE_EFFECTS__ */
export function withAttributes<B extends Constructor<PyObject>>(Base: B) {
  return class WithAttributes extends Base {
    dict: Namespace | undefined = undefined;
    members: (Value | undefined)[] | null = null;

    override getDict(create: boolean): Namespace | undefined {
      if (this.dict === undefined && create && this.shape.cls.hasDict) this.dict = newDict();
      return this.dict;
    }
    override setDict(dict: Namespace): boolean {
      if (!this.shape.cls.hasDict) return false;
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
  };
}
