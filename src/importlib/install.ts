/** Brings the import system of a new interpreter up: importlib from the packed library, then `sys.meta_path`. */
import { EXC, type Status, type Value } from "../objects/core.ts";
import { PyList } from "../objects/list.ts";
import { call } from "../objects/protocol/call.ts";
import { rt } from "../objects/runtime.ts";
import { loadFrozen, loadNative } from "./load.ts";
import { importState } from "./state.ts";

/**
 * Runs importlib. `sys` and `builtins` must be in `sys.modules`, `sys.path` set, and `configureImports` called.
 */
export function installImports(): Status {
  const state = importState();
  const bootstrap = loadFrozen("_frozen_importlib", "importlib._bootstrap");
  if (bootstrap === EXC) return EXC;
  const imp = loadNative("_imp");
  if (imp === EXC) return EXC;
  const install = bootstrap.dict.getStr("_install") as Value;
  if (call(install, [rt.modules.getStr("sys") as Value, imp]) === EXC) return EXC;
  state.bootstrap = bootstrap;
  const external = loadFrozen("_frozen_importlib_external", "importlib._bootstrap_external");
  if (external === EXC) return EXC;
  if (call(bootstrap.dict.getStr("_install_external_importers") as Value) === EXC) return EXC;
  state.external = external;
  const finders = rt.sysDict.getStr("meta_path");
  state.finders = finders instanceof PyList ? [...finders.items] : [];
  return installZipImports();
}

/** Zip files come before folders in `sys.path_hooks`, as in CPython; `zipimport` itself is loaded on first use. */
function installZipImports(): Status {
  const hooks = rt.sysDict.getStr("path_hooks");
  const zipimport = call((importState().bootstrap as { dict: typeof rt.sysDict }).dict.getStr("_gcd_import") as Value, ["zipimport"]);
  if (zipimport === EXC) return EXC;
  const importer = (zipimport as { dict?: typeof rt.sysDict }).dict?.getStr("zipimporter");
  if (hooks instanceof PyList && importer !== undefined) hooks.items.unshift(importer);
  return null;
}
