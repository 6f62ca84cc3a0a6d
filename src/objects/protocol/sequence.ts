/** Subscription and membership. */
import { END, EXC, type Exc, PyType, type Result, type Status, type Value } from "../core.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { indexError, typeError } from "../errors.ts";
import { indexErrorType } from "../exceptions/types.ts";
import { typeOf, typeTypeOf } from "../types.ts";
import { call } from "./call.ts";
import { asSize } from "./convert.ts";
import { getIter, iterNext } from "./iter.ts";
import { equals, lookupAttr } from "./object.ts";

/** Has `o` an index (`__index__`)? */
function isIndex(o: Value): boolean {
  return typeof o === "number" || typeOf(o).nb_index !== null;
}

/** `o[key]`. */
export function getItem(o: Value, key: Value): Result {
  const type = typeOf(o);
  if (type.mp_subscript !== null) return type.mp_subscript(o, key);
  if (type.sq_item !== null) {
    if (!isIndex(key)) return typeError(`sequence index must be integer, not '${typeOf(key).name}'`);
    const index = asSize(key, indexErrorType);
    return index === EXC ? EXC : sequenceItem(o, index);
  }
  if (o instanceof PyType) {
    if (o === typeTypeOf()) return newGenericAlias(o, key);
    const hook = lookupAttr(o, "__class_getitem__");
    if (hook === EXC) return EXC;
    if (hook !== undefined && hook !== null) return call(hook, [key]);
    return typeError(`type '${o.name}' is not subscriptable`);
  }
  return typeError(`'${type.name}' object is not subscriptable`);
}
/** `PySequence_GetItem`: negative indices count from the end. */
export function sequenceItem(o: Value, index: number): Result {
  const type = typeOf(o);
  if (type.sq_item === null) {
    return type.mp_subscript !== null
      ? typeError(`'${type.name}' is not a sequence`)
      : typeError(`'${type.name}' object does not support indexing`);
  }
  const at = fromEnd(o, index);
  return at === EXC ? EXC : type.sq_item(o, at);
}
function fromEnd(o: Value, index: number): number | Exc {
  const { sq_length } = typeOf(o);
  if (index >= 0 || sq_length === null) return index;
  const length = sq_length(o);
  return length === EXC ? EXC : index + length;
}

/** `o[key] = value`. */
export function setItem(o: Value, key: Value, value: Value): Status {
  return storeItem(o, key, value, "assignment");
}
/** `del o[key]`. */
export function delItem(o: Value, key: Value): Status {
  return storeItem(o, key, undefined, "deletion");
}
function storeItem(o: Value, key: Value, value: Value | undefined, what: string): Status {
  const type = typeOf(o);
  if (type.mp_ass_subscript !== null) return type.mp_ass_subscript(o, key, value);
  if (type.sq_ass_item !== null) {
    if (!isIndex(key)) return typeError(`sequence index must be integer, not '${typeOf(key).name}'`);
    const index = asSize(key, indexErrorType);
    if (index === EXC) return EXC;
    const at = fromEnd(o, index);
    return at === EXC ? EXC : type.sq_ass_item(o, at, value);
  }
  // CPython asks a type with methods of a sequence as one, and then words a deletion in another way.
  const isAsked = hasSequenceMethods(type) && isIndex(key);
  if (isAsked && asSize(key, indexErrorType) === EXC) return EXC;
  return typeError(`'${type.name}' object does${isAsked && what === "deletion" ? "n't" : " not"} support item ${what}`);
}
function hasSequenceMethods(type: PyType): boolean {
  return type.isHeap || type.sq_length !== null || type.sq_item !== null || type.sq_contains !== null;
}

/** `item in container`. */
export function contains(container: Value, item: Value): boolean | Exc {
  const type = typeOf(container);
  if (type.sq_contains !== null) return type.sq_contains(container, item);
  if (type.tp_iter === null && type.sq_item === null) {
    return typeError(`argument of type '${type.name}' is not a container or iterable`);
  }
  return iterContains(container, item);
}
/** Membership by iteration (`_PySequence_IterSearch`). */
export function iterContains(container: Value, item: Value): boolean | Exc {
  const iterator = getIter(container);
  if (iterator === EXC) return EXC;
  for (;;) {
    const value = iterNext(iterator);
    if (value === END) return false;
    if (value === EXC) return EXC;
    const same = equals(value, item);
    if (same !== false) return same;
  }
}
export { indexError };
