/** Exceptions with a field or two: StopIteration, SystemExit, KeyError, ImportError, AttributeError, NameError. */
import { BASETYPE, EXC, HAS_DICT, type KwNames, type Result, type Status, type Value } from "../core.ts";
import { defineType, method } from "../define.ts";
import { type PyDict, newDict } from "../dict.ts";
import { tooManyKeywords, unexpectedKeyword } from "../keyword-errors.ts";
import { newTuple } from "../tuple.ts";
import { strType, typeOf } from "../types.ts";
import type { PyBaseException } from "./base.ts";
import { baseExceptionInit, baseExceptionStr, field, positionalArgs } from "./base-exception.ts";
import { PyAttributeError, PyImportError, PyNameError, PyStopIteration, PySystemExit } from "./layouts.ts";
import * as types from "./types.ts";

const FLAGS = BASETYPE | HAS_DICT;

/** Sets the keyword-only `fields` of an exception from a call; other keywords are refused. */
function initFields(
  self: PyBaseException,
  typeName: string,
  fields: Record<string, string>,
  args: Value[],
  kwnames: KwNames,
): Status {
  const positional = positionalArgs(args, kwnames);
  if (baseExceptionInit(self, positional, null) === EXC) return EXC;
  const target = self as unknown as Record<string, Value | undefined>;
  for (const key in fields) target[fields[key]] = undefined;
  const known = Object.keys(fields);
  if (kwnames !== null && kwnames.length > known.length) return tooManyKeywords(typeName, known.length, kwnames.length);
  for (let i = 0; kwnames !== null && i < kwnames.length; i++) {
    const name = fields[kwnames[i]];
    if (name === undefined) return unexpectedKeyword(typeName, kwnames[i], known);
    target[name] = args[positional.length + i];
  }
  return null;
}

defineType(types.stopIterationType, {
  doc: "Signals the end from iterator.__next__().",
  flags: FLAGS,
  slots: {
    tp_alloc: (cls) => new PyStopIteration(cls),
    tp_init: (self: PyStopIteration, args, kwnames) => {
      if (baseExceptionInit(self, args, kwnames) === EXC) return EXC;
      self.value = args.length > 0 ? args[0] : null;
      return null;
    },
  },
  getset: () => ({ value: field("value") }),
});

defineType(types.systemExitType, {
  doc: "Request to exit from the interpreter.",
  flags: FLAGS,
  slots: {
    tp_alloc: (cls) => new PySystemExit(cls),
    tp_init: (self: PySystemExit, args, kwnames) => {
      if (baseExceptionInit(self, args, kwnames) === EXC) return EXC;
      self.code = args.length === 0 ? null : args.length === 1 ? args[0] : self.args;
      return null;
    },
  },
  getset: () => ({ code: field("code") }),
});

// ── ImportError ────────────────────────────────────────────────────────────────────────────────────────────
const IMPORT_FIELDS = { name: "name", path: "path", name_from: "nameFrom" };

function importErrorReduce(self: PyImportError): Result {
  const state = self.dict === undefined ? newDict() : (self.dict as PyDict).copy();
  if (self.name !== undefined) state.setStr("name", self.name);
  if (self.path !== undefined) state.setStr("path", self.path);
  if (self.nameFrom !== undefined) state.setStr("name_from", self.nameFrom);
  const parts: Value[] = [self.shape.cls, self.args];
  if (state.size > 0 || self.dict !== undefined) parts.push(state);
  return newTuple(parts);
}

defineType(types.importErrorType, {
  doc: "Import can't find module, or can't find name in module.",
  flags: FLAGS,
  slots: {
    tp_alloc: (cls) => new PyImportError(cls),
    tp_init: (self: PyImportError, args, kwnames) => {
      if (initFields(self, "ImportError", IMPORT_FIELDS, args, kwnames) === EXC) return EXC;
      const { items } = self.args;
      self.msg = items.length === 1 ? items[0] : undefined;
      return null;
    },
    tp_str: (self: PyImportError) =>
      self.msg !== undefined && typeOf(self.msg) === strType ? self.msg : baseExceptionStr(self),
  },
  methods: () => ({ __reduce__: method("($self, /)", importErrorReduce) }),
  getset: () => ({
    msg: field("msg"),
    name: field("name"),
    path: field("path"),
    name_from: field("nameFrom"),
  }),
});
defineType(types.moduleNotFoundErrorType, { doc: "Module not found.", flags: FLAGS });

// ── AttributeError, NameError ──────────────────────────────────────────────────────────────────────────────
/** `obj` stays out of the state: it may be anything, and often cannot be pickled. */
function attributeErrorState(self: PyAttributeError): PyDict {
  const state = self.dict === undefined ? newDict() : (self.dict as PyDict).copy();
  if (self.name !== undefined) state.setStr("name", self.name);
  state.setStr("args", self.args);
  return state;
}

defineType(types.attributeErrorType, {
  doc: "Attribute not found.",
  flags: FLAGS,
  slots: {
    tp_alloc: (cls) => new PyAttributeError(cls),
    tp_init: (self: PyAttributeError, args, kwnames) =>
      initFields(self, "AttributeError", { name: "name", obj: "obj" }, args, kwnames),
  },
  methods: () => ({
    __getstate__: method("($self, /)", attributeErrorState),
    __reduce__: method("($self, /)", (self: PyAttributeError) =>
      newTuple([self.shape.cls, self.args, attributeErrorState(self)]),
    ),
  }),
  getset: () => ({ name: field("name"), obj: field("obj") }),
});

defineType(types.nameErrorType, {
  doc: "Name not found globally.",
  flags: FLAGS,
  slots: {
    tp_alloc: (cls) => new PyNameError(cls),
    tp_init: (self: PyNameError, args, kwnames) => initFields(self, "NameError", { name: "name" }, args, kwnames),
  },
  getset: () => ({ name: field("name") }),
});
defineType(types.unboundLocalErrorType, { doc: "Local name referenced but not bound to a value.", flags: FLAGS });

/** The fields of a pending or made exception, for those who only know the base class. */
export function nameOfError(exc: PyBaseException): Value | undefined {
  if (exc instanceof PyAttributeError || exc instanceof PyNameError || exc instanceof PyImportError) return exc.name;
  return undefined;
}
