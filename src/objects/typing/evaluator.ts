/** Lazily evaluated bounds, constraints, defaults and values, and `_typing.constevaluator`. Source: PEP 695, PEP 649. */
import { DISALLOW_INSTANTIATION, EXC, type Exc, PyObject, type Result, type Value } from "../core.ts";
import { newType } from "../define.ts";
import { typeError } from "../errors.ts";
import { typeRepr } from "../generic-alias.ts";
import { concat } from "../message.ts";
import { call } from "../protocol/call.ts";
import { asIndex } from "../protocol/convert.ts";
import { repr } from "../protocol/object.ts";
import { rt } from "../runtime.ts";
import type { Str } from "../str/astral.ts";
import { PyTuple } from "../tuple.ts";
import { importAttribute } from "../import-hook.ts";
import type { Lazy } from "./layouts.ts";

/** `annotationlib.Format`. */
const VALUE = 1;
const STRING = 4;

/** The value, evaluated now if nobody asked before; undefined when there is none. */
export function force(lazy: Lazy): Result | undefined {
  if (lazy.value === undefined && lazy.evaluate !== undefined) {
    const value = call(lazy.evaluate, [VALUE]);
    if (value === EXC) return EXC;
    lazy.value = value;
  }
  return lazy.value;
}
/** The function that evaluates it: the given one, or one that gives the value; None when there is neither. */
export function evaluatorOf(lazy: Lazy): Value {
  if (lazy.evaluate !== undefined) return lazy.evaluate;
  return lazy.value === undefined || lazy.value === null ? null : new PyConstEvaluator(lazy.value);
}

/** An evaluate function of a value that is known already. */
export class PyConstEvaluator extends PyObject {
  constructor(readonly value: Value) {
    super(constEvaluatorType.shapes);
  }
}
const constEvaluatorType = newType("_ConstEvaluator", {
  module: "_typing",
  doc: null,
  flags: DISALLOW_INSTANTIATION,
  slots: {
    tp_repr: (self: PyConstEvaluator) => {
      const text = repr(self.value);
      return text === EXC ? EXC : concat("<constevaluator ", text, ">");
    },
    tp_call: (self: PyConstEvaluator, args, kwnames) => {
      if (kwnames !== null && kwnames.length > 0)
        return typeError("constevaluator.__call__() takes no keyword arguments");
      if (args.length !== 1)
        return typeError(`constevaluator.__call__() takes exactly 1 argument (${args.length} given)`);
      const format = asIndex(args[0]);
      if (format === EXC) return EXC;
      return Number(format) === STRING ? sourceText(self.value) : self.value;
    },
  },
});
function sourceText(value: Value): Str | Exc {
  if (!(value instanceof PyTuple)) return typeRepr(value);
  const parts: Str[] = [];
  for (const item of value.items) {
    const text = typeRepr(item);
    if (text === EXC) return EXC;
    if (parts.length > 0) parts.push(", ");
    parts.push(text);
  }
  return concat("(", ...parts, value.items.length === 1 ? ",)" : ")");
}

/** The module of the code that is running: where a type variable is made. */
export function callerModule(): Value {
  const frame = rt.evaluator.currentFrame();
  return frame?.globals.getStr("__name__") ?? null;
}

/** `typing._type_check(arg, message)`; None stays None. */
export function typeCheck(arg: Value, message: string): Result {
  if (arg === null) return null;
  const check = importAttribute("typing", "_type_check");
  return check === EXC ? EXC : call(check, [arg, message]);
}
