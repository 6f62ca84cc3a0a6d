/** `BaseException`: what every exception can do. */
import { BASETYPE, EXC, HAS_DICT, type KwNames, type PyType, type Result, type Status, type Value } from "../core.ts";
import { defineType, getset, method } from "../define.ts";
import { PyDict } from "../dict.ts";
import { newDict } from "../dict.ts";
import { attributeError, typeError } from "../errors.ts";
import { PyList, newList } from "../list.ts";
import { concat } from "../message.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { lookupAttr, repr, setAttr, str } from "../protocol/object.ts";
import type { Str } from "../str/astral.ts";
import { strToJs } from "../str/astral.ts";
import { PyTraceback } from "../traceback.ts";
import { newTuple } from "../tuple.ts";
import { shortName } from "../type/short-name.ts";
import { baseExceptionType, typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { PyBaseException } from "./base.ts";

/** Positional arguments alone: what `args` holds. */
export function positionalArgs(args: Value[], kwnames: KwNames): Value[] {
  return kwnames === null ? args.slice() : args.slice(0, args.length - kwnames.length);
}
export function refuseKeywords(cls: PyType, kwnames: KwNames): Status {
  return kwnames !== null && kwnames.length > 0 ? typeError(`${cls.name}() takes no keyword arguments`) : null;
}

/** `BaseException.__new__`: sets `args` too, so that a subclass's `__init__` need not call ours. */
export function baseExceptionNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const exc = cls.tp_alloc!(cls) as PyBaseException;
  exc.args = newTuple(positionalArgs(args, kwnames));
  return exc;
}
export function baseExceptionInit(self: PyBaseException, args: Value[], kwnames: KwNames): Status {
  if (refuseKeywords(self.shape.cls, kwnames) === EXC) return EXC;
  self.args = newTuple(args.slice());
  return null;
}

export function baseExceptionStr(self: PyBaseException): Str | typeof EXC {
  const { items } = self.args;
  if (items.length === 0) return "";
  return str(items.length === 1 ? items[0] : self.args);
}
function baseExceptionRepr(self: PyBaseException): Str | typeof EXC {
  const { items } = self.args;
  const inner = repr(items.length === 1 ? items[0] : self.args);
  if (inner === EXC) return EXC;
  const name = shortName(self.shape.cls);
  return items.length === 1 ? concat(name, "(", inner, ")") : concat(name, inner);
}

/** `(type, args)` or `(type, args, dict)`. */
function baseExceptionReduce(self: PyBaseException): Result {
  const { dict } = self;
  return newTuple(dict === undefined ? [self.shape.cls, self.args] : [self.shape.cls, self.args, dict as PyDict]);
}

function setState(self: PyBaseException, state: Value): Result {
  if (state === null) return null;
  if (!(state instanceof PyDict)) return typeError("state is not a dictionary");
  for (const [name, value] of state.items()) {
    const text = strValue(name);
    if (text === undefined) return typeError(`attribute name must be string, not '${typeOf(name).name}'`);
    if (setAttr(self, strToJs(text), value) === EXC) return EXC;
  }
  return null;
}

/** `add_note`: keeps the notes in a list under `__notes__`. */
export function addNote(self: PyBaseException, note: Value): Result {
  if (strValue(note) === undefined) return typeError(`add_note() argument must be str, not ${typeOf(note).name}`);
  let notes = lookupAttr(self, "__notes__");
  if (notes === EXC) return EXC;
  if (notes === undefined) {
    notes = newList([]);
    if (setAttr(self, "__notes__", notes) === EXC) return EXC;
  }
  if (!(notes instanceof PyList)) return typeError("Cannot add note: __notes__ is not a list");
  notes.items.push(note);
  return null;
}

export function setTraceback(self: PyBaseException, tb: Value | undefined): Status {
  if (tb === undefined) return typeError("__traceback__ may not be deleted");
  if (tb !== null && !(tb instanceof PyTraceback)) return typeError("__traceback__ must be a traceback or None");
  self.traceback = tb;
  return null;
}

/** Checks what is assigned to `__context__` or `__cause__`. */
function chained(value: Value | undefined, attribute: string, what: string): PyBaseException | null | typeof EXC {
  if (value === undefined) return typeError(`${attribute} may not be deleted`);
  if (value === null || value instanceof PyBaseException) return value;
  return typeError(`exception ${what} must be None or derive from BaseException`);
}

defineType(baseExceptionType, {
  doc: "Common base class for all exceptions.",
  flags: BASETYPE | HAS_DICT,
  slots: {
    tp_alloc: (cls) => new PyBaseException(cls),
    tp_new: baseExceptionNew,
    tp_init: baseExceptionInit,
    tp_str: baseExceptionStr,
    tp_repr: baseExceptionRepr,
  },
  methods: () => ({
    __reduce__: method("($self, /)", baseExceptionReduce),
    __setstate__: method("($self, state, /)", setState),
    with_traceback: method(
      "($self, tb, /)",
      (self: PyBaseException, tb: Value) => (setTraceback(self, tb) === EXC ? EXC : self),
      "Sets __traceback__ and returns the exception.",
    ),
    add_note: method("($self, note, /)", addNote, "Adds a note, shown after the message."),
  }),
  getset: () => ({
    args: getset(
      (self: PyBaseException) => self.args,
      (self: PyBaseException, value) => {
        if (value === undefined) return typeError("args may not be deleted");
        const items = listFromIterable(value);
        if (items === EXC) return EXC;
        self.args = newTuple(items);
        return null;
      },
    ),
    __traceback__: getset((self: PyBaseException) => self.traceback, setTraceback),
    __context__: getset(
      (self: PyBaseException) => self.context,
      (self: PyBaseException, value) => {
        const context = chained(value, "__context__", "context");
        if (context === EXC) return EXC;
        self.context = context;
        return null;
      },
    ),
    __cause__: getset(
      (self: PyBaseException) => self.cause,
      (self: PyBaseException, value) => {
        const cause = chained(value, "__cause__", "cause");
        if (cause === EXC) return EXC;
        self.cause = cause;
        self.suppressContext = true;
        return null;
      },
    ),
    __suppress_context__: getset(
      (self: PyBaseException) => self.suppressContext,
      (self: PyBaseException, value) => {
        if (value === undefined) return typeError("can't delete numeric/char attribute");
        if (typeof value !== "boolean") return typeError("attribute value type must be bool");
        self.suppressContext = value;
        return null;
      },
    ),
    __dict__: getset(
      (self: PyBaseException) => (self.dict ??= newDict()),
      (self: PyBaseException, value) => {
        if (value === undefined) return typeError("cannot delete __dict__");
        if (!(value instanceof PyDict))
          return typeError(`__dict__ must be set to a dictionary, not a '${typeOf(value).name}'`);
        self.dict = value;
        return null;
      },
    ),
  }),
});

/** A readable and writable field of an exception, None while unset; `member_descriptor`s of CPython's. */
export function field(name: string) {
  return getset(
    (self: PyBaseException) => ((self as unknown as Record<string, Value | undefined>)[name] ?? null) as Value,
    (self: PyBaseException, value) => {
      (self as unknown as Record<string, Value | undefined>)[name] = value;
      return null;
    },
  );
}
/** A field that can only be read. */
export function readOnly(name: string) {
  return getset(
    (self: PyBaseException) => (self as unknown as Record<string, Value>)[name],
    (self: PyBaseException) => attributeError("readonly attribute", self, name),
  );
}
