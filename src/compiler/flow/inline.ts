/** Copies short exits, and blocks without lines, to the jumps that lead to them. */
import type { Instr } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import {
  type Block,
  copyInstr,
  exitsScope,
  fallsThrough,
  FLOW,
  hasNoLine,
  IS_UNCONDITIONAL_JUMP,
  lastInstr,
  toNop,
} from "./block.ts";

const MAX_COPY_SIZE = 4;

export function inlineSmallBlocks(entry: Block): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (let b: Block | null = entry; b !== null; b = b.next) if (inlineTarget(b)) changed = true;
  }
}

function inlineTarget(b: Block): boolean {
  const jump = lastInstr(b);
  if (jump === null || (FLOW[jump.op] & IS_UNCONDITIONAL_JUMP) === 0) return false;
  const target = jump.target as Block;
  const smallExit = exitsScope(target) && target.instrs.length <= MAX_COPY_SIZE;
  const noLine = hasNoLine(target) && !fallsThrough(target);
  if (!smallExit && !noLine) return false;
  const interruptible = jump.op === OP.JUMP;
  toNop(jump);
  for (const instr of target.instrs.slice()) b.instrs.push(copyInstr(instr));
  if (noLine && interruptible) {
    // What could be interrupted here still can.
    const last = lastInstr(b) as Instr;
    if ((FLOW[last.op] & IS_UNCONDITIONAL_JUMP) !== 0) last.op = OP.JUMP;
  }
  target.predecessors--;
  return true;
}
