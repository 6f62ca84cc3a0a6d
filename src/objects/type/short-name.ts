/** A class's name as `__name__` gives it: that of a native type without its module. */
import type { PyType } from "../core.ts";

export function shortName(type: PyType): string {
  return type.isHeap ? type.name : type.qualname;
}
