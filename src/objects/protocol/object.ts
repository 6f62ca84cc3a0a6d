/** The object protocol: attributes, text, hash, comparison, truth, class tests. CPython's Objects/object.c. */
import {
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  type Int,
  NE,
  PyObject,
  PyType,
  type Result,
  type Status,
  type Value,
  isSubtype,
  typeType,
} from "../core.ts";
import { MethodDescriptor } from "../descriptors.ts";
import { attributeError, catches, clearException, typeError } from "../errors.ts";
import { PyAttributeError } from "../exceptions/layouts.ts";
import { attributeErrorType } from "../exceptions/types.ts";
import { enterRecursive, leaveRecursive } from "../recursion.ts";
import { rt } from "../runtime.ts";
import { NotImplemented } from "../singletons.ts";
import type { AstralStr } from "../str/astral.ts";
import { asciiOf } from "../str/ascii.ts";
import { hashOfStr } from "../str/hash.ts";
import { foldHash } from "../numeric/fold-hash.ts";
import type { PyList } from "../list.ts";
import { PyTuple } from "../tuple.ts";
import { lookup } from "../type/lookup.ts";
import { instanceGetAttr, instanceLookupAttr } from "../type/instance-attributes.ts";
import { objectType } from "../core.ts";
import { listType, strType, typeOf, unionType } from "../types.ts";
import { strValue } from "../values.ts";
import { call, callMethod } from "./call.ts";

/** `o.name`. */
export function getAttr(o: Value, name: string): Result {
  const type = typeOf(o);
  const { tp_getattro } = type;
  if (tp_getattro === null) return noAttribute(o, name);
  const value = tp_getattro(o, name);
  return value === EXC ? withAttributeContext(o, name) : value;
}
/** An AttributeError that does not say what was looked for, as `__getattr__` may raise it, is told: for suggestions. */
function withAttributeContext(o: Value, name: string): Exc {
  const { exc } = rt;
  if (exc instanceof PyAttributeError && exc.name === undefined && exc.obj === undefined) {
    exc.name = name;
    exc.obj = o;
  }
  return EXC;
}
/** The attribute, undefined where there is none (AttributeError is swallowed), EXC for other exceptions. */
export function lookupAttr(o: Value, name: string): Result | undefined {
  const type = typeOf(o);
  if (type.tp_getattro === objectType.tp_getattro) return instanceLookupAttr(o, type, name);
  const value = getAttr(o, name);
  if (value !== EXC) return value;
  if (!catches(attributeErrorType)) return EXC;
  clearException();
  return undefined;
}
export function hasAttr(o: Value, name: string): boolean | Exc {
  const value = lookupAttr(o, name);
  return value === EXC ? EXC : value !== undefined;
}
export function setAttr(o: Value, name: string, value: Value): Status {
  return storeAttr(o, name, value);
}
export function delAttr(o: Value, name: string): Status {
  return storeAttr(o, name, undefined);
}
function storeAttr(o: Value, name: string, value: Value | undefined): Status {
  const type = typeOf(o);
  if (type.tp_setattro !== null) return type.tp_setattro(o, name, value);
  return typeError(
    `'${type.name}' object has ${type.tp_getattro === null ? "no" : "only read-only"} attributes (${
      value === undefined ? "del" : "assign to"
    } .${name})`,
  );
}
/** Raises the AttributeError of a missing attribute. */
export function noAttribute(o: Value, name: string): Exc {
  return attributeError(`'${typeOf(o).name}' object has no attribute '${name}'`, o, name);
}

/** A special method, looked up on the type and bound to `o`; undefined where there is none. */
export function lookupSpecial(o: Value, name: string): Result | undefined {
  const type = typeOf(o);
  const found = lookup(type, name);
  if (found === undefined) return undefined;
  const get = typeOf(found).tp_descr_get;
  return get === null ? found : get(found, o, type);
}
/** Calls a special method; undefined where there is none. */
export function callSpecial(o: Value, name: string, args: Value[] = []): Result | undefined {
  const bound = lookupSpecial(o, name);
  if (bound === undefined || bound === EXC) return bound;
  return call(bound, args);
}

