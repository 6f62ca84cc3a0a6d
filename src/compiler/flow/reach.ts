/** Counts predecessors and empties blocks that nothing reaches. */
import { type Block, clearVisited, fallsThrough, FLOW, HAS_TARGET } from "./block.ts";

export function removeUnreachable(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    b.predecessors = 0;
    b.visited = false;
  }
  entry.predecessors = 1;
  entry.visited = true;
  const stack: Block[] = [entry];
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
    const next = b.next;
    if (next !== null && fallsThrough(b)) {
      if (!next.visited) {
        next.visited = true;
        stack.push(next);
      }
      next.predecessors++;
    }
    const instrs = b.instrs;
    for (let i = 0; i < instrs.length; i++) {
      if ((FLOW[instrs[i].op] & HAS_TARGET) === 0) continue;
      const target = instrs[i].target as Block;
      if (!target.visited) {
        target.visited = true;
        stack.push(target);
      }
      target.predecessors++;
    }
  }
  for (let b: Block | null = entry; b !== null; b = b.next) {
    if (b.predecessors > 0) continue;
    b.instrs.length = 0;
    b.exceptHandler = false;
  }
  clearVisited(entry);
}
