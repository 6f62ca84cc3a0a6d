/** split, partition, strip, join, padding … of bytes and bytearray. */
import { EXC, type Exc, type Result, type Value } from "../core.ts";
import { bytesLike, hasBuffer } from "../buffer.ts";
import { PyByteArray, PyBytes } from "../bytes.ts";
import { memoryError, runtimeError, typeError, valueError } from "../errors.ts";
import { PyList, newList } from "../list.ts";
import { method } from "../native.ts";
import { asInt32, asSize } from "../protocol/convert.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { isTrue } from "../protocol/object.ts";
import { sizeArg, typeName } from "../str/args.ts";
import type { Str } from "../str/astral.ts";
import {
  BOTH,
  LEFT,
  RIGHT,
  charSet,
  expandTabs,
  isAsciiLineBreak,
  isAsciiSpace,
  partitionText,
  splitLines,
  splitSpaces,
  splitSpacesRight,
  splitText,
  splitTextRight,
  stripText,
} from "../str/split.ts";
import { MAX_LENGTH } from "../str/split-methods.ts";
import { newTuple } from "../tuple.ts";
import { listType, typeOf } from "../types.ts";
import { type Bytes, contentOf, holding, resultFor, swallowTypeError } from "./args.ts";

const listOf = (self: Bytes, parts: readonly Str[]): Result =>
  newList(parts.map((part) => resultFor(self, part as string)));

function split(self: Bytes, sep: Value | undefined, maxsplit: Value | undefined, fromRight: boolean): Result {
  const max = sizeArg(maxsplit, -1);
  if (max === EXC) return EXC;
  const text = contentOf(self);
  if (sep === undefined || sep === null) {
    return listOf(self, (fromRight ? splitSpacesRight : splitSpaces)(text, max, isAsciiSpace));
  }
  const by = holding(self, () => bytesLike(sep));
  if (by === EXC) return EXC;
  if (by.length === 0) return valueError("empty separator");
  return listOf(self, (fromRight ? splitTextRight : splitText)(text, by, max));
}

function partition(self: Bytes, sep: Value, fromRight: boolean): Result {
  const by = bytesLike(sep);
  if (by === EXC) return EXC;
  if (by.length === 0) return valueError("empty separator");
  const text = contentOf(self);
  const parts = partitionText(text, by, fromRight) ?? (fromRight ? ["", "", text] : [text, "", ""]);
  const shown: Value[] = parts.map((part) => resultFor(self, part as string));
  // Bytes give the very separator that was passed.
  if (parts[1] !== "" && self instanceof PyBytes) shown[1] = sep;
  return newTuple(shown);
}

function strip(ends: number, self: Bytes, chars?: Value): Result {
  let drop = isAsciiSpace;
  if (chars !== undefined && chars !== null) {
    const set = bytesLike(chars);
    if (set === EXC) return EXC;
    drop = charSet(set);
  }
  return resultFor(self, stripText(contentOf(self), ends, drop) as string);
}

function join(self: Bytes, iterable: Value): Result {
  const items = listFromIterable(iterable);
  if (items === EXC) {
    if (typeOf(iterable).tp_iter !== null || typeOf(iterable).sq_item !== null || !swallowTypeError()) return EXC;
    return typeError("can only join an iterable");
  }
  const parts: string[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item instanceof PyBytes) {
      parts.push(item.latin1);
      continue;
    }
    if (!hasBuffer(item)) {
      return typeError(`sequence item ${i}: expected a bytes-like object, ${typeOf(item).name} found`);
    }
    const part = bytesLike(item);
    if (part === EXC) return EXC;
    parts.push(part);
    if (iterable instanceof PyList && typeOf(iterable) === listType && iterable.items.length !== items.length) {
      return runtimeError("sequence changed size during iteration");
    }
  }
  // One exact bytes object comes back as it is.
  if (
    items.length === 1 &&
    self instanceof PyBytes &&
    items[0] instanceof PyBytes &&
    typeOf(items[0]) === typeOf(self)
  ) {
    return items[0];
  }
  return resultFor(self, parts.join(contentOf(self)));
}

/** The content `count` times. */
export function repeatBytes(content: string, count: number): string | Exc {
  if (count <= 0 || content.length === 0) return "";
  return content.length * count > MAX_LENGTH ? memoryError() : content.repeat(count);
}

