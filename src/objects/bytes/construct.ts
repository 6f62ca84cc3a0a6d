/** What `bytes(…)` and `bytearray(…)` make of their arguments. */
import { EXC, type Exc, type Value } from "../core.ts";
import { bytesLike, hasBuffer } from "../buffer.ts";
import { latin1FromUnits } from "../bytes.ts";
import { encodeText } from "../codecs/codecs.ts";
import { catches, clearException, memoryError, typeError, valueError } from "../errors.ts";
import { typeErrorType } from "../exceptions/types.ts";
import { asSize } from "../protocol/convert.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { typeName } from "../str/args.ts";
import { MAX_LENGTH } from "../str/split-methods.ts";
import type { PyList } from "../list.ts";
import { listType, typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { byteArg, bytesFromItems } from "./args.ts";

/** The text forms: `bytes(text, encoding, errors)`. undefined: there is no text and nothing is wrong. */
export function encodedSource(
  name: string,
  source: Value | undefined,
  encoding: Value | undefined,
  errors: Value | undefined,
): string | undefined | Exc {
  for (const [value, argument] of [
    [encoding, "encoding"],
    [errors, "errors"],
  ] as const) {
    if (value !== undefined && typeof strValue(value) !== "string") {
      return typeError(`${name}() argument '${argument}' must be str, not ${typeName(value)}`);
    }
  }
  const text = source === undefined ? undefined : strValue(source);
  if (text === undefined) {
    if (encoding !== undefined) return typeError("encoding without a string argument");
    if (errors !== undefined) return typeError("errors without a string argument");
    return undefined;
  }
  if (encoding === undefined) return typeError("string argument without an encoding");
  const bytes = encodeText(
    text,
    strValue(encoding) as string,
    errors === undefined ? "strict" : (strValue(errors) as string),
  );
  return bytes === EXC ? EXC : bytes.latin1;
}

/** A count of zero bytes, where `source` is an index; undefined where it is none. */
export function zeroCount(source: Value): number | undefined | Exc {
  if (typeof source !== "number" && typeOf(source).nb_index === null) return undefined;
  const count = asSize(source);
  if (count === EXC) {
    // An object whose `__index__` refuses may still be a buffer or an iterable.
    if (!catches(typeErrorType)) return EXC;
    clearException();
    return undefined;
  }
  if (count < 0) return valueError("negative count");
  return count > MAX_LENGTH ? memoryError() : count;
}

/** A list may change while its items are asked for their values. */
function bytesFromList(list: PyList, message: string): string | Exc {
  const units: number[] = [];
  for (let i = 0; i < list.length; i++) {
    const byte = byteArg(list.at(i), message);
    if (byte === EXC) return EXC;
    units.push(byte);
  }
  return latin1FromUnits(units);
}

/** The content of a buffer or an iterable of ints. */
export function contentFrom(source: Value, target: string, rangeMessage: string): string | Exc {
  if (hasBuffer(source)) return bytesLike(source);
  if (strValue(source) === undefined) {
    if (typeOf(source) === listType) return bytesFromList(source as PyList, rangeMessage);
    const items = listFromIterable(source);
    if (items !== EXC) return bytesFromItems(items, rangeMessage);
    if (typeOf(source).tp_iter !== null || typeOf(source).sq_item !== null || !catches(typeErrorType)) return EXC;
    clearException();
  }
  return typeError(`cannot convert '${typeOf(source).name}' object to ${target}`);
}
