/**
 * `__subclasses__` of builtin types. They are shared by all interpreters and do not know each other; those that Python
 * sees as subclasses of another are found in the module `builtins`.
 */
import { PyType } from "../core.ts";
import { rt } from "../runtime.ts";

/** By name, as CPython makes them; those with more than one base come last. */
export function builtinSubclasses(type: PyType): PyType[] {
  if (type.isHeap) return [];
  const found = new Set<PyType>();
  for (const [, value] of rt.builtins.items()) {
    if (value instanceof PyType && !value.isHeap && value.bases.includes(type)) found.add(value);
  }
  return [...found].sort((a, b) => a.bases.length - b.bases.length || (a.name < b.name ? -1 : 1));
}
