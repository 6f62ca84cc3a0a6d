/** Mapping and class patterns. Source: PEP 634. */
import { EXC, type Exc, PyType, MATCH_SELF, type Result, type Value } from "../objects/core.ts";
import { newSet } from "../objects/set.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { call } from "../objects/protocol/call.ts";
import { PyObject } from "../objects/core.ts";
import { getAttr, isInstance, lookupAttr, repr } from "../objects/protocol/object.ts";
import { PyTuple, newTuple } from "../objects/tuple.ts";
import { typeOf } from "../objects/types.ts";

/** Absent keys must not be made by `__missing__`: `get` with a default of our own. */
class Missing extends PyObject {}

export function matchKeys(subject: Value, keys: Value): Result {
  const wanted = (keys as PyTuple).items;
  if (wanted.length === 0) return newTuple([]);
  const get = getAttr(subject, "get");
  if (get === EXC) return EXC;
  const seen = newSet();
  const missing = new Missing(typeOf(null).shapes);
  const values: Value[] = [];
  for (const key of wanted) {
    const known = seen.has(key);
    if (known === EXC) return EXC;
    if (known) {
      const text = repr(key);
      return text === EXC ? EXC : valueError(`mapping pattern checks duplicate key (${String(text)})`);
    }
    if (seen.add(key) === EXC) return EXC;
    const value = call(get, [key, missing]);
    if (value === EXC) return EXC;
    if (value === missing) return null;
    values.push(value);
  }
  return newTuple(values);
}

export function matchClass(subject: Value, cls: Value, positional: number, kwNames: Value): Result {
  if (!(cls instanceof PyType)) return typeError("called match pattern must be a class");
  const isOne = isInstance(subject, cls);
  if (isOne === EXC) return EXC;
  if (!isOne) return null;
  const seen = new Set<string>();
  const values: Value[] = [];
  if (positional > 0 && matchPositional(subject, cls, positional, seen, values) === EXC) return EXC;
  if (values.length < positional) return null;
  for (const name of (kwNames as PyTuple).items as string[]) {
    const value = matchAttribute(subject, cls, name, seen);
    if (value === EXC) return EXC;
    if (value === undefined) return null;
    values.push(value);
  }
  return newTuple(values);
}

function matchPositional(subject: Value, cls: PyType, count: number, seen: Set<string>, values: Value[]): null | Exc {
  const given = lookupAttr(cls, "__match_args__");
  if (given === EXC) return EXC;
  let matchSelf = false;
  let names: readonly Value[] = [];
  if (given === undefined) matchSelf = (cls.flags & MATCH_SELF) !== 0;
  else if (given instanceof PyTuple) names = given.items;
  else return typeError(`${cls.name}.__match_args__ must be a tuple (got ${typeOf(given).name})`);
  const allowed = matchSelf ? 1 : names.length;
  if (allowed < count) {
    return typeError(
      `${cls.name}() accepts ${allowed} positional sub-pattern${allowed === 1 ? "" : "s"} (${count} given)`,
    );
  }
  if (matchSelf) {
    values.push(subject);
    return null;
  }
  for (let i = 0; i < count; i++) {
    const name = names[i];
    if (typeof name !== "string") {
      return typeError(`__match_args__ elements must be strings (got ${typeOf(name).name})`);
    }
    const value = matchAttribute(subject, cls, name, seen);
    if (value === EXC) return EXC;
    if (value === undefined) return null;
    values.push(value);
  }
  return null;
}
function matchAttribute(subject: Value, cls: PyType, name: string, seen: Set<string>): Result | undefined {
  if (seen.has(name)) return typeError(`${cls.name}() got multiple sub-patterns for attribute '${name}'`);
  seen.add(name);
  return lookupAttr(subject, name);
}
