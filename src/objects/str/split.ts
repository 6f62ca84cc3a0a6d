/** Cutting text up: split, partition, splitlines, strip. Shared by str and bytes, which differ in what is a space. */
import { type Str, pointAt, strSlice } from "./astral.ts";
import { findLastText, findText } from "./find.ts";

export type CharTest = (point: number) => boolean;

/** What `str.isspace` and `str.split()` take for whitespace: bidirectional type WS, B or S, or category Zs. */
export function isUnicodeSpace(c: number): boolean {
  if (c < 0x80) return c === 0x20 || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f);
  if (c < 0x1680) return c === 0x85 || c === 0xa0;
  return (
    (c >= 0x2000 && c <= 0x200a) ||
    c === 0x1680 ||
    c === 0x2028 ||
    c === 0x2029 ||
    c === 0x202f ||
    c === 0x205f ||
    c === 0x3000
  );
}
/** What bytes take for whitespace: C's `isspace` in the C locale. */
export function isAsciiSpace(c: number): boolean {
  return c === 0x20 || (c >= 9 && c <= 13);
}

/** `text.split(sep, max)`; sep is not empty, max < 0 means no limit. */
export function splitText(text: Str, sep: Str, max: number): Str[] {
  if (typeof text === "string" && max < 0) return typeof sep === "string" ? text.split(sep) : [text];
  const parts: Str[] = [];
  let from = 0;
  while (max < 0 || parts.length < max) {
    const at = findText(text, sep, from);
    if (at < 0) break;
    parts.push(strSlice(text, from, at));
    from = at + sep.length;
  }
  parts.push(from === 0 ? text : strSlice(text, from));
  return parts;
}

/** `text.rsplit(sep, max)`. */
export function splitTextRight(text: Str, sep: Str, max: number): Str[] {
  const parts: Str[] = [];
  let end = text.length;
  while (max < 0 || parts.length < max) {
    const at = findLastText(text, sep, 0, end);
    if (at < 0) break;
    parts.push(strSlice(text, at + sep.length, end));
    end = at;
  }
  parts.push(strSlice(text, 0, end));
  return parts.reverse();
}

/** `text.split(None, max)`. */
export function splitSpaces(text: Str, max: number, isSpace: CharTest): Str[] {
  const parts: Str[] = [];
  const n = text.length;
  let i = 0;
  for (;;) {
    while (i < n && isSpace(pointAt(text, i))) i++;
    if (i >= n) return parts;
    if (max >= 0 && parts.length >= max) {
      parts.push(strSlice(text, i));
      return parts;
    }
    const from = i;
    do i++;
    while (i < n && !isSpace(pointAt(text, i)));
    parts.push(strSlice(text, from, i));
  }
}

/** `text.rsplit(None, max)`. */
export function splitSpacesRight(text: Str, max: number, isSpace: CharTest): Str[] {
  const parts: Str[] = [];
  let i = text.length;
  for (;;) {
    while (i > 0 && isSpace(pointAt(text, i - 1))) i--;
    if (i <= 0) return parts.reverse();
    if (max >= 0 && parts.length >= max) {
      parts.push(strSlice(text, 0, i));
      return parts.reverse();
    }
    const end = i;
    do i--;
    while (i > 0 && !isSpace(pointAt(text, i - 1)));
    parts.push(strSlice(text, i, end));
  }
}

/** Line ends of str: those of the Unicode standard and the information separators. */
export function isUnicodeLineBreak(c: number): boolean {
  return (c >= 10 && c <= 13) || (c >= 0x1c && c <= 0x1e) || c === 0x85 || c === 0x2028 || c === 0x2029;
}
export function isAsciiLineBreak(c: number): boolean {
  return c === 10 || c === 13;
}

/** `text.splitlines(keepEnds)`. */
export function splitLines(text: Str, keepEnds: boolean, isLineBreak: CharTest): Str[] {
  const lines: Str[] = [];
  const n = text.length;
  for (let i = 0; i < n; ) {
    const from = i;
    while (i < n && !isLineBreak(pointAt(text, i))) i++;
    const end = i;
    if (i < n) i += pointAt(text, i) === 13 && i + 1 < n && pointAt(text, i + 1) === 10 ? 2 : 1;
    lines.push(strSlice(text, from, keepEnds ? i : end));
  }
  return lines;
}

/** Which ends `strip` works on. */
export const LEFT = 1;
export const RIGHT = 2;
export const BOTH = 3;

/** The text without leading and trailing characters for which `drop` holds. */
export function stripText(text: Str, ends: number, drop: CharTest): Str {
  let start = 0;
  let end = text.length;
  if (ends & LEFT) while (start < end && drop(pointAt(text, start))) start++;
  if (ends & RIGHT) while (end > start && drop(pointAt(text, end - 1))) end--;
  return start === 0 && end === text.length ? text : strSlice(text, start, end);
}

/** A test for membership in `chars`. */
export function charSet(chars: Str): CharTest {
  if (chars.length === 1) {
    const only = pointAt(chars, 0);
    return (c) => c === only;
  }
  const points = new Set<number>();
  for (let i = 0; i < chars.length; i++) points.add(pointAt(chars, i));
  return (c) => points.has(c);
}

/** `text.partition(sep)`: the three parts, or undefined when `sep` does not occur. */
export function partitionText(text: Str, sep: Str, fromRight: boolean): [Str, Str, Str] | undefined {
  const at = fromRight ? findLastText(text, sep) : findText(text, sep);
  return at < 0 ? undefined : [strSlice(text, 0, at), sep, strSlice(text, at + sep.length)];
}

/** `text.expandtabs(size)` as a list of pieces; undefined when there is no tab. Columns restart after \n and \r. */
export function expandTabs(text: Str, size: number): Str[] | undefined {
  if (typeof text === "string" && !text.includes("\t")) return undefined;
  const parts: Str[] = [];
  let column = 0;
  let from = 0;
  let found = false;
  for (let i = 0; i < text.length; i++) {
    const c = pointAt(text, i);
    if (c === 9) {
      found = true;
      parts.push(strSlice(text, from, i));
      from = i + 1;
      if (size > 0) {
        const fill = size - (column % size);
        column += fill;
        parts.push(" ".repeat(fill));
      }
    } else {
      column = c === 10 || c === 13 ? 0 : column + 1;
    }
  }
  if (!found) return undefined;
  parts.push(strSlice(text, from));
  return parts;
}
