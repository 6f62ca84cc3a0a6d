/** The type `int`. */
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
import { PyBytes, newBytes } from "../bytes.ts";
import { classMethod, defineType, getset, method, parseArgs, signature } from "../define.ts";
import { attempt, typeError } from "../errors.ts";
import { newFloat } from "../float.ts";
import { PyIntSub } from "../int-sub.ts";
import { intFromObject, intFromTextObject } from "./from-object.ts";
import { C_LOCALE, formatInt } from "../numeric/format-spec.ts";
import { trueDivide } from "../numeric/int-float.ts";
import * as math from "../numeric/int-math.ts";
import { fromBytes, isLittleEndian, toBytes } from "../numeric/int-bytes.ts";
import { toDecimal } from "../numeric/int-text.ts";
import { hashInt } from "../numeric/numeric-hash.ts";
import { raiseNumeric } from "../numeric/raise.ts";
import { power as floatPower } from "../float/type.ts";
import { call } from "../protocol/call.ts";
import { asIndex, asSize } from "../protocol/convert.ts";
import { isTrue, lookupSpecial, str } from "../protocol/object.ts";
import { rt } from "../runtime.ts";
import { NotImplemented } from "../singletons.ts";
import { strFromJs, strToJs } from "../str/astral.ts";
import { newTuple } from "../tuple.ts";
import { bytearrayType, bytesType, intType, listType, memoryviewType, typeOf } from "../types.ts";
import { isSubtype } from "../core.ts";
import { intValue, strValue } from "../values.ts";

const NEW = signature("(x=<unrepresentable>, /, base=10)");

function intNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const positional = args.length - (kwnames === null ? 0 : kwnames.length);
  if (positional > 2) return typeError(`int expected at most 2 arguments, got ${positional}`);
  const bound = parseArgs(NEW, "int", args, kwnames);
  if (bound === EXC) return EXC;
  const value = construct(bound[0] as Value | undefined, bound[1] as Value | undefined);
  if (value === EXC || cls === intType) return value;
  return new PyIntSub(cls, value);
}

function construct(x: Value | undefined, base: Value | undefined): Int | Exc {
  if (x === undefined) return base === undefined ? 0 : typeError("int() missing string argument");
  if (base === undefined) return intFromObject(x);
  const radix = asSize(base, null);
  if (radix === EXC) return EXC;
  if (strValue(x) !== undefined || isBytes(x)) return intFromTextObject(x, radix);
  return typeError("int() can't convert non-string with explicit base");
}

function isBytes(x: Value): boolean {
  const type = typeOf(x);
  return isSubtype(type, bytesType) || isSubtype(type, bytearrayType);
}

// ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────

type IntOperation = (a: Int, b: Int) => Value;

/** A binary operator on two ints (subclasses and bools too). */
function arithmetic(compute: IntOperation): (a: Value, b: Value) => Result {
  return (a, b) => {
    const x = intValue(a);
    const y = intValue(b);
    if (x === undefined || y === undefined) return NotImplemented;
    try {
      return compute(x, y);
    } catch (error) {
      return raiseNumeric(error);
    }
  };
}

function unary(compute: (a: Int) => Value): (self: Value) => Result {
  return (self) => compute(intValue(self) as Int);
}

function divmodPair(a: Int, b: Int): Value {
  const [q, r] = math.divmod(a, b);
  return newTuple([q, r]);
}

function nbPower(a: Value, b: Value, modulus: Value): Result {
  const x = intValue(a);
  const y = intValue(b);
  if (x === undefined || y === undefined) return NotImplemented;
  const m = modulus === null ? undefined : intValue(modulus);
  if (modulus !== null && m === undefined) return NotImplemented;
  try {
    if (m !== undefined) return math.powMod(x, y, m);
    if (y >= 0) return math.pow(x, y);
    return floatPower(math.intToFloat(x), math.intToFloat(y));
  } catch (error) {
    return raiseNumeric(error);
  }
}

