/** `__dict__` of native types with attributes of their own (`PyObject_GenericSetDict`): it cannot be deleted. */
import type { Value } from "../core.ts";
import { getset } from "../descriptors.ts";
import { typeError } from "../errors.ts";
import { dictGetSet } from "./instance-dict.ts";

export const nativeDictGetSet = getset(
  dictGetSet.get,
  (self: Value, value: Value | undefined) =>
    value === undefined ? typeError("cannot delete __dict__") : dictGetSet.set!(self, value),
  dictGetSet.doc,
);
