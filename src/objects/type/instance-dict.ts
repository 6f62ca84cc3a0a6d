/** `__dict__` and `__weakref__` of instances of classes written in Python. */
import { EXC, type PyObject, type Result, type Status, type Value } from "../core.ts";
import { type GetSet, getset } from "../descriptors.ts";
import { PyDict, newDict } from "../dict.ts";
import { attributeError, typeError } from "../errors.ts";
import { typeOf } from "../types.ts";
import { weakrefsOf } from "../weakref.ts";

function getInstanceDict(self: PyObject): Result {
  const dict = self.getDict(true);
  return dict ?? attributeError(`'${typeOf(self).name}' object has no attribute '__dict__'`, self, "__dict__");
}
function setInstanceDict(self: PyObject, value: Value | undefined): Status {
  if (value === undefined) {
    return self.setDict(newDict()) ? null : attributeError("This object has no __dict__", self, "__dict__");
  }
  if (!(value instanceof PyDict)) {
    return typeError(`__dict__ must be set to a dictionary, not a '${typeOf(value).name}'`);
  }
  return self.setDict(value) ? null : attributeError("This object has no __dict__", self, "__dict__");
}
export const dictGetSet: GetSet = getset(getInstanceDict, setInstanceDict, "dictionary for instance variables");

/** The first weak reference to the object, or None. */
export const weakrefGetSet: GetSet = getset(
  (self: PyObject) => weakrefsOf(self)[0] ?? null,
  (self: PyObject): Status =>
    attributeError(`attribute '__weakref__' of '${typeOf(self).name}' objects is not writable`, self, "__weakref__") ===
    EXC
      ? EXC
      : null,
  "list of weak references to the object",
);