function richCompare(a: Value, b: Value, op: CompareOp): Result {
  const x = intValue(a) as Int;
  const y = intValue(b);
  if (y === undefined) return NotImplemented;
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
      return (x === y) === (op === EQ);
  }
}

const plainInt = (self: Value): Int => intValue(self) as Int;

// ── methods ────────────────────────────────────────────────────────────────────────────────────────────────────

function format(self: Value, spec: Value): Result {
  const text = strValue(spec);
  if (text === undefined) return typeError(`__format__() argument must be str, not ${typeOf(spec).name}`);
  // bool and other subclasses show themselves otherwise.
  if (text === "" && typeof self !== "number" && typeof self !== "bigint") return str(self);
  const value = plainInt(self);
  const formatted = attempt(() =>
    text === ""
      ? toDecimal(value, rt.intMaxStrDigits)
      : formatInt(value, strToJs(text), rt.intMaxStrDigits, C_LOCALE, typeOf(self).name),
  );
  return formatted === EXC ? EXC : strFromJs(formatted);
}

function round(self: Value, ndigits: Value | undefined): Result {
  const value = plainInt(self);
  if (ndigits === undefined || ndigits === null) return value;
  const places = asIndex(ndigits);
  if (places === EXC) return EXC;
  if (places >= 0) return value;
  return attempt(() => {
    // Beyond the number's own digits everything rounds to zero.
    if (-places > math.bitLength(value)) return 0;
    const [, remainder] = math.divmodNear(value, math.pow(10, math.neg(places)));
    return math.sub(value, remainder);
  });
}

function endianness(byteorder: Value | undefined, name: string): boolean | Exc {
  if (byteorder === undefined || byteorder === "big") return false;
  if (byteorder === "little") return true;
  const text = strValue(byteorder);
  if (text === undefined) {
    return typeError(`${name}() argument 'byteorder' must be str, not ${typeOf(byteorder).name}`);
  }
  return attempt(() => isLittleEndian(strToJs(text)));
}

function intToBytes(
  self: Value,
  length: Value | undefined,
  byteorder: Value | undefined,
  signed: Value | undefined,
): Result {
  const size = length === undefined ? 1 : asSize(length);
  if (size === EXC) return EXC;
  const little = endianness(byteorder, "to_bytes");
  if (little === EXC) return EXC;
  const isSigned = signed === undefined ? false : isTrue(signed);
  if (isSigned === EXC) return EXC;
  const content = attempt(() => toBytes(plainInt(self), size, little, isSigned));
  return content === EXC ? EXC : newBytes(content);
}

/** `PyObject_Bytes`: bytes, what has `__bytes__`, buffers and iterables of ints, but neither str nor int. */
function asBytes(source: Value): PyBytes | Exc {
  if (source instanceof PyBytes) return source;
  const special = lookupSpecial(source, "__bytes__");
  if (special === EXC) return EXC;
  const type = typeOf(source);
  const usable =
    special !== undefined ||
    type.bf_getbuffer !== null ||
    type === listType ||
    type === memoryviewType ||
    isBytes(source);
  if (!usable && (strValue(source) !== undefined || type.tp_iter === null)) {
    return typeError(`cannot convert '${type.name}' object to bytes`);
  }
  const made = call(bytesType, [source]);
  return made === EXC ? EXC : (made as PyBytes);
}

function intFromBytes(cls: PyType, source: Value, byteorder: Value | undefined, signed: Value | undefined): Result {
  const little = endianness(byteorder, "from_bytes");
  if (little === EXC) return EXC;
  const isSigned = signed === undefined ? false : isTrue(signed);
  if (isSigned === EXC) return EXC;
  const bytes = asBytes(source);
  if (bytes === EXC) return EXC;
  const value = fromBytes(bytes.latin1, little, isSigned);
  return cls === intType ? value : call(cls, [value]);
}

/** Sizes are CPython's on a 64-bit machine: 24 bytes and four for each 30 bits. */
function sizeOf(self: Value): number {
  return 24 + 4 * Math.max(1, Math.ceil(math.bitLength(plainInt(self)) / 30));
}

