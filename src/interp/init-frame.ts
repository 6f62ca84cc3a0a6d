/** `Class(…)` with an `__init__` written in Python: the instance, and the frame that initialises it. */
import { EXC, type Exc, IS_ABSTRACT, type PyObject, type PyType, type Value } from "../objects/core.ts";
import type { PyFrame } from "../objects/frame.ts";
import type { PyFunction } from "../objects/function.ts";
import { objectNew } from "../objects/object.ts";
import { frameWithArguments } from "./arguments.ts";
import { RETURN_INIT } from "./leave.ts";

export function frameForInit(
  cls: PyType,
  init: PyFunction,
  s: readonly Value[],
  sp: number,
  count: number,
): PyFrame | Exc {
  if ((cls.flags & IS_ABSTRACT) !== 0) {
    const made = objectNew(cls, [], null);
    if (made === EXC) return EXC;
  }
  const instance = (cls.tp_alloc as (cls: PyType) => PyObject)(cls);
  const frame = frameWithArguments(init, instance, s, sp - count, sp, null);
  if (frame === EXC) return EXC;
  frame.onReturn = RETURN_INIT;
  frame.returnData = instance;
  return frame;
}
