/** Constants in the instruction stream: known conditions, small ints, folding, and dropping what is unused. */
import type { CodeConst } from "../code.ts";
import { bool, int, isTrue } from "../consts.ts";
import { foldBinary, foldUnary, type UnaryFold } from "../fold.ts";
import { copyLocation, type Instr } from "../instruction.ts";
import { BINARY_OPS, HAS_CONST, OP, OPCODE_FLAGS } from "../opcodes.ts";
import { type Block, toNop } from "./block.ts";

const {
  NOP,
  LOAD_CONST,
  LOAD_SMALL_INT,
  COPY,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_TRUE,
  JUMP_IF_FALSE,
  JUMP_IF_TRUE,
  JUMP,
  IS_OP,
  TO_BOOL,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  BUILD_TUPLE,
  BUILD_LIST,
  BUILD_SET,
  LIST_EXTEND,
  SET_UPDATE,
  LIST_APPEND,
  SET_ADD,
  GET_ITER,
  CONTAINS_OP,
  UNARY_NEGATIVE,
  UNARY_INVERT,
  UNARY_NOT,
} = OP;
const STACK_USE_GUIDELINE = 30;
/** Lists and sets with fewer constants are built from them one by one. */
const MIN_CONST_SEQUENCE_SIZE = 3;

/** The constants of the code object under construction. */
export interface ConstPool {
  readonly consts: CodeConst[];
  addConst(c: CodeConst): number;
}

function loadsConst(instr: Instr): boolean {
  return instr.op === LOAD_SMALL_INT || (OPCODE_FLAGS[instr.op] & HAS_CONST) !== 0;
}

function constOf(op: number, arg: number, pool: ConstPool): CodeConst {
  return op === LOAD_SMALL_INT ? int(arg) : pool.consts[arg];
}

function makeSmallInt(instr: Instr, c: CodeConst): boolean {
  if (c.t !== "int" || typeof c.v !== "number" || c.v < 0 || c.v >= 256) return false;
  instr.op = LOAD_SMALL_INT;
  instr.arg = c.v;
  return true;
}

function makeLoadConst(instr: Instr, c: CodeConst, pool: ConstPool): void {
  if (makeSmallInt(instr, c)) return;
  instr.op = LOAD_CONST;
  instr.arg = pool.addConst(c);
}

/** Decides jumps and tests of constants; `is None` tests become jumps of their own. */
export function optimizeLoadConst(b: Block, pool: ConstPool): void {
  const instrs = b.instrs;
  let op = 0;
  let arg = 0;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    if (instr.op === LOAD_CONST) makeSmallInt(instr, pool.consts[instr.arg]);
    const copiesConst = op === LOAD_CONST && instr.op === COPY && instr.arg === 1;
    if (!copiesConst) {
      op = instr.op;
      arg = instr.arg;
    }
    if ((op !== LOAD_CONST && op !== LOAD_SMALL_INT) || i + 1 >= instrs.length) continue;
    const next = instrs[i + 1];
    switch (next.op) {
      case POP_JUMP_IF_FALSE:
      case POP_JUMP_IF_TRUE:
      case JUMP_IF_FALSE:
      case JUMP_IF_TRUE: {
        const truth = isTrue(constOf(op, arg, pool));
        // The latter two keep the value.
        if (next.op === POP_JUMP_IF_FALSE || next.op === POP_JUMP_IF_TRUE) toNop(instr);
        if (truth === (next.op === POP_JUMP_IF_TRUE || next.op === JUMP_IF_TRUE)) next.op = JUMP;
        else toNop(next);
        break;
      }
      case IS_OP:
        if (constOf(op, arg, pool).t === "none") isNoneJump(instrs, i);
        break;
      case TO_BOOL: {
        const truth = isTrue(constOf(op, arg, pool));
        toNop(instr);
        next.op = LOAD_CONST;
        next.arg = pool.addConst(bool(truth));
        break;
      }
    }
  }
}

