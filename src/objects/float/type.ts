/** The type `float`. */
import {
  BASETYPE,
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
  MATCH_SELF,
  PLAIN_ARITHMETIC,
  type PyType,
  type Result,
  type Value,
} from "../core.ts";
import { classMethod, defineType, getset, method, parseArgs, signature } from "../define.ts";
import { attempt, typeError, valueError } from "../errors.ts";
import { PyFloat, newFloat } from "../float.ts";
import { floatFromObject } from "./from-object.ts";
import {
  floatDivmod,
  floatFloorDivide,
  floatMod,
  floatPow,
  powNeedsComplex,
  roundToInt,
  roundToPlaces,
} from "../numeric/float-math.ts";
import { floatFromHex, floatToHex } from "../numeric/float-hex.ts";
import { floatRepr } from "../numeric/float-repr.ts";
import { C_LOCALE, formatFloatSpec } from "../numeric/format-spec.ts";
import { asIntegerRatio, fromFloat } from "../numeric/int-float.ts";
import { intToFloat } from "../numeric/int-math.ts";
import { zeroDivision } from "../numeric/numeric-error.ts";
import { hashFloat } from "../numeric/numeric-hash.ts";
import { powComplex } from "../numeric/complex-math.ts";
import { raiseNumeric } from "../numeric/raise.ts";
import { newComplex } from "../complex.ts";
import { call } from "../protocol/call.ts";
import { asDouble, asIndex } from "../protocol/convert.ts";
import { str } from "../protocol/object.ts";
import { rt } from "../runtime.ts";
import { NotImplemented } from "../singletons.ts";
import { strFromJs, strToJs } from "../str/astral.ts";
import { newTuple } from "../tuple.ts";
import { floatType, typeOf } from "../types.ts";
import { intValue, strValue } from "../values.ts";
import { withAttributes } from "../with-attributes.ts";

export class PyFloatSub extends withAttributes(PyFloat) {}

const NEW = signature("(x=0, /)");

function floatNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (cls === floatType || cls.tp_init === floatType.tp_init) {
    if (kwnames !== null && kwnames.length > 0) return typeError("float() takes no keyword arguments");
  } else if (kwnames !== null) args = args.slice(0, args.length - kwnames.length);
  const bound = parseArgs(NEW, "float", args, null);
  if (bound === EXC) return EXC;
  const x = bound[0] === undefined ? 0 : floatFromObject(bound[0] as Value);
  if (x === EXC) return EXC;
  return cls === floatType ? newFloat(x) : new PyFloatSub(cls, x);
}

/** The operand as a double; undefined when it is neither float nor int (the operator is NotImplemented). */
function operand(v: Value): number | undefined | Exc {
  if (v instanceof PyFloat) return v.value;
  const int = intValue(v);
  if (typeof int === "number" || int === undefined) return int;
  try {
    return intToFloat(int);
  } catch (error) {
    return raiseNumeric(error);
  }
}

/** A binary operator whose result is a float. */
function arithmetic(compute: (a: number, b: number) => number): (a: Value, b: Value) => Result {
  return (a, b) => {
    const x = operand(a);
    const y = operand(b);
    if (x === undefined || y === undefined) return NotImplemented;
    if (x === EXC || y === EXC) return EXC;
    try {
      return newFloat(compute(x, y));
    } catch (error) {
      return raiseNumeric(error);
    }
  };
}

function divide(a: number, b: number): number {
  if (b === 0) zeroDivision();
  return a / b;
}

function divmod(a: Value, b: Value): Result {
  const x = operand(a);
  const y = operand(b);
  if (x === undefined || y === undefined) return NotImplemented;
  if (x === EXC || y === EXC) return EXC;
  const pair = attempt(() => floatDivmod(x, y));
  return pair === EXC ? EXC : newTuple([newFloat(pair[0]), newFloat(pair[1])]);
}

/** `a ** b` for doubles: a float, or a complex number where there is no real result. */
export function power(a: number, b: number): Result {
  try {
    if (powNeedsComplex(a, b)) {
      const [re, im] = powComplex([a, 0], [b, 0]);
      return newComplex(re, im);
    }
    return newFloat(floatPow(a, b));
  } catch (error) {
    return raiseNumeric(error);
  }
}

function nbPower(a: Value, b: Value, modulus: Value): Result {
  if (modulus !== null) return typeError("pow() 3rd argument not allowed unless all arguments are integers");
  const x = operand(a);
  const y = operand(b);
  if (x === undefined || y === undefined) return NotImplemented;
  if (x === EXC || y === EXC) return EXC;
  return power(x, y);
}

function richCompare(a: PyFloat, b: Value, op: CompareOp): Result {
  // JavaScript compares a number with a BigInt by value, exactly; NaN is unequal to all.
  const y = b instanceof PyFloat ? b.value : intValue(b);
  if (y === undefined) return NotImplemented;
  const x = a.value;
  switch (op) {
    case LT:
      return x < y;
    case LE:
      return x <= y;
    case GT:
      return x > y;
    case GE:
      return x >= y;
    default:
      // biome-ignore lint/suspicious/noDoubleEquals: by value, whatever the kind of number
      return (x == y) === (op === EQ);
  }
}

