/** The builtins that code with these globals sees: their `__builtins__`, a module or a dict; else those of the running code. */
import { PyDict } from "../objects/dict.ts";
import { PyModule } from "../objects/module.ts";
import { rt } from "../objects/runtime.ts";

export function builtinsOf(globals: PyDict): PyDict {
  const own = globals.getStr("__builtins__");
  if (own instanceof PyModule) return own.dict;
  if (own instanceof PyDict) return own;
  return rt.evaluator.currentFrame()?.builtins ?? rt.builtins;
}
