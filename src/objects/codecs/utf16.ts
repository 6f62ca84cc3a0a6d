/** UTF-16 and UTF-32, with byte order marks. */
import { strFromPoints } from "../str/astral.ts";
import type { Decoding, Encoding } from "./coding.ts";
import { encodeRuns, isSurrogate } from "./utf8.ts";

/** -1 little endian, 1 big endian, 0 from the mark (decoding), native with a mark (encoding; native is little). */
export type ByteOrder = -1 | 0 | 1;

const unit16 = (data: string, i: number, order: ByteOrder): number =>
  order > 0 ? (data.charCodeAt(i) << 8) | data.charCodeAt(i + 1) : data.charCodeAt(i) | (data.charCodeAt(i + 1) << 8);
const unit32 = (data: string, i: number, order: ByteOrder): number =>
  order > 0
    ? unit16(data, i, 1) * 0x10000 + unit16(data, i + 2, 1)
    : unit16(data, i, -1) + unit16(data, i + 2, -1) * 0x10000;

/** Decodes `d.data`; gives the byte order found (0 when `order` is 0 and no mark was seen), or undefined on error. */
export function decodeUtf16(d: Decoding, order: ByteOrder): ByteOrder | undefined {
  let found = order;
  if (order === 0 && d.data.length >= 2) {
    const mark = unit16(d.data, 0, -1);
    if (mark === 0xfeff) found = -1;
    else if (mark === 0xfffe) found = 1;
    if (found !== 0) d.position = 2;
  }
  const real: ByteOrder = found > 0 ? 1 : -1;
  d.encoding = real > 0 ? "utf-16-be" : "utf-16-le";
  return decodeWide(d, real, decodeBlock16, fault16) ? found : undefined;
}
/** Bytes that are wrong, from the position on, and why; null: no more is to be decoded. */
type Fault = [length: number, reason: string] | null;

/** Blocks, and what is wrong between them; false: an exception is pending. */
function decodeWide(
  d: Decoding,
  order: ByteOrder,
  decodeBlock: (d: Decoding, order: ByteOrder) => boolean,
  faultOf: (d: Decoding, order: ByteOrder) => Fault,
): boolean {
  for (;;) {
    if (decodeBlock(d, order)) continue;
    const fault = faultOf(d, order);
    if (fault === null) return true;
    const [length, reason] = fault;
    if (!d.fail(d.position, d.position + length, reason)) return false;
  }
}
/** Decodes a block; false where something is wrong, and at the end. */
function decodeBlock16(d: Decoding, order: ByteOrder): boolean {
  const { data, points } = d;
  const to = Math.min(d.position + 2 * points.length, data.length - 1);
  let i = d.position;
  let n = 0;
  while (i < to) {
    const c = unit16(data, i, order);
    if (!isSurrogate(c)) {
      points[n++] = c;
      i += 2;
      continue;
    }
    const low = c < 0xdc00 && i + 4 <= data.length ? unit16(data, i + 2, order) : 0;
    if (low < 0xdc00 || low > 0xdfff) break;
    points[n++] = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    i += 4;
  }
  d.out.push(strFromPoints(points, 0, n));
  d.position = i;
  return i >= to && i < data.length - 1;
}
/** What may be the beginning of something is left for the next call. */
function fault16({ data, position, final }: Decoding, order: ByteOrder): Fault {
  const rest = data.length - position;
  if (rest === 0 || (rest < 2 && !final)) return null;
  if (rest < 2) return [1, "truncated data"];
  if (unit16(data, position, order) >= 0xdc00) return [2, "illegal encoding"];
  if (rest < 4 && !final) return null;
  return rest < 4 ? [rest, "unexpected end of data"] : [2, "illegal UTF-16 surrogate"];
}

export function decodeUtf32(d: Decoding, order: ByteOrder): ByteOrder | undefined {
  let found = order;
  if (order === 0 && d.data.length >= 4) {
    const mark = unit32(d.data, 0, -1);
    if (mark === 0xfeff) found = -1;
    else if (mark === 0xfffe0000) found = 1;
    if (found !== 0) d.position = 4;
  }
  const real: ByteOrder = found > 0 ? 1 : -1;
  d.encoding = real > 0 ? "utf-32-be" : "utf-32-le";
  return decodeWide(d, real, decodeBlock32, fault32) ? found : undefined;
}
function fault32({ data, position, final }: Decoding, order: ByteOrder): Fault {
  const rest = data.length - position;
  if (rest === 0 || (rest < 4 && !final)) return null;
  return rest < 4 ? [rest, "truncated data"] : [4, wrongPoint(unit32(data, position, order))];
}
/** Decodes a block; false where something is wrong, and at the end. */
function decodeBlock32(d: Decoding, order: ByteOrder): boolean {
  const { data, points } = d;
  const to = Math.min(d.position + 4 * points.length, data.length - 3);
  let i = d.position;
  let n = 0;
  for (; i < to; i += 4) {
    const c = unit32(data, i, order);
    if (isSurrogate(c) || c > 0x10ffff) break;
    points[n++] = c;
  }
  d.out.push(strFromPoints(points, 0, n));
  d.position = i;
  return i >= to && i < data.length - 3;
}
const wrongPoint = (c: number): string =>
  isSurrogate(c) ? "code point in surrogate code point range(0xd800, 0xe000)" : "code point not in range(0x110000)";

function write16(bytes: Uint8Array, at: number, c: number, order: ByteOrder): number {
  bytes[at] = order > 0 ? c >> 8 : c;
  bytes[at + 1] = order > 0 ? c : c >> 8;
  return at + 2;
}

/** Native order, which is little endian, comes with a mark. */
export function encodeUtf16(e: Encoding, order: ByteOrder): boolean {
  if (order === 0) e.out += "\xff\xfe";
  return encodeRuns(e, 2, (bytes, at, c) =>
    c < 0x10000
      ? write16(bytes, at, c, order)
      : write16(
          bytes,
          write16(bytes, at, 0xd800 + ((c - 0x10000) >> 10), order),
          0xdc00 + ((c - 0x10000) & 0x3ff),
          order,
        ),
  );
}
export function encodeUtf32(e: Encoding, order: ByteOrder): boolean {
  if (order === 0) e.out += "\xff\xfe\0\0";
  return encodeRuns(e, 4, (bytes, at, c) =>
    order > 0
      ? write16(bytes, write16(bytes, at, c >> 16, 1), c & 0xffff, 1)
      : write16(bytes, write16(bytes, at, c & 0xffff, -1), c >> 16, -1),
  );
}
