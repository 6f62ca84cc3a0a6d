/** CALL's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import { PyBuiltin } from "../../objects/builtin.ts";
import type { PyCode } from "../../objects/code.ts";
import { PyType, type Value, objectType, typeType } from "../../objects/core.ts";
import { MethodDescriptor } from "../../objects/descriptors.ts";
import { PyFunction } from "../../objects/function.ts";
import { PyMethod } from "../../objects/method.ts";
import { rt } from "../../objects/runtime.ts";
import { lookup } from "../../objects/type/lookup.ts";
import { listType, strType, tupleType, typeOf } from "../../objects/types.ts";
import { failed, newCache, specialized } from "./counter.ts";

/** Stack: callable, self or NULL, `count` arguments, then `sp`. */
export function specializeCall(code: PyCode, pc: number, s: readonly Value[], sp: number, count: number): void {
  const callable = s[sp - count - 2];
  const self: Value | undefined = s[sp - count - 1];
  const opcode = choose(code, pc, callable, self, count);
  if (opcode === 0) failed(code, pc);
  else specialized(code, pc, opcode);
}

function choose(code: PyCode, pc: number, callable: Value, self: Value | undefined, count: number): number {
  if (callable instanceof PyFunction) return choosePython(code, pc, callable, count + (self === undefined ? 0 : 1));
  if (callable instanceof PyMethod && self === undefined) return chooseBoundMethod(code, pc, callable, count);
  if (callable instanceof PyType && self === undefined) return chooseClass(code, pc, callable, count);
  if (callable instanceof PyBuiltin && self === undefined) return chooseBuiltin(code, pc, callable, count);
  if (callable instanceof MethodDescriptor && self !== undefined)
    return chooseDescriptor(code, pc, callable, self, count);
  return callable instanceof PyMethod ? 0 : OPCODE.CALL_NON_PY_GENERAL;
}

function choosePython(code: PyCode, pc: number, f: PyFunction, count: number): number {
  const cache = newCache(code, pc);
  cache.version = f.version;
  cache.index = count;
  return f.code.isSimple && f.code.argcount === count ? OPCODE.CALL_PY_EXACT_ARGS : OPCODE.CALL_PY_GENERAL;
}
function chooseBoundMethod(code: PyCode, pc: number, method: PyMethod, count: number): number {
  const { func } = method;
  if (!(func instanceof PyFunction)) return 0;
  const cache = newCache(code, pc);
  cache.version = func.version;
  return func.code.isSimple && func.code.argcount === count + 1
    ? OPCODE.CALL_BOUND_METHOD_EXACT_ARGS
    : OPCODE.CALL_BOUND_METHOD_GENERAL;
}

function chooseClass(code: PyCode, pc: number, cls: PyType, count: number): number {
  if (!cls.isHeap) {
    newCache(code, pc).guard = cls;
    if (count === 1 && cls === typeType) return OPCODE.CALL_TYPE_1;
    if (count === 1 && cls === strType) return OPCODE.CALL_STR_1;
    if (count === 1 && cls === tupleType) return OPCODE.CALL_TUPLE_1;
    return OPCODE.CALL_BUILTIN_CLASS;
  }
  const init = lookup(cls, "__init__");
  if (cls.shape.cls.tp_call !== typeType.tp_call || cls.tp_new !== objectType.tp_new || !(init instanceof PyFunction)) {
    return OPCODE.CALL_NON_PY_GENERAL;
  }
  if (rt.jit?.lacks("alloc-init")) return OPCODE.CALL_NON_PY_GENERAL;
  const cache = newCache(code, pc);
  cache.version = cls.version;
  cache.value = init;
  return OPCODE.CALL_ALLOC_AND_ENTER_INIT;
}

function chooseBuiltin(code: PyCode, pc: number, f: PyBuiltin, count: number): number {
  const cache = newCache(code, pc);
  cache.guard = f;
  const { def } = f;
  def.resolve();
  if (def.kind === "function") {
    if (count === 1 && f === rt.builtins.getStr("len")) return OPCODE.CALL_LEN;
    if (count === 2 && f === rt.builtins.getStr("isinstance")) return OPCODE.CALL_ISINSTANCE;
    cache.value = def.impl;
    if (count >= def.min && count <= def.max) return count === 1 ? OPCODE.CALL_BUILTIN_O : OPCODE.CALL_BUILTIN_FAST;
  }
  return OPCODE.CALL_BUILTIN_FAST_WITH_KEYWORDS;
}

function chooseDescriptor(code: PyCode, pc: number, d: MethodDescriptor, self: Value, count: number): number {
  const type = typeOf(self);
  // Instances of subclasses are checked by the general call.
  if (type !== d.owner && !type.mro.includes(d.owner)) return 0;
  const cache = newCache(code, pc);
  cache.guard = d;
  cache.extra = type;
  cache.value = d.def.impl;
  const { def } = d;
  def.resolve();
  if (def.min > count || count > def.max) return OPCODE.CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS;
  if (count === 1 && type === listType && def.name === "append") return OPCODE.CALL_LIST_APPEND;
  if (count === 0) return OPCODE.CALL_METHOD_DESCRIPTOR_NOARGS;
  return count === 1 ? OPCODE.CALL_METHOD_DESCRIPTOR_O : OPCODE.CALL_METHOD_DESCRIPTOR_FAST;
}
