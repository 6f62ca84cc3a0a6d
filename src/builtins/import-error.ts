/** ImportError and ModuleNotFoundError with their fields. */
import type { Exc, PyType, Value } from "../objects/core.ts";
import { newException, raiseObject } from "../objects/errors.ts";
import type { PyImportError } from "../objects/exceptions/layouts.ts";
import { importErrorType, moduleNotFoundErrorType } from "../objects/exceptions/types.ts";

export interface ImportErrorFields {
  path?: Value;
  /** What could not be imported from the module: for suggestions. */
  nameFrom?: Value;
}

function raiseImport(type: PyType, message: string, name: Value, fields: ImportErrorFields): Exc {
  const exc = newException(type, [message]) as PyImportError;
  exc.name = name;
  exc.path = fields.path;
  exc.nameFrom = fields.nameFrom;
  return raiseObject(exc);
}
/** `name` is the module's. */
export function importError(message: string, name: Value, fields: ImportErrorFields = {}): Exc {
  return raiseImport(importErrorType, message, name, fields);
}
export function moduleNotFound(message: string, name: Value): Exc {
  return raiseImport(moduleNotFoundErrorType, message, name, {});
}
