/** UTF-8 (RFC 3629). Errors follow the Unicode standard's "maximal subpart" practice, as CPython's do. */
import { type Str, isAscii, pointAt, strFromPoints } from "../str/astral.ts";
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
  const asciiEnd = asciiRun(d.data, d.position);
  if (asciiEnd > d.position) d.out.push(d.data.substring(d.position, asciiEnd));
  d.position = asciiEnd;
  while (d.position < d.data.length && decodeBlock(d));
}
/** Decodes the sequences that begin in a block; false at an invalid one and at the end. */
function decodeBlock(d: Decoding): boolean {
  const { data, points } = d;
  const to = Math.min(d.position + points.length, data.length);
  let i = d.position;
  let n = 0;
  while (i < to) {
    const c = data.charCodeAt(i);
    const size = c < 0x80 ? 1 : sequenceLength(data, i, c);
    if (size === 0) break;
    points[n++] = size === 1 ? c : pointOf(data, i, c, size);
    i += size;
  }
  if (n > 0) d.out.push(strFromPoints(points, 0, n));
  d.position = i;
  return i >= to && i < data.length;
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

export const isSurrogate = (c: number): boolean => c >= 0xd800 && c <= 0xdfff;

/** Encodes all of `e.text`; false when an exception is pending. */
export function encodeUtf8(e: Encoding): boolean {
  return encodeRuns(e, 1, writeUtf8);
}

/** What writes a code point into bytes, and gives the position after it. */
export type WritePoint = (bytes: Uint8Array, at: number, point: number) => number;

/** Encodes all but surrogates, which go to the error handler a run at a time; `unit`: bytes of an ASCII character. */
export function encodeRuns(e: Encoding, unit: number, write: WritePoint): boolean {
  const { text } = e;
  while (e.position < text.length) {
    if (encodeBlock(e, write)) continue;
    if (e.position >= text.length) break;
    let end = e.position + 1;
    while (end < text.length && isSurrogate(pointAt(text, end))) end++;
    const replace = (t: Str): string | undefined => (isAscii(t) ? encodeReplacement(t as string, write) : undefined);
    if (!e.fail(e.position, end, "surrogates not allowed", replace, unit)) return false;
  }
  return true;
}
/** Encodes a block; false at a surrogate. */
function encodeBlock(e: Encoding, write: WritePoint): boolean {
  const { text, bytes } = e;
  const to = Math.min(e.position + bytes.length / 4, text.length);
  let i = e.position;
  let size = 0;
  for (; i < to; i++) {
    const c = pointAt(text, i);
    if (isSurrogate(c)) break;
    size = write(bytes, size, c);
  }
  e.out += latin1FromArray(bytes, 0, size);
  e.position = i;
  return i === to;
}
/** UTF-8, 16 and 32 take only ASCII text from error handlers. */
function encodeReplacement(text: string, write: WritePoint): string {
  const bytes = new Uint8Array(4 * text.length);
  let size = 0;
  for (let i = 0; i < text.length; i++) size = write(bytes, size, text.charCodeAt(i));
  return latin1FromArray(bytes, 0, size);
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
