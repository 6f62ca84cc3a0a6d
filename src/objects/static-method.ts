/** `staticmethod` objects: descriptors that give their callable as it is. Behaviour: `method-wrapper-types.ts`. */
import type { Value } from "./core.ts";
import { PyMethodWrapper } from "./method-wrapper-base.ts";
import { staticMethodType } from "./types.ts";

export class PyStaticMethod extends PyMethodWrapper {}

/** A staticmethod around `callable`, without copying its attributes: for native types and `__new__`. */
export function newStaticMethod(callable: Value): PyStaticMethod {
  const made = new PyStaticMethod(staticMethodType);
  made.callable = callable;
  return made;
}
