/** `operator.attrgetter`, `itemgetter`, `methodcaller`. */
import {
  EXC,
  type Exc,
  type KwNames,
  PyObject,
  PyType,
  type Result,
  type Value,
  typeType,
} from "../../objects/core.ts";
import { defineType, getset, method } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { importModule } from "../../objects/import-hook.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { getAttr, repr } from "../../objects/protocol/object.ts";
import { getItem } from "../../objects/protocol/sequence.ts";
import { type Str, strConcatAll } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { strValue } from "../../objects/values.ts";

export const attrGetterType = new PyType("attrgetter", typeType);
export const itemGetterType = new PyType("itemgetter", typeType);
export const methodCallerType = new PyType("methodcaller", typeType);

/** The only argument of a call, or the TypeError that CPython raises. */
function onlyArgument(name: string, args: Value[], kwnames: KwNames): Value | Exc {
  if (kwnames !== null && kwnames.length > 0) return typeError(`${name}() takes no keyword arguments`);
  return args.length === 1 ? args[0] : typeError(`${name} expected 1 argument, got ${args.length}`);
}

/** `operator.name(a, b, key=value)`. */
function reprCall(name: string, values: readonly Value[], keywords: readonly string[] = []): Result {
  const parts: Str[] = [`operator.${name}(`];
  const positional = values.length - keywords.length;
  for (let i = 0; i < values.length; i++) {
    const text = repr(values[i]);
    if (text === EXC) return EXC;
    if (i > 0) parts.push(", ");
    if (i >= positional) parts.push(`${keywords[i - positional]}=`);
    parts.push(text);
  }
  parts.push(")");
  return strConcatAll(parts);
}

/** What `inspect.signature` reads. */
const callSignature = () => ({ __text_signature__: getset(() => "(obj, /)") });

// ── attrgetter ─────────────────────────────────────────────────────────────────────────────────────────────
class PyAttrGetter extends PyObject {
  private readonly paths: readonly string[][];
  constructor(readonly names: readonly string[]) {
    super(attrGetterType.shapes);
    this.paths = names.map((name) => name.split("."));
  }
  get(obj: Value): Result {
    if (this.paths.length === 1) return follow(obj, this.paths[0]);
    const values: Value[] = [];
    for (const path of this.paths) {
      const value = follow(obj, path);
      if (value === EXC) return EXC;
      values.push(value);
    }
    return newTuple(values);
  }
}
function follow(obj: Value, path: readonly string[]): Result {
  let value: Result = obj;
  for (const name of path) {
    value = getAttr(value, name);
    if (value === EXC) return EXC;
  }
  return value;
}

function attrGetterNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("attrgetter() takes no keyword arguments");
  if (args.length === 0) return typeError("attrgetter expected 1 argument, got 0");
  const names: string[] = [];
  for (const arg of args) {
    const name = strValue(arg);
    if (name === undefined) return typeError("attribute name must be a string");
    names.push(String(name));
  }
  return new PyAttrGetter(names);
}

defineType(attrGetterType, {
  module: "operator",
  doc: "Return a callable object that fetches the given attribute(s) from its operand.\nAfter f = attrgetter('name'), the call f(r) returns r.name.\nAfter h = attrgetter('name.first', 'name.last'), the call h(r) returns\n(r.name.first, r.name.last).",
  textSignature: "(attr, /, *attrs)",
  slots: {
    tp_new: attrGetterNew,
    tp_repr: (self: PyAttrGetter) => reprCall("attrgetter", self.names),
    tp_call: (self: PyAttrGetter, args: Value[], kwnames: KwNames): Result => {
      const obj = onlyArgument("attrgetter", args, kwnames);
      return obj === EXC ? EXC : self.get(obj);
    },
  },
  methods: () => ({
    __reduce__: method(
      "($self, /)",
      (self: PyAttrGetter) => newTuple([attrGetterType, newTuple(self.names.slice())]),
      "Return state information for pickling",
    ),
  }),
  getset: callSignature,
});

