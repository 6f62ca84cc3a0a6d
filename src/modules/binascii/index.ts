/** The module `binascii`. */
import { BASETYPE, EXC, type Exc, HAS_DICT, type Result, type Value } from "../../objects/core.ts";
import { bytesLike, bytesLikeArray, hasBuffer } from "../../objects/buffer.ts";
import { arrayFromLatin1, bytesFromArray, newBytes } from "../../objects/bytes.ts";
import { fromHexDigits, hexDigits } from "../../objects/bytes/hex.ts";
import { fn, newModule, newType } from "../../objects/define.ts";
import { raise, typeError, valueError } from "../../objects/errors.ts";
import { exceptionType, valueErrorType } from "../../objects/exceptions/types.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { isTrue, length } from "../../objects/protocol/object.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { asInt, asUint32Mask } from "../support/arguments.ts";
import { a2bBase64, a2bUu, b2aBase64, b2aUu, BinasciiError } from "./core.ts";
import { crc32, crcHqx } from "../support/checksums.ts";
import { a2bQp, b2aQp } from "./quopri.ts";

const errorType = newType("Error", { module: "binascii", base: valueErrorType, flags: BASETYPE | HAS_DICT });
const incompleteType = newType("Incomplete", { module: "binascii", base: exceptionType, flags: BASETYPE | HAS_DICT });

/** Runs a conversion, whose errors become `binascii.Error`. */
function converted(run: () => Uint8Array): Result {
  try {
    return bytesFromArray(run());
  } catch (error) {
    if (error instanceof BinasciiError) return raise(errorType, error.message);
    throw error;
  }
}

/** Bytes, or a str of ASCII characters; as a Latin-1 string. */
function asciiOrBuffer(value: Value): string | Exc {
  const text = strValue(value);
  if (text !== undefined) {
    if (typeof text !== "string" || /[^\0-\x7f]/.test(text))
      return valueError("string argument should contain only ASCII characters");
    return text;
  }
  if (!hasBuffer(value))
    return typeError(`argument should be bytes, buffer or ASCII string, not '${typeOf(value).name}'`);
  return bytesLike(value);
}

/** Truth values of optional flags, with their defaults. */
function flags(values: readonly (Value | undefined)[], defaults: readonly boolean[]): boolean[] | Exc {
  const result: boolean[] = [];
  for (let i = 0; i < defaults.length; i++) {
    const value = values[i];
    const truth = value === undefined ? defaults[i] : isTrue(value);
    if (truth === EXC) return EXC;
    result.push(truth);
  }
  return result;
}

function a2b(convert: (data: Uint8Array) => Uint8Array): (data: Value) => Result {
  return (data) => {
    const content = asciiOrBuffer(data);
    return content === EXC ? EXC : converted(() => convert(arrayFromLatin1(content)));
  };
}

function a2bBase64Function(data: Value, strictMode: Value | undefined): Result {
  const content = asciiOrBuffer(data);
  if (content === EXC) return EXC;
  const strict = strictMode === undefined ? false : isTrue(strictMode);
  return strict === EXC ? EXC : converted(() => a2bBase64(arrayFromLatin1(content), strict));
}
function b2aBase64Function(data: Value, newline: Value | undefined): Result {
  const content = bytesLikeArray(data);
  if (content === EXC) return EXC;
  const wanted = newline === undefined ? true : isTrue(newline);
  return wanted === EXC ? EXC : bytesFromArray(b2aBase64(content, wanted));
}
function unhexlify(data: Value): Result {
  const content = asciiOrBuffer(data);
  if (content === EXC) return EXC;
  if (content.length % 2 !== 0) return raise(errorType, "Odd-length string");
  const bytes = fromHexDigits(content);
  return bytes === undefined ? raise(errorType, "Non-hexadecimal digit found") : newBytes(bytes);
}

function a2bQpFunction(data: Value, header: Value | undefined): Result {
  const content = asciiOrBuffer(data);
  if (content === EXC) return EXC;
  const given = flags([header], [false]);
  return given === EXC ? EXC : converted(() => a2bQp(arrayFromLatin1(content), given[0]));
}

