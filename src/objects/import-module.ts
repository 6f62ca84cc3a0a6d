/** Conveniences over `import-hook.ts`. */
import { EXC, type Result, type Value } from "./core.ts";
import { importAttribute } from "./import-hook.ts";
import { call } from "./protocol/call.ts";

export { importAttribute as importAttr, importModule } from "./import-hook.ts";

/** `module.name(*args)`. */
export function callImported(module: string, name: string, args: Value[]): Result {
  const f = importAttribute(module, name);
  return f === EXC ? EXC : call(f, args);
}
