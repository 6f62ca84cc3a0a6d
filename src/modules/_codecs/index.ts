/** The module `_codecs`: the registry and the builtin codecs, one function each way. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { bytesLike } from "../../objects/buffer.ts";
import { PyBytes, newBytes } from "../../objects/bytes.ts";
import { buildEncodingMap, decodeCharmap, encodeCharmap } from "../../objects/codecs/charmap.ts";
import { type BuiltinCodec, decodeBuiltin, encodeBuiltin } from "../../objects/codecs/codecs.ts";
import { Decoding, Encoding } from "../../objects/codecs/coding.ts";
import {
  callStandardHandler,
  decodeErrors,
  encodeErrors,
  lookupErrorHandler,
} from "../../objects/codecs/error-handlers.ts";
import { lookupCodec, runCodec } from "../../objects/codecs/registry.ts";
import { STANDARD_HANDLERS, isStandardHandler } from "../../objects/codecs/standard-errors.ts";
import { codecState } from "../../objects/codecs/state.ts";
import {
  type InvalidEscape,
  decodeRawUnicodeEscape,
  decodeUnicodeEscape,
  encodeRawUnicodeEscape,
  encodeUnicodeEscape,
  escapeBytes,
  unescapeBytes,
} from "../../objects/codecs/unicode-escape.ts";
import { decodeUtf16, decodeUtf32, encodeUtf16, encodeUtf32 } from "../../objects/codecs/utf16.ts";
import { decodeUtf7, encodeUtf7 } from "../../objects/codecs/utf7.ts";
import { newBuiltin } from "../../objects/builtin.ts";
import { fn, newModule } from "../../objects/define.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import type { NativeDef } from "../../objects/native.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { isCallable, isTrue } from "../../objects/protocol/object.ts";
import { issueDeprecation } from "../../objects/protocol/warn.ts";
import { typeName } from "../../objects/str/args.ts";
import type { Str } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { lookupName } from "../../objects/unicode/names.ts";
import { strValue } from "../../objects/values.ts";

const pair = (value: Value, length: number): Value => newTuple([value, length]);

function textArg(name: string, value: Value, position = 1): Str | Exc {
  return strValue(value) ?? typeError(`${name}() argument ${position} must be str, not ${typeName(value)}`);
}
function errorsArg(name: string, value: Value | undefined): string | Exc {
  if (value === undefined || value === null) return "strict";
  const text = strValue(value);
  return typeof text === "string"
    ? text
    : typeError(`${name}() argument 2 must be str or None, not ${typeName(value)}`);
}

/** An encoder: text to bytes and how many characters. */
function encoder(
  name: string,
  run: (text: Str, errors: string, extra: Value | undefined) => string | Exc,
  extra = "",
): NativeDef {
  return fn(`($module, str, errors=None, ${extra}/)`, (str: Value, errors?: Value, more?: Value): Result => {
    const text = textArg(name, str);
    if (text === EXC) return EXC;
    const handler = errorsArg(name, errors);
    if (handler === EXC) return EXC;
    const bytes = run(text, handler, more);
    return bytes === EXC ? EXC : pair(newBytes(bytes), text.length);
  });
}
type Decoder = (data: string, errors: string, final: boolean) => Result;
function decoder(name: string, run: Decoder, final = "final=False, ", byDefault = false): NativeDef {
  return fn(`($module, data, errors=None, ${final}/)`, (data: Value, errors?: Value, last?: Value): Result => {
    const text = final.includes("True") ? strValue(data) : undefined;
    // Escapes are also decoded in text, as its UTF-8.
    const bytes = text !== undefined ? encodeBuiltin("utf-8", text, "strict") : bytesLike(data);
    if (bytes === EXC) return EXC;
    const handler = errorsArg(name, errors);
    if (handler === EXC) return EXC;
    const isFinal = last === undefined ? byDefault : isTrue(last);
    return isFinal === EXC ? EXC : run(bytes, handler, isFinal);
  });
}
const builtinDecoder =
  (codec: BuiltinCodec): Decoder =>
  (data, errors, final) => {
    const decoded = decodeBuiltin(codec, data, errors, final);
    return decoded === EXC ? EXC : pair(decoded.text, final ? data.length : decoded.consumed);
  };

