/** `super`: attribute look-up that starts after a class in another class's MRO. */
import { CO_FAST_CELL, CO_FAST_FREE } from "../compiler/code.ts";
import {
  BASETYPE,
  EXC,
  type Exc,
  type KwNames,
  PyObject,
  PyType,
  type Result,
  type Status,
  type Value,
  isSubtype,
} from "./core.ts";
import { PyCell } from "./cell.ts";
import { defineType } from "./define.ts";
import { raise, runtimeError, typeError } from "./errors.ts";
import { typeErrorType } from "./exceptions/types.ts";
import { call } from "./protocol/call.ts";
import { lookupAttr } from "./protocol/object.ts";
import { rt } from "./runtime.ts";
import { instanceGetAttr } from "./type/instance-attributes.ts";
import { typeDict } from "./type/lookup.ts";
import { superType, typeOf } from "./types.ts";
import { withAttributes } from "./with-attributes.ts";

export class PySuper extends PyObject {
  /** The class whose successors are searched. */
  thisClass: PyType | null = null;
  /** The bound object, or class; undefined when unbound. */
  obj: Value | undefined = undefined;
  /** The class whose MRO is searched. */
  objType: PyType | null = null;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
export class PySuperSub extends withAttributes(PySuper) {}

/** The class whose MRO `super(cls, obj)` searches; TypeError unless `obj` is an instance or subclass of `cls`. */
export function superCheck(cls: PyType, obj: Value): PyType | Exc {
  if (obj instanceof PyType && isSubtype(obj, cls)) return obj;
  const type = typeOf(obj);
  if (isSubtype(type, cls)) return type;
  const claimed = lookupAttr(obj, "__class__");
  if (claimed === EXC) return EXC;
  if (claimed instanceof PyType && claimed !== type && isSubtype(claimed, cls)) return claimed;
  const what = obj instanceof PyType ? `type ${obj.name}` : `instance of ${type.name}`;
  return raise(typeErrorType, `super(type, obj): obj (${what}) is not an instance or subtype of type (${cls.name}).`);
}

/**
 * The attribute as found after `cls` in the MRO of `objType`, bound to `obj`; undefined where there is none.
 */
export function superLookup(cls: PyType, objType: PyType, obj: Value, name: string): Result | undefined {
  const found = superLookupRaw(cls, objType, name);
  if (found === undefined) return undefined;
  const get = typeOf(found).tp_descr_get;
  return get === null ? found : get(found, obj === objType ? undefined : obj, objType);
}
/** The same without binding. */
export function superLookupRaw(cls: PyType, objType: PyType, name: string): Value | undefined {
  const { mro } = objType;
  for (let i = mro.indexOf(cls) + 1; i > 0 && i < mro.length; i++) {
    const found = typeDict(mro[i]).getStr(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `super(cls, obj)` for native code; `obj` must be an instance or subclass of `cls`. */
export function newSuper(cls: PyType, obj: Value): PySuper {
  const made = new PySuper(superType);
  made.thisClass = cls;
  made.obj = obj;
  made.objType = obj instanceof PyType && isSubtype(obj, cls) ? obj : typeOf(obj);
  return made;
}

function superGetAttr(self: PySuper, name: string): Result {
  const { thisClass, obj, objType } = self;
  // `__class__` is super's own: so that isinstance(super(), super) can be asked.
  if (objType !== null && thisClass !== null && obj !== undefined && name !== "__class__") {
    const found = superLookup(thisClass, objType, obj, name);
    if (found !== undefined) return found;
  }
  return instanceGetAttr(self, name);
}

function superDescrGet(self: PySuper, obj: Value | undefined): Result {
  if (obj === undefined || obj === null || self.obj !== undefined) return self;
  if (self.shape.cls !== superType) return call(self.shape.cls, [self.thisClass as PyType, obj]);
  const objType = superCheck(self.thisClass as PyType, obj);
  if (objType === EXC) return EXC;
  const bound = new PySuper(superType);
  bound.thisClass = self.thisClass;
  bound.obj = obj;
  bound.objType = objType;
  return bound;
}

function superInit(self: PySuper, args: Value[], kwnames: KwNames): Status {
  if (kwnames !== null && kwnames.length > 0) return typeError("super() takes no keyword arguments");
  if (args.length > 2) return typeError(`super() expected at most 2 arguments, got ${args.length}`);
  let cls: Value;
  let obj: Value;
  if (args.length === 0) {
    const implied = impliedArguments();
    if (implied === EXC) return EXC;
    [cls, obj] = implied;
  } else {
    cls = args[0];
    obj = args.length > 1 ? args[1] : null;
    if (!(cls instanceof PyType)) return typeError(`super() argument 1 must be a type, not ${typeOf(cls).name}`);
  }
  self.thisClass = cls as PyType;
  self.obj = undefined;
  self.objType = null;
  if (obj === null) return null;
  const objType = superCheck(cls as PyType, obj);
  if (objType === EXC) return EXC;
  self.obj = obj;
  self.objType = objType;
  return null;
}

/** What `super()` means: the `__class__` cell and the first argument of the running function. */
function impliedArguments(): [PyType, Value] | Exc {
  const frame = rt.evaluator.currentFrame();
  if (frame === null) return runtimeError("super(): no current frame");
  const { code } = frame;
  if (code.argcount === 0) return runtimeError("super(): no arguments");
  const { localspluskinds: kinds, localsplusnames: names } = code.spec;
  let first = frame.s[0];
  if (first instanceof PyCell && (kinds[0] & CO_FAST_CELL) !== 0) first = first.value;
  if (first === undefined) return runtimeError("super(): arg[0] deleted");
  const at = names.findIndex((name, i) => name === "__class__" && (kinds[i] & CO_FAST_FREE) !== 0);
  if (at < 0) return runtimeError("super(): __class__ cell not found");
  const cell = frame.s[at];
  if (!(cell instanceof PyCell)) return runtimeError("super(): bad __class__ cell");
  const cls = cell.value;
  if (cls === undefined) return runtimeError("super(): empty __class__ cell");
  if (!(cls instanceof PyType)) return runtimeError(`super(): __class__ is not a type (${typeOf(cls).name})`);
  return [cls, first];
}

function superRepr(self: PySuper): string {
  const cls = self.thisClass === null ? "NULL" : self.thisClass.name;
  return self.objType === null
    ? `<super: <class '${cls}'>, NULL>`
    : `<super: <class '${cls}'>, <${self.objType.name} object>>`;
}

defineType(superType, {
  doc: "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> bound super object",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === superType ? new PySuper(cls) : new PySuperSub(cls)),
    tp_init: superInit,
    tp_repr: superRepr,
    tp_getattro: superGetAttr,
    tp_descr_get: superDescrGet,
  },
  members: () => ({
    __thisclass__: (self: PySuper) => self.thisClass,
    __self__: (self: PySuper) => self.obj ?? null,
    __self_class__: (self: PySuper) => self.objType,
  }),
});
