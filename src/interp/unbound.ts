/** Errors of variables without a value. */
import { CO_FAST_FREE } from "../compiler/code.ts";
import type { Exc } from "../objects/core.ts";
import { nameError, raise } from "../objects/errors.ts";
import { unboundLocalErrorType } from "../objects/exceptions/types.ts";
import type { PyFrame } from "../objects/frame.ts";

export function unboundLocal(frame: PyFrame, index: number): Exc {
  const name = frame.code.spec.localsplusnames[index];
  // Its `name` stays unset, as in CPython: suggesting other names would not help.
  return raise(unboundLocalErrorType, `cannot access local variable '${name}' where it is not associated with a value`);
}
export function unboundDeref(frame: PyFrame, index: number): Exc {
  const { spec } = frame.code;
  const name = spec.localsplusnames[index];
  if ((spec.localspluskinds[index] & CO_FAST_FREE) === 0) return unboundLocal(frame, index);
  return nameError(
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
    name,
  );
}
export function undefinedName(name: string): Exc {
  return nameError(`name '${name}' is not defined`, name);
}
