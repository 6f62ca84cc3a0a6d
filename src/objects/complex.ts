/** Complex numbers: the class and its maker; the type's behaviour is in `complex/type.ts`. */
import { PyObject, type PyType } from "./core.ts";
import { complexType } from "./types.ts";

export class PyComplex extends PyObject {
  constructor(
    cls: PyType,
    readonly re: number,
    readonly im: number,
  ) {
    super(cls.shapes);
  }
}

export function newComplex(re: number, im: number): PyComplex {
  return new PyComplex(complexType, re, im);
}
