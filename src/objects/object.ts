/** The behaviour of `object`, the base of all classes. */
import {
  BASETYPE,
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  HAS_DICT,
  HAS_WEAKREF,
  IMMUTABLETYPE,
  IS_ABSTRACT,
  type KwNames,
  NE,
  PyObject,
  PyType,
  type Result,
  type Status,
  type Value,
  objectType,
} from "./core.ts";
import { classMethod, defineType, getset, method } from "./define.ts";
import { MemberDescriptor } from "./descriptors.ts";
import { PyDict, newDict } from "./dict.ts";
import { typeError } from "./errors.ts";
import { newInstance, PyInstance } from "./instance.ts";
import { newList } from "./list.ts";
import { concat } from "./message.ts";
import { call } from "./protocol/call.ts";
import { idText, isTrue, lookupAttr, str } from "./protocol/object.ts";
import { listType, moduleType, typeOf } from "./types.ts";
import { rt } from "./runtime.ts";
import { NotImplemented } from "./singletons.ts";
import { strValue } from "./values.ts";
import { instanceGetAttr, instanceSetAttr } from "./type/instance-attributes.ts";
import { moduleOfType } from "./type/type-type.ts";
import { objectGetState, objectReduceEx, reduceByProtocol } from "./type/reduce.ts";

function excessArguments(args: Value[], kwnames: KwNames): boolean {
  return args.length > 0 || (kwnames !== null && kwnames.length > 0);
}
/** `object.__new__`: extra arguments are an error unless `__init__` alone is overridden. */
export function objectNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (excessArguments(args, kwnames)) {
    if (cls.tp_new !== objectType.tp_new)
      return typeError("object.__new__() takes exactly one argument (the type to instantiate)");
    if (cls.tp_init === objectType.tp_init) return typeError(`${cls.name}() takes no arguments`);
  }
  if ((cls.flags & IS_ABSTRACT) !== 0) return abstractError(cls);
  return (cls.tp_alloc as (cls: PyType) => PyObject)(cls);
}
function abstractError(cls: PyType): Exc {
  const methods = cls.dict?.getStr("__abstractmethods__");
  const names = methods === undefined ? EXC : call(listType, [methods]);
  if (names === EXC) return EXC;
  const texts = (names as unknown as { items: Value[] }).items.map(String).sort();
  const list = texts.map((name) => `'${name}'`).join(", ");
  return typeError(
    `Can't instantiate abstract class ${cls.name} without an implementation for abstract method${texts.length > 1 ? "s" : ""} ${list}`,
  );
}
export function objectInit(self: Value, args: Value[], kwnames: KwNames): Status {
  if (!excessArguments(args, kwnames)) return null;
  const cls = typeOf(self);
  if (cls.tp_init !== objectType.tp_init) {
    return typeError("object.__init__() takes exactly one argument (the instance to initialize)");
  }
  if (cls.tp_new === objectType.tp_new)
    return typeError(`${cls.name}.__init__() takes exactly one argument (the instance to initialize)`);
  return null;
}
function objectRepr(self: Value): Result {
  const type = typeOf(self);
  const module = strValue(moduleOfType(type));
  const name = module === undefined || module === "builtins" ? type.name : concat(module, ".", type.qualname);
  return concat("<", name, ` object at 0x${idText(self)}>`);
}
function objectStr(self: Value): Result {
  const { tp_repr } = typeOf(self);
  return tp_repr === null ? objectRepr(self) : tp_repr(self);
}
function objectHash(self: Value): number {
  // CPython's hash of a pointer: the address without its alignment.
  return self instanceof PyObject ? rt.idOf(self) / 16 : 0;
}
function objectCompare(a: Value, b: Value, op: CompareOp): Result {
  if (op === EQ) return a === b ? true : NotImplemented;
  if (op !== NE) return NotImplemented;
  const type = typeOf(a);
  if (type.tp_richcompare === null) return NotImplemented;
  const result = type.tp_richcompare(a, b, EQ);
  if (result === EXC || result === NotImplemented) return result;
  const truth = typeof result === "boolean" ? result : isTrue(result);
  return truth === EXC ? EXC : !truth;
}

