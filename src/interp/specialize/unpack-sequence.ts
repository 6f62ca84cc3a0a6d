/** UNPACK_SEQUENCE's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import { listType, tupleType, typeOf } from "../../objects/types.ts";
import { failed, specialized } from "./counter.ts";

export function specializeUnpackSequence(code: PyCode, pc: number, sequence: Value, count: number): void {
  const type = typeOf(sequence);
  if (type === tupleType) {
    specialized(code, pc, count === 2 ? OPCODE.UNPACK_SEQUENCE_TWO_TUPLE : OPCODE.UNPACK_SEQUENCE_TUPLE);
  } else if (type === listType) specialized(code, pc, OPCODE.UNPACK_SEQUENCE_LIST);
  else failed(code, pc);
}
