/** The type `Decimal`. */
import {
  BASETYPE,
  PLAIN_ARITHMETIC,
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  GE,
  GT,
  type Int,
  type KwNames,
  LE,
  LT,
  NE,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { PyComplex, newComplex } from "../../objects/complex.ts";
import { classMethod, getset, method, newType, parseArgs, signature } from "../../objects/define.ts";
import { attempt, overflowError, typeError, valueError } from "../../objects/errors.ts";
import { PyFloat, newFloat } from "../../objects/float.ts";
import { PyDict } from "../../objects/dict.ts";
import { C_LOCALE, type NumberLocale } from "../../objects/numeric/format-spec.ts";
import { issueDeprecation } from "../../objects/protocol/warn.ts";
import type { NativeDef } from "../../objects/native.ts";
import { gcdBig } from "../../objects/numeric/int-gcd.ts";
import { canonical } from "../../objects/numeric/int-math.ts";
import { hashDecimal, hashInt } from "../../objects/numeric/numeric-hash.ts";
import { raiseNumeric } from "../../objects/numeric/raise.ts";
import { call } from "../../objects/protocol/call.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { getAttr, isInstance } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { strFromJs, strToJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { compareNumbers } from "./compare.ts";
import {
  FLOAT_OPERATION,
  INVALID_OPERATION,
  maxContext,
  ROUND_CEILING,
  ROUND_DOWN,
  ROUND_FLOOR,
  ROUND_HALF_EVEN,
  ROUNDINGS,
} from "./context-data.ts";
import { contextArgument, convertExact, fromFloat, operand, requireOperand } from "./convert.ts";
import { Dec, finite, INFINITE, pow10, SNAN } from "./dec.ts";
import { formatDecimal } from "./format.ts";
import { newDecimal, setDecimalType } from "./new-decimal.ts";
import { type PyDecimalContext, PyDecimal, getContext, state } from "./objects.ts";
import { arithmetic, perform, performDivmod, PLAIN, power, RADIX, type Run, SHARED } from "./operations.ts";
import { powerModulo } from "./power.ts";
import { rescale } from "./rounding.ts";
import { addStatus } from "./signals.ts";
import { toText } from "./text.ts";

export class PyDecimalSub extends withAttributes(PyDecimal) {}

const NEW = signature('(value="0", context=None)');

function decimalNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "function", args, kwnames);
  if (bound === EXC) return EXC;
  const [value, contextGiven] = bound as (Value | undefined)[];
  const context = contextArgument(contextGiven);
  if (context === EXC) return EXC;
  if (value === undefined) return make(cls, finite(0, 0n, 0));
  if (cls === decimalType && typeOf(value) === decimalType) return value;
  const dec = convertExact(value, context);
  return dec === EXC ? EXC : make(cls, dec);
}

function make(cls: PyType, dec: Dec): PyDecimal {
  return cls === decimalType ? newDecimal(dec) : new PyDecimalSub(cls, dec);
}

// ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────

function binary(run: Run): (a: Value, b: Value) => Result {
  return (a, b) => {
    const x = operand(a);
    const y = operand(b);
    if (x === undefined || y === undefined) return NotImplemented;
    return perform(getContext(), run, x, y);
  };
}
function unary(run: Run): (a: PyDecimal) => Result {
  return (a) => perform(getContext(), run, a.dec);
}

function divmod(a: Value, b: Value): Result {
  const x = operand(a);
  const y = operand(b);
  if (x === undefined || y === undefined) return NotImplemented;
  return performDivmod(getContext(), x, y);
}

function nbPower(a: Value, b: Value, modulus: Value): Result {
  const x = operand(a);
  const y = operand(b);
  if (x === undefined || y === undefined) return NotImplemented;
  if (modulus === null) return perform(getContext(), (c, p, q) => power(p, q, c), x, y);
  const m = operand(modulus);
  if (m === undefined) return NotImplemented;
  return perform(getContext(), (c, p, q, r) => powerModulo(p, q, r, c), x, y, m);
}

