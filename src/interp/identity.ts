/** `is`: identity, where ints and strings have no identity but their value. */
import type { Value } from "../objects/core.ts";
import { AstralStr, strEquals } from "../objects/str/astral.ts";
import { strType } from "../objects/types.ts";

export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a instanceof AstralStr && b instanceof AstralStr && a.shape.cls === strType) return strEquals(a, b);
  return false;
}
