/** Bytes seen as ASCII text and as hexadecimal: upper, isalpha, hex, fromhex, decode, translate … */
import { EXC, type Result, type Value } from "../core.ts";
import { foldBlocks } from "../blocks.ts";
import { bytesLike } from "../buffer.ts";
import { arrayFromLatin1, latin1FromArray, latin1FromUnits, newBytes } from "../bytes.ts";
import { decodeBytes } from "../codecs/codecs.ts";
import { rt } from "../runtime.ts";
import { valueError } from "../errors.ts";
import { type NativeDef, method, staticMethod } from "../native.ts";
import { codecNameArg } from "../str/args.ts";
import { type Bytes, contentOf, holding, resultFor } from "./args.ts";
import { hexOf } from "./hex.ts";

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
  return resultFor(self, drop === "" && map === "" ? content : mapBytes(content, map, drop));
}
/** Each byte through `map`, if it is not empty, without those of `drop`. */
function mapBytes(content: string, map: string, drop: string): string {
  if (content.length < FEW) return mapFew(content, map, drop);
  const table = new Int16Array(256);
  for (let i = 0; i < 256; i++) table[i] = map === "" ? i : map.charCodeAt(i);
  for (let i = 0; i < drop.length; i++) table[drop.charCodeAt(i)] = DROPPED;
  const bytes = arrayFromLatin1(content);
  // What is kept goes to where the bytes came from, never ahead of them.
  const length = foldBlocks(bytes.length, 0, (end, from, to) => mapBlock(bytes, table, end, from, to));
  return latin1FromArray(bytes, 0, length);
}
const DROPPED = -1;
/** Fewer bytes than the table would have entries. */
const FEW = 256;
function mapFew(content: string, map: string, drop: string): string {
  const units: number[] = [];
  for (let i = 0; i < content.length; i++) {
    const byte = content.charCodeAt(i);
    if (drop === "" || !drop.includes(content[i])) units.push(map === "" ? byte : map.charCodeAt(byte));
  }
  return latin1FromUnits(units);
}
function mapBlock(bytes: Uint8Array, table: Int16Array, start: number, from: number, to: number): number {
  let end = start;
  for (let i = from; i < to; i++) {
    const byte = table[bytes[i]];
    bytes[end] = byte;
    if (byte !== DROPPED) end++;
  }
  return end;
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
