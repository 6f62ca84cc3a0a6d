/** `int(o)` and `int(text, base)`: what the type's constructor makes a number of. */
import { EXC, type Exc, type Int, type Value } from "../core.ts";
import { attempt, raise, typeError } from "../errors.ts";
import { valueErrorType } from "../exceptions/types.ts";
import { concat } from "../message.ts";
import { parseInteger } from "../numeric/int-text.ts";
import { numberText } from "../numeric/number-text.ts";
import { asIndex, nonIntWarning } from "../protocol/convert.ts";
import { repr } from "../protocol/object.ts";
import { issueDeprecation } from "../protocol/warn.ts";
import type { Str } from "../str/astral.ts";
import { rt } from "../runtime.ts";
import { typeOf } from "../types.ts";
import { intValue } from "../values.ts";

export function intFromObject(o: Value): Int | Exc {
  if (typeof o === "number" || typeof o === "bigint") return o;
  const { nb_int, nb_index, name } = typeOf(o);
  if (nb_int !== null) return fromSpecial(nb_int(o));
  if (nb_index !== null) return asIndex(o);
  const text = numberText(o);
  if (text === EXC) return EXC;
  if (text !== undefined) return parse(text, 10, o);
  return typeError(`int() argument must be a string, a bytes-like object or a real number, not '${name}'`);
}

/** What `__int__` gave. */
function fromSpecial(result: Value | Exc): Int | Exc {
  if (result === EXC) return EXC;
  const value = intValue(result);
  if (value === undefined) return typeError(`__int__ returned non-int (type ${typeOf(result).name})`);
  if (typeof result !== "number" && typeof result !== "bigint") {
    if (issueDeprecation(nonIntWarning("__int__", typeOf(result).name)) === EXC) return EXC;
  }
  return value;
}

/** `int(o, base)` for a str, bytes or bytearray. */
export function intFromTextObject(o: Value, base: number): Int | Exc {
  const text = numberText(o);
  return text === EXC ? EXC : parse(text as string, base, o);
}

function parse(text: string, base: number, o: Value): Int | Exc {
  const value = attempt(() => parseInteger(text, base, rt.intMaxStrDigits));
  if (value !== null) return value;
  const shown = repr(o);
  if (shown === EXC) return EXC;
  return raise(valueErrorType, concat(`invalid literal for int() with base ${base}: `, cut(shown)));
}

/** CPython prints no more than 200 characters of the text (`%.200R`). */
function cut(shown: Str): Str {
  return typeof shown === "string" && shown.length > 200 ? shown.slice(0, 200) : shown;
}
