/** UTF-7 (RFC 2152), with CPython's choices: which characters are written directly, and its error reasons. */
import { pointAt } from "../str/astral.ts";
import type { Decoding, Encoding } from "./coding.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const isBase64 = (c: number): boolean => c < 128 && ALPHABET.includes(String.fromCharCode(c));
const DIRECT = /[A-Za-z0-9'(),\-./:?\s!"#$%&*;<=>@[\]^_`{|}]/;
/** Written as itself: sets D and O of the RFC and whitespace, except what would be ambiguous. */
const isDirect = (c: number): boolean =>
  c > 0 &&
  c < 128 &&
  c !== 0x0b &&
  c !== 0x0c &&
  c !== 0x2b &&
  c !== 0x5c &&
  c !== 0x7e &&
  DIRECT.test(String.fromCharCode(c));
/** May follow base64 data without a closing "-" when decoding: everything ASCII but "+"… is direct. */
const decodesDirectly = (c: number): boolean => c <= 127 && c !== 0x2b;

export function encodeUtf7(e: Encoding): boolean {
  let inShift = false;
  let bits = 0;
  let buffer = 0;
  const put = (unit: number): void => {
    buffer = (buffer << 16) | unit;
    bits += 16;
    while (bits >= 6) {
      e.out += ALPHABET[(buffer >> (bits - 6)) & 63];
      bits -= 6;
    }
    buffer &= (1 << bits) - 1;
  };
  const flush = (): void => {
    if (bits > 0) e.out += ALPHABET[(buffer << (6 - bits)) & 63];
    bits = 0;
    buffer = 0;
  };
  const { text } = e;
  for (let i = 0; i < text.length; i++) {
    const c = pointAt(text, i);
    if (inShift && isDirect(c)) {
      flush();
      inShift = false;
      if (isBase64(c) || c === 0x2d) e.out += "-";
      e.out += String.fromCharCode(c);
      continue;
    }
    if (!inShift) {
      if (c === 0x2b) {
        e.out += "+-";
        continue;
      }
      if (isDirect(c)) {
        e.out += String.fromCharCode(c);
        continue;
      }
      e.out += "+";
      inShift = true;
    }
    if (c >= 0x10000) {
      put(0xd800 + ((c - 0x10000) >> 10));
      put(0xdc00 + ((c - 0x10000) & 0x3ff));
    } else put(c);
  }
  flush();
  if (inShift) e.out += "-";
  return true;
}

/** Decodes all of `d.data`; with `d.final` false, stops before an unfinished base64 section. */
export function decodeUtf7(d: Decoding): boolean {
  let inShift = false;
  let shiftStart = 0;
  let surrogate = 0;
  let bits = 0;
  let buffer = 0;
  let pending: number[] = [];
  const flush = (): void => {
    for (const p of pending) d.out.pushPoint(p);
    pending = [];
  };
  const fail = (start: number, end: number, reason: string): boolean => {
    flush();
    return d.fail(start, end, reason);
  };
  while (d.position < d.data.length) {
    const at = d.position;
    const c = d.data.charCodeAt(at);
    if (inShift) {
      if (isBase64(c)) {
        buffer = ((buffer << 6) | ALPHABET.indexOf(String.fromCharCode(c))) & 0x3fffff;
        bits += 6;
        d.position++;
        if (bits >= 16) {
          const unit = (buffer >> (bits - 16)) & 0xffff;
          bits -= 16;
          buffer &= (1 << bits) - 1;
          if (surrogate !== 0) {
            if (unit >= 0xdc00 && unit <= 0xdfff) {
              pending.push(0x10000 + ((surrogate - 0xd800) << 10) + (unit - 0xdc00));
              surrogate = 0;
              continue;
            }
            pending.push(surrogate);
            surrogate = 0;
          }
          if (unit >= 0xd800 && unit <= 0xdbff) surrogate = unit;
          else pending.push(unit);
        }
        continue;
      }
      inShift = false;
      if (bits > 0) {
        const rest =
          bits >= 6
            ? "partial character in base64 sequence"
            : buffer !== 0
              ? "non-zero padding bits in base64 sequence"
              : "";
        if (rest !== "") {
          d.position++;
          bits = 0;
          buffer = 0;
          surrogate = 0;
          if (!fail(shiftStart, at + 1, rest)) return false;
          continue;
        }
      }
      if (surrogate !== 0 && decodesDirectly(c)) pending.push(surrogate);
      surrogate = 0;
      bits = 0;
      buffer = 0;
      if (c === 0x2d) d.position++;
      continue;
    }
    if (c === 0x2b) {
      flush();
      shiftStart = at;
      d.position++;
      const next = d.data.charCodeAt(at + 1);
      if (next === 0x2d) {
        d.position++;
        pending.push(0x2b);
      } else if (at + 1 < d.data.length && !isBase64(next)) {
        d.position++;
        if (!fail(shiftStart, at + 2, "ill-formed sequence")) return false;
      } else {
        inShift = true;
        surrogate = 0;
        bits = 0;
        buffer = 0;
      }
    } else if (decodesDirectly(c)) {
      d.position++;
      pending.push(c);
    } else {
      if (!fail(at, at + 1, "unexpected special character")) return false;
    }
  }
  if (inShift && !d.final) {
    // The base64 section so far is decoded again when more input has come.
    pending = [];
    d.position = shiftStart;
  } else if (inShift) {
    if (surrogate !== 0 || bits >= 6 || (bits > 0 && buffer !== 0)) {
      if (!fail(shiftStart, d.data.length, "unterminated shift sequence")) return false;
      return d.position < d.data.length ? decodeUtf7(d) : true;
    }
  }
  flush();
  return true;
}
