/** Bytes seen as ASCII text and as hexadecimal: upper, isalpha, hex, fromhex, decode, translate … */
import { EXC, type Exc, type Result, type Value } from "../core.ts";
import { bytesLike, hasBuffer } from "../buffer.ts";
import { PyBytes, latin1FromArray, newBytes } from "../bytes.ts";
import { decodeBytes } from "../codecs/codecs.ts";
import { rt } from "../runtime.ts";
import { typeError, valueError } from "../errors.ts";
import { type NativeDef, method, staticMethod } from "../native.ts";
import { asInt32 } from "../protocol/convert.ts";
import { length } from "../protocol/object.ts";
import { codecNameArg } from "../str/args.ts";
import { pointAt } from "../str/astral.ts";
import { typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { type Bytes, contentOf, holding, resultFor } from "./args.ts";

const convert = (map: (text: string) => string, doc: string): NativeDef =>
  method("($self, /)", (self: Bytes) => resultFor(self, map(contentOf(self))), doc);
const test = (pattern: RegExp, doc: string): NativeDef =>
  method("($self, /)", (self: Bytes) => pattern.test(contentOf(self)), doc);

// JavaScript's conversions also change letters beyond ASCII, which bytes leave alone. Without such, they are 400 times
// as fast on a megabyte as run by run.
const isAllAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);
const upper = (text: string): string =>
  isAllAscii(text) ? text.toUpperCase() : text.replace(/[a-z]+/g, (run) => run.toUpperCase());
const lower = (text: string): string =>
  isAllAscii(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
const swapcase = (text: string): string =>
  text.replace(/[A-Za-z]/g, (c) => (c < "a" ? c.toLowerCase() : c.toUpperCase()));
const title = (text: string): string =>
  text.replace(/[A-Za-z]+/g, (word) => word[0].toUpperCase() + word.slice(1).toLowerCase());
const capitalize = (text: string): string => upper(text.slice(0, 1)) + lower(text.slice(1));

function isTitle(text: string): boolean {
  return /[A-Za-z]/.test(text) && !/[A-Za-z][A-Z]/.test(text) && !/(^|[^A-Za-z])[a-z]/.test(text);
}

/** `content.hex(sep, bytes_per_sep)`, for memoryview too. */
export function hexOf(content: string, sep: Value | undefined, perSep: Value | undefined): Result {
  const group = perSep === undefined ? 1 : asInt32(perSep);
  if (group === EXC) return EXC;
  let separator = "";
  if (sep !== undefined) {
    const size = length(sep);
    if (size === EXC) return EXC;
    if (size !== 1) return valueError("sep must be length 1.");
    const text = strValue(sep);
    const point = text !== undefined ? pointAt(text, 0) : sep instanceof PyBytes ? sep.latin1.charCodeAt(0) : -1;
    if (point < 0) return typeError("sep must be str or bytes.");
    if (point > 127) return valueError("sep must be ASCII.");
    separator = String.fromCharCode(point);
  }
  const digits: string[] = [];
  for (let i = 0; i < content.length; i++) digits.push(content.charCodeAt(i).toString(16).padStart(2, "0"));
  if (separator === "" || group === 0) return digits.join("");
  const size = Math.abs(group);
  const groups: string[] = [];
  // Positive sizes count from the right.
  const first = group > 0 ? digits.length % size : 0;
  if (first > 0) groups.push(digits.slice(0, first).join(""));
  for (let i = first; i < digits.length; i += size) groups.push(digits.slice(i, i + size).join(""));
  return groups.join(separator);
}

/** The bytes that hexadecimal text means; ASCII whitespace between bytes is skipped. */
export function bytesFromHex(value: Value): string | Exc {
  const text = strValue(value) ?? (hasBuffer(value) ? bytesLike(value) : undefined);
  if (text === EXC) return EXC;
  if (text === undefined) return typeError(`fromhex() argument must be str or bytes-like, not ${typeOf(value).name}`);
  const at = (i: number): number => (i < text.length ? pointAt(text, i) : -1);
  let out = "";
  for (let i = 0; i < text.length; ) {
    const c = at(i);
    if (c === 0x20 || (c >= 9 && c <= 13)) {
      i++;
      continue;
    }
    const high = hexDigit(c);
    if (high < 0) return badHex(i);
    if (i + 1 >= text.length) return valueError("fromhex() arg must contain an even number of hexadecimal digits");
    const low = hexDigit(at(i + 1));
    if (low < 0) return badHex(i + 1);
    out += String.fromCharCode(high * 16 + low);
    i += 2;
  }
  return out;
}
const badHex = (at: number): Exc => valueError(`non-hexadecimal number found in fromhex() arg at position ${at}`);
function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lowered = c | 0x20;
  return c < 128 && lowered >= 97 && lowered <= 102 ? lowered - 87 : -1;
}