// ── itemgetter ─────────────────────────────────────────────────────────────────────────────────────────────
class PyItemGetter extends PyObject {
  constructor(readonly items: readonly Value[]) {
    super(itemGetterType.shapes);
  }
  get(obj: Value): Result {
    if (this.items.length === 1) return getItem(obj, this.items[0]);
    const values: Value[] = [];
    for (const item of this.items) {
      const value = getItem(obj, item);
      if (value === EXC) return EXC;
      values.push(value);
    }
    return newTuple(values);
  }
}

defineType(itemGetterType, {
  module: "operator",
  doc: "Return a callable object that fetches the given item(s) from its operand.\nAfter f = itemgetter(2), the call f(r) returns r[2].\nAfter g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])",
  textSignature: "(item, /, *items)",
  slots: {
    tp_new: (_cls, args, kwnames) => {
      if (kwnames !== null && kwnames.length > 0) return typeError("itemgetter() takes no keyword arguments");
      if (args.length === 0) return typeError("itemgetter expected 1 argument, got 0");
      return new PyItemGetter(args.slice());
    },
    tp_repr: (self: PyItemGetter) => reprCall("itemgetter", self.items),
    tp_call: (self: PyItemGetter, args: Value[], kwnames: KwNames): Result => {
      const obj = onlyArgument("itemgetter", args, kwnames);
      return obj === EXC ? EXC : self.get(obj);
    },
  },
  methods: () => ({
    __reduce__: method(
      "($self, /)",
      (self: PyItemGetter) => newTuple([itemGetterType, newTuple(self.items.slice())]),
      "Return state information for pickling",
    ),
  }),
  getset: callSignature,
});

// ── methodcaller ───────────────────────────────────────────────────────────────────────────────────────────
class PyMethodCaller extends PyObject {
  constructor(
    readonly name: string,
    /** As a vectorcall's. */
    readonly args: readonly Value[],
    readonly kwnames: readonly string[],
  ) {
    super(methodCallerType.shapes);
  }
  callOn(obj: Value): Result {
    if (this.kwnames.length === 0) return callMethod(obj, this.name, this.args as Value[]);
    const bound = getAttr(obj, this.name);
    return bound === EXC ? EXC : call(bound, this.args as Value[], this.kwnames);
  }
  reduce(): Result {
    const { name, args, kwnames } = this;
    if (kwnames.length === 0) return newTuple([methodCallerType, newTuple([name, ...args])]);
    const functools = importModule("functools");
    if (functools === EXC) return EXC;
    const partial = getAttr(functools, "partial");
    if (partial === EXC) return EXC;
    const positional = args.length - kwnames.length;
    const maker = call(partial, [methodCallerType, name, ...args.slice(positional)], kwnames);
    return maker === EXC ? EXC : newTuple([maker, newTuple(args.slice(0, positional))]);
  }
}

defineType(methodCallerType, {
  module: "operator",
  doc: "Return a callable object that calls the given method on its operand.\nAfter f = methodcaller('name'), the call f(r) returns r.name().\nAfter g = methodcaller('name', 'date', foo=1), the call g(r) returns\nr.name('date', foo=1).",
  textSignature: "(name, /, *args, **kwargs)",
  slots: {
    tp_new: (_cls, args, kwnames) => {
      const names = kwnames ?? [];
      if (args.length - names.length < 1) return typeError("methodcaller needs at least one argument, the method name");
      const name = strValue(args[0]);
      if (name === undefined) return typeError("method name must be a string");
      return new PyMethodCaller(String(name), args.slice(1), names.slice());
    },
    tp_repr: (self: PyMethodCaller) => reprCall("methodcaller", [self.name, ...self.args], self.kwnames),
    tp_call: (self: PyMethodCaller, args: Value[], kwnames: KwNames): Result => {
      const obj = onlyArgument("methodcaller", args, kwnames);
      return obj === EXC ? EXC : self.callOn(obj);
    },
  },
  methods: () => ({
    __reduce__: method("($self, /)", (self: PyMethodCaller) => self.reduce(), "Return state information for pickling"),
  }),
  getset: callSignature,
});
