/** ModuleNotFoundError with its `name`. */
import type { Exc } from "../objects/core.ts";
import { newException, raiseObject } from "../objects/errors.ts";
import type { PyImportError } from "../objects/exceptions/layouts.ts";
import { moduleNotFoundErrorType } from "../objects/exceptions/types.ts";

export function importError(message: string, name: string): Exc {
  const exc = newException(moduleNotFoundErrorType, [message]) as PyImportError;
  exc.name = name;
  return raiseObject(exc);
}
