/** Improvements within a block, looking at one instruction and the next, or at the block a jump leads to. */
import { OP } from "../opcodes.ts";
import { copyLocation, Instr } from "../instruction.ts";
import { append, type Block, FLOW, HAS_TARGET, IS_JUMP, toNop } from "./block.ts";
import {
  type ConstPool,
  foldBinaryOp,
  foldConsumed,
  foldListOrSet,
  foldListToTuple,
  foldTuple,
  foldUnaryOp,
} from "./constants.ts";
import { optimizeSwaps } from "./swaps.ts";

const {
  NOP,
  BUILD_TUPLE,
  BUILD_LIST,
  BUILD_SET,
  UNPACK_SEQUENCE,
  SWAP,
  POP_JUMP_IF_NOT_NONE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_TRUE,
  JUMP_IF_FALSE,
  JUMP_IF_TRUE,
  JUMP,
  JUMP_NO_INTERRUPT,
  STORE_FAST,
  POP_TOP,
  COMPARE_OP,
  CONTAINS_OP,
  IS_OP,
  TO_BOOL,
  UNARY_NOT,
  UNARY_INVERT,
  UNARY_NEGATIVE,
  CALL_INTRINSIC_1,
  BINARY_OP,
  LOAD_GLOBAL,
  PUSH_NULL,
  GET_ITER,
  LIST_APPEND,
  SET_ADD,
} = OP;
const INTRINSIC_UNARY_POSITIVE = 5;
const INTRINSIC_LIST_TO_TUPLE = 6;
/** In COMPARE_OP's argument: the result is wanted as a bool. */
const COMPARE_TO_BOOL = 16;

/** Makes a jump to a jump go where that goes; says whether it did. */
function thread(b: Block, instr: Instr, target: Instr, op: number): boolean {
  if (instr.target === target.target) return false;
  // The NOP keeps the line, if that is needed.
  const jump = new Instr(op, 0, 0, 0, 0, 0);
  copyLocation(jump, target);
  jump.target = target.target;
  toNop(instr);
  append(b, jump);
  return true;
}

export function optimizeBlock(b: Block, pool: ConstPool): void {
  const instrs = b.instrs;
  let swaps = false;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    const next = i + 1 < instrs.length ? instrs[i + 1] : null;
    const nextop = next !== null ? next.op : 0;
    const op = instr.op;
    if ((FLOW[op] & HAS_TARGET) !== 0) {
      if ((FLOW[op] & IS_JUMP) !== 0 && optimizeJump(b, instr)) i--;
      continue;
    }
    switch (op) {
      case BUILD_TUPLE:
        if (nextop === UNPACK_SEQUENCE && next !== null && instr.arg === next.arg && instr.arg >= 1 && instr.arg <= 3) {
          toNop(instr);
          if (next.arg === 1) toNop(next);
          else next.op = SWAP;
          break;
        }
        foldTuple(b, i, pool);
        break;
      case BUILD_LIST:
      case BUILD_SET:
        foldListOrSet(b, i, nextop, pool);
        break;
      case LIST_APPEND:
      case SET_ADD:
        foldConsumed(b, i, nextop, pool);
        break;
      case COMPARE_OP:
        if (nextop === TO_BOOL && next !== null) {
          next.op = COMPARE_OP;
          next.arg = instr.arg | COMPARE_TO_BOOL;
          toNop(instr);
        }
        break;
      case CONTAINS_OP:
      case IS_OP:
        if (next === null || (nextop !== TO_BOOL && nextop !== UNARY_NOT)) break;
        next.op = op;
        next.arg = nextop === TO_BOOL ? instr.arg : instr.arg ^ 1;
        toNop(instr);
        break;
      case TO_BOOL:
        if (nextop === TO_BOOL) toNop(instr);
        break;
      case UNARY_NOT:
        if (next !== null && (nextop === TO_BOOL || nextop === UNARY_NOT)) {
          toNop(instr);
          next.op = nextop === TO_BOOL ? UNARY_NOT : NOP;
          next.arg = 0;
          break;
        }
        foldUnaryOp(b, i, pool);
        break;
      case UNARY_INVERT:
      case UNARY_NEGATIVE:
        foldUnaryOp(b, i, pool);
        break;
      case CALL_INTRINSIC_1:
        if (instr.arg === INTRINSIC_LIST_TO_TUPLE) {
          foldListToTuple(b, i, pool);
          // A list can be iterated as well.
          if (nextop === GET_ITER && instr.op === CALL_INTRINSIC_1) toNop(instr);
        } else if (instr.arg === INTRINSIC_UNARY_POSITIVE) {
          foldUnaryOp(b, i, pool);
        }
        break;
      case BINARY_OP:
        foldBinaryOp(b, i, pool);
        break;
      case LOAD_GLOBAL:
        if (nextop === PUSH_NULL && next !== null && (instr.arg & 1) === 0) {
          instr.arg |= 1;
          toNop(next);
        }
        break;
      case STORE_FAST:
        if (nextop === STORE_FAST && next !== null && instr.arg === next.arg && instr.line === next.line) {
          instr.op = POP_TOP;
          instr.arg = 0;
        }
        break;
      case SWAP:
        if (instr.arg === 1) toNop(instr);
        else swaps = true;
        break;
    }
  }
  if (swaps) optimizeSwaps(b);
}

/** Says whether the jump is to be looked at again. */
function optimizeJump(b: Block, instr: Instr): boolean {
  const dest = instr.target as Block;
  if (dest.instrs.length === 0) return false;
  const target = dest.instrs[0];
  const top = target.op;
  switch (instr.op) {
    case POP_JUMP_IF_NOT_NONE:
    case POP_JUMP_IF_NONE:
    case POP_JUMP_IF_FALSE:
    case POP_JUMP_IF_TRUE:
      return top === JUMP && thread(b, instr, target, instr.op);
    case JUMP_IF_FALSE:
    case JUMP_IF_TRUE:
      if (top === JUMP || top === instr.op) return thread(b, instr, target, instr.op);
      if (top === JUMP_IF_FALSE || top === JUMP_IF_TRUE) {
        // The other test fails on the same value.
        instr.target = dest.next;
        return true;
      }
      return false;
    case JUMP:
    case JUMP_NO_INTERRUPT:
      if (top === JUMP) return thread(b, instr, target, JUMP);
      return top === JUMP_NO_INTERRUPT && thread(b, instr, target, instr.op);
  }
  return false;
}
