/** Bound methods. Behaviour: `method-type.ts`. */
import { PyObject, type Value } from "./core.ts";
import { methodType } from "./types.ts";

export class PyMethod extends PyObject {
  constructor(
    readonly func: Value,
    readonly self: Value,
  ) {
    super(methodType.shapes);
  }
}

export function newMethod(func: Value, self: Value): PyMethod {
  return new PyMethod(func, self);
}
