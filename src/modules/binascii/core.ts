/** The conversions of binascii: base64 and uuencode, on arrays of bytes. Quoted-printable: `quopri.ts`. */

import { BLOCK, forBlocks } from "../../objects/blocks.ts";

/** `binascii.Error` to be, with its message. */
export class BinasciiError {
  constructor(readonly message: string) {}
}
const fail = (message: string): never => {
  throw new BinasciiError(message);
};

const NO_DIGIT = 255;
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const TO_BASE64 = Uint8Array.from(BASE64, (c) => c.charCodeAt(0));
const FROM_BASE64 = inverse(TO_BASE64);
const PAD = 61;

/** From the digits to their numbers. */
/* @__NO_SIDE_EFFECTS__ */
function inverse(digits: Uint8Array): Uint8Array {
  const numbers = new Uint8Array(256).fill(NO_DIGIT);
  for (let i = 0; i < digits.length; i++) numbers[digits[i]] = i;
  return numbers;
}

/** The 24 bits of the four digits at `at`; -1 where not all are digits. */
function groupAt(content: Uint8Array, at: number): number {
  const a = FROM_BASE64[content[at]];
  const b = FROM_BASE64[content[at + 1]];
  const c = FROM_BASE64[content[at + 2]];
  const d = FROM_BASE64[content[at + 3]];
  return (a | b | c | d) > 63 ? -1 : (a << 18) | (b << 12) | (c << 6) | d;
}

/** Writes the bytes of the groups at `from`, up to `to` or the first that has something else; gives where it ended. */
function decodeGroups(content: Uint8Array, from: number, to: number, result: Uint8Array, start: number): number {
  let out = start;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const group = groupAt(content, i);
    if (group < 0) break;
    result[out] = group >> 16;
    result[out + 1] = (group >> 8) & 255;
    result[out + 2] = group & 255;
    out += 3;
  }
  return i;
}

export function b2aBase64(content: Uint8Array, newline: boolean): Uint8Array {
  const { length } = content;
  const result = new Uint8Array(Math.ceil(length / 3) * 4 + (newline ? 1 : 0));
  const i = length - (length % 3);
  let out = (i / 3) * 4;
  forBlocks(0, i, (from, to) => encodeGroups(content, from, to, result));
  if (i < length) {
    const hasTwo = i + 1 < length;
    const bits = (content[i] << 16) | (hasTwo ? content[i + 1] << 8 : 0);
    result[out++] = TO_BASE64[bits >> 18];
    result[out++] = TO_BASE64[(bits >> 12) & 63];
    result[out++] = hasTwo ? TO_BASE64[(bits >> 6) & 63] : PAD;
    result[out++] = PAD;
  }
  if (newline) result[out] = 10;
  return result;
}

/** The digits of whole groups of three bytes; a block begins with a group. */
function encodeGroups(content: Uint8Array, from: number, to: number, result: Uint8Array): void {
  let out = (from / 3) * 4;
  for (let i = from; i < to; i += 3) {
    const bits = (content[i] << 16) | (content[i + 1] << 8) | content[i + 2];
    result[out] = TO_BASE64[bits >> 18];
    result[out + 1] = TO_BASE64[(bits >> 12) & 63];
    result[out + 2] = TO_BASE64[(bits >> 6) & 63];
    result[out + 3] = TO_BASE64[bits & 63];
    out += 4;
  }
}

/** Characters outside the alphabet are skipped unless `strict`, and padding then matters at the end only. */
export function a2bBase64(content: Uint8Array, strict: boolean): Uint8Array {
  const { length } = content;
  const result = new Uint8Array(Math.floor((length + 3) / 4) * 3);
  let out = 0;
  let position = 0;
  let bits = 0;
  let pads = 0;
  for (let i = 0; i < length; i++) {
    // Most of it is groups of four digits.
    while (position === 0 && pads === 0 && i + 4 <= length) {
      const end = decodeGroups(content, i, Math.min(i + BLOCK, length), result, out);
      if (end === i) break;
      out += ((end - i) / 4) * 3;
      i = end;
    }
    if (i === length) break;
    const unit = content[i];
    if (unit === PAD) {
      if (strict) {
        if (position === 0) fail(i === 0 ? "Leading padding not allowed" : "Excess padding not allowed");
        if (position === 1) break;
        if (position + pads >= 4) fail("Excess padding not allowed");
      }
      pads++;
      continue;
    }
    const digit = FROM_BASE64[unit];
    if (digit === NO_DIGIT) {
      if (strict) fail("Only base64 data is allowed");
      continue;
    }
    if (strict && pads > 0)
      fail(position + pads === 4 ? "Excess data after padding" : "Discontinuous padding not allowed");
    pads = 0;
    bits = (bits << 6) | digit;
    position++;
    if (position === 4) {
      result[out++] = bits >> 16;
      result[out++] = (bits >> 8) & 255;
      result[out++] = bits & 255;
      position = 0;
      bits = 0;
    }
  }
  if (position === 1) {
    const count = (out / 3) * 4 + 1;
    fail(`Invalid base64-encoded string: number of data characters (${count}) cannot be 1 more than a multiple of 4`);
  }
  if (position > 0) {
    if (position + pads < 4) fail("Incorrect padding");
    if (position === 2) result[out++] = bits >> 4;
    else {
      result[out++] = bits >> 10;
      result[out++] = (bits >> 2) & 255;
    }
  }
  return result.subarray(0, out);
}

const SPACE = 32;
const BACKTICK = 96;

/** One line of uuencoded data. */
export function b2aUu(data: Uint8Array, backtick: boolean): Uint8Array {
  if (data.length > 45) fail("At most 45 bytes at once");
  const digit = (value: number): number => (value === 0 && backtick ? BACKTICK : value + SPACE);
  const result = new Uint8Array(2 + Math.ceil(data.length / 3) * 4);
  let out = 0;
  result[out++] = digit(data.length);
  for (let i = 0; i < data.length; i += 3) {
    const bits = (data[i] << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) result[out++] = digit((bits >> shift) & 63);
  }
  result[out] = 10;
  return result;
}

export function a2bUu(data: Uint8Array): Uint8Array {
  if (data.length === 0) fail("Missing length byte");
  const result = new Uint8Array((data[0] - SPACE) & 63);
  let at = 1;
  let bits = 0;
  let have = 0;
  for (let out = 0; out < result.length; at++) {
    const unit = at < data.length ? data[at] : 10;
    let value = 0;
    // Trailing spaces may have been lost on the way.
    if (unit !== 10 && unit !== 13) {
      if (unit < SPACE || unit > BACKTICK) fail("Illegal char");
      value = (unit - SPACE) & 63;
    }
    bits = ((bits << 6) | value) & 0xffff;
    have += 6;
    if (have >= 8) {
      have -= 8;
      result[out++] = (bits >> have) & 255;
    }
  }
  for (; at < data.length; at++) {
    const unit = data[at];
    if (unit !== SPACE && unit !== BACKTICK && unit !== 10 && unit !== 13) fail("Trailing garbage");
  }
  return result;
}