// ── comparison ─────────────────────────────────────────────────────────────────────────────────────────────────

type Pair = readonly [Dec, Dec];

/** Both sides as decimals that compare as the operands do; undefined where the types do not compare. */
function comparable(a: Dec, b: Value, op: CompareOp, context: PyDecimalContext): Pair | undefined | Exc {
  const direct = operand(b);
  if (direct !== undefined) return [a, direct];
  if (b instanceof PyComplex && (op === EQ || op === NE)) {
    return b.im === 0 ? compareFloat(a, b.re, op, context) : undefined;
  }
  if (b instanceof PyFloat) return compareFloat(a, b.value, op, context);
  const rational = isInstance(b, state().rational);
  if (rational === EXC) return EXC;
  return rational ? compareRational(a, b) : undefined;
}

function compareFloat(a: Dec, x: number, op: CompareOp, context: PyDecimalContext): Pair | Exc {
  if (op === EQ || op === NE) context.flags |= FLOAT_OPERATION;
  else if (addStatus(context, FLOAT_OPERATION) === EXC) return EXC;
  return [a, fromFloat(x)];
}

/** a against n/d: a·d against n. */
function compareRational(a: Dec, b: Value): Pair | Exc {
  const numerator = getAttr(b, "numerator");
  if (numerator === EXC) return EXC;
  const denominator = getAttr(b, "denominator");
  if (denominator === EXC) return EXC;
  const n = operand(numerator);
  const d = operand(denominator);
  if (n === undefined || d === undefined) return typeError("numerator and denominator must be integers");
  return [a.isSpecial ? a : finite(a.sign, a.coef * d.coef, a.exp), n];
}

function richCompare(self: PyDecimal, other: Value, op: CompareOp): Result {
  const context = getContext();
  const pair = comparable(self.dec, other, op, context);
  if (pair === undefined) return NotImplemented;
  if (pair === EXC) return EXC;
  const [a, b] = pair;
  if (a.isNaN || b.isNaN) {
    const signals = a.kind === SNAN || b.kind === SNAN || (op !== EQ && op !== NE);
    if (signals && addStatus(context, INVALID_OPERATION) === EXC) return EXC;
    return op === NE;
  }
  const order = compareNumbers(a, b);
  switch (op) {
    case LT:
      return order < 0;
    case LE:
      return order <= 0;
    case GT:
      return order > 0;
    case GE:
      return order >= 0;
    default:
      return (order === 0) === (op === EQ);
  }
}

function hash(self: PyDecimal): Int | Exc {
  const { dec } = self;
  if (dec.kind === SNAN) return typeError("Cannot hash a signaling NaN value");
  if (dec.isNaN) return rt.idOf(self) / 16;
  if (dec.kind === INFINITE) return dec.sign === 1 ? -314159 : 314159;
  const signed = dec.sign === 1 ? -dec.coef : dec.coef;
  return dec.exp === 0 ? hashInt(canonical(signed)) : hashDecimal(signed, BigInt(dec.exp));
}

// ── conversions ────────────────────────────────────────────────────────────────────────────────────────────────

function checkFinite(a: Dec, target: string): null | Exc {
  if (a.isNaN) return valueError(`cannot convert NaN to ${target}`);
  return a.kind === INFINITE ? overflowError(`cannot convert Infinity to ${target}`) : null;
}

function toInt(a: Dec, round: number): Int | Exc {
  if (checkFinite(a, "integer") === EXC) return EXC;
  return attempt(() => {
    const whole = rescale(a, 0, maxContext(), round);
    return canonical(whole.sign === 1 ? -whole.coef : whole.coef);
  });
}

function toFloat(a: Dec): number | Exc {
  if (a.kind === SNAN) return valueError("cannot convert signaling NaN to float");
  if (a.isNaN) return Number.NaN;
  return Number(toText(a, true));
}

