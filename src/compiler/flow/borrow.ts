/**
 * LOAD_FAST becomes LOAD_FAST_BORROW where the local outlives the value's use on the stack. Our interpreter counts no
 * references; the instruction says so all the same, since `dis` shows it.
 */
import { numPopped, numPushed, OP } from "../opcodes.ts";
import { type Block, clearVisited, fallsThrough, FLOW, HAS_TARGET, IS_BLOCK_PUSH } from "./block.ts";

const {
  DELETE_FAST,
  LOAD_FAST,
  LOAD_FAST_AND_CLEAR,
  LOAD_FAST_LOAD_FAST,
  STORE_FAST,
  STORE_FAST_LOAD_FAST,
  STORE_FAST_STORE_FAST,
  COPY,
  SWAP,
  FORMAT_SIMPLE,
  GET_ANEXT,
  GET_LEN,
  GET_YIELD_FROM_ITER,
  IMPORT_FROM,
  MATCH_KEYS,
  MATCH_MAPPING,
  MATCH_SEQUENCE,
  WITH_EXCEPT_START,
  DICT_MERGE,
  DICT_UPDATE,
  LIST_APPEND,
  LIST_EXTEND,
  MAP_ADD,
  RERAISE,
  SET_ADD,
  SET_UPDATE,
  END_SEND,
  SET_FUNCTION_ATTRIBUTE,
  CHECK_EXC_MATCH,
  FOR_ITER,
  LOAD_ATTR,
  LOAD_SUPER_ATTR,
  LOAD_SPECIAL,
  PUSH_EXC_INFO,
  SEND,
  END_ASYNC_FOR,
  LOAD_FAST_BORROW,
  LOAD_FAST_BORROW_LOAD_FAST_BORROW,
} = OP;

const NOT_LOCAL = -1;
const NO_INSTR = -1;
// What speaks against borrowing.
const SUPPORT_KILLED = 1;
const STORED_AS_LOCAL = 2;
const UNCONSUMED = 4;

class RefStack {
  /** Index of the instruction that made the value, and the local it came from. */
  readonly instrs: number[] = [];
  readonly locals: number[] = [];
  size = 0;

  push(instr: number, local: number): void {
    this.instrs[this.size] = instr;
    this.locals[this.size] = local;
    this.size++;
  }

  drop(n: number): void {
    this.size -= n;
  }
}

export function borrowLoads(entry: Block): void {
  let most = 0;
  for (let b: Block | null = entry; b !== null; b = b.next) most = Math.max(most, b.instrs.length);
  const flags = new Uint8Array(most);
  const refs = new RefStack();
  clearVisited(entry);
  entry.startDepth = 0;
  entry.visited = true;
  const todo: Block[] = [entry];
  for (let b = todo.pop(); b !== undefined; b = todo.pop()) scanBlock(b, refs, flags, todo);
}

function reach(target: Block, depth: number, todo: Block[]): void {
  if (target.visited) return;
  target.visited = true;
  target.startDepth = depth;
  todo.push(target);
}

function kill(flags: Uint8Array, refs: RefStack, local: number): void {
  for (let i = 0; i < refs.size; i++) if (refs.locals[i] === local) flags[refs.instrs[i]] |= SUPPORT_KILLED;
}

/** Stores the top of the stack to a local. */
function store(flags: Uint8Array, refs: RefStack, local: number): void {
  refs.size--;
  const instr = refs.instrs[refs.size];
  kill(flags, refs, local);
  if (instr !== NO_INSTR) flags[instr] |= STORED_AS_LOCAL;
}