// ── text ───────────────────────────────────────────────────────────────────────────────────────────────────
export type Text = string | AstralStr;

/** `repr(o)`. */
export function repr(o: Value): Text | Exc {
  const text = reprObject(o);
  return text === EXC ? EXC : textOf(text);
}
/** `repr(o)` as Python sees it: what `__repr__` gave, which may be an instance of a subclass. */
export function reprObject(o: Value): Result {
  const type = typeOf(o);
  if (type.tp_repr === null) return `<${type.name} object at 0x${idText(o)}>`;
  if (enterRecursive(" while getting the repr of an object")) return EXC;
  const text = type.tp_repr(o);
  leaveRecursive();
  return text === EXC ? EXC : textOrError(text, "__repr__");
}
/** `str(o)`. */
export function str(o: Value): Text | Exc {
  if (typeof o === "string") return o;
  const text = strObject(o);
  return text === EXC ? EXC : textOf(text);
}
/** `str(o)` as Python sees it: what `__str__` gave, which may be an instance of a subclass. */
export function strObject(o: Value): Result {
  if (typeof o === "string") return o;
  const type = typeOf(o);
  if (type === strType) return o;
  if (type.tp_str === null) return reprObject(o);
  if (enterRecursive(" while getting the str of an object")) return EXC;
  const text = type.tp_str(o);
  leaveRecursive();
  return text === EXC ? EXC : textOrError(text, "__str__");
}
function textOf(text: Value): Text {
  return typeof text === "string" ? text : (strValue(text) as Text);
}
function textOrError(text: Value, name: string): Result {
  if (typeof text === "string" || strValue(text) !== undefined) return text;
  return typeError(`${name} returned non-string (type ${typeOf(text).name})`);
}
/** `ascii(o)`. */
export function ascii(o: Value): string | Exc {
  const text = repr(o);
  return text === EXC ? EXC : asciiOf(text);
}
/** `ascii(o)` as Python sees it: a representation that is ASCII already is not made anew. */
export function asciiObject(o: Value): Result {
  const text = reprObject(o);
  if (text === EXC) return EXC;
  const plain = textOf(text);
  const escaped = asciiOf(plain);
  return escaped === plain ? text : escaped;
}
/** `format(o, spec)`. */
export function format(o: Value, spec: Text = ""): Result {
  const found = lookup(typeOf(o), "__format__");
  // A builtin type's own: no need for a bound method.
  const text =
    found instanceof MethodDescriptor ? found.def.call(o, [spec], null) : callSpecial(o, "__format__", [spec]);
  if (text === undefined) return typeError(`Type ${typeOf(o).name} doesn't define __format__`);
  if (text === EXC) return EXC;
  if (strValue(text) === undefined) {
    return typeError(`__format__ must return a str, not ${typeOf(text).name}`);
  }
  return text;
}
/** The object's identity in hexadecimal, as in `<object at 0x…>`. */
export function idText(o: Value): string {
  return o instanceof PyObject ? rt.idOf(o).toString(16) : "0";
}

// ── hash ───────────────────────────────────────────────────────────────────────────────────────────────────
/** `hash(o)`. */
export function hash(o: Value): Int | Exc {
  const { tp_hash } = typeOf(o);
  return tp_hash === null ? typeError(`unhashable type: '${typeOf(o).name}'`) : tp_hash(o);
}
/** An int32 for our own tables, the same for objects that compare equal. */
export function tableHash(o: Value): number | Exc {
  // hash(-1) is -2, as is that of everything that equals -1.
  if (typeof o === "number" && (o | 0) === o) return o === -1 ? -2 : o;
  if (typeof o === "string") return hashOfStr(o);
  const h = hash(o);
  return h === EXC ? EXC : foldHash(h);
}

// ── comparison ─────────────────────────────────────────────────────────────────────────────────────────────
const OPERATORS = ["<", "<=", "==", "!=", ">", ">="];
/** The operator for swapped operands. */
export const SWAPPED: readonly CompareOp[] = [4, 5, 2, 3, 0, 1];

