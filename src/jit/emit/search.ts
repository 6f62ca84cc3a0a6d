/** Membership of scalars in lists and tuples, as far as it needs no Python code. */
import type { Value } from "../../objects/core.ts";
import { PyFloat, newFloat } from "../../objects/float.ts";
import { PyList } from "../../objects/list.ts";
import { equals } from "../../objects/protocol/object.ts";
import type { PyTuple } from "../../objects/tuple.ts";
import { floatType } from "../../objects/types.ts";

/** `item in container`, of a number, a str or None; undefined: an object has come that may have an equality of its own. */
export function searchScalar(item: Value, container: PyList | PyTuple): boolean | undefined {
  if (!(container instanceof PyList)) return search(item, container.items);
  if (!container.isFloat) return search(item, container.storage as Value[]);
  return (container.storage as number[]).some((x) => equals(newFloat(x), item) === true);
}
function search(item: Value, values: readonly Value[]): boolean | undefined {
  for (const value of values) {
    if (value === item) return true;
    if (typeof value === "object" && value !== null) {
      if (!(value instanceof PyFloat && value.shape === floatType.shapes)) return undefined;
    } else if (typeof value === typeof item && typeof value !== "boolean") continue;
    if (equals(value, item) === true) return true;
  }
  return false;
}
