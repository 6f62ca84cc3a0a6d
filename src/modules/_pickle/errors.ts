/** The module's exceptions, and how failures are annotated on their way out. */
import { EXC, type Exc, HAS_DICT, HAS_WEAKREF, BASETYPE, type Value } from "../../objects/core.ts";
import { newType } from "../../objects/define.ts";
import { fullyQualifiedName } from "../../objects/dict/unhashable.ts";
import { raise } from "../../objects/errors.ts";
import type { PyBaseException } from "../../objects/exceptions/base.ts";
import { addNoteTo } from "../../objects/exceptions/add-note.ts";
import { exceptionType } from "../../objects/exceptions/types.ts";
import { concat } from "../../objects/message.ts";
import { rt, takeException } from "../../objects/runtime.ts";
import type { Str } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";

const FLAGS = BASETYPE | HAS_DICT | HAS_WEAKREF;
export const pickleErrorType = newType("PickleError", { module: "_pickle", base: exceptionType, flags: FLAGS });
export const picklingErrorType = newType("PicklingError", { module: "_pickle", base: pickleErrorType, flags: FLAGS });
export const unpicklingErrorType = newType("UnpicklingError", {
  module: "_pickle",
  base: pickleErrorType,
  flags: FLAGS,
});

export const picklingError = (message: Str): Exc => raise(picklingErrorType, message);
export const unpicklingError = (message: Str): Exc => raise(unpicklingErrorType, message);

/** The name of a value's type with its module, as messages show it. */
export const typeText = (value: Value): string => fullyQualifiedName(typeOf(value));

/** Adds "when serializing …" to the pending exception. */
export function noteObject(obj: Value, what: Str): Exc {
  addNoteTo(rt.exc, concat(`when serializing ${typeText(obj)} `, what));
  return EXC;
}

/** Runs `raiseIt`, whose exception gets the one that is pending now as its context. */
export function raiseChained(raiseIt: (cause: PyBaseException) => Exc): Exc {
  const cause = takeException();
  raiseIt(cause);
  const raised = rt.exc as PyBaseException | null;
  if (raised !== null && raised !== cause) raised.context = cause;
  return EXC;
}
