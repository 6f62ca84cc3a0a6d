/**
 * Loads what needs no search: native modules, and modules of the packed library. The result is what CPython's
 * importlib would have made, spec and loader included: only the way there is shorter.
 */
import { EXC, type Exc, type Result, type Value } from "../objects/core.ts";
import { PyCode } from "../objects/code.ts";
import { newList } from "../objects/list.ts";
import { PyModule } from "../objects/module.ts";
import { call } from "../objects/protocol/call.ts";
import { getAttr, setAttr } from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";
import { createNative } from "./native-modules.ts";
import type { PackedModule } from "./packed/format.ts";
import { type ImportState, importState } from "./state.ts";

export const CACHE_TAG = "sidewinder-314";

/** Imports native module `name`, which exists. */
export function loadNative(name: string): Result {
  const state = importState();
  const module = createNative(name);
  if (module === EXC || module === undefined) return EXC;
  rt.modules.setStr(name, module);
  if (describeNative(state, name, module) === EXC) {
    rt.modules.delStr(name);
    return EXC;
  }
  return module;
}

/** Sets `__spec__` and its kin; before importlib runs there is nothing to set, and its `_setup` does it later. */
function describeNative(state: ImportState, name: string, module: PyModule): null | Exc {
  if (state.bootstrap === null) return null;
  const loader = state.bootstrap.dict.getStr("BuiltinImporter") as Value;
  const spec = makeSpec(state, [name, loader, "built-in"], ["origin"]);
  if (spec === EXC) return EXC;
  const { dict } = module;
  dict.setStr("__loader__", loader);
  dict.setStr("__package__", "");
  dict.setStr("__spec__", spec);
  return setAttr(spec, "_initializing", false);
}

function makeSpec(state: ImportState, args: Value[], kwnames: readonly string[]): Result {
  return call((state.bootstrap as PyModule).dict.getStr("ModuleSpec") as Value, args, kwnames);
}

function cachedPath(path: string): string {
  const slash = path.lastIndexOf("/");
  return `${path.slice(0, slash)}/__pycache__/${path.slice(slash + 1, -3)}.${CACHE_TAG}.pyc`;
}

/** Imports library module `name`; its parent is imported already. */
export function loadPacked(name: string, packed: PackedModule): Result {
  const { engine } = rt;
  if (engine === null) return load(name, packed);
  engine.importBegins();
  const module = load(name, packed);
  engine.importEnds();
  return module;
}

function load(name: string, packed: PackedModule): Result {
  const state = importState();
  const module = packedModule(state, name, packed);
  if (module === EXC) return EXC;
  const spec = module.dict.getStr("__spec__") as Value;
  if (setAttr(spec, "_initializing", true) === EXC) return EXC;
  rt.modules.setStr(name, module);
  const code = new PyCode(state.library.code(packed));
  const result = rt.evaluator.evalCode(code, module.dict, module.dict);
  if (result === EXC) {
    const pending = rt.exc;
    rt.exc = null;
    rt.modules.delStr(name);
    setAttr(spec, "_initializing", false);
    rt.exc = pending;
    return EXC;
  }
  state.loaded.get(name)?.(module, state.library);
  // A module may put another object in its place.
  const final = rt.modules.getStr(name);
  if (final === undefined) return getAttr(module, "__name__") === EXC ? EXC : module;
  rt.modules.delStr(name);
  rt.modules.setStr(name, final);
  return setAttr(spec, "_initializing", false) === EXC ? EXC : final;
}

function packedModule(state: ImportState, name: string, packed: PackedModule): PyModule | Exc {
  const file = state.library.filename(packed);
  const module = new PyModule(name);
  const { dict } = module;
  if (state.external !== null) {
    const loader = call(state.external.dict.getStr("SourceFileLoader") as Value, [name, file]);
    if (loader === EXC) return EXC;
    const spec = makeSpec(state, [name, loader, file, packed.isPackage], ["origin", "is_package"]);
    if (spec === EXC) return EXC;
    const cached = cachedPath(file);
    if (setAttr(spec, "_set_fileattr", true) === EXC || setAttr(spec, "_cached", cached) === EXC) return EXC;
    dict.setStr("__package__", packed.isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf("."))));
    dict.setStr("__loader__", loader);
    dict.setStr("__spec__", spec);
    if (packed.isPackage) {
      const path = newList([file.slice(0, file.lastIndexOf("/"))]);
      if (setAttr(spec, "submodule_search_locations", path) === EXC) return EXC;
      dict.setStr("__path__", path);
    }
    dict.setStr("__file__", file);
    dict.setStr("__cached__", cached);
  }
  dict.setStr("__builtins__", rt.builtins);
  return module;
}

/** Runs a library module that importlib itself is made of, under the name that CPython gives it. */
export function loadFrozen(name: string, original: string): PyModule | Exc {
  const { library } = importState();
  const module = new PyModule(name);
  module.dict.setStr("__builtins__", rt.builtins);
  // What importlib takes it by when it gives frozen modules their specs.
  module.dict.setStr("__origname__", original);
  rt.modules.setStr(name, module);
  const packed = library.modules.get(original) as PackedModule;
  const code = new PyCode(library.code(packed, `<frozen ${original}>`));
  return rt.evaluator.evalCode(code, module.dict, module.dict) === EXC ? EXC : module;
}
