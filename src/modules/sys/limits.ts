/** Limits and settings that `sys` lets programs change. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { raise, typeError, valueError } from "../../objects/errors.ts";
import { recursionErrorType } from "../../objects/exceptions/types.ts";
import { asyncgenHooks } from "../../objects/generator/async.ts";
import { newFloat } from "../../objects/float.ts";
import { asDouble, asInt32 } from "../../objects/protocol/convert.ts";
import { isCallable } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { typeOf } from "../../objects/types.ts";
import { asyncgenHooksType } from "./info.ts";

interface Settings {
  switchInterval: number;
  auditHooks: Value[];
  dlopenFlags: number;
}
const STATE = {};
export const settings = (): Settings =>
  rt.state<Settings>(STATE, () => ({
    switchInterval: 0.005,
    auditHooks: [],
    dlopenFlags: 2,
  }));

export function setRecursionLimit(value: Value): Result {
  const limit = asInt32(value);
  if (limit === EXC) return EXC;
  if (limit < 1) return valueError("recursion limit must be greater or equal than 1");
  if (rt.depth >= limit) {
    return raise(
      recursionErrorType,
      `cannot set the recursion limit to ${limit} at the recursion depth ${rt.depth}: the limit is too low`,
    );
  }
  rt.recursionLimit = limit;
  return null;
}

/** Below this the conversion is cheap anyway (`_PY_LONG_MAX_STR_DIGITS_THRESHOLD`). */
const LEAST_DIGITS = 640;
export function setIntMaxStrDigits(value: Value): Result {
  const digits = asInt32(value);
  if (digits === EXC) return EXC;
  if (digits !== 0 && digits < LEAST_DIGITS) {
    return valueError(`maxdigits must be >= ${LEAST_DIGITS} or 0 for unlimited`);
  }
  rt.intMaxStrDigits = digits;
  return null;
}

export function setSwitchInterval(value: Value): Result {
  const interval = asDouble(value);
  if (interval === EXC) return EXC;
  if (interval <= 0) return valueError("switch interval must be strictly positive");
  settings().switchInterval = interval;
  return null;
}
export const getSwitchInterval = (): Value => newFloat(settings().switchInterval);

export function setOriginTracking(value: Value): Result {
  const depth = asInt32(value);
  if (depth === EXC) return EXC;
  if (depth < 0) return valueError("depth must be >= 0");
  rt.originDepth = depth;
  return null;
}
export const getOriginTracking = (): Value => rt.originDepth;

/** `set_asyncgen_hooks(firstiter, finalizer)`: undefined leaves one as it is, None removes it. */
export function setAsyncgenHooks(firstiter?: Value, finalizer?: Value): Result {
  if (checkHook("finalizer", finalizer) === EXC || checkHook("firstiter", firstiter) === EXC) return EXC;
  const s = asyncgenHooks();
  if (firstiter !== undefined) s.firstiter = firstiter;
  if (finalizer !== undefined) s.finalizer = finalizer;
  return null;
}
function checkHook(name: string, hook: Value | undefined): null | Exc {
  if (hook === undefined || hook === null || isCallable(hook)) return null;
  return typeError(`callable ${name} expected, got ${typeOf(hook).name}`);
}
export function getAsyncgenHooks(): Value {
  const { firstiter, finalizer } = asyncgenHooks();
  return asyncgenHooksType.make([firstiter, finalizer]);
}
