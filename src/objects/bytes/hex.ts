/** Hexadecimal text of bytes, and the way back. */
import { EXC, type Exc, type Result, type Value } from "../core.ts";
import { forBlocks, searchBlocks } from "../blocks.ts";
import { bytesLike, hasBuffer } from "../buffer.ts";
import { PyBytes, arrayFromLatin1, latin1FromArray } from "../bytes.ts";
import { typeError, valueError } from "../errors.ts";
import { asInt32 } from "../protocol/convert.ts";
import { length } from "../protocol/object.ts";
import { type Str, pointAt } from "../str/astral.ts";
import { typeOf } from "../types.ts";
import { strValue } from "../values.ts";

const HEX = Uint8Array.from("0123456789abcdef", (c) => c.charCodeAt(0));
/** Both digits of each byte, as they lie in memory. */
const PAIRS = pairsOf(HEX);

/* @__NO_SIDE_EFFECTS__ */
function pairsOf(hex: Uint8Array): Uint16Array {
  const pairs = new Uint16Array(256);
  const digits = new Uint8Array(pairs.buffer);
  for (let i = 0; i < 256; i++) {
    digits[2 * i] = hex[i >> 4];
    digits[2 * i + 1] = hex[i & 15];
  }
  return pairs;
}

/** Lower-case hex digits, `separator` (one unit, or empty) between groups; negative sizes count from the left. */
export function hexDigits(content: string, separator = "", groupSize = 1): string {
  const { length: count } = content;
  const size = Math.abs(groupSize);
  const grouped = separator !== "" && size !== 0 && size < count;
  const unit = separator.charCodeAt(0);
  // The group at the start is the short one when counting from the right.
  let left = groupSize > 0 && count % size !== 0 ? count % size : size;
  const result = new Uint8Array(count * 2 + (grouped ? Math.ceil(count / size) - 1 : 0));
  if (!grouped) {
    const bytes = arrayFromLatin1(content);
    const pairs = new Uint16Array(result.buffer);
    forBlocks(0, count, (from, to) => writeHex(bytes, from, to, pairs));
    return latin1FromArray(result);
  }
  let out = 0;
  for (let i = 0; i < count; i++) {
    if (left === 0) {
      result[out++] = unit;
      left = size;
    }
    left--;
    const byte = content.charCodeAt(i);
    result[out++] = HEX[byte >> 4];
    result[out++] = HEX[byte & 15];
  }
  return latin1FromArray(result);
}

// Arrays and not strings: V8 asks at each unit what sort of string it is.
function writeHex(bytes: Uint8Array, from: number, to: number, pairs: Uint16Array): void {
  for (let i = from; i < to; i++) pairs[i] = PAIRS[bytes[i]];
}

/** `content.hex(sep, bytes_per_sep)`, for memoryview too. */
export function hexOf(content: string, sep: Value | undefined, perSep: Value | undefined): Result {
  const group = perSep === undefined ? 1 : asInt32(perSep);
  if (group === EXC) return EXC;
  if (sep === undefined) return hexDigits(content);
  const size = length(sep);
  if (size === EXC) return EXC;
  if (size !== 1) return valueError("sep must be length 1.");
  const text = strValue(sep);
  const point = text !== undefined ? pointAt(text, 0) : sep instanceof PyBytes ? sep.latin1.charCodeAt(0) : -1;
  if (point < 0) return typeError("sep must be str or bytes.");
  if (point > 127) return valueError("sep must be ASCII.");
  return hexDigits(content, String.fromCharCode(point), group);
}

const NO_DIGIT = 255;
const VALUES = new Uint8Array(256).fill(NO_DIGIT);
for (let i = 0; i < 16; i++) {
  VALUES[HEX[i]] = i;
  if (i > 9) VALUES[HEX[i] - 32] = i;
}

/** The bytes of an even number of hex digits; undefined where something else is among them. */
export function fromHexDigits(text: string): string | undefined {
  if (/[^\0-\x7f]/.test(text)) return undefined;
  const digits = arrayFromLatin1(text);
  const result = new Uint8Array(text.length >> 1);
  const end = searchBlocks(0, result.length, (from, to) => readHex(digits, from, to, result));
  return end < result.length ? undefined : latin1FromArray(result);
}
/** Writes bytes `from` to `to`; gives the first that has something else than digits, or `to`. */
function readHex(digits: Uint8Array, from: number, to: number, result: Uint8Array): number {
  for (let i = from; i < to; i++) {
    const high = VALUES[digits[i * 2]];
    const low = VALUES[digits[i * 2 + 1]];
    if ((high | low) > 15) return i;
    const byte = (high << 4) | low;
    result[i] = byte;
  }
  return to;
}

/** The bytes that hexadecimal text means; ASCII whitespace between bytes is skipped. */
export function bytesFromHex(value: Value): string | Exc {
  const text = strValue(value) ?? (hasBuffer(value) ? bytesLike(value) : undefined);
  if (text === EXC) return EXC;
  if (text === undefined) return typeError(`fromhex() argument must be str or bytes-like, not ${typeOf(value).name}`);
  const plain = typeof text === "string" && text.length % 2 === 0 ? fromHexDigits(text) : undefined;
  return plain ?? spacedHex(text);
}
function spacedHex(text: Str): string | Exc {
  const at = (i: number): number => (i < text.length ? pointAt(text, i) : -1);
  const digitAt = (i: number): number => {
    const point = at(i);
    return point >= 0 && point < 256 ? VALUES[point] : NO_DIGIT;
  };
  const out = new Uint8Array(text.length >> 1);
  let count = 0;
  for (let i = 0; i < text.length; ) {
    const c = at(i);
    if (c === 0x20 || (c >= 9 && c <= 13)) {
      i++;
      continue;
    }
    const high = digitAt(i);
    if (high === NO_DIGIT) return badHex(i);
    if (i + 1 >= text.length) return valueError("fromhex() arg must contain an even number of hexadecimal digits");
    const low = digitAt(i + 1);
    if (low === NO_DIGIT) return badHex(i + 1);
    out[count++] = high * 16 + low;
    i += 2;
  }
  return latin1FromArray(out, 0, count);
}
const badHex = (at: number): Exc => valueError(`non-hexadecimal number found in fromhex() arg at position ${at}`);
