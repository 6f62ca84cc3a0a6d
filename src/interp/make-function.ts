/** MAKE_FUNCTION and SET_FUNCTION_ATTRIBUTE. */
import type { PyCell } from "../objects/cell.ts";
import type { PyCode } from "../objects/code.ts";
import type { Value } from "../objects/core.ts";
import type { PyDict } from "../objects/dict.ts";
import type { PyFrame } from "../objects/frame.ts";
import { PyFunction } from "../objects/function.ts";
import type { PyTuple } from "../objects/tuple.ts";

export function makeFunction(frame: PyFrame, code: Value): PyFunction {
  return new PyFunction(code as PyCode, frame.globals, frame.builtins);
}
const DEFAULTS = 0x01;
const KWDEFAULTS = 0x02;
const ANNOTATIONS = 0x04;
const CLOSURE = 0x08;
const ANNOTATE = 0x10;

export function setFunctionAttribute(func: PyFunction, which: number, value: Value): PyFunction {
  switch (which) {
    case DEFAULTS:
      func.defaults = (value as PyTuple).items;
      break;
    case KWDEFAULTS:
      func.kwdefaults = value as PyDict;
      break;
    case ANNOTATIONS:
      func.annotations = value;
      break;
    case CLOSURE:
      func.closure = (value as PyTuple).items as PyCell[];
      break;
    case ANNOTATE:
      func.annotate = value;
      // Its code is named after the scope around the function, as if it stood beside it.
      if (value instanceof PyFunction) value.qualname = `${func.qualname}.__annotate__`;
      break;
  }
  return func;
}