function round(self: PyDecimal, ndigits: Value | undefined): Result {
  if (ndigits === undefined) return toInt(self.dec, ROUND_HALF_EVEN);
  if (intValue(ndigits) === undefined) return typeError("optional arg must be an integer");
  const places = asSize(ndigits);
  if (places === EXC) return EXC;
  return perform(getContext(), (c, a) => arithmetic.quantize(a, finite(0, 1n, -places), c), self.dec);
}

function asTuple(self: PyDecimal): Result {
  const { sign, kind, coef, exp, isNaN } = self.dec;
  const text = coef.toString();
  const digits = isNaN && coef === 0n ? [] : Array.from(text, Number);
  const exponent = kind === INFINITE ? "F" : isNaN ? (kind === SNAN ? "N" : "n") : exp;
  return call(state().decimalTuple, [sign, newTuple(digits), exponent]);
}

function asIntegerRatio(self: PyDecimal): Result {
  const a = self.dec;
  if (checkFinite(a, "integer ratio") === EXC) return EXC;
  try {
    const n = a.exp > 0 ? a.coef * pow10(a.exp) : a.coef;
    const d = a.exp < 0 ? pow10(-a.exp) : 1n;
    const divisor = gcdBig(n, d);
    const numerator = n / divisor;
    return newTuple([canonical(a.sign === 1 ? -numerator : numerator), canonical(d / divisor)]);
  } catch (error) {
    return raiseNumeric(error);
  }
}

function text(self: PyDecimal): string {
  return toText(self.dec, getContext().capitals === 1);
}

/** What stands instead of the locale: for tests. */
function localeOf(override: Value | undefined): NumberLocale | Exc {
  if (override === undefined || override === null) return C_LOCALE;
  if (!(override instanceof PyDict)) return typeError("optional argument must be a dict");
  const part = (name: string): string => strToJs(strValue(override.getStr(name) ?? "") ?? "");
  const decimalPoint = part("decimal_point") || ".";
  const thousandsSeparator = part("thousands_sep");
  const sizes = Array.from(part("grouping"), (c) => c.charCodeAt(0));
  const isOneCharacter = (s: string): boolean => Array.from(s).length <= 1;
  if (!isOneCharacter(decimalPoint) || !isOneCharacter(thousandsSeparator) || sizes.some((n) => n > 127)) {
    return valueError("invalid override dict");
  }
  const stop = sizes.findIndex((n) => n === 0 || n === 127);
  return { decimalPoint, thousandsSeparator, grouping: stop < 0 ? sizes : groupSizes(sizes, stop) };
}

/** C's notation: 0 repeats the last size, 127 ends the grouping. */
function groupSizes(sizes: number[], stop: number): number[] {
  const used = sizes.slice(0, stop);
  return sizes[stop] === 127 ? [...used, Infinity] : used;
}

function format(self: PyDecimal, spec: Value, override?: Value): Result {
  const given = strValue(spec);
  if (given === undefined) return typeError("format arg must be str");
  const locale = localeOf(override);
  if (locale === EXC) return EXC;
  const context = getContext();
  if (given === "") return text(self);
  const plain = strToJs(given);
  if (plain.endsWith("N") && issueDeprecation("Format specifier 'N' is deprecated") === EXC) return EXC;
  const formatted = attempt(() => formatDecimal(self.dec, plain, context.c, context.capitals === 1, locale));
  return formatted === EXC ? EXC : strFromJs(formatted);
}

// ── methods ────────────────────────────────────────────────────────────────────────────────────────────────────

/** A method of `SHARED`: operands, then the context. */
function sharedMethod(name: string): NativeDef {
  const { operands, run, doc } = SHARED[name];
  const context = "context=None";
  if (operands === 1) {
    return method(`($self, /, ${context})`, (self: PyDecimal, given?: Value) => inContext(given, run, [self]), doc);
  }
  if (operands === 2) {
    const impl = (self: PyDecimal, other: Value, given?: Value) => inContext(given, run, [self, other]);
    return method(`($self, /, other, ${context})`, impl, doc);
  }
  const impl = (self: PyDecimal, other: Value, third: Value, given?: Value) =>
    inContext(given, run, [self, other, third]);
  return method(`($self, /, other, third, ${context})`, impl, doc);
}

