/** `displayhook`, `excepthook`, `unraisablehook`, `breakpointhook`, and reporting of errors that cannot be raised. */
import { displayException } from "../../builtins/display-exception.ts";
import { writeStr } from "../../builtins/io.ts";
import { EXC, type KwNames, type Result, type Status, type Value } from "../../objects/core.ts";
import { catches, clearException, runtimeError, typeError } from "../../objects/errors.ts";
import { PyBaseException } from "../../objects/exceptions/base.ts";
import {
  attributeErrorType,
  importErrorType,
  runtimeWarningType,
  typeErrorType,
  unicodeEncodeErrorType,
  valueErrorType,
} from "../../objects/exceptions/types.ts";
import { warn } from "../../objects/protocol/warn.ts";
import { importModule } from "../../objects/import-hook.ts";
import { concat } from "../../objects/message.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { getAttr, repr } from "../../objects/protocol/object.ts";
import { rt, takeException } from "../../objects/runtime.ts";
import { strToJs } from "../../objects/str/astral.ts";
import { PyStructSequence } from "../../objects/structseq.ts";
import { PyTraceback } from "../../objects/traceback.ts";
import { strValue } from "../../objects/values.ts";
import { unraisableHookArgsType } from "./info.ts";

/** Prints a value at the prompt and keeps it as `builtins._`. */
export function displayhook(value: Value): Result {
  if (value === null) return null;
  rt.builtins.setStr("_", null);
  const stdout = rt.sysDict.getStr("stdout");
  if (stdout === undefined || stdout === null) return runtimeError("lost sys.stdout");
  if (writeRepr(stdout, value) === EXC || writeStr(stdout, "\n") === EXC) return EXC;
  rt.builtins.setStr("_", value);
  return null;
}
function writeRepr(file: Value, value: Value): Status {
  const text = repr(value);
  if (text === EXC) return EXC;
  if (writeStr(file, text) !== EXC) return null;
  if (!catches(unicodeEncodeErrorType)) return EXC;
  clearException();
  // What the stream cannot encode is shown escaped.
  const encoding = getAttr(file, "encoding");
  const encoded = encoding === EXC ? EXC : callMethod(text, "encode", [encoding, "backslashreplace"]);
  const decoded = encoded === EXC ? EXC : callMethod(encoded, "decode", [encoding as Value, "strict"]);
  return decoded === EXC ? EXC : writeStr(file, decoded);
}

export function excepthook(_type: Value, value: Value, traceback: Value): Result {
  if (value instanceof PyBaseException && traceback instanceof PyTraceback && value.traceback === null) {
    value.traceback = traceback;
  }
  displayException(value);
  return null;
}

/** Reports the pending exception where it cannot be raised: in a callback, a finalizer (`PyErr_FormatUnraisable`). */
export function reportUnraisable(message: string, object: Value = null): void {
  const exc = takeException();
  const args = unraisableHookArgsType.make([
    exc.shape.cls,
    exc,
    exc.traceback,
    message === "" ? null : message,
    object,
  ]);
  const hook = rt.sysDict.getStr("unraisablehook");
  if (hook === undefined || hook === null || call(hook, [args]) === EXC) clearException();
}
/** `sys.unraisablehook`. */
export function unraisablehook(args: Value): Result {
  if (!(args instanceof PyStructSequence) || args.shape.cls !== unraisableHookArgsType.type) {
    return typeError("sys.unraisablehook argument type must be UnraisableHookArgs");
  }
  const stderr = rt.sysDict.getStr("stderr");
  if (stderr === undefined || stderr === null) return null;
  const [, value, , message, object] = args.values;
  const prefix = headline(message, object);
  if (prefix !== null && writeStr(stderr, prefix) === EXC) return EXC;
  displayException(value);
  return callMethod(stderr, "flush") === EXC ? EXC : null;
}
function headline(message: Value, object: Value): Value {
  const text = message === null ? undefined : strValue(message);
  if (object === null) return text === undefined ? null : concat(text, ":\n");
  let shown = repr(object);
  if (shown === EXC) {
    clearException();
    shown = "<object repr() failed>";
  }
  return text === undefined ? concat("Exception ignored in: ", shown, "\n") : concat(text, ": ", shown, "\n");
}

/** `sys.breakpointhook`: calls what PYTHONBREAKPOINT names, `pdb.set_trace` by default. */
export function breakpointhook(args: Value[], kwnames: KwNames): Result {
  const target = breakpointTarget();
  if (target === EXC) return EXC;
  if (target === "0") return null;
  const dot = target.lastIndexOf(".");
  const module = importModule(dot < 0 ? "builtins" : target.slice(0, dot));
  const hook = module === EXC ? EXC : getAttr(module, target.slice(dot + 1));
  return hook === EXC ? unimportable(target) : call(hook, args, kwnames);
}
/** A name that means nothing is worth a warning, no more. */
function unimportable(target: string): Result {
  const known = [importErrorType, attributeErrorType, valueErrorType, typeErrorType];
  if (!known.some(catches)) return EXC;
  clearException();
  return warn(runtimeWarningType, `Ignoring unimportable $PYTHONBREAKPOINT: "${target}"`);
}
function breakpointTarget(): string | typeof EXC {
  const os = rt.modules.getStr("os");
  const environ = os === undefined ? null : getAttr(os, "environ");
  if (environ === EXC || environ === null) {
    clearException();
    return "pdb.set_trace";
  }
  const value = callMethod(environ, "get", ["PYTHONBREAKPOINT", ""]);
  if (value === EXC) return EXC;
  const text = strToJs(strValue(value) ?? "");
  return text === "" ? "pdb.set_trace" : text;
}
