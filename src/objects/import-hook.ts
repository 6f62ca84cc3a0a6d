/** Importing from native code, through the interpreter's own `__import__`. */
import { EXC, type Result, type Value } from "./core.ts";
import { call } from "./protocol/call.ts";
import { getAttr } from "./protocol/object.ts";
import { rt } from "./runtime.ts";

/** The module `name` (dotted names give the innermost one). */
export function importModule(name: string): Result {
  const known = rt.modules.getStr(name);
  if (known !== undefined && known !== null) return known;
  const importer = rt.builtins.getStr("__import__") as Value;
  if (call(importer, [name]) === EXC) return EXC;
  return rt.modules.getStr(name) ?? EXC;
}
export function importAttribute(module: string, name: string): Result {
  const found = importModule(module);
  return found === EXC ? EXC : getAttr(found, name);
}
/** `module.name(*args)`. */
export function callImported(module: string, name: string, args: Value[]): Result {
  const f = importAttribute(module, name);
  return f === EXC ? EXC : call(f, args);
}
