/** The front end's errors and warnings as Python's. */
import { EXC, type Exc, type Value } from "../objects/core.ts";
import { PyThrow, catches, clearException, newException, raiseObject } from "../objects/errors.ts";
import type { PySyntaxErrorObject } from "../objects/exceptions/layouts.ts";
import * as types from "../objects/exceptions/types.ts";
import { callImported } from "../objects/import-hook.ts";
import { rt } from "../objects/runtime.ts";
import { strFromJs } from "../objects/str/astral.ts";
import { newTuple } from "../objects/tuple.ts";
import { programText } from "./program-text.ts";
import { PySyntaxError, type SyntaxWarningSink } from "../syntax/errors.ts";

const CLASSES = {
  SyntaxError: types.syntaxErrorType,
  IndentationError: types.indentationErrorType,
  TabError: types.tabErrorType,
  _IncompleteInputError: types.incompleteInputErrorType,
};

/** Raises the Python exception of a front end's error. */
export function raiseSyntaxError(error: PySyntaxError): Exc {
  const text = error.text ?? programText(error.filename, error.lineno);
  const place = newTuple([
    strFromJs(error.filename),
    error.lineno,
    error.offset,
    text === null ? null : strFromJs(text),
    error.end_lineno,
    error.end_offset,
  ]);
  const exc = newException(CLASSES[error.type], [strFromJs(error.msg), place]) as PySyntaxErrorObject;
  // Where the last good statement began, which is not kept: 0, 0 stands for the text's begin.
  if (error.source !== null) exc.metadata = newTuple([0, 0, strFromJs(error.source)]);
  return raiseObject(exc);
}

/** Issues a warning at a place in a source; one that a filter makes an error is thrown as a SyntaxError of that place. */
export const warnSyntax: SyntaxWarningSink = (category, msg, filename, lineno) => {
  const type = category === "SyntaxWarning" ? types.syntaxWarningType : types.deprecationWarningType;
  if (rt.modules.getStr("_warnings") === undefined && rt.modules.getStr("warnings") === undefined) return;
  const args: Value[] = [strFromJs(msg), type, strFromJs(filename), lineno];
  if (callImported("_warnings", "warn_explicit", args) !== EXC) return;
  if (!catches(type)) throw new PyThrow();
  clearException();
  throw new PySyntaxError("SyntaxError", msg, filename, lineno, 0, lineno, 0, null);
};
