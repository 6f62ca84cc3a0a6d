/**
 * Encodings of documents. A decoder turns bytes, which come as Latin-1 strings, into text; what it cannot decode
 * becomes U+FFFF, which no document may hold, and ends the text.
 */
import { arrayFromLatin1 } from "../../../objects/bytes.ts";

export const UNDECODABLE = "\uffff";

export interface Decoder {
  /** Upper case; the text of a declaration may only name encodings whose units have the same size. */
  readonly name: string;
  /** Bytes of the smallest unit. */
  readonly unit: number;
  decode(bytes: string): { text: string; rest: string };
  /** How many bytes `text[start, end)` takes. */
  byteLength(text: string, start: number, end: number): number;
}

const BEYOND_ASCII = /[^\0-\x7f]/;

const byUnits = (_text: string, start: number, end: number): number => end - start;

export const LATIN1: Decoder = {
  name: "ISO-8859-1",
  unit: 1,
  decode: (bytes) => ({ text: bytes, rest: "" }),
  byteLength: byUnits,
};
export const ASCII: Decoder = {
  name: "US-ASCII",
  unit: 1,
  decode(bytes) {
    const bad = bytes.search(BEYOND_ASCII);
    return { text: bad < 0 ? bytes : bytes.slice(0, bad) + UNDECODABLE, rest: "" };
  },
  byteLength: byUnits,
};

/** How many bytes the UTF-8 sequence beginning with `lead` has; 1 for what begins none. */
function sequenceLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
/** Where a sequence that is cut off at the end begins, or the length. */
function completeLength(bytes: string): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const unit = bytes.charCodeAt(bytes.length - back);
    if (unit < 0x80) break;
    if (unit >= 0xc0) return sequenceLength(unit) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeComplete(bytes: string): string {
  const array = arrayFromLatin1(bytes);
  try {
    return strict.decode(array);
  } catch {
    return decodeUntilBad(array);
  }
}
function decodeUntilBad(array: Uint8Array): string {
  // The longest decodable beginning is found sequence by sequence; this happens once a document.
  let end = 0;
  while (end < array.length) {
    const next = end + sequenceLength(array[end]);
    try {
      strict.decode(array.subarray(end, next));
    } catch {
      break;
    }
    end = next;
  }
  return strict.decode(array.subarray(0, end)) + UNDECODABLE;
}

export const UTF8: Decoder = {
  name: "UTF-8",
  unit: 1,
  decode(bytes) {
    if (!BEYOND_ASCII.test(bytes)) return { text: bytes, rest: "" };
    const length = completeLength(bytes);
    return { text: decodeComplete(bytes.slice(0, length)), rest: bytes.slice(length) };
  },
  byteLength(text, start, end) {
    let count = end - start;
    for (let i = start; i < end; i++) {
      const unit = text.charCodeAt(i);
      // A surrogate pair is two units and four bytes.
      if (unit >= 0x80) count += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
    }
    return count;
  },
};

/* @__NO_SIDE_EFFECTS__ */
function utf16(name: string, isLittle: boolean): Decoder {
  return {
    name,
    unit: 2,
    decode(bytes) {
      let text = "";
      let at = 0;
      for (; at + 1 < bytes.length; at += 2) {
        const unit = unitAt(bytes, at, isLittle);
        if (unit < 0xd800 || unit > 0xdfff) text += String.fromCharCode(unit);
        else if (unit > 0xdbff) return { text: text + UNDECODABLE, rest: "" };
        else {
          if (at + 3 >= bytes.length) break;
          const low = unitAt(bytes, at + 2, isLittle);
          if (low < 0xdc00 || low > 0xdfff) return { text: text + UNDECODABLE, rest: "" };
          text += String.fromCharCode(unit, low);
          at += 2;
        }
      }
      return { text, rest: bytes.slice(at) };
    },
    byteLength: (_text, start, end) => (end - start) * 2,
  };
}
function unitAt(bytes: string, at: number, isLittle: boolean): number {
  const first = bytes.charCodeAt(at);
  const second = bytes.charCodeAt(at + 1);
  return isLittle ? first | (second << 8) : (first << 8) | second;
}
export const UTF16LE = utf16("UTF-16LE", true);
export const UTF16BE = utf16("UTF-16BE", false);

/** An encoding with one byte a character. `characters` has one for each byte, U+FFFF where there is none. */
export function charmapDecoder(name: string, characters: string): Decoder {
  return {
    name,
    unit: 1,
    decode(bytes) {
      let text = "";
      for (let i = 0; i < bytes.length; i++) text += characters[bytes.charCodeAt(i)];
      return { text, rest: "" };
    },
    byteLength: byUnits,
  };
}

/** The decoder of one of the encodings that need no table. */
export function knownDecoder(name: string): Decoder | undefined {
  switch (name.toUpperCase()) {
    case "UTF-8":
      return UTF8;
    case "ISO-8859-1":
      return LATIN1;
    case "US-ASCII":
      return ASCII;
    case "UTF-16":
    case "UTF-16BE":
      return UTF16BE;
    case "UTF-16LE":
      return UTF16LE;
    default:
      return undefined;
  }
}

/** The encoding that a document's first bytes show; undefined: they show none. */
export function detected(bytes: string): Decoder | undefined {
  if (bytes.startsWith("\xfe\xff")) return UTF16BE;
  if (bytes.startsWith("\xff\xfe")) return UTF16LE;
  if (bytes.startsWith("\xef\xbb\xbf")) return UTF8;
  if (bytes.length >= 2 && bytes[0] === "\0") return UTF16BE;
  if (bytes.length >= 2 && bytes[1] === "\0") return UTF16LE;
  return undefined;
}
/** May further bytes still tell the encoding? */
export function isUndecided(bytes: string): boolean {
  if (bytes.length < 2) return bytes === "" || /[\0<\xef\xfe\xff]/.test(bytes);
  return bytes === "\xef\xbb";
}
