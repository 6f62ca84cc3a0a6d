/** Moves what only exception handlers reach to the end. */
import { Instr } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import { Block, clearVisited, fallsThrough, FLOW, IS_JUMP } from "./block.ts";
import { removeNopsAndJumps } from "./nops.ts";

export function pushColdToEnd(entry: Block): void {
  if (entry.next === null) return;
  if (!markCold(entry)) return;
  addExplicitJumps(entry);
  let cold: Block | null = null;
  let coldTail: Block | null = null;
  let b = entry;
  while (b.next !== null) {
    while (b.next !== null && !b.next.cold) b = b.next;
    const first: Block | null = b.next;
    if (first === null) break;
    let end: Block = first;
    while (end.next !== null && end.next.cold) end = end.next;
    if (coldTail === null) cold = first;
    else coldTail.next = first;
    coldTail = end;
    b.next = end.next;
    end.next = null;
  }
  b.next = cold;
  if (cold !== null) removeNopsAndJumps(entry);
}

/** Marks warm what the entry reaches, cold what handlers reach and it does not; says whether anything is cold. */
function markCold(entry: Block): boolean {
  clearVisited(entry);
  const stack: Block[] = [];
  const push = (b: Block): void => {
    if (b.visited) return;
    b.visited = true;
    stack.push(b);
  };
  push(entry);
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
    b.warm = true;
    if (b.next !== null && fallsThrough(b)) push(b.next);
    for (const instr of b.instrs) if ((FLOW[instr.op] & IS_JUMP) !== 0) push(instr.target as Block);
  }
  let any = false;
  clearVisited(entry);
  for (let b: Block | null = entry; b !== null; b = b.next) if (b.exceptHandler) push(b);
  const pushCold = (b: Block): void => {
    if (!b.warm) push(b);
  };
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
    any = true;
    b.cold = true;
    if (b.next !== null && fallsThrough(b)) pushCold(b.next);
    for (const instr of b.instrs) if ((FLOW[instr.op] & IS_JUMP) !== 0) pushCold(instr.target as Block);
  }
  return any;
}

/** A cold block that falls through to a warm one will no longer stand before it. */
function addExplicitJumps(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const next: Block | null = b.next;
    if (!b.cold || next === null || !next.warm || !fallsThrough(b)) continue;
    const jump = new Instr(OP.JUMP_NO_INTERRUPT, 0, -1, -1, -1, -1);
    jump.target = next;
    next.labeled = true;
    const block = new Block([jump]);
    block.cold = true;
    block.predecessors = 1;
    block.next = next;
    b.next = block;
  }
}
