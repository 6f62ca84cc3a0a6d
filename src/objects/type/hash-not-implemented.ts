/** The `tp_hash` of unhashable types (`PyObject_HashNotImplemented`). */
import type { Exc, Value } from "../core.ts";
import { typeError } from "../errors.ts";
import { typeOf } from "../types.ts";

export function hashNotImplemented(self: Value): Exc {
  return typeError(`unhashable type: '${typeOf(self).name}'`);
}
