/** Writes functions, classes and other objects that are found again by module and name. */
import { EXC, type Exc, type Result, type Status, type Value } from "../../objects/core.ts";
import { encodeText } from "../../objects/codecs/codecs.ts";
import { catches, clearException, keyError, runtimeError } from "../../objects/errors.ts";
import {
  attributeErrorType,
  importErrorType,
  keyErrorType,
  unicodeEncodeErrorType,
  valueErrorType,
} from "../../objects/exceptions/types.ts";
import { importModule } from "../../objects/import-hook.ts";
import { concat } from "../../objects/message.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { getAttr, lookupAttr, repr, str } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { type Str, strToJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { strValue } from "../../objects/values.ts";
import { overflowError } from "../../objects/errors.ts";
import { typeError } from "../../objects/errors.ts";
import { typeOf } from "../../objects/types.ts";
import { picklingError, raiseChained } from "./errors.ts";
import * as op from "./opcodes.ts";
import { copyreg, type GlobalName, mapName } from "./registries.ts";
import type { Saver } from "./saver.ts";

/** `name` undefined: the object's own. */
export function saveGlobal(saver: Saver, obj: Value, name?: Value): Status {
  const global = globalName(obj, name);
  if (global === EXC) return EXC;
  if (saver.protocol >= 2) {
    const isDone = saveExtension(saver, global);
    if (isDone === EXC) return EXC;
    if (isDone) return null;
  }
  if (saveName(saver, global) === EXC) return EXC;
  saver.memoize(obj);
  return null;
}

function saveName(saver: Saver, global: GlobalName): Status {
  const { out } = saver;
  if (saver.protocol >= 4) {
    if (saver.save(global.module) === EXC || saver.save(global.name) === EXC) return EXC;
    out.op(op.STACK_GLOBAL);
    return null;
  }
  const [first, ...rest] = pathOf(global.name);
  if (rest.length === 0) return saveTopLevel(saver, global);
  // Older protocols look names up in modules only: the rest is calls of getattr.
  const getattr = rt.builtins.getStr("getattr") as Value;
  for (let i = 0; i < rest.length; i++) {
    if (saver.save(getattr) === EXC) return EXC;
    if (saver.protocol < 2) out.op(op.MARK);
  }
  if (saveTopLevel(saver, { module: global.module, name: first }) === EXC) return EXC;
  for (const attribute of rest) {
    if (saver.save(attribute) === EXC) return EXC;
    out.op(saver.protocol < 2 ? op.TUPLE : op.TUPLE2);
    out.op(op.REDUCE);
  }
  return null;
}

function saveTopLevel(saver: Saver, given: GlobalName): Status {
  const { out, protocol } = saver;
  const isMapped = saver.options.fixImports && protocol < 3;
  const global = isMapped ? mapName(given, true) : given;
  if (global === EXC) return EXC;
  // Identifiers that are not ASCII came with protocol 3.
  const encoding = protocol >= 3 ? "utf-8" : "ascii";
  const encode = (text: Value, what: string): string | Exc => {
    const encoded = encodeText(strValue(text) as Str, encoding);
    if (encoded !== EXC) return encoded.latin1;
    if (!catches(unicodeEncodeErrorType)) return EXC;
    return raiseChained(() => {
      const shown = repr(text);
      if (shown === EXC) return EXC;
      return picklingError(concat(`can't pickle ${what} identifier `, shown, ` using pickle protocol ${protocol}`));
    });
  };
  const module = encode(global.module, "module");
  const name = module === EXC ? EXC : encode(global.name, "global");
  if (module === EXC || name === EXC) return EXC;
  out.line(op.GLOBAL, `${module}\n`);
  out.latin1(`${name}\n`);
  return null;
}

