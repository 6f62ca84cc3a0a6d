/** Numbers of instructions: CPython's, and from 212 on those that CPython does not have. */
import { OPNAME } from "../../src/compiler/opcodes.ts";
import type { InstructionDef } from "./definitions.ts";

/** Our own specialisations, in order of number: appended to, never reordered. */
export const OWN_INSTRUCTIONS: readonly string[] = [
  "LOAD_ATTR_GETATTR",
  "CALL_FUNCTION_EX_PY",
  "CALL_FUNCTION_EX_NON_PY",
  "RESUME_JIT",
  "BINARY_OP_METHOD",
  "STORE_SUBSCR_METHOD",
  "COMPARE_OP_METHOD",
  "CONTAINS_OP_METHOD",
  "TO_BOOL_METHOD",
];
const FIRST_OWN = 212;

export function numberOf(name: string): number {
  const known = OPNAME.indexOf(name);
  if (known >= 0) return known;
  const own = OWN_INSTRUCTIONS.indexOf(name);
  if (own < 0) throw new Error(`no number for instruction ${name}: add it to OWN_INSTRUCTIONS`);
  return FIRST_OWN + own;
}
export const opcodeOf = (def: InstructionDef): number => numberOf(def.name);
