/** LOAD_SPECIAL: `__enter__` and its relatives, looked up on the type. */
import type { EXC, Result, Value } from "../objects/core.ts";
import { typeError } from "../objects/errors.ts";
import { rt } from "../objects/runtime.ts";
import { lookup } from "../objects/type/lookup.ts";
import { typeOf } from "../objects/types.ts";
import { isMethod } from "./load-method.ts";

const NAMES = ["__enter__", "__exit__", "__aenter__", "__aexit__"];

/** The method; `rt.specialSelf` says whether it is to be called with the owner. */
export function loadSpecial(owner: Value, index: number): Result {
  const type = typeOf(owner);
  const found = lookup(type, NAMES[index]);
  if (found === undefined) return missing(type.name, type, index);
  rt.specialSelf = isMethod(found);
  if (rt.specialSelf) return found;
  const get = typeOf(found).tp_descr_get;
  return get === null ? found : get(found, owner, type);
}
function missing(name: string, type: ReturnType<typeof typeOf>, index: number): typeof EXC {
  const isAsync = index >= 2;
  const protocol = isAsync ? "asynchronous context manager" : "context manager";
  const other = isAsync ? ["__enter__", "__exit__"] : ["__aenter__", "__aexit__"];
  const hint = other.every((n) => lookup(type, n) !== undefined)
    ? ` but it supports the ${isAsync ? "" : "asynchronous "}context manager protocol. Did you mean to use '${isAsync ? "with" : "async with"}'?`
    : "";
  return typeError(`'${name}' object does not support the ${protocol} protocol (missed ${NAMES[index]} method)${hint}`);
}
