/** UTF-16 and UTF-32, with byte order marks. */
import { pointAt } from "../str/astral.ts";
import type { Decoding, Encoding } from "./coding.ts";
import { asciiOnly } from "./utf8.ts";

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
  let text = "";
  const flush = (): void => {
    d.out.push(text);
    text = "";
  };
  while (d.position < d.data.length) {
    const i = d.position;
    const rest = d.data.length - i;
    if (rest < 2) {
      if (!d.final) break;
      flush();
      if (!d.fail(i, i + 1, "truncated data")) return undefined;
      continue;
    }
    const c = unit16(d.data, i, real);
    if (c < 0xd800 || c > 0xdfff) {
      text += String.fromCharCode(c);
      d.position += 2;
      continue;
    }
    if (c >= 0xdc00) {
      flush();
      if (!d.fail(i, i + 2, "illegal encoding")) return undefined;
      continue;
    }
    if (rest < 4) {
      if (!d.final) break;
      flush();
      if (!d.fail(i, d.data.length, "unexpected end of data")) return undefined;
      continue;
    }
    const low = unit16(d.data, i + 2, real);
    flush();
    if (low < 0xdc00 || low > 0xdfff) {
      if (!d.fail(i, i + 2, "illegal UTF-16 surrogate")) return undefined;
      continue;
    }
    d.out.pushPoint(0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
    d.position += 4;
  }
  flush();
  return found;
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
  while (d.position < d.data.length) {
    const i = d.position;
    if (d.data.length - i < 4) {
      if (!d.final) break;
      if (!d.fail(i, d.data.length, "truncated data")) return undefined;
      continue;
    }
    const c = unit32(d.data, i, real);
    if (c >= 0xd800 && c <= 0xdfff) {
      if (!d.fail(i, i + 4, "code point in surrogate code point range(0xd800, 0xe000)")) return undefined;
    } else if (c > 0x10ffff) {
      if (!d.fail(i, i + 4, "code point not in range(0x110000)")) return undefined;
    } else {
      d.out.pushPoint(c);
      d.position += 4;
    }
  }
  return found;
}

const bytes16 = (c: number, order: ByteOrder): string =>
  order > 0 ? String.fromCharCode(c >> 8, c & 255) : String.fromCharCode(c & 255, c >> 8);
const bytes32 = (c: number, order: ByteOrder): string =>
  order > 0 ? bytes16(c >> 16, 1) + bytes16(c & 0xffff, 1) : bytes16(c & 0xffff, -1) + bytes16(c >> 16, -1);

/** Shared by both widths: the mark, the loop, surrogates one run at a time. */
function encodeWide(e: Encoding, order: ByteOrder, unit: number, write: (c: number, o: ByteOrder) => string): boolean {
  const { text } = e;
  if (order === 0) e.out += write(0xfeff, -1);
  const widen = (t: ReturnType<typeof asciiOnly>): string | undefined =>
    t === undefined ? undefined : [...t].map((c) => write(c.charCodeAt(0), order)).join("");
  while (e.position < text.length) {
    const i = e.position;
    const c = pointAt(text, i);
    if (c < 0xd800 || c > 0xdfff) {
      e.out += write(c, order);
      e.position++;
      continue;
    }
    let end = i + 1;
    while (end < text.length && pointAt(text, end) >= 0xd800 && pointAt(text, end) <= 0xdfff) end++;
    if (!e.fail(i, end, "surrogates not allowed", (t) => widen(asciiOnly(t)), unit)) return false;
  }
  return true;
}

export function encodeUtf16(e: Encoding, order: ByteOrder): boolean {
  return encodeWide(e, order, 2, (c, o) =>
    c < 0x10000
      ? bytes16(c, o)
      : bytes16(0xd800 + ((c - 0x10000) >> 10), o) + bytes16(0xdc00 + ((c - 0x10000) & 0x3ff), o),
  );
}
export function encodeUtf32(e: Encoding, order: ByteOrder): boolean {
  return encodeWide(e, order, 4, bytes32);
}
