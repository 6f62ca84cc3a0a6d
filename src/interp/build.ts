/** Filling of containers under construction. */
import { EXC, type Exc, type Status, type Value } from "../objects/core.ts";
import { PyDict, newDict } from "../objects/dict.ts";
import { catches, clearException, typeError } from "../objects/errors.ts";
import { attributeErrorType, typeErrorType } from "../objects/exceptions/types.ts";
import type { PyList } from "../objects/list.ts";
import { callMethod } from "../objects/protocol/call.ts";
import { forEach, listFromIterable } from "../objects/protocol/iter.ts";
import { lookupAttr, str } from "../objects/protocol/object.ts";
import { getItem } from "../objects/protocol/sequence.ts";
import { type PySet, newSet } from "../objects/set.ts";
import { strValue } from "../objects/values.ts";
import { typeOf } from "../objects/types.ts";
import { functionText } from "./function-text.ts";

/** A dict of `count` pairs that lie in `s` from `first` on. */
export function buildMap(s: readonly Value[], first: number, count: number): PyDict | Exc {
  const dict = newDict();
  for (let i = 0; i < count; i++) {
    if (dict.set(s[first + 2 * i], s[first + 2 * i + 1]) === EXC) return EXC;
  }
  return dict;
}
/** `[*iterable]` into a list. */
export function listExtend(list: PyList, iterable: Value): Status {
  const items = listFromIterable(iterable);
  if (items === EXC) {
    const type = typeOf(iterable);
    if (catches(typeErrorType) && type.tp_iter === null && type.sq_item === null) {
      clearException();
      return typeError(`Value after * must be an iterable, not ${type.name}`);
    }
    return EXC;
  }
  list.extend(items);
  return null;
}
export function setUpdate(set: PySet, iterable: Value): Status {
  return forEach(iterable, (value) => set.add(value));
}
/** `{**mapping}` into a dict. */
export function dictUpdate(dict: PyDict, mapping: Value): Status {
  return mergeMapping(
    dict,
    mapping,
    (key, value) => dict.set(key, value),
    () => typeError(`'${typeOf(mapping).name}' object is not a mapping`),
  );
}
/** `f(**mapping)`: keywords collected in `dict` so far. */
export function dictMerge(dict: PyDict, mapping: Value, callable: Value): Status {
  const add = (key: Value, value: Value): Status => {
    if (strValue(key) === undefined) return typeError("keywords must be strings");
    const known = dict.has(key);
    if (known === EXC) return EXC;
    if (known) {
      const text = str(key);
      const f = functionText(callable);
      if (f === EXC || text === EXC) return EXC;
      return typeError(`${f} got multiple values for keyword argument '${String(text)}'`);
    }
    return dict.set(key, value);
  };
  return mergeMapping(dict, mapping, add, () => {
    const f = functionText(callable);
    if (f === EXC) return EXC;
    return typeError(`${f} argument after ** must be a mapping, not ${typeOf(mapping).name}`);
  });
}
function mergeMapping(_dict: PyDict, mapping: Value, add: (k: Value, v: Value) => Status, fail: () => Exc): Status {
  if (mapping instanceof PyDict && typeOf(mapping).tp_iter === typeOf(newDict()).tp_iter) {
    for (const [key, value] of mapping.items()) if (add(key, value) === EXC) return EXC;
    return null;
  }
  const method = lookupAttr(mapping, "keys");
  if (method === EXC) return EXC;
  if (method === undefined) return fail();
  const keys = callMethod(mapping, "keys");
  if (keys === EXC) {
    if (!catches(attributeErrorType)) return EXC;
    clearException();
    return fail();
  }
  return forEach(keys, (key) => {
    const value = getItem(mapping, key);
    return value === EXC ? EXC : add(key, value);
  });
}

/** A set of the stack's entries from `from` up to `to`. */
export function buildSet(s: readonly Value[], from: number, to: number): PySet | Exc {
  const set = newSet();
  for (let i = from; i < to; i++) if (set.add(s[i]) === EXC) return EXC;
  return set;
}
