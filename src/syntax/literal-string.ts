/**
 * What the text of a string or bytes literal means: escape sequences, and constants joined by juxtaposition.
 * Source: https://docs.python.org/3.14/reference/lexical_analysis.html#string-and-bytes-literals
 */
import type { Const } from "./ast.ts";
import { isHexDigit } from "./chars.ts";

/** A literal that cannot be decoded; `msg` is the SyntaxError's. */
export interface StringError {
  error: string;
}

/** Code point of a character by its Unicode name, alias or named sequence's; undefined if there is none. */
export type NameLookup = (name: string) => number | undefined;

/** Told about the first invalid escape of a literal: the message, the newlines before it, and its column behind the last. */
export type EscapeWarning = (msg: string, newlines: number, column: number) => void;

const BACKSLASH = 92;
const SURROGATE = /[\ud800-\udfff]/;

/** A string constant of source text without escapes: surrogate pairs are astral code points there. */
export function plainString(text: string): Const {
  return SURROGATE.test(text)
    ? { t: "astral", v: Array.from(text, (char) => char.codePointAt(0) as number) }
    : { t: "str", v: text };
}

/** Decodes the escapes of a string literal's body. */
export function decodeString(body: string, lookup: NameLookup | null, warn: EscapeWarning | null): Const | StringError {
  return new StringDecoder(body, lookup, warn).run();
}

/** Decodes the escapes of a bytes literal's body, which is ASCII. */
export function decodeBytes(body: string, warn: EscapeWarning | null): Const | StringError {
  let out = "";
  let pos = 0;
  let warned = false;
  for (;;) {
    const next = body.indexOf("\\", pos);
    if (next < 0) return { t: "bytes", v: out + body.slice(pos) };
    out += body.slice(pos, next);
    pos = next + 2;
    const char = body[next + 1] ?? "";
    const simple = SIMPLE.get(char);
    if (simple !== undefined) out += simple;
    else if (char >= "0" && char <= "7") {
      const digits = octalDigits(body, next + 1);
      pos = next + 1 + digits.length;
      const value = Number.parseInt(digits, 8);
      if (value > 255 && !warned) {
        warned = true;
        warn?.(octalWarning(digits), countNewlines(body, next), columnOf(body, next));
      }
      out += String.fromCharCode(value & 255);
    } else if (char === "x") {
      if (!isHexDigit(body.charCodeAt(next + 2)) || !isHexDigit(body.charCodeAt(next + 3))) {
        return { error: `(value error) invalid \\x escape at position ${next}` };
      }
      out += String.fromCharCode(Number.parseInt(body.slice(next + 2, next + 4), 16));
      pos = next + 4;
    } else {
      if (char === "") return { error: "(value error) Trailing \\ in string" };
      if (!warned) {
        warned = true;
        warn?.(escapeWarning(char), countNewlines(body, next), columnOf(body, next));
      }
      out += `\\${char}`;
    }
  }
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["\n", ""],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["b", "\b"],
  ["f", "\f"],
  ["t", "\t"],
  ["n", "\n"],
  ["r", "\r"],
  ["v", "\v"],
  ["a", "\x07"],
]);

export function escapeWarning(char: string): string {
  return `"\\${char}" is an invalid escape sequence. Such sequences will not work in the future. Did you mean "\\\\${char}"? A raw string is also an option.`;
}

function octalWarning(digits: string): string {
  return `"\\${digits}" is an invalid octal escape sequence. Such sequences will not work in the future. Did you mean "\\\\${digits}"? A raw string is also an option.`;
}

function octalDigits(body: string, at: number): string {
  let end = at;
  while (end < at + 3 && body.charCodeAt(end) >= 48 && body.charCodeAt(end) <= 55) end++;
  return body.slice(at, end);
}

function countNewlines(body: string, before: number): number {
  let count = 0;
  for (let index = body.indexOf("\n"); index >= 0 && index < before; index = body.indexOf("\n", index + 1)) count++;
  return count;
}

function columnOf(body: string, at: number): number {
  const start = body.lastIndexOf("\n", at - 1) + 1;
  return escapedLength(body, at) - escapedLength(body, start);
}

/** Gathers a string that may turn out to hold code points beyond U+FFFF. */
class StringDecoder {
  private units = "";
  private points: number[] | null = null;
  private pos = 0;
  private warned = false;
  private problem: string | null = null;

  private readonly body: string;
  private readonly lookup: NameLookup | null;
  private readonly warn: EscapeWarning | null;

  constructor(body: string, lookup: NameLookup | null, warn: EscapeWarning | null) {
    this.body = body;
    this.lookup = lookup;
    this.warn = warn;
  }

