/** `PyComplex_AsCComplex`. */
import { PyComplex } from "../../objects/complex.ts";
import { EXC, type Exc, type Value } from "../../objects/core.ts";
import { typeError } from "../../objects/errors.ts";
import { asDouble } from "../../objects/protocol/convert.ts";
import { callSpecial } from "../../objects/protocol/object.ts";
import { typeOf } from "../../objects/types.ts";

/** Real and imaginary part of a number: complex, `__complex__`, `__float__`, `__index__`. */
export function complexParts(value: Value): [number, number] | Exc {
  if (value instanceof PyComplex) return [value.re, value.im];
  const special = callSpecial(value, "__complex__");
  if (special === EXC) return EXC;
  if (special !== undefined) {
    if (special instanceof PyComplex) return [special.re, special.im];
    return typeError(`${typeOf(value).name}.__complex__ returned non-complex (type ${typeOf(special).name})`);
  }
  const real = asDouble(value);
  return real === EXC ? EXC : [real, 0];
}
