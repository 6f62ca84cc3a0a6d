/** The source line of a warning, from the loader that a module's globals name (`module_globals` of warn_explicit). */
import { EXC, type Exc, type Value } from "../../objects/core.ts";
import type { PyDict } from "../../objects/dict.ts";
import { importAttribute } from "../../objects/import-hook.ts";
import { catches, clearException } from "../../objects/errors.ts";
import { importErrorType } from "../../objects/exceptions/types.ts";
import { call } from "../../objects/protocol/call.ts";
import { lookupAttr } from "../../objects/protocol/object.ts";
import { strFromJs, strToJs } from "../../objects/str/astral.ts";
import { strValue } from "../../objects/values.ts";

/** The line as a str; null when there is none. */
export function sourceLineOf(globals: PyDict, lineno: number): Value | Exc {
  const bless = importAttribute("_frozen_importlib_external", "_bless_my_loader");
  const loader = bless === EXC ? EXC : call(bless, [globals]);
  if (loader === EXC) return EXC;
  const name = globals.getStr("__name__");
  if (loader === null || name === undefined || name === null) return null;
  const getSource = lookupAttr(loader, "get_source");
  if (getSource === EXC || getSource === undefined) return getSource ?? null;
  const source = call(getSource, [name]);
  if (source === EXC) {
    // A loader that knows no such module has no line to show.
    if (!catches(importErrorType)) return EXC;
    clearException();
    return null;
  }
  const text = strValue(source);
  const line = text === undefined ? undefined : strToJs(text).split(LINE_END)[lineno - 1];
  return line === undefined ? null : strFromJs(line);
}
/** What `str.splitlines` takes for the end of a line. */
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
