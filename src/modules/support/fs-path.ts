/** Path arguments (PEP 519) and file names, between Python's and the host's form. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { PyBytes } from "../../objects/bytes.ts";
import { decodeBytes, encodeText } from "../../objects/codecs/codecs.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { callSpecial } from "../../objects/protocol/object.ts";
import { type Str, strFromJs, strToJs } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";

/** A path as the host wants it, and whether answers about it are to be bytes. */
export interface Path {
  text: string;
  isBytes: boolean;
  /** What errors are to name. */
  object: Value;
}

/** `os.fspath(o)`: a str or bytes. */
export function fspath(o: Value): Result {
  if (strValue(o) !== undefined || o instanceof PyBytes) return o;
  const path = callSpecial(o, "__fspath__");
  if (path === EXC) return EXC;
  if (path === undefined) return typeError(`expected str, bytes or os.PathLike object, not ${typeOf(o).name}`);
  if (strValue(path) !== undefined || path instanceof PyBytes) return path;
  return typeError(`expected ${typeOf(o).name}.__fspath__() to return str or bytes, not ${typeOf(path).name}`);
}

/** A path-like argument. `expected` is what the error lists ("string, bytes or os.PathLike"). */
export function pathArg(
  o: Value,
  functionName: string,
  argument = "path",
  expected = "string, bytes or os.PathLike",
): Path | Exc {
  let value = o;
  if (strValue(o) === undefined && !(o instanceof PyBytes)) {
    const special = callSpecial(o, "__fspath__");
    if (special === EXC) return EXC;
    if (special === undefined) {
      return typeError(`${functionName}: ${argument} should be ${expected}, not ${typeOf(o).name}`);
    }
    value = special;
    if (strValue(value) === undefined && !(value instanceof PyBytes)) {
      return typeError(`expected ${typeOf(o).name}.__fspath__() to return str or bytes, not ${typeOf(value).name}`);
    }
  }
  const text = strValue(value);
  const isBytes = text === undefined;
  const decoded = isBytes ? decodeBytes((value as PyBytes).latin1, "utf-8", "surrogateescape") : text;
  if (decoded === EXC) return EXC;
  // What cannot be encoded is no file name.
  if (!isBytes && encodeText(decoded, "utf-8", "surrogateescape") === EXC) return EXC;
  const js = strToJs(decoded);
  if (js.includes("\0"))
    return valueError(`${functionName}: embedded null ${isBytes ? "byte" : "character"} in ${argument}`);
  return { text: js, isBytes, object: o };
}

/** A name from the host: str, or bytes when the question was asked in bytes. */
export function nameFor(text: string, isBytes: boolean): Value | Exc {
  const value = strFromJs(text);
  return isBytes ? encodeText(value, "utf-8", "surrogateescape") : value;
}

/** `os.fsencode`. */
export function fsEncode(text: Str): PyBytes | Exc {
  return encodeText(text, "utf-8", "surrogateescape");
}
