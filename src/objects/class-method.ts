/** `classmethod` objects: descriptors that bind their callable to the class. Behaviour: `method-wrapper-types.ts`. */
import type { Value } from "./core.ts";
import { PyMethodWrapper } from "./method-wrapper-base.ts";
import { classMethodType } from "./types.ts";

export class PyClassMethod extends PyMethodWrapper {}

/** A classmethod around `callable`, without copying its attributes: for `__init_subclass__` and `__class_getitem__`. */
export function newClassMethod(callable: Value): PyClassMethod {
  const made = new PyClassMethod(classMethodType);
  made.callable = callable;
  return made;
}