function pad(
  name: string,
  self: Bytes,
  width: Value,
  fillchar: Value | undefined,
  left: (missing: number, width: number) => number,
): Result {
  const size = asSize(width);
  if (size === EXC) return EXC;
  let fill = " ";
  if (fillchar !== undefined) {
    if (!(fillchar instanceof PyBytes || fillchar instanceof PyByteArray)) {
      return typeError(`${name}() argument 2 must be a byte string of length 1, not ${typeName(fillchar)}`);
    }
    if (fillchar.length !== 1) {
      const kind = fillchar instanceof PyBytes ? "bytes" : "bytearray";
      return typeError(
        `${name}(): argument 2 must be a byte string of length 1, not a ${kind} object of length ${fillchar.length}`,
      );
    }
    fill = fillchar.toLatin1();
  }
  const text = contentOf(self);
  const missing = size - text.length;
  if (missing <= 0) return resultFor(self, text);
  if (size > MAX_LENGTH) return memoryError();
  const before = left(missing, size);
  return resultFor(self, fill.repeat(before) + text + fill.repeat(missing - before));
}

function zfill(self: Bytes, width: Value): Result {
  const size = asSize(width);
  if (size === EXC) return EXC;
  const text = contentOf(self);
  if (text.length >= size) return resultFor(self, text);
  const zeros = repeatBytes("0", size - text.length);
  if (zeros === EXC) return EXC;
  const signed = text[0] === "+" || text[0] === "-";
  return resultFor(self, signed ? text[0] + zeros + text.slice(1) : zeros + text);
}

const padder = (name: string, left: (missing: number, width: number) => number, doc: string) =>
  method(
    "($self, width, fillchar=b' ', /)",
    (self: Bytes, width: Value, fill?: Value) => pad(name, self, width, fill, left),
    doc,
  );
const stripper = (ends: number, doc: string) =>
  method("($self, bytes=None, /)", (self: Bytes, chars?: Value) => strip(ends, self, chars), doc);

const SPLIT = "($self, /, sep=None, maxsplit=-1)";
export const splitMethods = () => ({
  split: method(
    SPLIT,
    (self: Bytes, sep?: Value, max?: Value) => split(self, sep, max, false),
    "Return a list of the sections, split at sep or at ASCII whitespace.",
  ),
  rsplit: method(
    SPLIT,
    (self: Bytes, sep?: Value, max?: Value) => split(self, sep, max, true),
    "Like split, but splits are counted from the end.",
  ),
  splitlines: method(
    "($self, /, keepends=False)",
    (self: Bytes, keepends?: Value) => {
      const keep = keepends === undefined ? false : isTrue(keepends);
      return keep === EXC ? EXC : listOf(self, splitLines(contentOf(self), keep, isAsciiLineBreak));
    },
    "Return a list of the lines, without their ends unless keepends is true.",
  ),
  partition: method(
    "($self, sep, /)",
    (self: Bytes, sep: Value) => partition(self, sep, false),
    "Split at the first sep: a 3-tuple.",
  ),
  rpartition: method(
    "($self, sep, /)",
    (self: Bytes, sep: Value) => partition(self, sep, true),
    "Split at the last sep: a 3-tuple.",
  ),
  strip: stripper(BOTH, "Strip leading and trailing bytes of the argument, ASCII whitespace by default."),
  lstrip: stripper(LEFT, "Strip leading bytes of the argument, ASCII whitespace by default."),
  rstrip: stripper(RIGHT, "Strip trailing bytes of the argument, ASCII whitespace by default."),
  join: method(
    "($self, iterable_of_bytes, /)",
    join,
    "Concatenate any number of bytes-like objects, with this one between them.",
  ),
  expandtabs: method(
    "($self, /, tabsize=8)",
    (self: Bytes, tabsize?: Value) => {
      const size = tabsize === undefined ? 8 : asInt32(tabsize);
      if (size === EXC) return EXC;
      const text = contentOf(self);
      return resultFor(self, expandTabs(text, size)?.join("") ?? text);
    },
    "Return a copy with tabs expanded to spaces.",
  ),
  center: padder("center", (n, w) => Math.floor(n / 2) + (n & w & 1), "Return a centered copy of length width."),
  ljust: padder("ljust", () => 0, "Return a left-justified copy of length width."),
  rjust: padder("rjust", (n) => n, "Return a right-justified copy of length width."),
  zfill: method("($self, width, /)", zfill, "Pad with zeros on the left, after a sign, to length width."),
});
