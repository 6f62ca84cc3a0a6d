/**
 * Attributes that the interpreter has nothing special for, where it is known how they are found: of classes, of instances
 * of builtin types and of classes derived from them.
 */
import { PyClassMethod } from "../../../objects/class-method.ts";
import {
  PLAIN_LAYOUT,
  type PyObject,
  PyType,
  Shape,
  type Value,
  isSubtype,
  objectType,
  typeType,
} from "../../../objects/core.ts";
import { MethodDescriptor } from "../../../objects/descriptors.ts";
import { PyDict } from "../../../objects/dict.ts";
import { PyFunction } from "../../../objects/function.ts";
import { getAttr, setAttr } from "../../../objects/protocol/object.ts";
import { PyStaticMethod } from "../../../objects/static-method.ts";
import { isVariable, isVariableOf } from "../../../objects/type/variables.ts";
import { lookup } from "../../../objects/type/lookup.ts";
import { baseExceptionType, complexType, typeOf } from "../../../objects/types.ts";
import type { Node } from "../../ir/node.ts";
import type { Step } from "../../record/log.ts";
import type { AttributeSeen, StoreSeen } from "../../record/seen.ts";
import { runInstruction } from "../fallback.ts";
import { expectSeen, guardClassVersion, guardUnchanged } from "../expect.ts";
import { isScalar } from "../quiet.ts";
import type { Rule } from "../rules.ts";
import { complexParts } from "./complex.ts";
import type { Translator } from "../translator.ts";

/** What is loaded: a value, or a function and the object that it is called with. */
type Loaded = { value: Node } | { func: Node; self: Node };

function push(t: Translator, step: Step, loaded: Loaded): void {
  const { top } = t;
  const isCalled = (step.oparg & 1) !== 0;
  top.pop();
  if ("value" in loaded) {
    top.push(loaded.value);
    if (isCalled) top.push(t.unbound);
  } else if (isCalled) {
    top.push(loaded.func);
    top.push(loaded.self);
  } else top.push(t.emit("NEW_METHOD", [t.boxed(loaded.func), t.boxed(loaded.self)], "any"));
}
const isPlainlyRead = (cls: PyType): boolean => cls.tp_getattro === objectType.tp_getattro;
/** Builtin classes do not change. */
function guardClass(t: Translator, owner: Node, shape: Shape): void {
  const { cls } = shape;
  if (!cls.isHeap) return t.guardShape(owner, shape, "other class");
  guardClassVersion(t, owner, cls.version);
}

/** `cls.name` of a known class. */
function ofClass(t: Translator, owner: Node, cls: PyType, name: string): Loaded | null {
  const meta = cls.shape.cls;
  if (meta.tp_getattro !== typeType.tp_getattro || lookup(meta, name) !== undefined) return null;
  const raw = lookup(cls, name);
  if (raw === undefined) return null;
  const known = raw instanceof PyFunction || raw instanceof MethodDescriptor || raw instanceof PyStaticMethod;
  const isMethod = raw instanceof PyClassMethod && raw.callable instanceof PyFunction;
  if (!known && !isMethod && typeOf(raw).tp_descr_get !== null) return null;
  t.guardIs(owner, cls, "other class");
  guardUnchanged(t, cls);
  guardUnchanged(t, meta);
  if (isMethod) return { func: t.constant(raw.callable), self: t.constant(cls) };
  if (isVariable(cls, name)) return { value: t.callQuiet(lookup, [t.constant(cls), t.constant(name)]) };
  return { value: t.constant(raw instanceof PyStaticMethod ? raw.callable : raw) };
}
/** A native method of an instance of a builtin type. */
function ofBuiltin(t: Translator, owner: Node, { shape }: AttributeSeen, name: string): Loaded | null {
  const cls = shape instanceof Shape ? shape.cls : null;
  if (cls === null || cls.isHeap || !isPlainlyRead(cls) || !(lookup(cls, name) instanceof MethodDescriptor))
    return null;
  expectSeen(t, owner, shape);
  return { value: t.callQuiet(getAttr, [owner, t.constant(name)]) };
}
/** An instance of a class derived from a builtin type, with a dict: what the dict has comes before the class's function. */
function ofDerived(t: Translator, owner: Node, shape: Shape, name: string): Loaded | null {
  const { cls } = shape;
  const raw = lookup(cls, name);
  if (raw !== undefined && !(raw instanceof PyFunction)) return null;
  const absent = `no ${name} ${owner.id}`;
  if (t.isRefuted(absent)) return null;
  guardClass(t, owner, shape);
  if (raw === undefined) return { value: t.callQuiet(loadDictAttribute, [owner, t.constant(name)]) };
  const own = t.emit("OWN_ATTRIBUTE", [owner], "any", name);
  t.guardOr(absent, "IS_UNBOUND", [own], "an attribute of its own");
  return { func: t.constant(raw), self: owner };
}
function loaded(t: Translator, step: Step): Loaded | null {
  const owner = t.top.peek(1);
  const seen = step.seen as AttributeSeen;
  const name = step.code.names[step.oparg >> 1];
  if (seen.value instanceof PyType) return ofClass(t, owner, seen.value, name);
  if (!(seen.shape instanceof Shape)) return null;
  const { cls } = seen.shape;
  if (cls === complexType && (name === "real" || name === "imag")) {
    const parts = complexParts(t, owner, seen.shape);
    if (parts !== null) return { value: name === "real" ? parts.re : parts.im };
  }
  if (isPlainlyRead(cls) && hasDict(cls)) return ofDerived(t, owner, seen.shape, name);
  return cls.isHeap ? null : ofBuiltin(t, owner, seen, name);
}
/** Do instances have a dict, and no fields? Exceptions do, and what is derived from builtin types. */
const hasDict = (cls: PyType): boolean =>
  cls.isHeap ? (cls.flags & PLAIN_LAYOUT) === 0 : isSubtype(cls, baseExceptionType);
