/** Gives every instruction its exception handler, by walking the blocks with the stack of open SETUP_… . */
import { OP } from "../opcodes.ts";
import { type Block, fallsThrough, FLOW, IS_BLOCK_PUSH, IS_JUMP, toNop } from "./block.ts";

const { POP_BLOCK, SETUP_WITH, SETUP_CLEANUP, RESUME, YIELD_VALUE } = OP;
/** In RESUME's argument: the yield stood under one handler only, the generator's own. */
const RESUME_DEPTH1 = 4;

export function labelHandlers(entry: Block): void {
  entry.visited = true;
  entry.handlers = [];
  const todo: Block[] = [entry];
  for (let b = todo.pop(); b !== undefined; b = todo.pop()) {
    const stack = b.handlers as Block[];
    b.handlers = null;
    let handler: Block | null = stack.length > 0 ? stack[stack.length - 1] : null;
    let yieldDepth = -1;
    const reach = (target: Block): void => {
      if (target.visited) return;
      target.visited = true;
      target.handlers = stack.slice();
      todo.push(target);
    };
    for (let i = 0; i < b.instrs.length; i++) {
      const instr = b.instrs[i];
      const flow = FLOW[instr.op];
      if ((flow & IS_BLOCK_PUSH) !== 0) {
        const target = instr.target as Block;
        reach(target);
        if (instr.op === SETUP_WITH || instr.op === SETUP_CLEANUP) target.preserveLasti = true;
        stack.push(target);
        handler = target;
        continue;
      }
      if (instr.op === POP_BLOCK) {
        stack.pop();
        handler = stack.length > 0 ? stack[stack.length - 1] : null;
        toNop(instr);
        continue;
      }
      instr.except = handler;
      if ((flow & IS_JUMP) !== 0) {
        reach(instr.target as Block);
      } else if (instr.op === YIELD_VALUE) {
        yieldDepth = stack.length;
      } else if (instr.op === RESUME && instr.arg !== 0) {
        if (yieldDepth === 1) instr.arg |= RESUME_DEPTH1;
        yieldDepth = -1;
      }
    }
    if (b.next !== null && fallsThrough(b)) reach(b.next);
  }
}
