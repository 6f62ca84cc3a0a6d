/** The type `Context`, and the context manager of `localcontext`. */
import {
  BASETYPE,
  DISALLOW_INSTANTIATION,
  EXC,
  type Exc,
  type Int,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { getset, method, newType, parseArgs, rawMethod, signature } from "../../objects/define.ts";
import { attributeError, overflowError, typeError, valueError } from "../../objects/errors.ts";
import type { PyDict } from "../../objects/dict.ts";
import { PyFloat } from "../../objects/float.ts";
import { newList } from "../../objects/list.ts";
import type { NativeDef } from "../../objects/native.ts";
import { fix } from "./rounding.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue } from "../../objects/values.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import {
  ANY_INVALID,
  CLAMPED,
  DIVISION_BY_ZERO,
  FLOAT_OPERATION,
  INEXACT,
  MAX_EMAX,
  MAX_PREC,
  MIN_EMIN,
  OVERFLOW,
  ROUNDED,
  ROUNDINGS,
  SUBNORMAL,
  UNDERFLOW,
} from "./context-data.ts";
import { convertRounded, fromFloat, operand, requireOperand } from "./convert.ts";
import { Dec } from "./dec.ts";
import { roundingOf } from "./decimal-type.ts";
import { newDecimal } from "./new-decimal.ts";
import { exceptionNamed, PyDecimal, PyDecimalContext, setContext, SIGNALS, state } from "./objects.ts";
import { CONTEXT_ONLY, type Operation, perform, performDivmod, PLAIN, power, RADIX, SHARED } from "./operations.ts";
import { powerModulo } from "./power.ts";
import { bitsFromArgument, bitsFromMapping, viewOf } from "./signal-dict.ts";
import { toText } from "./text.ts";

class PyDecimalContextSub extends withAttributes(PyDecimalContext) {}

// ── attributes ─────────────────────────────────────────────────────────────────────────────────────────────────

type Setter = (self: PyDecimalContext, value: Value) => Status;

/** An integer within limits, or the attribute's own error. */
function integer(value: Value, low: bigint | number, high: bigint | number, message: string): Int | Exc {
  const int = intValue(value);
  if (int === undefined) return typeError("an integer is required");
  if (typeof int === "bigint" && BigInt.asIntN(64, int) !== int) {
    return overflowError("Python int too large to convert to C ssize_t");
  }
  return int < low || int > high ? valueError(message) : int;
}

const SETTERS: Record<string, Setter> = {
  prec: (self, value) => {
    const int = integer(value, 1, MAX_PREC, "valid range for prec is [1, MAX_PREC]");
    if (int === EXC) return EXC;
    self.setPrec(int);
    return null;
  },
  rounding: (self, value) => {
    const mode = roundingOf(value);
    if (mode === EXC) return EXC;
    self.c.round = mode;
    return null;
  },
  Emin: (self, value) => {
    const int = integer(value, MIN_EMIN, 0, "valid range for Emin is [MIN_EMIN, 0]");
    if (int === EXC) return EXC;
    self.setEmin(int);
    return null;
  },
  Emax: (self, value) => {
    const int = integer(value, 0, MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]");
    if (int === EXC) return EXC;
    self.setEmax(int);
    return null;
  },
  capitals: (self, value) => {
    const int = integer(value, 0, 1, "valid values for capitals are 0 or 1");
    if (int === EXC) return EXC;
    self.capitals = int as number;
    return null;
  },
  clamp: (self, value) => {
    const int = integer(value, 0, 1, "valid values for clamp are 0 or 1");
    if (int === EXC) return EXC;
    self.c.clamp = int as 0 | 1;
    return null;
  },
  flags: (self, value) => {
    const bits = bitsFromMapping(value);
    if (bits === EXC) return EXC;
    self.flags = bits;
    return null;
  },
  traps: (self, value) => {
    const bits = bitsFromMapping(value);
    if (bits === EXC) return EXC;
    self.traps = bits;
    return null;
  },
};

const GETTERS: Record<string, (self: PyDecimalContext) => Value> = {
  prec: (self) => self.prec,
  rounding: (self) => ROUNDINGS[self.c.round],
  Emin: (self) => self.emin,
  Emax: (self) => self.emax,
  capitals: (self) => self.capitals,
  clamp: (self) => self.c.clamp,
  flags: (self) => viewOf(self, "flags"),
  traps: (self) => viewOf(self, "traps"),
};

function attribute(name: string) {
  return getset(GETTERS[name], (self: PyDecimalContext, value: Value | undefined) =>
    value === undefined
      ? attributeError("context attributes cannot be deleted", self, name)
      : SETTERS[name](self, value),
  );
}

const INIT = signature(
  "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)",
);
const PARAMETERS = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"];

/** Sets what is given; flags and traps may be lists of signals here. */
function configure(self: PyDecimalContext, values: readonly (Value | undefined)[]): Status {
  for (let i = 0; i < PARAMETERS.length; i++) {
    const value = values[i];
    if (value === undefined || value === null) continue;
    const name = PARAMETERS[i];
    if (name === "flags" || name === "traps") {
      const bits = bitsFromArgument(value);
      if (bits === EXC) return EXC;
      self[name] = bits;
    } else if (SETTERS[name](self, value) === EXC) return EXC;
  }
  return null;
}

function contextInit(self: PyDecimalContext, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "function", args, kwnames);
  return bound === EXC ? EXC : configure(self, bound as (Value | undefined)[]);
}