function b2aWithFlag(
  convert: (data: Uint8Array, flag: boolean) => Uint8Array,
  byDefault: boolean,
): (data: Value, flag?: Value) => Result {
  return (data, flag) => {
    const array = bytesLikeArray(data);
    if (array === EXC) return EXC;
    const given = flags([flag], [byDefault]);
    return given === EXC ? EXC : converted(() => convert(array, given[0]));
  };
}

function b2aQpFunction(data: Value, quotetabs?: Value, istext?: Value, header?: Value): Result {
  const array = bytesLikeArray(data);
  if (array === EXC) return EXC;
  const given = flags([quotetabs, istext, header], [false, true, false]);
  if (given === EXC) return EXC;
  return bytesFromArray(Uint8Array.from(b2aQp(array, given[0], given[1], given[2])));
}

function hexlifyFunction(data: Value, sep: Value | undefined, bytesPerSep: Value | undefined): Result {
  const bytes = bytesLike(data);
  if (bytes === EXC) return EXC;
  let size: number | Exc = 1;
  if (bytesPerSep !== undefined) size = asInt(bytesPerSep);
  if (size === EXC) return EXC;
  let separator = "";
  if (sep !== undefined) {
    const count = length(sep);
    if (count === EXC) return EXC;
    if (count !== 1) return valueError("sep must be length 1.");
    const text = strValue(sep);
    if (text !== undefined) {
      if (typeof text !== "string" || text.charCodeAt(0) > 255) return valueError("sep must be ASCII.");
      separator = text;
    } else {
      const content = hasBuffer(sep) ? bytesLike(sep) : typeError("sep must be str or bytes.");
      if (content === EXC) return EXC;
      separator = content;
    }
  }
  return newBytes(hexDigits(bytes, separator, size));
}

function crc32Function(data: Value, crc: Value | undefined): Result {
  const array = bytesLikeArray(data);
  if (array === EXC) return EXC;
  const start = crc === undefined ? 0 : asUint32Mask(crc);
  return start === EXC ? EXC : crc32(array, start);
}
function crcHqxFunction(data: Value, crc: Value): Result {
  const array = bytesLikeArray(data);
  if (array === EXC) return EXC;
  const start = asIndex(crc);
  return start === EXC ? EXC : crcHqx(array, Number(BigInt.asUintN(16, BigInt(start))));
}

const HEXLIFY = "($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)";

export const binasciiModule = newModule("binascii", {
  doc: "Conversion between binary data and ASCII",
  functions: () => ({
    a2b_uu: fn("($module, data, /)", a2b(a2bUu), "Decode a line of uuencoded data."),
    b2a_uu: fn("($module, data, /, *, backtick=False)", b2aWithFlag(b2aUu, false), "Uuencode line of data."),
    a2b_base64: fn("($module, data, /, *, strict_mode=False)", a2bBase64Function, "Decode base64 data."),
    b2a_base64: fn("($module, data, /, *, newline=True)", b2aBase64Function, "Base64-code data."),
    a2b_hex: fn("($module, hexstr, /)", unhexlify, "Binary data of hexadecimal representation."),
    unhexlify: fn("($module, hexstr, /)", unhexlify, "Binary data of hexadecimal representation."),
    b2a_hex: fn(HEXLIFY, hexlifyFunction, "Hexadecimal representation of binary data."),
    hexlify: fn(HEXLIFY, hexlifyFunction, "Hexadecimal representation of binary data."),
    a2b_qp: fn("($module, /, data, header=False)", a2bQpFunction, "Decode quoted-printable data."),
    b2a_qp: fn(
      "($module, /, data, quotetabs=False, istext=True, header=False)",
      b2aQpFunction,
      "Encode data as quoted-printable.",
    ),
    crc32: fn("($module, data, crc=0, /)", crc32Function, "CRC-32 checksum of data."),
    crc_hqx: fn("($module, data, crc, /)", crcHqxFunction, "CRC-CCITT value of data."),
  }),
  attributes: () => ({ Error: errorType, Incomplete: incompleteType }),
});
