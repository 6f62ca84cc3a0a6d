/** The behaviour of `type`: attributes of classes, calling them, `__bases__`, `mro`, …. */
import {
  BASETYPE,
  HAS_DICT,
  HAS_WEAKREF,
  EXC,
  IMMUTABLETYPE,
  IS_ABSTRACT,
  type KwNames,
  PyType,
  type Result,
  type Status,
  type Value,
  isSubtype,
  objectType,
  typeType,
} from "../core.ts";
import { classMethod, defineType, getset, method } from "../define.ts";
import { PyDict, newDict } from "../dict.ts";
import { attributeError, typeError, valueError } from "../errors.ts";
import { newList } from "../list.ts";
import { newMappingProxy } from "../mapping-proxy.ts";
import { isTrue, recursiveIsInstance, recursiveIsSubclass } from "../protocol/object.ts";
import { concat } from "../message.ts";
import { PyTuple, newTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { newUnion } from "../union.ts";
import { checkEncodable } from "../str/args.ts";
import type { Str } from "../str/astral.ts";
import { strValue } from "../values.ts";
import { computeMro, standardMro } from "./compute-mro.ts";
import { fillSlots, updateSlotsNamed } from "./fixup.ts";
import { builtinSubclasses } from "./builtin-subclasses.ts";
import { addSubclass, lookup, removeSubclass, subclassesOf, typeDict, typeModified } from "./lookup.ts";
import { changesVariable } from "./variables.ts";
import { shortName } from "./short-name.ts";
import { basicSize, itemSize } from "./sizes.ts";
import { typeAnnotate, typeAnnotations } from "./type-annotations.ts";
import { bestBase, newClass } from "./type-new.ts";

// ── attributes ─────────────────────────────────────────────────────────────────────────────────────────────
export function typeLookupAttr(type: PyType, name: string): Result | undefined {
  const metatype = type.shape.cls;
  const metaAttribute = lookup(metatype, name);
  let metaGet: PyType["tp_descr_get"] = null;
  if (metaAttribute !== undefined) {
    const metaKind = typeOf(metaAttribute);
    metaGet = metaKind.tp_descr_get;
    if (metaGet !== null && metaKind.tp_descr_set !== null) return metaGet(metaAttribute, type, metatype);
  }
  const attribute = lookup(type, name);
  if (attribute !== undefined) {
    const get = typeOf(attribute).tp_descr_get;
    return get === null ? attribute : get(attribute, undefined, type);
  }
  return metaGet === null ? metaAttribute : metaGet(metaAttribute as Value, type, metatype);
}
export function typeGetAttr(type: PyType, name: string): Result {
  const value = typeLookupAttr(type, name);
  return value === undefined
    ? attributeError(`type object '${type.name}' has no attribute '${name}'`, type, name)
    : value;
}
function typeSetAttr(type: PyType, name: string, value: Value | undefined): Status {
  if ((type.flags & IMMUTABLETYPE) !== 0) {
    return typeError(`cannot set '${name}' attribute of immutable type '${type.name}'`);
  }
  const metaAttribute = lookup(type.shape.cls, name);
  if (metaAttribute !== undefined) {
    const set = typeOf(metaAttribute).tp_descr_set;
    if (set !== null) return set(metaAttribute, type, value);
  }
  const dict = typeDict(type);
  if (value === undefined) {
    if (!dict.delStr(name)) {
      return attributeError(`type object '${type.name}' has no attribute '${name}'`, type, name);
    }
  } else {
    const before = dict.getStr(name);
    dict.setStr(name, value);
    if (changesVariable(type, name, before, value)) return null;
  }
  typeModified(type);
  if (name.startsWith("__") && name.endsWith("__")) updateSlotsNamed(type, name);
  return null;
}

// ── calling ────────────────────────────────────────────────────────────────────────────────────────────────
function typeCall(type: PyType, args: Value[], kwnames: KwNames): Result {
  if (type === typeType) {
    const given = args.length - (kwnames === null ? 0 : kwnames.length);
    if (given === 1 && (kwnames === null || kwnames.length === 0)) return typeOf(args[0]);
    if (given !== 3) return typeError("type() takes 1 or 3 arguments");
  }
  if (type.tp_new === null) return typeError(`cannot create '${type.name}' instances`);
  const obj = type.tp_new(type, args, kwnames);
  if (obj === EXC) return EXC;
  const made = typeOf(obj);
  if (made !== type && !isSubtype(made, type)) return obj;
  return made.tp_init !== null && made.tp_init(obj, args, kwnames) === EXC ? EXC : obj;
}
function typeNew(metatype: PyType, args: Value[], kwnames: KwNames): Result {
  const given = args.length - (kwnames === null ? 0 : kwnames.length);
  if (given !== 3) {
    return typeError(`type.__new__() takes exactly 3 arguments (${given} given)`);
  }
  const [name, bases, namespace] = args;
  const text = strValue(name);
  if (text === undefined) {
    return typeError(`type.__new__() argument 1 must be str, not ${typeOf(name).name}`);
  }
  if (!(bases instanceof PyTuple)) {
    return typeError(`type.__new__() argument 2 must be tuple, not ${typeOf(bases).name}`);
  }
  if (!(namespace instanceof PyDict)) {
    return typeError(`type.__new__() argument 3 must be dict, not ${typeOf(namespace).name}`);
  }
  if (checkName(text as Str) === EXC) return EXC;
  return newClass(metatype, text as string, bases.items, namespace, args.slice(3), kwnames);
}
function typeInit(_self: PyType, args: Value[], kwnames: KwNames): Status {
  const given = args.length - (kwnames === null ? 0 : kwnames.length);
  if (given === 1 && kwnames !== null && kwnames.length > 0)
    return typeError("type.__init__() takes no keyword arguments");
  return given === 1 || given === 3 ? null : typeError("type.__init__() takes 1 or 3 arguments");
}

// ── texts ──────────────────────────────────────────────────────────────────────────────────────────────────
/** `__module__` of a class: a value for heap types, a name for native ones. */
export function moduleOfType(type: PyType): Value {
  return type.isHeap ? (type.dict?.getStr("__module__") ?? "builtins") : type.nativeModule;
}
function typeRepr(type: PyType): Result {
  const module = moduleOfType(type);
  const text = strValue(module);
  if (text === undefined || text === "builtins")
    return concat("<class '", type.isHeap ? type.qualname : type.name, "'>");
  return concat("<class '", text, ".", type.qualname, "'>");
}

// ── settable fields ────────────────────────────────────────────────────────────────────────────────────────
function checkSettable(type: PyType, value: Value | undefined, name: string): value is Value {
  if ((type.flags & IMMUTABLETYPE) !== 0) {
    typeError(`cannot set '${name}' attribute of immutable type '${type.name}'`);
    return false;
  }
  if (value === undefined) {
    typeError(`cannot delete '${name}' attribute of immutable type '${type.name}'`);
    return false;
  }
  return true;
}
/** What may name a class: C's texts end at a null character and are UTF-8. */
function checkName(name: Str): Status {
  if (typeof name === "string" && name.includes("\0")) return valueError("type name must not contain null characters");
  return checkEncodable(name);
}
function setName(type: PyType, value: Value | undefined): Status {
  if (!checkSettable(type, value, "__name__")) return EXC;
  const text = strValue(value);
  if (text === undefined) {
    return typeError(`can only assign string to ${type.name}.__name__, not '${typeOf(value).name}'`);
  }
  if (checkName(text as Str) === EXC) return EXC;
  type.name = text as string;
  return null;
}
function setQualname(type: PyType, value: Value | undefined): Status {
  if (!checkSettable(type, value, "__qualname__")) return EXC;
  const text = strValue(value);
  if (text === undefined) {
    return typeError(`can only assign string to ${type.name}.__qualname__, not '${typeOf(value).name}'`);
  }
  type.qualname = text as string;
  return null;
}
function getModule(type: PyType): Result {
  const module = type.isHeap ? typeDict(type).getStr("__module__") : type.nativeModule;
  if (module === undefined) return attributeError("__module__", type, "__module__");
  return module;
}
function setModule(type: PyType, value: Value | undefined): Status {
  if (!checkSettable(type, value, "__module__")) return EXC;
  typeModified(type);
  typeDict(type).setStr("__module__", value);
  typeDict(type).delStr("__firstlineno__");
  return null;
}
function setBases(type: PyType, value: Value | undefined): Status {
  if (!checkSettable(type, value, "__bases__")) return EXC;
  if (!(value instanceof PyTuple)) {
    return typeError(`can only assign tuple to ${type.name}.__bases__, not ${typeOf(value).name}`);
  }
  if (value.items.length === 0) {
    return typeError(`can only assign non-empty tuple to ${type.name}.__bases__, not ()`);
  }
  const bases: PyType[] = [];
  for (const base of value.items) {
    if (!(base instanceof PyType)) {
      return typeError(`${type.name}.__bases__ must be tuple of classes, not '${typeOf(base).name}'`);
    }
    if (isSubtype(base, type) || hasInChain(base, type)) {
      return typeError("a __bases__ item causes an inheritance cycle");
    }
    if ((base.flags & BASETYPE) === 0) return typeError(`type '${base.name}' is not an acceptable base type`);
    bases.push(base);
  }
  const best = bestBase(bases);
  if (best === EXC) return EXC;
  if (best.solidBase !== type.solidBase || best.memberCount !== (type.base as PyType).memberCount) {
    return typeError(`__bases__ assignment: '${best.name}' object layout differs from '${(type.base as PyType).name}'`);
  }
  const before = { bases: type.bases, base: type.base };
  type.bases = bases;
  type.base = best;
  const undo: (() => void)[] = [];
  if (recomputeMro(type, undo) === EXC) {
    for (const step of undo.reverse()) step();
    if (type.bases === bases) Object.assign(type, before);
    return EXC;
  }
  // An `mro()` may have assigned other bases meanwhile: those count.
  if (type.bases !== bases) return null;
  for (const base of before.bases) removeSubclass(base, type);
  for (const base of bases) addSubclass(base, type);
  refresh(type);
  return null;
}
/** Along `__base__`, which is set before an `mro()` can look: the MRO may not be up to date yet. */
function hasInChain(type: PyType, wanted: PyType): boolean {
  for (let cls: PyType | null = type; cls !== null; cls = cls.base) if (cls === wanted) return true;
  return false;
}
/** New MROs for the class and its subclasses; `undo` collects what takes them back. */
function recomputeMro(type: PyType, undo: (() => void)[]): Status {
  const before = type.mro;
  const mro = computeMro(type);
  if (mro === EXC) return EXC;
  // Set by an `mro()` that assigned bases: newer than what it returned.
  if (type.mro !== before) return null;
  undo.push(() => {
    if (type.mro === mro) type.mro = before;
  });
  type.mro = mro;
  for (const sub of subclassesOf(type)) if (recomputeMro(sub, undo) === EXC) return EXC;
  return null;
}
function refresh(type: PyType): void {
  typeModified(type);
  fillSlots(type);
  for (const sub of subclassesOf(type)) refresh(sub);
}
function getDoc(type: PyType): Result {
  if (!type.isHeap) return type.doc;
  const doc = typeDict(type).getStr("__doc__");
  if (doc === undefined) return null;
  const get = typeOf(doc).tp_descr_get;
  return get === null ? doc : get(doc, undefined, type);
}
function setDoc(type: PyType, value: Value | undefined): Status {
  if (!checkSettable(type, value, "__doc__")) return EXC;
  typeModified(type);
  typeDict(type).setStr("__doc__", value);
  return null;
}
function getAbstractMethods(type: PyType): Result {
  const methods = type === typeType ? undefined : typeDict(type).getStr("__abstractmethods__");
  return methods ?? attributeError("__abstractmethods__", type, "__abstractmethods__");
}
function setAbstractMethods(type: PyType, value: Value | undefined): Status {
  const dict = typeDict(type);
  if (value === undefined) {
    if (!dict.delStr("__abstractmethods__")) {
      return attributeError("__abstractmethods__", type, "__abstractmethods__");
    }
    type.flags &= ~IS_ABSTRACT;
  } else {
    const abstract = isTrue(value);
    if (abstract === EXC) return EXC;
    dict.setStr("__abstractmethods__", value);
    type.flags = abstract ? type.flags | IS_ABSTRACT : type.flags & ~IS_ABSTRACT;
  }
  typeModified(type);
  return null;
}
function getTypeParams(type: PyType): Result {
  // What `type` has under that name is this very descriptor.
  if (type === typeType) return newTuple([]);
  return typeDict(type).getStr("__type_params__") ?? newTuple([]);
}

function typeDir(type: PyType): Result {
  const names = new Set<string>();
  for (const cls of type.mro) for (const key of typeDict(cls).strKeys()) names.add(key);
  return newList([...names].sort());
}

defineType(typeType, {
  doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
  base: objectType,
  flags: BASETYPE | HAS_DICT,
  slots: {
    tp_alloc: () => typeType,
    tp_new: typeNew,
    tp_init: typeInit,
    tp_call: typeCall,
    tp_getattro: typeGetAttr,
    tp_setattro: typeSetAttr,
    tp_repr: typeRepr,
    nb_or: (a: Value, b: Value) => newUnion(a, b),
  },
  methods: () => ({
    mro: method("($self, /)", (self: PyType) => {
      const mro = standardMro(self);
      return mro === EXC ? EXC : newList(mro as Value[]);
    }),
    __subclasses__: method("($self, /)", (self: PyType) => {
      return newList([...builtinSubclasses(self), ...subclassesOf(self)]);
    }),
    __prepare__: classMethod("($type, name=<unrepresentable>, bases=<unrepresentable>, /, **kwds)", () =>
      newDict(),
    ).signedAs("($cls, name, bases, /, **kwds)"),
    __instancecheck__: method("($self, instance, /)", (self: Value, o: Value) => recursiveIsInstance(o, self)),
    __subclasscheck__: method("($self, subclass, /)", (self: Value, c: Value) => recursiveIsSubclass(c, self)),
    __dir__: method("($self, /)", typeDir),
    __sizeof__: method("($self, /)", () => 408),
  }),
  getset: () => ({
    __name__: getset((self: PyType) => shortName(self), setName),
    __qualname__: getset((self: PyType) => self.qualname, setQualname),
    __bases__: getset((self: PyType) => newTuple([...self.bases]), setBases),
    // None while the metaclass's mro() is asked for it.
    __mro__: getset((self: PyType) => (self.mro.length === 0 ? null : newTuple([...self.mro]))),
    __base__: getset((self: PyType) => self.base),
    __basicsize__: getset(basicSize),
    __itemsize__: getset(itemSize),
    __flags__: getset((self: PyType) => self.flags),
    __dictoffset__: getset((self: PyType) => (self.hasDict ? -1 : 0)),
    // Where CPython keeps the list, for classes written in Python; all that programs can tell is whether there is one.
    __weakrefoffset__: getset((self: PyType) => ((self.flags & HAS_WEAKREF) === 0 ? 0 : -32)),
    __module__: getset(getModule, setModule),
    __abstractmethods__: getset(getAbstractMethods, setAbstractMethods),
    __dict__: getset((self: PyType) => newMappingProxy(typeDict(self))),
    __doc__: getset(getDoc, setDoc),
    __text_signature__: getset((self: PyType) => self.textSignature),
    __annotations__: typeAnnotations,
    __annotate__: typeAnnotate,
    __type_params__: getset(getTypeParams, (self: PyType, value) => {
      if (!checkSettable(self, value, "__type_params__")) return EXC;
      typeDict(self).setStr("__type_params__", value);
      return null;
    }),
  }),
});
