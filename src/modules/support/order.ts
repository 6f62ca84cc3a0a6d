/** `a < b` as a JavaScript boolean, fast for numbers and strings. */
import { EXC, type Exc, LT, type Value } from "../../objects/core.ts";
import { isTrue, richCompare } from "../../objects/protocol/object.ts";
import { PyFloat } from "../../objects/float.ts";

export function lessThan(a: Value, b: Value): boolean | Exc {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "string" && typeof b === "string") return a < b;
  if (a instanceof PyFloat && b instanceof PyFloat && a.shape === b.shape && a.shape.cls.name === "float")
    return a.value < b.value;
  const result = richCompare(a, b, LT);
  if (result === EXC) return EXC;
  return typeof result === "boolean" ? result : isTrue(result);
}
