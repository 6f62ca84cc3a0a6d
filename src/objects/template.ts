/** t-strings: `Template` and `Interpolation`. Source: PEP 750. */
import { PyObject, PyType, type Value, typeType } from "./core.ts";
import type { PyTuple } from "./tuple.ts";

export const templateType = new PyType("Template", typeType);
export const interpolationType = new PyType("Interpolation", typeType);

export class PyTemplate extends PyObject {
  constructor(
    readonly strings: PyTuple,
    readonly interpolations: PyTuple,
  ) {
    super(templateType.shapes);
  }
}
export class PyInterpolation extends PyObject {
  constructor(
    readonly value: Value,
    readonly expression: Value,
    readonly conversion: Value,
    readonly formatSpec: Value,
  ) {
    super(interpolationType.shapes);
  }
}
export function newTemplate(strings: PyTuple, interpolations: PyTuple): PyTemplate {
  return new PyTemplate(strings, interpolations);
}
export function newInterpolation(value: Value, expression: Value, conversion: Value, spec: Value): PyInterpolation {
  return new PyInterpolation(value, expression, conversion, spec);
}
