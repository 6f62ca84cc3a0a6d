/** The module `_decimal`: decimal arithmetic (General Decimal Arithmetic Specification, PEP 327). */
import { EXC, type Result, type Status, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import type { PyDict } from "../../objects/dict.ts";
import { attempt, typeError, valueError } from "../../objects/errors.ts";
import { canonical } from "../../objects/numeric/int-math.ts";
import { intValue } from "../../objects/values.ts";
import { MAX_EMAX, MAX_PREC, MIN_EMIN, MIN_ETINY, ROUND_HALF_EVEN, ROUNDINGS } from "./context-data.ts";
import { contextType, copyContext, localContext } from "./context-type.ts";
import { contextArgument, isContext } from "./convert.ts";
import { decimalType } from "./decimal-type.ts";
import { getContext, makeState, PyDecimalContext, setContext, state } from "./objects.ts";
import { signalDictMixin } from "./signal-dict.ts";

function setcontext(context: Value): Result {
  if (!isContext(context)) return typeError("argument must be a context");
  const { templates } = state();
  // The templates are never used themselves: a copy is.
  if (Object.values(templates).includes(context)) {
    const copy = copyContext(context);
    copy.flags = 0;
    setContext(copy);
  } else setContext(context);
  return null;
}

function localcontext(ctx: Value | undefined, settings: PyDict | undefined): Result {
  const base = contextArgument(ctx);
  return base === EXC ? EXC : localContext(base, getContext(), settings);
}

const MAX_BITS = 512;

function ieeeContext(bits: Value): Result {
  const n = intValue(bits);
  if (n === undefined) return typeError("an integer is required");
  if (typeof n === "bigint" || n <= 0 || n > MAX_BITS || n % 32 !== 0) {
    return valueError(`argument must be a multiple of 32, with a maximum of ${MAX_BITS}`);
  }
  const context = new PyDecimalContext(contextType);
  context.setPrec((9 * n) / 32 - 2);
  context.setEmax(3 * 2 ** (n / 16 + 3));
  context.setEmin(1 - Number(context.emax));
  context.c.round = ROUND_HALF_EVEN;
  context.c.clamp = 1;
  context.traps = 0;
  return context;
}

export const decimalModule = newModule("_decimal", {
  doc: "C decimal arithmetic module",
  functions: () => ({
    getcontext: fn("($module, /)", getContext, "Get the current default context."),
    setcontext: fn("($module, context, /)", setcontext, "Set a new default context."),
    localcontext: fn(
      "($module, /, ctx=None, **kwargs)",
      localcontext,
      "Return a context manager that sets the default context to a copy of ctx on entry and restores it on exit.",
    ),
    IEEEContext: fn("($module, bits, /)", ieeeContext, "A context for one of the IEEE interchange formats."),
  }),
  attributes: () => ({
    Decimal: decimalType,
    Context: contextType,
    HAVE_THREADS: true,
    HAVE_CONTEXTVAR: true,
    IEEE_CONTEXT_MAX_BITS: MAX_BITS,
    MAX_PREC: canonical(MAX_PREC),
    MAX_EMAX: canonical(MAX_EMAX),
    MIN_EMIN: canonical(MIN_EMIN),
    MIN_ETINY: canonical(MIN_ETINY),
    __version__: "1.70",
    __libmpdec_version__: "2.5.1",
    ...Object.fromEntries(ROUNDINGS.map((name) => [name, name])),
  }),
  exec: (module): Status => {
    const made = attempt(() => makeState({ decimal: decimalType, context: contextType, signalDictMixin }));
    if (made === EXC) return EXC;
    const { dict } = module;
    for (const [name, type] of made.exceptions) {
      if (!["ArithmeticError", "TypeError", "ZeroDivisionError"].includes(name)) dict.setStr(name, type);
    }
    for (const [name, context] of Object.entries(made.templates)) dict.setStr(name, context);
    dict.setStr("DecimalTuple", made.decimalTuple);
    return null;
  },
});
