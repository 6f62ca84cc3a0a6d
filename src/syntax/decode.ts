/**
 * Source files: from bytes to text (PEP 263). UTF-8 and the single-byte encodings in common use are decoded here;
 * any other is left to a decoder the caller brings, since the front end knows no codecs.
 */
import { PySyntaxError } from "./errors.ts";
import { SINGLE_BYTE } from "./single-byte.ts";

/** Decodes by the codec `encoding`; null if it is unknown, a text instead of a result if the bytes are invalid. */
export type SourceDecoder = (encoding: string, bytes: Uint8Array) => string | { error: string } | null;

export interface DecodeOptions {
  /** The bytes are a script being run, not given to `compile()`: messages name the file. */
  isFile?: boolean;
  decoder?: SourceDecoder;
}

/** The text of a source file, without byte order mark. Throws a `PySyntaxError` if it cannot be decoded. */
export function decodeSource(bytes: Uint8Array, filename: string, options: DecodeOptions = {}): string {
  const nul = bytes.indexOf(0);
  if (nul >= 0) failNull(bytes, filename, options, nul);
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const cookie = findCookie(body);
  const encoding = cookie === null ? "utf-8" : normaliseEncoding(cookie.name);
  if (bom && encoding !== "utf-8") failBom(encoding, cookie as Cookie, filename);
  if (encoding === "utf-8") return decodeUtf8(body, filename, options);
  const text = decodeNamed(encoding, cookie as Cookie, body, options);
  if (typeof text === "string") return text;
  throw new PySyntaxError("SyntaxError", text.error, filename, 0, -1, null, null, null);
}