/** What a class adds to the layout of its base: the names of its members, a dict, weak references. */
function addedLayout(cls: PyType): string {
  const base = cls.base as PyType;
  const names: string[] = [];
  for (const key of cls.dict?.strKeys() ?? []) {
    const entry = cls.dict?.getStr(key);
    if (entry instanceof MemberDescriptor && entry.owner === cls) names.push(key);
  }
  const flags = cls.flags & ~base.flags;
  if ((flags & HAS_DICT) !== 0) names.push("__dict__");
  if ((flags & HAS_WEAKREF) !== 0) names.push("__weakref__");
  return names.sort().join(" ");
}
/** The nearest class from `cls` on that adds something, or is native. */
function layoutClass(cls: PyType): PyType {
  let at = cls;
  while (at.isHeap && addedLayout(at) === "") at = at.base as PyType;
  return at;
}
/** `compatible_for_assignment`: the same layout, made in the same way. */
function sameLayout(a: PyType, b: PyType): boolean {
  const x = layoutClass(a);
  const y = layoutClass(b);
  if (x === y) return true;
  return (
    x.isHeap &&
    y.isHeap &&
    layoutClass(x.base as PyType) === layoutClass(y.base as PyType) &&
    addedLayout(x) === addedLayout(y)
  );
}
function setClass(self: Value, value: Value | undefined): Status {
  if (value === undefined) return typeError("can't delete __class__ attribute");
  if (!(value instanceof PyType)) {
    return typeError(`__class__ must be set to a class, not '${typeOf(value).name}' object`);
  }
  const old = typeOf(self);
  const bothModules = old.solidBase === moduleType && value.solidBase === moduleType;
  if (!bothModules && ((old.flags & IMMUTABLETYPE) !== 0 || (value.flags & IMMUTABLETYPE) !== 0)) {
    return typeError("__class__ assignment only supported for mutable types or ModuleType subclasses");
  }
  const compatible = old.solidBase === value.solidBase && (bothModules || sameLayout(old, value));
  if (!compatible || !(self instanceof PyObject)) {
    return typeError(`__class__ assignment: '${value.name}' object layout differs from '${old.name}' object`);
  }
  if (self instanceof PyInstance) self.changeClass(value);
  else self.shape = value.shapes;
  return null;
}

function objectFormat(self: Value, spec: Value): Result {
  const text = strValue(spec);
  if (text === undefined) {
    return typeError(`__format__() argument must be str, not ${typeOf(spec).name}`);
  }
  if (text.length > 0) return typeError(`unsupported format string passed to ${typeOf(self).name}.__format__`);
  return str(self);
}
function objectDir(self: Value): Result {
  const names = newDict();
  const dict = lookupAttr(self, "__dict__");
  if (dict === EXC) return EXC;
  if (dict instanceof PyDict) for (const key of dict.keys()) if (names.set(key, null) === EXC) return EXC;
  const cls = lookupAttr(self, "__class__");
  if (cls === EXC) return EXC;
  if (cls instanceof PyType) {
    const inherited = lookupSpecialDir(cls);
    for (const name of inherited) names.setStr(name, null);
  }
  return newList(names.keys());
}
function lookupSpecialDir(cls: PyType): string[] {
  const names: string[] = [];
  for (const base of cls.mro) {
    if (base.prepare !== null) base.prepare();
    names.push(...(base.dict?.strKeys() ?? []));
  }
  return names;
}

defineType(objectType, {
  doc: "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
  textSignature: "()",
  flags: BASETYPE,
  slots: {
    tp_alloc: newInstance,
    tp_new: objectNew,
    tp_init: objectInit,
    tp_repr: objectRepr,
    tp_str: objectStr,
    tp_hash: objectHash,
    tp_richcompare: objectCompare,
    tp_getattro: instanceGetAttr,
    tp_setattro: instanceSetAttr,
  },
  methods: () => ({
    __reduce_ex__: method("($self, protocol, /)", objectReduceEx),
    __reduce__: method("($self, /)", (self: Value) => reduceByProtocol(self, 0)),
    __getstate__: method("($self, /)", objectGetState),
    __subclasshook__: classMethod("($type, object, /)", () => NotImplemented),
    __init_subclass__: classMethod("($type, /)", () => null),
    __format__: method("($self, format_spec, /)", objectFormat),
    __sizeof__: method("($self, /)", () => 16),
    __dir__: method("($self, /)", objectDir),
  }),
  getset: () => ({
    __class__: getset((self: Value) => typeOf(self), setClass, "the object's class"),
  }),
});
