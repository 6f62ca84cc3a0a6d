/**
 * Binding arguments to the parameters of a Python function.
 * Source: https://docs.python.org/3.14/reference/expressions.html#calls; messages: CPython's ceval.c.
 */
import { CO_VARARGS, CO_VARKEYWORDS } from "../compiler/code.ts";
import { EXC, type Exc, type KwNames, type Status, type Value } from "../objects/core.ts";
import { type PyDict, newDict } from "../objects/dict.ts";
import { unexpectedKeyword } from "../objects/keyword-errors.ts";
import { typeError } from "../objects/errors.ts";
import type { PyFrame } from "../objects/frame.ts";
import type { PyFunction } from "../objects/function.ts";
import { emptyTuple, newTuple } from "../objects/tuple.ts";
import { framePlain, releaseFrame } from "./push-frame.ts";

/**
 * A frame of `func` with its parameters bound: positional values are `from[first] … from[last - 1]`, then come the
 * values of `kwnames`; `self`, unless undefined, goes before them all.
 */
export function frameWithArguments(
  func: PyFunction,
  self: Value | undefined,
  from: readonly (Value | undefined)[],
  first: number,
  last: number,
  kwnames: KwNames,
): PyFrame | Exc {
  const frame = framePlain(func);
  const { code } = func;
  const { s } = frame;
  const offset = self === undefined ? 0 : 1;
  const positional = last - first - (kwnames === null ? 0 : kwnames.length) + offset;
  if (kwnames === null && code.isSimple && positional === code.argcount) {
    if (offset !== 0) s[0] = self;
    for (let i = offset; i < positional; i++) s[i] = from[first + i - offset];
    return frame;
  }
  const at = (i: number): Value => (i < offset ? self : from[first + i - offset]) as Value;
  if (bind(func, frame, positional, at, from, last, kwnames) === EXC) {
    releaseFrame(frame);
    return EXC;
  }
  return frame;
}

function bind(
  func: PyFunction,
  frame: PyFrame,
  positional: number,
  at: (i: number) => Value,
  from: readonly (Value | undefined)[],
  last: number,
  kwnames: KwNames,
): Status {
  const { code } = func;
  const { s } = frame;
  const { argcount, kwonlyargcount } = code;
  const total = argcount + kwonlyargcount;
  let kwdict: PyDict | null = null;
  if ((code.flags & CO_VARKEYWORDS) !== 0) {
    kwdict = newDict();
    s[total + ((code.flags & CO_VARARGS) !== 0 ? 1 : 0)] = kwdict;
  }
  const copied = Math.min(positional, argcount);
  for (let i = 0; i < copied; i++) s[i] = at(i);
  if ((code.flags & CO_VARARGS) !== 0) {
    const rest: Value[] = [];
    for (let i = copied; i < positional; i++) rest.push(at(i));
    s[total] = rest.length === 0 ? emptyTuple : newTuple(rest);
  }
  if (kwnames !== null) {
    const firstValue = last - kwnames.length;
    for (let k = 0; k < kwnames.length; k++) {
      if (bindKeyword(func, s, kwnames[k], from[firstValue + k] as Value, kwdict, kwnames) === EXC) return EXC;
    }
  }
  if (positional > argcount && (code.flags & CO_VARARGS) === 0) return tooManyPositional(func, positional, s);
  return fillDefaults(func, s, positional);
}

function bindKeyword(
  func: PyFunction,
  s: (Value | undefined)[],
  name: string,
  value: Value,
  kwdict: PyDict | null,
  kwnames: KwNames,
): Status {
  const { code } = func;
  const total = code.argcount + code.kwonlyargcount;
  const { localsplusnames } = code.spec;
  for (let i = code.posonlyargcount; i < total; i++) {
    if (localsplusnames[i] !== name) continue;
    if (s[i] !== undefined) return typeError(`${func.qualname}() got multiple values for argument '${name}'`);
    s[i] = value;
    return null;
  }
  if (kwdict !== null) {
    kwdict.setStr(name, value);
    return null;
  }
  const positionalOnly = localsplusnames.slice(0, code.posonlyargcount).filter((p) => kwnames?.includes(p));
  if (positionalOnly.length > 0) {
    return typeError(
      `${func.qualname}() got some positional-only arguments passed as keyword arguments: '${positionalOnly.join(", ")}'`,
    );
  }
  return unexpectedKeyword(func.qualname, name, localsplusnames.slice(code.posonlyargcount, total));
}

function fillDefaults(func: PyFunction, s: (Value | undefined)[], positional: number): Status {
  const { code, defaults, kwdefaults } = func;
  const { argcount, kwonlyargcount } = code;
  if (positional < argcount) {
    const required = argcount - (defaults === null ? 0 : defaults.length);
    const missing: string[] = [];
    for (let i = positional; i < required; i++) if (s[i] === undefined) missing.push(code.spec.localsplusnames[i]);
    if (missing.length > 0) return missingArguments(func, missing, "positional");
    for (let i = Math.max(positional, required); i < argcount; i++) {
      if (s[i] === undefined) s[i] = (defaults as Value[])[i - required];
    }
  }
  if (kwonlyargcount > 0) {
    const missing: string[] = [];
    for (let i = argcount; i < argcount + kwonlyargcount; i++) {
      if (s[i] !== undefined) continue;
      const name = code.spec.localsplusnames[i];
      const value = kwdefaults?.getStr(name);
      if (value === undefined) missing.push(name);
      else s[i] = value;
    }
    if (missing.length > 0) return missingArguments(func, missing, "keyword-only");
  }
  return null;
}

function missingArguments(func: PyFunction, missing: string[], kind: string): Exc {
  const quoted = missing.map((name) => `'${name}'`);
  const last = quoted.at(-1) as string;
  const list =
    quoted.length === 1
      ? last
      : quoted.length === 2
        ? `${quoted[0]} and ${last}`
        : `${quoted.slice(0, -1).join(", ")}, and ${last}`;
  return typeError(
    `${func.qualname}() missing ${missing.length} required ${kind} argument${missing.length === 1 ? "" : "s"}: ${list}`,
  );
}

function tooManyPositional(func: PyFunction, given: number, s: (Value | undefined)[]): Exc {
  const { code, defaults } = func;
  const { argcount, kwonlyargcount } = code;
  let keywordGiven = 0;
  for (let i = argcount; i < argcount + kwonlyargcount; i++) if (s[i] !== undefined) keywordGiven++;
  const optional = defaults === null ? 0 : defaults.length;
  const takes = optional > 0 ? `from ${argcount - optional} to ${argcount}` : String(argcount);
  const plural = optional > 0 || argcount !== 1;
  const extra =
    keywordGiven > 0
      ? ` positional argument${given === 1 ? "" : "s"} (and ${keywordGiven} keyword-only argument${keywordGiven === 1 ? "" : "s"})`
      : "";
  return typeError(
    `${func.qualname}() takes ${takes} positional argument${plural ? "s" : ""} but ${given}${extra} ${
      given === 1 && keywordGiven === 0 ? "was" : "were"
    } given`,
  );
}
