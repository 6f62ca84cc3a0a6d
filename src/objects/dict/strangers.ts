/**
 * Which keys of a table may run Python code when a key of a builtin type is looked up: compiled code keeps what it
 * knows around a look-up that runs none.
 */
import { type PyObject, type PyType, type Value, typeType } from "../core.ts";
import { bytesType, complexType, floatType, functionType, strType, tupleType } from "../types.ts";

/** Objects of these types are compared with numbers, strings and tuples natively. */
const NATIVE: ReadonlySet<PyType> = new Set([bytesType, complexType, floatType, functionType, strType, typeType]);

/** Are objects of this type hashed, and compared with those of builtin types, natively? */
export const isNative = (cls: PyType): boolean => NATIVE.has(cls);

export function isStranger(key: Value): boolean {
  if (key === null || typeof key !== "object") return false;
  const { cls } = (key as PyObject).shape;
  if (cls === tupleType) return (key as PyObject & { items: readonly Value[] }).items.some(isStranger);
  return !NATIVE.has(cls);
}