/** Writes the code that copyreg's registry has for the global, if it has. */
function saveExtension(saver: Saver, { module, name }: GlobalName): boolean | Exc {
  const registry = copyreg();
  if (registry === EXC) return EXC;
  if (registry.extensionRegistry.size === 0) return false;
  const found = registry.extensionRegistry.get(newTuple([module, name]));
  if (found === EXC) return EXC;
  if (found === undefined) return false;
  const code = asIndex(found);
  if (code === EXC) return EXC;
  if (typeof code === "bigint" && BigInt.asIntN(64, code) !== code)
    return overflowError("Python int too large to convert to C long");
  if (code <= 0 || code > 0x7fffffff) return runtimeError(`extension code ${code} is out of range`);
  const { out } = saver;
  const n = Number(code);
  if (n <= 0xff) out.op1(op.EXT1, n);
  else if (n <= 0xffff) out.op2(op.EXT2, n);
  else out.op4(op.EXT4, n);
  return true;
}

/** The parts of a dotted name. */
export function pathOf(name: Value): Value[] {
  const text = strValue(name) as Str;
  // Names with astral characters are rare enough to go through JavaScript's text.
  return strToJs(text).split(".");
}

/** `module.a.b.c` for a path. */
export function getPath(module: Value, path: readonly Value[]): Result {
  let value: Result = module;
  for (const name of path) {
    if (value === EXC) return EXC;
    value = getAttr(value, strToJs(strValue(name) as Str));
  }
  return value;
}

/** Under which module and name `obj` can be found; PicklingError when it cannot. */
function globalName(obj: Value, given: Value | undefined): GlobalName | Exc {
  let name: Result | undefined = given;
  if (name === undefined) {
    name = lookupAttr(obj, "__qualname__");
    if (name === undefined) name = getAttr(obj, "__name__");
  }
  if (name === EXC) return EXC;
  if (strValue(name) === undefined) return typeError(`expected str, not ${typeOf(name).name}`);
  const path = pathOf(name);
  const module = moduleOf(obj, path);
  if (module === EXC) return EXC;
  const found = findIn(obj, module, path, name);
  return found === EXC ? EXC : { module, name };
}

function moduleOf(obj: Value, path: readonly Value[]): Result {
  const module = lookupAttr(obj, "__module__");
  if (module === EXC) return EXC;
  if (path.includes("<locals>")) {
    const shown = repr(obj);
    return shown === EXC ? EXC : picklingError(concat("Can't pickle local object ", shown));
  }
  if (module !== undefined && module !== null) return module;
  for (const [name, candidate] of rt.modules.items()) {
    if (candidate === null || name === "__main__" || name === "__mp_main__") continue;
    const found = getPath(candidate, path);
    if (found === EXC) {
      if (!catches(attributeErrorType)) return EXC;
      clearException();
    } else if (found === obj) return name;
  }
  return "__main__";
}

/** Raises unless `obj` is what the name stands for. */
function findIn(obj: Value, module: Value, path: readonly Value[], name: Value): Status {
  const imported = importNamed(module);
  if (imported === EXC) {
    if (!catches(importErrorType) && !catches(valueErrorType) && !catches(keyErrorType)) return EXC;
    return raiseChained((cause) => {
      const why = str(cause);
      return why === EXC ? EXC : cannotPickle(obj, ": ", why);
    });
  }
  const found = getPath(imported, path);
  if (found === obj) return null;
  const where = str(module);
  if (where === EXC) return EXC;
  const text = strValue(name) as Str;
  if (found !== EXC) return cannotPickle(obj, ": it's not the same object as ", where, ".", text);
  if (!catches(attributeErrorType)) return EXC;
  return raiseChained(() => cannotPickle(obj, ": it's not found as ", where, ".", text));
}

function cannotPickle(obj: Value, ...parts: Str[]): Exc {
  const shown = repr(obj);
  return shown === EXC ? EXC : picklingError(concat("Can't pickle ", shown, ...parts));
}

/** The module of that name, imported if need be. */
export function importNamed(name: Value): Result {
  const text = strValue(name);
  if (text === undefined) return typeError(`module name must be str, not ${typeOf(name).name}`);
  const module = importModule(strToJs(text));
  return module === EXC && rt.exc === null ? keyError(name) : module;
}
