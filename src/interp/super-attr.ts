/** `super().name` (LOAD_SUPER_ATTR). */
import type { PyCode } from "../objects/code.ts";
import { EXC, PyType, type Result, type Value } from "../objects/core.ts";
import { call } from "../objects/protocol/call.ts";
import { getAttr } from "../objects/protocol/object.ts";
import { newSuper, superCheck, superLookupRaw } from "../objects/super.ts";
import { superType, typeOf } from "../objects/types.ts";
import { isMethod } from "./load-method.ts";
import { failed, newCache, specialized } from "./specialize/counter.ts";
import { OPCODE } from "../generated/metadata.ts";

/** The general case: calls whatever `super` is, then looks the attribute up on the result. `oparg`: the instruction's. */
export function superAttr(globalSuper: Value, cls: Value, self: Value, name: string, oparg: number): Result {
  // Without arguments in the source, `super` itself is called with none, should it have been replaced.
  const isSuper = globalSuper === superType;
  const proxy = call(globalSuper, isSuper || (oparg & 2) !== 0 ? [cls, self] : []);
  return proxy === EXC ? EXC : getAttr(proxy, name);
}

/**
 * With the real `super`: the attribute; with `unbound`, the function to be called with `self` first, or undefined
 * where the attribute is no such function.
 */
export function superMethod(cls: Value, self: Value, name: string, unbound: boolean): Result | undefined {
  if (!(cls instanceof PyType)) return unbound ? undefined : superAttr(superType, cls, self, name, 2);
  const type = superCheck(cls, self);
  if (type === EXC) return EXC;
  const found = superLookupRaw(cls, type, name);
  if (unbound) return found !== undefined && self !== type && isMethod(found) ? found : undefined;
  if (found === undefined || name === "__class__") return getAttr(newSuper(cls, self), name);
  const get = typeOf(found).tp_descr_get;
  return get === null ? found : get(found, self === type ? undefined : self, type);
}

export function specializeSuperAttr(code: PyCode, pc: number, globalSuper: Value, cls: Value, oparg: number): void {
  if (globalSuper !== superType || !(cls instanceof PyType)) return failed(code, pc);
  newCache(code, pc).guard = superType;
  specialized(code, pc, (oparg & 1) !== 0 ? OPCODE.LOAD_SUPER_ATTR_METHOD : OPCODE.LOAD_SUPER_ATTR_ATTR);
}
