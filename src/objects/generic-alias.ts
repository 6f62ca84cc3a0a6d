/**
 * `types.GenericAlias`: `list[int]`. It stands for its origin in nearly everything and remembers the arguments.
 * Source: PEP 585, PEP 646. Substitution of type variables is in `type-parameters.ts`.
 */
import {
  BASETYPE,
  type CompareOp,
  END,
  type End,
  EQ,
  EXC,
  type Exc,
  HAS_WEAKREF,
  type Int,
  type KwNames,
  NE,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "./core.ts";
import { getset, method, newType } from "./define.ts";
import { catches, clearException, indexError, typeError } from "./errors.ts";
import { attributeErrorType, typeErrorType } from "./exceptions/types.ts";
import { PyList, newList } from "./list.ts";
import { concat } from "./message.ts";
import { canonical } from "./numeric/int-math.ts";
import { call } from "./protocol/call.ts";
import { dir, equals, getAttr, hash, lookupAttr, repr, setAttr } from "./protocol/object.ts";
import { getIter } from "./protocol/iter.ts";
import { rt } from "./runtime.ts";
import { NotImplemented } from "./singletons.ts";
import type { Str } from "./str/astral.ts";
import { PyTuple, newTuple } from "./tuple.ts";
import { instanceGetAttr } from "./type/instance-attributes.ts";
import { parametersOf, substitute } from "./type-parameters.ts";
import { ellipsisType, noneType, tupleType, typeOf } from "./types.ts";
import { unionOr } from "./union.ts";
import { strValue } from "./values.ts";
import { withAttributes } from "./with-attributes.ts";

export class PyGenericAlias extends PyObject {
  origin: Value = null;
  args: PyTuple = newTuple([]);
  /** Made when first asked for. */
  parameters: PyTuple | null = null;
  /** `*tuple[int, ...]`: to be unpacked where it stands among arguments. */
  starred = false;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
export class PyGenericAliasSub extends withAttributes(PyGenericAlias) {}

/** `origin[args]`; an argument that is no tuple is the only one. */
export function newGenericAlias(origin: Value, args: Value): PyGenericAlias {
  return fill(new PyGenericAlias(genericAliasType), origin, args);
}
function fill(alias: PyGenericAlias, origin: Value, args: Value): PyGenericAlias {
  alias.origin = origin;
  alias.args = args instanceof PyTuple ? args : newTuple([args]);
  return alias;
}

function aliasNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("GenericAlias() takes no keyword arguments");
  if (args.length !== 2) return typeError(`GenericAlias expected 2 arguments, got ${args.length}`);
  return fill(cls.tp_alloc!(cls) as PyGenericAlias, args[0], args[1]);
}

// ── text ───────────────────────────────────────────────────────────────────────────────────────────────────
/** How a type is shown as an argument: its qualified name, unless it is an alias or no type at all. */
export function typeRepr(value: Value): Str | Exc {
  if (typeOf(value) === ellipsisType) return "...";
  if (value === noneType) return "None";
  const origin = lookupAttr(value, "__origin__");
  if (origin === EXC) return EXC;
  if (origin !== undefined) {
    const args = lookupAttr(value, "__args__");
    if (args === EXC) return EXC;
    if (args !== undefined) return repr(value);
  }
  const qualname = lookupAttr(value, "__qualname__");
  if (qualname === EXC) return EXC;
  if (qualname === undefined) return repr(value);
  const module = lookupAttr(value, "__module__");
  if (module === EXC) return EXC;
  if (module === undefined || module === null) return repr(value);
  const name = strValue(qualname) ?? repr(qualname);
  const moduleName = strValue(module) ?? repr(module);
  if (name === EXC || moduleName === EXC) return EXC;
  return moduleName === "builtins" ? name : concat(moduleName, ".", name);
}

function argumentRepr(value: Value): Str | Exc {
  return value instanceof PyList ? listRepr(value, "[", "]") : typeRepr(value);
}
function listRepr(list: { readonly items: readonly Value[] }, open: string, close: string): Str | Exc {
  const parts: Str[] = [open];
  const count = list.items.length;
  for (let i = 0; i < count; i++) {
    const { items } = list;
    // A repr may have shortened the list.
    if (i >= items.length) return indexError("list index out of range");
    const text = argumentRepr(items[i]);
    if (text === EXC) return EXC;
    if (i > 0) parts.push(", ");
    parts.push(text);
  }
  return concat(...parts, close);
}
function aliasRepr(self: PyGenericAlias): Str | Exc {
  const origin = typeRepr(self.origin);
  const args = self.args.items.length === 0 ? "[()]" : listRepr(self.args, "[", "]");
  return origin === EXC || args === EXC ? EXC : concat(self.starred ? "*" : "", origin, args);
}

// ── attributes ─────────────────────────────────────────────────────────────────────────────────────────────
/** What the alias answers itself; all else is the origin's business. */
const OWN = [
  "__class__",
  "__origin__",
  "__args__",
  "__unpacked__",
  "__parameters__",
  "__typing_unpacked_tuple_args__",
  "__mro_entries__",
  "__reduce_ex__",
  "__reduce__",
];
/** Answered by the alias too, but not listed by `dir`: the origin's would be wrong. */
const HIDDEN = ["__bases__", "__copy__", "__deepcopy__"];
const ownNames: ReadonlySet<string> = new Set([...OWN, ...HIDDEN]);

function aliasGetAttr(self: PyGenericAlias, name: string): Result {
  return ownNames.has(name) ? instanceGetAttr(self, name) : getAttr(self.origin, name);
}
function aliasDir(self: PyGenericAlias): Result {
  const names = dir(self.origin);
  if (names === EXC) return EXC;
  const { items } = names as PyList;
  return newList([...items, ...OWN.filter((name) => !items.includes(name))]);
}

// ── behaviour ──────────────────────────────────────────────────────────────────────────────────────────────
function aliasCall(self: PyGenericAlias, args: Value[], kwnames: KwNames): Result {
  const made = call(self.origin, args, kwnames);
  if (made === EXC || self.starred) return made;
  if (setAttr(made, "__orig_class__", self) === EXC) {
    // Most objects cannot take the attribute; that is no reason to fail.
    if (!catches(attributeErrorType) && !catches(typeErrorType)) return EXC;
    clearException();
  }
  return made;
}

export function aliasParameters(self: PyGenericAlias): PyTuple | Exc {
  if (self.parameters === null) {
    const parameters = parametersOf(self.args);
    if (parameters === EXC) return EXC;
    self.parameters = parameters;
  }
  return self.parameters;
}
function aliasSubscript(self: PyGenericAlias, item: Value): Result {
  const parameters = aliasParameters(self);
  if (parameters === EXC) return EXC;
  const args = substitute(self, self.args, parameters, item);
  if (args === EXC) return EXC;
  const alias = newGenericAlias(self.origin, args);
  alias.starred = self.starred;
  return alias;
}

function aliasHash(self: PyGenericAlias): Int | Exc {
  const a = hash(self.origin);
  if (a === EXC) return EXC;
  const b = hash(self.args);
  return b === EXC ? EXC : canonical(BigInt(a) ^ BigInt(b));
}
function aliasCompare(a: PyGenericAlias, b: Value, op: CompareOp): Result {
  if (!(a instanceof PyGenericAlias) || !(b instanceof PyGenericAlias) || (op !== EQ && op !== NE)) {
    return NotImplemented;
  }
  const same = a.starred !== b.starred ? false : bothEqual(a, b);
  return same === EXC ? EXC : same === (op === EQ);
}
function bothEqual(a: PyGenericAlias, b: PyGenericAlias): boolean | Exc {
  const origins = equals(a.origin, b.origin);
  return origins === true ? equals(a.args, b.args) : origins;
}

function aliasReduce(self: PyGenericAlias): Result {
  if (!self.starred) return newTuple([self.shape.cls, newTuple([self.origin, self.args])]);
  const plain = newGenericAlias(self.origin, self.args);
  const iterator = getIter(plain);
  if (iterator === EXC) return EXC;
  return newTuple([rt.builtins.getStr("next") ?? null, newTuple([iterator])]);
}

// ── iteration: `*alias` ────────────────────────────────────────────────────────────────────────────────────
class PyGenericAliasIterator extends PyObject {
  constructor(public alias: PyGenericAlias | null) {
    super(iteratorType.shapes);
  }
}
const iteratorType = newType("generic_alias_iterator", {
  doc: null,
  slots: {
    tp_iter: (self: PyGenericAliasIterator) => self,
    tp_iternext: (self: PyGenericAliasIterator): Value | End => {
      const { alias } = self;
      if (alias === null) return END;
      self.alias = null;
      const starred = newGenericAlias(alias.origin, alias.args);
      starred.starred = true;
      return starred;
    },
  },
  methods: () => ({
    __reduce__: method("($self, /)", (self: PyGenericAliasIterator) =>
      newTuple([rt.builtins.getStr("iter") ?? null, newTuple([self.alias ?? newTuple([])])]),
    ),
  }),
});

const refuse = (what: string) => (): Status => typeError(`${what}() argument 2 cannot be a parameterized generic`);

export const genericAliasType = newType("GenericAlias", {
  module: "types",
  doc: "A generic type with its arguments, such as list[int].",
  textSignature: "(origin, args, /)",
  flags: BASETYPE | HAS_WEAKREF,
  slots: {
    tp_alloc: (cls) => (cls === genericAliasType ? new PyGenericAlias(cls) : new PyGenericAliasSub(cls)),
    tp_new: aliasNew,
    tp_repr: aliasRepr,
    tp_hash: aliasHash,
    tp_call: aliasCall,
    tp_getattro: aliasGetAttr,
    tp_richcompare: aliasCompare,
    tp_iter: (self: PyGenericAlias) => new PyGenericAliasIterator(self),
    nb_or: unionOr,
    mp_subscript: aliasSubscript,
  },
  methods: () => ({
    __mro_entries__: method("($self, object, /)", (self: PyGenericAlias) => newTuple([self.origin])),
    __instancecheck__: method("($self, object, /)", refuse("isinstance")),
    __subclasscheck__: method("($self, object, /)", refuse("issubclass")),
    __reduce__: method("($self, /)", aliasReduce),
    __dir__: method("($self, /)", aliasDir),
  }),
  members: () => ({
    __origin__: (self: PyGenericAlias) => self.origin,
    __args__: (self: PyGenericAlias) => self.args,
    __unpacked__: (self: PyGenericAlias) => self.starred,
  }),
  getset: () => ({
    __parameters__: getset(aliasParameters),
    __typing_unpacked_tuple_args__: getset((self: PyGenericAlias) =>
      self.starred && self.origin === tupleType ? self.args : null,
    ),
  }),
});