function inContext(given: Value | undefined, run: Run, values: Value[]): Result {
  const context = contextArgument(given);
  if (context === EXC) return EXC;
  const decs: Dec[] = [];
  for (const value of values) {
    const dec = requireOperand(value);
    if (dec === EXC) return EXC;
    decs.push(dec);
  }
  return perform(context, run, decs[0], decs[1], decs[2]);
}

function plainMethod(name: string): NativeDef {
  const { run, doc } = PLAIN[name];
  return method(
    "($self, /)",
    (self: PyDecimal) => {
      const outcome = run(self.dec);
      return outcome instanceof Dec ? newDecimal(outcome) : outcome;
    },
    doc,
  );
}

export const ROUNDING_MESSAGE =
  "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n" +
  "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]";

/** The number of a rounding mode given by name. */
export function roundingOf(value: Value): number | Exc {
  const name = strValue(value);
  const mode = typeof name === "string" ? ROUNDINGS.indexOf(name) : -1;
  return mode < 0 ? typeError(ROUNDING_MESSAGE) : mode;
}

function roundingArgument(value: Value | undefined, context: PyDecimalContext): number | Exc {
  return value === undefined || value === null ? context.c.round : roundingOf(value);
}

function quantize(self: PyDecimal, exp: Value, rounding?: Value, given?: Value): Result {
  const context = contextArgument(given);
  if (context === EXC) return EXC;
  const mode = roundingArgument(rounding, context);
  if (mode === EXC) return EXC;
  const target = requireOperand(exp);
  if (target === EXC) return EXC;
  return perform(context, (c, a, b) => arithmetic.quantize(a, b, c, mode), self.dec, target);
}

function toIntegral(exact: boolean) {
  return (self: PyDecimal, rounding?: Value, given?: Value): Result => {
    const context = contextArgument(given);
    if (context === EXC) return EXC;
    const mode = roundingArgument(rounding, context);
    if (mode === EXC) return EXC;
    return perform(context, (c, a) => arithmetic.toIntegral(a, c, mode, exact), self.dec);
  };
}

function ofClass(cls: PyType, dec: Dec): Result {
  return cls === decimalType ? newDecimal(dec) : call(cls, [newDecimal(dec)]);
}

function fromFloatMethod(cls: PyType, f: Value): Result {
  const int = intValue(f);
  if (int !== undefined) return ofClass(cls, operand(int) as Dec);
  if (!(f instanceof PyFloat)) return typeError("argument must be int or float");
  return ofClass(cls, fromFloat(f.value));
}

function fromNumber(cls: PyType, number: Value): Result {
  if (number instanceof PyFloat) return ofClass(cls, fromFloat(number.value));
  const dec = requireOperand(number);
  return dec === EXC ? EXC : ofClass(cls, dec);
}

function toEngString(self: PyDecimal, given?: Value): Result {
  const context = contextArgument(given);
  return context === EXC ? EXC : toText(self.dec, context.capitals === 1, true);
}

const itself = (self: PyDecimal): PyDecimal => self;

