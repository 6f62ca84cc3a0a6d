/** STORE_SUBSCR's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import { dictType, listType, typeOf } from "../../objects/types.ts";
import { noteMethod } from "../operator-methods.ts";
import { failed, specialized } from "./counter.ts";

export function specializeStoreSubscr(code: PyCode, pc: number, container: Value, key: Value): void {
  const type = typeOf(container);
  if (type === listType && typeof key === "number" && key >= 0) specialized(code, pc, OPCODE.STORE_SUBSCR_LIST_INT);
  else if (type === dictType) specialized(code, pc, OPCODE.STORE_SUBSCR_DICT);
  else if (noteMethod(code, pc, container, "__setitem__", 3)) specialized(code, pc, OPCODE.STORE_SUBSCR_METHOD);
  else failed(code, pc);
}
