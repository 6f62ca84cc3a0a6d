/** Context variables. Source: PEP 567. */
import {
  type CompareOp,
  EQ,
  END,
  EXC,
  type Exc,
  HAS_WEAKREF,
  type Int,
  type KwNames,
  NE,
  PyObject,
  type PyType,
  type Result,
  type Value,
} from "./core.ts";
import { classMethod, getset, method, newType, rawMethod } from "./define.ts";
import { keyError, raise, raiseArgs, runtimeError, typeError } from "./errors.ts";
import { unexpectedKeyword } from "./keyword-errors.ts";
import { lookupErrorType, runtimeErrorType, typeErrorType, valueErrorType } from "./exceptions/types.ts";
import { newGenericAlias } from "./generic-alias.ts";
import { concat } from "./message.ts";
import { call } from "./protocol/call.ts";
import { equals, hash, idText, repr } from "./protocol/object.ts";
import { rt } from "./runtime.ts";
import { NotImplemented } from "./singletons.ts";
import type { Str } from "./str/astral.ts";
import { newTuple } from "./tuple.ts";
import { strValue } from "./values.ts";

/** The values of a context are never changed in place: copies of a context share them. */
type Values = ReadonlyMap<PyContextVar, Value>;
const NOTHING: Values = new Map();

export class PyContext extends PyObject {
  values: Values = NOTHING;
  entered = false;
  previous: PyContext | null = null;

  constructor() {
    super(contextType.shapes);
  }
}
export class PyContextVar extends PyObject {
  constructor(
    readonly name: Value,
    readonly fallback: Value | undefined,
  ) {
    super(contextVarType.shapes);
  }
}
export class PyToken extends PyObject {
  used = false;

  constructor(
    readonly context: PyContext,
    readonly variable: PyContextVar,
    readonly old: Value | undefined,
  ) {
    super(tokenType.shapes);
  }
}

interface State {
  current: PyContext;
}
const STATE = {};
const state = (): State => rt.state<State>(STATE, () => ({ current: new PyContext() }));

export function currentContext(): PyContext {
  return state().current;
}
/** `contextvars.copy_context()`. */
export function copyContext(): PyContext {
  return copyOf(currentContext());
}
function copyOf(context: PyContext): PyContext {
  const copy = new PyContext();
  copy.values = context.values;
  return copy;
}

/** Makes `context` current; a context can be entered once at a time. */
export function enterContext(context: PyContext): null | Exc {
  if (context.entered) {
    const text = repr(context);
    return text === EXC ? EXC : raise(runtimeErrorType, concat("cannot enter context: ", text, " is already entered"));
  }
  const s = state();
  context.previous = s.current;
  context.entered = true;
  s.current = context;
  return null;
}
export function exitContext(context: PyContext): void {
  const s = state();
  context.entered = false;
  s.current = context.previous ?? new PyContext();
  context.previous = null;
}

function contextRun(self: PyContext, args: Value[], kwnames: KwNames): Result {
  if (args.length - (kwnames === null ? 0 : kwnames.length) < 1) {
    return typeError("run() missing 1 required positional argument");
  }
  if (enterContext(self) === EXC) return EXC;
  try {
    return call(args[0], args.slice(1), kwnames);
  } finally {
    exitContext(self);
  }
}

function asVariable(key: Value): PyContextVar | Exc {
  if (key instanceof PyContextVar) return key;
  const text = repr(key);
  return text === EXC ? EXC : raise(typeErrorType, concat("a ContextVar key was expected, got ", text));
}
function contextItem(self: PyContext, key: Value): Result {
  const variable = asVariable(key);
  if (variable === EXC) return EXC;
  const value = self.values.get(variable);
  return value === undefined ? keyError(key) : value;
}
function contextCompare(a: PyContext, b: Value, op: CompareOp): Result {
  if (!(b instanceof PyContext) || (op !== EQ && op !== NE)) return NotImplemented;
  let same: boolean | Exc = a.values.size === b.values.size;
  for (const [variable, value] of a.values) {
    if (same !== true) break;
    const other = b.values.get(variable);
    same = other === undefined ? false : equals(value, other);
  }
  return same === EXC ? EXC : same === (op === EQ);
}

// ── iteration ──────────────────────────────────────────────────────────────────────────────────────────────
class PyContextIterator extends PyObject {
  constructor(
    cls: PyType,
    readonly iterator: Iterator<Value>,
  ) {
    super(cls.shapes);
  }
}
const iteratorType = (name: string): PyType =>
  newType(name, {
    doc: null,
    slots: {
      tp_iter: (self: PyContextIterator) => self,
      tp_iternext: (self: PyContextIterator) => {
        const next = self.iterator.next();
        return next.done === true ? END : next.value;
      },
    },
  });
const keysType = iteratorType("keys");
const valuesType = iteratorType("values");
const itemsType = iteratorType("items");

const keysOf = (self: PyContext): Value => new PyContextIterator(keysType, [...self.values.keys()].values());