interface Cookie {
  name: string;
  line: number;
  text: string;
}

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;
const BLANK = /^[ \t\f]*(?:#.*)?$/;

/** The encoding declared in one of the first two lines; a line of code before it ends the search. */
function findCookie(bytes: Uint8Array): Cookie | null {
  let start = 0;
  for (let line = 1; line <= 2; line++) {
    let end = start;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
    const text = latin1(bytes.subarray(start, end));
    const match = COOKIE.exec(text);
    if (match !== null) return { name: match[1], line, text };
    if (!BLANK.test(text)) return null;
    start = bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1;
  }
  return null;
}

/** CPython's own shortening: names beginning with `utf-8` or a Latin-1 alias count as those. */
function normaliseEncoding(name: string): string {
  const start = name.slice(0, 12).toLowerCase().replaceAll("_", "-");
  if (start === "utf-8" || start.startsWith("utf-8-")) return "utf-8";
  for (const alias of ["latin-1", "iso-8859-1", "iso-latin-1"])
    if (start === alias || start.startsWith(`${alias}-`)) return "iso-8859-1";
  return name;
}

function latin1(bytes: Uint8Array): string {
  let out = "";
  for (let start = 0; start < bytes.length; start += 8192)
    out += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return out;
}

// ── failures ───────────────────────────────────────────────────────────────────────────────────────────────

function failNull(bytes: Uint8Array, filename: string, options: DecodeOptions, at: number): never {
  if (options.isFile !== true)
    throw new PySyntaxError("SyntaxError", "source code string cannot contain null bytes", filename, 0, 0, 0, 0, null);
  let line = 1;
  let start = 0;
  for (let index = 0; index < at; index++) {
    if (bytes[index] !== 10) continue;
    line++;
    start = index + 1;
  }
  throw new PySyntaxError(
    "SyntaxError",
    "source code cannot contain null bytes",
    filename,
    line,
    at - start,
    line,
    at - start,
    latin1(bytes.subarray(start, at)),
  );
}

function failBom(encoding: string, cookie: Cookie, filename: string): never {
  throw new PySyntaxError(
    "SyntaxError",
    `encoding problem: ${encoding} with BOM`,
    filename,
    cookie.line,
    0,
    cookie.line,
    cookie.text.length,
    cookie.text,
  );
}

/** The first invalid byte of the source: PEP 263 asks for an encoding declaration. */
function failUtf8(bytes: Uint8Array, at: number, filename: string, options: DecodeOptions): never {
  let line = 1;
  let start = 0;
  for (let index = 0; index < at; index++) {
    if (bytes[index] !== 10 && !(bytes[index] === 13 && bytes[index + 1] !== 10)) continue;
    line++;
    start = index + 1;
  }
  let end = at;
  while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
  const before = replaceUtf8(bytes.subarray(start, at));
  const column = Array.from(before).length + 1;
  const where = options.isFile === true ? ` in file ${filename}` : "";
  const byte = bytes[at].toString(16).padStart(2, "0");
  const msg = `Non-UTF-8 code starting with '\\x${byte}'${where} on line ${line}, but no encoding declared; see https://peps.python.org/pep-0263/ for details`;
  throw new PySyntaxError(
    "SyntaxError",
    msg,
    filename,
    line,
    column,
    line,
    column,
    replaceUtf8(bytes.subarray(start, end)),
  );
}

// ── UTF-8 ──────────────────────────────────────────────────────────────────────────────────────────────────

function decodeUtf8(bytes: Uint8Array, filename: string, options: DecodeOptions): string {
  const out: string[] = [];
  const bad = utf8Into(bytes, out);
  if (bad >= 0) failUtf8(bytes, bad, filename, options);
  return out.join("");
}

const CHUNK = 4096;

/** Decodes into pieces of text; returns the index of the first byte that begins no valid sequence, or -1. */
function utf8Into(bytes: Uint8Array, out: string[]): number {
  const units = new Uint16Array(CHUNK + 2);
  let count = 0;
  let index = 0;
  while (index < bytes.length) {
    if (count >= CHUNK) {
      out.push(String.fromCharCode.apply(null, units.subarray(0, count) as unknown as number[]));
      count = 0;
    }
    const byte = bytes[index];
    if (byte < 0x80) {
      units[count++] = byte;
      index++;
      continue;
    }
    const length = sequenceLength(bytes, index);
    if (length < 0) {
      out.push(String.fromCharCode(...units.subarray(0, count)));
      return index;
    }
    let point = byte & (0x7f >> length);
    for (let next = 1; next < length; next++) point = (point << 6) | (bytes[index + next] & 0x3f);
    if (point > 0xffff) {
      units[count++] = 0xd800 + ((point - 0x10000) >> 10);
      units[count++] = 0xdc00 + ((point - 0x10000) & 0x3ff);
    } else units[count++] = point;
    index += length;
  }
  out.push(String.fromCharCode(...units.subarray(0, count)));
  return -1;
}

/** Bytes of the sequence at `at`; -n if the first n bytes there are no valid sequence (Unicode's table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  const length =
    byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
  if (length === 0) return -1;
  const low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
  const high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
  if (!(bytes[at + 1] >= low && bytes[at + 1] <= high)) return -1;
  for (let next = 2; next < length; next++)
    if ((bytes[at + next] & 0xc0) !== 0x80 || at + next >= bytes.length) return -next;
  return length;
}

/** Decodes with U+FFFD for what is invalid, for the text shown with an error. */
function replaceUtf8(bytes: Uint8Array): string {
  const out: string[] = [];
  let rest = bytes;
  for (;;) {
    const bad = utf8Into(rest, out);
    if (bad < 0) return out.join("");
    out.push("\ufffd");
    rest = rest.subarray(bad - sequenceLength(rest, bad));
  }
}

// ── other encodings ────────────────────────────────────────────────────────────────────────────────────────

function decodeNamed(
  encoding: string,
  cookie: Cookie,
  bytes: Uint8Array,
  options: DecodeOptions,
): string | { error: string } {
  if (encoding === "iso-8859-1") return latin1(bytes);
  const decoded = options.decoder?.(encoding, bytes) ?? null;
  if (decoded !== null) return decoded;
  const key = encoding.toLowerCase().replace(/[-_ ]+/g, "-");
  const table = SINGLE_BYTE.get(key);
  if (table !== undefined) return decodeSingleByte(table, bytes);
  if (key === "latin1" || key === "l1" || key === "iso8859-1" || key === "cp819") return latin1(bytes);
  if (key === "ascii" || key === "us-ascii") return decodeAscii(bytes);
  if (key === "utf8" || key === "u8") return decodeUtf8Codec(bytes);
  return { error: `unknown encoding: ${cookie.name}` };
}

function decodeUtf8Codec(bytes: Uint8Array): string | { error: string } {
  const out: string[] = [];
  const bad = utf8Into(bytes, out);
  if (bad < 0) return out.join("");
  const length = sequenceLength(bytes, bad);
  const reason =
    length === -1 && (bytes[bad] < 0xc2 || bytes[bad] > 0xf4)
      ? "invalid start byte"
      : bad - length >= bytes.length
        ? "unexpected end of data"
        : "invalid continuation byte";
  const where =
    length === -1
      ? `byte 0x${bytes[bad].toString(16)} in position ${bad}`
      : `bytes in position ${bad}-${bad - length - 1}`;
  return { error: `'utf-8' codec can't decode ${where}: ${reason}` };
}

function decodeAscii(bytes: Uint8Array): string | { error: string } {
  const bad = bytes.findIndex((byte) => byte >= 128);
  if (bad < 0) return latin1(bytes);
  return {
    error: `'ascii' codec can't decode byte 0x${bytes[bad].toString(16)} in position ${bad}: ordinal not in range(128)`,
  };
}

/** `table`: the characters of the bytes from 128 on, U+FFFD where there is none. */
function decodeSingleByte(table: string, bytes: Uint8Array): string | { error: string } {
  const bad = bytes.findIndex((byte) => byte >= 128 && table[byte - 128] === "\ufffd");
  if (bad >= 0)
    return {
      error: `'charmap' codec can't decode byte 0x${bytes[bad].toString(16)} in position ${bad}: character maps to <undefined>`,
    };
  return latin1(bytes).replace(/[\x80-\xff]/g, (char) => table[char.charCodeAt(0) - 128]);
}