  run(): Const | StringError {
    const body = this.body;
    const surrogates = SURROGATE.test(body);
    for (;;) {
      const next = body.indexOf("\\", this.pos);
      const text = next < 0 ? body.slice(this.pos) : body.slice(this.pos, next);
      if (surrogates) for (const char of text) this.add(char.codePointAt(0) as number);
      else this.addUnits(text);
      if (next < 0) break;
      this.pos = next + 1;
      this.escape(next);
      if (this.problem !== null) return { error: this.problem };
    }
    return this.points === null ? { t: "str", v: this.units } : { t: "astral", v: this.points };
  }

  private addUnits(text: string): void {
    if (this.points === null) this.units += text;
    else for (let index = 0; index < text.length; index++) this.points.push(text.charCodeAt(index));
  }

  private add(point: number): void {
    if (this.points !== null) this.points.push(point);
    else if (point <= 0xffff) this.units += String.fromCharCode(point);
    else {
      const points: number[] = [];
      for (let index = 0; index < this.units.length; index++) points.push(this.units.charCodeAt(index));
      points.push(point);
      this.points = points;
    }
  }

  /** `pos` is behind the backslash at `start`. */
  private escape(start: number): void {
    const char = this.body[this.pos] ?? "";
    // A backslash can only end the text of an f-string's piece, before a brace: it stands for itself.
    if (char === "") return this.add(BACKSLASH);
    this.pos++;
    const simple = SIMPLE.get(char);
    if (simple !== undefined) return this.addUnits(simple);
    if (char >= "0" && char <= "7") return this.octal(start);
    switch (char) {
      case "x":
        return this.hex(start, 2, "truncated \\xXX escape");
      case "u":
        return this.hex(start, 4, "truncated \\uXXXX escape");
      case "U":
        return this.hex(start, 8, "truncated \\UXXXXXXXX escape");
      case "N":
        return this.named(start);
    }
    // CPython has hidden a backslash before a non-ASCII character by then, and does not warn of it.
    if (!this.warned && char < "\x80") this.giveWarning(escapeWarning(char), start);
    this.add(BACKSLASH);
    this.pos = start + 1;
  }

  private giveWarning(msg: string, start: number): void {
    this.warned = true;
    this.warn?.(msg, countNewlines(this.body, start), columnOf(this.body, start));
  }

  private octal(start: number): void {
    const digits = octalDigits(this.body, start + 1);
    this.pos = start + 1 + digits.length;
    const value = Number.parseInt(digits, 8);
    if (value > 255 && !this.warned) this.giveWarning(octalWarning(digits), start);
    this.add(value);
  }

  private hex(start: number, count: number, message: string): void {
    const from = this.pos;
    while (this.pos < from + count && isHexDigit(this.body.charCodeAt(this.pos))) this.pos++;
    if (this.pos < from + count) return this.fail(start, this.pos, message);
    const point = Number.parseInt(this.body.slice(from, this.pos), 16);
    if (point > 0x10ffff) return this.fail(start, this.pos, "illegal Unicode character");
    this.add(point);
  }

  private named(start: number): void {
    const body = this.body;
    const malformed = "malformed \\N character escape";
    if (body[this.pos] !== "{") return this.fail(start, this.pos, malformed);
    const close = body.indexOf("}", this.pos);
    if (close < 0) return this.fail(start, body.length, malformed);
    if (close === this.pos + 1) return this.fail(start, close, malformed);
    const point = this.lookup?.(body.slice(this.pos + 1, close));
    if (point === undefined) return this.fail(start, close + 1, "unknown Unicode character name");
    this.pos = close + 1;
    this.add(point);
  }

  private fail(start: number, end: number, message: string): void {
    const from = escapedLength(this.body, start);
    const to = escapedLength(this.body, end);
    const where = to - from === 1 ? `byte 0x5c in position ${from}` : `bytes in position ${from}-${to - 1}`;
    this.problem = `(unicode error) 'unicodeescape' codec can't decode ${where}: ${message}`;
  }
}

/** CPython decodes a copy of the text in which every non-ASCII character is a ten-byte escape: positions refer to that. */
function escapedLength(body: string, end: number): number {
  let length = 0;
  for (let index = 0; index < end; index++) {
    const unit = body.charCodeAt(index);
    if (unit < 128) length++;
    else if (!(unit >= 0xdc00 && unit <= 0xdfff)) length += 10;
  }
  return length;
}

/** Two string constants, or two bytes constants, one behind the other. */
export function joinConstants(a: Const, b: Const): Const {
  if (a.t === "str" && b.t === "str") return { t: "str", v: a.v + b.v };
  if (a.t === "bytes" && b.t === "bytes") return { t: "bytes", v: a.v + b.v };
  return { t: "astral", v: [...codePoints(a), ...codePoints(b)] };
}

function codePoints(value: Const): number[] {
  if (value.t === "astral") return value.v;
  if (value.t !== "str") return [];
  return Array.from({ length: value.v.length }, (_, index) => value.v.charCodeAt(index));
}

/** Is it the empty string? */
export function isEmptyString(value: Const): boolean {
  return value.t === "str" && value.v === "";
}
