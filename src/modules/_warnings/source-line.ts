/** The source line of a warning, from the loader that a module's globals name (`module_globals` of warn_explicit). */
import { EXC, type Exc, type Value } from "../../objects/core.ts";
import type { PyDict } from "../../objects/dict.ts";
import { importAttr } from "../../objects/import-module.ts";
import { PyList } from "../../objects/list.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { lookupAttr } from "../../objects/protocol/object.ts";
import { typeError } from "../../objects/errors.ts";
import { typeOf } from "../../objects/types.ts";

/** The line as a str; null when there is none. */
export function sourceLineOf(globals: PyDict, lineno: number): Value | Exc {
  const bless = importAttr("_frozen_importlib_external", "_bless_my_loader");
  const loader = bless === EXC ? EXC : call(bless, [globals]);
  if (loader === EXC) return EXC;
  const name = globals.getStr("__name__");
  if (loader === null || name === undefined || name === null) return null;
  const getSource = lookupAttr(loader, "get_source");
  if (getSource === EXC || getSource === undefined) return getSource ?? null;
  const source = call(getSource, [name]);
  if (source === EXC || source === null) return source;
  const lines = callMethod(source, "splitlines");
  if (lines === EXC) return EXC;
  if (!(lines instanceof PyList)) return typeError(`splitlines() returned ${typeOf(lines).name}, not list`);
  return lines.items[lineno - 1] ?? null;
}