function round(self: PyFloat, ndigits: Value | undefined): Result {
  if (ndigits === undefined || ndigits === null) return attempt(() => roundToInt(self.value));
  const places = asIndex(ndigits);
  return places === EXC ? EXC : wrap(() => roundToPlaces(self.value, places));
}

function wrap(compute: () => number): Result {
  const x = attempt(compute);
  return x === EXC ? EXC : newFloat(x);
}

function pairOf(ratio: [Int, Int] | Exc): Result {
  return ratio === EXC ? EXC : newTuple([ratio[0], ratio[1]]);
}

function ofClass(cls: PyType, x: number): Result {
  return cls === floatType ? newFloat(x) : call(cls, [newFloat(x)]);
}

function fromHex(cls: PyType, text: Value): Result {
  const value = strValue(text);
  if (value === undefined) return typeError("bad argument type for built-in operation");
  const x = attempt(() => floatFromHex(strToJs(value)));
  return x === EXC ? EXC : ofClass(cls, x);
}

function fromNumber(cls: PyType, number: Value): Result {
  if (cls === floatType && typeOf(number) === floatType) return number;
  const x = asDouble(number);
  return x === EXC ? EXC : ofClass(cls, x);
}

function format(self: PyFloat, spec: Value): Result {
  const text = strValue(spec);
  if (text === undefined) return typeError(`__format__() argument must be str, not ${typeOf(spec).name}`);
  if (text === "") return str(self);
  const formatted = attempt(() => formatFloatSpec(self.value, strToJs(text), C_LOCALE, typeOf(self).name));
  return formatted === EXC ? EXC : strFromJs(formatted);
}

function getFormat(_cls: PyType, typestr: Value): Result {
  if (typeof typestr !== "string") {
    return typeError(`__getformat__() argument must be str, not ${typeOf(typestr).name}`);
  }
  if (typestr === "double" || typestr === "float") return "IEEE, little-endian";
  return valueError("__getformat__() argument 1 must be 'double' or 'float'");
}

export const plainFloat = (self: PyFloat): PyFloat => (typeOf(self) === floatType ? self : newFloat(self.value));

defineType(floatType, {
  doc: "Convert a string or number to a floating-point number, if possible.",
  textSignature: "(x=0, /)",
  flags: BASETYPE | MATCH_SELF | PLAIN_ARITHMETIC,
  slots: {
    tp_alloc: (cls) => (cls === floatType ? newFloat(0) : new PyFloatSub(cls, 0)),
    tp_new: floatNew,
    tp_repr: (self: PyFloat) => floatRepr(self.value),
    tp_hash: (self: PyFloat) => hashFloat(self.value, () => rt.idOf(self) / 16),
    tp_richcompare: richCompare,
    nb_add: arithmetic((a, b) => a + b),
    nb_subtract: arithmetic((a, b) => a - b),
    nb_multiply: arithmetic((a, b) => a * b),
    nb_true_divide: arithmetic(divide),
    nb_floor_divide: arithmetic(floatFloorDivide),
    nb_remainder: arithmetic(floatMod),
    nb_divmod: divmod,
    nb_power: nbPower,
    nb_negative: (self: PyFloat) => newFloat(-self.value),
    nb_positive: plainFloat,
    nb_absolute: (self: PyFloat) => newFloat(Math.abs(self.value)),
    nb_bool: (self: PyFloat) => self.value !== 0,
    nb_int: (self: PyFloat) => attempt(() => fromFloat(self.value)),
    nb_float: plainFloat,
  },
  methods: () => ({
    conjugate: method("($self, /)", plainFloat, "Return self, the complex conjugate of any float."),
    __trunc__: method("($self, /)", (self: PyFloat) => attempt(() => fromFloat(self.value)), "Round towards zero."),
    __floor__: method("($self, /)", (self: PyFloat) => attempt(() => fromFloat(Math.floor(self.value))), "Round down."),
    __ceil__: method("($self, /)", (self: PyFloat) => attempt(() => fromFloat(Math.ceil(self.value))), "Round up."),
    __round__: method("($self, ndigits=None, /)", round, "Round half to even; an int without ndigits."),
    as_integer_ratio: method(
      "($self, /)",
      (self: PyFloat) => pairOf(attempt(() => asIntegerRatio(self.value))),
      "Return the exact ratio of integers, in lowest terms and with a positive denominator.",
    ),
    fromhex: classMethod("($type, string, /)", fromHex, "Create a float from a hexadecimal string."),
    from_number: classMethod("($type, number, /)", fromNumber, "Convert real number to a floating-point number."),
    hex: method("($self, /)", (self: PyFloat) => floatToHex(self.value), "Return a hexadecimal representation."),
    is_integer: method(
      "($self, /)",
      (self: PyFloat) => self.value - self.value === 0 && Math.floor(self.value) === self.value,
      "Return True if the float is an integer.",
    ),
    __getnewargs__: method("($self, /)", (self: PyFloat) => newTuple([newFloat(self.value)])),
    __getformat__: classMethod("($type, typestr, /)", getFormat, "Tell how floats are stored."),
    __format__: method("($self, format_spec, /)", format, "Formats the float according to format_spec."),
  }),
  getset: () => ({
    real: getset(plainFloat, undefined, "the real part of a complex number"),
    imag: getset(() => newFloat(0), undefined, "the imaginary part of a complex number"),
  }),
});
