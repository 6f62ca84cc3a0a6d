/** Floats: the class and its maker; the type's behaviour is in `float/type.ts`. */
import { PyObject, type PyType } from "./core.ts";
import { floatType } from "./types.ts";

export class PyFloat extends PyObject {
  constructor(
    cls: PyType,
    readonly value: number,
  ) {
    super(cls.shapes);
  }
}

export function newFloat(value: number): PyFloat {
  return new PyFloat(floatType, value);
}
