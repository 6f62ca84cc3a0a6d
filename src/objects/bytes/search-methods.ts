/** find, count, startswith, replace … of bytes and bytearray. */
import { EXC, type Exc, type Result, type Value } from "../core.ts";
import { bytesLike, hasBuffer } from "../buffer.ts";
import { PyByteArray } from "../bytes.ts";
import { typeError, valueError } from "../errors.ts";
import { method } from "../native.ts";
import { searchRange, sizeArg } from "../str/args.ts";
import { type Str, strConcatAll } from "../str/astral.ts";
import { countText, findLastText, findText, matchesAt, replaceText } from "../str/find.ts";
import { PyTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { type Bytes, contentOf, holding, needleArg, resultFor } from "./args.ts";

type Search = (text: Str, needle: Str, start: number, end: number) => number;

function search(find: Search, self: Bytes, sub: Value, start?: Value, end?: Value): number | Exc {
  const range = holding(self, () => searchRange(start, end, self.length));
  if (range === EXC) return EXC;
  const needle = holding(self, () => needleArg(sub));
  if (needle === EXC) return EXC;
  // The compiler of regular expressions looks for single bytes in arrays of 64 K: those are not made strings for it.
  if (find === findText && needle.length === 1 && self instanceof PyByteArray) return findByte(self, needle, ...range);
  return find(contentOf(self), needle, range[0], range[1]);
}
function findByte(self: PyByteArray, needle: string, start: number, end: number): number {
  const at = self.bytes().indexOf(needle.charCodeAt(0), start);
  return at < end ? at : -1;
}
const FIND = "($self, sub, start=None, end=None, /)";
const finder = (find: Search, doc: string) =>
  method(FIND, (self: Bytes, sub: Value, start?: Value, end?: Value) => search(find, self, sub, start, end), doc);
const indexer = (find: Search, doc: string) =>
  method(
    FIND,
    (self: Bytes, sub: Value, start?: Value, end?: Value) => {
      const at = search(find, self, sub, start, end);
      return at === -1 ? valueError("subsection not found") : at;
    },
    doc,
  );

function affix(name: string, fromEnd: boolean, self: Bytes, affixes: Value, start?: Value, end?: Value): Result {
  const text = contentOf(self);
  const range = searchRange(start, end, text.length);
  if (range === EXC) return EXC;
  const [from, to] = range;
  const test = (part: string): boolean =>
    to - from >= part.length && from <= text.length && matchesAt(text, part, fromEnd ? to - part.length : from);
  if (affixes instanceof PyTuple) {
    for (const item of affixes.items) {
      const part = bytesLike(item);
      if (part === EXC) return EXC;
      if (test(part)) return true;
    }
    return false;
  }
  if (!hasBuffer(affixes)) {
    return typeError(`${name} first arg must be bytes or a tuple of bytes, not ${typeOf(affixes).name}`);
  }
  const part = bytesLike(affixes);
  return part === EXC ? EXC : test(part);
}

function replace(self: Bytes, old: Value, replacement: Value, count?: Value): Result {
  const from = bytesLike(old);
  if (from === EXC) return EXC;
  const to = bytesLike(replacement);
  if (to === EXC) return EXC;
  const max = sizeArg(count, -1);
  return max === EXC ? EXC : resultFor(self, replaceText(contentOf(self), from, to, max, strConcatAll) as string);
}

function removePrefix(self: Bytes, prefix: Value): Result {
  const part = bytesLike(prefix);
  if (part === EXC) return EXC;
  const text = contentOf(self);
  return resultFor(self, part.length > 0 && text.startsWith(part) ? text.slice(part.length) : text);
}
function removeSuffix(self: Bytes, suffix: Value): Result {
  const part = bytesLike(suffix);
  if (part === EXC) return EXC;
  const text = contentOf(self);
  return resultFor(self, part.length > 0 && text.endsWith(part) ? text.slice(0, text.length - part.length) : text);
}

export const searchMethods = () => ({
  find: finder(findText, "Return the lowest index where subsection sub is found, or -1.").signedAs(
    "($self, sub[, start[, end]], /)",
  ),
  rfind: finder(findLastText, "Return the highest index where subsection sub is found, or -1.").signedAs(
    "($self, sub[, start[, end]], /)",
  ),
  index: indexer(findText, "Like find, but raise ValueError when the subsection is not found.").signedAs(
    "($self, sub[, start[, end]], /)",
  ),
  rindex: indexer(findLastText, "Like rfind, but raise ValueError when the subsection is not found.").signedAs(
    "($self, sub[, start[, end]], /)",
  ),
  count: finder(countText, "Return the number of non-overlapping occurrences of subsection sub.").signedAs(
    "($self, sub[, start[, end]], /)",
  ),
  startswith: method(
    "($self, prefix, start=None, end=None, /)",
    (self: Bytes, prefix: Value, start?: Value, end?: Value) => affix("startswith", false, self, prefix, start, end),
    "Return True if the content starts with the prefix (bytes or a tuple of them).",
  ).signedAs("($self, prefix[, start[, end]], /)"),
  endswith: method(
    "($self, suffix, start=None, end=None, /)",
    (self: Bytes, suffix: Value, start?: Value, end?: Value) => affix("endswith", true, self, suffix, start, end),
    "Return True if the content ends with the suffix (bytes or a tuple of them).",
  ).signedAs("($self, suffix[, start[, end]], /)"),
  replace: method("($self, old, new, count=-1, /)", replace, "Return a copy with occurrences of old replaced by new."),
  removeprefix: method("($self, prefix, /)", removePrefix, "Return the content without the prefix, if it has it."),
  removesuffix: method("($self, suffix, /)", removeSuffix, "Return the content without the suffix, if it has it."),
});
