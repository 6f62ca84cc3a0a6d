/**
 * `__import__`, natively: what IMPORT_NAME and the builtin run. Modules that are native or in the packed library, and
 * modules already imported, need no Python code of importlib; everything else takes CPython's own path through
 * `_frozen_importlib`.
 *
 * Source: https://docs.python.org/3.14/reference/import.html, PEP 328, PEP 451.
 */
import { EXC, type Exc, type Result, type Status, type Value } from "../objects/core.ts";
import { PyDict } from "../objects/dict.ts";
import { catches, newException, raise, raiseObject, typeError, valueError } from "../objects/errors.ts";
import type { PyBaseException } from "../objects/exceptions/base.ts";
import {
  deprecationWarningType,
  importErrorType,
  importWarningType,
  keyErrorType,
  moduleNotFoundErrorType,
} from "../objects/exceptions/types.ts";
import { PyList } from "../objects/list.ts";
import { PyModule } from "../objects/module.ts";
import { call } from "../objects/protocol/call.ts";
import { equals, getAttr, isTrue, lookupAttr, setAttr } from "../objects/protocol/object.ts";
import { warn } from "../objects/protocol/warn.ts";
import { rt } from "../objects/runtime.ts";
import { PyTuple } from "../objects/tuple.ts";
import { moduleType, typeOf } from "../objects/types.ts";
import { FROZEN } from "./frozen.ts";
import { ensureInstalled } from "./install.ts";
import { loadNative, loadPacked } from "./load.ts";
import type { PackedModule } from "./packed/format.ts";
import { type ImportState, importState } from "./state.ts";
import { trimImportFrames } from "./trim-traceback.ts";

/** `__import__(name, globals, locals, fromlist, level)`. */
export function importName(name: string, globals: Value | undefined, fromlist: Value, level: number): Result {
  if (level < 0) return valueError("level must be >= 0");
  if (ensureInstalled() === EXC) return EXC;
  let absolute = name;
  if (level > 0) {
    const resolved = resolveRelative(name, globals, level);
    if (typeof resolved !== "string") return resolved;
    absolute = resolved;
  } else if (name === "") return valueError("Empty module name");
  const module = importModule(absolute);
  if (module === EXC) return EXC;
  const wanted = fromlist === null ? false : isTrue(fromlist);
  if (wanted === EXC) return EXC;
  if (!wanted) return packageOf(module, name, absolute, level);
  return handleFromList(module, fromlist);
}

/** Without a from-list `import a.b` gives `a`. */
function packageOf(module: Value, name: string, absolute: string, level: number): Result {
  if (name === "") return module;
  const dot = name.indexOf(".");
  if (dot < 0) return module;
  if (level === 0) return importModule(name.slice(0, dot));
  const top = absolute.slice(0, absolute.length - (name.length - dot));
  return rt.modules.getStr(top) ?? raise(keyErrorType, `'${top}' not in sys.modules as expected`);
}

/**
 * The module of that absolute name: from `sys.modules`, or loaded now. Native modules can be had before importlib is up;
 * its coming up completes them.
 */
export function importModule(name: string): Result {
  const known = rt.modules.getStr(name);
  if (known === null) return importHalted(name);
  return known ?? timed(name);
}

/** Loads, and tells how long it took where `-X importtime` asks for that. */
function timed(name: string): Result {
  const timer = importState().importTime;
  if (timer === null) return findAndLoad(name);
  timer.begin();
  const module = findAndLoad(name);
  if (module !== EXC) timer.end(name);
  else timer.abandon();
  return module;
}

function importHalted(name: string): Exc {
  return moduleNotFound(`import of ${name} halted; None in sys.modules`, name);
}

function moduleNotFound(message: string, name: string): Exc {
  const exc = newException(moduleNotFoundErrorType, [message]) as PyBaseException & { name: Value };
  exc.name = name;
  return raiseObject(exc);
}

