/** Names outside of functions' locals: globals, builtins, the namespaces of class and module bodies. */
import { EXC, type Result, type Status, type Value } from "../objects/core.ts";
import type { PyCell } from "../objects/cell.ts";
import { PyDict, newDict } from "../objects/dict.ts";
import { catches, clearException, nameError } from "../objects/errors.ts";
import { keyErrorType } from "../objects/exceptions/types.ts";
import type { PyFrame } from "../objects/frame.ts";
import { delItem, getItem, setItem } from "../objects/protocol/sequence.ts";
import { dictType } from "../objects/types.ts";
import { unboundDeref, undefinedName } from "./unbound.ts";

/** `mapping[name]`; undefined where the key is missing. */
function lookupIn(mapping: Value, name: string): Result | undefined {
  if (mapping instanceof PyDict && mapping.shape.cls === dictType) return mapping.getStr(name);
  const value = getItem(mapping, name);
  if (value !== EXC || !catches(keyErrorType)) return value;
  clearException();
  return undefined;
}
function fromBuiltins(frame: PyFrame, name: string): Result | undefined {
  return lookupIn(frame.builtins, name);
}

export function loadGlobal(frame: PyFrame, name: string): Result {
  const value = lookupIn(frame.globals, name);
  if (value !== undefined) return value;
  const builtin = fromBuiltins(frame, name);
  return builtin === undefined ? undefinedName(name) : builtin;
}
export function loadName(frame: PyFrame, name: string): Result {
  const value = lookupIn(frame.namespace(), name);
  return value === undefined ? loadGlobal(frame, name) : value;
}
export function storeName(frame: PyFrame, name: string, value: Value): Status {
  const locals = frame.namespace();
  if (locals instanceof PyDict && locals.shape.cls === dictType) {
    locals.setStr(name, value);
    return null;
  }
  return setItem(locals, name, value);
}
export function deleteName(frame: PyFrame, name: string): Status {
  const locals = frame.namespace();
  if (locals instanceof PyDict && locals.shape.cls === dictType) {
    return locals.delStr(name) ? null : undefinedName(name);
  }
  if (delItem(locals, name) !== EXC) return null;
  if (catches(keyErrorType)) {
    clearException();
    return undefinedName(name);
  }
  return EXC;
}
export function deleteGlobal(frame: PyFrame, name: string): Status {
  return frame.globals.delStr(name) ? null : undefinedName(name);
}
export function loadLocals(frame: PyFrame): Result {
  return frame.namespace();
}
export function loadFromDictOrGlobals(frame: PyFrame, dict: Value, name: string): Result {
  const value = lookupIn(dict, name);
  return value === undefined ? loadGlobal(frame, name) : value;
}
export function loadFromDictOrDeref(frame: PyFrame, dict: Value, index: number): Result {
  const name = frame.code.spec.localsplusnames[index];
  const value = lookupIn(dict, name);
  if (value !== undefined) return value;
  const inCell = (frame.s[index] as PyCell).value;
  return inCell === undefined ? unboundDeref(frame, index) : inCell;
}
/** Gives the namespace an `__annotations__` dict if it has none. */
export function setupAnnotations(frame: PyFrame): Status {
  const locals = frame.namespace();
  const known = lookupIn(locals, "__annotations__");
  if (known === EXC) return EXC;
  return known === undefined ? setItem(locals, "__annotations__", newDict()) : null;
}
export function buildClassFunction(frame: PyFrame): Result {
  const found = fromBuiltins(frame, "__build_class__");
  return found === undefined ? nameError("__build_class__ not found", "__build_class__") : found;
}
