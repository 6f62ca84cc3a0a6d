/** `unicode_escape` and `raw_unicode_escape`: Python source escapes as a codec. */
import { type Str, pointAt } from "../str/astral.ts";
import type { Decoding } from "./coding.ts";

/** The code point named `name` (UnicodeData names and aliases), or -1. */
export type NameLookup = (name: string) => number;

const SIMPLE: Readonly<Record<string, number>> = {
  "\\": 92,
  "'": 39,
  '"': 34,
  b: 8,
  f: 12,
  t: 9,
  n: 10,
  r: 13,
  v: 11,
  a: 7,
};

/** What the first invalid escape was: the caller warns. `text` is the characters after the backslash. */
export interface InvalidEscape {
  text: string;
  octal: boolean;
}

/** Decodes escapes; undefined when an exception is pending, else the first invalid escape or null. */
export function decodeUnicodeEscape(d: Decoding, lookupName: NameLookup): InvalidEscape | null | undefined {
  let invalid: InvalidEscape | null = null;
  while (d.position < d.data.length) {
    const start = d.position;
    const slash = d.data.indexOf("\\", start);
    const end = slash < 0 ? d.data.length : slash;
    if (end > start) {
      d.out.push(d.data.substring(start, end));
      d.position = end;
      continue;
    }
    if (start + 1 >= d.data.length) {
      if (!d.final) return invalid;
      if (!d.fail(start, d.data.length, "\\ at end of string")) return undefined;
      continue;
    }
    const c = d.data[start + 1];
    const simple = SIMPLE[c];
    if (simple !== undefined) {
      d.out.pushPoint(simple);
      d.position += 2;
    } else if (c === "\n") {
      d.position += 2;
    } else if (c >= "0" && c <= "7") {
      const digits = (/^[0-7]{1,3}/.exec(d.data.substring(start + 1, start + 4)) as RegExpExecArray)[0];
      const value = Number.parseInt(digits, 8);
      if (!d.final && digits.length < 3 && start + 1 + digits.length >= d.data.length) return invalid;
      if (value > 255) invalid ??= { text: digits, octal: true };
      d.out.pushPoint(value);
      d.position += 1 + digits.length;
    } else if (c === "x" || c === "u" || c === "U") {
      const status = decodeHex(d, start, c);
      if (status === undefined) return undefined;
      if (!status) return invalid;
    } else if (c === "N") {
      const status = decodeName(d, start, lookupName);
      if (status === undefined) return undefined;
      if (!status) return invalid;
    } else {
      invalid ??= { text: c, octal: false };
      d.out.push(`\\${c}`);
      d.position += 2;
    }
  }
  return invalid;
}

const HEX_SIZE = { x: 2, u: 4, U: 8 } as const;
const HEX_REASON = {
  x: "truncated \\xXX escape",
  u: "truncated \\uXXXX escape",
  U: "truncated \\UXXXXXXXX escape",
} as const;

/** False: more input is needed. */
function decodeHex(d: Decoding, start: number, kind: "x" | "u" | "U"): boolean | undefined {
  const size = HEX_SIZE[kind];
  const digits = (/^[0-9a-fA-F]*/.exec(d.data.substring(start + 2, start + 2 + size)) as RegExpExecArray)[0];
  const end = start + 2 + digits.length;
  if (digits.length < size) {
    if (!d.final && end >= d.data.length) return false;
    return d.fail(start, end, HEX_REASON[kind]) ? true : undefined;
  }
  const value = Number.parseInt(digits, 16);
  if (value > 0x10ffff) return d.fail(start, end, "illegal Unicode character") ? true : undefined;
  d.out.pushPoint(value);
  d.position = end;
  return true;
}

function decodeName(d: Decoding, start: number, lookupName: NameLookup): boolean | undefined {
  const { data } = d;
  if (data[start + 2] === "{") {
    const close = data.indexOf("}", start + 3);
    if (close > start + 3) {
      const point = lookupName(data.substring(start + 3, close));
      if (point < 0) return d.fail(start, close + 1, "unknown Unicode character name") ? true : undefined;
      d.out.pushPoint(point);
      d.position = close + 1;
      return true;
    }
    if (close < 0) {
      if (!d.final) return false;
      return d.fail(start, data.length, "malformed \\N character escape") ? true : undefined;
    }
    return d.fail(start, close, "malformed \\N character escape") ? true : undefined;
  }
  if (start + 2 >= data.length && !d.final) return false;
  return d.fail(start, start + 2, "malformed \\N character escape") ? true : undefined;
}

