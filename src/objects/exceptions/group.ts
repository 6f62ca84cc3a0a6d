/** `BaseExceptionGroup` and `ExceptionGroup`. Source: PEP 654. */
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_DICT,
  type KwNames,
  PyType,
  type Result,
  type Value,
  isSubtype,
} from "../core.ts";
import { classMethod, defineType, method } from "../define.ts";
import { typeError, valueError } from "../errors.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { newList } from "../list.ts";
import { concat } from "../message.ts";
import { call, callMethod } from "../protocol/call.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { isCallable, isTrue, lookupAttr, repr, setAttr, str } from "../protocol/object.ts";
import type { Str } from "../str/astral.ts";
import { shortName } from "../type/short-name.ts";
import { PyTuple, newTuple } from "../tuple.ts";
import { baseExceptionType, dictType, listType, tupleType, typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { PyBaseException } from "./base.ts";
import { baseExceptionInit, positionalArgs, readOnly } from "./base-exception.ts";
import { PyBaseExceptionGroup } from "./layouts.ts";
import { baseExceptionGroupType, exceptionType } from "./types.ts";

const FLAGS = BASETYPE | HAS_DICT;

function groupNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const given = positionalArgs(args, kwnames);
  if (given.length !== 2) {
    return typeError(`BaseExceptionGroup.__new__() takes exactly 2 arguments (${given.length} given)`);
  }
  const [message, sequence] = given;
  if (strValue(message) === undefined) {
    return typeError(`BaseExceptionGroup.__new__() argument 1 must be str, not ${typeOf(message).name}`);
  }
  const exceptions = memberList(sequence);
  if (exceptions === EXC) return EXC;
  const actual = classFor(cls, exceptions);
  if (actual === EXC) return EXC;
  const shown = typeOf(sequence) === listType || typeOf(sequence) === tupleType ? null : repr(sequence);
  if (shown === EXC) return EXC;
  const self = actual.tp_alloc!(actual) as PyBaseExceptionGroup;
  self.args = newTuple(given);
  self.message = message;
  self.sequenceText = shown;
  self.exceptions = newTuple(exceptions);
  return self;
}

function memberList(sequence: Value): PyBaseException[] | Exc {
  const type = typeOf(sequence);
  if (type.sq_item === null || isSubtype(type, dictType)) {
    return typeError("second argument (exceptions) must be a sequence");
  }
  const items = listFromIterable(sequence);
  if (items === EXC) return EXC;
  if (items.length === 0) return valueError("second argument (exceptions) must be a non-empty sequence");
  for (let i = 0; i < items.length; i++) {
    if (!(items[i] instanceof PyBaseException)) {
      return valueError(`Item ${i} of second argument (exceptions) is not an exception`);
    }
  }
  return items as PyBaseException[];
}

/** BaseExceptionGroup makes an ExceptionGroup when it can; classes that are exceptions take nothing else. */
function classFor(cls: PyType, exceptions: PyBaseException[]): PyType | Exc {
  const nested = exceptions.some((exc) => !isSubtype(exc.shape.cls, exceptionType));
  if (cls === baseExceptionGroupType) return nested ? cls : exceptionGroupType;
  if (!nested) return cls;
  if (cls === exceptionGroupType) return typeError("Cannot nest BaseExceptions in an ExceptionGroup");
  if (isSubtype(cls, exceptionType)) return typeError(`Cannot nest BaseExceptions in '${cls.name}'`);
  return cls;
}

/** Makes a group of native exceptions, as `except*` does. */
export function newGroup(message: Value, exceptions: Value[]): PyBaseExceptionGroup | Exc {
  return groupNew(baseExceptionGroupType, [message, newTuple(exceptions)], null) as PyBaseExceptionGroup | Exc;
}

function groupStr(self: PyBaseExceptionGroup): Str | Exc {
  const message = str(self.message);
  const count = self.exceptions.items.length;
  return message === EXC ? EXC : concat(message, ` (${count} sub-exception${count > 1 ? "s" : ""})`);
}
/** The sequence is shown as it was given, but with the members as they were then. */
function groupRepr(self: PyBaseExceptionGroup): Str | Exc {
  const message = repr(self.message);
  const given = self.args.items[1];
  const isList = self.args.items.length > 1 && typeOf(given) === listType;
  const members = self.sequenceText ?? repr(isList ? newList([...self.exceptions.items]) : self.exceptions);
  return message === EXC || members === EXC ? EXC : concat(shortName(self.shape.cls), "(", message, ", ", members, ")");
}

// ── matching ───────────────────────────────────────────────────────────────────────────────────────────────
type Matcher = (exc: Value) => boolean | Exc;

