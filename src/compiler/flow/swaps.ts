/** Runs of SWAPs: as few as possible, and none where the stores after them can change places instead. */
import type { Instr } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import { type Block, toNop } from "./block.ts";

const { SWAP, NOP, STORE_FAST, STORE_FAST_MAYBE_NULL, POP_TOP } = OP;
const VISITED = -1;

export function optimizeSwaps(b: Block): void {
  for (let i = 0; i < b.instrs.length; i++) {
    if (b.instrs[i].op !== SWAP) continue;
    i = shortenRun(b, i);
    applyStatically(b, i);
  }
}

/** Replaces a run of SWAPs by the fewest with the same effect; returns the index of the run's last instruction. */
function shortenRun(b: Block, at: number): number {
  const instrs = b.instrs;
  let depth = instrs[at].arg;
  let more = false;
  let end = at + 1;
  for (; end < instrs.length; end++) {
    const instr = instrs[end];
    if (instr.op === SWAP) {
      depth = Math.max(depth, instr.arg);
      more = true;
    } else if (instr.op !== NOP) {
      break;
    }
  }
  if (!more) return at;
  const stack = Array.from({ length: depth }, (_, i) => i);
  for (let i = at; i < end; i++) {
    const instr = instrs[i];
    if (instr.op !== SWAP) continue;
    const top = stack[0];
    stack[0] = stack[instr.arg - 1];
    stack[instr.arg - 1] = top;
  }
  // Every cycle of the permutation is a run of swaps with the top, written from the end.
  let current = end - 1;
  for (let i = 0; i < depth; i++) {
    if (stack[i] === VISITED || stack[i] === i) continue;
    for (let j = i; ; ) {
      if (j !== 0) {
        instrs[current].op = SWAP;
        instrs[current].arg = j + 1;
        current--;
      }
      if (stack[j] === VISITED) break;
      const next = stack[j];
      stack[j] = VISITED;
      j = next;
    }
  }
  for (; current >= at; current--) toNop(instrs[current]);
  return end - 1;
}

function swappable(instr: Instr): boolean {
  return instr.op === STORE_FAST || instr.op === STORE_FAST_MAYBE_NULL || instr.op === POP_TOP;
}

function storesTo(instr: Instr): number {
  return instr.op === STORE_FAST || instr.op === STORE_FAST_MAYBE_NULL ? instr.arg : -1;
}

function nextSwappable(instrs: Instr[], i: number, line: number): number {
  for (i++; i < instrs.length; i++) {
    const instr = instrs[i];
    if (line >= 0 && instr.line !== line) return -1;
    if (instr.op === NOP) continue;
    return swappable(instr) ? i : -1;
  }
  return -1;
}

/** A SWAP whose values are only stored or popped is done by exchanging those instructions. */
function applyStatically(b: Block, at: number): void {
  const instrs = b.instrs;
  for (let i = at; i >= 0; i--) {
    const swap = instrs[i];
    if (swap.op !== SWAP) {
      if (swap.op === NOP || swappable(swap)) continue;
      return;
    }
    const j = nextSwappable(instrs, i, -1);
    if (j < 0) return;
    let k = j;
    const line = instrs[j].line;
    for (let n = swap.arg - 1; n > 0; n--) {
      k = nextSwappable(instrs, k, line);
      if (k < 0) return;
    }
    const storeJ = storesTo(instrs[j]);
    const storeK = storesTo(instrs[k]);
    if (storeJ >= 0 || storeK >= 0) {
      if (storeJ === storeK) return;
      for (let m = j + 1; m < k; m++) {
        const store = storesTo(instrs[m]);
        if (store >= 0 && (store === storeJ || store === storeK)) return;
      }
    }
    toNop(swap);
    const saved = instrs[j];
    instrs[j] = instrs[k];
    instrs[k] = saved;
  }
}
