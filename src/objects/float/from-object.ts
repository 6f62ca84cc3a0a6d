/** `float(o)`: what the type's constructor makes a number of. */
import { EXC, type Exc, type Value } from "../core.ts";
import { raise, typeError } from "../errors.ts";
import { valueErrorType } from "../exceptions/types.ts";
import { PyFloat } from "../float.ts";
import { concat } from "../message.ts";
import { parseFloatText } from "../numeric/float-parse.ts";
import { numberText } from "../numeric/number-text.ts";
import { asDouble } from "../protocol/convert.ts";
import { repr } from "../protocol/object.ts";
import { issueDeprecation } from "../protocol/warn.ts";
import { floatType, typeOf } from "../types.ts";

export function floatFromObject(o: Value): number | Exc {
  if (typeof o === "number") return o;
  const type = typeOf(o);
  if (type === floatType) return (o as PyFloat).value;
  if (type.nb_float !== null && type.nb_float !== floatType.nb_float) return fromSpecial(o, type.nb_float(o));
  if (o instanceof PyFloat) return o.value;
  if (type.nb_index !== null) return asDouble(o);
  const text = numberText(o);
  if (text === EXC) return EXC;
  if (text === undefined) {
    return typeError(`float() argument must be a string or a real number, not '${type.name}'`);
  }
  const value = parseFloatText(text);
  if (value !== null) return value;
  const shown = repr(o);
  return shown === EXC ? EXC : raise(valueErrorType, concat("could not convert string to float: ", shown));
}

/** What `__float__` gave. */
function fromSpecial(o: Value, result: Value | Exc): number | Exc {
  if (result === EXC) return EXC;
  const type = typeOf(o);
  if (!(result instanceof PyFloat)) {
    return typeError(`${type.name}.__float__ returned non-float (type ${typeOf(result).name})`);
  }
  if (typeOf(result) !== floatType) {
    const status = issueDeprecation(
      `${type.name}.__float__ returned non-float (type ${typeOf(result).name}).  The ability to return an instance of ` +
        "a strict subclass of float is deprecated, and may not be supported in a future version of Python.",
    );
    if (status === EXC) return EXC;
  }
  return result.value;
}
