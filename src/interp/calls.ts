/**
 * Calls from the interpreter. `pythonCallee…` give the frame to enter when the callee is a Python function (bound
 * methods included), undefined when it is something else; then `callVector` or `callEx` call it.
 */
import { EXC, type Exc, type KwNames, type Result, type Value } from "../objects/core.ts";
import { PyDict } from "../objects/dict.ts";
import { catches, clearException, typeError } from "../objects/errors.ts";
import { typeErrorType } from "../objects/exceptions/types.ts";
import type { PyFrame } from "../objects/frame.ts";
import { PyFunction } from "../objects/function.ts";
import { PyMethod } from "../objects/method.ts";
import { call } from "../objects/protocol/call.ts";
import { listFromIterable } from "../objects/protocol/iter.ts";
import { PyTuple } from "../objects/tuple.ts";
import { typeOf } from "../objects/types.ts";
import { strValue } from "../objects/values.ts";
import { frameWithArguments } from "./arguments.ts";
import { functionText } from "./function-text.ts";

/** Stack: callable, self or undefined, `count` arguments (keyword values last), then `sp`. */
export function pythonCallee(
  s: readonly Value[],
  sp: number,
  count: number,
  kwnames: KwNames,
): PyFrame | undefined | Exc {
  const callable = s[sp - count - 2];
  const self: Value | undefined = s[sp - count - 1];
  if (callable instanceof PyFunction) return frameWithArguments(callable, self, s, sp - count, sp, kwnames);
  if (callable instanceof PyMethod && self === undefined && callable.func instanceof PyFunction) {
    return frameWithArguments(callable.func, callable.self, s, sp - count, sp, kwnames);
  }
  return undefined;
}
export function callVector(s: readonly Value[], sp: number, count: number, kwnames: KwNames): Result {
  const callable = s[sp - count - 2];
  const self: Value | undefined = s[sp - count - 1];
  const args = s.slice(self === undefined ? sp - count : sp - count - 1, sp);
  return call(callable, args, kwnames);
}

interface Flat {
  args: Value[];
  kwnames: string[] | null;
}
/** The arguments of `f(*args, **kwargs)` as a vector; `args` may be shared and must not be changed. */
function flatten(callable: Value, args: Value, kwargs: Value | undefined): Flat | Exc {
  let items: Value[];
  if (args instanceof PyTuple) items = args.items;
  else {
    const list = listFromIterable(args);
    if (list === EXC) {
      const type = typeOf(args);
      if (!catches(typeErrorType) || type.tp_iter !== null || type.sq_item !== null) return EXC;
      clearException();
      const f = functionText(callable);
      return f === EXC ? EXC : typeError(`${f} argument after * must be an iterable, not ${type.name}`);
    }
    items = list;
  }
  if (!(kwargs instanceof PyDict) || kwargs.size === 0) return { args: items, kwnames: null };
  const kwnames: string[] = [];
  const all = items.slice();
  for (const [key, value] of kwargs.items()) {
    const name = typeof key === "string" ? key : strValue(key);
    if (name === undefined) return typeError("keywords must be strings");
    kwnames.push(name as string);
    all.push(value);
  }
  return { args: all, kwnames };
}
export function pythonCalleeEx(callable: Value, args: Value, kwargs: Value | undefined): PyFrame | undefined | Exc {
  const bound = callable instanceof PyMethod;
  const func = bound ? callable.func : callable;
  if (!(func instanceof PyFunction)) return undefined;
  const flat = flatten(callable, args, kwargs);
  if (flat === EXC) return EXC;
  const self = bound ? callable.self : undefined;
  return frameWithArguments(func, self, flat.args, 0, flat.args.length, flat.kwnames);
}
export function callEx(callable: Value, args: Value, kwargs: Value | undefined): Result {
  const flat = flatten(callable, args, kwargs);
  return flat === EXC ? EXC : call(callable, flat.args, flat.kwnames);
}
