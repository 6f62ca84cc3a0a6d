/** `collections.defaultdict`. */
import {
  BASETYPE,
  EXC,
  type KwNames,
  PyType,
  type Result,
  type Status,
  type Value,
  typeType,
} from "../../objects/core.ts";
import { classMethod, defineType, getset, method } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { subscriptDict } from "../../objects/dict/type.ts";
import { updateFrom, updateFromArgs } from "../../objects/dict/update.ts";
import { keyError, typeError } from "../../objects/errors.ts";
import { newGenericAlias } from "../../objects/generic-alias.ts";
import { call, call0, callMethod } from "../../objects/protocol/call.ts";
import { getIter } from "../../objects/protocol/iter.ts";
import { isCallable, repr } from "../../objects/protocol/object.ts";
import { reprEnter, reprLeave } from "../../objects/recursion.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { strConcatAll } from "../../objects/str/astral.ts";
import { emptyTuple, newTuple } from "../../objects/tuple.ts";
import { dictType } from "../../objects/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { genericNew } from "../../objects/type/generic-new.ts";

export const defaultdictType = new PyType("defaultdict", typeType);

export class PyDefaultDict extends PyDict {
  defaultFactory: Value = null;
}
class PyDefaultDictSub extends withAttributes(PyDefaultDict) {}

function init(self: PyDefaultDict, args: Value[], kwnames: KwNames): Status {
  const positional = args.length - (kwnames === null ? 0 : kwnames.length);
  let rest = args;
  let factory: Value = null;
  if (positional > 0) {
    factory = args[0];
    if (factory !== null && !isCallable(factory)) return typeError("first argument must be callable or None");
    rest = args.slice(1);
  }
  self.defaultFactory = factory;
  return updateFromArgs(self, "dict", rest, kwnames);
}

function missing(self: PyDefaultDict, key: Value): Result {
  if (self.defaultFactory === null) return keyError(key);
  const value = call0(self.defaultFactory);
  if (value === EXC) return EXC;
  // The factory may have stored a value for the key itself.
  return self.setDefault(key, value);
}

function subscript(self: PyDefaultDict, key: Value): Result {
  if (self.shape.cls !== defaultdictType) return subscriptDict(self, key);
  const value = self.get(key);
  return value !== undefined ? value : missing(self, key);
}

/** `type(self)(self.default_factory, self)`. */
function copy(self: PyDefaultDict): Result {
  return call(self.shape.cls, [self.defaultFactory, self]);
}

function union(a: Value, b: Value): Result {
  if (!(a instanceof PyDict) || !(b instanceof PyDict)) return NotImplemented;
  if (a instanceof PyDefaultDict) {
    const merged = copy(a);
    if (merged === EXC) return EXC;
    if (!(merged instanceof PyDict)) return typeError("defaultdict copy must be a dict");
    return updateFrom(merged, b) === EXC ? EXC : merged;
  }
  const { shape, defaultFactory } = b as PyDefaultDict;
  const merged = call(shape.cls, [defaultFactory, a]);
  if (merged === EXC) return EXC;
  return callMethod(merged, "update", [b]) === EXC ? EXC : merged;
}

function reprDefaultDict(self: PyDefaultDict): Result {
  const entries = dictType.tp_repr!(self);
  if (entries === EXC) return EXC;
  const factory = reprFactory(self);
  if (factory === EXC) return EXC;
  const name = self.shape.cls.qualname.split(".").pop() as string;
  return strConcatAll([name, "(", factory, ", ", entries as string, ")"]);
}
function reprFactory(self: PyDefaultDict): ReturnType<typeof repr> {
  const { defaultFactory } = self;
  if (defaultFactory === null) return "None";
  // A factory may be a method bound to this dict.
  if (reprEnter(self)) return "...";
  const text = repr(defaultFactory);
  reprLeave(self);
  return text;
}

function reduce(self: PyDefaultDict): Result {
  const items = callMethod(self, "items");
  if (items === EXC) return EXC;
  const iterator = getIter(items);
  if (iterator === EXC) return EXC;
  const args = self.defaultFactory === null ? emptyTuple : newTuple([self.defaultFactory]);
  return newTuple([self.shape.cls, args, null, null, iterator]);
}

defineType(defaultdictType, {
  module: "collections",
  doc: "A dict that makes the values of missing keys.\n\ndefaultdict(default_factory=None, /, [...]): default_factory is called without\narguments to produce the value of a key that is asked for by subscript and\nmissing; the value is stored.  The other arguments are those of dict.",
  base: dictType,
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls: PyType) => (cls === defaultdictType ? new PyDefaultDict(cls) : new PyDefaultDictSub(cls)),
    tp_new: genericNew,
    tp_init: init,
    tp_repr: reprDefaultDict,
    nb_or: union,
    mp_subscript: subscript,
  },
  methods: () => ({
    __missing__: method(
      "($self, key, /)",
      missing,
      "Called by __getitem__ for a missing key: stores and returns what default_factory makes, or raises KeyError.",
    ),
    copy: method("($self, /)", copy, "A shallow copy."),
    __copy__: method("($self, /)", copy, "A shallow copy."),
    __reduce__: method("($self, /)", reduce, "Return state information for pickling."),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
  getset: () => ({
    default_factory: getset(
      (self: PyDefaultDict) => self.defaultFactory,
      (self: PyDefaultDict, value: Value | undefined) => {
        self.defaultFactory = value ?? null;
        return null;
      },
      "Factory for default value called by __missing__().",
    ),
  }),
});
