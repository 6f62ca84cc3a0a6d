/**
 * CALL_FUNCTION_EX's specialisations, which CPython does not have. The instruction has no inline cache units, so its
 * counter lies in its `InlineCache`.
 */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import { PyFunction } from "../../objects/function.ts";
import { PyMethod } from "../../objects/method.ts";
import { rt } from "../../objects/runtime.ts";
import { newCache } from "./counter.ts";

const FIRST_WAIT = 2;
const MAX_WAIT = 4096;

/** Counts an execution of the general instruction; specialises it when it is due. */
export function adaptCallEx(code: PyCode, pc: number, callable: Value): void {
  if (rt.jit?.lacks("call-ex")) return;
  const cache = code.caches[pc] ?? newCache(code, pc);
  // `index` counts executions, `version2` is how many to wait for.
  if (cache.version2 === 0) cache.version2 = FIRST_WAIT;
  if (++cache.index < cache.version2) return;
  cache.index = 0;
  cache.version2 = Math.min(cache.version2 * 2, MAX_WAIT);
  const func = callable instanceof PyMethod ? callable.func : callable;
  const isPython = func instanceof PyFunction;
  if (isPython) cache.version = func.version;
  const opcode = isPython ? OPCODE.CALL_FUNCTION_EX_PY : OPCODE.CALL_FUNCTION_EX_NON_PY;
  code.ops[pc] = (code.ops[pc] & ~255) | opcode;
}
