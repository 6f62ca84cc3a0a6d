/** `T.__new__(S, …)` of native types, with its safety checks (`tp_new_wrapper`). */
import { DISALLOW_INSTANTIATION, EXC, type KwNames, PyType, type Result, type Value, isSubtype } from "../core.ts";
import { typeError } from "../errors.ts";
import { typeOf } from "../types.ts";

export function tpNewCall(owner: PyType, args: Value[], kwnames: KwNames): Result {
  const positional = args.length - (kwnames === null ? 0 : kwnames.length);
  if (positional < 1) return typeError(`${owner.name}.__new__(): not enough arguments`);
  const cls = args[0];
  if (!(cls instanceof PyType)) {
    return typeError(`${owner.name}.__new__(X): X is not a type object (${typeOf(cls).name})`);
  }
  if (!isSubtype(cls, owner)) {
    return typeError(`${owner.name}.__new__(${cls.name}): ${cls.name} is not a subtype of ${owner.name}`);
  }
  if ((cls.flags & DISALLOW_INSTANTIATION) !== 0) return typeError(`cannot create '${cls.name}' instances`);
  if (cls.tp_new === null) return typeError(`cannot create '${cls.name}' instances`);
  const layout = cls.solidBase;
  if (layout !== owner.solidBase || nativeNew(cls) !== owner.tp_new) {
    const safe = nativeBase(cls);
    if (safe !== null && safe.tp_new !== owner.tp_new) {
      return typeError(`${owner.name}.__new__(${cls.name}) is not safe, use ${safe.name}.__new__()`);
    }
  }
  return owner.tp_new === null ? EXC : owner.tp_new(cls, args.slice(1), kwnames);
}
/** The most derived native class of `cls`'s bases. */
function nativeBase(cls: PyType): PyType | null {
  let base: PyType | null = cls;
  while (base !== null && base.isHeap) base = base.base;
  return base;
}
function nativeNew(cls: PyType): PyType["tp_new"] {
  return nativeBase(cls)?.tp_new ?? null;
}
