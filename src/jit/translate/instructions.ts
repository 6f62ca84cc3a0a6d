/** Facts about instructions by number. */
import { INSTRUCTION_FACTS, type InstructionFacts } from "../../generated/metadata.ts";

const FACTS: (InstructionFacts | undefined)[] = [];
for (const facts of INSTRUCTION_FACTS) FACTS[facts.opcode] = facts;

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
/** Code units of the instruction with its inline cache. */
export function widthOf(op: number): number {
  return 1 + (FACTS[op]?.caches ?? 0);
}
