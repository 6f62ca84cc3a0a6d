/** Facts about instructions by number. */
import { INSTRUCTION_FACTS, type InstructionFacts, OPCODE } from "../../generated/metadata.ts";

const FACTS = factsByOpcode();

/* @__NO_SIDE_EFFECTS__ */
function factsByOpcode(): (InstructionFacts | undefined)[] {
  const byOpcode: (InstructionFacts | undefined)[] = [];
  for (const facts of INSTRUCTION_FACTS) byOpcode[facts.opcode] = facts;
  return byOpcode;
}

export function factsOf(op: number): InstructionFacts {
  return FACTS[op] as InstructionFacts;
}
export function nameOf(op: number): string {
  return FACTS[op]?.name ?? `unknown ${op}`;
}
/** The general instruction's name. */
export function familyOf(op: number): string {
  const facts = factsOf(op);
  return facts.family ?? facts.name;
}
/** Does it go round a loop? */
export function isBackward(op: number): boolean {
  return familyOf(op) === "JUMP_BACKWARD" || op === OPCODE.JUMP_BACKWARD_NO_INTERRUPT;
}
/** Where the argument of a jump leads; END_ASYNC_FOR's, to its SEND, is not followed. */
export function jumpTarget(op: number, oparg: number, pc: number): number {
  const next = pc + widthOf(op);
  return isBackward(op) || op === OPCODE.END_ASYNC_FOR ? next - oparg : next + oparg;
}
/** Code units of the instruction with its inline cache. */
export function widthOf(op: number): number {
  return 1 + (FACTS[op]?.caches ?? 0);
}
