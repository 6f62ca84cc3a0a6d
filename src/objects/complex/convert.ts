/** A complex argument of a native function (`PyComplex_AsCComplex`): complex, `__complex__`, or a real number. */
import { EXC, type Exc, type Value } from "../core.ts";
import { PyComplex } from "../complex.ts";
import { typeError } from "../errors.ts";
import { PyFloat } from "../float.ts";
import type { Complex } from "../numeric/complex-math.ts";
import { asDouble } from "../protocol/convert.ts";
import { callSpecial } from "../protocol/object.ts";
import { issueDeprecation } from "../protocol/warn.ts";
import { complexType, typeOf } from "../types.ts";
import { intValue } from "../values.ts";

/** What `__complex__` gives; undefined when there is none, or no need of it. */
export function fromSpecial(x: Value): PyComplex | undefined | Exc {
  const type = typeOf(x);
  if (type === complexType || x instanceof PyFloat || intValue(x) !== undefined) return undefined;
  const result = callSpecial(x, "__complex__");
  if (result === undefined || result === EXC) return result;
  if (!(result instanceof PyComplex)) {
    return typeError(`__complex__ returned non-complex (type ${typeOf(result).name})`);
  }
  if (typeOf(result) !== complexType) {
    const status = issueDeprecation(
      `__complex__ returned non-complex (type ${typeOf(result).name}).  The ability to return an instance of a strict ` +
        "subclass of complex is deprecated, and may not be supported in a future version of Python.",
    );
    if (status === EXC) return EXC;
  }
  return result;
}

export function asComplex(x: Value): Complex | Exc {
  if (x instanceof PyComplex) return [x.re, x.im];
  const special = fromSpecial(x);
  if (special === EXC) return EXC;
  if (special !== undefined) return [special.re, special.im];
  const re = asDouble(x);
  return re === EXC ? EXC : [re, 0];
}
