/** What happens on a coding error: the standard handlers at once, registered ones by calling them with the exception. */
import { EXC, type Exc, type PyType, type Result, type Status, type Value, isSubtype } from "../core.ts";
import { PyBytes, newBytes } from "../bytes.ts";
import { indexError, raise, raiseObject, typeError } from "../errors.ts";
import type { PyUnicodeError } from "../exceptions/layouts.ts";
import {
  lookupErrorType,
  unicodeDecodeErrorType,
  unicodeEncodeErrorType,
  unicodeTranslateErrorType,
} from "../exceptions/types.ts";
import { newUnicodeError, raiseDecodeError, raiseEncodeError } from "../exceptions/unicode-error.ts";
import { asSize } from "../protocol/convert.ts";
import { call } from "../protocol/call.ts";
import type { Str } from "../str/astral.ts";
import { PyTuple, newTuple } from "../tuple.ts";
import { baseExceptionType, typeOf } from "../types.ts";
import { intValue, strValue } from "../values.ts";
import type { DecodeErrorHandler, EncodeErrorHandler, Replacement } from "./coding.ts";
import {
  type StandardHandler,
  firstNotEscaped,
  handleDecoding,
  handleEncoding,
  isStandardHandler,
} from "./standard-errors.ts";
import { codecState } from "./state.ts";

/** The registered handler `name`; LookupError when there is none. */
export function lookupErrorHandler(name: string): Result {
  return codecState().errorHandlers.get(name) ?? raise(lookupErrorType, `unknown error handler name '${name}'`);
}

/** `(replacement, position)` as a handler returned it. */
function readAnswer(answer: Value, length: number, allowBytes: boolean): { value: Value; position: number } | Exc {
  const kind = allowBytes
    ? "encoding error handler must return (str/bytes, int) tuple"
    : "decoding error handler must return (str, int) tuple";
  if (!(answer instanceof PyTuple) || answer.items.length !== 2) return typeError(kind);
  const [value, at] = answer.items;
  if (strValue(value) === undefined && !(allowBytes && value instanceof PyBytes)) return typeError(kind);
  if (intValue(at) === undefined) return typeError(kind);
  const position = asSize(at);
  if (position === EXC) return EXC;
  const from = position < 0 ? position + length : position;
  if (from < 0 || from > length) return indexError(`position ${position} from error handler out of bounds`);
  return { value, position: from };
}

/** The decoder's side. */
export function decodeErrors(errors: string): DecodeErrorHandler {
  return (encoding, data, start, end, reason) => {
    if (isStandardHandler(errors)) {
      const handled = handleDecoding(errors, encoding, data, start, end);
      if (handled !== undefined) return { ...handled, data };
      if (errors === "xmlcharrefreplace" || errors === "namereplace") {
        typeError("don't know how to handle UnicodeDecodeError in error callback");
        return undefined;
      }
      raiseDecodeError(encoding, newBytes(data), start, end, reason);
      return undefined;
    }
    const handler = lookupErrorHandler(errors);
    if (handler === EXC) return undefined;
    const exc = newUnicodeError(unicodeDecodeErrorType, encoding, newBytes(data), start, end, reason);
    const answer = call(handler, [exc]);
    if (answer === EXC) return undefined;
    // A handler may have put other input in its place.
    const object = exc.object as Value;
    if (!(object instanceof PyBytes)) {
      typeError("exception attribute object must be bytes");
      return undefined;
    }
    const read = readAnswer(answer, object.latin1.length, false);
    if (read === EXC) return undefined;
    return { text: strValue(read.value) as Str, position: read.position, data: object.latin1 };
  };
}

/** The encoder's side. */
export function encodeErrors(errors: string): EncodeErrorHandler {
  return (encoding, text, start, end, reason): Replacement | undefined => {
    const fail = (): void => {
      raiseEncodeError(encoding, text, start, end, reason);
    };
    if (isStandardHandler(errors)) {
      const handled = handleEncoding(errors, encoding, text, start, end);
      if (handled !== undefined) return { ...handled, fail };
      const from = errors === "surrogateescape" ? firstNotEscaped(text, start, end) : start;
      raiseEncodeError(encoding, text, from, end, reason);
      return undefined;
    }
    const handler = lookupErrorHandler(errors);
    if (handler === EXC) return undefined;
    const exc = newUnicodeError(unicodeEncodeErrorType, encoding, text, start, end, reason);
    const answer = call(handler, [exc]);
    if (answer === EXC) return undefined;
    const read = readAnswer(answer, text.length, true);
    if (read === EXC) return undefined;
    const raiseIt = (): void => {
      raiseObject(exc);
    };
    if (read.value instanceof PyBytes) return { bytes: read.value.latin1, position: read.position, fail: raiseIt };
    return { text: strValue(read.value) as Str, position: read.position, fail: raiseIt };
  };
}

/** `codecs.strict_errors(exc)` and the others: a standard handler called from Python. */
export function callStandardHandler(handler: StandardHandler, exc: Value): Result {
  const is = (type: PyType): boolean => isSubtype(typeOf(exc), type);
  if (handler === "strict") {
    return isException(exc) ? raiseObject(exc as PyUnicodeError) : typeError("codec must pass exception instance");
  }
  const decoding = is(unicodeDecodeErrorType);
  const encoding = is(unicodeEncodeErrorType);
  const translating = is(unicodeTranslateErrorType);
  const handles =
    handler === "xmlcharrefreplace" || handler === "namereplace"
      ? encoding
      : handler === "surrogatepass" || handler === "surrogateescape"
        ? encoding || decoding
        : encoding || decoding || translating;
  if (!handles) return typeError(`don't know how to handle ${typeOf(exc).name} in error callback`);
  const error = exc as PyUnicodeError;
  if (checkObject(error, decoding) === EXC) return EXC;
  const size = decoding ? (error.object as PyBytes).latin1.length : (strValue(error.object as Value) as Str).length;
  const start = Math.max(0, Math.min(error.start, Math.max(size - 1, 0)));
  const end = Math.max(Math.min(error.end, size), Math.min(1, size));
  const codec = strValue(error.encoding ?? "") as string;
  if (decoding) {
    const handled = handleDecoding(handler, codec, (error.object as PyBytes).latin1, start, end);
    return handled === undefined ? raiseObject(error) : newTuple([handled.text, handled.position]);
  }
  const text = strValue(error.object as Value) as Str;
  if (translating && handler === "replace") return newTuple(["\ufffd".repeat(Math.max(0, end - start)), end]);
  const handled = handleEncoding(handler, codec, text, start, end);
  if (handled === undefined) return raiseObject(error);
  return newTuple([handled.bytes !== undefined ? newBytes(handled.bytes) : (handled.text as Str), handled.position]);
}
/** The exception's `object` is what its class says, whatever has been stored there. */
function checkObject({ object }: PyUnicodeError, decoding: boolean): Status {
  if (object === undefined || object === null) return typeError("UnicodeError 'object' attribute is not set");
  if (decoding) return object instanceof PyBytes ? null : typeError("UnicodeError 'object' attribute must be a bytes");
  return strValue(object) !== undefined ? null : typeError("UnicodeError 'object' attribute must be a string");
}
function isException(o: Value): boolean {
  return isSubtype(typeOf(o), baseExceptionType);
}
