/** str's methods that cut and join: split, partition, splitlines, strip, join, expandtabs, padding. */
import { EXC, type Exc, type Result, type Value } from "../core.ts";
import { catches, clearException, memoryError, typeError, valueError } from "../errors.ts";
import { newList } from "../list.ts";
import { method } from "../native.ts";
import { asSize } from "../protocol/convert.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { isTrue } from "../protocol/object.ts";
import { newTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { typeErrorType } from "../exceptions/types.ts";
import { sizeArg, textOf } from "./args.ts";
import { type Str, pointAt, strConcatAll, strSlice } from "./astral.ts";
import {
  BOTH,
  LEFT,
  RIGHT,
  charSet,
  expandTabs,
  isUnicodeLineBreak,
  isUnicodeSpace,
  partitionText,
  splitLines,
  splitSpaces,
  splitSpacesRight,
  splitText,
  splitTextRight,
  stripText,
} from "./split.ts";

/** Longest string V8 makes; beyond it, MemoryError as for any allocation that fails. */
export const MAX_LENGTH = 2 ** 29 - 24;

function split(self: Value, sep: Value | undefined, maxsplit: Value | undefined, fromRight: boolean): Result {
  const max = sizeArg(maxsplit, -1);
  if (max === EXC) return EXC;
  const text = textOf(self);
  if (sep === undefined || sep === null) {
    return newList((fromRight ? splitSpacesRight : splitSpaces)(text, max, isUnicodeSpace));
  }
  const by = strValue(sep);
  if (by === undefined) return typeError(`must be str or None, not ${typeOf(sep).name}`);
  if (by.length === 0) return valueError("empty separator");
  return newList((fromRight ? splitTextRight : splitText)(text, by, max));
}

function partition(self: Value, sep: Value, fromRight: boolean): Result {
  const by = strValue(sep);
  if (by === undefined) return typeError(`must be str, not ${typeOf(sep).name}`);
  if (by.length === 0) return valueError("empty separator");
  const text = textOf(self);
  const parts = partitionText(text, by, fromRight);
  return newTuple(parts ?? (fromRight ? ["", "", text] : [text, "", ""]));
}

function strip(name: string, ends: number, self: Value, chars?: Value): Result {
  const text = textOf(self);
  if (chars === undefined || chars === null) return stripText(text, ends, isUnicodeSpace);
  const set = strValue(chars);
  if (set === undefined) return typeError(`${name} arg must be None or str`);
  return stripText(text, ends, charSet(set));
}

/** `separator.join(iterable)`. */
export function joinStrs(separator: Str, iterable: Value): Str | Exc {
  const items = listFromIterable(iterable);
  if (items === EXC) {
    if (catches(typeErrorType) && typeOf(iterable).tp_iter === null && typeOf(iterable).sq_item === null) {
      clearException();
      return typeError("can only join an iterable");
    }
    return EXC;
  }
  let plain = typeof separator === "string";
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (typeof item === "string") continue;
    const text = strValue(item);
    if (text === undefined) return typeError(`sequence item ${i}: expected str instance, ${typeOf(item).name} found`);
    if (typeof text !== "string") plain = false;
    items[i] = text;
  }
  if (plain) return (items as string[]).join(separator as string);
  const parts: Str[] = [];
  for (let i = 0; i < items.length; i++) {
    if (i > 0) parts.push(separator);
    parts.push(items[i] as Str);
  }
  return strConcatAll(parts);
}

/** Fills up to `width`: `left` of the missing characters go before the text. */
function pad(
  self: Value,
  width: Value,
  fillchar: Value | undefined,
  left: (missing: number, width: number) => number,
): Result {
  const size = asSize(width);
  if (size === EXC) return EXC;
  let fill: Str = " ";
  if (fillchar !== undefined) {
    const given = strValue(fillchar);
    if (given === undefined) {
      return typeError(`The fill character must be a unicode character, not ${typeOf(fillchar).name}`);
    }
    if (given.length !== 1) return typeError("The fill character must be exactly one character long");
    fill = given;
  }
  const text = textOf(self);
  const missing = size - text.length;
  if (missing <= 0) return text;
  const before = left(missing, size);
  const head = repeatStr(fill, before);
  if (head === EXC) return EXC;
  const tail = repeatStr(fill, missing - before);
  return tail === EXC ? EXC : strConcatAll([head, text, tail]);
}

