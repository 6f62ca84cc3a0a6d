/**
 * Searching in text: shared by str and, since bytes are Latin-1 strings, by bytes and bytearray.
 * Primitive strings go to JavaScript's built-ins; where an `AstralStr` takes part, code points are compared.
 */
import { type Str, codePoints, pointAt, strSlice as slice } from "./astral.ts";

/** Index of the first `needle` in `text[start:end]`, or -1. 0 <= start; start > end finds nothing. */
export function findText(text: Str, needle: Str, start = 0, end = text.length): number {
  if (start > end || needle.length > end - start) return -1;
  if (typeof text === "string") {
    if (typeof needle !== "string") return -1;
    if (isHard(needle, end - start)) return findLinear(text, needle, start, end);
    if (end === text.length) return text.indexOf(needle, start);
    // A search to the text's end and a test afterwards would read more than was asked for.
    const at = text.substring(start, end).indexOf(needle);
    return at < 0 ? -1 : at + start;
  }
  const points = text.points;
  if (needle.length === 0) return start;
  const last = end - needle.length;
  const first = pointAt(needle, 0);
  const wanted = codePoints(needle);
  for (let i = points.indexOf(first, start); i >= 0 && i <= last; i = points.indexOf(first, i + 1)) {
    if (matchesPoints(points, i, wanted)) return i;
  }
  return -1;
}

/** JavaScript's search takes product time at worst: not to be risked where both are long. */
function isHard(needle: string, room: number): boolean {
  return needle.length >= 500 && needle.length * room > 50_000_000;
}

/** Knuth, Morris and Pratt's search: linear, but slower than JavaScript's on ordinary text. */
function findLinear(text: string, needle: string, start: number, end: number): number {
  // A short prefix that never occurs settles most searches at once.
  const first = text.indexOf(needle.slice(0, 100), start);
  if (first < 0 || first + needle.length > end) return -1;
  const m = needle.length;
  const border = new Int32Array(m);
  for (let i = 1, k = 0; i < m; i++) {
    while (k > 0 && needle.charCodeAt(i) !== needle.charCodeAt(k)) k = border[k - 1];
    if (needle.charCodeAt(i) === needle.charCodeAt(k)) k++;
    border[i] = k;
  }
  for (let i = first, k = 0; i < end; i++) {
    const c = text.charCodeAt(i);
    while (k > 0 && c !== needle.charCodeAt(k)) k = border[k - 1];
    if (c === needle.charCodeAt(k)) k++;
    if (k === m) return i + 1 - m;
  }
  return -1;
}

/** Index of the last `needle` in `text[start:end]`, or -1. */
export function findLastText(text: Str, needle: Str, start = 0, end = text.length): number {
  if (start > end || needle.length > end - start) return -1;
  if (typeof text === "string") {
    if (typeof needle !== "string") return -1;
    if (start === 0) return text.lastIndexOf(needle, end - needle.length);
    const at = text.substring(start, end).lastIndexOf(needle);
    return at < 0 ? -1 : at + start;
  }
  const wanted = codePoints(needle);
  for (let i = end - needle.length; i >= start; i--) if (matchesPoints(text.points, i, wanted)) return i;
  return -1;
}

function matchesPoints(points: ArrayLike<number>, at: number, wanted: ArrayLike<number>): boolean {
  for (let j = 0; j < wanted.length; j++) if (points[at + j] !== wanted[j]) return false;
  return true;
}

/** Does `needle` stand at `at` in `text`? */
export function matchesAt(text: Str, needle: Str, at: number): boolean {
  if (at < 0 || at + needle.length > text.length) return false;
  if (typeof text === "string") return typeof needle === "string" && text.startsWith(needle, at);
  return matchesPoints(text.points, at, codePoints(needle));
}

/** Non-overlapping occurrences in `text[start:end]`; an empty needle occurs between all characters. */
export function countText(
  text: Str,
  needle: Str,
  start = 0,
  end = text.length,
  max = Number.POSITIVE_INFINITY,
): number {
  if (start > end) return 0;
  if (needle.length === 0) return Math.min(end - start + 1, max);
  const body = typeof text === "string" && end < text.length ? text.substring(0, end) : text;
  let count = 0;
  for (
    let i = findText(body, needle, start, end);
    i >= 0 && count < max;
    i = findText(body, needle, i + needle.length, end)
  ) {
    count++;
  }
  return count;
}

/** `text.replace(old, replacement, max)`, max < 0 meaning all. */
export function replaceText(text: Str, old: Str, replacement: Str, max: number, concat: (parts: Str[]) => Str): Str {
  if (max === 0 || (max > 0 && text.length === 0 && old.length > 0)) return text;
  if (old.length === 0) return interleave(text, replacement, max, concat);
  if (typeof text === "string" && typeof old === "string" && typeof replacement === "string" && max < 0) {
    return text.includes(old) ? text.split(old).join(replacement) : text;
  }
  const parts: Str[] = [];
  let from = 0;
  for (let n = 0; max < 0 || n < max; n++) {
    const at = findText(text, old, from);
    if (at < 0) break;
    parts.push(slice(text, from, at), replacement);
    from = at + old.length;
  }
  if (from === 0) return text;
  parts.push(slice(text, from, text.length));
  return concat(parts);
}

function interleave(text: Str, replacement: Str, max: number, concat: (parts: Str[]) => Str): Str {
  const times = max < 0 ? text.length + 1 : Math.min(max, text.length + 1);
  const parts: Str[] = [replacement];
  for (let i = 1; i < times; i++) parts.push(slice(text, i - 1, i), replacement);
  parts.push(slice(text, times - 1, text.length));
  return concat(parts);
}
