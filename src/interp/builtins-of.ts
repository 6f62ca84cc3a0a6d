/** The builtins that code with these globals sees: their `__builtins__`, a module or a dict. */
import { PyDict } from "../objects/dict.ts";
import { PyModule } from "../objects/module.ts";
import { rt } from "../objects/runtime.ts";

export function builtinsOf(globals: PyDict): PyDict {
  const own = globals.getStr("__builtins__");
  if (own instanceof PyModule) return own.dict;
  return own instanceof PyDict ? own : rt.builtins;
}
