/**
 * `type(name, bases, namespace, **kwargs)`: the making of classes (`type.__new__`).
 * Source: https://docs.python.org/3.14/reference/datamodel.html#customizing-class-creation
 */
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_DICT,
  HAS_WEAKREF,
  HEAPTYPE,
  type KwNames,
  MAPPING,
  MATCH_SELF,
  PLAIN_LAYOUT,
  PyType,
  type Result,
  type Status,
  SEQUENCE,
  Shape,
  type Value,
  isSubtype,
  nextVersion,
  objectType,
  typeType,
} from "../core.ts";
import { PyCell } from "../cell.ts";
import { newClassMethod } from "../class-method.ts";
import type { PyDict } from "../dict.ts";
import { GetSetDescriptor, MemberDescriptor } from "../descriptors.ts";
import { typeError, valueError } from "../errors.ts";
import { PyFunction } from "../function.ts";
import { inlineFieldsFor } from "../instance.ts";
import { call } from "../protocol/call.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { lookupAttr, lookupSpecial } from "../protocol/object.ts";
import { warn } from "../protocol/warn.ts";
import { runtimeWarningType } from "../exceptions/types.ts";
import { rt } from "../runtime.ts";
import { newStaticMethod } from "../static-method.ts";
import { checkEncodable } from "../str/args.ts";
import { AstralStr } from "../str/astral.ts";
import { PyTuple, newTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { addNoteTo } from "../exceptions/add-note.ts";
import { isIdentifier } from "../unicode/ctype.ts";
import { mangle } from "../../compiler/mangle.ts";
import { fillSlots } from "./fixup.ts";
import { dictGetSet, weakrefGetSet } from "./instance-dict.ts";
import { addSubclass, lookup, watchUnrelated } from "./lookup.ts";
import { computeMro } from "./compute-mro.ts";
import { itemSize } from "./sizes.ts";
import { newSuper } from "../super.ts";

/** `tp_new` of `type` with three arguments. */
export function newClass(
  metatype: PyType,
  name: string,
  bases: readonly Value[],
  namespace: PyDict,
  kwargs: Value[],
  kwnames: KwNames,
): Result {
  for (const base of bases) {
    const entries = base instanceof PyType ? undefined : lookupAttr(base, "__mro_entries__");
    if (entries === EXC) return EXC;
    if (entries !== undefined) {
      return typeError("type() doesn't support MRO entry resolution; use types.new_class()");
    }
  }
  const winner = calculateMetaclass(metatype, bases);
  if (winner === EXC) return EXC;
  if (winner !== metatype && winner.tp_new !== typeType.tp_new && winner.tp_new !== null) {
    return winner.tp_new(winner, [name, newTuple([...bases]), namespace, ...kwargs], kwnames);
  }
  const classes = checkBases(bases);
  if (classes === EXC) return EXC;
  const base = bestBase(classes);
  if (base === EXC) return EXC;

  const doc = strValue(namespace.getStr("__doc__") ?? null);
  if (doc !== undefined && checkEncodable(doc) === EXC) return EXC;
  const dict = namespace.copy();
  const type = new PyType(name, winner);
  type.flags = HEAPTYPE | BASETYPE | (base.flags & (HAS_DICT | HAS_WEAKREF | MATCH_SELF));
  type.base = base;
  type.bases = classes;
  type.dict = dict;
  type.solidBase = base.solidBase;
  type.memberCount = base.memberCount;
  type.tp_alloc = base.tp_alloc;
  if (setNames(type, dict, name) === EXC) return EXC;
  for (const cls of classes) type.flags |= cls.flags & (HAS_DICT | HAS_WEAKREF);
  const cell = takeClassCell(dict);
  if (cell === EXC) return EXC;
  if (addSlots(type, base, dict) === EXC) return EXC;
  if (dict.getStr("__doc__") === undefined) dict.setStr("__doc__", null);
  // After the slots: `__doc__` may be one of them.
  if (dict.getStr("__doc__") === undefined) dict.setStr("__doc__", null);
  wrapSpecials(dict);
  const dictCell = dict.getStr("__classdictcell__");
  if (dictCell instanceof PyCell) {
    dictCell.value = dict;
    dict.delStr("__classdictcell__");
  }
  if (dict.getStr("__eq__") !== undefined && dict.getStr("__hash__") === undefined) dict.setStr("__hash__", null);

  if (warnOfStrangeKeys(type, dict) === EXC) return EXC;
  // The metaclass's `mro()` may run methods already.
  if (cell !== undefined) cell.value = type;
  const mro = computeMro(type);
  if (mro === EXC) return EXC;
  type.mro = mro;
  // The first class of the order that matches sequence or mapping patterns decides (CPython's inherit_patma_flags).
  type.flags |= (mro.find((cls) => (cls.flags & (SEQUENCE | MAPPING)) !== 0)?.flags ?? 0) & (SEQUENCE | MAPPING);
  type.version = nextVersion();
  type.isReady = true;
  if (type.solidBase === objectType) type.flags |= PLAIN_LAYOUT;
  type.shapes = rootShape(type, dict);
  fillSlots(type);
  for (const cls of classes) addSubclass(cls, type);
  watchUnrelated(type);
  if (callSetNames(type, dict) === EXC) return EXC;
  return callInitSubclass(type, kwargs, kwnames) === EXC ? EXC : type;
}

function warnOfStrangeKeys(type: PyType, dict: PyDict): Status {
  if (dict.strKeys().length === dict.size) return null;
  return warn(runtimeWarningType, `non-string key in the __dict__ of class ${type.name}`);
}

/** The most derived metaclass of the bases (`_PyType_CalculateMetaclass`). */
export function calculateMetaclass(metatype: PyType, bases: readonly Value[]): PyType | Exc {
  let winner = metatype;
  for (const base of bases) {
    const candidate = typeOf(base);
    if (isSubtype(winner, candidate)) continue;
    if (isSubtype(candidate, winner)) winner = candidate;
    else {
      return typeError(
        "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
      );
    }
  }
  return winner;
}

function checkBases(bases: readonly Value[]): PyType[] | Exc {
  if (bases.length === 0) return [objectType];
  const classes: PyType[] = [];
  for (const base of bases) {
    if (!(base instanceof PyType)) {
      const entries = lookupAttr(base, "__mro_entries__");
      if (entries === EXC) return EXC;
      return entries !== undefined
        ? typeError("type() doesn't support MRO entry resolution; use types.new_class()")
        : typeError("bases must be types");
    }
    if ((base.flags & BASETYPE) === 0) return typeError(`type '${base.name}' is not an acceptable base type`);
    // Within its own `mro()`.
    if (base.mro.length === 0) return typeError(`Cannot extend an incomplete type '${base.name}'`);
    classes.push(base);
  }
  return classes;
}

/** The base whose layout the class extends (`best_base`). */
export function bestBase(bases: readonly PyType[]): PyType | Exc {
  let best = bases[0];
  let winner = solid(best);
  for (let i = 1; i < bases.length; i++) {
    const candidate = solid(bases[i]);
    if (isSubtype(winner, candidate)) continue;
    if (!isSubtype(candidate, winner)) return typeError("multiple bases have instance lay-out conflict");
    winner = candidate;
    best = bases[i];
  }
  return best;
}
/** The nearest class that adds to the layout: a native one, or one with `__slots__` members. */
function solid(type: PyType): PyType {
  for (let at = type; ; at = at.base as PyType) {
    if (!at.isHeap) return at.solidBase;
    if (at.memberCount > (at.base as PyType).memberCount) return at;
  }
}

function setNames(type: PyType, dict: PyDict, name: string): null | Exc {
  const qualname = dict.getStr("__qualname__");
  if (qualname !== undefined) {
    const text = strValue(qualname);
    if (text === undefined) return typeError(`type __qualname__ must be a str, not ${typeOf(qualname).name}`);
    type.qualname = text as string;
    dict.delStr("__qualname__");
  } else {
    type.qualname = name;
  }
  if (dict.getStr("__module__") === undefined) {
    const module = rt.evaluator.currentGlobals()?.getStr("__name__");
    if (module !== undefined) dict.setStr("__module__", module);
  }
  const doc = dict.getStr("__doc__");
  if (typeof doc === "string") type.doc = doc;
  return null;
}

/** `__new__`, `__init_subclass__` and `__class_getitem__` need no decorator. */
function wrapSpecials(dict: PyDict): void {
  const made = dict.getStr("__new__");
  if (made instanceof PyFunction) dict.setStr("__new__", newStaticMethod(made));
  for (const name of ["__init_subclass__", "__class_getitem__"]) {
    const f = dict.getStr(name);
    if (f instanceof PyFunction) dict.setStr(name, newClassMethod(f));
  }
}
function takeClassCell(dict: PyDict): PyCell | undefined | Exc {
  const cell = dict.getStr("__classcell__");
  if (cell === undefined) return undefined;
  if (!(cell instanceof PyCell)) {
    return typeError(`__classcell__ must be a nonlocal cell, not <class '${typeOf(cell).name}'>`);
  }
  dict.delStr("__classcell__");
  return cell;
}

// ── __slots__ ──────────────────────────────────────────────────────────────────────────────────────────────
function addSlots(type: PyType, base: PyType, dict: PyDict): null | Exc {
  const declared = dict.getStr("__slots__");
  const mayDict = (type.flags & HAS_DICT) === 0;
  const mayWeakref = (type.flags & HAS_WEAKREF) === 0;
  if (declared === undefined) {
    // What the class defines itself wins.
    if (mayDict) {
      type.flags |= HAS_DICT;
      if (dict.getStr("__dict__") === undefined)
        dict.setStr("__dict__", new GetSetDescriptor(type, "__dict__", dictGetSet));
    }
    if (mayWeakref) {
      type.flags |= HAS_WEAKREF;
      if (dict.getStr("__weakref__") === undefined)
        dict.setStr("__weakref__", new GetSetDescriptor(type, "__weakref__", weakrefGetSet));
    }
    return null;
  }
  const names = typeof declared === "string" || declared instanceof AstralStr ? [declared] : listFromIterable(declared);
  if (names === EXC) return EXC;
  if (names.length > 0 && itemSize(base) !== 0) {
    return typeError(`nonempty __slots__ not supported for subtype of '${base.name}'`);
  }
  const members: string[] = [];
  for (const entry of names) {
    const slot = strValue(entry);
    if (slot === undefined) return typeError(`__slots__ items must be strings, not '${typeOf(entry).name}'`);
    if (typeof slot !== "string" || !isIdentifier(slot)) return typeError("__slots__ must be identifiers");
    if (slot === "__dict__") {
      if (!mayDict || (type.flags & HAS_DICT) !== 0) {
        return typeError("__dict__ slot disallowed: we already got one");
      }
      type.flags |= HAS_DICT;
      dict.setStr("__dict__", new GetSetDescriptor(type, "__dict__", dictGetSet));
    } else if (slot === "__weakref__") {
      if (!mayWeakref || (type.flags & HAS_WEAKREF) !== 0) {
        return typeError("__weakref__ slot disallowed: we already got one");
      }
      type.flags |= HAS_WEAKREF;
      dict.setStr("__weakref__", new GetSetDescriptor(type, "__weakref__", weakrefGetSet));
    } else {
      const mangled = mangle(type.name, slot);
      if (dict.getStr(mangled) !== undefined && mangled !== "__qualname__" && mangled !== "__classcell__") {
        return valueError(`'${slot}' in __slots__ conflicts with class variable`);
      }
      members.push(mangled);
    }
  }
  members.sort();
  for (const member of members) {
    if (dict.getStr(member) !== undefined) continue;
    dict.setStr(member, new MemberDescriptor(type, member, type.memberCount++, null));
  }
  return null;
}
/** Native layouts of variable size, to which CPython cannot add members. */
/** The shape of fresh instances; its size follows from what the class's methods assign to `self`. */
function rootShape(type: PyType, dict: PyDict): Shape {
  let attributes = type.memberCount;
  if (type.hasDict) attributes += countStaticAttributes(type, dict);
  const inherited = (type.base as PyType).shapes.inline;
  const inline = Math.max(inlineFieldsFor(attributes), inherited);
  return new Shape(type, inline, type.memberCount, [], new Map(), false);
}
function countStaticAttributes(type: PyType, dict: PyDict): number {
  const names = new Set<Value>();
  const add = (attributes: Value | undefined) => {
    if (attributes instanceof PyTuple) for (const name of attributes.items) names.add(name);
  };
  add(dict.getStr("__static_attributes__"));
  for (const cls of type.mro) if (cls !== type && cls.isHeap) add(cls.dict?.getStr("__static_attributes__"));
  return names.size;
}

// ── hooks ──────────────────────────────────────────────────────────────────────────────────────────────────
function callSetNames(type: PyType, dict: PyDict): null | Exc {
  for (const [key, value] of dict.items()) {
    if (typeof value !== "object" || value === null || value instanceof PyFunction) continue;
    const hook = lookupSpecial(value, "__set_name__");
    if (hook === undefined) continue;
    if (hook === EXC || call(hook, [type, key]) === EXC) {
      addNoteTo(
        rt.exc,
        `Error calling __set_name__ on '${typeOf(value).name}' instance '${String(key)}' in '${type.name}'`,
      );
      return EXC;
    }
  }
  return null;
}
function callInitSubclass(type: PyType, kwargs: Value[], kwnames: KwNames): Result {
  const hook = lookup(superOf(type), "__init_subclass__");
  // object's own does nothing when there are no arguments.
  if (hook === lookup(objectType, "__init_subclass__") && kwargs.length === 0) return null;
  const bound = newSuper(type, type);
  const method = typeOf(bound).tp_getattro!(bound, "__init_subclass__");
  return method === EXC ? EXC : call(method, kwargs, kwnames);
}
/** A stand-in for "the MRO after this class": its first base when there is one base. */
function superOf(type: PyType): PyType {
  return type.bases.length === 1 ? (type.bases[0] as PyType) : type;
}
