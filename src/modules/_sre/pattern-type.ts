/** The type `re.Pattern`. */
import {
  EQ,
  EXC,
  HAS_WEAKREF,
  DISALLOW_INSTANTIATION,
  NE,
  type CompareOp,
  type Exc,
  type Int,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { classMethod, getset, method, newType } from "../../objects/define.ts";
import { newGenericAlias } from "../../objects/generic-alias.ts";
import { newList } from "../../objects/list.ts";
import { newMappingProxy } from "../../objects/mapping-proxy.ts";
import { concat } from "../../objects/message.ts";
import { equals, hash, repr } from "../../objects/protocol/object.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { strSlice } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { strValue } from "../../objects/values.ts";
import { asSsize } from "../support/arguments.ts";
import { newMatch } from "./match.ts";
import { FULLMATCH, MATCH, type Mode, SEARCH } from "./matcher.ts";
import { openSearch, PyPattern } from "./pattern.ts";
import { newFindIterator, newScanner } from "./scanner.ts";
import { substitute } from "./substitute.ts";

const UNICODE = 32;
const FLAG_NAMES: readonly [number, string][] = [
  [2, "re.IGNORECASE"],
  [4, "re.LOCALE"],
  [8, "re.MULTILINE"],
  [16, "re.DOTALL"],
  [UNICODE, "re.UNICODE"],
  [64, "re.VERBOSE"],
  [128, "re.DEBUG"],
  [256, "re.ASCII"],
];
/** LOCALE, UNICODE and ASCII: of these UNICODE alone is what str patterns have anyway. */
const CHARACTER_FLAGS = 4 | UNICODE | 256;

function patternRepr(self: PyPattern): Result {
  let { flags } = self;
  if (strValue(self.pattern) !== undefined && (flags & CHARACTER_FLAGS) === UNICODE) flags &= ~UNICODE;
  const names: string[] = [];
  for (const [flag, name] of FLAG_NAMES) {
    if ((flags & flag) === 0) continue;
    names.push(name);
    flags &= ~flag;
  }
  if (flags !== 0) names.push(`0x${(flags >>> 0).toString(16)}`);
  const text = repr(self.pattern);
  if (text === EXC) return EXC;
  const shown = text.length > 200 ? strSlice(text, 0, 200) : text;
  return concat("re.compile(", shown, names.length > 0 ? `, ${names.join("|")})` : ")");
}

function patternHash(self: PyPattern): Int | Exc {
  const inner = hash(self.pattern);
  if (inner === EXC) return EXC;
  let mixed = Number(BigInt.asIntN(32, BigInt(inner))) ^ self.flags ^ self.kind ^ self.groups;
  for (const word of self.matcher.code) mixed = (Math.imul(mixed, 31) + word) | 0;
  return mixed === -1 ? -2 : mixed;
}

function patternCompare(self: PyPattern, other: Value, op: CompareOp): Result {
  if ((op !== EQ && op !== NE) || !(other instanceof PyPattern)) return NotImplemented;
  let same: boolean | Exc = self === other;
  if (!same) {
    const a = self.matcher.code;
    const b = other.matcher.code;
    same =
      self.flags === other.flags &&
      self.kind === other.kind &&
      self.groups === other.groups &&
      a.length === b.length &&
      a.every((word, i) => word === b[i]) &&
      equals(self.pattern, other.pattern);
    if ((same as boolean | Exc) === EXC) return EXC;
  }
  return (same as boolean) === (op === EQ);
}

type Bounds = Value | undefined;

const matching =
  (mode: Mode) =>
  (self: PyPattern, string: Value, pos: Bounds, endpos: Bounds): Result => {
    const search = openSearch(self, string, pos, endpos);
    if (search === EXC) return EXC;
    const found = search.next(mode);
    return found === null ? null : newMatch(search, found);
  };

function findall(self: PyPattern, string: Value, pos: Bounds, endpos: Bounds): Result {
  const search = openSearch(self, string, pos, endpos);
  if (search === EXC) return EXC;
  const { groups } = self;
  if (groups === 0) {
    const all = search.withExpression((text, expression) => text.match(expression) ?? []);
    if (all !== undefined) return newList(all);
  }
  const items: Value[] = [];
  const empty = search.slice(0, 0);
  for (let found = search.next(); found !== null; found = search.next()) {
    if (groups <= 1) items.push(search.group(found, groups) ?? empty);
    else {
      const row: Value[] = [];
      for (let i = 1; i <= groups; i++) row.push(search.group(found, i) ?? empty);
      items.push(newTuple(row));
    }
  }
  return newList(items);
}

function split(self: PyPattern, string: Value, maxsplit: Value | undefined): Result {
  let limit = 0;
  if (maxsplit !== undefined) {
    const given = asSsize(maxsplit);
    if (given === EXC) return EXC;
    limit = given;
  }
  const search = openSearch(self, string, undefined, undefined);
  if (search === EXC) return EXC;
  if (limit === 0 && self.groups === 0) {
    const parts = search.withExpression((text, expression) => text.split(expression));
    if (parts !== undefined) return newList(parts);
  }
  const items: Value[] = [];
  let last = 0;
  for (let made = 0; limit === 0 || made < limit; made++) {
    const found = search.next();
    if (found === null) break;
    items.push(search.slice(last, found.start));
    for (let i = 1; i <= self.groups; i++) items.push(search.group(found, i) ?? null);
    last = found.end;
  }
  items.push(search.slice(last, search.end));
  return newList(items);
}

function finditer(self: PyPattern, string: Value, pos: Bounds, endpos: Bounds): Result {
  const search = openSearch(self, string, pos, endpos);
  return search === EXC ? EXC : newFindIterator(search);
}
function scanner(self: PyPattern, string: Value, pos: Bounds, endpos: Bounds): Result {
  const search = openSearch(self, string, pos, endpos);
  return search === EXC ? EXC : newScanner(search);
}

const SEARCH_TEXT = "($self, /, string, pos=0, endpos=sys.maxsize)";

export const patternType = newType("Pattern", {
  module: "re",
  doc: "A compiled regular expression.",
  flags: HAS_WEAKREF | DISALLOW_INSTANTIATION,
  slots: { tp_new: null, tp_repr: patternRepr, tp_hash: patternHash, tp_richcompare: patternCompare },
  methods: () => ({
    match: method(SEARCH_TEXT, matching(MATCH), "Matches at the beginning of the string."),
    fullmatch: method(SEARCH_TEXT, matching(FULLMATCH), "Matches all of the string."),
    search: method(SEARCH_TEXT, matching(SEARCH), "Finds the first match; None when there is none."),
    sub: method(
      "($self, /, repl, string, count=0)",
      (self: PyPattern, repl: Value, string: Value, count?: Value) => substitute(self, repl, string, count, false),
      "The string with the leftmost non-overlapping matches replaced by repl.",
    ),
    subn: method(
      "($self, /, repl, string, count=0)",
      (self: PyPattern, repl: Value, string: Value, count?: Value) => substitute(self, repl, string, count, true),
      "The tuple (new_string, number_of_subs_made).",
    ),
    findall: method(SEARCH_TEXT, findall, "A list of all non-overlapping matches."),
    split: method("($self, /, string, maxsplit=0)", split, "The string split at the matches."),
    finditer: method(SEARCH_TEXT, finditer, "An iterator over the match objects of all non-overlapping matches."),
    scanner: method(SEARCH_TEXT, scanner),
    __copy__: method("($self, /)", (self: PyPattern) => self),
    __deepcopy__: method("($self, memo, /)", (self: PyPattern, _memo: Value) => self),
    __class_getitem__: classMethod("($type, object, /)", (cls: PyType, item: Value) => newGenericAlias(cls, item)),
  }),
  members: () => ({
    pattern: (self: PyPattern) => self.pattern,
    flags: (self: PyPattern) => self.flags,
    groups: (self: PyPattern) => self.groups,
  }),
  getset: () => ({
    groupindex: getset(
      (self: PyPattern) => newMappingProxy(self.groupindex),
      undefined,
      "A dictionary mapping group names to group numbers.",
    ),
  }),
});
