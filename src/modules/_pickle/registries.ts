/** What pickling shares with Python code: copyreg's registries and the names of Python 2. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { PyDict } from "../../objects/dict.ts";
import { runtimeError } from "../../objects/errors.ts";
import { importAttribute } from "../../objects/import-hook.ts";
import { rt } from "../../objects/runtime.ts";
import { newTuple, PyTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";

export interface Copyreg {
  readonly dispatchTable: PyDict;
  readonly extensionRegistry: PyDict;
  readonly invertedRegistry: PyDict;
  readonly extensionCache: PyDict;
}
const COPYREG = { name: "copyreg" };
const CACHED = { name: "imports of pickle" };

/** An attribute of a library module, a dict; imported once. */
function importDict(module: string, name: string): PyDict | Exc {
  const value = imported(module, name);
  if (value === EXC) return EXC;
  if (value instanceof PyDict) return value;
  return runtimeError(`${module}.${name} should be a dict, not ${typeOf(value).name}`);
}

/** An attribute of a library module, imported once. */
export function imported(module: string, name: string): Result {
  const known = rt.state(CACHED, () => new Map<string, Value>());
  const key = `${module}.${name}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = importAttribute(module, name);
  if (value !== EXC) known.set(key, value);
  return value;
}

export function copyreg(): Copyreg | Exc {
  const holder = rt.state(COPYREG, (): { value: Copyreg | null } => ({ value: null }));
  if (holder.value !== null) return holder.value;
  const dispatchTable = importDict("copyreg", "dispatch_table");
  const extensionRegistry = dispatchTable === EXC ? EXC : importDict("copyreg", "_extension_registry");
  const invertedRegistry = extensionRegistry === EXC ? EXC : importDict("copyreg", "_inverted_registry");
  const extensionCache = invertedRegistry === EXC ? EXC : importDict("copyreg", "_extension_cache");
  if (dispatchTable === EXC || extensionRegistry === EXC || invertedRegistry === EXC || extensionCache === EXC)
    return EXC;
  holder.value = { dispatchTable, extensionRegistry, invertedRegistry, extensionCache };
  return holder.value;
}

export interface GlobalName {
  readonly module: Value;
  readonly name: Value;
}

/** The name that the other major version of Python has for a global. */
export function mapName({ module, name }: GlobalName, toPython2: boolean): GlobalName | Exc {
  const prefix = toPython2 ? "REVERSE_" : "";
  const names = importDict("_compat_pickle", `${prefix}NAME_MAPPING`);
  if (names === EXC) return EXC;
  const pair = names.get(newTuple([module, name]));
  if (pair === EXC) return EXC;
  if (pair !== undefined) {
    if (!(pair instanceof PyTuple) || pair.items.length !== 2)
      return runtimeError(`_compat_pickle.${prefix}NAME_MAPPING values should be 2-tuples, not ${typeOf(pair).name}`);
    const [newModule, newName] = pair.items;
    if (strValue(newModule) === undefined || strValue(newName) === undefined)
      return runtimeError(
        `_compat_pickle.${prefix}NAME_MAPPING values should be pairs of str, not (${typeOf(newModule).name}, ${typeOf(newName).name})`,
      );
    return { module: newModule, name: newName };
  }
  const modules = importDict("_compat_pickle", `${prefix}IMPORT_MAPPING`);
  if (modules === EXC) return EXC;
  const newModule = modules.get(module);
  if (newModule === EXC) return EXC;
  if (newModule === undefined) return { module, name };
  if (strValue(newModule) === undefined)
    return runtimeError(
      `_compat_pickle.${prefix}IMPORT_MAPPING values should be strings, not ${typeOf(newModule).name}`,
    );
  return { module: newModule, name };
}
