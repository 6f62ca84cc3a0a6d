/** `functools.partial`. */
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_DICT,
  HAS_WEAKREF,
  type KwNames,
  PyObject,
  PyType,
  type Result,
  type Value,
  typeType,
} from "../../objects/core.ts";
import { classMethod, defineType, method } from "../../objects/define.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import { typeError } from "../../objects/errors.ts";
import { newGenericAlias } from "../../objects/generic-alias.ts";
import { newMethod } from "../../objects/method.ts";
import { call } from "../../objects/protocol/call.ts";
import { getAttr, isCallable, repr, str } from "../../objects/protocol/object.ts";
import { reprEnter, reprLeave } from "../../objects/recursion.ts";
import { type Str, strConcatAll } from "../../objects/str/astral.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { dictType, tupleType, typeOf } from "../../objects/types.ts";
import { nativeDictGetSet } from "../../objects/type/native-dict.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { Placeholder } from "./placeholder.ts";

export const partialType = new PyType("partial", typeType);

class Base extends PyObject {
  func: Value = null;
  args: PyTuple = newTuple([]);
  keywords: PyDict = newDict();
  /** How many of `args` are placeholders. */
  placeholders = 0;
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
export class PyPartial extends withAttributes(Base) {}

const isPlaceholder = (value: Value): boolean => value === Placeholder;
const countPlaceholders = (args: readonly Value[]): number => args.filter(isPlaceholder).length;

function partialNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const names = kwnames ?? [];
  const positional = args.slice(0, args.length - names.length);
  if (positional.length === 0) return typeError("type 'partial' takes at least one argument");
  const [callable, ...given] = positional;
  if (!isCallable(callable)) return typeError("the first argument must be callable");
  if (given.length > 0 && isPlaceholder(given[given.length - 1])) {
    return typeError("trailing Placeholders are not allowed");
  }
  const keywords = newDict();
  const self = new PyPartial(cls);
  // A partial of a partial is one partial, unless the inner one carries attributes.
  const inner = callable instanceof PyPartial && callable.dict === undefined ? callable : null;
  self.func = inner === null ? callable : inner.func;
  self.args = newTuple(inner === null ? given : merge(inner.args.items, given));
  self.placeholders = countPlaceholders(self.args.items);
  if (inner !== null) keywords.copyFrom(inner.keywords);
  for (let i = 0; i < names.length; i++) {
    const value = args[positional.length + i];
    if (isPlaceholder(value)) return typeError("Placeholder cannot be passed as a keyword argument");
    keywords.setStr(names[i], value);
  }
  self.keywords = keywords;
  return self;
}

/** `stored` with its placeholders filled from `given`, then the rest of `given`. */
function merge(stored: readonly Value[], given: readonly Value[]): Value[] {
  let used = 0;
  const merged = stored.map((value) => (isPlaceholder(value) && used < given.length ? given[used++] : value));
  for (; used < given.length; used++) merged.push(given[used]);
  return merged;
}

function callPartial(self: PyPartial, args: Value[], kwnames: KwNames): Result {
  const names = kwnames ?? [];
  const given = args.length - names.length;
  if (given < self.placeholders) {
    return typeError(
      `missing positional arguments in 'partial' call; expected at least ${self.placeholders}, got ${given}`,
    );
  }
  const positional = names.length === 0 ? args : args.slice(0, given);
  const merged = self.placeholders === 0 ? self.args.items.concat(positional) : merge(self.args.items, positional);
  if (self.keywords.size === 0) {
    return call(self.func, names.length === 0 ? merged : merged.concat(args.slice(given)), kwnames);
  }
  const keywords = self.keywords.copy();
  for (let i = 0; i < names.length; i++) keywords.setStr(names[i], args[given + i]);
  const allNames: string[] = [];
  for (const [name, value] of keywords.items()) {
    // Programs may put anything into `partial.keywords`.
    if (typeof name !== "string") return typeError("keywords must be strings");
    allNames.push(name);
    merged.push(value);
  }
  return call(self.func, merged, allNames);
}

function reprPartial(self: PyPartial): Result {
  if (reprEnter(self)) return "...";
  const text = reprInside(self);
  reprLeave(self);
  return text;
}
function reprInside(self: PyPartial): Str | Exc {
  const module = getAttr(self.shape.cls, "__module__");
  if (module === EXC) return EXC;
  // A repr may give this partial a new state; what is shown is the state at the start.
  const { args } = self;
  const keywords = self.keywords.items();
  const func = repr(self.func);
  if (func === EXC) return EXC;
  const parts: Str[] = [`${String(module)}.${self.shape.cls.qualname}(`, func];
  for (const value of args.items) {
    const text = repr(value);
    if (text === EXC) return EXC;
    parts.push(", ", text);
  }
  for (const [name, value] of keywords) {
    const nameText = str(name);
    if (nameText === EXC) return EXC;
    const text = repr(value);
    if (text === EXC) return EXC;
    parts.push(", ", nameText, "=", text);
  }
  parts.push(")");
  return strConcatAll(parts);
}

function reduce(self: PyPartial): Result {
  const state = newTuple([self.func, self.args, self.keywords, (self.dict as Value | undefined) ?? null]);
  return newTuple([self.shape.cls, newTuple([self.func]), state]);
}

function setState(self: PyPartial, state: Value): Result {
  if (!(state instanceof PyTuple) || state.items.length !== 4) return typeError("invalid partial state");
  const [func, args, keywords, dict] = state.items;
  if (!isCallable(func) || !(args instanceof PyTuple) || (keywords !== null && !(keywords instanceof PyDict))) {
    return typeError("invalid partial state");
  }
  if (dict !== null && !(dict instanceof PyDict)) {
    return typeError("invalid partial state");
  }
  const { items } = args;
  if (items.length > 0 && isPlaceholder(items[items.length - 1])) {
    return typeError("trailing Placeholders are not allowed");
  }
  self.func = func;
  self.args = typeOf(args) === tupleType ? args : newTuple(items.slice());
  self.placeholders = countPlaceholders(items);
  self.keywords = keywords === null ? newDict() : typeOf(keywords) === dictType ? keywords : keywords.copy();
  self.dict = dict ?? undefined;
  return null;
}

defineType(partialType, {
  module: "functools",
  doc: "Create a new function with partial application of the given arguments\nand keywords.",
  textSignature: "(func, /, *args, **keywords)",
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF,
  slots: {
    tp_new: partialNew,
    tp_alloc: (cls: PyType) => new PyPartial(cls),
    tp_call: callPartial,
    tp_repr: reprPartial,
    tp_descr_get: (self: PyPartial, obj: Value | undefined): Result =>
      obj === undefined || obj === null ? self : newMethod(self, obj),
  },
  methods: () => ({
    __reduce__: method("($self, /)", reduce),
    __setstate__: method("($self, state, /)", setState),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
  getset: () => ({ __dict__: nativeDictGetSet }),
  members: () => ({
    func: (self: PyPartial) => self.func,
    args: (self: PyPartial) => self.args,
    keywords: (self: PyPartial) => self.keywords,
  }),
});