/** Runs one of the loops of `objects/codecs`. */
function decodeWith(
  encoding: string,
  data: string,
  errors: string,
  final: boolean,
  run: (d: Decoding) => boolean,
): Result {
  const d = new Decoding(data, encoding, decodeErrors(errors), final);
  return run(d) ? pair(d.out.build(), final ? data.length : d.position) : EXC;
}
function encodeWith(encoding: string, text: Str, errors: string, run: (e: Encoding) => boolean): string | Exc {
  const e = new Encoding(text, encoding, encodeErrors(errors));
  return run(e) ? e.out : EXC;
}

function order(value: Value | undefined): -1 | 0 | 1 | Exc {
  if (value === undefined) return 0;
  const number = asInt32(value);
  return number === EXC ? EXC : (Math.sign(number) as -1 | 0 | 1);
}
const wideEncoder = (name: string, encoding: string, encode: (e: Encoding, o: -1 | 0 | 1) => boolean): NativeDef =>
  encoder(
    name,
    (text, errors, byteorder) => {
      const o = order(byteorder);
      return o === EXC ? EXC : encodeWith(encoding, text, errors, (e) => encode(e, o));
    },
    "byteorder=0, ",
  );
/** The decoders that also tell the byte order. */
const exDecoder = (
  name: string,
  encoding: string,
  decode: (d: Decoding, o: -1 | 0 | 1) => -1 | 0 | 1 | undefined,
): NativeDef =>
  fn(
    "($module, data, errors=None, byteorder=0, final=False, /)",
    (data: Value, errors?: Value, byteorder?: Value, final?: Value): Result => {
      const bytes = bytesLike(data);
      if (bytes === EXC) return EXC;
      const handler = errorsArg(name, errors);
      if (handler === EXC) return EXC;
      const o = order(byteorder);
      if (o === EXC) return EXC;
      const isFinal = final === undefined ? false : isTrue(final);
      if (isFinal === EXC) return EXC;
      const d = new Decoding(bytes, encoding, decodeErrors(handler), isFinal);
      const found = decode(d, o);
      return found === undefined ? EXC : newTuple([d.out.build(), isFinal ? bytes.length : d.position, found]);
    },
  );

// ── escapes ──────────────────────────────────────────────────────────────────────────────────────────────────
/** The code point of a `\N{…}` name. */
export function pointNamed(name: string): number {
  return lookupName(name, false)?.codePointAt(0) ?? -1;
}
/** The warning about an escape that means nothing. */
function warnInvalid(invalid: InvalidEscape | null): boolean {
  if (invalid === null) return true;
  const kind = invalid.octal ? "octal escape sequence" : "escape sequence";
  const message = `"\\${invalid.text}" is an invalid ${kind}. Such sequences will not work in the future. `;
  return issueDeprecation(message) !== EXC;
}
const decodeEscapes: Decoder = (data, errors, final) =>
  decodeWith("unicodeescape", data, errors, final, (d) => {
    const invalid = decodeUnicodeEscape(d, pointNamed);
    return invalid !== undefined && warnInvalid(invalid);
  });
const decodeBytesEscapes: Decoder = (data, errors) => {
  const result = unescapeBytes(data, errors);
  if ("trailing" in result) return valueError("Trailing \\ in string");
  if ("invalidHexAt" in result) return valueError(`invalid \\x escape at position ${result.invalidHexAt}`);
  if ("unknownErrors" in result) {
    return valueError(`decoding error; unknown error handling code: ${result.unknownErrors}`);
  }
  return warnInvalid(result.invalid) ? pair(newBytes(result.bytes), data.length) : EXC;
};

// ── the registry ─────────────────────────────────────────────────────────────────────────────────────────────
function nameArg(name: string, argument: string, value: Value | undefined, otherwise: string): string | Exc {
  if (value === undefined) return otherwise;
  const text = strValue(value);
  return typeof text === "string"
    ? text
    : typeError(`${name}() argument ${argument} must be str, not ${typeName(value)}`);
}
const coder =
  (name: string, forEncoding: boolean) =>
  (obj: Value, encoding?: Value, errors?: Value): Result => {
    const codecName = nameArg(name, "'encoding'", encoding, "utf-8");
    if (codecName === EXC) return EXC;
    const handler = nameArg(name, "'errors'", errors, "strict");
    if (handler === EXC) return EXC;
    const codec = lookupCodec(codecName);
    return codec === EXC
      ? EXC
      : runCodec(codec, obj, codecName, errors === undefined ? undefined : handler, forEncoding);
  };
