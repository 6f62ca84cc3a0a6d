/** Values, and what operations need beside their arguments, as short texts for people. */
import { PyBuiltin } from "../../objects/builtin.ts";
import { PyCode } from "../../objects/code.ts";
import { PyObject, PyType, Shape, type Value } from "../../objects/core.ts";
import { PyFunction } from "../../objects/function.ts";
import { PyFloat } from "../../objects/float.ts";
import { typeOf } from "../../objects/types.ts";

const LONGEST = 60;

export function describe(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "NULL";
    case "boolean":
      return value ? "True" : "False";
    case "number":
    case "bigint":
      return Object.is(value, -0) ? "-0" : String(value);
    case "string":
      return shortened(JSON.stringify(value));
    case "function":
      return value.name || "a native function";
    default:
      return value === null ? "None" : describeObject(value as object);
  }
}
function describeObject(value: object): string {
  if (value instanceof PyType) return `<class ${value.qualname}>`;
  if (value instanceof PyFunction) return `<function ${value.qualname}>`;
  if (value instanceof PyCode) return `<code ${value.qualname}>`;
  if (value instanceof PyBuiltin) return `<built-in ${value.def.name}>`;
  if (value instanceof PyFloat) return floatText(value.value);
  if (value instanceof Shape)
    return `<shape of ${value.cls.qualname}${value.keys.length > 0 ? ` ${value.keys.join(" ")}` : ""}>`;
  if (value instanceof PyObject) return `<${typeOf(value as Value).name}>`;
  // Instructions run as functions, native definitions.
  return "name" in value && typeof value.name === "string" ? value.name : "";
}
const floatText = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
