/** `is`: identity, where ints, floats and strings have no identity but their value. */
import type { Value } from "./core.ts";
import { PyFloat } from "./float.ts";
import { AstralStr, strEquals } from "./str/astral.ts";
import { floatType, strType } from "./types.ts";

export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a instanceof PyFloat && b instanceof PyFloat) {
    return a.shape === floatType.shapes && b.shape === floatType.shapes && Object.is(a.value, b.value);
  }
  if (a instanceof AstralStr && b instanceof AstralStr && a.shape.cls === strType) return strEquals(a, b);
  return false;
}
