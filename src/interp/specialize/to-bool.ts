/** TO_BOOL's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import { PyInstance } from "../../objects/instance.ts";
import { PyList } from "../../objects/list.ts";
import { typeOf } from "../../objects/types.ts";
import { noteTruth } from "../operator-methods.ts";
import { failed, newCache, specialized } from "./counter.ts";

export function specializeToBool(code: PyCode, pc: number, value: Value): void {
  if (typeof value === "boolean") return specialized(code, pc, OPCODE.TO_BOOL_BOOL);
  if (typeof value === "number") return specialized(code, pc, OPCODE.TO_BOOL_INT);
  if (value === null) return specialized(code, pc, OPCODE.TO_BOOL_NONE);
  if (typeof value === "string") return specialized(code, pc, OPCODE.TO_BOOL_STR);
  const type = typeOf(value);
  if (value instanceof PyList && type.nb_bool === null && !type.isHeap)
    return specialized(code, pc, OPCODE.TO_BOOL_LIST);
  if (value instanceof PyInstance && type.nb_bool === null && type.mp_length === null && type.sq_length === null) {
    newCache(code, pc).version = type.version;
    return specialized(code, pc, OPCODE.TO_BOOL_ALWAYS_TRUE);
  }
  if (noteTruth(code, pc, value)) specialized(code, pc, OPCODE.TO_BOOL_METHOD);
  else failed(code, pc);
}