/** The long way: CPython's importlib. */
function findAndLoadInPython(state: ImportState, name: string): Result {
  if (state.bootstrap === null) return moduleNotFound(`No module named '${name}'`, name);
  const { dict } = state.bootstrap;
  const module = call(dict.getStr("_find_and_load") as Value, [name, dict.getStr("_gcd_import") as Value]);
  if (module === EXC) trimImportFrames();
  return module;
}

function findAndLoad(name: string): Result {
  const state = importState();
  if (state.phase === "absent" && state.natives.has(name)) return loadNative(name);
  if (!findersAreOurs(state)) return findAndLoadInPython(state, name);
  const dot = name.lastIndexOf(".");
  const parentName = name.slice(0, Math.max(dot, 0));
  const parent = dot < 0 ? null : importModule(parentName);
  if (parent === EXC) return EXC;
  // Importing the parent may have imported it, or put it there, as `os` does, which is no package.
  const known = dot < 0 ? undefined : rt.modules.getStr(name);
  if (known !== undefined && known !== null) return known;
  const path = dot < 0 ? rt.sysDict.getStr("path") : pathOf(parent, parentName, name);
  if (path === EXC) return EXC;
  if (dot < 0 && state.natives.has(name)) return loadNative(name);
  const packed = FROZEN.has(name) ? undefined : searchPath(state, path, name, name.slice(dot + 1));
  if (packed === undefined) return findAndLoadInPython(state, name);
  return loadChild(name, packed, parentName);
}

function loadChild(name: string, packed: PackedModule, parentName: string): Result {
  if (parentName === "") return loadPacked(name, packed);
  const child = name.slice(parentName.length + 1);
  const parentModule = rt.modules.getStr(parentName) as Value;
  const pending = uninitialized(parentModule);
  pending?.push(child);
  const module = loadPacked(name, packed);
  pending?.pop();
  if (module === EXC) return EXC;
  const parent = rt.modules.getStr(parentName) ?? parentModule;
  return setAttr(parent, child, module) === EXC ? EXC : module;
}

/** The list in the parent's spec of the submodules that are being imported: messages about circular imports use it. */
function uninitialized(parent: Value): Value[] | undefined {
  const spec = parent instanceof PyModule ? parent.dict.getStr("__spec__") : undefined;
  if (spec === undefined || spec === null) return undefined;
  const list = lookupAttr(spec, "_uninitialized_submodules");
  return list instanceof PyList ? list.items : undefined;
}

function findersAreOurs(state: ImportState): boolean {
  const finders = rt.sysDict.getStr("meta_path");
  if (!(finders instanceof PyList)) return false;
  const { items } = finders;
  if (items.length !== state.finders.length) return false;
  return state.finders.every((finder, i) => items[i] === finder);
}

/** `__path__` of the parent package, for what is in it. */
function pathOf(parent: Value, parentName: string, name: string): Result {
  const path = lookupAttr(rt.modules.getStr(parentName) ?? parent, "__path__");
  if (path !== undefined) return path;
  return moduleNotFound(`No module named '${name}'; '${parentName}' is not a package`, name);
}

/** The library module that a search along `path` finds first; undefined when something else may come before it. */
function searchPath(state: ImportState, path: Value | undefined, name: string, tail: string): PackedModule | undefined {
  const packed = state.library.modules.get(name);
  if (packed === undefined || !(path instanceof PyList)) return undefined;
  const home = folderOf(state.library.filename(packed), packed.isPackage);
  for (const entry of path.items) {
    if (entry === home) return packed;
    if (typeof entry !== "string" || state.folder(entry)?.has(tail)) return undefined;
  }
  return undefined;
}

/** The entry of a search path under which a file is found. */
function folderOf(file: string, isPackage: boolean): string {
  const folder = file.slice(0, file.lastIndexOf("/"));
  return isPackage ? folder.slice(0, folder.lastIndexOf("/")) : folder;
}

