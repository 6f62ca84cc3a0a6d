/** Makes exact `Decimal`s; apart from the type's file, which needs the operations, which need this. */
import type { PyType } from "../../objects/core.ts";
import type { Dec } from "./dec.ts";
import { PyDecimal } from "./objects.ts";

/** Set once, at load time, by `decimal-type.ts`. */
const TYPE: { decimal: PyType | null } = { decimal: null };

export function setDecimalType(type: PyType): void {
  TYPE.decimal = type;
}
export function newDecimal(dec: Dec): PyDecimal {
  return new PyDecimal(TYPE.decimal as PyType, dec);
}
