/** Match objects, `re.Match`. */
import {
  EXC,
  type Exc,
  type Int,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { PyBytes } from "../../objects/bytes.ts";
import { classMethod, getset, method, newType, rawMethod } from "../../objects/define.ts";
import { newDict, type PyDict } from "../../objects/dict.ts";
import { catches, clearException, indexError, throwPending, typeError } from "../../objects/errors.ts";
import { overflowErrorType } from "../../objects/exceptions/types.ts";
import { newGenericAlias } from "../../objects/generic-alias.ts";
import { concat } from "../../objects/message.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { repr } from "../../objects/protocol/object.ts";
import { strSlice } from "../../objects/str/astral.ts";
import { newTuple, type PyTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue } from "../../objects/values.ts";
import type { Found } from "./matcher.ts";
import { groupOf, type PyPattern, type Search } from "./pattern.ts";
import { type Content, contentOf, sliceOf } from "./subject.ts";
import { compileTemplate, expandTemplate, PyTemplate } from "./template.ts";

export class PyMatch extends PyObject {
  private regsMemo: PyTuple | null = null;

  constructor(
    readonly pattern: PyPattern,
    readonly string: Value,
    readonly content: Content,
    readonly isBytes: boolean,
    readonly found: Found,
    readonly pos: number,
    readonly endpos: number,
  ) {
    super(matchType.shapes);
  }

  group(index: number): Value | undefined {
    if (this.isBytes && !(this.string instanceof PyBytes)) return this.groupNow(index);
    return groupOf(this.found, this.content, this.isBytes, index);
  }
  /** From memory that may have changed since, as CPython reads it. */
  private groupNow(index: number): Value | undefined {
    const [start, end] = this.span(index);
    if (start < 0) return undefined;
    const content = contentOf(this.string);
    if (content === EXC) throwPending();
    return sliceOf(content, true, Math.min(start, content.length), Math.min(end, content.length));
  }
  span(index: number): [number, number] {
    if (index === 0) return [this.found.start, this.found.end];
    const spans = this.found.spans();
    const start = spans[index * 2 - 2];
    const end = spans[index * 2 - 1];
    return start < 0 || end < 0 ? [-1, -1] : [start, end];
  }
  get regs(): PyTuple {
    if (this.regsMemo === null) {
      const items: Value[] = [];
      for (let i = 0; i <= this.pattern.groups; i++) items.push(newTuple(this.span(i)));
      this.regsMemo = newTuple(items);
    }
    return this.regsMemo;
  }
}

/** The match object of what `search` found. */
export function newMatch(search: Search, found: Found): PyMatch {
  return new PyMatch(search.pattern, search.value, search.content, search.isBytes, found, search.pos, search.end);
}

/** The number of the group that `key`, a number or name, means. */
function groupNumber(self: PyMatch, key: Value): number | Exc {
  let index: Int | Exc = -1;
  if (typeof key === "number") index = key;
  else if (intValue(key) !== undefined || typeOf(key).nb_index !== null) {
    index = asSize(key);
    if (index === EXC) {
      if (!catches(overflowErrorType)) return EXC;
      clearException();
      index = -1;
    }
  } else {
    const found = self.pattern.groupindex.get(key);
    if (found === EXC) clearException();
    else if (typeof found === "number") index = found;
  }
  if (index < 0 || index > self.pattern.groups) return indexError("no such group");
  return index;
}

function group(self: PyMatch, key: Value): Result {
  const index = groupNumber(self, key);
  return index === EXC ? EXC : (self.group(index) ?? null);
}

function groupMethod(self: PyMatch, args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("re.Match.group() takes no keyword arguments");
  if (args.length === 0) return self.group(0) as Value;
  if (args.length === 1) return group(self, args[0]);
  const items: Value[] = [];
  for (const key of args) {
    const item = group(self, key);
    if (item === EXC) return EXC;
    items.push(item);
  }
  return newTuple(items);
}

function groups(self: PyMatch, missing: Value = null): Result {
  const items: Value[] = [];
  for (let i = 1; i <= self.pattern.groups; i++) items.push(self.group(i) ?? missing);
  return newTuple(items);
}

function groupdict(self: PyMatch, missing: Value = null): Result {
  const result: PyDict = newDict();
  for (const [name, number] of self.pattern.groupindex.items()) {
    const index = groupNumber(self, number);
    if (index === EXC || result.set(name, self.group(index) ?? missing) === EXC) return EXC;
  }
  return result;
}

function edge(which: 0 | 1): (self: PyMatch, key?: Value) => Result {
  return (self, key = 0) => {
    const index = groupNumber(self, key);
    return index === EXC ? EXC : self.span(index)[which];
  };
}

function span(self: PyMatch, key: Value = 0): Result {
  const index = groupNumber(self, key);
  return index === EXC ? EXC : newTuple(self.span(index));
}

function expand(self: PyMatch, template: Value): Result {
  const compiled = compileTemplate(self.pattern, template);
  if (compiled === EXC) return EXC;
  return compiled instanceof PyTemplate ? expandTemplate(compiled, self.found, self.content, self.isBytes) : compiled;
}

function lastgroup(self: PyMatch): Result {
  const index = self.found.lastindex();
  return index >= 0 && index < self.pattern.indexgroup.items.length ? self.pattern.indexgroup.items[index] : null;
}

function matchRepr(self: PyMatch): Result {
  const text = repr(self.group(0) as Value);
  if (text === EXC) return EXC;
  // CPython shows at most 50 characters of the repr.
  const shown = text.length > 50 ? strSlice(text, 0, 50) : text;
  return concat(`<re.Match object; span=(${self.found.start}, ${self.found.end}), match=`, shown, ">");
}

export const matchType: PyType = newType("Match", {
  module: "re",
  doc: "What a pattern found in a text. Match objects are always true.",
  slots: {
    tp_new: null,
    tp_repr: matchRepr,
    mp_subscript: group,
  },
  methods: () => ({
    group: rawMethod(groupMethod, "The groups with the given numbers or names; without any, the whole match."),
    start: method("($self, group=0, /)", edge(0), "Where the group starts."),
    end: method("($self, group=0, /)", edge(1), "Where the group ends."),
    span: method("($self, group=0, /)", span, "Where the group starts and ends."),
    groups: method("($self, /, default=None)", groups, "All groups from 1 on."),
    groupdict: method("($self, /, default=None)", groupdict, "The named groups by name."),
    expand: method("($self, /, template)", expand, "The template with references replaced, as sub() does."),
    __copy__: method("($self, /)", (self: PyMatch) => self),
    __deepcopy__: method("($self, memo, /)", (self: PyMatch, _memo: Value) => self),
    __class_getitem__: classMethod("($type, object, /)", (cls: PyType, item: Value) => newGenericAlias(cls, item)),
  }),
  members: () => ({
    string: (self: PyMatch) => self.string,
    re: (self: PyMatch) => self.pattern,
    pos: (self: PyMatch) => self.pos,
    endpos: (self: PyMatch) => self.endpos,
  }),
  getset: () => ({
    lastindex: getset((self: PyMatch) => (self.found.lastindex() < 0 ? null : self.found.lastindex())),
    lastgroup: getset(lastgroup),
    regs: getset((self: PyMatch) => self.regs),
  }),
});
