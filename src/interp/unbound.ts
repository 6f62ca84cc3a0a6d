/** Errors of variables without a value. */
import { CO_FAST_FREE } from "../compiler/code.ts";
import type { Exc } from "../objects/core.ts";
import { nameError, newException, raiseObject } from "../objects/errors.ts";
import { unboundLocalErrorType } from "../objects/exceptions/types.ts";
import type { PyFrame } from "../objects/frame.ts";

export function unboundLocal(frame: PyFrame, index: number): Exc {
  const name = frame.code.spec.localsplusnames[index];
  const exc = newException(unboundLocalErrorType, [
    `cannot access local variable '${name}' where it is not associated with a value`,
  ]) as ReturnType<typeof newException> & { name: string };
  exc.name = name;
  return raiseObject(exc);
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
