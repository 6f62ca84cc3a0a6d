/**
 * Class variables: names of classes whose plain values change again and again, as counters do (`Account.count += 1`). Were
 * each such change one of the class, all that is known of its methods would have to be found out anew. So after some
 * changes nobody remembers any more what such a name's value is, beyond the look-ups' own memo; that it is no descriptor
 * holds on.
 */
import type { PyType, Value } from "../core.ts";
import { typeOf } from "../types.ts";
import { lookup, subclassesOf } from "./lookup.ts";

/** Changes after which a name is a variable. */
const MANY = 16;

/** Is it no descriptor, for ever, and nothing that is called? */
function isPlain(value: Value): boolean {
  const { isHeap, tp_descr_get, tp_descr_set, tp_call } = typeOf(value);
  return !isHeap && tp_descr_get === null && tp_descr_set === null && tp_call === null;
}
/** Has `name` of the class's own namespace got another value so often that it counts as a variable? */
export function isVariableOf(type: PyType, name: string): boolean {
  return (type.variables?.get(name) ?? 0) >= MANY;
}
/** Is what `type` finds under that name a variable, of whatever class? */
export function isVariable(type: PyType, name: string): boolean {
  return type.mro.some((cls) => isVariableOf(cls, name)) && lookup(type, name) !== undefined;
}
/**
 * `after` has taken the place of `before` in the namespace. True: that was a variable, and looking it up anew is all that
 * has to be done; else the class has been modified.
 */
export function changesVariable(type: PyType, name: string, before: Value | undefined, after: Value): boolean {
  if (before === undefined || type.watchers !== null || !isPlain(before) || !isPlain(after)) return false;
  if (name.startsWith("__") && name.endsWith("__")) return false;
  type.variables ??= new Map();
  const times = (type.variables.get(name) ?? 0) + 1;
  type.variables.set(name, times);
  if (times <= MANY) return false;
  forget(type, name);
  return true;
}
function forget(type: PyType, name: string): void {
  type.lookupCache.delete(name);
  for (const sub of subclassesOf(type)) forget(sub, name);
}
