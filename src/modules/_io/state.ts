/** What one interpreter's `_io` keeps: the class `UnsupportedOperation`, and files with data not yet written. */
import { EXC, type Exc, type PyType, type Value, typeType } from "../../objects/core.ts";
import { newDict } from "../../objects/dict.ts";
import { clearException, raise, valueError } from "../../objects/errors.ts";
import { osErrorType, valueErrorType } from "../../objects/exceptions/types.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { rt } from "../../objects/runtime.ts";
import { newTuple } from "../../objects/tuple.ts";

const UNSUPPORTED = {};
/** `io.UnsupportedOperation`: both an OSError and a ValueError, hence made as a class statement would. */
export function unsupportedOperationType(): PyType {
  return rt.state(UNSUPPORTED, () => {
    const namespace = newDict();
    namespace.setStr("__module__", "io");
    const made = call(typeType, ["UnsupportedOperation", newTuple([osErrorType, valueErrorType]), namespace]);
    return made as PyType;
  });
}
export function unsupported(what: string): Exc {
  return raise(unsupportedOperationType(), what);
}
export const CLOSED = "I/O operation on closed file.";
export const closedError = (message = CLOSED): Exc => valueError(message);

const DIRTY = {};
/**
 * Writers that hold unwritten data. CPython writes it when the object dies; JavaScript does not say when that is, so
 * they are kept here and flushed before a file is opened and when the interpreter ends.
 */
export function dirtyWriters(): Set<Value> {
  return rt.state(DIRTY, () => new Set<Value>());
}
/** Writes out what is pending everywhere. Errors are swallowed: nobody asked for this writing. */
export function flushAll(): void {
  const pending = rt.exc;
  for (const writer of [...dirtyWriters()].reverse()) {
    dirtyWriters().delete(writer);
    if (callMethod(writer, "flush") === EXC) clearException();
  }
  rt.exc = pending;
}
