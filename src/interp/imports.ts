/** IMPORT_NAME and IMPORT_FROM. */
import { EXC, type Result, type Value } from "../objects/core.ts";
import { importError } from "../builtins/import-error.ts";
import { importThrough } from "../builtins/importer.ts";
import { catches, clearException } from "../objects/errors.ts";
import { attributeErrorType } from "../objects/exceptions/types.ts";
import type { PyFrame } from "../objects/frame.ts";
import { call } from "../objects/protocol/call.ts";
import { getAttr, lookupAttr } from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";

/** Through the `__import__` that the frame sees; the builtin one directly. */
export function importName(frame: PyFrame, name: string, fromList: Value, level: Value): Result {
  const importer = frame.builtins.getStr("__import__");
  if (importer === undefined) return importError("__import__ not found", "__import__");
  if (importer === rt.importFunction) return importThrough(name, frame.globals, fromList, level as number);
  const locals = frame.locals === null ? null : (frame.locals as Value);
  return call(importer, [name, frame.globals, locals, fromList, level]);
}

/** `from module import name`: an attribute, else the submodule in `sys.modules`. */
export function importFrom(module: Value, name: string, _frame: PyFrame): Result {
  const value = getAttr(module, name);
  if (value !== EXC || !catches(attributeErrorType)) return value;
  clearException();
  const packageName = lookupAttr(module, "__name__");
  if (packageName === EXC) return EXC;
  if (typeof packageName === "string") {
    const submodule = rt.modules.getStr(`${packageName}.${name}`);
    if (submodule !== undefined) return submodule;
  }
  return cannotImport(module, packageName, name);
}
function cannotImport(module: Value, packageName: Value | undefined, name: string): typeof EXC {
  const shown = typeof packageName === "string" ? packageName : "<unknown module name>";
  const file = lookupAttr(module, "__file__");
  if (file === EXC) return EXC;
  const spec = lookupAttr(module, "__spec__");
  const initializing =
    spec === undefined || spec === EXC || spec === null ? undefined : lookupAttr(spec, "_initializing");
  const where = typeof file === "string" ? file : "unknown location";
  const fields = { path: file ?? null, nameFrom: name };
  if (initializing === true) {
    return importError(
      `cannot import name '${name}' from partially initialized module '${shown}' (most likely due to a circular import) (${where})`,
      shown,
      fields,
    );
  }
  return importError(`cannot import name '${name}' from '${shown}' (${where})`, shown, fields);
}
