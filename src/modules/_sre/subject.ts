/** What patterns match against: str and bytes-like objects as the engine wants them, and slices of them as values. */
import { hasBuffer, bytesLike } from "../../objects/buffer.ts";
import { newBytes, PyBytes } from "../../objects/bytes.ts";
import { EXC, type Exc, type Value } from "../../objects/core.ts";
import { typeError } from "../../objects/errors.ts";
import { type Str, strSlice } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";

/** A str itself, or the Latin-1 string of bytes. */
export type Content = Str;

/** True when `value`, which has a content, is no str. */
export function isBytesSubject(value: Value): boolean {
  return typeof value !== "string" && strValue(value) === undefined;
}

/** The content of a str or bytes-like object. */
export function contentOf(value: Value): Content | Exc {
  if (typeof value === "string") return value;
  const text = strValue(value);
  if (text !== undefined) return text;
  if (value instanceof PyBytes) return value.latin1;
  if (!hasBuffer(value)) return typeError(`expected string or bytes-like object, got '${typeOf(value).name}'`);
  return bytesLike(value);
}

/** The content of `value` for a pattern of `kind` (1 bytes, 0 str, -1 either). */
export function contentFor(kind: number, value: Value): Content | Exc {
  if (typeof value === "string" && kind !== 1) return value;
  const content = contentOf(value);
  if (content === EXC) return EXC;
  const isBytes = isBytesSubject(value);
  if (isBytes && kind === 0) return typeError("cannot use a string pattern on a bytes-like object");
  if (!isBytes && kind === 1) return typeError("cannot use a bytes pattern on a string-like object");
  return content;
}

/** `content[start:end]` as a str or bytes. */
export function sliceOf(content: Content, isBytes: boolean, start: number, end: number): Value {
  if (!isBytes) return strSlice(content, start, end);
  return newBytes((content as string).substring(start, end));
}
