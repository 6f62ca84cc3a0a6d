/** The native module `_imp`: what CPython's importlib asks of the interpreter. Source: docs of `importlib`, PEP 451. */
import { EXC, type Result, type Value } from "../objects/core.ts";
import { PyCode } from "../objects/code.ts";
import { fn, newModule } from "../objects/define.ts";
import { clearException, newException, raiseObject, runtimeError } from "../objects/errors.ts";
import { importErrorType } from "../objects/exceptions/types.ts";
import { newList } from "../objects/list.ts";
import { getAttr } from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";
import { newTuple } from "../objects/tuple.ts";
import { FROZEN } from "./frozen.ts";
import { createNative } from "./native-modules.ts";
import { importState } from "./state.ts";
import { siphash13 } from "./source-hash.ts";
import { loads } from "../modules/marshal/reader.ts";
import { latin1FromArray, newBytes } from "../objects/bytes.ts";
import { bytesLikeArray } from "../objects/buffer.ts";

function frozen(name: Value) {
  const original = typeof name === "string" ? FROZEN.get(name) : undefined;
  return original === undefined ? undefined : importState().library.modules.get(original);
}

function noFrozen(name: Value): typeof EXC {
  return importFailure(`No such frozen object named ${String(name)}`, name);
}
function importFailure(message: string, name: Value): typeof EXC {
  const exc = newException(importErrorType, [message]) as ReturnType<typeof newException> & { name: Value };
  exc.name = name;
  return raiseObject(exc);
}

/** The code of a frozen module, or that which `data` holds as `marshal` writes it. */
function frozenCode(name: Value, data: Value = null): Result {
  if (data !== null) return codeIn(name, data);
  const module = frozen(name);
  if (module === undefined) return noFrozen(name);
  return new PyCode(importState().library.code(module, `<frozen ${FROZEN.get(name as string)}>`));
}

function codeIn(name: Value, data: Value): Result {
  const bytes = bytesLikeArray(data);
  if (bytes === EXC) return EXC;
  const read = loads(latin1FromArray(bytes), true);
  if (read !== EXC && read.value instanceof PyCode) return read.value;
  if (read === EXC) clearException();
  return importFailure(`Frozen object named '${String(name)}' is invalid`, name);
}

function createBuiltin(spec: Value): Result {
  const name = getAttr(spec, "name");
  if (name === EXC) return EXC;
  const known = typeof name === "string" ? rt.modules.getStr(name) : undefined;
  if (known !== undefined && importState().natives.has(name as string)) return known;
  return createNative(name as string) ?? noFrozen(name);
}

/** `(data, is_package, origname)`, or None. */
function findFrozen(name: Value): Result {
  const module = frozen(name);
  if (module === undefined) return null;
  const original = FROZEN.get(name as string) as string;
  const isAlias = /alias/.test(name as string);
  return newTuple([
    null,
    module.isPackage || name === "__phello_alias__",
    name === "__hello_only__" || isAlias ? null : original,
  ]);
}

/** Names the file of a code object and of those inside it that had the same name. */
function setFilename(code: PyCode, path: string): void {
  const before = code.filename;
  code.filename = path;
  for (const constant of code.consts) {
    if (constant instanceof PyCode && constant.filename === before) setFilename(constant, path);
  }
}

export const impModule = newModule("_imp", {
  doc: "(Extremely) low-level import machinery bits as used by importlib.",
  functions: () => ({
    lock_held: fn("()", () => importState().lockDepth > 0),
    acquire_lock: fn("()", () => {
      importState().lockDepth++;
      return null;
    }),
    release_lock: fn("()", () => {
      const state = importState();
      if (state.lockDepth === 0) return runtimeError("not holding the import lock");
      state.lockDepth--;
      return null;
    }),
    extension_suffixes: fn("()", () => newList([])),
    is_builtin: fn("(name, /)", (name: Value) => {
      if (typeof name !== "string" || !importState().natives.has(name)) return 0;
      return name === "sys" || name === "builtins" ? -1 : 1;
    }),
    create_builtin: fn("(spec, /)", createBuiltin),
    exec_builtin: fn("(mod, /)", () => 0),
    is_frozen: fn("(name, /)", (name: Value) => frozen(name) !== undefined),
    is_frozen_package: fn("(name, /)", (name: Value) => frozen(name)?.isPackage ?? noFrozen(name)),
    find_frozen: fn("(name, /, *, withdata=False)", findFrozen),
    get_frozen_object: fn("(name, data=None, /)", frozenCode),
    init_frozen: fn("(name, /)", () => null),
    _frozen_module_names: fn("()", () => newList([...FROZEN.keys()])),
    _override_frozen_modules_for_tests: fn("(override, /)", () => null),
    _override_multi_interp_extensions_check: fn("(override, /)", () => 0),
    _fix_co_filename: fn("(code, path, /)", (code: PyCode, path: string) => {
      setFilename(code, path);
      return null;
    }),
    source_hash: fn("(key, source)", (key: number, source: Value) => {
      const bytes = bytesLikeArray(source);
      return bytes === EXC ? EXC : newBytes(siphash13(BigInt(key), bytes));
    }),
  }),
  attributes: () => ({
    check_hash_based_pycs: "default",
    // CPython's is 3627: compiled files of one are of no use to the other.
    pyc_magic_number_token: 0x0a0d_5357,
  }),
});
