/** The module `_weakref`. */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { typeError } from "../../objects/errors.ts";
import { newList } from "../../objects/list.ts";
import { typeOf } from "../../objects/types.ts";
import { callableProxyType, newWeakProxy, proxyType } from "../../objects/weakproxy.ts";
import { PyWeakRef, referenceType, weakrefsOf } from "../../objects/weakref.ts";

/** Removes the entry `key` of a dict if its value is a dead weak reference. */
function removeDead(dict: Value, key: Value): Result {
  if (!(dict instanceof PyDict)) {
    return typeError(`_remove_dead_weakref() argument 1 must be dict, not ${typeOf(dict).name}`);
  }
  const value = dict.get(key);
  if (value === EXC) return EXC;
  if (value === undefined) return null;
  if (!(value instanceof PyWeakRef)) return typeError("not a weakref");
  if (value.get() === undefined && dict.delete(key) === EXC) return EXC;
  return null;
}

export const _weakrefModule = newModule("_weakref", {
  doc: "Weak-reference support module.",
  functions: () => ({
    getweakrefcount: fn(
      "($module, object, /)",
      (o: Value) => weakrefsOf(o).length,
      "Return the number of weak references to 'object'.",
    ),
    getweakrefs: fn(
      "($module, object, /)",
      (o: Value) => newList(weakrefsOf(o)),
      "Return a list of all weak reference objects pointing to 'object'.",
    ),
    proxy: fn(
      "($module, object, callback=None, /)",
      (o: Value, callback?: Value) => newWeakProxy(o, callback ?? null),
      "Create a proxy object that weakly references 'object'.",
    ),
    _remove_dead_weakref: fn(
      "($module, dct, key, /)",
      removeDead,
      "Atomically remove key from dict if it points to a dead weakref.",
    ),
  }),
  attributes: () => ({
    ref: referenceType,
    ReferenceType: referenceType,
    ProxyType: proxyType,
    CallableProxyType: callableProxyType,
  }),
});
