/**
 * Native types and modules, declared as data. A declaration costs next to nothing at load time: dictionaries of
 * methods are built when a type is first looked into, modules when they are imported.
 */
import {
  BASETYPE,
  DISALLOW_INSTANTIATION,
  HAS_DICT,
  IMMUTABLETYPE,
  MAPPING,
  MATCH_SELF,
  PyType,
  SEQUENCE,
  type SlotName,
  type Slots,
  type Status,
  type Value,
  objectType,
  typeType,
} from "./core.ts";
import {
  ClassMethodDescriptor,
  type GetSet,
  GetSetDescriptor,
  MemberDescriptor,
  MethodDescriptor,
} from "./descriptors.ts";
import { newDict } from "./dict.ts";
import { PyBuiltin, newBuiltin } from "./builtin.ts";
import { PyModule } from "./module.ts";
import type { NativeDef } from "./native.ts";
import { newStaticMethod } from "./static-method.ts";
import { inheritSlots } from "./type/inherit.ts";
import { addSlotWrappers } from "./type/slot-wrappers.ts";
import { linearize, mroOfNative } from "./type/mro.ts";

/** Reads a field; `doc` describes it. */
interface MemberRead<T> {
  (self: T): Value | undefined;
  doc?: string;
}

export interface TypeSpec {
  /** `__module__`; "builtins" when not given. */
  module?: string;
  doc?: string | null;
  /** `__text_signature__` of the class. */
  textSignature?: string;
  base?: PyType;
  /** Bases beside `base`, without a layout of their own. */
  furtherBases?: readonly PyType[];
  flags?: number;
  /** For classes whose metaclass is not `type`. */
  metatype?: PyType;
  slots?: Partial<Slots>;
  methods?: () => Record<string, NativeDef>;
  getset?: () => Record<string, GetSet>;
  /** Read-only fields: `member_descriptor`s. */
  members?: () => Record<string, (self: never) => Value | undefined>;
  /** Other entries of the class's dict. */
  attributes?: () => Record<string, Value>;
}

/** Declares a native type. */
/* @__NO_SIDE_EFFECTS__ */
export function newType(name: string, spec: TypeSpec): PyType {
  return defineType(new PyType(name, spec.metatype ?? typeType), spec);
}

/** Fills in a bare type of `types.ts`. The base must be defined before. */
export function defineType(type: PyType, spec: TypeSpec): PyType {
  const base = spec.base ?? type.base ?? (type === objectType ? null : objectType);
  type.base = base;
  finishWhenReady(type, base, spec);
  return type;
}

/** Modules import each other in cycles, so a base may come later: its subclasses wait for it. */
function finishWhenReady(type: PyType, base: PyType | null, spec: TypeSpec): void {
  const missing = [base, ...(spec.furtherBases ?? [])].find((b) => b !== null && !b.isReady);
  if (missing !== undefined && missing !== null) {
    missing.waiting ??= [];
    missing.waiting.push(() => finishWhenReady(type, base, spec));
  } else finishType(type, base, spec);
}

function finishType(type: PyType, base: PyType | null, spec: TypeSpec): void {
  type.bases = base === null ? [] : [base, ...(spec.furtherBases ?? [])];
  const flags = spec.flags ?? 0;
  const pattern = (flags & (SEQUENCE | MAPPING)) === 0 ? SEQUENCE | MAPPING : 0;
  type.flags = flags | IMMUTABLETYPE | ((base?.flags ?? 0) & (HAS_DICT | MATCH_SELF | pattern));
  type.doc = spec.doc ?? null;
  type.nativeModule = spec.module ?? "builtins";
  // `name` is CPython's tp_name, which messages show: it has the module, `qualname` has not.
  if (type.nativeModule !== "builtins" && !type.name.includes(".")) type.name = `${type.nativeModule}.${type.name}`;
  type.textSignature = spec.textSignature ?? null;
  type.mro = type.bases.length > 1 ? (linearize(type, type.bases) as PyType[]) : mroOfNative(type);
  if (spec.slots !== undefined) {
    for (const key in spec.slots) {
      (type as unknown as Record<string, unknown>)[key] = spec.slots[key as SlotName];
    }
  }
  if (base !== null) inheritSlots(type, base, spec.slots ?? {});
  // As in CPython: a native class directly below `object` must say how it is made.
  const hidden = (type.flags & DISALLOW_INSTANTIATION) !== 0;
  if (hidden || (base === objectType && !saysHowItIsMade(spec))) type.tp_new = null;
  // A type that makes its objects itself, or lets nobody make them, has a layout of its own.
  const makesItself = base === objectType && (spec.slots?.tp_new !== undefined || type.tp_new === null);
  const own = spec.slots?.tp_alloc !== undefined || makesItself;
  type.solidBase = own || base === null ? type : base.solidBase;
  type.prepare = () => {
    type.prepare = null;
    fillDict(type, spec);
  };
  type.isReady = true;
  const { waiting } = type;
  type.waiting = null;
  if (waiting !== null) for (const finish of waiting) finish();
}