/** `a op b`. */
export function richCompare(a: Value, b: Value, op: CompareOp): Result {
  if (enterRecursive(" in comparison")) return EXC;
  const result = compareUnguarded(a, b, op);
  leaveRecursive();
  return result;
}
function compareUnguarded(a: Value, b: Value, op: CompareOp): Result {
  const typeA = typeOf(a);
  const typeB = typeOf(b);
  let reflected = false;
  if (typeA !== typeB && typeB.tp_richcompare !== null && isSubtype(typeB, typeA)) {
    reflected = true;
    const result = typeB.tp_richcompare(b, a, SWAPPED[op]);
    if (result !== NotImplemented) return result;
  }
  if (typeA.tp_richcompare !== null) {
    const result = typeA.tp_richcompare(a, b, op);
    if (result !== NotImplemented) return result;
  }
  if (!reflected && typeB.tp_richcompare !== null) {
    const result = typeB.tp_richcompare(b, a, SWAPPED[op]);
    if (result !== NotImplemented) return result;
  }
  return compareLast(a, b, op);
}
/** The rest of `a op b` after `a`'s own method, the first to be asked, has given NotImplemented. */
export function compareRest(a: Value, b: Value, op: CompareOp): Result {
  const other = typeOf(b).tp_richcompare;
  const result = other === null ? NotImplemented : other(b, a, SWAPPED[op]);
  return result === NotImplemented ? compareLast(a, b, op) : result;
}
function compareLast(a: Value, b: Value, op: CompareOp): Result {
  if (op === EQ) return a === b;
  if (op === NE) return a !== b;
  return typeError(`'${OPERATORS[op]}' not supported between instances of '${typeOf(a).name}' and '${typeOf(b).name}'`);
}
/** `a op b` as a truth value; the same object is equal to itself without asking (`PyObject_RichCompareBool`). */
export function compareBool(a: Value, b: Value, op: CompareOp): boolean | Exc {
  if (a === b) {
    if (op === EQ) return true;
    if (op === NE) return false;
  }
  const result = richCompare(a, b, op);
  if (typeof result === "boolean") return result;
  return result === EXC ? EXC : isTrue(result);
}
/** Equality as containers see it: identity, or `==`. */
export function equals(a: Value, b: Value): boolean | Exc {
  return compareBool(a, b, EQ);
}

// ── truth ──────────────────────────────────────────────────────────────────────────────────────────────────
export function isTrue(o: Value): boolean | Exc {
  if (typeof o === "boolean") return o;
  if (o === null) return false;
  if (typeof o === "number") return o !== 0;
  if (typeof o === "string") return o !== "";
  if (typeof o === "bigint") return true;
  const type = typeOf(o);
  if (type.nb_bool !== null) return type.nb_bool(o);
  const size = type.mp_length !== null ? type.mp_length(o) : type.sq_length !== null ? type.sq_length(o) : 1;
  return size === EXC ? EXC : size !== 0;
}
export function not(o: Value): boolean | Exc {
  const truth = isTrue(o);
  return truth === EXC ? EXC : !truth;
}
export function isCallable(o: Value): boolean {
  return typeOf(o).tp_call !== null;
}

// ── length ─────────────────────────────────────────────────────────────────────────────────────────────────
export function length(o: Value): number | Exc {
  if (typeof o === "string") return o.length;
  const type = typeOf(o);
  if (type.sq_length !== null) return type.sq_length(o);
  if (type.mp_length !== null) return type.mp_length(o);
  return typeError(`object of type '${type.name}' has no len()`);
}
export { lengthHint } from "./length-hint.ts";

