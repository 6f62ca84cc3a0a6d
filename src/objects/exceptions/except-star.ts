/** What `except*` does: the interpreter's CHECK_EG_MATCH and INTRINSIC_PREP_RERAISE_STAR. Source: PEP 654. */
import { EXC, type Exc, PyType, type Result, type Value, isSubtype } from "../core.ts";
import { typeError } from "../errors.ts";
import type { PyList } from "../list.ts";
import { callMethod } from "../protocol/call.ts";
import { PyTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { PyBaseException } from "./base.ts";
import { isExceptionClass, newGroup, subset } from "./group.ts";
import { PyBaseExceptionGroup } from "./layouts.ts";
import { baseExceptionGroupType } from "./types.ts";

/** Does `exc` match the class or tuple of classes of an `except`? (`PyErr_GivenExceptionMatches`) */
export function exceptionMatches(exc: Value, classes: Value): boolean {
  if (classes instanceof PyTuple) return classes.items.some((cls) => exceptionMatches(exc, cls));
  return classes instanceof PyType && isSubtype(typeOf(exc), classes);
}

const NOT_CLASSES = "catching classes that do not inherit from BaseException is not allowed";

/** Checks the expression of an `except`. */
export function checkExceptTypes(value: Value): null | Exc {
  const ok = value instanceof PyTuple ? value.items.every(isExceptionClass) : isExceptionClass(value);
  return ok ? null : typeError(NOT_CLASSES);
}
/** Checks the expression of an `except*`: no groups either. */
export function checkExceptStarTypes(value: Value): null | Exc {
  if (checkExceptTypes(value) === EXC) return EXC;
  const classes = (value instanceof PyTuple ? value.items : [value]) as PyType[];
  return classes.some((cls) => isSubtype(cls, baseExceptionGroupType))
    ? typeError("catching ExceptionGroup with except* is not allowed. Use except instead.")
    : null;
}

/**
 * Splits `exc` (an exception or None) by `classes`: the part that matches, as a group, and the rest; None where empty.
 * `here` adds the current frame to the traceback of a group made around a bare exception.
 */
export function exceptionGroupMatch(
  exc: Value,
  classes: Value,
  here: (group: PyBaseException) => void = () => {},
): { match: Value; rest: Value } | Exc {
  if (exc === null) return { match: null, rest: null };
  if (exceptionMatches(exc, classes)) {
    if (exc instanceof PyBaseExceptionGroup) return { match: exc, rest: null };
    const wrapped = newGroup("", [exc]);
    if (wrapped === EXC) return EXC;
    here(wrapped);
    return { match: wrapped, rest: null };
  }
  if (!(exc instanceof PyBaseExceptionGroup)) return { match: null, rest: exc };
  const pair = callMethod(exc, "split", [classes]);
  if (pair === EXC) return EXC;
  const name = exc.shape.cls.name;
  if (!(pair instanceof PyTuple)) {
    return typeError(`${name}.split must return a tuple, not ${typeOf(pair).name}`);
  }
  if (pair.items.length < 2) {
    return typeError(`${name}.split must return a 2-tuple, got tuple of size ${pair.items.length}`);
  }
  return { match: pair.items[0], rest: pair.items[1] };
}

/** Leaves of a tree of exceptions. */
function collectLeaves(exc: Value, into: Set<Value>): void {
  if (exc instanceof PyBaseExceptionGroup) for (const member of exc.exceptions.items) collectLeaves(member, into);
  else if (exc !== null) into.add(exc);
}
/** The part of the group `exc` whose leaves are in `keep`, with the group's structure and metadata. */
function project(exc: Value, keep: ReadonlySet<Value>): Result {
  if (!(exc instanceof PyBaseExceptionGroup)) return keep.has(exc) ? exc : null;
  const members: Value[] = [];
  let whole = true;
  for (const member of exc.exceptions.items) {
    const part = project(member, keep);
    if (part === EXC) return EXC;
    if (part !== member) whole = false;
    if (part !== null) members.push(part);
  }
  return whole ? exc : subset(exc, members);
}

/** Was `exc` raised again rather than made new? It has the metadata of the original then. */
function isSameMetadata(exc: PyBaseException, original: PyBaseException): boolean {
  const notes = (e: PyBaseException): Value | undefined => e.dict?.getStr("__notes__");
  return (
    notes(exc) === notes(original) &&
    exc.traceback === original.traceback &&
    exc.cause === original.cause &&
    exc.context === original.context
  );
}

/**
 * What is to be raised after the clauses of a `try … except*` have run: `results` lists, for each clause, the exception
 * it raised, and at the end the part that nobody handled. None when nothing is left.
 */
export function prepareReraiseStar(original: Value, results: Value): Result {
  const list = (results as PyList).items;
  if (list.length === 0) return null;
  if (!(original instanceof PyBaseExceptionGroup)) {
    // A bare exception: at most one clause ran, and what it raised or left stands as it is.
    return list.find((exc) => exc !== null) ?? null;
  }
  const raised: Value[] = [];
  const reraised: Value[] = [];
  for (const exc of list) {
    if (!(exc instanceof PyBaseException)) continue;
    (isSameMetadata(exc, original) ? reraised : raised).push(exc);
  }
  const leaves = new Set<Value>();
  for (const exc of reraised) collectLeaves(exc, leaves);
  const left = leaves.size === 0 ? null : project(original, leaves);
  if (left === EXC) return EXC;
  if (raised.length === 0) return left;
  if (left !== null) raised.push(left);
  return raised.length > 1 ? newGroup("", raised) : raised[0];
}
