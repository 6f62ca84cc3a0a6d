/** The Python objects of the module: decimals and contexts; and what one interpreter keeps for them. */
import { type Int, PyObject, type PyType, type Value, typeType } from "../../objects/core.ts";
import { PyContextVar, currentContext } from "../../objects/context.ts";
import { dictFromEntries } from "../../objects/dict.ts";
import { ok } from "../../objects/errors.ts";
import { arithmeticErrorType, typeErrorType, zeroDivisionErrorType } from "../../objects/exceptions/types.ts";
import { importAttribute } from "../../objects/import-hook.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { rt } from "../../objects/runtime.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import {
  ANY_INVALID,
  CLAMPED,
  CONVERSION_SYNTAX,
  Ctx,
  DIVISION_BY_ZERO,
  DIVISION_IMPOSSIBLE,
  DIVISION_UNDEFINED,
  FLOAT_OPERATION,
  INEXACT,
  INVALID_CONTEXT,
  INVALID_OPERATION,
  OVERFLOW,
  ROUND_HALF_EVEN,
  ROUND_HALF_UP,
  ROUNDED,
  SUBNORMAL,
  UNDERFLOW,
} from "./context-data.ts";
import type { Dec } from "./dec.ts";

export class PyDecimal extends PyObject {
  constructor(
    cls: PyType,
    readonly dec: Dec,
  ) {
    super(cls.shapes);
  }
}

export class PyDecimalContext extends PyObject {
  /** The numbers that operations use; `prec`, `emin`, `emax` below are what Python sees, beyond 2**53 too. */
  readonly c = new Ctx(28, ROUND_HALF_EVEN, -999999, 999999, 0);
  prec: Int = 28;
  emin: Int = -999999;
  emax: Int = 999999;
  capitals = 1;
  flags = 0;
  traps = DEFAULT_TRAPS;
  /** The dict-like views of `flags` and `traps`, once asked for. */
  flagsView: PyObject | null = null;
  trapsView: PyObject | null = null;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
  setPrec(value: Int): void {
    this.prec = value;
    this.c.prec = Number(value);
  }
  setEmin(value: Int): void {
    this.emin = value;
    this.c.emin = Number(value);
  }
  setEmax(value: Int): void {
    this.emax = value;
    this.c.emax = Number(value);
  }
  /** Takes over another context's settings; flags and traps too. */
  assign(other: PyDecimalContext): void {
    this.setPrec(other.prec);
    this.setEmin(other.emin);
    this.setEmax(other.emax);
    this.c.round = other.c.round;
    this.c.clamp = other.c.clamp;
    this.capitals = other.capitals;
    this.flags = other.flags;
    this.traps = other.traps;
  }
}

export const DEFAULT_TRAPS = ANY_INVALID | DIVISION_BY_ZERO | OVERFLOW;

// ── signals ────────────────────────────────────────────────────────────────────────────────────────────────────

interface SignalDef {
  name: string;
  flag: number;
  bases: readonly string[];
}
/** Signals in the order in which contexts list them. */
export const SIGNALS: readonly SignalDef[] = [
  { name: "InvalidOperation", flag: ANY_INVALID, bases: ["DecimalException"] },
  { name: "FloatOperation", flag: FLOAT_OPERATION, bases: ["DecimalException", "TypeError"] },
  { name: "DivisionByZero", flag: DIVISION_BY_ZERO, bases: ["DecimalException", "ZeroDivisionError"] },
  { name: "Overflow", flag: OVERFLOW, bases: ["Inexact", "Rounded"] },
  { name: "Underflow", flag: UNDERFLOW, bases: ["Inexact", "Rounded", "Subnormal"] },
  { name: "Subnormal", flag: SUBNORMAL, bases: ["DecimalException"] },
  { name: "Inexact", flag: INEXACT, bases: ["DecimalException"] },
  { name: "Rounded", flag: ROUNDED, bases: ["DecimalException"] },
  { name: "Clamped", flag: CLAMPED, bases: ["DecimalException"] },
];
/** Conditions that signal InvalidOperation. */
const CONDITIONS: readonly SignalDef[] = [
  { name: "InvalidOperation", flag: INVALID_OPERATION, bases: ["DecimalException"] },
  { name: "ConversionSyntax", flag: CONVERSION_SYNTAX, bases: ["InvalidOperation"] },
  { name: "DivisionImpossible", flag: DIVISION_IMPOSSIBLE, bases: ["InvalidOperation"] },
  { name: "DivisionUndefined", flag: DIVISION_UNDEFINED, bases: ["InvalidOperation", "ZeroDivisionError"] },
  { name: "InvalidContext", flag: INVALID_CONTEXT, bases: ["InvalidOperation"] },
];

