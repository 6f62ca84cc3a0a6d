/** Issuing warnings from native code: through the `warnings` machinery, which the interpreter provides. */
import type { PyType, Status } from "../core.ts";
import { deprecationWarningType } from "../exceptions/types.ts";
import { rt } from "../runtime.ts";

/** `warnings.warn(message, category, stacklevel)`: EXC when a filter turns it into an exception. */
export function warn(category: PyType, message: string, stackLevel = 1): Status {
  return rt.warn === null ? null : rt.warn(category, message, stackLevel);
}
export function issueDeprecation(message: string): Status {
  return warn(deprecationWarningType, message);
}