function isNoneJump(instrs: Instr[], i: number): void {
  if (instrs.length <= i + 2) return;
  const is = instrs[i + 1];
  let jump = instrs[i + 2];
  if (jump.op === TO_BOOL) {
    toNop(jump);
    if (instrs.length <= i + 3) return;
    jump = instrs[i + 3];
  }
  let invert = is.arg !== 0;
  if (jump.op === POP_JUMP_IF_FALSE) invert = !invert;
  else if (jump.op !== POP_JUMP_IF_TRUE) return;
  toNop(instrs[i]);
  toNop(is);
  jump.op = invert ? POP_JUMP_IF_NOT_NONE : POP_JUMP_IF_NONE;
}

// ── folding ──────────────────────────────────────────────────────────────────────────────────────────────────
/** Indices of the `n` loads of constants right before index `end`, NOPs aside; null if they are not that. */
function constLoads(instrs: Instr[], end: number, n: number): number[] | null {
  const found: number[] = new Array<number>(n);
  for (let i = end - 1; n > 0; i--) {
    if (i < 0) return null;
    if (instrs[i].op === NOP) continue;
    if (!loadsConst(instrs[i])) return null;
    found[--n] = i;
  }
  return found;
}

function drop(instr: Instr): void {
  toNop(instr);
  instr.line = -1;
  instr.endLine = -1;
  instr.col = -1;
  instr.endCol = -1;
}

function valuesAt(instrs: Instr[], at: readonly number[], pool: ConstPool): CodeConst[] {
  return at.map((i) => constOf(instrs[i].op, instrs[i].arg, pool));
}

export function foldTuple(b: Block, i: number, pool: ConstPool): void {
  const instr = b.instrs[i];
  if (instr.arg > STACK_USE_GUIDELINE) return;
  const loads = constLoads(b.instrs, i, instr.arg);
  if (loads === null) return;
  const v = valuesAt(b.instrs, loads, pool);
  for (const j of loads) drop(b.instrs[j]);
  makeLoadConst(instr, { t: "tuple", v }, pool);
}

function frozenset(items: CodeConst[]): CodeConst {
  return { t: "frozenset", v: items };
}

/** A list or set of constants that is only iterated or searched becomes a constant; else it is built from one. */
export function foldListOrSet(b: Block, i: number, nextop: number, pool: ConstPool): void {
  const instr = b.instrs[i];
  const consumed = nextop === GET_ITER || nextop === CONTAINS_OP;
  const size = instr.arg;
  if (size > STACK_USE_GUIDELINE || (size < MIN_CONST_SEQUENCE_SIZE && !consumed)) return;
  const loads = constLoads(b.instrs, i, size);
  if (loads === null) {
    if (consumed && instr.op === BUILD_LIST) instr.op = BUILD_TUPLE;
    return;
  }
  const v = valuesAt(b.instrs, loads, pool);
  const isSet = instr.op === BUILD_SET;
  const index = pool.addConst(isSet ? frozenset(dedupe(v)) : { t: "tuple", v });
  for (const j of loads) drop(b.instrs[j]);
  if (consumed) {
    instr.op = LOAD_CONST;
    instr.arg = index;
    return;
  }
  const build = b.instrs[i - 2];
  const load = b.instrs[i - 1];
  build.op = instr.op;
  build.arg = 0;
  copyLocation(build, instr);
  load.op = LOAD_CONST;
  load.arg = index;
  copyLocation(load, instr);
  instr.op = isSet ? SET_UPDATE : LIST_EXTEND;
  instr.arg = 1;
}

