/** The type `complex`. */
import {
  BASETYPE,
  PLAIN_ARITHMETIC,
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  type KwNames,
  NE,
  type PyType,
  type Result,
  type Value,
} from "../core.ts";
import { PyComplex, newComplex } from "../complex.ts";
import { fromSpecial } from "./convert.ts";
import { classMethod, defineType, member, method, parseArgs, signature } from "../define.ts";
import { attempt, typeError, valueError } from "../errors.ts";
import { PyFloat, newFloat } from "../float.ts";
import {
  type Complex,
  absComplex,
  complexRepr,
  divComplex,
  divComplexByReal,
  divRealByComplex,
  mulComplex,
  parseComplexText,
  powComplex,
} from "../numeric/complex-math.ts";
import { formatComplexSpec } from "../numeric/format-spec.ts";
import { intToFloat } from "../numeric/int-math.ts";
import { hashComplex, hashFloat } from "../numeric/numeric-hash.ts";
import { raiseNumeric } from "../numeric/raise.ts";
import { call } from "../protocol/call.ts";
import { asDouble } from "../protocol/convert.ts";
import { str } from "../protocol/object.ts";
import { issueDeprecation } from "../protocol/warn.ts";
import { rt } from "../runtime.ts";
import { NotImplemented } from "../singletons.ts";
import { strFromJs, strToJs } from "../str/astral.ts";
import { newTuple } from "../tuple.ts";
import { complexType, typeOf } from "../types.ts";
import { intValue, strValue } from "../values.ts";
import { withAttributes } from "../with-attributes.ts";

export class PyComplexSub extends withAttributes(PyComplex) {}

const NEW = signature("(real=0, imag=0)");

function complexNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "complex", args, kwnames);
  if (bound === EXC) return EXC;
  const [real, imag] = bound as (Value | undefined)[];
  const positionalOnly = kwnames === null || kwnames.length === 0;
  if (imag === undefined && real !== undefined && positionalOnly) return fromOne(cls, real);
  return fromParts(cls, real, imag);
}

function make(cls: PyType, re: number, im: number): PyComplex {
  return cls === complexType ? newComplex(re, im) : new PyComplexSub(cls, re, im);
}

/** `complex(x)`: a string, a complex, or a real number. */
function fromOne(cls: PyType, x: Value): Result {
  if (cls === complexType && typeOf(x) === complexType) return x;
  const text = strValue(x);
  if (text !== undefined) {
    const parsed = parseComplexText(strToJs(text));
    return parsed === null ? valueError("complex() arg is a malformed string") : make(cls, parsed[0], parsed[1]);
  }
  const special = fromSpecial(x);
  if (special === EXC) return EXC;
  if (special !== undefined) return make(cls, special.re, special.im);
  if (x instanceof PyComplex) return make(cls, x.re, x.im);
  if (!isReal(x)) return typeError(`complex() argument must be a string or a number, not ${typeOf(x).name}`);
  const re = asDouble(x);
  return re === EXC ? EXC : make(cls, re, 0);
}

function isReal(x: Value): boolean {
  const { nb_float, nb_index } = typeOf(x);
  return nb_float !== null || nb_index !== null;
}

/** `complex(real, imag)`: real numbers; complex ones are deprecated here. */
function fromParts(cls: PyType, real: Value | undefined, imag: Value | undefined): Result {
  const first = real === undefined ? undefined : part(real, "real");
  if (first === EXC) return EXC;
  const second = imag === undefined ? undefined : part(imag, "imag");
  if (second === EXC) return EXC;
  let re = 0;
  let im = 0;
  if (first !== undefined) re = first instanceof PyComplex ? first.re : first;
  if (second !== undefined) im = second instanceof PyComplex ? second.re : second;
  if (second instanceof PyComplex) re -= second.im;
  if (first instanceof PyComplex) im += first.im;
  return make(cls, re, im);
}

function part(x: Value, name: string): number | PyComplex | Exc {
  const special = name === "real" ? fromSpecial(x) : undefined;
  if (special === EXC) return EXC;
  const value = special ?? x;
  if (value instanceof PyComplex) {
    const status = issueDeprecation(`complex() argument '${name}' must be a real number, not ${typeOf(x).name}`);
    return status === EXC ? EXC : value;
  }
  if (!isReal(value)) return typeError(`complex() argument '${name}' must be a real number, not ${typeOf(x).name}`);
  return asDouble(value);
}

// ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────

/** A complex operand, or a real one as a number; undefined for others. */
function operand(v: Value): PyComplex | number | undefined | Exc {
  if (v instanceof PyComplex) return v;
  if (v instanceof PyFloat) return v.value;
  const int = intValue(v);
  return int === undefined ? undefined : attempt(() => intToFloat(int));
}

const pair = (z: PyComplex | number): Complex => (typeof z === "number" ? [z, 0] : [z.re, z.im]);

interface Arithmetic {
  both: (a: Complex, b: Complex) => Complex;
  withReal: (a: Complex, x: number) => Complex;
  realWith: (x: number, b: Complex) => Complex;
}

function arithmetic({ both, withReal, realWith }: Arithmetic): (a: Value, b: Value) => Result {
  return (a, b) => {
    const x = operand(a);
    const y = operand(b);
    if (x === undefined || y === undefined) return NotImplemented;
    if (x === EXC || y === EXC) return EXC;
    try {
      let result: Complex;
      if (typeof y === "number") result = withReal(pair(x), y);
      else result = typeof x === "number" ? realWith(x, pair(y)) : both(pair(x), pair(y));
      return newComplex(result[0], result[1]);
    } catch (error) {
      return raiseNumeric(error);
    }
  };
}