function register(search: Value): Result {
  if (!isCallable(search)) return typeError("argument must be callable");
  codecState().searchPath.push(search);
  return null;
}
function unregister(search: Value): Result {
  const { searchPath, found } = codecState();
  const at = searchPath.indexOf(search);
  if (at >= 0) {
    searchPath.splice(at, 1);
    found.clear();
  }
  return null;
}
function registerError(errors: Value, handler: Value): Result {
  const name = nameArg("register_error", "1", errors, "");
  if (name === EXC) return EXC;
  if (!isCallable(handler)) return typeError("handler must be callable");
  codecState().errorHandlers.set(name, handler);
  return null;
}
function unregisterError(errors: Value): Result {
  const name = nameArg("_unregister_error", "1", errors, "");
  if (name === EXC) return EXC;
  if (isStandardHandler(name)) return valueError(`cannot un-register built-in error handler '${name}'`);
  return codecState().errorHandlers.delete(name);
}
/** The standard handlers as functions: `codecs.strict_errors` … */
function addStandardHandlers(): void {
  const { errorHandlers } = codecState();
  for (const name of STANDARD_HANDLERS) {
    if (errorHandlers.has(name)) continue;
    const functionName = name.startsWith("surrogate") ? name : `${name}_errors`;
    const def = fn(
      "($module, exc, /)",
      (exc: Value) => callStandardHandler(name, exc),
      `Implements the '${name}' error handling.`,
    );
    errorHandlers.set(name, newBuiltin(functionName, def, "builtins"));
  }
}

const LE_BE = (width: "16" | "32") => {
  const functions: Record<string, NativeDef> = {};
  for (const end of ["le", "be"] as const) {
    const codec: BuiltinCodec = `utf-${width}-${end}`;
    functions[`utf_${width}_${end}_encode`] = encoder(`utf_${width}_${end}_encode`, (text, errors) =>
      encodeBuiltin(codec, text, errors),
    );
    functions[`utf_${width}_${end}_decode`] = decoder(`utf_${width}_${end}_decode`, builtinDecoder(codec));
  }
  return functions;
};

