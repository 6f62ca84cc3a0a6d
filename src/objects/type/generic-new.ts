/** The `tp_new` of mutable types: arguments are for `tp_init` (`PyType_GenericNew`). */
import type { PyType, Result } from "../core.ts";

export function genericNew(cls: PyType): Result {
  return cls.tp_alloc!(cls);
}
