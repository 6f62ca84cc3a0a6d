/** The branches of code: where they are, and where they lead. Left is the way on, right the jump. */
import { OP } from "../../compiler/opcodes.ts";
import { type CodeFacts, jumpTarget } from "./code-facts.ts";
import { EVENT, type Event } from "./events.ts";

const JUMPS_IF: ReadonlySet<number> = new Set([
  OP.POP_JUMP_IF_FALSE,
  OP.POP_JUMP_IF_TRUE,
  OP.POP_JUMP_IF_NONE,
  OP.POP_JUMP_IF_NOT_NONE,
]);

interface Way {
  readonly event: Event;
  readonly from: number;
  readonly to: number;
}
/** Control has come from the instruction `before` to `pc`: as the branch that this was, if it was one. */
export function branchTaken(facts: CodeFacts, before: number, pc: number): Way | null {
  const { ops } = facts;
  const op = ops[before];
  const to = ops[pc];
  if (to === OP.NOT_TAKEN) return { event: EVENT.BRANCH_LEFT, from: before, to: pc + 1 };
  if (JUMPS_IF.has(op)) return { event: EVENT.BRANCH_RIGHT, from: before, to: pc };
  if (op === OP.END_ASYNC_FOR) return { event: EVENT.BRANCH_RIGHT, from: testOf(facts, before), to: pc };
  if (op !== OP.FOR_ITER || to === OP.END_FOR) return null;
  if (to === OP.POP_ITER) return { event: EVENT.BRANCH_RIGHT, from: before, to: pc + 1 };
  return { event: EVENT.BRANCH_LEFT, from: before, to: pc };
}
/** An asynchronous loop goes on behind the instruction that END_ASYNC_FOR names. */
const testOf = ({ args }: CodeFacts, pc: number): number => pc + 1 - args[pc];

export interface Branch {
  readonly from: number;
  readonly left: number;
  readonly right: number;
}
/** All branches of the code (`code.co_branches`). */
export function branchesOf(facts: CodeFacts): Branch[] {
  const { ops } = facts;
  const found: Branch[] = [];
  const pastMark = (pc: number): number => (ops[pc] === OP.NOT_TAKEN ? pc + 1 : pc);
  for (let pc = 0; pc < ops.length; pc = facts.after(pc)) {
    const left = pastMark(facts.after(pc));
    if (JUMPS_IF.has(ops[pc])) found.push({ from: pc, left, right: jumpTarget(facts, pc) as number });
    // Past the POP_ITER that stands there.
    else if (ops[pc] === OP.FOR_ITER) found.push({ from: pc, left, right: (jumpTarget(facts, pc) as number) + 1 });
    else if (ops[pc] === OP.END_ASYNC_FOR) {
      const from = testOf(facts, pc);
      found.push({ from, left: pastMark(from + 1), right: pc + 1 });
    }
  }
  return found;
}
