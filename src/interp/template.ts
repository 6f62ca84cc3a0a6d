/** t-strings. Source: PEP 750. */
import type { Value } from "../objects/core.ts";
import { newInterpolation, newTemplate } from "../objects/template.ts";
import type { PyTuple } from "../objects/tuple.ts";

const CONVERSIONS: readonly Value[] = [null, "s", "r", "a"];

export function buildTemplate(strings: Value, interpolations: Value): Value {
  return newTemplate(strings as PyTuple, interpolations as PyTuple);
}
export function buildInterpolation(value: Value, text: Value, conversion: number, spec: Value): Value {
  return newInterpolation(value, text, CONVERSIONS[conversion], spec);
}
