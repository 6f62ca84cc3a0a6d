/** str's methods that look for text: find, index, count, startswith, replace, removeprefix … */
import { EXC, type Exc, type Result, type Value } from "../core.ts";
import { typeError, valueError } from "../errors.ts";
import { method } from "../native.ts";
import { PyTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { searchRange, sizeArg, strArg, textOf } from "./args.ts";
import { type Str, strConcatAll, strSlice } from "./astral.ts";
import { countText, findLastText, findText, matchesAt, replaceText } from "./find.ts";

type Search = (text: Str, needle: Str, start: number, end: number) => number;

function search(name: string, find: Search, self: Value, sub: Value, start?: Value, end?: Value): number | Exc {
  const needle = strArg(sub, `${name}() argument 1`);
  if (needle === EXC) return EXC;
  const text = textOf(self);
  if (start === undefined && end === undefined) return find(text, needle, 0, text.length);
  const range = searchRange(start, end, text.length);
  return range === EXC ? EXC : find(text, needle, range[0], range[1]);
}
const FIND = "($self, sub, start=None, end=None, /)";

const finder = (name: string, find: Search, doc: string) =>
  method(FIND, (self: Value, sub: Value, start?: Value, end?: Value) => search(name, find, self, sub, start, end), doc);
const indexer = (name: string, find: Search, doc: string) =>
  method(
    FIND,
    (self: Value, sub: Value, start?: Value, end?: Value) => {
      const at = search(name, find, self, sub, start, end);
      return at === -1 ? valueError("substring not found") : at;
    },
    doc,
  );

/** startswith and endswith: `at` gives where the prefix must stand. */
function affix(name: string, fromEnd: boolean, self: Value, affixes: Value, start?: Value, end?: Value): Result {
  const text = textOf(self);
  const range = searchRange(start, end, text.length);
  if (range === EXC) return EXC;
  const [from, to] = range;
  const test = (part: Str): boolean =>
    to - from >= part.length && from <= text.length && matchesAt(text, part, fromEnd ? to - part.length : from);
  const single = strValue(affixes);
  if (single !== undefined) return test(single);
  if (!(affixes instanceof PyTuple)) {
    return typeError(`${name} first arg must be str or a tuple of str, not ${typeOf(affixes).name}`);
  }
  for (const item of affixes.items) {
    const part = strValue(item);
    if (part === undefined) return typeError(`tuple for ${name} must only contain str, not ${typeOf(item).name}`);
    if (test(part)) return true;
  }
  return false;
}

function replace(self: Value, old: Value, replacement: Value, count?: Value): Result {
  const from = strArg(old, "replace() argument 1");
  if (from === EXC) return EXC;
  const to = strArg(replacement, "replace() argument 2");
  if (to === EXC) return EXC;
  const max = sizeArg(count, -1);
  return max === EXC ? EXC : replaceText(textOf(self), from, to, max, strConcatAll);
}

function removePrefix(self: Value, prefix: Value): Result {
  const part = strArg(prefix, "removeprefix() argument");
  if (part === EXC) return EXC;
  const text = textOf(self);
  return matchesAt(text, part, 0) ? strSlice(text, part.length) : text;
}
function removeSuffix(self: Value, suffix: Value): Result {
  const part = strArg(suffix, "removesuffix() argument");
  if (part === EXC) return EXC;
  const text = textOf(self);
  const at = text.length - part.length;
  return part.length > 0 && matchesAt(text, part, at) ? strSlice(text, 0, at) : text;
}

export const searchMethods = () => ({
  find: finder("find", findText, "Return the lowest index where substring sub is found, or -1.").signedAs(
    "($self, sub[, start[, end]], /)",
  ),
  rfind: finder("rfind", findLastText, "Return the highest index where substring sub is found, or -1.").signedAs(
    "($self, sub[, start[, end]], /)",
  ),
  index: indexer("index", findText, "Like find, but raise ValueError when the substring is not found.").signedAs(
    "($self, sub[, start[, end]], /)",
  ),
  rindex: indexer("rindex", findLastText, "Like rfind, but raise ValueError when the substring is not found.").signedAs(
    "($self, sub[, start[, end]], /)",
  ),
  count: finder("count", countText, "Return the number of non-overlapping occurrences of substring sub.").signedAs(
    "($self, sub[, start[, end]], /)",
  ),
  startswith: method(
    "($self, prefix, start=None, end=None, /)",
    (self: Value, prefix: Value, start?: Value, end?: Value) => affix("startswith", false, self, prefix, start, end),
    "Return True if the string starts with the prefix (a string or a tuple of them).",
  ).signedAs("($self, prefix[, start[, end]], /)"),
  endswith: method(
    "($self, suffix, start=None, end=None, /)",
    (self: Value, suffix: Value, start?: Value, end?: Value) => affix("endswith", true, self, suffix, start, end),
    "Return True if the string ends with the suffix (a string or a tuple of them).",
  ).signedAs("($self, suffix[, start[, end]], /)"),
  replace: method("($self, old, new, /, count=-1)", replace, "Return a copy with occurrences of old replaced by new."),
  removeprefix: method("($self, prefix, /)", removePrefix, "Return the string without the prefix, if it has it."),
  removesuffix: method("($self, suffix, /)", removeSuffix, "Return the string without the suffix, if it has it."),
});
