/** Removal of NOPs, jumps to what follows anyway, and loads that are dropped at once. */
import { copyLocation, type Instr } from "../instruction.ts";
import { HAS_CONST, OP, OPCODE_FLAGS } from "../opcodes.ts";
import {
  type Block,
  fallsThrough,
  FLOW,
  IS_JUMP,
  IS_UNCONDITIONAL_JUMP,
  lastInstr,
  nextNonEmpty,
  toNop,
} from "./block.ts";

const { NOP, POP_TOP, COPY, LOAD_SMALL_INT } = OP;

/** Line of the first instruction of what follows that will stay; -1 if it has none, -3 if nothing follows. */
function lineAfter(b: Block): number {
  const next = nextNonEmpty(b.next);
  if (next === null) return -3;
  for (const instr of next.instrs) if (instr.op !== NOP || instr.line !== -1) return instr.line;
  return -1;
}

/** A NOP may go when its line is shown by a neighbour. Returns how many went. */
export function removeNopsIn(b: Block): number {
  const instrs = b.instrs;
  const n = instrs.length;
  let dest = 0;
  let prevLine = -1;
  for (let i = 0; i < n; i++) {
    const instr = instrs[i];
    const line = instr.line;
    if (instr.op === NOP) {
      if (line === -1 || prevLine === line) continue;
      if (i < n - 1) {
        const next = instrs[i + 1];
        if (next.line === line) continue;
        if (next.line < 0) {
          copyLocation(next, instr);
          continue;
        }
      } else if (lineAfter(b) === line) {
        continue;
      }
    }
    if (dest !== i) instrs[dest] = instr;
    dest++;
    prevLine = line;
  }
  if (dest < n) {
    b.ghosts ??= [];
    for (let i = dest; i < n; i++) b.ghosts[i] = instrs[i].except;
    instrs.length = dest;
  }
  return n - dest;
}

export function removeNops(entry: Block): number {
  let removed = 0;
  for (let b: Block | null = entry; b !== null; b = b.next) removed += removeNopsIn(b);
  return removed;
}

function removeJumps(entry: Block): number {
  let changes = 0;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null || (FLOW[last.op] & IS_UNCONDITIONAL_JUMP) === 0) continue;
    if (nextNonEmpty(last.target) !== nextNonEmpty(b.next)) continue;
    changes++;
    toNop(last);
  }
  return changes;
}

export function removeNopsAndJumps(entry: Block): void {
  for (;;) {
    const nops = removeNops(entry);
    if (nops + removeJumps(entry) === 0) return;
  }
}

function loadsConst(op: number): boolean {
  return op === LOAD_SMALL_INT || (OPCODE_FLAGS[op] & HAS_CONST) !== 0;
}

/** `LOAD_CONST, POP_TOP` and `COPY 1, POP_TOP` do nothing. */
export function removeNopsAndPairs(entry: Block): void {
  for (let done = false; !done; ) {
    done = true;
    let instr: Instr | null = null;
    for (let b: Block | null = entry; b !== null; b = b.next) {
      removeNopsIn(b);
      if (b.labeled) instr = null;
      for (let i = 0; i < b.instrs.length; i++) {
        const prev: Instr | null = instr;
        instr = b.instrs[i];
        if (instr.op !== POP_TOP || prev === null) continue;
        if (!loadsConst(prev.op) && !(prev.op === COPY && prev.arg === 1)) continue;
        toNop(prev);
        toNop(instr);
        done = false;
      }
      if ((instr !== null && (FLOW[instr.op] & IS_JUMP) !== 0) || !fallsThrough(b)) instr = null;
    }
  }
}
