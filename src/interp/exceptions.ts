/** `raise` and the matching of `except` clauses. */
import { EXC, type Exc, PyType, type Value, isSubtype } from "../objects/core.ts";
import { raiseObject, runtimeError, typeError, handledException } from "../objects/errors.ts";
import { PyBaseException } from "../objects/exceptions/base.ts";
import {
  checkExceptStarTypes,
  checkExceptTypes,
  exceptionGroupMatch,
  exceptionMatches as matches,
} from "../objects/exceptions/except-star.ts";
import { baseExceptionType } from "../objects/exceptions/types.ts";
import { call } from "../objects/protocol/call.ts";
import { rt } from "../objects/runtime.ts";
import { PyTraceback } from "../objects/traceback.ts";
import { typeOf } from "../objects/types.ts";

export function exceptionMatches(exc: PyBaseException, type: PyType): boolean {
  return isSubtype(exc.shape.cls, type);
}
export function checkExcMatch(exc: PyBaseException, types: Value): boolean | Exc {
  if (types instanceof PyType && isSubtype(types, baseExceptionType)) return isSubtype(exc.shape.cls, types);
  return checkExceptTypes(types) === EXC ? EXC : matches(exc, types);
}
export function groupMatch(exc: PyBaseException, types: Value): { match: Value; rest: Value } | Exc {
  return checkExceptStarTypes(types) === EXC ? EXC : exceptionGroupMatch(exc, types, addCurrentFrame);
}
/** A group made around a bare exception comes from where it is caught. */
function addCurrentFrame(group: PyBaseException): void {
  const { frame } = rt;
  if (frame === null) return;
  frame.escaped = true;
  group.traceback = new PyTraceback(null, frame, frame.pc, -1);
}

const isExceptionClass = (value: Value): value is PyType =>
  value instanceof PyType && isSubtype(value, baseExceptionType);

/** An exception object of what stands after `raise` or `from`. */
function instantiate(value: Value, notException: string): PyBaseException | Exc {
  if (value instanceof PyBaseException) return value;
  if (!isExceptionClass(value)) return typeError(notException);
  const made = call(value, []);
  if (made === EXC) return EXC;
  if (made instanceof PyBaseException) return made;
  return typeError(
    `calling <class '${value.name}'> should have returned an instance of BaseException, not <class '${typeOf(made).name}'>`,
  );
}

/** `raise exc from cause`; without `exc` the handled one again. True: that was re-raised as it is. */
export function raiseVarargs(exc: Value | undefined, cause: Value | undefined): boolean {
  if (exc === undefined) {
    const handled = handledException();
    if (handled === null) {
      runtimeError("No active exception to reraise");
      return false;
    }
    rt.exc = handled;
    return true;
  }
  const made = instantiate(exc, "exceptions must derive from BaseException");
  if (made === EXC) return false;
  if (cause !== undefined) {
    const from = cause === null ? null : instantiate(cause, "exception causes must derive from BaseException");
    if (from === EXC) return false;
    made.cause = from;
    made.suppressContext = true;
  }
  raiseObject(made);
  return false;
}
