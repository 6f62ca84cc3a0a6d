/** UTF-8 with surrogates let through ("surrogatepass"), as pickles hold text. */
import { EXC, type Exc } from "../../objects/core.ts";
import { decodeBytes } from "../../objects/codecs/codecs.ts";
import { writeUtf8 } from "../../objects/codecs/utf8.ts";
import { pointAt, type Str } from "../../objects/str/astral.ts";

/** Is every unit of `text` below 128? */
export function isPlain(text: string, start = 0, end = text.length): boolean {
  for (let i = start; i < end; i++) if (text.charCodeAt(i) >= 0x80) return false;
  return true;
}

export function utf8(text: Str): Uint8Array {
  const { length } = text;
  const buffer = new Uint8Array(length * (typeof text === "string" ? 3 : 4));
  let size = 0;
  for (let i = 0; i < length; i++) size = writeUtf8(buffer, size, pointAt(text, i));
  return buffer.subarray(0, size);
}

/** The text of `data[start, end)`, Latin-1 units. */
export function decodeUtf8Slice(data: string, start: number, end: number): Str | Exc {
  const part = data.substring(start, end);
  if (isPlain(part)) return part;
  const text = decodeBytes(part, "utf-8", "surrogatepass");
  return text === EXC ? EXC : text;
}

/** What protocol 0 writes for a str: raw-unicode-escape, and the characters that would end or spoil the line. */
export function rawUnicodeEscape(text: Str): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const c = pointAt(text, i);
    if (c >= 0x10000) out += `\\U${c.toString(16).padStart(8, "0")}`;
    else if (c >= 256 || c === 0x5c || c === 0 || c === 10 || c === 13 || c === 0x1a)
      out += `\\u${c.toString(16).padStart(4, "0")}`;
    else out += String.fromCharCode(c);
  }
  return out;
}