function saysHowItIsMade({ slots }: TypeSpec): boolean {
  return slots?.tp_new !== undefined || slots?.tp_alloc !== undefined || slots?.tp_init !== undefined;
}

function fillDict(type: PyType, spec: TypeSpec): void {
  const dict = newDict();
  type.dict = dict;
  if (spec.slots !== undefined) addSlotWrappers(type, spec.slots, dict);
  const methods = spec.methods?.() ?? {};
  for (const name in methods) dict.setStr(name, methodObject(type, name, methods[name]));
  const getsets = spec.getset?.() ?? {};
  for (const name in getsets) dict.setStr(name, new GetSetDescriptor(type, name, getsets[name]));
  const members = spec.members?.() ?? {};
  for (const name in members) {
    const read = members[name] as MemberRead<Value>;
    dict.setStr(name, new MemberDescriptor(type, name, -1, read, read.doc ?? null));
  }
  const attributes = spec.attributes?.() ?? {};
  for (const name in attributes) dict.setStr(name, attributes[name]);
  if (dict.getStr("__doc__") === undefined) dict.setStr("__doc__", spec.doc ?? null);
  if (spec.slots?.tp_richcompare != null && spec.slots.tp_hash === undefined && dict.getStr("__hash__") === undefined) {
    dict.setStr("__hash__", null);
  }
}

function methodObject(type: PyType, name: string, def: NativeDef): Value {
  def.name = name;
  def.fullName = `${type.qualname}.${name}`;
  switch (def.kind) {
    case "class":
      return new ClassMethodDescriptor(type, def);
    case "static":
      return newStaticMethod(new PyBuiltin(def, type, null));
    default:
      return new MethodDescriptor(type, def);
  }
}

// ── modules ────────────────────────────────────────────────────────────────────────────────────────────────
export interface ModuleSpec {
  name: string;
  doc?: string | null;
  functions?: () => Record<string, NativeDef>;
  /** Types, constants. */
  attributes?: () => Record<string, Value>;
  /** Last step of the import: what needs the interpreter's state. */
  exec?: (module: PyModule) => Status;
}
/* @__NO_SIDE_EFFECTS__ */
export function newModule(name: string, spec: Omit<ModuleSpec, "name">): ModuleSpec {
  return { name, ...spec };
}

/** Makes a module object of a declaration; null status or EXC of `exec` is returned beside it. */
export function instantiateModule(spec: ModuleSpec): { module: PyModule; status: Status } {
  const module = new PyModule(spec.name, spec.doc ?? null);
  const { dict } = module;
  const functions = spec.functions?.() ?? {};
  for (const name in functions) dict.setStr(name, newBuiltin(name, functions[name], spec.name, module));
  const attributes = spec.attributes?.() ?? {};
  for (const name in attributes) dict.setStr(name, attributes[name]);
  return { module, status: spec.exec?.(module) ?? null };
}

export { BASETYPE };
export { classMethod, fn, method, rawClassMethod, rawFn, rawMethod, rawStaticMethod, staticMethod } from "./native.ts";
export { getset } from "./descriptors.ts";
export { parseArgs, signature } from "./signature.ts";

/** A read-only field of a native type: an entry of `members`. */
/* @__NO_SIDE_EFFECTS__ */
export function member(read: MemberRead<never>, doc?: string): MemberRead<never> {
  return doc === undefined ? read : Object.assign(read, { doc });
}
