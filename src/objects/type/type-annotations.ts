/**
 * `__annotations__` and `__annotate__` of classes.
 * Source: PEP 649, PEP 749.
 */
import { EXC, type PyType, type Result, type Status, type Value } from "../core.ts";
import { getset } from "../descriptors.ts";
import { PyDict, newDict } from "../dict.ts";
import { attributeError, typeError } from "../errors.ts";
import { call } from "../protocol/call.ts";
import { isCallable } from "../protocol/object.ts";
import { typeOf } from "../types.ts";
import { typeDict, typeModified } from "./lookup.ts";

const CACHE = "__annotations_cache__";

function getAnnotate(type: PyType): Result {
  if (!type.isHeap)
    return attributeError(`type object '${type.name}' has no attribute '__annotate__'`, type, "__annotate__");
  const dict = typeDict(type);
  // One that the class body defines itself goes before the compiler's.
  const own = dict.getStr("__annotate__") ?? dict.getStr("__annotate_func__");
  if (own === undefined) {
    dict.setStr("__annotate_func__", null);
    return null;
  }
  const get = typeOf(own).tp_descr_get;
  return get === null ? own : get(own, undefined, type);
}
function setAnnotate(type: PyType, value: Value | undefined): Status {
  if (value === undefined) return typeError("cannot delete __annotate__ attribute");
  if (!type.isHeap) return typeError(`cannot set '__annotate__' attribute of immutable type '${type.name}'`);
  if (value !== null && !isCallable(value)) return typeError("__annotate__ must be callable or None");
  const dict = typeDict(type);
  dict.setStr(dict.getStr("__annotate__") === undefined ? "__annotate_func__" : "__annotate__", value);
  if (value !== null) {
    dict.delStr("__annotations__");
    dict.delStr(CACHE);
  }
  typeModified(type);
  return null;
}
function getAnnotations(type: PyType): Result {
  if (!type.isHeap) {
    return attributeError(`type object '${type.name}' has no attribute '__annotations__'`, type, "__annotations__");
  }
  const dict = typeDict(type);
  const known = dict.getStr("__annotations__") ?? dict.getStr(CACHE);
  if (known !== undefined) {
    const get = typeOf(known).tp_descr_get;
    return get === null ? known : get(known, undefined, type);
  }
  const annotate = getAnnotate(type);
  if (annotate === EXC) return EXC;
  let annotations: Result = newDict();
  if (annotate !== null) {
    annotations = call(annotate, [1]);
    if (annotations === EXC) return EXC;
    if (!(annotations instanceof PyDict)) {
      return typeError(`__annotate__ returned non-dict of type '${typeOf(annotations).name}'`);
    }
  }
  dict.setStr(CACHE, annotations);
  return annotations;
}
function setAnnotations(type: PyType, value: Value | undefined): Status {
  if (!type.isHeap) return typeError(`cannot set '__annotations__' attribute of immutable type '${type.name}'`);
  const dict = typeDict(type);
  if (value === undefined) {
    const hadCache = dict.delStr(CACHE);
    if (!dict.delStr("__annotations__") && !hadCache) return attributeError("__annotations__", type, "__annotations__");
  } else dict.setStr(dict.getStr("__annotations__") === undefined ? CACHE : "__annotations__", value);
  dict.delStr("__annotate__");
  dict.setStr("__annotate_func__", null);
  typeModified(type);
  return null;
}

export const typeAnnotate = getset(getAnnotate, setAnnotate);
export const typeAnnotations = getset(getAnnotations, setAnnotations);
