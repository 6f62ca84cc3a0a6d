/** The behaviour of functions written in Python. */
import { PyCell } from "./cell.ts";
import { PyCode } from "./code.ts";
import { EXC, METHOD_DESCRIPTOR, type PyType, type Result, type Status, type Value } from "./core.ts";
import { defineType, getset, member, parseArgs, signature } from "./define.ts";
import { PyDict, newDict } from "./dict.ts";
import { GENERATOR_FLAGS } from "../compiler/code.ts";
import { typeError, valueError } from "./errors.ts";
import { deprecationWarningType } from "./exceptions/types.ts";
import { PyFunction } from "./function.ts";
import { concat } from "./message.ts";
import { newMethod } from "./method.ts";
import { call } from "./protocol/call.ts";
import { idText, isCallable } from "./protocol/object.ts";
import { warn } from "./protocol/warn.ts";
import { rt } from "./runtime.ts";
import { PyTuple, emptyTuple, newTuple } from "./tuple.ts";
import { functionType, typeOf } from "./types.ts";
import { strValue } from "./values.ts";

const SIG = signature("(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)");

function functionNew(_cls: PyType, args: Value[], kwnames: readonly string[] | null): Result {
  const bound = parseArgs(SIG, "function", args, kwnames);
  if (bound === EXC) return EXC;
  const [code, globals, name, defaults, closure, kwdefaults] = bound;
  if (!(code instanceof PyCode))
    return typeError(`function() argument 'code' must be code, not ${typeOf(code as Value).name}`);
  if (!(globals instanceof PyDict)) {
    return typeError(`function() argument 'globals' must be dict, not ${typeOf(globals as Value).name}`);
  }
  if (name !== undefined && name !== null && strValue(name) === undefined)
    return typeError("arg 3 (name) must be None or string");
  if (defaults !== undefined && defaults !== null && !(defaults instanceof PyTuple)) {
    return typeError("arg 4 (defaults) must be None or tuple");
  }
  const cells = checkClosure(code, closure);
  if (cells === EXC) return EXC;
  if (kwdefaults !== undefined && kwdefaults !== null && !(kwdefaults instanceof PyDict)) {
    return typeError("arg 6 (kwdefaults) must be None or dict");
  }
  const made = new PyFunction(code, globals, rt.evaluator.builtinsOf(globals));
  if (typeof name === "string") made.name = name;
  if (defaults instanceof PyTuple) made.defaults = defaults.items;
  if (kwdefaults instanceof PyDict) made.kwdefaults = kwdefaults;
  made.closure = cells;
  return made;
}
function checkClosure(code: PyCode, closure: Value | undefined): PyCell[] | null | typeof EXC {
  const missing = closure === undefined || closure === null;
  if (!missing && !(closure instanceof PyTuple)) return typeError("arg 5 (closure) must be None or tuple");
  if (missing && code.nfrees > 0) return typeError("arg 5 (closure) must be tuple");
  const cells = missing ? [] : (closure as PyTuple).items;
  if (cells.length !== code.nfrees) {
    return valueError(`${code.name} requires closure of length ${code.nfrees}, not ${cells.length}`);
  }
  for (const cell of cells) {
    if (!(cell instanceof PyCell)) return typeError(`arg 5 (closure) expected cell, found ${typeOf(cell).name}`);
  }
  return missing ? null : (cells as PyCell[]);
}