function storesInDict(t: Translator, owner: Node, step: Step, name: string): boolean {
  const { shape } = step.seen as StoreSeen;
  if (!(shape instanceof Shape)) return false;
  const { cls } = shape;
  const isPlain = isPlainlyRead(cls) && cls.tp_setattro === objectType.tp_setattro;
  if (!isPlain || !hasDict(cls) || lookup(cls, name) !== undefined) return false;
  guardClass(t, owner, shape);
  return true;
}
/** Where there is no such attribute, the error says so. */
function loadDictAttribute(owner: Value, name: Value): unknown {
  const dict = (owner as PyObject).getDict(false);
  const value = dict instanceof PyDict ? dict.getStr(name as string) : undefined;
  return value === undefined ? getAttr(owner, name as string) : value;
}
function storeDictAttribute(owner: Value, name: Value, value: Value): unknown {
  const dict = (owner as PyObject).getDict(true);
  if (!(dict instanceof PyDict)) return setAttr(owner, name as string, value);
  dict.setStr(name as string, value);
  return null;
}

/** `cls.name = value` of a class's own variable, and what is no descriptor. */
function storesVariable(t: Translator, owner: Node, name: string, value: Node): boolean {
  const cls = owner.isConstant ? owner.data : null;
  if (!(cls instanceof PyType) || !isVariableOf(cls, name) || !isScalar(t.kindOf(value))) return false;
  const meta = cls.shape.cls;
  if (meta.tp_setattro !== typeType.tp_setattro || lookup(meta, name) !== undefined) return false;
  guardUnchanged(t, cls);
  guardUnchanged(t, meta);
  t.callQuiet(setAttr, [owner, t.constant(name), value], "none");
  // Who is told of changes of the class may change something.
  t.state.checked.clear();
  return true;
}

export const unspecializedAttributeRules: Record<string, Rule> = {
  LOAD_ATTR(t, step) {
    const found = loaded(t, step);
    if (found === null) runInstruction(t, step);
    else push(t, step, found);
  },
  STORE_ATTR(t, step) {
    const owner = t.top.peek(1);
    const name = step.code.names[step.oparg];
    if (storesVariable(t, owner, name, t.top.peek(2))) {
      t.top.sp -= 2;
      return;
    }
    if (!storesInDict(t, owner, step, name)) return runInstruction(t, step);
    t.callQuiet(storeDictAttribute, [owner, t.constant(name), t.top.peek(2)], "none");
    // What was known of the object's own attributes.
    t.state.checked.clear();
    t.top.sp -= 2;
  },
};