const add = arithmetic({
  both: ([a, b], [c, d]) => [a + c, b + d],
  withReal: ([a, b], x) => [a + x, b],
  realWith: (x, [c, d]) => [x + c, d],
});
const subtract = arithmetic({
  both: ([a, b], [c, d]) => [a - c, b - d],
  withReal: ([a, b], x) => [a - x, b],
  realWith: (x, [c, d]) => [x - c, -d],
});
const multiply = arithmetic({
  both: mulComplex,
  withReal: ([a, b], x) => [a * x, b * x],
  realWith: (x, [c, d]) => [x * c, x * d],
});
const divide = arithmetic({ both: divComplex, withReal: divComplexByReal, realWith: divRealByComplex });

function power(a: Value, b: Value, modulus: Value): Result {
  const x = operand(a);
  const y = operand(b);
  if (x === undefined || y === undefined) return NotImplemented;
  if (x === EXC || y === EXC) return EXC;
  if (modulus !== null) return valueError("complex modulo");
  try {
    const [re, im] = powComplex(pair(x), pair(y));
    return newComplex(re, im);
  } catch (error) {
    return raiseNumeric(error);
  }
}

function richCompare(a: PyComplex, b: Value, op: CompareOp): Result {
  if (op !== EQ && op !== NE) return NotImplemented;
  let equal: boolean;
  if (b instanceof PyComplex) equal = a.re === b.re && a.im === b.im;
  else {
    const real = b instanceof PyFloat ? b.value : intValue(b);
    if (real === undefined) return NotImplemented;
    // biome-ignore lint/suspicious/noDoubleEquals: compares with a BigInt by value
    equal = a.im === 0 && a.re == real;
  }
  return equal === (op === EQ);
}

// ── methods ────────────────────────────────────────────────────────────────────────────────────────────────────

function format(self: PyComplex, spec: Value): Result {
  const text = strValue(spec);
  if (text === undefined) return typeError(`__format__() argument must be str, not ${typeOf(spec).name}`);
  if (text === "") return str(self);
  const formatted = attempt(() => formatComplexSpec(self.re, self.im, strToJs(text)));
  return formatted === EXC ? EXC : strFromJs(formatted);
}

function fromNumber(cls: PyType, number: Value): Result {
  if (cls === complexType && typeOf(number) === complexType) return number;
  const special = fromSpecial(number);
  if (special === EXC) return EXC;
  const z = special ?? number;
  if (z instanceof PyComplex) return ofClass(cls, z.re, z.im);
  const re = asDouble(z);
  return re === EXC ? EXC : ofClass(cls, re, 0);
}

function ofClass(cls: PyType, re: number, im: number): Result {
  return cls === complexType ? newComplex(re, im) : call(cls, [newComplex(re, im)]);
}

const plain = (self: PyComplex): PyComplex => (typeOf(self) === complexType ? self : newComplex(self.re, self.im));

defineType(complexType, {
  doc:
    "Create a complex number from a string or numbers.\n\n" +
    "If a string is given, parse it as a complex number.\nIf a single number is given, convert it to a complex number.\n" +
    "If the 'real' or 'imag' arguments are given, create a complex number\nwith the specified real and imaginary components.",
  textSignature: "(real=0, imag=0)",
  flags: BASETYPE | PLAIN_ARITHMETIC,
  slots: {
    tp_alloc: (cls) => make(cls, 0, 0),
    tp_new: complexNew,
    tp_repr: (self: PyComplex) => complexRepr(self.re, self.im),
    tp_hash: (self: PyComplex) => {
      const ownHash = () => rt.idOf(self) / 16;
      return hashComplex(hashFloat(self.re, ownHash), hashFloat(self.im, ownHash));
    },
    tp_richcompare: richCompare,
    nb_add: add,
    nb_subtract: subtract,
    nb_multiply: multiply,
    nb_true_divide: divide,
    nb_power: power,
    nb_negative: (self: PyComplex) => newComplex(-self.re, -self.im),
    nb_positive: plain,
    nb_absolute: (self: PyComplex) => {
      const magnitude = attempt(() => absComplex([self.re, self.im]));
      return magnitude === EXC ? EXC : newFloat(magnitude);
    },
    nb_bool: (self: PyComplex) => self.re !== 0 || self.im !== 0,
  },
  methods: () => ({
    conjugate: method(
      "($self, /)",
      (self: PyComplex) => newComplex(self.re, -self.im),
      "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.",
    ),
    __complex__: method("($self, /)", plain, "Convert this value to exact type complex."),
    from_number: classMethod("($type, number, /)", fromNumber, "Convert number to a complex floating-point number."),
    __getnewargs__: method("($self, /)", (self: PyComplex) => newTuple([newFloat(self.re), newFloat(self.im)])),
    __format__: method("($self, format_spec, /)", format, "Convert to a string according to format_spec."),
  }),
  members: () => ({
    real: member((self: PyComplex) => newFloat(self.re), "the real part of a complex number"),
    imag: member((self: PyComplex) => newFloat(self.im), "the imaginary part of a complex number"),
  }),
});
