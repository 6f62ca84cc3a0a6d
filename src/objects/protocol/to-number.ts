/** `int(o)` and `float(o)` (`PyNumber_Long`, `PyNumber_Float`). */
import { EXC, type Exc, type Int, type Value } from "../core.ts";
import { attempt, raise, typeError, valueError } from "../errors.ts";
import { PyByteArray, PyBytes } from "../bytes.ts";
import { PyFloat } from "../float.ts";
import { valueErrorType } from "../exceptions/types.ts";
import { parseFloatText } from "../numeric/float-parse.ts";
import { parseInteger } from "../numeric/int-text.ts";
import { rt } from "../runtime.ts";
import { typeOf } from "../types.ts";
import { intValue, strValue } from "../values.ts";
import { asDouble, asIndex, nonIntWarning } from "./convert.ts";
import { callSpecial, repr } from "./object.ts";
import { issueDeprecation } from "./warn.ts";

/** `int(o)` with one argument. */
export function toInt(o: Value): Int | Exc {
  if (typeof o === "number" || typeof o === "bigint") return o;
  const { nb_int, nb_index } = typeOf(o);
  if (nb_int !== null) return exactInt(nb_int(o), "__int__");
  if (nb_index !== null) return asIndex(o);
  if (strValue(o) !== undefined || o instanceof PyBytes || o instanceof PyByteArray) return intFromText(o, 10);
  return typeError(`int() argument must be a string, a bytes-like object or a real number, not '${typeOf(o).name}'`);
}
function exactInt(result: Value | Exc, method: string): Int | Exc {
  if (result === EXC) return EXC;
  const value = intValue(result);
  if (value === undefined) return typeError(`${method} returned non-int (type ${typeOf(result).name})`);
  if (typeof result !== "number" && typeof result !== "bigint") {
    if (issueDeprecation(nonIntWarning(method, typeOf(result).name)) === EXC) return EXC;
  }
  return value;
}
/** `int(text, base)` of a str, bytes or bytearray. */
export function intFromText(o: Value, base: number): Int | Exc {
  const text = o instanceof PyBytes || o instanceof PyByteArray ? o.toLatin1() : strValue(o);
  const parsed = typeof text === "string" ? attempt(() => parseInteger(text, base, rt.intMaxStrDigits)) : undefined;
  if (parsed === EXC) return EXC;
  if (parsed !== undefined && parsed !== null) return parsed;
  const shown = repr(o);
  if (shown === EXC) return EXC;
  return valueError(`invalid literal for int() with base ${base}: ${shown as string}`);
}

/** `float(o)`. */
export function toFloat(o: Value): number | Exc {
  if (typeof o === "number") return o;
  if (o instanceof PyFloat) return o.value;
  const type = typeOf(o);
  if (type.nb_float !== null || type.nb_index !== null) return asDouble(o);
  const text = o instanceof PyBytes || o instanceof PyByteArray ? o.toLatin1() : strValue(o);
  if (text === undefined) {
    return typeError(`float() argument must be a string or a real number, not '${type.name}'`);
  }
  const value = typeof text === "string" ? parseFloatText(text) : null;
  if (value !== null) return value;
  const shown = repr(o);
  return shown === EXC ? EXC : raise(valueErrorType, `could not convert string to float: ${shown as string}`);
}
export { callSpecial };