/** Of equal items the first stays. */
function dedupe(items: CodeConst[]): CodeConst[] {
  const seen = new Set<string>();
  return items.filter((c) => {
    const key = equalKey(c);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Equal exactly for constants that Python's `==` calls equal, as far as sets of constants go. */
function equalKey(c: CodeConst): string {
  switch (c.t) {
    case "bool":
      return c.v ? "i1" : "i0";
    case "int":
      return `i${c.v}`;
    case "float":
      return Number.isInteger(c.v) ? `i${BigInt(c.v)}` : `f${c.v}`;
    case "complex":
      return c.im === 0 ? equalKey({ t: "float", v: c.re }) : `c${c.re + 0},${c.im + 0}`;
    case "str":
    case "bytes":
      return `${c.t}${c.v}`;
    case "astral":
      return `a${c.v.join()}`;
    case "tuple":
      return `(${c.v.map(equalKey).join()})`;
    case "frozenset":
      return `{${c.v.map(equalKey).sort().join()}}`;
    default:
      return c.t;
  }
}

/**
 * A long sequence of constants built item by item before `end` (`build 0`, then loads and adds in turn) becomes one
 * constant, loaded at `at`.
 */
function foldBuilt(b: Block, at: number, end: number, build: number, add: number, pool: ConstPool): void {
  const instrs = b.instrs;
  let expectAppend = true;
  const loads: number[] = [];
  for (let pos = end - 1; pos >= 0; pos--) {
    const instr = instrs[pos];
    if (instr.op === NOP) continue;
    if (instr.op === build && instr.arg === 0) {
      if (!expectAppend) return;
      const v = valuesAt(instrs, loads.reverse(), pool);
      // The instruction converted keeps its place only when it is not one of the adds.
      for (let j = pos; j < end; j++) if (instrs[j].op !== NOP) drop(instrs[j]);
      makeLoadConst(instrs[at], build === BUILD_SET ? frozenset(dedupe(v)) : { t: "tuple", v }, pool);
      return;
    }
    if (expectAppend) {
      if (instr.op !== add || instr.arg !== 1) return;
    } else {
      if (!loadsConst(instr)) return;
      loads.push(pos);
    }
    expectAppend = !expectAppend;
  }
}

/** A long tuple, built as a list. */
export function foldListToTuple(b: Block, i: number, pool: ConstPool): void {
  foldBuilt(b, i, i, BUILD_LIST, LIST_APPEND, pool);
}

/** A long list or set that is only iterated or searched. */
export function foldConsumed(b: Block, i: number, nextop: number, pool: ConstPool): void {
  if (nextop !== GET_ITER && nextop !== CONTAINS_OP) return;
  const isSet = b.instrs[i].op === SET_ADD;
  foldBuilt(b, i, i + 1, isSet ? BUILD_SET : BUILD_LIST, isSet ? SET_ADD : LIST_APPEND, pool);
}

export function foldBinaryOp(b: Block, i: number, pool: ConstPool): void {
  const loads = constLoads(b.instrs, i, 2);
  if (loads === null) return;
  const [left, right] = valuesAt(b.instrs, loads, pool);
  const symbol = BINARY_OPS[b.instrs[i].arg][1];
  const value = foldBinary(symbol, left, right);
  if (value === null) return;
  for (const j of loads) drop(b.instrs[j]);
  makeLoadConst(b.instrs[i], value, pool);
}

export function foldUnaryOp(b: Block, i: number, pool: ConstPool): void {
  const loads = constLoads(b.instrs, i, 1);
  if (loads === null) return;
  const [value] = valuesAt(b.instrs, loads, pool);
  const op = b.instrs[i].op;
  const fold: UnaryFold = op === UNARY_NEGATIVE ? "-" : op === UNARY_INVERT ? "~" : op === UNARY_NOT ? "not" : "+";
  const result = foldUnary(fold, value);
  if (result === null) return;
  drop(b.instrs[loads[0]]);
  makeLoadConst(b.instrs[i], result, pool);
}

/** Renumbers the constants that are still loaded; the first stays always, it may be the docstring. */
export function removeUnusedConsts(entry: Block, consts: CodeConst[]): CodeConst[] {
  if (consts.length === 0) return consts;
  const used = new Uint8Array(consts.length);
  used[0] = 1;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) if ((OPCODE_FLAGS[instr.op] & HAS_CONST) !== 0) used[instr.arg] = 1;
  }
  const renumber = new Int32Array(consts.length);
  const kept: CodeConst[] = [];
  for (let i = 0; i < consts.length; i++) if (used[i] !== 0) renumber[i] = kept.push(consts[i]) - 1;
  if (kept.length === consts.length) return consts;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) if ((OPCODE_FLAGS[instr.op] & HAS_CONST) !== 0) instr.arg = renumber[instr.arg];
  }
  return kept;
}
