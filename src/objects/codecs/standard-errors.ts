/**
 * The standard error handlers (library reference, "Error Handlers"), as functions of the faulty range.
 * undefined: the handler cannot deal with it, the error is to be raised.
 */
import { nameOf } from "../unicode/names.ts";
import { escapePoint } from "../str/ascii.ts";
import { type Str, pointAt } from "../str/astral.ts";
import { latin1FromArray } from "../bytes.ts";
import { writeUtf8 } from "./utf8.ts";

export const STANDARD_HANDLERS = [
  "strict",
  "ignore",
  "replace",
  "xmlcharrefreplace",
  "backslashreplace",
  "namereplace",
  "surrogatepass",
  "surrogateescape",
] as const;
export type StandardHandler = (typeof STANDARD_HANDLERS)[number];

export function isStandardHandler(name: string): name is StandardHandler {
  return (STANDARD_HANDLERS as readonly string[]).includes(name);
}

export interface Decoded {
  text: Str;
  position: number;
}
export interface Encoded {
  text?: Str;
  bytes?: string;
  position: number;
}

export function handleDecoding(
  handler: StandardHandler,
  encoding: string,
  data: string,
  start: number,
  end: number,
): Decoded | undefined {
  switch (handler) {
    case "ignore":
      return { text: "", position: end };
    case "replace":
      return { text: "\ufffd", position: end };
    case "backslashreplace": {
      let text = "";
      for (let i = start; i < end; i++) text += escapePoint(data.charCodeAt(i));
      return { text, position: end };
    }
    case "surrogateescape":
      return escapeBytes(data, start, end);
    case "surrogatepass":
      return passSurrogate(encoding, data, start);
    default:
      return undefined;
  }
}

/** Up to four bytes above 127 become U+DC80…U+DCFF. */
function escapeBytes(data: string, start: number, end: number): Decoded | undefined {
  let text = "";
  for (let i = start; i < end && text.length < 4; i++) {
    const byte = data.charCodeAt(i);
    if (byte < 128) break;
    text += String.fromCharCode(0xdc00 + byte);
  }
  return text === "" ? undefined : { text, position: start + text.length };
}

export function handleEncoding(
  handler: StandardHandler,
  encoding: string,
  text: Str,
  start: number,
  end: number,
): Encoded | undefined {
  switch (handler) {
    case "ignore":
      return { text: "", position: end };
    case "replace":
      return { text: "?".repeat(end - start), position: end };
    case "backslashreplace":
      return mapPoints(text, start, end, escapePoint);
    case "xmlcharrefreplace":
      return mapPoints(text, start, end, (point) => `&#${point};`);
    case "namereplace":
      return mapPoints(text, start, end, (point) => {
        const name = nameOf(point);
        return name === undefined ? escapePoint(point) : `\\N{${name}}`;
      });
    case "surrogateescape":
      return unescapeBytes(text, start, end);
    case "surrogatepass":
      return encodeSurrogates(encoding, text, start, end);
    default:
      return undefined;
  }
}

function mapPoints(text: Str, start: number, end: number, map: (point: number) => string): Encoded {
  let out = "";
  for (let i = start; i < end; i++) out += map(pointAt(text, i));
  return { text: out, position: end };
}

function unescapeBytes(text: Str, start: number, end: number): Encoded | undefined {
  let bytes = "";
  for (let i = start; i < end; i++) {
    const point = pointAt(text, i);
    if (point < 0xdc80 || point > 0xdcff) return undefined;
    bytes += String.fromCharCode(point - 0xdc00);
  }
  return { bytes, position: end };
}

/** Where in `text[start, end)` surrogateescape gives up. */
export function firstNotEscaped(text: Str, start: number, end: number): number {
  let i = start;
  while (i < end && pointAt(text, i) >= 0xdc80 && pointAt(text, i) <= 0xdcff) i++;
  return i;
}

type Form = "utf-8" | "utf-16-le" | "utf-16-be" | "utf-32-le" | "utf-32-be";
/** The Unicode encoding that `encoding` names, for surrogatepass. */
function unicodeForm(encoding: string): Form | undefined {
  const match = /^utf[-_]?(8|16|32)(?:[-_]?(le|be))?$/i.exec(encoding);
  if (match === null) return /^cp[-_]?65001$/i.test(encoding) ? "utf-8" : undefined;
  if (match[1] === "8") return match[2] === undefined ? "utf-8" : undefined;
  return `utf-${match[1]}-${(match[2] ?? "le").toLowerCase()}` as Form;
}

const isSurrogate = (point: number): boolean => point >= 0xd800 && point <= 0xdfff;

function encodeSurrogates(encoding: string, text: Str, start: number, end: number): Encoded | undefined {
  const form = unicodeForm(encoding);
  if (form === undefined) return undefined;
  let bytes = "";
  for (let i = start; i < end; i++) {
    const point = pointAt(text, i);
    if (!isSurrogate(point)) return undefined;
    bytes += surrogateBytes(form, point);
  }
  return { bytes, position: end };
}
function surrogateBytes(form: Form, point: number): string {
  const high = String.fromCharCode(point >> 8);
  const low = String.fromCharCode(point & 255);
  switch (form) {
    case "utf-8": {
      const buffer = new Uint8Array(3);
      return latin1FromArray(buffer, 0, writeUtf8(buffer, 0, point));
    }
    case "utf-16-le":
      return low + high;
    case "utf-16-be":
      return high + low;
    case "utf-32-le":
      return `${low}${high}\0\0`;
    case "utf-32-be":
      return `\0\0${high}${low}`;
  }
}

function passSurrogate(encoding: string, data: string, start: number): Decoded | undefined {
  const form = unicodeForm(encoding);
  if (form === undefined) return undefined;
  const at = (i: number): number => data.charCodeAt(start + i);
  const size = form === "utf-8" ? 3 : form.startsWith("utf-16") ? 2 : 4;
  if (start + size > data.length) return undefined;
  let point = 0;
  switch (form) {
    case "utf-8":
      if ((at(0) & 0xf0) === 0xe0 && (at(1) & 0xc0) === 0x80 && (at(2) & 0xc0) === 0x80) {
        point = ((at(0) & 0x0f) << 12) | ((at(1) & 0x3f) << 6) | (at(2) & 0x3f);
      }
      break;
    case "utf-16-le":
      point = at(0) | (at(1) << 8);
      break;
    case "utf-16-be":
      point = (at(0) << 8) | at(1);
      break;
    case "utf-32-le":
      point = at(0) + at(1) * 0x100 + at(2) * 0x10000 + at(3) * 0x1000000;
      break;
    case "utf-32-be":
      point = at(3) + at(2) * 0x100 + at(1) * 0x10000 + at(0) * 0x1000000;
  }
  return isSurrogate(point) ? { text: String.fromCharCode(point), position: start + size } : undefined;
}
