/** `operator.length_hint` (PEP 424). */
import { EXC, type Exc, type Value } from "../core.ts";
import { catches, clearException, typeError, valueError } from "../errors.ts";
import { typeErrorType } from "../exceptions/types.ts";
import { NotImplemented } from "../singletons.ts";
import { typeOf } from "../types.ts";
import { intValue } from "../values.ts";
import { callSpecial, length } from "./object.ts";

/** `len(o)` if it has one, else its `__length_hint__`, else `fallback`. */
export function lengthHint(o: Value, fallback: number): number | Exc {
  const type = typeOf(o);
  if (type.sq_length !== null || type.mp_length !== null || typeof o === "string") {
    const n = length(o);
    if (n !== EXC || !catches(typeErrorType)) return n;
    clearException();
  }
  const hint = callSpecial(o, "__length_hint__");
  if (hint === undefined || hint === NotImplemented) return fallback;
  if (hint === EXC) {
    if (!catches(typeErrorType)) return EXC;
    clearException();
    return fallback;
  }
  const n = intValue(hint);
  if (n === undefined) return typeError(`__length_hint__ must be an integer, not ${typeOf(hint).name}`);
  return n < 0 ? valueError("__length_hint__() should return >= 0") : Number(n);
}
