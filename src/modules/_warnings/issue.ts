/** Issuing a warning: finding out where, asking the filters, showing it or raising it. Source: PEP 230, PEP 565. */
import { writeStr } from "../../builtins/io.ts";
import { EXC, PyType, type Result, type Status, type Value, isSubtype } from "../../objects/core.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import { clearException, raiseObject, typeError } from "../../objects/errors.ts";
import { PyBaseException } from "../../objects/exceptions/base.ts";
import { userWarningType, warningType } from "../../objects/exceptions/types.ts";
import type { PyFrame } from "../../objects/frame.ts";
import { concat } from "../../objects/message.ts";
import { call } from "../../objects/protocol/call.ts";
import { getAttr, isCallable, str } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { strFromJs, strToJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { type Issued, actionFor, alreadyWarned, noteShown, warningsAttr } from "./filters.ts";

/** Where a warning belongs. */
interface Place {
  filename: Value;
  lineno: number;
  module: Value;
  registry: Value;
  /** The text of the line, where it is known. */
  sourceLine?: Value;
}

/** The class of a warning: that of the message if it is one, `category`, or UserWarning. */
function categoryOf(message: Value, category: Value): PyType | typeof EXC {
  if (message instanceof PyBaseException && isSubtype(message.shape.cls, warningType)) return message.shape.cls;
  if (category === null) return userWarningType;
  if (category instanceof PyType && isSubtype(category, warningType)) return category;
  return typeError(`category must be a Warning subclass, not '${typeOf(category).name}'`);
}

const isInternal = (frame: PyFrame): boolean =>
  frame.code.filename.includes("importlib") && frame.code.filename.includes("_bootstrap");

function nextExternal(frame: PyFrame | null, prefixes: readonly string[]): PyFrame | null {
  do {
    frame = frame?.back ?? null;
  } while (
    frame !== null &&
    (isInternal(frame) || prefixes.some((prefix) => (frame as PyFrame).code.filename.startsWith(prefix)))
  );
  return frame;
}
/** The frame that `stacklevel` means. */
function frameAt(level: number, prefixes: readonly string[]): PyFrame | null {
  let frame = rt.evaluator.currentFrame();
  if (level <= 0 || (frame !== null && isInternal(frame))) {
    while (--level > 0 && frame !== null) frame = frame.back;
    return frame;
  }
  while (--level > 0 && frame !== null) frame = nextExternal(frame, prefixes);
  return frame;
}
function placeOf(level: number, prefixes: readonly string[]): Place | typeof EXC {
  const frame = frameAt(level, prefixes);
  const globals = frame === null ? rt.sysDict : frame.globals;
  let registry = globals.getStr("__warningregistry__");
  if (registry === undefined) {
    registry = newDict();
    globals.setStr("__warningregistry__", registry);
  }
  const lineno = frame === null ? 0 : getAttr(frame, "f_lineno");
  if (lineno === EXC) return EXC;
  return {
    filename: frame === null ? "<sys>" : strFromJs(frame.code.filename),
    lineno: typeof lineno === "number" ? lineno : 0,
    module: globals.getStr("__name__") ?? "<string>",
    registry,
  };
}

/** `warnings.warn`. */
export function warn(
  message: Value,
  category: Value,
  stackLevel: number,
  source: Value,
  prefixes: readonly string[] = [],
): Result {
  const cls = categoryOf(message, category);
  if (cls === EXC) return EXC;
  const place = placeOf(prefixes.length > 0 ? Math.max(stackLevel, 2) : stackLevel, prefixes);
  return place === EXC ? EXC : warnAt(cls, message, place, source);
}

/** `warnings.warn_explicit`, with the module's name made of the file's when it is not given. */
export function warnExplicit(category: PyType, message: Value, place: Place, source: Value): Result {
  const module = place.module === undefined || place.module === null ? moduleOfFile(place.filename) : place.module;
  return warnAt(category, message, { ...place, module }, source);
}
function moduleOfFile(filename: Value): Value {
  const text = strToJs(strValue(filename) ?? "");
  if (text === "") return "<unknown>";
  return strFromJs(text.endsWith(".py") ? text.slice(0, -3) : text);
}

function warnAt(category: PyType, message: Value, place: Place, source: Value): Result {
  let instance = message;
  let text: Result = message;
  if (message instanceof PyBaseException && isSubtype(message.shape.cls, warningType)) {
    text = str(message);
  } else {
    instance = null;
  }
  if (text === EXC) return EXC;
  const { lineno, module, registry } = place;
  const issued: Issued = { text, category, module, lineno };
  const key = newTuple([text, category, lineno]);
  const known = registry === null ? false : alreadyWarned(registry, key, false);
  if (known !== false) return known === EXC ? EXC : null;
  const chosen = actionFor(issued);
  if (chosen === EXC) return EXC;
  const { action, item } = chosen;
  if (action === "ignore") return null;
  if (instance === null) {
    const made = call(category, [message]);
    if (made === EXC) return EXC;
    instance = made;
  }
  if (action === "error") return raiseObject(instance as PyBaseException);
  const skip = noteShown(action, item, registry, key, issued);
  if (skip === EXC || skip) return skip === EXC ? EXC : null;
  return show(instance, category, text, place, source);
}

/** Through the `warnings` module, so that programs can replace how warnings are shown. */
function show(instance: Value, category: PyType, text: Value, place: Place, source: Value): Status {
  const { filename, lineno } = place;
  const shower = warningsAttr("_showwarnmsg");
  if (shower === EXC) return EXC;
  if (shower === undefined) return showPlainly(category, text, place);
  if (!isCallable(shower)) return typeError("warnings._showwarnmsg() must be set to a callable");
  const kind = warningsAttr("WarningMessage");
  if (kind === EXC || kind === undefined) return kind === EXC ? EXC : showPlainly(category, text, place);
  const record = call(kind, [instance, category, filename, lineno, null, null, source]);
  return record === EXC || call(shower, [record]) === EXC ? EXC : null;
}
function showPlainly(category: PyType, text: Value, { filename, lineno, sourceLine }: Place): Status {
  const stderr = rt.sysDict.getStr("stderr");
  if (stderr === undefined || stderr === null) return null;
  const code = strValue(sourceLine ?? null);
  const shown = code === undefined ? "" : `  ${strToJs(code).trim()}\n`;
  const line = concat(strValue(filename) ?? "", `:${lineno}: ${category.name}: `, strValue(text) ?? "", "\n", shown);
  if (writeStr(stderr, line) === EXC) clearException();
  return null;
}

export function checkRegistry(registry: Value): Status {
  if (registry === null || registry instanceof PyDict) return null;
  return typeError("'registry' must be a dict or None");
}
