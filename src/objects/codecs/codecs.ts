/** Encoding and decoding by name: the builtin codecs at once, others through the registry. */
import { EXC, type Exc, type Result, type Status, type Value } from "../core.ts";
import { bytesLike } from "../buffer.ts";
import { PyByteArray, PyBytes, newBytes } from "../bytes.ts";
import { raise, typeError } from "../errors.ts";
import { lookupErrorType } from "../exceptions/types.ts";
import { rt } from "../runtime.ts";
import { type Str, isAscii } from "../str/astral.ts";
import { strType, typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { Decoding, Encoding } from "./coding.ts";
import { decodeErrors, encodeErrors, lookupErrorHandler } from "./error-handlers.ts";
import { isStandardHandler } from "./standard-errors.ts";
import { decodeAscii, encodeAscii, encodeLatin1 } from "./latin1.ts";
import { lookupCodec, runTextCodec } from "./registry.ts";
import { decodeUtf16, decodeUtf32, encodeUtf16, encodeUtf32 } from "./utf16.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

export type BuiltinCodec =
  | "utf-8"
  | "utf-16"
  | "utf-16-le"
  | "utf-16-be"
  | "utf-32"
  | "utf-32-le"
  | "utf-32-be"
  | "ascii"
  | "latin-1";

/** Spellings in common use, and the normalised ones. */
const ALIASES = new Map<string, BuiltinCodec>([
  ["utf-8", "utf-8"],
  ["UTF-8", "utf-8"],
  ["utf8", "utf-8"],
  ["utf_8", "utf-8"],
  ["ascii", "ascii"],
  ["us_ascii", "ascii"],
  ["latin-1", "latin-1"],
  ["latin1", "latin-1"],
  ["latin_1", "latin-1"],
  ["iso_8859_1", "latin-1"],
  ["iso8859_1", "latin-1"],
  ["utf16", "utf-16"],
  ["utf_16", "utf-16"],
  ["utf_16_le", "utf-16-le"],
  ["utf_16_be", "utf-16-be"],
  ["utf32", "utf-32"],
  ["utf_32", "utf-32"],
  ["utf_32_le", "utf-32-le"],
  ["utf_32_be", "utf-32-be"],
]);

/** The builtin codec that `name` means, if it does. */
export function builtinCodec(name: string): BuiltinCodec | undefined {
  return ALIASES.get(name) ?? ALIASES.get(name.toLowerCase().replace(/[^a-z0-9.]+/g, "_"));
}

/** Decodes with a builtin codec. `final` false leaves an incomplete tail; `consumed` says how far it got. */
export function decodeBuiltin(
  codec: BuiltinCodec,
  data: string,
  errors: string,
  final = true,
): { text: Str; consumed: number; byteOrder: number } | Exc {
  if (codec === "latin-1" || ((codec === "utf-8" || codec === "ascii") && isAscii(data))) {
    return { text: data, consumed: data.length, byteOrder: 0 };
  }
  const d = new Decoding(data, codec, decodeErrors(errors), final);
  let byteOrder: number | undefined = 0;
  switch (codec) {
    case "utf-8":
      if (!decodeUtf8(d)) return EXC;
      break;
    case "ascii":
      if (!decodeAscii(d)) return EXC;
      break;
    default: {
      const order = orderOf(codec);
      byteOrder = codec.startsWith("utf-16") ? decodeUtf16(d, order) : decodeUtf32(d, order);
    }
  }
  if (byteOrder === undefined) return EXC;
  return { text: d.out.build(), consumed: d.position, byteOrder };
}
const orderOf = (codec: BuiltinCodec): -1 | 0 | 1 => (codec.endsWith("-le") ? -1 : codec.endsWith("-be") ? 1 : 0);

/** Encodes with a builtin codec, to Latin-1. */
export function encodeBuiltin(codec: BuiltinCodec, text: Str, errors: string): string | Exc {
  if (!codec.startsWith("utf-16") && !codec.startsWith("utf-32") && isAscii(text)) return text as string;
  const e = new Encoding(text, codec, encodeErrors(errors));
  let done: boolean;
  switch (codec) {
    case "utf-8":
      done = encodeUtf8(e);
      break;
    case "ascii":
      done = encodeAscii(e);
      break;
    case "latin-1":
      done = encodeLatin1(e);
      break;
    default:
      done = codec.startsWith("utf-16") ? encodeUtf16(e, orderOf(codec)) : encodeUtf32(e, orderOf(codec));
  }
  return done ? e.out : EXC;
}

/** In development mode names that mean nothing are errors even where they are not needed. */
function checkNames(encoding: string, errors: string): Status {
  if (!rt.devMode) return null;
  if (builtinCodec(encoding) === undefined && lookupCodec(encoding) === EXC) return EXC;
  // The standard ones are there before the module that registers them.
  return isStandardHandler(errors) || errors === "strict" || lookupErrorHandler(errors) !== EXC ? null : EXC;
}

/** `text.encode(encoding, errors)`: bytes. */
export function encodeText(text: Str, encoding = "utf-8", errors = "strict"): PyBytes | Exc {
  if (checkNames(encoding, errors) === EXC) return EXC;
  const codec = builtinCodec(encoding);
  if (codec !== undefined) {
    const data = encodeBuiltin(codec, text, errors);
    return data === EXC ? EXC : newBytes(data);
  }
  if (hasNul(encoding)) return EXC;
  const result = runTextCodec(text, encoding, errors, true);
  if (result === EXC) return EXC;
  if (result instanceof PyBytes) return result;
  if (result instanceof PyByteArray) return newBytes(result.toLatin1());
  return typeError(
    `'${encoding}' encoder returned '${typeOf(result).name}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types`,
  );
}

/** Decodes bytes given as a Latin-1 string. */
export function decodeBytes(data: string, encoding = "utf-8", errors = "strict"): Str | Exc {
  if (checkNames(encoding, errors) === EXC) return EXC;
  const codec = builtinCodec(encoding);
  if (codec === undefined) return decodeThroughRegistry(newBytes(data), encoding, errors);
  const decoded = decodeBuiltin(codec, data, errors);
  return decoded === EXC ? EXC : decoded.text;
}
/** Decodes a bytes-like object. */
export function decodeObject(object: Value, encoding: string, errors: string): Str | Exc {
  if (checkNames(encoding, errors) === EXC) return EXC;
  // Nothing is decoded to nothing, by whatever codec.
  if ((object instanceof PyBytes || object instanceof PyByteArray) && object.length === 0) return "";
  if (builtinCodec(encoding) === undefined) return decodeThroughRegistry(object, encoding, errors);
  const data = bytesLike(object);
  return data === EXC ? EXC : decodeBytes(data, encoding, errors);
}
function decodeThroughRegistry(object: Value, encoding: string, errors: string): Str | Exc {
  if (hasNul(encoding)) return EXC;
  const result: Result = runTextCodec(object, encoding, errors, false);
  if (result === EXC) return EXC;
  const text = strValue(result);
  if (text !== undefined && typeOf(result) === strType) return text;
  return (
    text ??
    typeError(
      `'${encoding}' decoder returned '${typeOf(result).name}' instead of 'str'; use codecs.decode() to decode to arbitrary types`,
    )
  );
}
function hasNul(encoding: string): boolean {
  if (!encoding.includes("\0")) return false;
  raise(lookupErrorType, `unknown encoding: ${encoding.slice(0, encoding.indexOf("\0"))}`);
  return true;
}
