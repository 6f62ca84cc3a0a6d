/** CALL_KW's specialisations: where each argument goes is worked out once for the call site. */
import { CO_VARARGS, CO_VARKEYWORDS } from "../../compiler/code.ts";
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import { PyFunction } from "../../objects/function.ts";
import { PyMethod } from "../../objects/method.ts";
import type { PyTuple } from "../../objects/tuple.ts";
import { failed, newCache, specialized } from "./counter.ts";

/** For each parameter: the index of its argument, or -1: its default, in `defaults`. */
export interface ArgumentPlan {
  sources: Int32Array;
  defaults: (Value | undefined)[];
}

/** Stack: callable, self or NULL, `count` arguments, the tuple of names, then `sp`. */
export function specializeCallKw(code: PyCode, pc: number, s: readonly Value[], sp: number, count: number): void {
  const kwnames = (s[sp - 1] as PyTuple).items as string[];
  const callable = s[sp - count - 3];
  const self: Value | undefined = s[sp - count - 2];
  if (callable instanceof PyFunction) {
    return plan(code, pc, callable, count + (self === undefined ? 0 : 1), kwnames, OPCODE.CALL_KW_PY);
  }
  if (callable instanceof PyMethod) {
    if (self !== undefined || !(callable.func instanceof PyFunction)) return failed(code, pc);
    return plan(code, pc, callable.func, count + 1, kwnames, OPCODE.CALL_KW_BOUND_METHOD);
  }
  newCache(code, pc);
  specialized(code, pc, OPCODE.CALL_KW_NON_PY);
}

function plan(
  code: PyCode,
  pc: number,
  f: PyFunction,
  given: number,
  kwnames: readonly string[],
  opcode: number,
): void {
  const made = planFor(f, given, kwnames);
  if (made === null) return failed(code, pc);
  const cache = newCache(code, pc);
  cache.version = f.version;
  cache.index = given;
  cache.value = made;
  specialized(code, pc, opcode);
}
/** null where the call is an error, or the callee collects. */
function planFor(f: PyFunction, given: number, kwnames: readonly string[]): ArgumentPlan | null {
  const { code } = f;
  const total = code.argcount + code.kwonlyargcount;
  const positional = given - kwnames.length;
  if ((code.flags & (CO_VARARGS | CO_VARKEYWORDS)) !== 0 || positional > code.argcount) return null;
  const sources = new Int32Array(total).fill(-1);
  for (let i = 0; i < positional; i++) sources[i] = i;
  for (let k = 0; k < kwnames.length; k++) {
    const target = code.spec.localsplusnames.indexOf(kwnames[k]);
    if (target < code.posonlyargcount || target >= total || sources[target] >= 0) return null;
    sources[target] = positional + k;
  }
  const defaults: (Value | undefined)[] = [];
  const firstDefault = code.argcount - (f.defaults?.length ?? 0);
  for (let i = 0; i < total; i++) {
    if (sources[i] >= 0) continue;
    const value =
      i < code.argcount ? f.defaults?.[i - firstDefault] : f.kwdefaults?.getStr(code.spec.localsplusnames[i]);
    if (value === undefined) return null;
    defaults[i] = value;
  }
  return { sources, defaults };
}
