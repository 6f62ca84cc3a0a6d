/** Lines for instructions that have none: from what comes before, where that is the only way to them. */
import { copyLocation } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import {
  Block,
  copyInstr,
  exitsScope,
  fallsThrough,
  FLOW,
  hasNoLine,
  IS_JUMP,
  lastInstr,
  nextNonEmpty,
} from "./block.ts";

/** Opcodes that look at the eval breaker, where a trace function wants a line. */
const EVAL_BREAK = new Set<number>([OP.JUMP, OP.JUMP_BACKWARD, OP.RESUME, OP.CALL, OP.CALL_KW, OP.CALL_FUNCTION_EX]);

export function resolveLines(entry: Block): void {
  duplicateExits(entry);
  propagateLines(entry);
}

function needsLine(b: Block): boolean {
  if (!hasNoLine(b)) return false;
  if (exitsScope(b)) return true;
  for (let i = 0; i < b.instrs.length; i++) if (EVAL_BREAK.has(b.instrs[i].op)) return true;
  return false;
}

/** An exit without a line that several jumps lead to becomes several exits, each with its jump's line. */
function duplicateExits(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null || (FLOW[last.op] & IS_JUMP) === 0) continue;
    const target = nextNonEmpty(last.target);
    if (target === null || target.predecessors <= 1 || !needsLine(target)) continue;
    const copy = new Block(target.instrs.map(copyInstr));
    copyLocation(copy.instrs[0], last);
    last.target = copy;
    copy.predecessors = 1;
    copy.labeled = true;
    target.predecessors--;
    copy.next = target.next;
    target.next = copy;
    copy.exceptHandler = target.exceptHandler;
    copy.preserveLasti = target.preserveLasti;
  }
  // The others are reached from the block before them only.
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null || b.next === null || b.next.instrs.length === 0 || !fallsThrough(b)) continue;
    if (needsLine(b.next)) copyLocation(b.next.instrs[0], last);
  }
}

function propagateLines(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const instrs = b.instrs;
    const n = instrs.length;
    if (n === 0) continue;
    let prev = instrs[0];
    for (let i = 1; i < n; i++) {
      const instr = instrs[i];
      if (instr.line === -1) copyLocation(instr, prev);
      else prev = instr;
    }
    const next = b.next;
    if (next !== null && next.predecessors === 1 && next.instrs.length > 0 && fallsThrough(b)) {
      if (next.instrs[0].line === -1) copyLocation(next.instrs[0], prev);
    }
    const last = instrs[n - 1];
    if ((FLOW[last.op] & IS_JUMP) === 0) continue;
    const target = last.target as Block;
    if (target.predecessors === 1 && target.instrs.length > 0 && target.instrs[0].line === -1) {
      copyLocation(target.instrs[0], prev);
    }
  }
}
