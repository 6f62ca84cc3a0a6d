/**
 * Printing an exception nobody caught (`PyErr_Display`): by the `traceback` module, as CPython does, or natively when
 * that cannot be imported.
 */
import { EXC, type Value } from "../objects/core.ts";
import { clearException } from "../objects/errors.ts";
import { PyBaseException } from "../objects/exceptions/base.ts";
import { importAttribute } from "../objects/import-hook.ts";
import { concat } from "../objects/message.ts";
import { call, callMethod } from "../objects/protocol/call.ts";
import { getAttr, str } from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";
import { type Str, strFromJs, strToJs } from "../objects/str/astral.ts";
import { strValue } from "../objects/values.ts";
import { typeOf } from "../objects/types.ts";
import { tracebackLines } from "./display-traceback.ts";
import { writeStr } from "./io.ts";

/** Prints `value` to `sys.stderr`. Never raises. */
export function displayException(value: Value): void {
  const stderr = rt.sysDict.getStr("stderr");
  if (stderr === undefined || stderr === null) return;
  const pending = rt.exc;
  rt.exc = null;
  if (!displayInPython(value)) {
    for (const line of exceptionLines(value)) if (writeStr(stderr, line) === EXC) break;
    clearException();
  }
  if (callMethod(stderr, "flush") === EXC) clearException();
  rt.exc = pending;
}
function displayInPython(value: Value): boolean {
  const print = importAttribute("traceback", "_print_exception_bltin");
  if (print !== EXC && call(print, [value]) !== EXC) return true;
  clearException();
  return false;
}

const CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n";

/** The native form: chain, traceback, message, notes. */
export function exceptionLines(value: Value, seen: Set<Value> = new Set()): Str[] {
  if (!(value instanceof PyBaseException)) {
    const name = typeOf(value).name;
    return [`TypeError: print_exception(): Exception expected for value, ${name} found\n`];
  }
  seen.add(value);
  const lines: Str[] = [];
  const { cause, context } = value;
  if (cause !== null && !seen.has(cause)) lines.push(...exceptionLines(cause, seen), CAUSE);
  else if (cause === null && context !== null && !value.suppressContext && !seen.has(context)) {
    lines.push(...exceptionLines(context, seen), CONTEXT);
  }
  if (value.traceback !== null) lines.push(...tracebackLines(value.traceback));
  lines.push(headline(value), ...noteLines(value));
  return lines;
}
function headline(value: PyBaseException): Str {
  const { cls } = value.shape;
  const module = strValue(orNone(getAttr(cls, "__module__")));
  const hidden = module === undefined || module === "builtins" || module === "__main__";
  const name = hidden ? cls.qualname : concat(module, ".", cls.qualname);
  const text = str(value);
  if (text === EXC) {
    clearException();
    return concat(name, ": <exception str() failed>\n");
  }
  return text.length === 0 ? concat(name, "\n") : concat(name, ": ", text, "\n");
}
function noteLines(value: PyBaseException): Str[] {
  const notes = value.dict?.getStr("__notes__") as { items?: Value[] } | undefined;
  return (notes?.items ?? []).map((note) => strFromJs(`${strToJs(strValue(note) ?? "")}\n`));
}
function orNone(value: Value | typeof EXC): Value {
  if (value !== EXC) return value;
  clearException();
  return null;
}
