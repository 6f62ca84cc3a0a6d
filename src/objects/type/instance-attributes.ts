/** `object.__getattribute__` and `object.__setattr__` (PyObject_GenericGetAttr, …SetAttr). */
import { EXC, type Exc, type PyObject, type PyType, type Result, type Status, type Value } from "../core.ts";
import { attributeError, catches, clearException } from "../errors.ts";
import { attributeErrorType } from "../exceptions/types.ts";
import { PyInstance } from "../instance.ts";
import { typeOf } from "../types.ts";
import { lookup } from "./lookup.ts";

/** The attribute in the object itself, or undefined. */
export function ownAttribute(o: Value, name: string): Value | undefined {
  if (o instanceof PyInstance) return o.getOwn(name);
  if (typeof o !== "object" || o === null) return undefined;
  return o.getDict(false)?.getStr(name);
}

/** `tp_getattro` of `object`. */
export function instanceGetAttr(o: Value, name: string): Result {
  const type = typeOf(o);
  const value = instanceLookup(o, type, name);
  return value === undefined ? missing(o, type, name) : value;
}
/** The same, with undefined for a missing attribute; an AttributeError raised by a descriptor is swallowed. */
export function instanceLookupAttr(o: Value, type: PyType, name: string): Result | undefined {
  const value = instanceLookup(o, type, name);
  if (value === EXC && catches(attributeErrorType)) {
    clearException();
    return undefined;
  }
  return value;
}
function instanceLookup(o: Value, type: PyType, name: string): Result | undefined {
  const descriptor = lookup(type, name);
  let get: ((d: Value, obj: Value | undefined, type: PyType) => Result) | null = null;
  if (descriptor !== undefined) {
    const descriptorType = typeOf(descriptor);
    get = descriptorType.tp_descr_get;
    if (get !== null && descriptorType.tp_descr_set !== null) return get(descriptor, o, type);
  }
  const own = ownAttribute(o, name);
  if (own !== undefined) return own;
  return get === null ? descriptor : get(descriptor as Value, o, type);
}
function missing(o: Value, type: PyType, name: string): Exc {
  return attributeError(`'${type.name}' object has no attribute '${name}'`, o, name);
}

/** `tp_setattro` of `object`; `value` undefined deletes. */
export function instanceSetAttr(o: Value, name: string, value: Value | undefined): Status {
  const type = typeOf(o);
  const descriptor = lookup(type, name);
  if (descriptor !== undefined) {
    const set = typeOf(descriptor).tp_descr_set;
    if (set !== null) return set(descriptor, o, value);
  }
  if (o instanceof PyInstance && (o.shape.isDictionary || type.hasDict)) {
    if (value !== undefined) o.setOwn(name, value);
    else if (!o.deleteOwn(name)) return missing(o, type, name);
    return null;
  }
  const dict = typeof o === "object" && o !== null ? (o as PyObject).getDict(true) : undefined;
  if (dict === undefined) return cannotSet(o, type, name, descriptor);
  if (value !== undefined) dict.setStr(name, value);
  else if (!dict.delStr(name)) return missing(o, type, name);
  return null;
}
function cannotSet(o: Value, type: PyType, name: string, descriptor: Value | undefined): Exc {
  if (descriptor !== undefined) {
    return attributeError(`'${type.name}' object attribute '${name}' is read-only`, o, name);
  }
  if (type.tp_setattro === (instanceSetAttr as unknown)) {
    return attributeError(
      `'${type.name}' object has no attribute '${name}' and no __dict__ for setting new attributes`,
      o,
      name,
    );
  }
  return missing(o, type, name);
}
