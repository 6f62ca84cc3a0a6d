/** `xml.parsers.expat.ExpatError`, and what a parser's user has to know of encodings. */
import { BASETYPE, EXC, type Exc, HAS_DICT } from "../../../objects/core.ts";
import { decodeBytes } from "../../../objects/codecs/codecs.ts";
import { newType } from "../../../objects/define.ts";
import { newException, raiseObject, valueError } from "../../../objects/errors.ts";
import { exceptionType } from "../../../objects/exceptions/types.ts";
import { rt } from "../../../objects/runtime.ts";
import { strToJs } from "../../../objects/str/astral.ts";
import { MESSAGES } from "./codes.ts";
import type { XmlParser } from "./parser.ts";

export const expatErrorType = newType("ExpatError", {
  module: "xml.parsers.expat",
  base: exceptionType,
  flags: BASETYPE | HAS_DICT,
});

/** Raises the error `code`, at the parser's place. */
export function raiseExpatError(parser: XmlParser, code: number, message = MESSAGES[code]): Exc {
  const { line, column } = parser;
  const isPlaced = message === MESSAGES[code];
  const exception = newException(expatErrorType, [
    isPlaced ? `${message}: line ${line}, column ${column}` : (message as string),
  ]);
  const dict = exception.getDict(true);
  if (dict !== undefined && "setStr" in dict) {
    dict.setStr("code", code);
    dict.setStr("lineno", line);
    dict.setStr("offset", column);
  }
  return raiseObject(exception);
}

const BYTES = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join("");
const REPLACEMENT = /\ufffd/g;

/** What each byte means in a codec of Python's; undefined where it is none, or the exception that is pending. */
export function charactersOf(encoding: string): string | undefined {
  if (rt.exc !== null) return undefined;
  const decoded = decodeBytes(BYTES, encoding, "replace");
  if (decoded === EXC) return undefined;
  if (decoded.length !== 256) {
    valueError("multi-byte encodings are not supported");
    return undefined;
  }
  return strToJs(decoded).replace(REPLACEMENT, "\uffff");
}
