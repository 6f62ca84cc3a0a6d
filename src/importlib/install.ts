/**
 * Brings CPython's importlib up, from the packed library, then `sys.meta_path`. The program's first import does it: a
 * program that imports nothing need not pay for it.
 */
import { EXC, type Status, type Value } from "../objects/core.ts";
import { PyList } from "../objects/list.ts";
import { PyModule } from "../objects/module.ts";
import { call } from "../objects/protocol/call.ts";
import { rt } from "../objects/runtime.ts";
import { strFromJs } from "../objects/str/astral.ts";
import { loadFrozen, loadNative } from "./load.ts";
import { type ImportState, importState } from "./state.ts";

/** `sys` and `builtins` must be in `sys.modules`, `sys.path` set, and `configureImports` called. */
export function ensureInstalled(): Status {
  const state = importState();
  if (state.phase !== "absent") return null;
  state.phase = "installing";
  rt.engine?.importBegins();
  const status = install(state);
  rt.engine?.importEnds();
  if (status !== EXC) state.phase = "installed";
  return status;
}

function install(state: ImportState): Status {
  const bootstrap = loadFrozen("_frozen_importlib", "importlib._bootstrap");
  if (bootstrap === EXC) return EXC;
  const imp = loadNative("_imp");
  if (imp === EXC) return EXC;
  const start = bootstrap.dict.getStr("_install") as Value;
  if (call(start, [rt.modules.getStr("sys") as Value, imp]) === EXC) return EXC;
  state.bootstrap = bootstrap;
  const external = loadFrozen("_frozen_importlib_external", "importlib._bootstrap_external");
  if (external === EXC) return EXC;
  if (call(bootstrap.dict.getStr("_install_external_importers") as Value) === EXC) return EXC;
  state.external = external;
  const finders = rt.sysDict.getStr("meta_path");
  state.finders = finders instanceof PyList ? [...finders.items] : [];
  if (setMainLoader(state) === EXC) return EXC;
  return installZipImports(bootstrap);
}

/** What CPython gives `__main__` before it runs. */
function setMainLoader(state: ImportState): Status {
  const main = rt.modules.getStr("__main__");
  if (!(main instanceof PyModule) || main.dict.getStr("__loader__") !== null) return null;
  if (state.mainFile === null) {
    main.dict.setStr("__loader__", state.bootstrap?.dict.getStr("BuiltinImporter") as Value);
    return null;
  }
  const cls = state.external?.dict.getStr("SourceFileLoader") as Value;
  const loader = call(cls, ["__main__", strFromJs(state.mainFile)]);
  if (loader === EXC) return EXC;
  main.dict.setStr("__loader__", loader);
  return null;
}

/** Zip files come before folders in `sys.path_hooks`, as in CPython. */
function installZipImports(bootstrap: PyModule): Status {
  const hooks = rt.sysDict.getStr("path_hooks");
  const zipimport = call(bootstrap.dict.getStr("_gcd_import") as Value, ["zipimport"]);
  if (zipimport === EXC) return EXC;
  const importer = zipimport instanceof PyModule ? zipimport.dict.getStr("zipimporter") : undefined;
  if (hooks instanceof PyList && importer !== undefined) hooks.items.unshift(importer);
  return null;
}