function scanBlock(b: Block, refs: RefStack, flags: Uint8Array, todo: Block[]): void {
  const instrs = b.instrs;
  const n = instrs.length;
  flags.fill(0, 0, n);
  refs.size = 0;
  for (let i = 0; i < b.startDepth; i++) refs.push(NO_INSTR, NOT_LOCAL);
  for (let i = 0; i < n; i++) {
    const { op, arg, target } = instrs[i];
    switch (op) {
      case DELETE_FAST:
        kill(flags, refs, arg);
        break;
      case LOAD_FAST:
        refs.push(i, arg);
        break;
      case LOAD_FAST_AND_CLEAR:
        kill(flags, refs, arg);
        refs.push(i, arg);
        break;
      case LOAD_FAST_LOAD_FAST:
        refs.push(i, arg >> 4);
        refs.push(i, arg & 15);
        break;
      case STORE_FAST:
        store(flags, refs, arg);
        break;
      case STORE_FAST_LOAD_FAST:
        store(flags, refs, arg >> 4);
        refs.push(i, arg & 15);
        break;
      case STORE_FAST_STORE_FAST:
        store(flags, refs, arg >> 4);
        store(flags, refs, arg & 15);
        break;
      case COPY: {
        const at = refs.size - arg;
        refs.push(refs.instrs[at], refs.locals[at]);
        break;
      }
      case SWAP: {
        const top = refs.size - 1;
        const at = refs.size - arg;
        const instr = refs.instrs[top];
        const local = refs.locals[top];
        refs.instrs[top] = refs.instrs[at];
        refs.locals[top] = refs.locals[at];
        refs.instrs[at] = instr;
        refs.locals[at] = local;
        break;
      }
      // These leave all their inputs on the stack.
      case FORMAT_SIMPLE:
      case GET_ANEXT:
      case GET_LEN:
      case GET_YIELD_FROM_ITER:
      case IMPORT_FROM:
      case MATCH_KEYS:
      case MATCH_MAPPING:
      case MATCH_SEQUENCE:
      case WITH_EXCEPT_START:
        // CPython's slip, which its output shows: it notes the values' count here, not the instruction.
        for (let j = 0; j < numPushed(op, arg) - numPopped(op, arg); j++) refs.push(j, NOT_LOCAL);
        break;
      // These take some of their inputs and push nothing.
      case DICT_MERGE:
      case DICT_UPDATE:
      case LIST_APPEND:
      case LIST_EXTEND:
      case MAP_ADD:
      case RERAISE:
      case SET_ADD:
      case SET_UPDATE:
        refs.drop(numPopped(op, arg) - numPushed(op, arg));
        break;
      case END_SEND:
      case SET_FUNCTION_ATTRIBUTE: {
        const top = refs.size - 1;
        const instr = refs.instrs[top];
        const local = refs.locals[top];
        refs.drop(2);
        refs.push(instr, local);
        break;
      }
      case CHECK_EXC_MATCH:
        refs.drop(1);
        refs.push(i, NOT_LOCAL);
        break;
      case FOR_ITER:
        reach(target as Block, refs.size + 1, todo);
        refs.push(i, NOT_LOCAL);
        break;
      case LOAD_ATTR:
      case LOAD_SUPER_ATTR: {
        const self = refs.size - 1;
        const instr = refs.instrs[self];
        const local = refs.locals[self];
        refs.drop(op === LOAD_SUPER_ATTR ? 3 : 1);
        refs.push(i, NOT_LOCAL);
        // A method call may push self back.
        if ((arg & 1) !== 0) refs.push(instr, local);
        break;
      }
      case LOAD_SPECIAL:
      case PUSH_EXC_INFO: {
        const top = refs.size - 1;
        const instr = refs.instrs[top];
        const local = refs.locals[top];
        refs.drop(1);
        refs.push(i, NOT_LOCAL);
        refs.push(instr, local);
        break;
      }
      case SEND:
        reach(target as Block, refs.size, todo);
        refs.drop(1);
        refs.push(i, NOT_LOCAL);
        break;
      case END_ASYNC_FOR:
        refs.drop(2);
        break;
      default: {
        const popped = numPopped(op, arg);
        const pushed = numPushed(op, arg);
        if ((FLOW[op] & HAS_TARGET) !== 0) reach(target as Block, refs.size - popped + pushed, todo);
        // An opening block pushes only where its handler begins.
        if ((FLOW[op] & IS_BLOCK_PUSH) !== 0) break;
        refs.drop(popped);
        for (let j = 0; j < pushed; j++) refs.push(i, NOT_LOCAL);
      }
    }
  }
  // As in CPython, an empty block stops the walk: what only it leads to keeps its plain loads.
  if (n > 0 && b.next !== null && fallsThrough(b)) reach(b.next, refs.size, todo);
  for (let i = 0; i < refs.size; i++) if (refs.instrs[i] !== NO_INSTR) flags[refs.instrs[i]] |= UNCONSUMED;
  for (let i = 0; i < n; i++) {
    if (flags[i] !== 0) continue;
    const instr = instrs[i];
    if (instr.op === LOAD_FAST) instr.op = LOAD_FAST_BORROW;
    else if (instr.op === LOAD_FAST_LOAD_FAST) instr.op = LOAD_FAST_BORROW_LOAD_FAST_BORROW;
  }
}
