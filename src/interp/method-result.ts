/**
 * What instructions make of the results of special methods that were entered for them without recursion: an operator
 * may have to ask the other operand, a truth value must be a bool.
 */
import { type CompareOp, EXC, type Result, type Value } from "../objects/core.ts";
import { type BinarySlot, binaryRest } from "../objects/protocol/number.ts";
import { compareRest, isTrue } from "../objects/protocol/object.ts";
import { NotImplemented } from "../objects/singletons.ts";
import type { PyTuple } from "../objects/tuple.ts";
import { lengthResult, truthResult } from "../objects/type/slot-functions.ts";

/** `returnData` of such a frame: one of these, then what it needs. */
export type MethodData = PyTuple & { items: [kind: MethodKind, ...Value[]] };
/** operands, BINARY_OP's argument, whether the right operand's method is the one that was entered */
export const BINARY_METHOD = 0;
/** operands, COMPARE_OP's argument */
export const COMPARE_METHOD = 1;
/** whether to negate */
export const CONTAINS_METHOD = 2;
export const BOOL_METHOD = 3;
/** The truth of a length. */
export const LENGTH_AS_BOOL_METHOD = 4;
export const LENGTH_METHOD = 5;
export type MethodKind = 0 | 1 | 2 | 3 | 4 | 5;

/** By BINARY_OP's argument; the in-place operators follow in the same order. */
export const BINARY_METHODS: readonly (readonly [slot: BinarySlot, name: string, symbol: string])[] = [
  ["nb_add", "add", "+"],
  ["nb_and", "and", "&"],
  ["nb_floor_divide", "floordiv", "//"],
  ["nb_lshift", "lshift", "<<"],
  ["nb_matrix_multiply", "matmul", "@"],
  ["nb_multiply", "mul", "*"],
  ["nb_remainder", "mod", "%"],
  ["nb_or", "or", "|"],
  ["nb_power", "pow", "**"],
  ["nb_rshift", "rshift", ">>"],
  ["nb_subtract", "sub", "-"],
  ["nb_true_divide", "truediv", "/"],
  ["nb_xor", "xor", "^"],
];

export function methodResult(data: MethodData, result: Value): Result {
  const { items } = data;
  switch (items[0]) {
    case BINARY_METHOD:
      return result === NotImplemented
        ? binaryResult(items[1], items[2], items[3] as number, items[4] === true)
        : result;
    case COMPARE_METHOD:
      return compareResult(items[1], items[2], items[3] as number, result);
    case CONTAINS_METHOD: {
      const found = isTrue(result);
      return found === EXC ? EXC : found !== items[1];
    }
    case BOOL_METHOD:
      return truthResult(result);
    case LENGTH_AS_BOOL_METHOD: {
      const length = lengthResult(result);
      return length === EXC ? EXC : length !== 0;
    }
    default:
      return lengthResult(result);
  }
}
function binaryResult(a: Value, b: Value, index: number, reflected: boolean): Result {
  const [slot, name, symbol] = BINARY_METHODS[index % 13];
  const text = index >= 13 ? `${symbol}=` : name === "pow" ? "** or pow()" : symbol;
  return binaryRest(a, b, slot, text, reflected);
}
function compareResult(a: Value, b: Value, oparg: number, result: Value): Result {
  const value = result === NotImplemented ? compareRest(a, b, (oparg >> 5) as CompareOp) : result;
  return (oparg & 16) !== 0 && typeof value !== "boolean" && value !== EXC ? isTrue(value) : value;
}
