/** `types.SimpleNamespace`: attributes and nothing else, with a repr that shows them. */
import {
  BASETYPE,
  type CompareOp,
  EXC,
  type Exc,
  HAS_DICT,
  type KwNames,
  type Namespace,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "./core.ts";
import { getset, method, newType, rawMethod } from "./define.ts";
import { PyDict, newDict } from "./dict.ts";
import { typeError } from "./errors.ts";
import { concat } from "./message.ts";
import { call } from "./protocol/call.ts";
import { repr, richCompare } from "./protocol/object.ts";
import { reprEnter, reprLeave } from "./recursion.ts";
import { NotImplemented } from "./singletons.ts";
import type { Str } from "./str/astral.ts";
import { shortName } from "./type/short-name.ts";
import { emptyTuple, newTuple } from "./tuple.ts";
import { moduleOfType } from "./type/type-type.ts";
import { dictType, typeOf } from "./types.ts";
import { strValue } from "./values.ts";

export class PySimpleNamespace extends PyObject {
  dict: PyDict = newDict();
  members: (Value | undefined)[] | null = null;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
  override getDict(_create: boolean): Namespace | undefined {
    return this.dict;
  }
  override getMember(index: number): Value | undefined {
    return this.members?.[index];
  }
  override setMember(index: number, value: Value | undefined): void {
    this.members ??= [];
    this.members[index] = value;
  }
}

/** A namespace with these attributes, for native code. */
export function newSimpleNamespace(attributes: Record<string, Value>): PySimpleNamespace {
  const made = new PySimpleNamespace(simpleNamespaceType);
  for (const name in attributes) made.dict.setStr(name, attributes[name]);
  return made;
}

function namespaceInit(self: PySimpleNamespace, args: Value[], kwnames: KwNames): Status {
  const given = args.length - (kwnames === null ? 0 : kwnames.length);
  if (given > 1) return typeError(`${shortName(self.shape.cls)} expected at most 1 argument, got ${given}`);
  if (given === 1) {
    const source = args[0] instanceof PyDict ? args[0] : call(dictType, [args[0]]);
    if (source === EXC) return EXC;
    for (const [key, value] of (source as PyDict).items()) {
      if (strValue(key) === undefined) return typeError("keywords must be strings");
      if (self.dict.set(key, value) === EXC) return EXC;
    }
  }
  return setKeywords(self, args, kwnames, given);
}
function setKeywords(self: PySimpleNamespace, args: Value[], kwnames: KwNames, given: number): Status {
  for (let i = 0; kwnames !== null && i < kwnames.length; i++) self.dict.setStr(kwnames[i], args[given + i]);
  return null;
}

function namespaceRepr(self: PySimpleNamespace): Str | Exc {
  const name = self.shape.cls === simpleNamespaceType ? "namespace" : shortName(self.shape.cls);
  if (reprEnter(self)) return `${name}(...)`;
  const parts: Str[] = [name, "("];
  for (const [key, value] of self.dict.items()) {
    const keyText = strValue(key);
    if (keyText === undefined || keyText.length === 0) continue;
    const text = repr(value);
    if (text === EXC) {
      reprLeave(self);
      return EXC;
    }
    if (parts.length > 2) parts.push(", ");
    parts.push(keyText, "=", text);
  }
  reprLeave(self);
  return concat(...parts, ")");
}

function namespaceCompare(a: PySimpleNamespace, b: Value, op: CompareOp): Result {
  if (!(a instanceof PySimpleNamespace) || !(b instanceof PySimpleNamespace)) return NotImplemented;
  return richCompare(a.dict, b.dict, op);
}

function namespaceReplace(self: PySimpleNamespace, args: Value[], kwnames: KwNames): Result {
  const given = args.length - (kwnames === null ? 0 : kwnames.length);
  if (given > 0) return typeError("__replace__() takes no positional arguments");
  const copy = call(self.shape.cls, []);
  if (copy === EXC) return EXC;
  if (!(copy instanceof PySimpleNamespace)) {
    const { cls } = self.shape;
    const module = strValue(moduleOfType(cls));
    const name = module === undefined || module === "builtins" ? cls.qualname : concat(module, ".", cls.qualname);
    return typeError(
      concat(`expect ${simpleNamespaceType.name} type, but `, name, `() returned '${typeOf(copy).name}' object`),
    );
  }
  for (const [key, value] of self.dict.items()) if (copy.dict.set(key, value) === EXC) return EXC;
  return setKeywords(copy, args, kwnames, 0) === EXC ? EXC : copy;
}

export const simpleNamespaceType = newType("SimpleNamespace", {
  module: "types",
  doc: "A simple attribute-based namespace.",
  textSignature: "(mapping_or_iterable=(), /, **kwargs)",
  flags: BASETYPE | HAS_DICT,
  slots: {
    tp_alloc: (cls) => new PySimpleNamespace(cls),
    tp_init: namespaceInit,
    tp_repr: namespaceRepr,
    tp_richcompare: namespaceCompare,
  },
  methods: () => ({
    __reduce__: method("($self, /)", (self: PySimpleNamespace) => newTuple([self.shape.cls, emptyTuple, self.dict])),
    __replace__: rawMethod(namespaceReplace, "A copy with changes.").signedAs("($self, /, **changes)"),
  }),
  getset: () => ({ __dict__: getset((self: PySimpleNamespace) => self.dict) }),
});
