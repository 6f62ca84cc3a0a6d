/** LOAD_ATTR's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import { METHOD_DESCRIPTOR, PyType, type Value, objectType, typeType } from "../../objects/core.ts";
import { MemberDescriptor } from "../../objects/descriptors.ts";
import { PyFunction } from "../../objects/function.ts";
import { PyInstance } from "../../objects/instance.ts";
import { PyModule } from "../../objects/module.ts";
import { PyProperty } from "../../objects/property.ts";
import { lookup } from "../../objects/type/lookup.ts";
import { isVariable } from "../../objects/type/variables.ts";
import { slotFunctions } from "../../objects/type/slot-functions.ts";
import { moduleType, propertyType, typeOf } from "../../objects/types.ts";
import { chainCache } from "../attribute-chain.ts";
import { failed, newCache, specialized } from "./counter.ts";

export function specializeLoadAttr(
  code: PyCode,
  pc: number,
  owner: Value,
  names: readonly string[],
  oparg: number,
): void {
  const before = code.caches[pc];
  const opcode = choose(code, pc, owner, names[oparg >> 1], (oparg & 1) !== 0);
  chainCache(before, code.caches[pc], opcode);
  if (opcode === 0) failed(code, pc);
  else specialized(code, pc, opcode);
}

function choose(code: PyCode, pc: number, owner: Value, name: string, method: boolean): number {
  const type = typeOf(owner);
  if (owner instanceof PyModule && type === moduleType) return chooseModule(code, pc, owner, name);
  if (owner instanceof PyType) return chooseClass(code, pc, owner, name);
  if (type.tp_getattro === objectType.tp_getattro) return chooseInstance(code, pc, owner, type, name, method);
  if (type.tp_getattro === slotFunctions.tp_getattro) return chooseHook(code, pc, owner, type, name);
  return 0;
}

function chooseModule(code: PyCode, pc: number, module: PyModule, name: string): number {
  if (lookup(moduleType, name) !== undefined) return 0;
  const cell = module.dict.cell(name);
  if (cell === undefined) return 0;
  const cache = newCache(code, pc);
  cache.guard = module;
  cache.value = cell;
  return OPCODE.LOAD_ATTR_MODULE;
}

function chooseClass(code: PyCode, pc: number, cls: PyType, name: string): number {
  const metatype = cls.shape.cls;
  if (metatype.tp_getattro !== typeType.tp_getattro || lookup(metatype, name) !== undefined) return 0;
  const value = lookup(cls, name);
  if (value === undefined || isVariable(cls, name)) return 0;
  // Functions are descriptors, but on a class they give themselves.
  if (!(value instanceof PyFunction) && typeOf(value).tp_descr_get !== null) return 0;
  const cache = newCache(code, pc);
  cache.guard = cls;
  cache.version = cls.version;
  cache.value = value;
  cache.version2 = metatype.version;
  return metatype === typeType ? OPCODE.LOAD_ATTR_CLASS : OPCODE.LOAD_ATTR_CLASS_WITH_METACLASS_CHECK;
}

function chooseInstance(code: PyCode, pc: number, owner: Value, type: PyType, name: string, method: boolean): number {
  const found = lookup(type, name);
  if (found !== undefined) {
    const kind = typeOf(found);
    if (kind.tp_descr_set !== null) return chooseDataDescriptor(code, pc, owner, type, found);
    if (kind.tp_descr_get !== null) return chooseMethod(code, pc, owner, type, name, found, method);
    return chooseClassValue(code, pc, owner, type, name, found);
  }
  if (!(owner instanceof PyInstance)) return 0;
  return chooseOwnValue(code, pc, owner, name);
}

function chooseOwnValue(code: PyCode, pc: number, owner: PyInstance, name: string): number {
  const { shape } = owner;
  const cache = newCache(code, pc);
  cache.guard = shape;
  cache.version = shape.cls.version;
  if (shape.isDictionary) return owner.getOwn(name) === undefined ? 0 : OPCODE.LOAD_ATTR_WITH_HINT;
  const field = shape.fields.get(name);
  if (field === undefined) return 0;
  cache.index = field;
  cache.isFloat = shape.holdsFloat(field);
  return OPCODE.LOAD_ATTR_INSTANCE_VALUE;
}

function chooseDataDescriptor(code: PyCode, pc: number, owner: Value, type: PyType, found: Value): number {
  if (found instanceof MemberDescriptor && found.index >= 0 && owner instanceof PyInstance) {
    const cache = newCache(code, pc);
    cache.version = type.version;
    cache.index = found.index;
    return OPCODE.LOAD_ATTR_SLOT;
  }
  if (found instanceof PyProperty && typeOf(found) === propertyType && isPlain(found.get, 1)) {
    const cache = newCache(code, pc);
    cache.version = type.version;
    cache.value = found.get;
    return OPCODE.LOAD_ATTR_PROPERTY;
  }
  return 0;
}
/** A Python function that takes exactly `count` positional arguments. */
function isPlain(f: Value, count: number): f is PyFunction {
  return f instanceof PyFunction && f.code.isSimple && f.code.argcount === count;
}