export const decimalType: PyType = newType("Decimal", {
  module: "decimal",
  doc:
    "Construct a new Decimal object. 'value' can be an integer, string, tuple,\nor another Decimal object. If no " +
    "value is given, return Decimal('0'). The\ncontext does not affect the conversion and is only passed to determine " +
    "if\nthe InvalidOperation trap is active.",
  textSignature: '(value="0", context=None)',
  flags: BASETYPE | PLAIN_ARITHMETIC,
  slots: {
    tp_alloc: (cls) => make(cls, finite(0, 0n, 0)),
    tp_new: decimalNew,
    tp_repr: (self: PyDecimal) => `Decimal('${text(self)}')`,
    tp_str: text,
    tp_hash: hash,
    tp_richcompare: richCompare,
    nb_add: binary((c, a, b) => arithmetic.add(a, b, c)),
    nb_subtract: binary((c, a, b) => arithmetic.subtract(a, b, c)),
    nb_multiply: binary((c, a, b) => arithmetic.multiply(a, b, c)),
    nb_true_divide: binary((c, a, b) => arithmetic.divide(a, b, c)),
    nb_floor_divide: binary((c, a, b) => arithmetic.divideInt(a, b, c)),
    nb_remainder: binary((c, a, b) => arithmetic.remainder(a, b, c)),
    nb_divmod: divmod,
    nb_power: nbPower,
    nb_negative: unary((c, a) => arithmetic.minus(a, c)),
    nb_positive: unary((c, a) => arithmetic.plus(a, c)),
    nb_absolute: unary((c, a) => arithmetic.abs(a, c)),
    nb_bool: (self: PyDecimal) => !self.dec.isZero,
    nb_int: (self: PyDecimal) => toInt(self.dec, ROUND_DOWN),
    nb_float: (self: PyDecimal) => {
      const x = toFloat(self.dec);
      return x === EXC ? EXC : newFloat(x);
    },
  },
  methods: () => ({
    ...Object.fromEntries(Object.keys(SHARED).map((name) => [name, sharedMethod(name)])),
    ...Object.fromEntries(Object.keys(PLAIN).map((name) => [name, plainMethod(name)])),
    adjusted: method(
      "($self, /)",
      (self: PyDecimal) => (self.dec.isSpecial ? 0 : self.dec.adjusted),
      "Return the adjusted exponent of the number.",
    ),
    as_integer_ratio: method("($self, /)", asIntegerRatio, "Return a pair of integers whose ratio is the number."),
    as_tuple: method("($self, /)", asTuple, "Return a tuple representation of the number."),
    conjugate: method("($self, /)", itself, "Return self."),
    from_float: classMethod("($type, f, /)", fromFloatMethod, "Class method that converts a float exactly."),
    from_number: classMethod("($type, number, /)", fromNumber, "Class method that converts a real number exactly."),
    quantize: method(
      "($self, /, exp, rounding=None, context=None)",
      quantize,
      "Return self, rounded, with the exponent of the second operand.",
    ),
    radix: method("($self, /)", () => newDecimal(RADIX), "Return Decimal(10)."),
    to_eng_string: method("($self, /, context=None)", toEngString, "Convert to an engineering-type string."),
    to_integral: method("($self, /, rounding=None, context=None)", toIntegral(false), "As to_integral_value()."),
    to_integral_exact: method("($self, /, rounding=None, context=None)", toIntegral(true), "Round, signaling."),
    to_integral_value: method("($self, /, rounding=None, context=None)", toIntegral(false), "Round to an integer."),
    __ceil__: method("($self, /)", (self: PyDecimal) => toInt(self.dec, ROUND_CEILING)),
    __complex__: method("($self, /)", (self: PyDecimal) => {
      const x = toFloat(self.dec);
      return x === EXC ? EXC : newComplex(x, 0);
    }),
    __copy__: method("($self, /)", itself),
    __deepcopy__: method("($self, object, /)", itself),
    __floor__: method("($self, /)", (self: PyDecimal) => toInt(self.dec, ROUND_FLOOR)),
    __format__: method("($self, fmtarg, override=<unrepresentable>, /)", format),
    __reduce__: method("($self, /)", (self: PyDecimal) => newTuple([typeOf(self), newTuple([text(self)])])),
    __round__: method("($self, ndigits=<unrepresentable>, /)", round),
    __sizeof__: method("($self, /)", (self: PyDecimal) => 72 + 8 * Math.max(4, Math.ceil(self.dec.digits / 19))),
    __trunc__: method("($self, /)", (self: PyDecimal) => toInt(self.dec, ROUND_DOWN)),
  }),
  getset: () => ({
    real: getset(itself),
    imag: getset(() => newDecimal(finite(0, 0n, 0))),
  }),
});
setDecimalType(decimalType);
