/** The namespaces of the running code: `globals()`, `locals()`. Source: PEP 667, PEP 709. */
import { CO_FAST_HIDDEN, CO_OPTIMIZED } from "../compiler/code.ts";
import { PyCell } from "../objects/cell.ts";
import type { Result, Value } from "../objects/core.ts";
import { type PyDict, newDict } from "../objects/dict.ts";
import { EXC } from "../objects/core.ts";
import { systemError } from "../objects/errors.ts";
import type { PyFrame } from "../objects/frame.ts";
import { callMethod } from "../objects/protocol/call.ts";
import { rt } from "../objects/runtime.ts";

/** The globals of the calling Python code. */
export function currentGlobals(): Result {
  return rt.evaluator.currentGlobals() ?? systemError("globals(): no current frame");
}
/** The locals: the namespace itself at module and class level, a fresh dict in functions. */
export function currentLocals(): Result {
  const frame = rt.evaluator.currentFrame();
  if (frame === null) return systemError("frame does not exist");
  // Code of a function may be run with a namespace (`exec`): its variables are where they always are.
  if ((frame.code.flags & CO_OPTIMIZED) !== 0) return functionLocals(frame);
  const locals = frame.namespace();
  if (!hasHidden(frame)) return locals;
  // Within a comprehension that was inlined at module or class level: its variables hide those outside.
  const merged = newDict();
  if (callMethod(merged, "update", [locals]) === EXC) return EXC;
  addFast(frame, merged, true);
  return merged;
}

/** A snapshot of a function's variables. */
export function functionLocals(frame: PyFrame): PyDict {
  const dict = newDict();
  addFast(frame, dict, false);
  if (frame.extraLocals !== null) for (const [key, value] of frame.extraLocals.items()) dict.set(key, value);
  return dict;
}
function addFast(frame: PyFrame, dict: PyDict, hidden: boolean): void {
  const { localsplusnames: names, localspluskinds: kinds } = frame.code.spec;
  for (let i = 0; i < names.length; i++) {
    if (((kinds[i] & CO_FAST_HIDDEN) !== 0) !== hidden) continue;
    const value = fastValue(frame, i);
    if (value !== undefined) dict.setStr(names[i], value);
  }
}
function fastValue(frame: PyFrame, index: number): Value | undefined {
  const value = frame.s[index];
  return value instanceof PyCell ? value.value : value;
}
function hasHidden(frame: PyFrame): boolean {
  const kinds = frame.code.spec.localspluskinds;
  return kinds.some((kind, i) => (kind & CO_FAST_HIDDEN) !== 0 && frame.s[i] !== undefined);
}
