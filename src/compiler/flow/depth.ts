/** The stack's greatest depth, and its depth where each block begins. */
import { numPopped, numPushed, OP, stackEffect } from "../opcodes.ts";
import { type Block, fallsThrough, FLOW, HAS_TARGET, IS_BLOCK_PUSH } from "./block.ts";

export function stackDepth(entry: Block): number {
  for (let b: Block | null = entry; b !== null; b = b.next) b.startDepth = -1;
  let most = 0;
  const stack: Block[] = [];
  const reach = (b: Block, depth: number): void => {
    if (b.startDepth >= 0) return;
    b.startDepth = depth;
    stack.push(b);
  };
  reach(entry, 0);
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
    let depth = b.startDepth;
    if (depth > most) most = depth;
    const instrs = b.instrs;
    for (let i = 0; i < instrs.length; i++) {
      const { op, arg, target } = instrs[i];
      const flow = FLOW[op];
      if ((flow & HAS_TARGET) !== 0 && op !== OP.END_ASYNC_FOR) {
        const there = depth + stackEffect(op, arg, true);
        if (there > most) most = there;
        reach(target as Block, there);
      }
      if ((flow & IS_BLOCK_PUSH) !== 0) continue;
      depth += numPushed(op, arg) - numPopped(op, arg);
      if (depth > most) most = depth;
    }
    if (b.next !== null && fallsThrough(b)) reach(b.next, depth);
  }
  return most;
}
