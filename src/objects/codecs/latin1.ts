/** ASCII and Latin-1: one byte a character. */
import { type Str, pointAt, strSlice } from "../str/astral.ts";
import { searchBlocks } from "../blocks.ts";
import type { Decoding, Encoding } from "./coding.ts";

export function decodeAscii(d: Decoding): boolean {
  while (d.position < d.data.length) {
    const { data } = d;
    const i = searchBlocks(d.position, data.length, (from, to) => {
      let at = from;
      while (at < to && data.charCodeAt(at) < 0x80) at++;
      return at;
    });
    d.out.push(d.data.substring(d.position, i));
    d.position = i;
    if (i < d.data.length && !d.fail(i, i + 1, "ordinal not in range(128)")) return false;
  }
  return true;
}

export const encodeAscii = (e: Encoding): boolean => encodeBelow(e, 128);
export const encodeLatin1 = (e: Encoding): boolean => encodeBelow(e, 256);

/** Encodes code points below `limit` as themselves; runs of others go to the error handler together. */
function encodeBelow(e: Encoding, limit: number): boolean {
  const { text } = e;
  const n = text.length;
  const encodeReplacement = (t: Str): string | undefined => {
    for (let i = 0; i < t.length; i++) if (pointAt(t, i) >= limit) return undefined;
    return t as string;
  };
  while (e.position < n) {
    const i = searchBlocks(e.position, n, (from, to) => {
      let at = from;
      while (at < to && pointAt(text, at) < limit) at++;
      return at;
    });
    e.out += strSlice(text, e.position, i) as string;
    e.position = i;
    if (i >= n) break;
    let end = i + 1;
    while (end < n && pointAt(text, end) >= limit) end++;
    if (!e.fail(i, end, `ordinal not in range(${limit})`, encodeReplacement)) return false;
  }
  return true;
}