/** A fresh context has DefaultContext's settings, without its flags. */
function contextAlloc(cls: PyType): PyDecimalContext {
  const context = cls === contextType ? new PyDecimalContext(cls) : new PyDecimalContextSub(cls);
  context.assign(state().templates.DefaultContext);
  context.flags = 0;
  return context;
}

export function copyContext(self: PyDecimalContext): PyDecimalContext {
  const copy = new PyDecimalContext(contextType);
  copy.assign(self);
  return copy;
}

// ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** In the order of the status bits. */
const SHOWN: readonly [flag: number, name: string][] = [
  [CLAMPED, "Clamped"],
  [ANY_INVALID, "InvalidOperation"],
  [DIVISION_BY_ZERO, "DivisionByZero"],
  [INEXACT, "Inexact"],
  [FLOAT_OPERATION, "FloatOperation"],
  [OVERFLOW, "Overflow"],
  [ROUNDED, "Rounded"],
  [SUBNORMAL, "Subnormal"],
  [UNDERFLOW, "Underflow"],
];

function namesOf(bits: number): string {
  return SHOWN.filter(([flag]) => (bits & flag) !== 0)
    .map(([, name]) => name)
    .join(", ");
}

function show(self: PyDecimalContext): string {
  return (
    `Context(prec=${self.prec}, rounding=${ROUNDINGS[self.c.round]}, Emin=${self.emin}, Emax=${self.emax}, ` +
    `capitals=${self.capitals}, clamp=${self.c.clamp}, flags=[${namesOf(self.flags)}], traps=[${namesOf(self.traps)}])`
  );
}

function signalList(bits: number): Value {
  return newList(SIGNALS.filter(({ flag }) => (bits & flag) !== 0).map(({ name }) => exceptionNamed(name)));
}

function reduce(self: PyDecimalContext): Result {
  const { prec, c, emin, emax, capitals, flags, traps } = self;
  const settings = [prec, ROUNDINGS[c.round], emin, emax, capitals, c.clamp, signalList(flags), signalList(traps)];
  return newTuple([typeOf(self), newTuple(settings)]);
}

// ── methods ────────────────────────────────────────────────────────────────────────────────────────────────────

function operationMethod({ operands, run, doc }: Operation): NativeDef {
  const names = ["x", "y", "z"].slice(0, operands).join(", ");
  const impl = (self: PyDecimalContext, ...values: Value[]): Result => {
    const decs: Dec[] = [];
    for (const value of values) {
      const dec = requireOperand(value);
      if (dec === EXC) return EXC;
      decs.push(dec);
    }
    return perform(self, run, decs[0], decs[1], decs[2]);
  };
  return method(`($self, ${names}, /)`, impl, doc);
}

function plainMethod(name: string): NativeDef {
  const { run, doc } = PLAIN[name];
  const impl = (_self: PyDecimalContext, x: Value): Result => {
    const dec = requireOperand(x);
    if (dec === EXC) return EXC;
    const outcome = run(dec);
    return outcome instanceof Dec ? newDecimal(outcome) : outcome;
  };
  return method("($self, x, /)", impl, doc);
}

function divmod(self: PyDecimalContext, x: Value, y: Value): Result {
  const a = requireOperand(x);
  if (a === EXC) return EXC;
  const b = requireOperand(y);
  return b === EXC ? EXC : performDivmod(self, a, b);
}

function powerMethod(self: PyDecimalContext, a: Value, b: Value, modulo?: Value): Result {
  const x = requireOperand(a);
  if (x === EXC) return EXC;
  const y = requireOperand(b);
  if (y === EXC) return EXC;
  if (modulo === undefined || modulo === null) return perform(self, (c, p, q) => power(p, q, c), x, y);
  const m = requireOperand(modulo);
  return m === EXC ? EXC : perform(self, (c, p, q, r) => powerModulo(p, q, r, c), x, y, m);
}

function createDecimal(self: PyDecimalContext, num: Value | undefined): Result {
  const dec = convertRounded(num === undefined ? "0" : num, self);
  return dec === EXC ? EXC : newDecimal(dec);
}

