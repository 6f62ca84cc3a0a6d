/** Floats: the class and its maker; the type's behaviour is in `float/type.ts`. */
import { PyObject, type PyType, type Value } from "./core.ts";
import { floatType } from "./types.ts";

export class PyFloat extends PyObject {
  constructor(
    cls: PyType,
    readonly value: number,
  ) {
    super(cls.shapes);
  }
}

/** Can a field hold it as a raw double? Exact floats but NaN, see `Shape`. */
export function isPlainFloat(value: Value | undefined): value is PyFloat {
  return (
    typeof value === "object" &&
    value !== null &&
    value.shape === floatType.shapes &&
    !Number.isNaN((value as PyFloat).value)
  );
}

/* @__NO_SIDE_EFFECTS__ */
export function newFloat(value: number): PyFloat {
  return new PyFloat(floatType, value);
}
