/** JSON's string literals: writing them, escaped for ASCII or not, and reading them. */
import { AstralStr, type Str, strFromPoints } from "../../objects/str/astral.ts";

const NEEDS_ASCII_ESCAPE = /[^ !#-[\]-~]/;
const NEEDS_ESCAPE = /["\\\x00-\x1f]/;
const ALL_ASCII_ESCAPES = /[^ !#-[\]-~]/g;
const ALL_ESCAPES = /["\\\x00-\x1f]/g;

function escapeUnit(unit: string): string {
  switch (unit) {
    case '"':
      return '\\"';
    case "\\":
      return "\\\\";
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "\t":
      return "\\t";
    case "\f":
      return "\\f";
    case "\b":
      return "\\b";
    default:
      return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  }
}

/** The literal of `value` in ASCII. */
export function encodeAscii(value: Str): string {
  // An astral character is escaped as the two units that JavaScript's text has for it.
  const text = typeof value === "string" ? value : value.toString();
  return NEEDS_ASCII_ESCAPE.test(text) ? `"${text.replace(ALL_ASCII_ESCAPES, escapeUnit)}"` : `"${text}"`;
}

/** The literal of `value`, with only what JSON demands escaped. */
export function encodeText(value: Str): Str {
  if (typeof value === "string")
    return NEEDS_ESCAPE.test(value) ? `"${value.replace(ALL_ESCAPES, escapeUnit)}"` : `"${value}"`;
  const points: number[] = [34];
  for (const point of value.points) {
    if (point >= 32 && point !== 34 && point !== 92) points.push(point);
    else for (const unit of escapeUnit(String.fromCharCode(point))) points.push(unit.charCodeAt(0));
  }
  points.push(34);
  return strFromPoints(points);
}

/** A text that is no JSON string; the position is an index into the text. */
export class StringFault {
  constructor(
    readonly message: string,
    readonly at: number,
  ) {}
}

/** What a scan found: the string, and the index after its closing quote. */
export interface Scanned {
  value: Str;
  end: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const ESCAPES: Readonly<Record<string, number>> = {
  '"': 34,
  "\\": 92,
  "/": 47,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
};

/** Index of the first quote or backslash from `at` on; faults on control characters when `strict`. */
function plainEnd(text: Str, at: number, begin: number, strict: boolean): number {
  const { length } = text;
  if (typeof text === "string") {
    for (; at < length; at++) {
      const c = text.charCodeAt(at);
      if (c === QUOTE || c === BACKSLASH) return at;
      if (c < 32 && strict) throw new StringFault("Invalid control character at", at);
    }
  } else {
    const { points } = text;
    for (; at < length; at++) {
      const c = points[at];
      if (c === QUOTE || c === BACKSLASH) return at;
      if (c < 32 && strict) throw new StringFault("Invalid control character at", at);
    }
  }
  throw new StringFault("Unterminated string starting at", begin);
}

const unitAt = (text: Str, at: number): number => (typeof text === "string" ? text.charCodeAt(at) : text.points[at]);

/** Four hex digits at `at`; -1 where they are not. */
function hex4(text: Str, at: number): number {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const c = unitAt(text, at + i);
    let digit = -1;
    if (c >= 48 && c <= 57) digit = c - 48;
    else if (c >= 65 && c <= 70) digit = c - 55;
    else if (c >= 97 && c <= 102) digit = c - 87;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** Reads the string whose opening quote is just before `start`; throws `StringFault`. */
export function scanString(text: Str, start: number, strict: boolean): Scanned {
  const begin = start - 1;
  const first = plainEnd(text, start, begin, strict);
  if (unitAt(text, first) === QUOTE) return { value: sliceText(text, start, first), end: first + 1 };
  return scanEscaped(text, start, first, begin, strict);
}

function sliceText(text: Str, start: number, end: number): Str {
  return typeof text === "string" ? text.substring(start, end) : strFromPoints(text.points, start, end);
}

function scanEscaped(text: Str, start: number, stop: number, begin: number, strict: boolean): Scanned {
  const { length } = text;
  let plain = "";
  let points: number[] | null = text instanceof AstralStr ? [] : null;
  const push = (point: number): void => {
    if (points === null && point <= 0xffff) plain += String.fromCharCode(point);
    else {
      points ??= Array.from(plain.split(""), (c) => c.charCodeAt(0));
      points.push(point);
    }
  };
  for (;;) {
    if (points === null) plain += (text as string).substring(start, stop);
    else for (let i = start; i < stop; i++) points.push(unitAt(text, i));
    if (unitAt(text, stop) === QUOTE) return { value: points === null ? plain : strFromPoints(points), end: stop + 1 };
    let at = stop + 1;
    if (at >= length) throw new StringFault("Unterminated string starting at", begin);
    const letter = String.fromCharCode(unitAt(text, at));
    if (letter !== "u") {
      const point = unitAt(text, at) < 128 && Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : -1;
      if (point < 0) throw new StringFault("Invalid \\escape", stop);
      push(point);
      at++;
    } else {
      at++;
      let point = at + 4 <= length ? hex4(text, at) : -1;
      if (point < 0) throw new StringFault("Invalid \\uXXXX escape", at - 1);
      at += 4;
      if (
        (point & 0xfc00) === 0xd800 &&
        at + 1 < length &&
        unitAt(text, at) === BACKSLASH &&
        unitAt(text, at + 1) === 117
      ) {
        const low = at + 6 <= length ? hex4(text, at + 2) : -1;
        if (low < 0) throw new StringFault("Invalid \\uXXXX escape", at + 1);
        if ((low & 0xfc00) === 0xdc00) {
          point = 0x10000 + ((point & 0x3ff) << 10) + (low & 0x3ff);
          at += 6;
        }
      }
      push(point);
    }
    start = at;
    stop = plainEnd(text, at, begin, strict);
  }
}
