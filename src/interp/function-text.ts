/** How error messages name a callable (`_PyObject_FunctionStr`). */
import { EXC, type Exc, type Value } from "../objects/core.ts";
import { lookupAttr, str } from "../objects/protocol/object.ts";

export function functionText(callable: Value): string | Exc {
  const qualname = lookupAttr(callable, "__qualname__");
  if (qualname === EXC) return EXC;
  if (qualname === undefined) {
    const text = str(callable);
    return text === EXC ? EXC : String(text);
  }
  const module = lookupAttr(callable, "__module__");
  if (module === EXC) return EXC;
  if (module !== undefined && module !== null && module !== "builtins")
    return `${String(module)}.${String(qualname)}()`;
  return `${String(qualname)}()`;
}
