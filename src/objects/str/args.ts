/** Reading the arguments of str's methods. */
import { EXC, type Exc, type Status, type Value } from "../core.ts";
import { typeError } from "../errors.ts";
import { raiseEncodeError } from "../exceptions/unicode-error.ts";
import { asSize } from "../protocol/convert.ts";
import { lookupAttr } from "../protocol/object.ts";
import { rt } from "../runtime.ts";
import { typeOf } from "../types.ts";
import { intValue } from "../values.ts";
import { AstralStr, type Str, pointAt, strToJs } from "./astral.ts";
import { PyStrSub } from "./sub.ts";

/** The text of a receiver, which is a str. */
export function textOf(self: Value): Str {
  return typeof self === "string" || self instanceof AstralStr ? self : (self as PyStrSub).value;
}

/** The text of a str argument, else TypeError "`what` must be str, not …". */
export function strArg(value: Value, what: string): Str | Exc {
  if (typeof value === "string" || value instanceof AstralStr) return value;
  if (value instanceof PyStrSub) return value.value;
  return typeError(`${what} must be str, not ${typeName(value)}`);
}

/** A type's name as argument errors give it: None is "None". */
export function typeName(value: Value): string {
  return value === null ? "None" : typeOf(value).name;
}

/** The name of an encoding or error handler, as JavaScript text: what cannot be encoded names nothing. */
export function codecNameArg(value: Value | undefined, missing: string, what: string): string | Exc {
  if (value === undefined) return missing;
  const text = strArg(value, what);
  if (text === EXC) return EXC;
  return checkEncodable(text) === EXC ? EXC : strToJs(text);
}
/** UnicodeEncodeError when UTF-8 cannot hold it: a lone surrogate. */
export function checkEncodable(text: Str): Status {
  for (let i = 0; i < text.length; i++) {
    const point = pointAt(text, i);
    if (point >= 0xd800 && point <= 0xdfff) {
      return raiseEncodeError("utf-8", text, i, i + 1, "surrogates not allowed");
    }
  }
  return null;
}

/** A type's name with its module, where that is neither `builtins` nor `__main__`: CPython's %T. */
export function fullTypeName(value: Value): string {
  const type = typeOf(value);
  const pending = rt.exc;
  const module = lookupAttr(type, "__module__");
  rt.exc = pending;
  if (typeof module !== "string" || module === "builtins" || module === "__main__") return type.qualname;
  return `${module}.${type.qualname}`;
}

/** `start` and `end` of find, count, startswith …: negative values count from the end; `start` may exceed `length`. */
export function searchRange(start: Value | undefined, end: Value | undefined, length: number): [number, number] | Exc {
  const from = sliceBound(start, 0);
  if (from === EXC) return EXC;
  const to = sliceBound(end, length);
  if (to === EXC) return EXC;
  return [from < 0 ? Math.max(0, from + length) : from, to > length ? length : to < 0 ? Math.max(0, to + length) : to];
}

function sliceBound(value: Value | undefined, missing: number): number | Exc {
  if (value === undefined || value === null) return missing;
  if (typeof value === "number") return value;
  if (intValue(value) === undefined && typeOf(value).nb_index === null) {
    return typeError("slice indices must be integers or None or have an __index__ method");
  }
  return asSize(value, null);
}

/** An optional count or limit: `missing` when not given. */
export function sizeArg(value: Value | undefined, missing: number): number | Exc {
  return value === undefined ? missing : typeof value === "number" ? value : asSize(value);
}
