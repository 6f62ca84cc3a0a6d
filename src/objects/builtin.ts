/** `builtin_function_or_method`: a native function of a module, or a native method bound to its object. */
import { PyObject, type PyType, type Value } from "./core.ts";
import type { NativeDef } from "./native.ts";
import { builtinType } from "./types.ts";

export class PyBuiltin extends PyObject {
  constructor(
    readonly def: NativeDef,
    /** What it is bound to: the object, the class, or the module. */
    readonly self: Value,
    /** The module's name (functions), else null. */
    readonly module: Value,
    type: PyType = builtinType,
  ) {
    super(type.shapes);
  }
}

/** A module's function. */
export function newBuiltin(name: string, def: NativeDef, moduleName: string, self: Value = null): PyBuiltin {
  def.name = name;
  def.fullName = moduleName === "builtins" ? name : `${moduleName}.${name}`;
  return new PyBuiltin(def, self, moduleName);
}