function translate(self: Bytes, table: Value, remove?: Value): Result {
  let map = "";
  if (table !== null) {
    const given = bytesLike(table);
    if (given === EXC) return EXC;
    if (given.length !== 256) return valueError("translation table must be 256 characters long");
    map = given;
  }
  const drop = remove === undefined ? "" : bytesLike(remove);
  if (drop === EXC) return EXC;
  const content = contentOf(self);
  const out = new Uint8Array(content.length);
  let length = 0;
  for (let i = 0; i < content.length; i++) {
    if (drop !== "" && drop.includes(content[i])) continue;
    const byte = content.charCodeAt(i);
    out[length++] = map === "" ? byte : map.charCodeAt(byte);
  }
  return resultFor(self, latin1FromArray(out, 0, length));
}

function makeTrans(from: Value, to: Value): Result {
  const a = bytesLike(from);
  if (a === EXC) return EXC;
  const b = bytesLike(to);
  if (b === EXC) return EXC;
  if (a.length !== b.length) return valueError("maketrans arguments must have same length");
  const table = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i));
  for (let i = 0; i < a.length; i++) table[a.charCodeAt(i)] = b[i];
  return newBytes(table.join(""));
}

function decode(self: Bytes, encoding?: Value, errors?: Value): Result {
  const codec = codecNameArg(encoding, "utf-8", "decode() argument 'encoding'");
  if (codec === EXC) return EXC;
  const handler = codecNameArg(errors, "strict", "decode() argument 'errors'");
  if (handler === EXC) return EXC;
  const content = contentOf(self);
  // Nothing is decoded to nothing, by whatever codec.
  return content === "" && !rt.devMode ? "" : decodeBytes(content, codec, handler);
}

export const textMethods = () => ({
  upper: convert(upper, "Return a copy with all ASCII characters converted to uppercase."),
  lower: convert(lower, "Return a copy with all ASCII characters converted to lowercase."),
  swapcase: convert(swapcase, "Return a copy with the case of ASCII letters swapped."),
  title: convert(title, "Return a titlecased version: ASCII words start uppercase."),
  capitalize: convert(capitalize, "Return a copy with the first character in uppercase and the rest in lowercase."),
  isalpha: test(/^[A-Za-z]+$/, "True if all bytes are ASCII letters and there is one."),
  isalnum: test(/^[A-Za-z0-9]+$/, "True if all bytes are ASCII letters or digits and there is one."),
  isdigit: test(/^[0-9]+$/, "True if all bytes are ASCII digits and there is one."),
  isspace: test(/^[ \t-\r]+$/, "True if all bytes are ASCII whitespace and there is one."),
  isascii: test(/^[\0-\x7f]*$/, "True if all bytes are below 128."),
  islower: test(/^[^A-Z]*[a-z][^A-Z]*$/, "True if there is an ASCII letter and all of them are lowercase."),
  isupper: test(/^[^a-z]*[A-Z][^a-z]*$/, "True if there is an ASCII letter and all of them are uppercase."),
  istitle: method("($self, /)", (self: Bytes) => isTitle(contentOf(self)), "True if the content is titlecased."),
  hex: method(
    "($self, /, sep=<unrepresentable>, bytes_per_sep=1)",
    (self: Bytes, sep?: Value, per?: Value) => holding(self, () => hexOf(contentOf(self), sep, per)),
    "Return a string of hexadecimal numbers, two digits a byte.",
  ),
  translate: method(
    "($self, table, /, delete=b'')",
    translate,
    "Map each byte through the table, deleting those of the second argument.",
  ),
  maketrans: staticMethod(
    "(frm, to, /)",
    makeTrans,
    "Return a translation table usable for the bytes or bytearray translate method.",
  ),
  decode: method(
    "($self, /, encoding='utf-8', errors='strict')",
    decode,
    "Decode the bytes using the codec registered for encoding.",
  ),
});
