/** LOAD_FAST_CHECK where a local may be unbound; pairs of local accesses as one instruction. */
import type { Instr } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import { type Block, clearVisited, fallsThrough, FLOW, IS_JUMP, lastInstr, toNop } from "./block.ts";
import { removeNops } from "./nops.ts";

const {
  LOAD_FAST,
  LOAD_FAST_CHECK,
  STORE_FAST,
  DELETE_FAST,
  LOAD_FAST_AND_CLEAR,
  STORE_FAST_MAYBE_NULL,
  LOAD_FAST_LOAD_FAST,
  STORE_FAST_LOAD_FAST,
  STORE_FAST_STORE_FAST,
} = OP;
/** As many locals are followed through the graph; beyond, only within a block. */
const TRACKED = 64;

export function checkUnboundLoads(entry: Block, nlocals: number, nparams: number): void {
  if (nlocals === 0) return;
  if (nlocals > TRACKED) scanManyLocals(entry, nlocals);
  const stack: Block[] = [];
  let low = 0;
  let high = 0;
  for (let i = nparams; i < Math.min(nlocals, TRACKED); i++) {
    if (i < 32) low |= 1 << i;
    else high |= 1 << (i - 32);
  }
  clearVisited(entry);
  reach(entry, low, high, stack);
  for (let b: Block | null = entry; b !== null; b = b.next) scanBlock(b, stack);
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
    b.visited = false;
    scanBlock(b, stack);
  }
}

function reach(b: Block, low: number, high: number, stack: Block[]): void {
  const newLow = b.unsafeLow | low;
  const newHigh = b.unsafeHigh | high;
  if (newLow === b.unsafeLow && newHigh === b.unsafeHigh) return;
  b.unsafeLow = newLow;
  b.unsafeHigh = newHigh;
  if (b.visited) return;
  b.visited = true;
  stack.push(b);
}

function scanBlock(b: Block, stack: Block[]): void {
  let low = b.unsafeLow;
  let high = b.unsafeHigh;
  const instrs = b.instrs;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    if (instr.except !== null) reach(instr.except, low, high, stack);
    const arg = instr.arg;
    if (arg >= TRACKED) continue;
    const inLow = arg < 32;
    const bit = 1 << (arg & 31);
    switch (instr.op) {
      case DELETE_FAST:
      case LOAD_FAST_AND_CLEAR:
      case STORE_FAST_MAYBE_NULL:
        if (inLow) low |= bit;
        else high |= bit;
        break;
      case LOAD_FAST:
        if (((inLow ? low : high) & bit) === 0) break;
        instr.op = LOAD_FAST_CHECK;
        if (inLow) low &= ~bit;
        else high &= ~bit;
        break;
      case STORE_FAST:
      case LOAD_FAST_CHECK:
        if (inLow) low &= ~bit;
        else high &= ~bit;
        break;
    }
  }
  if (b.next !== null && fallsThrough(b)) reach(b.next, low, high, stack);
  const last = lastInstr(b);
  if (last !== null && (FLOW[last.op] & IS_JUMP) !== 0) reach(last.target as Block, low, high, stack);
}

function scanManyLocals(entry: Block, nlocals: number): void {
  // The number of the block in which the local is known to be bound.
  const boundIn = new Int32Array(nlocals);
  let n = 0;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    n++;
    for (const instr of b.instrs) {
      const arg = instr.arg;
      if (arg < TRACKED) continue;
      switch (instr.op) {
        case DELETE_FAST:
        case LOAD_FAST_AND_CLEAR:
        case STORE_FAST_MAYBE_NULL:
          boundIn[arg] = n - 1;
          break;
        case STORE_FAST:
          boundIn[arg] = n;
          break;
        case LOAD_FAST:
          if (boundIn[arg] !== n) instr.op = LOAD_FAST_CHECK;
          boundIn[arg] = n;
          break;
      }
    }
  }
}

function combine(first: Instr, second: Instr, op: number): void {
  if (first.line >= 0 && second.line >= 0 && first.line !== second.line) return;
  if (first.arg >= 16 || second.arg >= 16) return;
  first.op = op;
  first.arg = (first.arg << 4) | second.arg;
  toNop(second);
}

export function insertSuperinstructions(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const instrs = b.instrs;
    for (let i = 0; i + 1 < instrs.length; i++) {
      const instr = instrs[i];
      const next = instrs[i + 1];
      if (instr.op === LOAD_FAST) {
        if (next.op === LOAD_FAST) combine(instr, next, LOAD_FAST_LOAD_FAST);
      } else if (instr.op === STORE_FAST) {
        if (next.op === LOAD_FAST) combine(instr, next, STORE_FAST_LOAD_FAST);
        else if (next.op === STORE_FAST) combine(instr, next, STORE_FAST_STORE_FAST);
      }
    }
  }
  removeNops(entry);
}
