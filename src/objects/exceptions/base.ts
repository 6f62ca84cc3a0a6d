/** `BaseException`'s representation: what every exception object holds. The hierarchy is in `types.ts`. */
import { type Namespace, PyObject, type PyType, type Value } from "../core.ts";
import { newDict } from "../dict.ts";
import type { PyTraceback } from "../traceback.ts";
import { type PyTuple, emptyTuple } from "../tuple.ts";

/**
 * All exceptions have a `__dict__`, made on demand. Fields of particular exceptions (`OSError.errno`, …) are fields of
 * subclasses of this class.
 */
export class PyBaseException extends PyObject {
  args: PyTuple = emptyTuple;
  traceback: PyTraceback | null = null;
  context: PyBaseException | null = null;
  cause: PyBaseException | null = null;
  suppressContext = false;
  dict: Namespace | undefined = undefined;
  /** `__slots__` members of classes written in Python. */
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