// ── class tests ────────────────────────────────────────────────────────────────────────────────────────────
/** `isinstance(o, cls)`. */
export function isInstance(o: Value, cls: Value): boolean | Exc {
  const type = typeOf(o);
  if (type === cls) return true;
  if (cls instanceof PyType && cls.shape.cls === typeType) return recursiveIsInstance(o, cls);
  if (cls instanceof PyTuple) return anyOf(cls, (item) => isInstance(o, item), " in __instancecheck__");
  return checkThrough(cls, "__instancecheck__", o, () => recursiveIsInstance(o, cls));
}
/** `issubclass(derived, cls)`. */
export function isSubclass(derived: Value, cls: Value): boolean | Exc {
  if (cls instanceof PyType && cls.shape.cls === typeType) {
    return derived === cls ? true : recursiveIsSubclass(derived, cls);
  }
  if (cls instanceof PyTuple) return anyOf(cls, (item) => isSubclass(derived, item), " in __subclasscheck__");
  return checkThrough(cls, "__subclasscheck__", derived, () => recursiveIsSubclass(derived, cls));
}
function anyOf(classes: PyTuple, test: (item: Value) => boolean | Exc, where: string): boolean | Exc {
  if (enterRecursive(where)) return EXC;
  let result: boolean | Exc = false;
  for (const item of classes.items) {
    result = test(item);
    if (result !== false) break;
  }
  leaveRecursive();
  return result;
}
function checkThrough(cls: Value, hook: string, o: Value, otherwise: () => boolean | Exc): boolean | Exc {
  const checker = lookupSpecial(cls, hook);
  if (checker === EXC) return EXC;
  if (checker === undefined) return otherwise();
  if (enterRecursive(hook === "__instancecheck__" ? " in __instancecheck__" : " in __subclasscheck__")) return EXC;
  const result = call(checker, [o]);
  leaveRecursive();
  return result === EXC ? EXC : isTrue(result);
}
/** The test of `type.__instancecheck__`: the type, or what `__class__` says. */
export function recursiveIsInstance(o: Value, cls: Value): boolean | Exc {
  if (cls instanceof PyType) {
    if (isSubtype(typeOf(o), cls)) return true;
    if (typeof o !== "object" || o === null || typeOf(o).tp_getattro === objectType.tp_getattro) {
      // `__class__` can only differ from the type where a class overrides it.
      if (lookup(typeOf(o), "__class__") === lookup(objectType, "__class__")) return false;
    }
    const claimed = lookupAttr(o, "__class__");
    if (claimed === EXC) return EXC;
    return claimed instanceof PyType && claimed !== typeOf(o) && isSubtype(claimed, cls);
  }
  const bases = basesOf(cls);
  if (bases === EXC) return EXC;
  if (bases === undefined) {
    return typeError("isinstance() arg 2 must be a type, a tuple of types, or a union");
  }
  const claimed = lookupAttr(o, "__class__");
  if (claimed === EXC) return EXC;
  return claimed === undefined ? false : abstractIsSubclass(claimed, cls);
}
/** The test of `type.__subclasscheck__`. */
export function recursiveIsSubclass(derived: Value, cls: Value): boolean | Exc {
  if (cls instanceof PyType && derived instanceof PyType) return isSubtype(derived, cls);
  const own = basesOf(derived);
  if (own === EXC) return EXC;
  if (own === undefined) return typeError("issubclass() arg 1 must be a class");
  if (typeOf(cls) !== unionType) {
    const bases = basesOf(cls);
    if (bases === EXC) return EXC;
    if (bases === undefined) return typeError("issubclass() arg 2 must be a class, a tuple of classes, or a union");
  }
  return abstractIsSubclass(derived, cls);
}
/** `__bases__` where that is a tuple; what makes something "a class" to these tests. */
function basesOf(cls: Value): PyTuple | undefined | Exc {
  const bases = lookupAttr(cls, "__bases__");
  return bases === EXC ? EXC : bases instanceof PyTuple ? bases : undefined;
}
function abstractIsSubclass(derived: Value, cls: Value): boolean | Exc {
  if (derived === cls) return true;
  const bases = basesOf(derived);
  if (bases === EXC) return EXC;
  if (bases === undefined) return false;
  return anyOf(bases, (base) => abstractIsSubclass(base, cls), " in __subclasscheck__");
}

/** `dir(o)`: a sorted list. */
export function dir(o: Value): Result {
  const names = callSpecial(o, "__dir__");
  if (names === undefined) return typeError("object does not provide __dir__");
  if (names === EXC) return EXC;
  const list = call(listType, [names]);
  if (list === EXC) return EXC;
  const sorted = callMethod(list as PyList, "sort");
  return sorted === EXC ? EXC : list;
}
export { instanceGetAttr };
