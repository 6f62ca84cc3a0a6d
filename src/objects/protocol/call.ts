/** Calling: PEP 590's vectorcall as the only convention. */
import { EXC, type Exc, type KwNames, type Result, type Value } from "../core.ts";
import { typeError } from "../errors.ts";
import { PyModule } from "../module.ts";
import { enterRecursive, leaveRecursive } from "../recursion.ts";
import { typeOf } from "../types.ts";
import { getAttr } from "./object.ts";

const NO_ARGS: Value[] = [];

/** Calls `callable`: `args` = positional values, then one value for each of `kwnames`. `args` must not be changed. */
export function call(callable: Value, args: Value[] = NO_ARGS, kwnames: KwNames = null): Result {
  const { tp_call } = typeOf(callable);
  if (tp_call === null) return notCallable(callable);
  if (enterRecursive()) return EXC;
  const result = tp_call(callable, args, kwnames);
  leaveRecursive();
  return result;
}
/** A module with a callable of its own name was probably meant to be looked into. */
function notCallable(object: Value): Exc {
  const message = `'${typeOf(object).name}' object is not callable`;
  if (!(object instanceof PyModule)) return typeError(message);
  const name = object.dict.getStr("__name__");
  const found = typeof name === "string" ? object.dict.getStr(name) : undefined;
  const isMeant = found !== undefined && typeOf(found).tp_call !== null;
  return typeError(isMeant ? `${message}. Did you mean: '${name}.${name}(...)'?` : message);
}
export const call0 = (callable: Value): Result => call(callable, NO_ARGS);
export const call1 = (callable: Value, a: Value): Result => call(callable, [a]);
export const call2 = (callable: Value, a: Value, b: Value): Result => call(callable, [a, b]);

/** `obj.name(*args)`. */
export function callMethod(obj: Value, name: string, args: Value[] = NO_ARGS): Result {
  const method = getAttr(obj, name);
  return method === EXC ? EXC : call(method, args);
}