export const codecsModule = newModule("_codecs", {
  functions: () => ({
    register: fn("($module, search_function, /)", register, "Register a codec search function."),
    unregister: fn(
      "($module, search_function, /)",
      unregister,
      "Unregister a codec search function and clear the registry's cache.",
    ),
    lookup: fn(
      "($module, encoding, /)",
      (encoding: Value) => {
        const name = nameArg("lookup", "1", encoding, "");
        return name === EXC ? EXC : name.includes("\0") ? valueError("embedded null character") : lookupCodec(name);
      },
      "Looks up a codec tuple in the Python codec registry and returns a CodecInfo object.",
    ),
    encode: fn(
      "($module, /, obj, encoding='utf-8', errors='strict')",
      coder("encode", true),
      "Encodes obj using the codec registered for encoding.",
    ),
    decode: fn(
      "($module, /, obj, encoding='utf-8', errors='strict')",
      coder("decode", false),
      "Decodes obj using the codec registered for encoding.",
    ),
    register_error: fn(
      "($module, errors, handler, /)",
      registerError,
      "Register the specified error handler under the name errors.",
    ),
    _unregister_error: fn("($module, errors, /)", unregisterError, "Un-register the specified error handler."),
    lookup_error: fn(
      "($module, name, /)",
      (name: Value) => {
        const text = nameArg("lookup_error", "1", name, "");
        return text === EXC ? EXC : lookupErrorHandler(text);
      },
      "Return the error handler for the specified error handling name.",
    ),

    utf_8_encode: encoder("utf_8_encode", (text, errors) => encodeBuiltin("utf-8", text, errors)),
    utf_8_decode: decoder("utf_8_decode", builtinDecoder("utf-8")),
    utf_7_encode: encoder("utf_7_encode", (text, errors) => encodeWith("utf7", text, errors, encodeUtf7)),
    utf_7_decode: decoder("utf_7_decode", (data, errors, final) => decodeWith("utf7", data, errors, final, decodeUtf7)),
    utf_16_encode: wideEncoder("utf_16_encode", "utf-16", encodeUtf16),
    utf_16_decode: decoder("utf_16_decode", builtinDecoder("utf-16")),
    utf_16_ex_decode: exDecoder("utf_16_ex_decode", "utf-16", decodeUtf16),
    utf_32_encode: wideEncoder("utf_32_encode", "utf-32", encodeUtf32),
    utf_32_decode: decoder("utf_32_decode", builtinDecoder("utf-32")),
    utf_32_ex_decode: exDecoder("utf_32_ex_decode", "utf-32", decodeUtf32),
    ...LE_BE("16"),
    ...LE_BE("32"),
    latin_1_encode: encoder("latin_1_encode", (text, errors) => encodeBuiltin("latin-1", text, errors)),
    latin_1_decode: decoder("latin_1_decode", builtinDecoder("latin-1"), "", true),
    ascii_encode: encoder("ascii_encode", (text, errors) => encodeBuiltin("ascii", text, errors)),
    ascii_decode: decoder("ascii_decode", builtinDecoder("ascii"), "", true),
    unicode_escape_encode: encoder("unicode_escape_encode", (text) => encodeUnicodeEscape(text)),
    unicode_escape_decode: decoder("unicode_escape_decode", decodeEscapes, "final=True, ", true),
    raw_unicode_escape_encode: encoder("raw_unicode_escape_encode", (text) => encodeRawUnicodeEscape(text)),
    raw_unicode_escape_decode: decoder(
      "raw_unicode_escape_decode",
      (data, errors, final) => decodeWith("rawunicodeescape", data, errors, final, decodeRawUnicodeEscape),
      "final=True, ",
      true,
    ),
    escape_encode: fn("($module, data, errors=None, /)", (data: Value, errors?: Value) => {
      if (!(data instanceof PyBytes))
        return typeError(`escape_encode() argument 1 must be bytes, not ${typeName(data)}`);
      return errorsArg("escape_encode", errors) === EXC ? EXC : pair(newBytes(escapeBytes(data.latin1)), data.length);
    }),
    escape_decode: fn("($module, data, errors=None, /)", (data: Value, errors?: Value) => {
      const text = strValue(data);
      const bytes = text !== undefined ? encodeBuiltin("utf-8", text, "strict") : bytesLike(data);
      if (bytes === EXC) return EXC;
      const handler = errorsArg("escape_decode", errors);
      return handler === EXC ? EXC : decodeBytesEscapes(bytes, handler, true);
    }),
    charmap_encode: encoder(
      "charmap_encode",
      (text, errors, mapping = null) =>
        mapping === null
          ? encodeBuiltin("latin-1", text, errors)
          : encodeWith("charmap", text, errors, (e) => encodeCharmap(e, mapping)),
      "mapping=None, ",
    ),
    charmap_decode: fn(
      "($module, data, errors=None, mapping=None, /)",
      (data: Value, errors?: Value, mapping: Value = null) => {
        const bytes = bytesLike(data);
        if (bytes === EXC) return EXC;
        const handler = errorsArg("charmap_decode", errors);
        if (handler === EXC) return EXC;
        if (mapping === null) return pair(bytes, bytes.length);
        const d = new Decoding(bytes, "charmap", decodeErrors(handler), true);
        return decodeCharmap(d, mapping) ? pair(d.out.build(), bytes.length) : EXC;
      },
    ),
    charmap_build: fn("($module, map, /)", (map: Value) => {
      const table = textArg("charmap_build", map);
      return table === EXC ? EXC : buildEncodingMap(table);
    }),
    readbuffer_encode: fn("($module, data, errors=None, /)", (data: Value) => {
      const text = strValue(data);
      const bytes = text !== undefined ? encodeBuiltin("utf-8", text, "strict") : bytesLike(data);
      return bytes === EXC ? EXC : pair(newBytes(bytes), bytes.length);
    }),
  }),
  exec: () => {
    addStandardHandlers();
    return null;
  },
});
