/** CONTAINS_OP's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import { dictType, frozensetType, setType, typeOf } from "../../objects/types.ts";
import { noteMethod } from "../operator-methods.ts";
import { failed, specialized } from "./counter.ts";

export function specializeContainsOp(code: PyCode, pc: number, container: Value): void {
  const type = typeOf(container);
  if (type === dictType) specialized(code, pc, OPCODE.CONTAINS_OP_DICT);
  else if (type === setType || type === frozensetType) specialized(code, pc, OPCODE.CONTAINS_OP_SET);
  else if (noteMethod(code, pc, container, "__contains__", 2)) specialized(code, pc, OPCODE.CONTAINS_OP_METHOD);
  else failed(code, pc);
}
