/**
 * Strings that hold a code point above U+FFFF, and the border between Python's text and JavaScript's.
 *
 * A Python str is a primitive string when every UTF-16 unit is one code point of it, else an `AstralStr`. The rule is
 * canonical: a str with no astral code point is always primitive, so a primitive never equals an `AstralStr`. Lone
 * surrogates are code points like others; two adjacent ones stay two (`"\ud83d\ude00"` has length 2 in Python), hence
 * a primitive that happens to hold a pair is not the emoji. So text crosses the border only through `strFromJs` and
 * `strToJs`.
 */
import { PyObject } from "../core.ts";
import { strType } from "../types.ts";

/** A Python str (exact; subclasses carry one in `value`). */
export type Str = string | AstralStr;

export class AstralStr extends PyObject {
  /** Memo of the hash; -1 until computed (a hash is never -1). */
  hash = -1;
  private jsText: string | null = null;

  /** `points` holds at least one code point above U+FFFF and never changes. Use `strFromPoints` to make one. */
  constructor(readonly points: Uint32Array) {
    super(strType.shapes);
  }

  get length(): number {
    return this.points.length;
  }

  /** The text as JavaScript has it, astral code points as surrogate pairs. */
  override toString(): string {
    this.jsText ??= textOfPoints(this.points, 0, this.points.length);
    return this.jsText;
  }
}

/** JavaScript text of `points[start, end)`. Adjacent lone surrogates merge: not reversible in that case. */
export function textOfPoints(points: ArrayLike<number>, start: number, end: number): string {
  let text = "";
  const chunk: number[] = [];
  for (let i = start; i < end; i++) {
    chunk.push(points[i]);
    if (chunk.length === 4096) {
      text += String.fromCodePoint(...chunk);
      chunk.length = 0;
    }
  }
  return text + String.fromCodePoint(...chunk);
}

const hasSurrogate = /[\ud800-\udfff]/;
const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** Text from outside: surrogate pairs become astral code points, lone surrogates stay. */
export function strFromJs(text: string): Str {
  return SURROGATE_PAIR.test(text) ? new AstralStr(Uint32Array.from(text, pointOf)) : text;
}

const pointOf = (char: string): number => char.codePointAt(0) as number;

/** Text for outside: astral code points become pairs. */
export function strToJs(value: Str): string {
  return typeof value === "string" ? value : value.toString();
}

/** The str of `points[start, end)`, in canonical form. */
export function strFromPoints(points: ArrayLike<number>, start = 0, end = points.length): Str {
  for (let i = start; i < end; i++) {
    if (points[i] > 0xffff) {
      const part =
        points instanceof Uint32Array ? points.slice(start, end) : Uint32Array.from(slicePoints(points, start, end));
      return new AstralStr(part);
    }
  }
  return unitsToText(points, start, end);
}

function slicePoints(points: ArrayLike<number>, start: number, end: number): ArrayLike<number> {
  return start === 0 && end === points.length ? points : Array.prototype.slice.call(points, start, end);
}

/** The primitive string of code points that all fit in one unit. */
export function unitsToText(points: ArrayLike<number>, start = 0, end = points.length): string {
  if (end - start < 16) {
    let text = "";
    for (let i = start; i < end; i++) text += String.fromCharCode(points[i]);
    return text;
  }
  let text = "";
  for (let i = start; i < end; i += 8192) {
    const stop = Math.min(i + 8192, end);
    const part = ArrayBuffer.isView(points) ? (points as Uint32Array).subarray(i, stop) : slicePoints(points, i, stop);
    text += String.fromCharCode.apply(null, part as number[]);
  }
  return text;
}

/** `chr(point)` for a valid code point. */
export function strFromPoint(point: number): Str {
  return point <= 0xffff ? String.fromCharCode(point) : new AstralStr(Uint32Array.of(point));
}

/** The code points of a str; a fresh array for primitives, the str's own (do not write) for an `AstralStr`. */
export function codePoints(value: Str): Uint32Array | Uint16Array {
  if (typeof value !== "string") return value.points;
  const { length } = value;
  const points = new Uint16Array(length);
  for (let i = 0; i < length; i++) points[i] = value.charCodeAt(i);
  return points;
}

/** `len(value)`. */
export function strLength(value: Str): number {
  return value.length;
}

/** The code point at `index`, which is in range. */
export function pointAt(value: Str, index: number): number {
  return typeof value === "string" ? value.charCodeAt(index) : value.points[index];
}

/** `value[index]`, index in range. */
export function strAt(value: Str, index: number): Str {
  return typeof value === "string" ? value[index] : strFromPoint(value.points[index]);
}

/** `value[start:end]` with 0 <= start, end <= length. */
export function strSlice(value: Str, start: number, end: number = value.length): Str {
  if (typeof value === "string") return start < end ? value.substring(start, end) : "";
  if (start === 0 && end === value.length) return value;
  return strFromPoints(value.points, start, Math.max(start, end));
}

/** `a + b`. */
export function strConcat(a: Str, b: Str): Str {
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const points = new Uint32Array(a.length + b.length);
  points.set(codePoints(a), 0);
  points.set(codePoints(b), a.length);
  return new AstralStr(points);
}

/** All parts in order: `"".join(parts)`. */
export function strConcatAll(parts: readonly Str[]): Str {
  let astral = false;
  let length = 0;
  for (const part of parts) {
    if (typeof part !== "string") astral = true;
    length += part.length;
  }
  if (!astral) return (parts as string[]).join("");
  const points = new Uint32Array(length);
  let at = 0;
  for (const part of parts) {
    if (typeof part === "string") for (let i = 0; i < part.length; i++) points[at++] = part.charCodeAt(i);
    else {
      points.set(part.points, at);
      at += part.length;
    }
  }
  return new AstralStr(points);
}

/** `a == b`. */
export function strEquals(a: Str, b: Str): boolean {
  if (a === b) return true;
  if (typeof a === "string" || typeof b === "string" || a.length !== b.length) return false;
  const p = a.points;
  const q = b.points;
  for (let i = 0; i < p.length; i++) if (p[i] !== q[i]) return false;
  return true;
}

/** Order by code points: negative, 0, positive. */
export function strCompare(a: Str, b: Str): number {
  if (typeof a === "string" && typeof b === "string") return a === b ? 0 : a < b ? -1 : 1;
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) {
    const difference = pointAt(a, i) - pointAt(b, i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The largest code point, or 0: what CPython's `maxchar` says. */
export function maxPoint(value: Str): number {
  let max = 0;
  for (let i = 0; i < value.length; i++) max = Math.max(max, pointAt(value, i));
  return max;
}

/** Whether a primitive holds surrogates at all (fast test before encoding). */
export function containsSurrogate(text: string): boolean {
  return hasSurrogate.test(text);
}

/** A string of `length` ASCII characters? */
export function isAscii(value: Str): boolean {
  return typeof value === "string" && !/[^\0-\x7f]/.test(value);
}

/** A growing str: cheaper than repeated `strConcat` when parts may be astral. */
export class StrBuilder {
  private parts: Str[] = [];
  private text = "";
  push(part: Str): void {
    if (typeof part === "string") this.text += part;
    else {
      this.flush();
      this.parts.push(part);
    }
  }
  pushPoint(point: number): void {
    if (point <= 0xffff) this.text += String.fromCharCode(point);
    else this.push(strFromPoint(point));
  }
  private flush(): void {
    if (this.text !== "") this.parts.push(this.text);
    this.text = "";
  }
  build(): Str {
    if (this.parts.length === 0) return this.text;
    this.flush();
    return strConcatAll(this.parts);
  }
}