/** Only `\uXXXX` and `\UXXXXXXXX` are escapes, where the number of backslashes before is even. */
export function decodeRawUnicodeEscape(d: Decoding): boolean {
  while (d.position < d.data.length) {
    const start = d.position;
    const slash = d.data.indexOf("\\", start);
    if (slash !== start) {
      const end = slash < 0 ? d.data.length : slash;
      d.out.push(d.data.substring(start, end));
      d.position = end;
      continue;
    }
    if (start + 1 >= d.data.length) {
      if (!d.final) return true;
      d.out.push("\\");
      d.position++;
      continue;
    }
    const c = d.data[start + 1];
    if (c === "u" || c === "U") {
      const size = HEX_SIZE[c];
      const digits = (/^[0-9a-fA-F]*/.exec(d.data.substring(start + 2, start + 2 + size)) as RegExpExecArray)[0];
      const end = start + 2 + digits.length;
      const value = Number.parseInt(digits, 16);
      if (digits.length < size) {
        if (!d.final && end >= d.data.length) return true;
        if (!d.fail(start, end, HEX_REASON[c])) return false;
      } else if (value > 0x10ffff) {
        if (!d.fail(start, end, "\\Uxxxxxxxx out of range")) return false;
      } else {
        d.out.pushPoint(value);
        d.position = end;
      }
    } else {
      d.out.push(`\\${c}`);
      d.position += 2;
    }
  }
  return true;
}

const hex = (c: number, width: number): string => c.toString(16).padStart(width, "0");

/** `text.encode("unicode_escape")`, Latin-1. */
export function encodeUnicodeEscape(text: Str): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const c = pointAt(text, i);
    if (c === 0x5c) out += "\\\\";
    else if (c === 9) out += "\\t";
    else if (c === 10) out += "\\n";
    else if (c === 13) out += "\\r";
    else if (c >= 0x20 && c < 0x7f) out += String.fromCharCode(c);
    else if (c < 0x100) out += `\\x${hex(c, 2)}`;
    else if (c < 0x10000) out += `\\u${hex(c, 4)}`;
    else out += `\\U${hex(c, 8)}`;
  }
  return out;
}

/** `text.encode("raw_unicode_escape")`. */
export function encodeRawUnicodeEscape(text: Str): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const c = pointAt(text, i);
    out += c < 0x100 ? String.fromCharCode(c) : c < 0x10000 ? `\\u${hex(c, 4)}` : `\\U${hex(c, 8)}`;
  }
  return out;
}

/** `codecs.escape_encode`: the inside of a bytes literal. */
export function escapeBytes(data: string): string {
  let out = "";
  for (let i = 0; i < data.length; i++) {
    const c = data.charCodeAt(i);
    if (c === 0x27 || c === 0x5c) out += `\\${data[i]}`;
    else if (c === 9) out += "\\t";
    else if (c === 10) out += "\\n";
    else if (c === 13) out += "\\r";
    else out += c >= 0x20 && c < 0x7f ? data[i] : `\\x${hex(c, 2)}`;
  }
  return out;
}

/** What `unescapeBytes` gives: the bytes, or where a `\x` escape is invalid. */
export type Unescaped =
  | { bytes: string; invalid: InvalidEscape | null }
  | { invalidHexAt: number }
  | { trailing: true };

/** `codecs.escape_decode`. `errors` says what an invalid `\x` escape becomes. */
export function unescapeBytes(data: string, errors: string): Unescaped | { unknownErrors: string } {
  let out = "";
  let invalid: InvalidEscape | null = null;
  for (let i = 0; i < data.length; ) {
    const c = data[i];
    if (c !== "\\") {
      out += c;
      i++;
      continue;
    }
    if (i + 1 >= data.length) return { trailing: true };
    const kind = data[i + 1];
    const simple = SIMPLE[kind];
    if (simple !== undefined) {
      out += String.fromCharCode(simple);
      i += 2;
    } else if (kind === "\n") {
      i += 2;
    } else if (kind >= "0" && kind <= "7") {
      const digits = (/^[0-7]{1,3}/.exec(data.substring(i + 1, i + 4)) as RegExpExecArray)[0];
      const value = Number.parseInt(digits, 8);
      if (value > 255) invalid ??= { text: digits, octal: true };
      out += String.fromCharCode(value & 255);
      i += 1 + digits.length;
    } else if (kind === "x") {
      const digits = (/^[0-9a-fA-F]*/.exec(data.substring(i + 2, i + 4)) as RegExpExecArray)[0];
      if (digits.length === 2) {
        out += String.fromCharCode(Number.parseInt(digits, 16));
      } else if (errors === "strict") {
        return { invalidHexAt: i };
      } else if (errors === "replace") {
        out += "?";
      } else if (errors !== "ignore") {
        return { unknownErrors: errors };
      }
      i += 2 + digits.length;
    } else {
      invalid ??= { text: kind, octal: false };
      out += `\\${kind}`;
      i += 2;
    }
  }
  return { bytes: out, invalid };
}
