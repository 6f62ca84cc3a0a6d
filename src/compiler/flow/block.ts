/** Basic blocks of the flow graph, and what the passes ask of opcodes. */
import { copyLocation, Instr } from "../instruction.ts";
import { HAS_HANDLER, HAS_JUMP, MAX_OPCODE, OP, OPCODE_FLAGS } from "../opcodes.ts";

export class Block {
  instrs: Instr[];
  /** The block that follows in the bytecode. */
  next: Block | null = null;
  /** Something jumps here, or did. */
  labeled = false;
  predecessors = 0;
  visited = false;
  exceptHandler = false;
  /** The handler gets the position of the raise, to raise again from there. */
  preserveLasti = false;
  cold = false;
  warm = false;
  /** Depth of the stack on entry; -1 until known. */
  startDepth = -1;
  /** Handlers in force on entry, innermost last; null until known. */
  handlers: Block[] | null = null;
  /** Locals 0–31 and 32–63 that may be unbound on entry. */
  unsafeLow = 0;
  unsafeHigh = 0;
  /**
   * Handlers of instructions that once stood beyond the end. CPython appends into the memory of instructions it
   * dropped, and what it appends there keeps their handlers; the exception table shows it.
   */
  ghosts: (Block | null)[] | null = null;
  /** Index of the first instruction in the final sequence. */
  start = 0;

  constructor(instrs: Instr[]) {
    this.instrs = instrs;
  }
}

export const IS_JUMP = 1;
export const IS_UNCONDITIONAL_JUMP = 2;
export const IS_SCOPE_EXIT = 4;
export const IS_BLOCK_PUSH = 8;
/** A jump on the value on top of the stack. */
export const IS_CONDITIONAL_JUMP = 16;
export const IS_TERMINATOR = IS_JUMP | IS_SCOPE_EXIT;
export const HAS_TARGET = IS_JUMP | IS_BLOCK_PUSH;
export const NO_FALLTHROUGH = IS_UNCONDITIONAL_JUMP | IS_SCOPE_EXIT;

function classify(): Uint8Array {
  const table = new Uint8Array(MAX_OPCODE + 1);
  for (let op = 0; op <= MAX_OPCODE; op++) {
    if ((OPCODE_FLAGS[op] & HAS_JUMP) !== 0) table[op] |= IS_JUMP;
    if ((OPCODE_FLAGS[op] & HAS_HANDLER) !== 0) table[op] |= IS_BLOCK_PUSH;
  }
  for (const op of [OP.JUMP, OP.JUMP_NO_INTERRUPT, OP.JUMP_FORWARD, OP.JUMP_BACKWARD, OP.JUMP_BACKWARD_NO_INTERRUPT])
    table[op] |= IS_UNCONDITIONAL_JUMP;
  for (const op of [OP.RETURN_VALUE, OP.RAISE_VARARGS, OP.RERAISE]) table[op] |= IS_SCOPE_EXIT;
  for (const op of [OP.POP_JUMP_IF_FALSE, OP.POP_JUMP_IF_TRUE, OP.POP_JUMP_IF_NONE, OP.POP_JUMP_IF_NOT_NONE]) {
    table[op] |= IS_CONDITIONAL_JUMP;
  }
  return table;
}
/** Opcode → what it does to the flow of control. */
export const FLOW = classify();

export function lastInstr(b: Block): Instr | null {
  return b.instrs.length === 0 ? null : b.instrs[b.instrs.length - 1];
}

export function fallsThrough(b: Block): boolean {
  const n = b.instrs.length;
  return n === 0 || (FLOW[b.instrs[n - 1].op] & NO_FALLTHROUGH) === 0;
}

export function exitsScope(b: Block): boolean {
  const n = b.instrs.length;
  return n > 0 && (FLOW[b.instrs[n - 1].op] & IS_SCOPE_EXIT) !== 0;
}

export function hasNoLine(b: Block): boolean {
  for (let i = 0; i < b.instrs.length; i++) if (b.instrs[i].line >= 0) return false;
  return true;
}

export function nextNonEmpty(b: Block | null): Block | null {
  while (b !== null && b.instrs.length === 0) b = b.next;
  return b;
}

/** Adds an instruction that has no handler of its own. */
export function append(b: Block, instr: Instr): void {
  instr.except = b.ghosts?.[b.instrs.length] ?? null;
  b.instrs.push(instr);
}

export function toNop(instr: Instr): void {
  instr.op = OP.NOP;
  instr.arg = 0;
}

export function copyInstr(from: Instr): Instr {
  const to = new Instr(from.op, from.arg, from.line, from.endLine, from.col, from.endCol);
  to.target = from.target;
  to.except = from.except;
  return to;
}

/** A new instruction at the place of another, under the same handler. */
export function instrLike(like: Instr, op: number, arg: number): Instr {
  const to = new Instr(op, arg, 0, 0, 0, 0);
  copyLocation(to, like);
  to.except = like.except;
  return to;
}

export function clearVisited(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) b.visited = false;
}
