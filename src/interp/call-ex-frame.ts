/** `f(*args, **kwargs)` of a Python function: the frame, without going through a vector where that can be. */
import { CO_VARARGS, CO_VARKEYWORDS } from "../compiler/code.ts";
import type { Exc, Value } from "../objects/core.ts";
import { type PyDict, newDict } from "../objects/dict.ts";
import type { PyFrame } from "../objects/frame.ts";
import type { PyFunction } from "../objects/function.ts";
import type { PyTuple } from "../objects/tuple.ts";
import { pythonCalleeEx } from "./calls.ts";
import { framePlain } from "./push-frame.ts";

/** `callable` is `func`, or a bound method of it. */
export function frameForEx(
  callable: Value,
  func: PyFunction,
  args: PyTuple,
  kwargs: Value | undefined,
): PyFrame | undefined | Exc {
  const { code } = func;
  if (callable !== func) return pythonCalleeEx(callable, args, kwargs);
  const noKeywords = kwargs === undefined || (kwargs as PyDict).size === 0;
  if (noKeywords && code.isSimple && args.items.length === code.argcount) {
    const frame = framePlain(func);
    for (let i = 0; i < args.items.length; i++) frame.s[i] = args.items[i];
    return frame;
  }
  const collectsAll = (code.flags & CO_VARARGS) !== 0 && code.argcount === 0 && code.kwonlyargcount === 0;
  const takesKeywords = (code.flags & CO_VARKEYWORDS) !== 0;
  // A function that only collects gets the tuple as it is, and a copy of the dict.
  if (collectsAll && (noKeywords || (takesKeywords && hasStringKeys(kwargs as PyDict)))) {
    const frame = framePlain(func);
    frame.s[0] = args;
    if (takesKeywords) frame.s[1] = noKeywords ? newDict() : (kwargs as PyDict).copy();
    return frame;
  }
  return pythonCalleeEx(callable, args, kwargs);
}
function hasStringKeys(dict: PyDict): boolean {
  return dict.strKeys().length === dict.size;
}
