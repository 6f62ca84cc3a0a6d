/** IMPORT_NAME and IMPORT_FROM. */
import { EXC, type Result, type Value } from "../objects/core.ts";
import { importError } from "../builtins/import-error.ts";
import { importThrough } from "../builtins/importer.ts";
import { catches, clearException } from "../objects/errors.ts";
import { attributeErrorType } from "../objects/exceptions/types.ts";
import type { PyFrame } from "../objects/frame.ts";
import { call } from "../objects/protocol/call.ts";
import { getAttr, lookupAttr } from "../objects/protocol/object.ts";
import { isInitializing } from "../objects/module-type.ts";
import { shadowing, shadowingAdvice } from "../objects/module-shadowing.ts";
import { rt } from "../objects/runtime.ts";
import { strToJs } from "../objects/str/astral.ts";
import { strValue } from "../objects/values.ts";

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
  const shown =
    packageName === undefined ? "<unknown module name>" : strToJs(strValue(packageName) ?? "<unknown module name>");
  const file = lookupAttr(module, "__file__");
  if (file === EXC) return EXC;
  const spec = lookupAttr(module, "__spec__");
  const where = typeof file === "string" ? file : "unknown location";
  const fields = { path: file ?? null, nameFrom: name };
  const plain = `cannot import name '${name}' from '${shown}'`;
  const fail = (message: string): typeof EXC => importError(message, shown, fields);
  if (spec === undefined || spec === EXC || spec === null) return fail(`${plain} (${where})`);
  const hiding = shadowing(packageName ?? null, spec);
  if (hiding === EXC) return EXC;
  const advice = shadowingAdvice(hiding, shown);
  if (hiding.isOfLibrary) return fail(plain + advice);
  const initializing = isInitializing(spec);
  if (initializing === EXC) return EXC;
  if (!initializing) return fail(`${plain} (${where})`);
  return fail(
    advice === undefined
      ? `cannot import name '${name}' from partially initialized module '${shown}' (most likely due to a circular import) (${where})`
      : plain + advice,
  );
}
