/** COMPARE_OP's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import { PyFloat } from "../../objects/float.ts";
import { floatType, typeOf } from "../../objects/types.ts";
import { noteCompare } from "../operator-methods.ts";
import { failed, specialized } from "./counter.ts";

export function specializeCompareOp(code: PyCode, pc: number, left: Value, right: Value): void {
  if (typeof left === "number" && typeof right === "number") return specialized(code, pc, OPCODE.COMPARE_OP_INT);
  if (
    left instanceof PyFloat &&
    right instanceof PyFloat &&
    typeOf(left) === floatType &&
    typeOf(right) === floatType
  ) {
    return specialized(code, pc, OPCODE.COMPARE_OP_FLOAT);
  }
  const operator = code.ops[pc] >>> 13;
  if (typeof left === "string" && typeof right === "string" && (operator === 2 || operator === 3)) {
    return specialized(code, pc, OPCODE.COMPARE_OP_STR);
  }
  if (noteCompare(code, pc, left, right, code.ops[pc] >>> 8)) specialized(code, pc, OPCODE.COMPARE_OP_METHOD);
  else failed(code, pc);
}
