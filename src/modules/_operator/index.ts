/** `_operator`: the native part of `operator`. */
import { type CompareOp, EQ, GE, GT, LE, LT, NE, type Value } from "../../objects/core.ts";
import { fn, newModule, rawFn } from "../../objects/define.ts";
import { isSame } from "../../objects/identity.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import * as number from "../../objects/protocol/number.ts";
import { isTrue, not, richCompare } from "../../objects/protocol/object.ts";
import { contains, delItem, getItem, setItem } from "../../objects/protocol/sequence.ts";
import { callObject, compareDigest, concat, countOf, hintOfLength, indexOf, inplaceConcat } from "./functions.ts";
import { attrGetterType, itemGetterType, methodCallerType } from "./getters.ts";

const UNARY = "($module, a, /)";
const BINARY = "($module, a, b, /)";
const comparison = (symbol: string, op: CompareOp) =>
  fn(BINARY, (a: Value, b: Value) => richCompare(a, b, op), `Same as a ${symbol} b.`);

export const _operatorModule = newModule("_operator", {
  doc: "Operator interface.\n\nThis module exports a set of functions implemented in C corresponding\nto the intrinsic operators of Python.  For example, operator.add(x, y)\nis equivalent to the expression x+y.",
  functions: () => ({
    truth: fn(UNARY, isTrue, "Return True if a is true, False otherwise."),
    contains: fn(BINARY, contains, "Same as b in a (note reversed operands)."),
    indexOf: fn(BINARY, indexOf, "Return the first index of b in a."),
    countOf: fn(BINARY, countOf, "Return the number of items in a which are, or which equal, b."),
    is_: fn(BINARY, isSame, "Same as a is b."),
    is_not: fn(BINARY, (a: Value, b: Value) => !isSame(a, b), "Same as a is not b."),
    is_none: fn(UNARY, (a: Value) => a === null, "Same as a is None."),
    is_not_none: fn(UNARY, (a: Value) => a !== null, "Same as a is not None."),
    index: fn(UNARY, asIndex, "Same as a.__index__()"),
    add: fn(BINARY, number.add, "Same as a + b."),
    sub: fn(BINARY, number.subtract, "Same as a - b."),
    mul: fn(BINARY, number.multiply, "Same as a * b."),
    matmul: fn(BINARY, number.matrixMultiply, "Same as a @ b."),
    floordiv: fn(BINARY, number.floorDivide, "Same as a // b."),
    truediv: fn(BINARY, number.trueDivide, "Same as a / b."),
    mod: fn(BINARY, number.remainder, "Same as a % b."),
    neg: fn(UNARY, number.negative, "Same as -a."),
    pos: fn(UNARY, number.positive, "Same as +a."),
    abs: fn(UNARY, number.absolute, "Same as abs(a)."),
    inv: fn(UNARY, number.invert, "Same as ~a."),
    invert: fn(UNARY, number.invert, "Same as ~a."),
    lshift: fn(BINARY, number.lshift, "Same as a << b."),
    rshift: fn(BINARY, number.rshift, "Same as a >> b."),
    not_: fn(UNARY, not, "Same as not a."),
    and_: fn(BINARY, number.and, "Same as a & b."),
    xor: fn(BINARY, number.xor, "Same as a ^ b."),
    or_: fn(BINARY, number.or, "Same as a | b."),
    iadd: fn(BINARY, number.inplaceAdd, "Same as a += b."),
    isub: fn(BINARY, number.inplaceSubtract, "Same as a -= b."),
    imul: fn(BINARY, number.inplaceMultiply, "Same as a *= b."),
    imatmul: fn(BINARY, number.inplaceMatrixMultiply, "Same as a @= b."),
    ifloordiv: fn(BINARY, number.inplaceFloorDivide, "Same as a //= b."),
    itruediv: fn(BINARY, number.inplaceTrueDivide, "Same as a /= b."),
    imod: fn(BINARY, number.inplaceRemainder, "Same as a %= b."),
    ilshift: fn(BINARY, number.inplaceLshift, "Same as a <<= b."),
    irshift: fn(BINARY, number.inplaceRshift, "Same as a >>= b."),
    iand: fn(BINARY, number.inplaceAnd, "Same as a &= b."),
    ixor: fn(BINARY, number.inplaceXor, "Same as a ^= b."),
    ior: fn(BINARY, number.inplaceOr, "Same as a |= b."),
    concat: fn(BINARY, concat, "Same as a + b, for a and b sequences."),
    iconcat: fn(BINARY, inplaceConcat, "Same as a += b, for a and b sequences."),
    getitem: fn(BINARY, getItem, "Same as a[b]."),
    setitem: fn("($module, a, b, c, /)", setItem, "Same as a[b] = c."),
    delitem: fn(BINARY, delItem, "Same as del a[b]."),
    pow: fn(BINARY, (a: Value, b: Value) => number.power(a, b), "Same as a ** b."),
    ipow: fn(BINARY, number.inplacePower, "Same as a **= b."),
    eq: comparison("==", EQ),
    ne: comparison("!=", NE),
    lt: comparison("<", LT),
    le: comparison("<=", LE),
    gt: comparison(">", GT),
    ge: comparison(">=", GE),
    _compare_digest: fn(
      BINARY,
      compareDigest,
      "Return 'a == b', in a time that does not depend on where they differ.\n\na and b must be of the same type: str (ASCII only), or any bytes-like objects.",
    ),
    length_hint: fn(
      "($module, obj, default=0, /)",
      hintOfLength,
      "Return an estimate of the number of items in obj.\n\nIf the object supplies len(), that is exact; else __length_hint__ is asked; else the default is returned.",
    ),
    call: rawFn(callObject, "Same as obj(*args, **kwargs).").signedAs("($module, obj, /, *args, **kwargs)"),
  }),
  attributes: () => ({
    attrgetter: attrGetterType,
    itemgetter: itemGetterType,
    methodcaller: methodCallerType,
  }),
});
