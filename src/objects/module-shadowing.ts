/**
 * Whether a module of the program's own folder hides a library module of its name: what is missing in it was probably
 * sought in the other. Attribute errors of modules and failed `from` imports say so.
 */
import { EXC, type Exc, type Value } from "./core.ts";
import { isTrue, lookupAttr } from "./protocol/object.ts";
import { rt } from "./runtime.ts";
import { PySet } from "./set.ts";
import { strToJs } from "./str/astral.ts";
import { strValue } from "./values.ts";

const KEY = {};
const state = () => rt.state(KEY, () => ({ folder: null as string | null }));

/** The folder that came first on `sys.path` when the program was started; none under `-P`. */
export function setProgramFolder(folder: string): void {
  state().folder = folder;
}

export interface Shadowing {
  /** The module's file, when its spec says that it has one. */
  origin: string | undefined;
  /** It lies in the program's folder. */
  isPossible: boolean;
  /** …and has the name of a module of the standard library. */
  isOfLibrary: boolean;
}

/** `name`: the module's `__name__`, which may be of a subclass of str. */
export function shadowing(name: Value, spec: Value): Shadowing | Exc {
  const origin = originOf(spec);
  if (origin === EXC) return EXC;
  const { folder } = state();
  const isPossible = origin !== undefined && folder !== null && folderOf(origin) === folder;
  const names = rt.sysDict.getStr("stdlib_module_names");
  const isOfLibrary = isPossible && names instanceof PySet ? names.has(name) : false;
  return isOfLibrary === EXC ? EXC : { origin, isPossible, isOfLibrary };
}
/** What to do about it, as the end of a message; undefined when it is nothing of the kind. */
export function shadowingAdvice({ origin, isPossible, isOfLibrary }: Shadowing, name: string): string | undefined {
  if (isOfLibrary) {
    return (
      ` (consider renaming '${origin}' since it has the same name as the standard library module named ` +
      `'${name}' and prevents importing that standard library module)`
    );
  }
  if (!isPossible) return undefined;
  return ` (consider renaming '${origin}' if it has the same name as a library you intended to import)`;
}

function folderOf(origin: string): string {
  return origin.slice(0, Math.max(0, origin.lastIndexOf("/"))).replace(/\/__init__$/, "");
}
function originOf(spec: Value): string | undefined | Exc {
  const located = lookupAttr(spec, "has_location");
  if (located === EXC) return EXC;
  const truth = located === undefined ? false : isTrue(located);
  if (truth !== true) return truth === EXC ? EXC : undefined;
  const origin = lookupAttr(spec, "origin");
  if (origin === EXC) return EXC;
  const text = origin === undefined ? undefined : strValue(origin);
  return text === undefined ? undefined : strToJs(text);
}
