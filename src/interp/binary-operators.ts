/** The functions of BINARY_OP's argument, in CPython's order (`opcode._nb_ops`). */
import type { Result, Value } from "../objects/core.ts";
import * as number from "../objects/protocol/number.ts";
import { getItem } from "../objects/protocol/sequence.ts";

export const binaryOperators: readonly ((left: Value, right: Value) => Result)[] = [
  number.add,
  number.and,
  number.floorDivide,
  number.lshift,
  number.matrixMultiply,
  number.multiply,
  number.remainder,
  number.or,
  (a, b) => number.power(a, b),
  number.rshift,
  number.subtract,
  number.trueDivide,
  number.xor,
  number.inplaceAdd,
  number.inplaceAnd,
  number.inplaceFloorDivide,
  number.inplaceLshift,
  number.inplaceMatrixMultiply,
  number.inplaceMultiply,
  number.inplaceRemainder,
  number.inplaceOr,
  number.inplacePower,
  number.inplaceRshift,
  number.inplaceSubtract,
  number.inplaceTrueDivide,
  number.inplaceXor,
  getItem,
];
