/** UTF-8 (RFC 3629). Errors follow the Unicode standard's "maximal subpart" practice, as CPython's do. */
import { type Str, isAscii, strFromPoints } from "../str/astral.ts";
import { searchBlocks } from "../blocks.ts";
import { latin1FromArray } from "../bytes.ts";
import type { Decoding, Encoding } from "./coding.ts";

/** Decodes all of `d.data`; false when an exception is pending. */
export function decodeUtf8(d: Decoding): boolean {
  for (;;) {
    decodeValid(d);
    if (d.position >= d.data.length) return true;
    const bad = classify(d.data, d.position);
    if (!d.final && (bad.incomplete || isCutSurrogate(d.data, d.position))) return true;
    if (!d.fail(d.position, d.position + bad.length, bad.reason)) return false;
  }
}

/** Two thirds of an encoded surrogate at the end: an error handler may want the last third. */
function isCutSurrogate(data: string, i: number): boolean {
  if (i + 2 !== data.length || data.charCodeAt(i) !== 0xed) return false;
  const second = data.charCodeAt(i + 1);
  return second >= 0xa0 && second <= 0xbf;
}

/** Decodes up to the first invalid sequence or the end. */
function decodeValid(d: Decoding): void {
  const { data } = d;
  const { length } = data;
  let i = d.position;
  const asciiEnd = asciiRun(data, i);
  if (asciiEnd > i) {
    d.out.push(data.substring(i, asciiEnd));
    i = asciiEnd;
  }
  if (i < length) {
    const points = new Uint32Array(length - i);
    let n = 0;
    // The last sequence of a block may end in the next one: a block is where it begins.
    let next = i;
    searchBlocks(i, length, (_, to) => {
      while (next < to) {
        const c = data.charCodeAt(next);
        const size = c < 0x80 ? 1 : sequenceLength(data, next, c);
        if (size === 0) return next;
        points[n++] = size === 1 ? c : pointOf(data, next, c, size);
        next += size;
      }
      return to;
    });
    i = next;
    if (n > 0) d.out.push(strFromPoints(points, 0, n));
  }
  d.position = i;
}

function asciiRun(data: string, from: number): number {
  return searchBlocks(from, data.length, (start, stop) => asciiRunIn(data, start, stop));
}
function asciiRunIn(data: string, from: number, to: number): number {
  let i = from;
  while (i < to && data.charCodeAt(i) < 0x80) i++;
  return i;
}

const isContinuation = (c: number): boolean => (c & 0xc0) === 0x80;

/** The smallest and greatest second byte after `c`. */
const secondMin = (c: number): number => (c === 0xe0 ? 0xa0 : c === 0xf0 ? 0x90 : 0x80);
const secondMax = (c: number): number => (c === 0xed ? 0x9f : c === 0xf4 ? 0x8f : 0xbf);
const lengthFromLead = (c: number): number => (c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c <= 0xf4 ? 4 : 0);

/** Length of the valid sequence at `i` led by `c`; 0 when invalid. charCodeAt past the end is NaN: no continuation. */
function sequenceLength(data: string, i: number, c: number): number {
  const size = lengthFromLead(c);
  if (size === 0) return 0;
  const second = data.charCodeAt(i + 1);
  if (!(second >= secondMin(c) && second <= secondMax(c))) return 0;
  if (size > 2 && !isContinuation(data.charCodeAt(i + 2))) return 0;
  if (size > 3 && !isContinuation(data.charCodeAt(i + 3))) return 0;
  return size;
}

function pointOf(data: string, i: number, c: number, size: number): number {
  const b = data.charCodeAt(i + 1) & 0x3f;
  if (size === 2) return ((c & 0x1f) << 6) | b;
  const second = data.charCodeAt(i + 2) & 0x3f;
  if (size === 3) return ((c & 0x0f) << 12) | (b << 6) | second;
  return ((c & 0x07) << 18) | (b << 12) | (second << 6) | (data.charCodeAt(i + 3) & 0x3f);
}

function classify(data: string, i: number): { length: number; reason: string; incomplete: boolean } {
  const c = data.charCodeAt(i);
  const size = lengthFromLead(c);
  if (size === 0) return { length: 1, reason: "invalid start byte", incomplete: false };
  for (let k = 1; k < size; k++) {
    if (i + k >= data.length) return { length: k, reason: "unexpected end of data", incomplete: true };
    const next = data.charCodeAt(i + k);
    const valid = k === 1 ? next >= secondMin(c) && next <= secondMax(c) : isContinuation(next);
    if (!valid) return { length: k, reason: "invalid continuation byte", incomplete: false };
  }
  return { length: 1, reason: "invalid start byte", incomplete: false };
}

const isSurrogate = (c: number): boolean => c >= 0xd800 && c <= 0xdfff;

/** Encodes all of `e.text`; false when an exception is pending. */
export function encodeUtf8(e: Encoding): boolean {
  const { text } = e;
  const n = text.length;
  const buffer = new Uint8Array(n * (typeof text === "string" ? 3 : 4));
  while (e.position < n) {
    let size = 0;
    const i = searchBlocks(e.position, n, (from, to) => {
      let at = from;
      for (; at < to; at++) {
        const c = typeof text === "string" ? text.charCodeAt(at) : text.points[at];
        if (isSurrogate(c)) break;
        size = writeUtf8(buffer, size, c);
      }
      return at;
    });
    e.out += latin1FromArray(buffer, 0, size);
    e.position = i;
    if (i >= n) break;
    let end = i + 1;
    while (end < n && isSurrogate(typeof text === "string" ? text.charCodeAt(end) : text.points[end])) end++;
    if (!e.fail(i, end, "surrogates not allowed", asciiOnly)) return false;
  }
  return true;
}

/** UTF-8, 16 and 32 take only ASCII text from error handlers. */
export function asciiOnly(text: Str): string | undefined {
  return isAscii(text) ? (text as string) : undefined;
}

/** Writes one code point; gives the position after it. */
export function writeUtf8(buffer: Uint8Array, at: number, c: number): number {
  if (c < 0x80) {
    buffer[at++] = c;
  } else if (c < 0x800) {
    buffer[at++] = 0xc0 | (c >> 6);
    buffer[at++] = 0x80 | (c & 0x3f);
  } else if (c < 0x10000) {
    buffer[at++] = 0xe0 | (c >> 12);
    buffer[at++] = 0x80 | ((c >> 6) & 0x3f);
    buffer[at++] = 0x80 | (c & 0x3f);
  } else {
    buffer[at++] = 0xf0 | (c >> 18);
    buffer[at++] = 0x80 | ((c >> 12) & 0x3f);
    buffer[at++] = 0x80 | ((c >> 6) & 0x3f);
    buffer[at++] = 0x80 | (c & 0x3f);
  }
  return at;
}
