/** Bounds recursion that goes through native code: nested `repr`, comparison, calls out of builtins. */
import type { PyObject } from "./core.ts";
import { raise } from "./errors.ts";
import { recursionErrorType } from "./exceptions/types.ts";
import { rt } from "./runtime.ts";

/**
 * Enters one level of native recursion. True: the limit is reached and RecursionError is pending (do not call
 * `leaveRecursive` then). `where` is appended to the message, e.g. " in comparison".
 */
export function enterRecursive(where = ""): boolean {
  if (rt.nativeDepth >= rt.nativeLimit || rt.depth >= rt.recursionLimit) {
    raise(recursionErrorType, `maximum recursion depth exceeded${where}`);
    return true;
  }
  rt.nativeDepth++;
  rt.depth++;
  return false;
}
export function leaveRecursive(): void {
  rt.nativeDepth--;
  rt.depth--;
}

/** True when `obj` is being printed already (a container within itself); else marks it so (`Py_ReprEnter`). */
export function reprEnter(obj: PyObject): boolean {
  if (rt.beingPrinted.has(obj)) return true;
  rt.beingPrinted.add(obj);
  return false;
}
export function reprLeave(obj: PyObject): void {
  rt.beingPrinted.delete(obj);
}
