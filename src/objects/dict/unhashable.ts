/** The TypeError for an unhashable dict key or set element: it says what the key was wanted for. */
import type { Exc, PyType, Value } from "../core.ts";
import { EXC } from "../core.ts";
import { typeError } from "../errors.ts";
import { typeErrorType } from "../exceptions/types.ts";
import { str } from "../protocol/object.ts";
import { rt } from "../runtime.ts";
import { typeOf } from "../types.ts";

/** Rewrites the pending TypeError of a failed hash; other exceptions stay as they are. */
function reword(key: Value, purpose: string): Exc {
  const exc = rt.exc;
  if (exc === null || exc.shape.cls !== typeErrorType) return EXC;
  rt.exc = null;
  const message = str(exc);
  if (message === EXC) return EXC;
  return typeError(`cannot use '${fullyQualifiedName(typeOf(key))}' as a ${purpose} (${String(message)})`);
}

export function unhashableKey(key: Value): Exc {
  return reword(key, "dict key");
}
export function unhashableElement(key: Value): Exc {
  return reword(key, "set element");
}

/** `module.qualname`, or the qualname alone for builtins and `__main__` (the `%T` of CPython's formats). */
export function fullyQualifiedName(type: PyType): string {
  const module = type.dict?.getStr("__module__") ?? type.nativeModule;
  if (typeof module !== "string" || module === "builtins" || module === "__main__") return type.qualname;
  return `${module}.${type.qualname}`;
}