function chooseMethod(
  code: PyCode,
  pc: number,
  owner: Value,
  type: PyType,
  _name: string,
  found: Value,
  method: boolean,
): number {
  if (!method || !(found instanceof PyFunction || (typeOf(found).flags & METHOD_DESCRIPTOR) !== 0)) return 0;
  const cache = newCache(code, pc);
  cache.version = type.version;
  cache.value = found;
  if (!type.hasDict) return OPCODE.LOAD_ATTR_METHOD_NO_DICT;
  if (owner instanceof PyInstance) {
    if (owner.shape.isDictionary || owner.shape.fields.has(_name)) return 0;
    cache.guard = owner.shape;
    return OPCODE.LOAD_ATTR_METHOD_WITH_VALUES;
  }
  const own = typeof owner === "object" && owner !== null ? owner.getDict(false) : undefined;
  return own === undefined && typeof owner === "object" ? OPCODE.LOAD_ATTR_METHOD_LAZY_DICT : 0;
}
function chooseClassValue(code: PyCode, pc: number, owner: Value, type: PyType, name: string, found: Value): number {
  if (owner instanceof PyInstance && type.hasDict) {
    if (owner.shape.isDictionary || owner.shape.fields.has(name)) return chooseOwnValue(code, pc, owner, name);
    if (isVariable(type, name)) return 0;
    const cache = newCache(code, pc);
    cache.guard = owner.shape;
    cache.version = type.version;
    cache.value = found;
    return OPCODE.LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES;
  }
  if (type.hasDict || isVariable(type, name)) return 0;
  const cache = newCache(code, pc);
  cache.version = type.version;
  cache.value = found;
  return OPCODE.LOAD_ATTR_NONDESCRIPTOR_NO_DICT;
}

/** `__getattribute__` or `__getattr__` written in Python. */
function chooseHook(code: PyCode, pc: number, owner: Value, type: PyType, name: string): number {
  if (typeof owner !== "object" || owner === null) return 0;
  const getattribute = lookup(type, "__getattribute__");
  const native = getattribute === lookup(objectType, "__getattribute__");
  const hook = lookup(type, "__getattr__");
  if (native) {
    // Attributes that are found as usual are served by the instructions for that.
    if (owner instanceof PyInstance && !owner.shape.isDictionary) {
      const usual = chooseInstance(code, pc, owner, type, name, false);
      if (usual !== 0) return usual;
    }
    if (!isPlain(hook as Value, 2)) return 0;
    const cache = newCache(code, pc);
    cache.version = type.version;
    cache.value = hook;
    return OPCODE.LOAD_ATTR_GETATTR;
  }
  if (hook !== undefined || !isPlain(getattribute as Value, 2)) return 0;
  const cache = newCache(code, pc);
  cache.version = type.version;
  cache.value = getattribute;
  return OPCODE.LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN;
}