defineType(intType, {
  doc:
    "int([x]) -> integer\nint(x, base=10) -> integer\n\n" +
    "Convert a number or string to an integer; 0 without arguments. Floats are truncated towards zero.\n" +
    "With a base, x must be a string, bytes or bytearray holding an integer literal in that base (0: as in code).",
  flags: BASETYPE | MATCH_SELF | PLAIN_ARITHMETIC,
  slots: {
    tp_alloc: (cls) => new PyIntSub(cls, 0),
    tp_new: intNew,
    tp_repr: (self: Value) => attempt(() => toDecimal(plainInt(self), rt.intMaxStrDigits)),
    tp_hash: (self: Value) => hashInt(plainInt(self)),
    tp_richcompare: richCompare,
    nb_add: arithmetic(math.add),
    nb_subtract: arithmetic(math.sub),
    nb_multiply: arithmetic(math.mul),
    nb_remainder: arithmetic(math.mod),
    nb_divmod: arithmetic(divmodPair),
    nb_power: nbPower,
    nb_negative: unary(math.neg),
    nb_positive: plainInt,
    nb_absolute: unary(math.abs),
    nb_bool: (self: Value) => plainInt(self) !== 0,
    nb_invert: unary(math.invert),
    nb_lshift: arithmetic(math.lshift),
    nb_rshift: arithmetic(math.rshift),
    nb_and: arithmetic(math.and),
    nb_xor: arithmetic(math.xor),
    nb_or: arithmetic(math.or),
    nb_int: plainInt,
    nb_float: (self: Value) => {
      const x = attempt(() => math.intToFloat(plainInt(self)));
      return x === EXC ? EXC : newFloat(x);
    },
    nb_floor_divide: arithmetic(math.floordiv),
    nb_true_divide: arithmetic((a, b) => newFloat(trueDivide(a, b))),
    nb_index: plainInt,
  },
  methods: () => ({
    conjugate: method("($self, /)", plainInt, "Returns self, the complex conjugate of any int."),
    bit_length: method(
      "($self, /)",
      (self: Value) => math.bitLength(plainInt(self)),
      "Number of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6",
    ),
    bit_count: method(
      "($self, /)",
      (self: Value) => math.bitCount(plainInt(self)),
      "Number of ones in the binary representation of the absolute value of self.\n\n>>> (13).bit_count()\n3",
    ),
    to_bytes: method(
      "($self, /, length=1, byteorder='big', *, signed=False)",
      intToBytes,
      "Return an array of bytes representing an integer.",
    ),
    from_bytes: classMethod(
      "($type, /, bytes, byteorder='big', *, signed=False)",
      intFromBytes,
      "Return the integer represented by the given array of bytes.",
    ),
    as_integer_ratio: method(
      "($self, /)",
      (self: Value) => newTuple([plainInt(self), 1]),
      "Return a pair of integers, whose ratio is equal to the original int.",
    ),
    is_integer: method("($self, /)", () => true, "Returns True. Exists for duck type compatibility with float."),
    __trunc__: method("($self, /)", plainInt, "Truncating an Integral returns itself."),
    __floor__: method("($self, /)", plainInt, "Flooring an Integral returns itself."),
    __ceil__: method("($self, /)", plainInt, "Ceiling of an Integral returns itself."),
    __round__: method("($self, ndigits=None, /)", round, "Rounding an Integral returns itself, unless ndigits < 0."),
    __getnewargs__: method("($self, /)", (self: Value) => newTuple([plainInt(self)])),
    __format__: method("($self, format_spec, /)", format, "Convert to a string according to format_spec."),
    __sizeof__: method("($self, /)", sizeOf, "Returns size in memory, in bytes."),
  }),
  getset: () => ({
    real: getset(plainInt, undefined, "the real part of a complex number"),
    imag: getset(() => 0, undefined, "the imaginary part of a complex number"),
    numerator: getset(plainInt, undefined, "the numerator of a rational number in lowest terms"),
    denominator: getset(() => 1, undefined, "the denominator of a rational number in lowest terms"),
  }),
});
