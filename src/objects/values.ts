/** Seeing through subclasses of the primitive types: `class Celsius(int)` instances hold their int in `value`. */
import type { Int, Value } from "./core.ts";
import { PyFloat } from "./float.ts";
import { PyIntSub } from "./int-sub.ts";
import { AstralStr } from "./str/astral.ts";
import { PyStrSub } from "./str/sub.ts";

/** The int that `v` is (bool: 0 or 1; instances of subclasses too), else undefined. */
export function intValue(v: Value): Int | undefined {
  if (typeof v === "number" || typeof v === "bigint") return v;
  if (typeof v === "boolean") return v ? 1 : 0;
  return v instanceof PyIntSub ? v.value : undefined;
}
/** The str that `v` is, instances of subclasses included, else undefined. */
export function strValue(v: Value): string | AstralStr | undefined {
  if (typeof v === "string") return v;
  if (v instanceof AstralStr) return v;
  return v instanceof PyStrSub ? v.value : undefined;
}
/** The float that `v` is, instances of subclasses included, else undefined (ints are no floats). */
export function floatValue(v: Value): number | undefined {
  return v instanceof PyFloat ? v.value : undefined;
}
