/** The last steps on the graph: real instructions for pseudo ones, the function's prefix, the directions of jumps. */
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR } from "../code.ts";
import type { Unit } from "../codegen/unit.ts";
import { copyLocation, Instr } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import {
  append,
  Block,
  clearVisited,
  FLOW,
  instrLike,
  IS_BLOCK_PUSH,
  IS_CONDITIONAL_JUMP,
  lastInstr,
  toNop,
} from "./block.ts";
import { removeNops } from "./nops.ts";

const {
  JUMP_IF_FALSE,
  JUMP_IF_TRUE,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_TRUE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  COPY,
  TO_BOOL,
  LOAD_CLOSURE,
  LOAD_FAST,
  STORE_FAST_MAYBE_NULL,
  STORE_FAST,
  RETURN_GENERATOR,
  POP_TOP,
  MAKE_CELL,
  COPY_FREE_VARS,
  LOAD_DEREF,
  STORE_DEREF,
  DELETE_DEREF,
  LOAD_FROM_DICT_OR_DEREF,
  NOT_TAKEN,
  JUMP,
} = OP;

/** JUMP_IF_… keeps the value: it becomes a copy, a test and a jump. */
export function convertConditionalJumps(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null || (last.op !== JUMP_IF_FALSE && last.op !== JUMP_IF_TRUE)) continue;
    last.op = last.op === JUMP_IF_FALSE ? POP_JUMP_IF_FALSE : POP_JUMP_IF_TRUE;
    b.instrs.pop();
    b.instrs.push(instrLike(last, COPY, 1), instrLike(last, TO_BOOL, 0), last);
  }
}

export function convertPseudoOps(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      if ((FLOW[instr.op] & IS_BLOCK_PUSH) !== 0) toNop(instr);
      else if (instr.op === LOAD_CLOSURE) instr.op = LOAD_FAST;
      else if (instr.op === STORE_FAST_MAYBE_NULL) instr.op = STORE_FAST;
    }
  }
  removeNops(entry);
}

/**
 * Numbers cells and free variables after the locals, a cell that is a parameter keeping the parameter's number, and
 * puts before the code what makes them. Returns the number of "fast" variables.
 */
export function prepareLocals(entry: Block, u: Unit, flags: number): number {
  const nlocals = u.varnames.size;
  const ncells = u.cellvars.size;
  const nfree = u.freevars.size;
  const fixed: number[] = [];
  for (let i = 0; i < ncells + nfree; i++) fixed.push(nlocals + i);
  for (const [name, index] of u.cellvars) {
    const local = u.varnames.get(name);
    if (local !== undefined) fixed[index] = local;
  }
  const prefix: Instr[] = [];
  if (nfree > 0) prefix.push(new Instr(COPY_FREE_VARS, nfree, -1, -1, -1, -1));
  if (ncells > 0) {
    const cells = Array.from({ length: ncells }, (_, i) => i).sort((a, b) => fixed[a] - fixed[b]);
    for (const cell of cells) prefix.push(new Instr(MAKE_CELL, cell, -1, -1, -1, -1));
  }
  if ((flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) !== 0) {
    prefix.push(new Instr(RETURN_GENERATOR, 0, u.firstlineno, u.firstlineno, -1, -1));
    prefix.push(new Instr(POP_TOP, 0, u.firstlineno, u.firstlineno, -1, -1));
  }
  if (prefix.length > 0) entry.instrs.unshift(...prefix);
  if (ncells + nfree === 0) return nlocals;
  let dropped = 0;
  for (let i = 0; i < fixed.length; i++) {
    if (fixed[i] === nlocals + i) fixed[i] -= dropped;
    else dropped++;
  }
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      switch (instr.op) {
        case MAKE_CELL:
        case LOAD_CLOSURE:
        case LOAD_DEREF:
        case STORE_DEREF:
        case DELETE_DEREF:
        case LOAD_FROM_DICT_OR_DEREF:
          instr.arg = fixed[instr.arg];
      }
    }
  }
  return nlocals + ncells + nfree - dropped;
}

function reversed(op: number): number {
  switch (op) {
    case POP_JUMP_IF_FALSE:
      return POP_JUMP_IF_TRUE;
    case POP_JUMP_IF_TRUE:
      return POP_JUMP_IF_FALSE;
    case POP_JUMP_IF_NONE:
      return POP_JUMP_IF_NOT_NONE;
    default:
      return POP_JUMP_IF_NONE;
  }
}

/** Conditional jumps go forward only: one that goes back becomes its opposite over an unconditional jump. */
export function normalizeJumps(entry: Block): void {
  clearVisited(entry);
  for (let b: Block | null = entry; b !== null; b = b.next) {
    b.visited = true;
    const last = lastInstr(b);
    if (last === null || (FLOW[last.op] & IS_CONDITIONAL_JUMP) === 0) continue;
    const target = last.target as Block;
    if (!target.visited) {
      const marker = new Instr(NOT_TAKEN, 0, 0, 0, 0, 0);
      copyLocation(marker, last);
      append(b, marker);
      continue;
    }
    const marker = new Instr(NOT_TAKEN, 0, 0, 0, 0, 0);
    const jump = new Instr(JUMP, 0, 0, 0, 0, 0);
    copyLocation(marker, last);
    copyLocation(jump, last);
    jump.target = target;
    const back = new Block([marker, jump]);
    back.startDepth = target.startDepth;
    back.cold = b.cold;
    back.visited = true;
    last.op = reversed(last.op);
    last.target = b.next;
    back.next = b.next;
    b.next = back;
    b = back;
  }
}
