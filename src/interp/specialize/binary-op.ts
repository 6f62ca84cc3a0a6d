/** BINARY_OP's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Result, Value } from "../../objects/core.ts";
import { PyFloat, newFloat } from "../../objects/float.ts";
import { PyFunction } from "../../objects/function.ts";
import { PySlice } from "../../objects/slice.ts";
import { lookup } from "../../objects/type/lookup.ts";
import { dictType, floatType, listType, tupleType, typeOf } from "../../objects/types.ts";
import { noteBinary } from "../operator-methods.ts";
import { failed, newCache, specialized } from "./counter.ts";

const ADD = 0;
const AND = 1;
const MULTIPLY = 5;
const OR = 7;
const SUBTRACT = 10;
const TRUE_DIVIDE = 11;
const XOR = 12;
/** In-place operators follow the others in the same order. */
const FIRST_INPLACE = 13;
const SUBSCRIPT = 26;

export function specializeBinaryOp(code: PyCode, pc: number, left: Value, right: Value, oparg: number): void {
  const operator = oparg >= FIRST_INPLACE && oparg < SUBSCRIPT ? oparg - FIRST_INPLACE : oparg;
  const opcode =
    oparg === SUBSCRIPT
      ? subscript(code, pc, left, right)
      : arithmetic(operator, oparg !== operator, left, right) ||
        extended(code, pc, operator, left, right) ||
        (noteBinary(code, pc, left, right, oparg) ? OPCODE.BINARY_OP_METHOD : 0);
  if (opcode === 0) failed(code, pc);
  else specialized(code, pc, opcode);
}

const isFloat = (v: Value): v is PyFloat => v instanceof PyFloat && v.shape.cls === floatType;

/** The instruction for operands of one kind, or 0. */
function arithmetic(operator: number, inplace: boolean, left: Value, right: Value): number {
  if (typeof left === "number" && typeof right === "number") {
    if (operator === ADD) return OPCODE.BINARY_OP_ADD_INT;
    if (operator === SUBTRACT) return OPCODE.BINARY_OP_SUBTRACT_INT;
    return operator === MULTIPLY ? OPCODE.BINARY_OP_MULTIPLY_INT : 0;
  }
  if (isFloat(left) && isFloat(right)) {
    if (operator === ADD) return OPCODE.BINARY_OP_ADD_FLOAT;
    if (operator === SUBTRACT) return OPCODE.BINARY_OP_SUBTRACT_FLOAT;
    return operator === MULTIPLY ? OPCODE.BINARY_OP_MULTIPLY_FLOAT : 0;
  }
  if (typeof left === "string" && typeof right === "string" && operator === ADD) {
    return inplace ? OPCODE.BINARY_OP_INPLACE_ADD_UNICODE : OPCODE.BINARY_OP_ADD_UNICODE;
  }
  return 0;
}

function subscript(code: PyCode, pc: number, left: Value, right: Value): number {
  const type = typeOf(left);
  if (typeof right === "number" && right >= 0) {
    if (type === listType) return OPCODE.BINARY_OP_SUBSCR_LIST_INT;
    if (type === tupleType) return OPCODE.BINARY_OP_SUBSCR_TUPLE_INT;
    if (typeof left === "string") return OPCODE.BINARY_OP_SUBSCR_STR_INT;
  }
  if (type === listType && right instanceof PySlice) return OPCODE.BINARY_OP_SUBSCR_LIST_SLICE;
  if (type === dictType) return OPCODE.BINARY_OP_SUBSCR_DICT;
  if (!type.isHeap) return 0;
  const method = lookup(type, "__getitem__");
  if (!(method instanceof PyFunction) || !method.code.isSimple || method.code.argcount !== 2) return 0;
  const cache = newCache(code, pc);
  cache.version = type.version;
  cache.value = method;
  return OPCODE.BINARY_OP_SUBSCR_GETITEM;
}

// ── pairs of other types ───────────────────────────────────────────────────────────────────────────────────
type Pair = (a: Value, b: Value) => boolean;
type Operation = (a: never, b: never) => Result;
const isInt32 = (v: Value): boolean => typeof v === "number" && (v | 0) === v;
const bothInt32: Pair = (a, b) => isInt32(a) && isInt32(b);
const floatInt: Pair = (a, b) => isFloat(a) && typeof b === "number";
const intFloat: Pair = (a, b) => typeof a === "number" && isFloat(b);
const bothFloat: Pair = (a, b) => isFloat(a) && isFloat(b);
const floatsNonZero: Pair = (a, b) => bothFloat(a, b) && (b as PyFloat).value !== 0;
const floatIntNonZero: Pair = (a, b) => floatInt(a, b) && b !== 0;
const intFloatNonZero: Pair = (a, b) => intFloat(a, b) && (b as PyFloat).value !== 0;
const intsNonZero: Pair = (a, b) => typeof a === "number" && typeof b === "number" && b !== 0;
const positiveInts: Pair = (a, b) => typeof a === "number" && typeof b === "number" && a >= 0 && b > 0;
const shift: Pair = (a, b) => isInt32(a) && typeof b === "number" && b >= 0 && b < 22;
const FLOOR_DIVIDE = 2;
const LSHIFT = 3;
const REMAINDER = 6;
const RSHIFT = 9;

/** Operator → what is tried in order: does the pair fit, and the operation. */
const PAIRS: ReadonlyMap<number, readonly [Pair, Operation][]> = new Map<number, [Pair, Operation][]>([
  [AND, [[bothInt32, (a: number, b: number) => a & b]]],
  [OR, [[bothInt32, (a: number, b: number) => a | b]]],
  [XOR, [[bothInt32, (a: number, b: number) => a ^ b]]],
  [LSHIFT, [[shift, (a: number, b: number) => a * (1 << b)]]],
  [RSHIFT, [[shift, (a: number, b: number) => a >> b]]],
  [REMAINDER, [[positiveInts, (a: number, b: number) => a % b]]],
  [FLOOR_DIVIDE, [[positiveInts, (a: number, b: number) => Math.floor(a / b)]]],
  [
    ADD,
    [
      [floatInt, (a: PyFloat, b: number) => newFloat(a.value + b)],
      [intFloat, (a: number, b: PyFloat) => newFloat(a + b.value)],
    ],
  ],
  [
    SUBTRACT,
    [
      [floatInt, (a: PyFloat, b: number) => newFloat(a.value - b)],
      [intFloat, (a: number, b: PyFloat) => newFloat(a - b.value)],
    ],
  ],
  [
    MULTIPLY,
    [
      [floatInt, (a: PyFloat, b: number) => newFloat(a.value * b)],
      [intFloat, (a: number, b: PyFloat) => newFloat(a * b.value)],
    ],
  ],
  [
    TRUE_DIVIDE,
    [
      [floatsNonZero, (a: PyFloat, b: PyFloat) => newFloat(a.value / b.value)],
      [intsNonZero, (a: number, b: number) => newFloat(a / b)],
      [floatIntNonZero, (a: PyFloat, b: number) => newFloat(a.value / b)],
      [intFloatNonZero, (a: number, b: PyFloat) => newFloat(a / b.value)],
    ],
  ],
]);

function extended(code: PyCode, pc: number, operator: number, left: Value, right: Value): number {
  const found = PAIRS.get(operator)?.find(([fits]) => fits(left, right));
  if (found === undefined) return 0;
  const cache = newCache(code, pc);
  [cache.guard, cache.value] = found;
  return OPCODE.BINARY_OP_EXTEND;
}
