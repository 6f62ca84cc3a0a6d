/** LOAD_GLOBAL's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import { PyDict } from "../../objects/dict.ts";
import type { PyFrame } from "../../objects/frame.ts";
import { dictType } from "../../objects/types.ts";
import { failed, newCache, specialized } from "./counter.ts";

export function specializeLoadGlobal(code: PyCode, pc: number, frame: PyFrame, name: string): void {
  const { globals, builtins } = frame;
  if (globals.shape.cls !== dictType || !(builtins instanceof PyDict)) return failed(code, pc);
  const own = globals.cell(name);
  if (own !== undefined) {
    const cache = newCache(code, pc);
    cache.guard = globals;
    cache.value = own;
    return specialized(code, pc, OPCODE.LOAD_GLOBAL_MODULE);
  }
  if (globals.getStr(name) !== undefined) return failed(code, pc);
  const builtin = builtins.cell(name);
  if (builtin === undefined) return failed(code, pc);
  const cache = newCache(code, pc);
  cache.guard = globals;
  cache.version = globals.keysVersion;
  cache.value = builtin;
  specialized(code, pc, OPCODE.LOAD_GLOBAL_BUILTIN);
}