function matcherFor(value: Value): Matcher | Exc {
  if (isExceptionClass(value)) return (exc) => isSubtype(typeOf(exc), value);
  if (value instanceof PyTuple && value.items.every(isExceptionClass)) {
    const classes = value.items as PyType[];
    return (exc) => classes.some((cls) => isSubtype(typeOf(exc), cls));
  }
  if (isCallable(value) && !(value instanceof PyType)) {
    return (exc) => {
      const answer = call(value, [exc]);
      return answer === EXC ? EXC : isTrue(answer);
    };
  }
  return typeError("expected an exception type, a tuple of exception types, or a callable (other than a class)");
}
export function isExceptionClass(value: Value): value is PyType {
  return value instanceof PyType && isSubtype(value, baseExceptionType);
}

interface Split {
  match: Value;
  rest: Value;
}

/** Splits a tree of groups; `wantRest` false leaves out what does not match (`subgroup`). */
function splitTree(exc: Value, matches: Matcher, wantRest: boolean): Split | Exc {
  const whole = matches(exc);
  if (whole === EXC) return EXC;
  if (whole) return { match: exc, rest: null };
  if (!(exc instanceof PyBaseExceptionGroup)) return { match: null, rest: wantRest ? exc : null };
  const matching: Value[] = [];
  const others: Value[] = [];
  for (const member of exc.exceptions.items) {
    const part = splitTree(member, matches, wantRest);
    if (part === EXC) return EXC;
    if (part.match !== null) matching.push(part.match);
    if (part.rest !== null) others.push(part.rest);
  }
  const match = subset(exc, matching);
  if (match === EXC) return EXC;
  const rest = wantRest ? subset(exc, others) : null;
  return rest === EXC ? EXC : { match, rest };
}

/** A group like `original` of some of its members (`derive`), with its traceback, context, cause and notes; or None. */
export function subset(original: PyBaseExceptionGroup, members: Value[]): Result {
  if (members.length === 0) return null;
  const derived = callMethod(original, "derive", [newList(members)]);
  if (derived === EXC) return EXC;
  if (!(derived instanceof PyBaseExceptionGroup)) {
    return typeError("derive must return an instance of BaseExceptionGroup");
  }
  derived.traceback = original.traceback;
  derived.context = original.context;
  derived.cause = original.cause;
  derived.suppressContext = original.suppressContext;
  return copyNotes(original, derived) === EXC ? EXC : derived;
}
function copyNotes(from: PyBaseExceptionGroup, to: PyBaseExceptionGroup): Result {
  const notes = lookupAttr(from, "__notes__");
  if (notes === EXC || notes === undefined) return notes ?? null;
  // Only a sequence can be copied; whatever else was put there stays behind.
  if (typeOf(notes).sq_item === null) return null;
  const items = listFromIterable(notes);
  return items === EXC ? EXC : setAttr(to, "__notes__", newList(items));
}

function split(self: PyBaseExceptionGroup, matcherValue: Value): Result {
  const matches = matcherFor(matcherValue);
  if (matches === EXC) return EXC;
  const parts = splitTree(self, matches, true);
  return parts === EXC ? EXC : newTuple([parts.match, parts.rest]);
}
function subgroup(self: PyBaseExceptionGroup, matcherValue: Value): Result {
  const matches = matcherFor(matcherValue);
  if (matches === EXC) return EXC;
  const parts = splitTree(self, matches, false);
  return parts === EXC ? EXC : parts.match;
}

defineType(baseExceptionGroupType, {
  doc: "A combination of multiple unrelated exceptions.",
  flags: FLAGS,
  slots: {
    tp_alloc: (cls) => new PyBaseExceptionGroup(cls),
    tp_new: groupNew,
    tp_init: baseExceptionInit,
    tp_str: groupStr,
    tp_repr: groupRepr,
  },
  methods: () => ({
    __class_getitem__: classMethod("($type, object, /)", (cls: PyType, item: Value) => newGenericAlias(cls, item)),
    derive: method("($self, excs, /)", (self: PyBaseExceptionGroup, members: Value) =>
      call(baseExceptionGroupType, [self.message, members]),
    ),
    split: method("($self, matcher_value, /)", split),
    subgroup: method("($self, matcher_value, /)", subgroup),
  }),
  getset: () => ({ message: readOnly("message"), exceptions: readOnly("exceptions") }),
});

/** ExceptionGroup is also an Exception: the one native class with two bases. */
export const exceptionGroupType = defineType(new PyType("ExceptionGroup", baseExceptionGroupType.shape.cls), {
  base: baseExceptionGroupType,
  furtherBases: [exceptionType],
  doc: null,
  flags: FLAGS,
});
