/** The module `_json`: the accelerated parts of `json`. */
import { EXC, type KwNames, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, rawFn } from "../../objects/define.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import type { Str } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { asSsize } from "../support/arguments.ts";
import { encoderType } from "./encoder.ts";
import { decodeError } from "./errors.ts";
import { scannerType } from "./scanner.ts";
import { encodeAscii, encodeText, scanString, StringFault } from "./strings.ts";

/** `scanstring(string, end, strict=True)`. */
function scanstring(args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("_json.scanstring() takes no keyword arguments");
  if (args.length < 2) return typeError(`scanstring() takes at least 2 arguments (${args.length} given)`);
  if (args.length > 3) return typeError(`scanstring() takes at most 3 arguments (${args.length} given)`);
  const end = asSsize(args[1]);
  if (end === EXC) return EXC;
  const strict = args.length > 2 ? isTrue(args[2]) : true;
  if (strict === EXC) return EXC;
  const text = strValue(args[0]);
  if (text === undefined) return typeError(`first argument must be a string, not ${typeOf(args[0]).name}`);
  if (end < 0 || end > text.length) return valueError("end is out of bounds");
  try {
    const scanned = scanString(text, end, strict);
    return newTuple([scanned.value, scanned.end]);
  } catch (fault) {
    if (fault instanceof StringFault) return decodeError(fault.message, text, fault.at);
    throw fault;
  }
}

const encoding =
  (encode: (text: Str) => Str) =>
  (value: Value): Result => {
    const text = strValue(value);
    if (text === undefined) return typeError(`first argument must be a string, not ${typeOf(value).name}`);
    return encode(text);
  };

export const jsonModule = newModule("_json", {
  doc: "json speedups\n",
  functions: () => ({
    scanstring: rawFn(scanstring, "The JSON string that begins at end, and the index after it."),
    encode_basestring: fn("($self, object, /)", encoding(encodeText), "The string as a JSON literal."),
    encode_basestring_ascii: fn("($self, object, /)", encoding(encodeAscii), "The string as an ASCII JSON literal."),
  }),
  attributes: () => ({ make_scanner: scannerType, make_encoder: encoderType }),
});