/** What one interpreter has of this module. */
export interface DecimalState {
  exceptions: Map<string, PyType>;
  contextVariable: PyContextVar;
  templates: { DefaultContext: PyDecimalContext; BasicContext: PyDecimalContext; ExtendedContext: PyDecimalContext };
  signalDictType: PyType;
  decimalTuple: Value;
  rational: Value;
}
const KEY = {};

export interface StaticTypes {
  decimal: PyType;
  context: PyType;
  signalDictMixin: PyType;
}

/** Made on the first import in an interpreter; throws PyThrow where Python code it needs fails. */
export function makeState(types: StaticTypes): DecimalState {
  return rt.state<DecimalState>(KEY, () => {
    const exceptions = makeExceptions();
    const mapping = ok(importAttribute("collections.abc", "MutableMapping"));
    const number = ok(importAttribute("numbers", "Number"));
    ok(callMethod(number, "register", [types.decimal]));
    const fields = newTuple(["sign", "digits", "exponent"]);
    const makeTuple = ok(importAttribute("collections", "namedtuple"));
    return {
      exceptions,
      contextVariable: new PyContextVar("decimal_context", undefined),
      templates: makeTemplates(types.context),
      signalDictType: ok(
        call(typeOf(mapping), ["SignalDict", newTuple([types.signalDictMixin, mapping]), dictFromEntries([], [])]),
      ) as PyType,
      decimalTuple: ok(call(makeTuple, ["DecimalTuple", fields, "decimal"], ["module"])),
      rational: ok(importAttribute("numbers", "Rational")),
    };
  });
}

export function state(): DecimalState {
  return rt.state<DecimalState>(KEY, () => {
    throw new Error("_decimal is used before it is imported");
  });
}

function makeExceptions(): Map<string, PyType> {
  const made = new Map<string, PyType>([
    ["ArithmeticError", arithmeticErrorType],
    ["TypeError", typeErrorType],
    ["ZeroDivisionError", zeroDivisionErrorType],
  ]);
  const make = (name: string, bases: readonly string[]): void => {
    const namespace = dictFromEntries(["__module__"], ["decimal"]);
    const baseTypes = newTuple(bases.map((base) => made.get(base) as PyType));
    made.set(name, ok(call(typeType, [name, baseTypes, namespace])) as PyType);
  };
  make("DecimalException", ["ArithmeticError"]);
  // Bases before what derives from them.
  const order = ["Clamped", "InvalidOperation", "DivisionByZero", "Inexact", "Rounded", "Subnormal", "FloatOperation"];
  const byName = new Map(SIGNALS.map((signal) => [signal.name, signal]));
  for (const name of [...order, "Overflow", "Underflow"]) make(name, (byName.get(name) as SignalDef).bases);
  for (const { name, bases } of CONDITIONS.slice(1)) make(name, bases);
  return made;
}

function makeTemplates(cls: PyType): DecimalState["templates"] {
  const make = (prec: number, round: number, traps: number): PyDecimalContext => {
    const context = new PyDecimalContext(cls);
    context.setPrec(prec);
    context.c.round = round;
    context.traps = traps;
    return context;
  };
  return {
    DefaultContext: make(28, ROUND_HALF_EVEN, DEFAULT_TRAPS),
    BasicContext: make(9, ROUND_HALF_UP, DEFAULT_TRAPS | UNDERFLOW | CLAMPED),
    ExtendedContext: make(9, ROUND_HALF_EVEN, 0),
  };
}

export function exceptionNamed(name: string): PyType {
  return state().exceptions.get(name) as PyType;
}

/** The exception types of all conditions in `flags`: what a raised signal carries. */
export function conditionTypes(flags: number): PyType[] {
  const all = [...CONDITIONS, ...SIGNALS.slice(1)];
  return all.filter(({ flag }) => (flags & flag) !== 0).map(({ name }) => exceptionNamed(name));
}

// ── the current context ────────────────────────────────────────────────────────────────────────────────────────

/** `decimal.getcontext()`: made from DefaultContext on first use in a thread or task. */
export function getContext(): PyDecimalContext {
  const { contextVariable, templates } = state();
  const found = currentContext().values.get(contextVariable);
  if (found instanceof PyDecimalContext) return found;
  const fresh = new PyDecimalContext(templates.DefaultContext.shape.cls);
  fresh.assign(templates.DefaultContext);
  fresh.flags = 0;
  setContext(fresh);
  return fresh;
}

export function setContext(context: PyDecimalContext): void {
  const current = currentContext();
  const values = new Map(current.values);
  values.set(state().contextVariable, context);
  current.values = values;
}