// ── from-lists ─────────────────────────────────────────────────────────────────────────────────────────────
function handleFromList(module: Value, fromlist: Value): Result {
  if (isPlainModule(module)) return module;
  const path = lookupAttr(module, "__path__");
  if (path === EXC) return EXC;
  if (path === undefined) return module;
  const names = fromlist instanceof PyTuple || fromlist instanceof PyList ? fromlist.items : null;
  if (names === null) return fromListInPython(module, fromlist);
  for (const name of names) {
    if (typeof name !== "string" || name === "*") return fromListInPython(module, fromlist);
    const status = importAttribute(module, name);
    if (status === EXC) return EXC;
  }
  return module;
}

/** A module that is no package: most are, and a failed look-up makes an exception with a long message. */
function isPlainModule(module: Value): boolean {
  if (!(module instanceof PyModule) || typeOf(module) !== moduleType) return false;
  const { dict } = module;
  return dict.getStr("__path__") === undefined && dict.getStr("__getattr__") === undefined;
}

function fromListInPython(module: Value, fromlist: Value): Result {
  const { bootstrap } = importState();
  if (bootstrap === null) return module;
  const { dict } = bootstrap;
  const gcdImport = dict.getStr("_gcd_import") as Value;
  const handled = call(dict.getStr("_handle_fromlist") as Value, [module, fromlist, gcdImport]);
  if (handled === EXC) trimImportFrames();
  return handled;
}

/** `from package import name`: imports the submodule when the package has no such attribute. */
function importAttribute(module: Value, name: string): Status {
  const present = lookupAttr(module, name);
  if (present === EXC) return EXC;
  if (present !== undefined) return null;
  const packageName = getAttr(module, "__name__");
  if (packageName === EXC) return EXC;
  const full = `${String(packageName)}.${name}`;
  if (importModule(full) !== EXC) return null;
  if (!catches(moduleNotFoundErrorType)) return EXC;
  const pending = rt.exc as PyBaseException & { name: Value };
  // A submodule that does not exist is no error here: IMPORT_FROM reports the missing attribute.
  if (pending.name !== full || rt.modules.getStr(full) === null) return EXC;
  rt.exc = null;
  return null;
}

// ── relative imports ───────────────────────────────────────────────────────────────────────────────────────
function resolveRelative(name: string, globals: Value | undefined, level: number): string | Exc {
  if (globals === undefined) return raise(keyErrorType, "'__name__' not in globals");
  if (!(globals instanceof PyDict)) return typeError("globals must be a dict");
  const base = packageName(globals);
  if (typeof base !== "string") return base;
  if (base === "") return raise(importErrorType, "attempted relative import with no known parent package");
  let end = base.length;
  for (let up = 1; up < level; up++) {
    end = base.lastIndexOf(".", end - 1);
    if (end < 0) return raise(importErrorType, "attempted relative import beyond top-level package");
  }
  const parent = base.slice(0, end);
  return name === "" ? parent : `${parent}.${name}`;
}

function packageName(globals: PyDict): string | Exc {
  const given = globals.getStr("__package__");
  const spec = globals.getStr("__spec__");
  if (given !== undefined && given !== null) {
    if (typeof given !== "string") return typeError("package must be a string");
    const parent = spec === undefined || spec === null ? given : getAttr(spec, "parent");
    const isSame = parent === EXC ? EXC : equals(given, parent);
    if (isSame === EXC) return EXC;
    return isSame || warn(deprecationWarningType, "__package__ != __spec__.parent") !== EXC ? given : EXC;
  }
  if (spec !== undefined && spec !== null) {
    const parent = getAttr(spec, "parent");
    if (parent === EXC) return EXC;
    return typeof parent === "string" ? parent : typeError("__spec__.parent must be a string");
  }
  const message = "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__";
  if (warn(importWarningType, message) === EXC) return EXC;
  const name = globals.getStr("__name__");
  if (name === undefined) return raise(keyErrorType, "'__name__' not in globals");
  if (typeof name !== "string") return typeError("__name__ must be a string");
  if (globals.getStr("__path__") !== undefined) return name;
  return name.slice(0, Math.max(0, name.lastIndexOf(".")));
}
