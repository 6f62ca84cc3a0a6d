/** From a sequence with labels to linked basic blocks. */
import type { Instr, Sequence } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import { Block, FLOW, HAS_TARGET, IS_BLOCK_PUSH, IS_TERMINATOR } from "./block.ts";

export function buildBlocks(seq: Sequence): Block {
  const { instrs, labels } = seq;
  const blockAt: (Block | null)[] = new Array<Block | null>(instrs.length).fill(null);
  const isTarget = new Uint8Array(instrs.length);
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    if ((FLOW[instr.op] & HAS_TARGET) !== 0) isTarget[labels[instr.arg]] = 1;
  }
  const entry = new Block([]);
  let cur = entry;
  const start = (): void => {
    const b = new Block([]);
    cur.next = b;
    cur = b;
  };
  const add = (instr: Instr): void => {
    const n = cur.instrs.length;
    if (n > 0 && (FLOW[cur.instrs[n - 1].op] & IS_TERMINATOR) !== 0) start();
    cur.instrs.push(instr);
  };
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    if (isTarget[i] !== 0) {
      if (cur.instrs.length > 0 || cur.labeled) start();
      cur.labeled = true;
      blockAt[i] = cur;
    }
    if (instr.op === OP.ANNOTATIONS_PLACEHOLDER) {
      if (seq.annotations !== null) for (const a of seq.annotations.instrs) add(a);
    } else {
      add(instr);
    }
  }
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    const flow = FLOW[instr.op];
    if ((flow & HAS_TARGET) === 0) continue;
    const target = blockAt[labels[instr.arg]] as Block;
    instr.target = target;
    instr.arg = 0;
    if ((flow & IS_BLOCK_PUSH) !== 0) target.exceptHandler = true;
  }
  return entry;
}