function setCode(self: PyFunction, value: Value | undefined): Status {
  if (!(value instanceof PyCode)) return typeError("__code__ must be set to a code object");
  const frees = self.closure === null ? 0 : self.closure.length;
  if (value.nfrees !== frees) {
    return valueError(`${self.name}() requires a code object with ${frees} free vars, not ${value.nfrees}`);
  }
  if ((value.flags & GENERATOR_FLAGS) !== (self.code.flags & GENERATOR_FLAGS)) {
    const message =
      "Assigning a code object of non-matching type is deprecated (e.g., from a generator to a plain function)";
    if (warn(deprecationWarningType, message) === EXC) return EXC;
  }
  // The docstring stays what it was; reading it here fixes it.
  const { doc } = self;
  self.code = value;
  self.doc = doc;
  self.modified();
  return null;
}
function setText(field: "name" | "qualname", attribute: string) {
  return (self: PyFunction, value: Value | undefined): Status => {
    const text = value === undefined ? undefined : strValue(value);
    if (text === undefined) return typeError(`${attribute} must be set to a string object`);
    self[field] = text as string;
    return null;
  };
}
function setDefaults(self: PyFunction, value: Value | undefined): Status {
  if (value !== undefined && value !== null && !(value instanceof PyTuple)) {
    return typeError("__defaults__ must be set to a tuple object");
  }
  self.defaults = value instanceof PyTuple ? value.items : null;
  self.modified();
  return null;
}
function setKwdefaults(self: PyFunction, value: Value | undefined): Status {
  if (value !== undefined && value !== null && !(value instanceof PyDict)) {
    return typeError("__kwdefaults__ must be set to a dict object");
  }
  self.kwdefaults = value instanceof PyDict ? value : null;
  self.modified();
  return null;
}
function getAnnotations(self: PyFunction): Result {
  if (self.annotations === undefined) {
    if (self.annotate === null || !isCallable(self.annotate)) self.annotations = newDict();
    else {
      const made = call(self.annotate, [1]);
      if (made === EXC) return EXC;
      if (!(made instanceof PyDict)) {
        return typeError(`__annotate__ returned non-dict of type '${typeOf(made).name}'`);
      }
      self.annotations = made;
    }
  } else if (self.annotations instanceof PyTuple) {
    // What MAKE_FUNCTION got under `from __future__ import annotations`: names and values in turn.
    const dict = newDict();
    const { items } = self.annotations;
    for (let i = 0; i < items.length; i += 2) dict.setStr(items[i] as string, items[i + 1]);
    self.annotations = dict;
  }
  return self.annotations;
}
function setAnnotations(self: PyFunction, value: Value | undefined): Status {
  if (value !== undefined && value !== null && !(value instanceof PyDict)) {
    return typeError("__annotations__ must be set to a dict object");
  }
  self.annotations = value === null ? undefined : value;
  self.annotate = null;
  return null;
}
function setAnnotate(self: PyFunction, value: Value | undefined): Status {
  if (value === undefined) return typeError("__annotate__ cannot be deleted");
  if (value !== null && !isCallable(value)) return typeError("__annotate__ must be callable or None");
  self.annotate = value;
  if (value !== null) self.annotations = undefined;
  return null;
}

defineType(functionType, {
  doc: "Create a function object.",
  textSignature: "(code, globals, name=None, argdefs=None, closure=None,\n         kwdefaults=None)",
  flags: METHOD_DESCRIPTOR,
  slots: {
    tp_new: functionNew,
    tp_call: (self: PyFunction, args, kwnames) => rt.evaluator.callFunction(self, args, kwnames),
    tp_descr_get: (self: PyFunction, obj: Value | undefined) => (obj === undefined ? self : newMethod(self, obj)),
    tp_repr: (self: PyFunction) => concat("<function ", self.qualname, ` at 0x${idText(self)}>`),
  },
  members: () => ({
    __globals__: member((self: PyFunction) => self.globals),
    __builtins__: member((self: PyFunction) => self.builtins),
    __closure__: member((self: PyFunction) => (self.closure === null ? null : newTuple(self.closure))),
  }),
  getset: () => ({
    __code__: getset((self: PyFunction) => self.code, setCode),
    __name__: getset((self: PyFunction) => self.name, setText("name", "__name__")),
    __qualname__: getset((self: PyFunction) => self.qualname, setText("qualname", "__qualname__")),
    __doc__: getset(
      (self: PyFunction) => self.doc,
      (self: PyFunction, value) => {
        self.doc = value ?? null;
        return null;
      },
    ),
    __module__: getset(
      (self: PyFunction) => self.module,
      (self: PyFunction, value) => {
        self.module = value ?? null;
        return null;
      },
    ),
    __defaults__: getset((self: PyFunction) => (self.defaults === null ? null : newTuple(self.defaults)), setDefaults),
    __kwdefaults__: getset((self: PyFunction) => self.kwdefaults, setKwdefaults),
    __annotations__: getset(getAnnotations, setAnnotations),
    __annotate__: getset((self: PyFunction) => self.annotate, setAnnotate),
    __dict__: getset(
      (self: PyFunction) => self.getDict(true) as Value,
      (self: PyFunction, value) => {
        if (value === undefined) return typeError("cannot delete __dict__");
        if (!(value instanceof PyDict)) {
          return typeError(`__dict__ must be set to a dictionary, not a '${typeOf(value).name}'`);
        }
        self.setDict(value);
        return null;
      },
    ),
    __type_params__: getset(
      (self: PyFunction) => self.typeParams ?? emptyTuple,
      (self: PyFunction, value) => {
        if (!(value instanceof PyTuple)) return typeError("__type_params__ must be set to a tuple");
        self.typeParams = value;
        return null;
      },
    ),
  }),
});