function createDecimalFromFloat(self: PyDecimalContext, f: Value): Result {
  const exact = f instanceof PyFloat ? fromFloat(f.value) : intValue(f) === undefined ? undefined : operand(f);
  if (exact === undefined) return typeError("argument must be int or float");
  return perform(self, (c, a) => fix(a, c), exact);
}

function texts(engineering: boolean) {
  return (self: PyDecimalContext, x: Value): Result => {
    const dec = requireOperand(x);
    return dec === EXC ? EXC : toText(dec, self.capitals === 1, engineering);
  };
}

function apply(self: PyDecimalContext, x: Value): Result {
  const dec = requireOperand(x);
  return dec === EXC ? EXC : perform(self, (c, a) => fix(a, c), dec);
}

export const contextType: PyType = newType("Context", {
  module: "decimal",
  doc:
    "The context affects almost all operations and controls rounding,\nOver/Underflow, raising of exceptions and much " +
    "more.",
  textSignature: "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)",
  flags: BASETYPE,
  slots: { tp_alloc: contextAlloc, tp_init: contextInit, tp_repr: show },
  methods: () => ({
    ...Object.fromEntries(Object.entries(SHARED).map(([name, operation]) => [name, operationMethod(operation)])),
    ...Object.fromEntries(Object.entries(CONTEXT_ONLY).map(([name, operation]) => [name, operationMethod(operation)])),
    ...Object.fromEntries(Object.keys(PLAIN).map((name) => [name, plainMethod(name)])),
    canonical: method("($self, x, /)", (_self: PyDecimalContext, x: Value) =>
      x instanceof PyDecimal ? x : typeError("argument must be a Decimal"),
    ),
    is_canonical: method("($self, x, /)", (_self: PyDecimalContext, x: Value) =>
      x instanceof PyDecimal ? true : typeError("argument must be a Decimal"),
    ),
    divmod: method("($self, x, y, /)", divmod, "Return quotient and remainder of the division x / y."),
    power: method("($self, /, a, b, modulo=None)", powerMethod, "Compute a**b; with modulo, (a**b) % modulo."),
    Etiny: method("($self, /)", (self: PyDecimalContext) => self.c.etiny, "The minimum exponent of subnormal results."),
    Etop: method("($self, /)", (self: PyDecimalContext) => self.c.etop, "Emax - prec + 1."),
    radix: method("($self, /)", () => newDecimal(RADIX), "Return 10."),
    copy: method("($self, /)", copyContext, "Return a duplicate of the context with all flags cleared."),
    copy_decimal: method("($self, x, /)", (_self: PyDecimalContext, x: Value) => {
      const dec = requireOperand(x);
      return dec === EXC ? EXC : newDecimal(dec);
    }),
    clear_flags: method("($self, /)", (self: PyDecimalContext) => {
      self.flags = 0;
      return null;
    }),
    clear_traps: method("($self, /)", (self: PyDecimalContext) => {
      self.traps = 0;
      return null;
    }),
    create_decimal: method('($self, num="0", /)', createDecimal, "Create a Decimal, rounded to the context."),
    create_decimal_from_float: method("($self, f, /)", createDecimalFromFloat, "Create a Decimal from a float."),
    to_sci_string: method("($self, x, /)", texts(false), "Convert a number to a string using scientific notation."),
    to_eng_string: method("($self, x, /)", texts(true), "Convert a number to a string, using engineering notation."),
    _apply: method("($self, object, /)", apply),
    __copy__: method("($self, /)", copyContext),
    __reduce__: method("($self, /)", reduce),
  }),
  getset: () => Object.fromEntries(PARAMETERS.map((name) => [name, attribute(name)])),
});

// ── localcontext ───────────────────────────────────────────────────────────────────────────────────────────────

class PyContextManager extends PyObject {
  constructor(
    readonly local: PyDecimalContext,
    readonly global: PyDecimalContext,
  ) {
    super(contextManagerType.shapes);
  }
}

export const contextManagerType: PyType = newType("ContextManager", {
  module: "decimal",
  flags: DISALLOW_INSTANTIATION,
  methods: () => ({
    __enter__: method("($self, /)", (self: PyContextManager) => {
      setContext(self.local);
      return self.local;
    }),
    __exit__: rawMethod((self: PyContextManager) => {
      setContext(self.global);
      return false;
    }),
  }),
});

/** `localcontext(base, **settings)`. */
export function localContext(base: PyDecimalContext, global: PyDecimalContext, settings: PyDict | undefined): Result {
  const local = copyContext(base);
  for (const name of settings?.strKeys() ?? []) {
    if (!PARAMETERS.includes(name)) {
      return typeError(`this function got an unexpected keyword argument '${name}'`);
    }
  }
  const values = PARAMETERS.map((name) => settings?.getStr(name));
  return configure(local, values) === EXC ? EXC : new PyContextManager(local, global);
}