export const contextType: PyType = newType("Context", {
  module: "_contextvars",
  doc: null,
  flags: HAS_WEAKREF,
  slots: {
    tp_new: (_cls, args, kwnames) =>
      args.length > 0 || (kwnames !== null && kwnames.length > 0)
        ? typeError("Context() does not accept any arguments")
        : new PyContext(),
    tp_iter: keysOf,
    tp_richcompare: contextCompare,
    mp_length: (self: PyContext) => self.values.size,
    mp_subscript: contextItem,
    sq_contains: (self: PyContext, key: Value) => {
      const variable = asVariable(key);
      return variable === EXC ? EXC : self.values.has(variable);
    },
  },
  methods: () => ({
    get: method("($self, key, default=None, /)", (self: PyContext, key: Value, fallback?: Value) => {
      const variable = asVariable(key);
      if (variable === EXC) return EXC;
      const value = self.values.get(variable);
      return value === undefined ? (fallback ?? null) : value;
    }),
    items: method("($self, /)", (self: PyContext) => {
      const pairs = [...self.values].map(([key, value]) => newTuple([key, value]));
      return new PyContextIterator(itemsType, pairs.values());
    }),
    keys: method("($self, /)", keysOf),
    values: method(
      "($self, /)",
      (self: PyContext) => new PyContextIterator(valuesType, [...self.values.values()].values()),
    ),
    copy: method("($self, /)", copyOf),
    run: rawMethod(contextRun),
  }),
  attributes: () => ({ __hash__: null }),
});

// ── variables ──────────────────────────────────────────────────────────────────────────────────────────────
function varNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const given = args.length - (kwnames === null ? 0 : kwnames.length);
  if (given !== 1) {
    const word = given > 1 ? "at most" : "exactly";
    return typeError(`ContextVar() takes ${word} 1 positional argument (${given} given)`);
  }
  let fallback: Value | undefined;
  for (let i = 0; kwnames !== null && i < kwnames.length; i++) {
    if (kwnames[i] !== "default") return unexpectedKeyword("ContextVar", kwnames[i], ["default"]);
    fallback = args[given + i];
  }
  if (strValue(args[0]) === undefined) return typeError("context variable name must be a str");
  // The name takes part in CPython's hash of the variable.
  if (hash(args[0]) === EXC) return EXC;
  return new PyContextVar(args[0], fallback);
}
function varRepr(self: PyContextVar): Str | Exc {
  const name = repr(self.name);
  if (name === EXC) return EXC;
  const parts: Str[] = ["<ContextVar name=", name];
  if (self.fallback !== undefined) {
    const text = repr(self.fallback);
    if (text === EXC) return EXC;
    parts.push(" default=", text);
  }
  return concat(...parts, ` at 0x${idText(self)}>`);
}
/** The variable's value now: undefined when it has neither value nor default. */
export function contextVarGet(self: PyContextVar): Value | undefined {
  const value = currentContext().values.get(self);
  return value === undefined ? self.fallback : value;
}
export function contextVarSet(self: PyContextVar, value: Value): PyToken {
  const context = currentContext();
  const token = new PyToken(context, self, context.values.get(self));
  context.values = new Map(context.values).set(self, value);
  return token;
}
function varReset(self: PyContextVar, token: Value): Result {
  if (!(token instanceof PyToken)) {
    const text = repr(token);
    return text === EXC ? EXC : raise(typeErrorType, concat("expected an instance of Token, got ", text));
  }
  const context = currentContext();
  if (token.used) return refuse(runtimeErrorType, token, " has already been used once");
  if (token.variable !== self) return refuse(valueErrorType, token, " was created by a different ContextVar");
  if (token.context !== context) return refuse(valueErrorType, token, " was created in a different Context");
  token.used = true;
  const values = new Map(context.values);
  if (token.old === undefined) values.delete(self);
  else values.set(self, token.old);
  context.values = values;
  return null;
}
function refuse(type: PyType, token: PyToken, why: string): Exc {
  const text = repr(token);
  return text === EXC ? EXC : raise(type, concat(text, why));
}

const genericItem = () => classMethod("($type, object, /)", (cls: PyType, item: Value) => newGenericAlias(cls, item));

export const contextVarType: PyType = newType("ContextVar", {
  module: "_contextvars",
  doc: null,
  slots: {
    tp_new: varNew,
    tp_repr: varRepr,
    tp_hash: (self: PyContextVar): Int => rt.idOf(self) / 16,
  },
  methods: () => ({
    get: method("($self, default=<unrepresentable>, /)", (self: PyContextVar, fallback?: Value) => {
      const value = currentContext().values.get(self);
      if (value !== undefined) return value;
      if (fallback !== undefined) return fallback;
      return self.fallback === undefined ? raiseArgs(lookupErrorType, self) : self.fallback;
    }),
    set: method("($self, value, /)", contextVarSet),
    reset: method("($self, token, /)", varReset),
    __class_getitem__: genericItem(),
  }),
  members: () => ({ name: (self: PyContextVar) => self.name }),
});

// ── tokens ─────────────────────────────────────────────────────────────────────────────────────────────────
class PyTokenMissing extends PyObject {}
const missingType = newType("Token.MISSING", { doc: null, slots: { tp_repr: () => "<Token.MISSING>" } });
const MISSING = new PyTokenMissing(missingType.shapes);

export const tokenType: PyType = newType("Token", {
  module: "_contextvars",
  doc: null,
  slots: {
    tp_new: () => runtimeError("Tokens can only be created by ContextVars"),
    tp_repr: (self: PyToken) => {
      const text = repr(self.variable);
      return text === EXC ? EXC : concat(`<Token${self.used ? " used" : ""} var=`, text, ` at 0x${idText(self)}>`);
    },
  },
  methods: () => ({
    __class_getitem__: genericItem(),
    __enter__: method("($self, /)", (self: PyToken) => self),
    __exit__: method("($self, type, val, tb, /)", (self: PyToken) => varReset(self.variable, self)),
  }),
  getset: () => ({
    var: getset((self: PyToken) => self.variable),
    old_value: getset((self: PyToken) => (self.old === undefined ? MISSING : self.old)),
  }),
  attributes: () => ({ MISSING, __hash__: null }),
});