/** `text * count`; EXC with MemoryError when too long. */
export function repeatStr(text: Str, count: number): Str | Exc {
  if (count <= 0 || text.length === 0) return "";
  if (text.length * count > MAX_LENGTH) return memoryError();
  if (typeof text === "string") return text.repeat(count);
  return count === 1 ? text : strConcatAll(new Array<Str>(count).fill(text));
}

function zfill(self: Value, width: Value): Result {
  const size = asSize(width);
  if (size === EXC) return EXC;
  const text = textOf(self);
  if (text.length >= size) return text;
  const zeros = repeatStr("0", size - text.length);
  if (zeros === EXC) return EXC;
  const first = text.length > 0 ? pointAt(text, 0) : 0;
  if (first !== 0x2b && first !== 0x2d) return strConcatAll([zeros, text]);
  return strConcatAll([String.fromCharCode(first), zeros, strSlice(text, 1)]);
}

const SPLIT = "($self, /, sep=None, maxsplit=-1)";
const STRIP = "($self, chars=None, /)";
export const splitMethods = () => ({
  split: method(
    SPLIT,
    (self: Value, sep?: Value, max?: Value) => split(self, sep, max, false),
    "Return a list of the substrings, split at sep or at whitespace.",
  ),
  rsplit: method(
    SPLIT,
    (self: Value, sep?: Value, max?: Value) => split(self, sep, max, true),
    "Like split, but splits are counted from the end.",
  ),
  splitlines: method(
    "($self, /, keepends=False)",
    (self: Value, keepends?: Value) => {
      const keep = keepends === undefined ? false : isTrue(keepends);
      return keep === EXC ? EXC : newList(splitLines(textOf(self), keep, isUnicodeLineBreak));
    },
    "Return a list of the lines, without their ends unless keepends is true.",
  ),
  partition: method(
    "($self, sep, /)",
    (self: Value, sep: Value) => partition(self, sep, false),
    "Split at the first sep: a 3-tuple of what is before it, sep, and what is after.",
  ),
  rpartition: method(
    "($self, sep, /)",
    (self: Value, sep: Value) => partition(self, sep, true),
    "Like partition, at the last sep.",
  ),
  strip: method(
    STRIP,
    (self: Value, chars?: Value) => strip("strip", BOTH, self, chars),
    "Return a copy without leading and trailing whitespace, or characters of chars.",
  ),
  lstrip: method(
    STRIP,
    (self: Value, chars?: Value) => strip("lstrip", LEFT, self, chars),
    "Like strip, at the start only.",
  ),
  rstrip: method(
    STRIP,
    (self: Value, chars?: Value) => strip("rstrip", RIGHT, self, chars),
    "Like strip, at the end only.",
  ),
  join: method(
    "($self, iterable, /)",
    (self: Value, iterable: Value) => joinStrs(textOf(self), iterable),
    "Concatenate any number of strings, with this string between them.",
  ),
  expandtabs: method(
    "($self, /, tabsize=8)",
    (self: Value, tabsize?: Value) => {
      const size = sizeArg(tabsize, 8);
      if (size === EXC) return EXC;
      const text = textOf(self);
      const parts = expandTabs(text, size);
      return parts === undefined ? text : strConcatAll(parts);
    },
    "Return a copy with tabs expanded to spaces.",
  ),
  center: method(
    "($self, width, fillchar=' ', /)",
    (self: Value, width: Value, fill?: Value) => pad(self, width, fill, (n, w) => Math.floor(n / 2) + (n & w & 1)),
    "Return a centered string of length width.",
  ),
  ljust: method(
    "($self, width, fillchar=' ', /)",
    (self: Value, width: Value, fill?: Value) => pad(self, width, fill, () => 0),
    "Return a left-justified string of length width.",
  ),
  rjust: method(
    "($self, width, fillchar=' ', /)",
    (self: Value, width: Value, fill?: Value) => pad(self, width, fill, (n) => n),
    "Return a right-justified string of length width.",
  ),
  zfill: method("($self, width, /)", zfill, "Pad with zeros on the left, after a sign, to length width."),
});
