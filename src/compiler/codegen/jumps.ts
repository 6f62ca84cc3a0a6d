/** Conditions: comparisons, `and`, `or`, `not`, conditional expressions, as values and as jumps. */
import type { BoolOp, CmpOperator, Compare, Expr, IfExp, Position } from "../../syntax/ast.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import type { Compiler } from "./compiler.ts";
import { checkCompare } from "./warnings.ts";

const {
  SWAP,
  COPY,
  COMPARE_OP,
  IS_OP,
  CONTAINS_OP,
  TO_BOOL,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_TRUE,
  POP_TOP,
  JUMP_NO_INTERRUPT,
  JUMP_IF_FALSE,
  JUMP_IF_TRUE,
} = OP;

// COMPARE_OP's argument: the operator above bit 5, below it which of less, greater, equal, unordered make it true.
export const COMPARE_EQ = (2 << 5) | 8;
export const COMPARE_GT = (4 << 5) | 4;
export const COMPARE_GE = (5 << 5) | 12;

export function compareOp(c: Compiler, loc: Position, op: CmpOperator): void {
  switch (op) {
    case "Lt":
      return c.opArg(loc, COMPARE_OP, 2);
    case "LtE":
      return c.opArg(loc, COMPARE_OP, (1 << 5) | 10);
    case "Eq":
      return c.opArg(loc, COMPARE_OP, COMPARE_EQ);
    case "NotEq":
      return c.opArg(loc, COMPARE_OP, (3 << 5) | 7);
    case "Gt":
      return c.opArg(loc, COMPARE_OP, COMPARE_GT);
    case "GtE":
      return c.opArg(loc, COMPARE_OP, COMPARE_GE);
    case "Is":
      return c.opArg(loc, IS_OP, 0);
    case "IsNot":
      return c.opArg(loc, IS_OP, 1);
    case "In":
      return c.opArg(loc, CONTAINS_OP, 0);
    case "NotIn":
      return c.opArg(loc, CONTAINS_OP, 1);
  }
}

/** All of a chain but its last comparison, each keeping its right operand; `step` follows each comparison. */
function chain(c: Compiler, e: Compare, step: () => void): void {
  const n = e.ops.length - 1;
  for (let i = 0; i < n; i++) {
    c.expr(e.comparators[i]);
    c.opArg(e, SWAP, 2);
    c.opArg(e, COPY, 2);
    compareOp(c, e, e.ops[i]);
    step();
  }
  c.expr(e.comparators[n]);
  compareOp(c, e, e.ops[n]);
}

export function compare(c: Compiler, e: Compare): void {
  checkCompare(c, e);
  c.expr(e.left);
  if (e.ops.length === 1) {
    c.expr(e.comparators[0]);
    compareOp(c, e, e.ops[0]);
    return;
  }
  const cleanup = c.newLabel();
  const end = c.newLabel();
  chain(c, e, () => {
    c.opArg(e, COPY, 1);
    c.op(e, TO_BOOL);
    c.jump(e, POP_JUMP_IF_FALSE, cleanup);
    c.op(e, POP_TOP);
  });
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, end);
  c.useLabel(cleanup);
  c.opArg(e, SWAP, 2);
  c.op(e, POP_TOP);
  c.useLabel(end);
}

export function boolOp(c: Compiler, e: BoolOp): void {
  const op = e.op === "And" ? JUMP_IF_FALSE : JUMP_IF_TRUE;
  const end = c.newLabel();
  const n = e.values.length - 1;
  for (let i = 0; i < n; i++) {
    c.expr(e.values[i]);
    c.jump(e, op, end);
    c.op(e, POP_TOP);
  }
  c.expr(e.values[n]);
  c.useLabel(end);
}

export function ifExp(c: Compiler, e: IfExp): void {
  const end = c.newLabel();
  const next = c.newLabel();
  jumpIf(c, e, e.test, next, false);
  c.expr(e.body);
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, end);
  c.useLabel(next);
  c.expr(e.orelse);
  c.useLabel(end);
}

/** Jumps to `next` if the truth of `e` is `cond`. */
export function jumpIf(c: Compiler, loc: Position, e: Expr, next: number, cond: boolean): void {
  switch (e.kind) {
    case "UnaryOp":
      if (e.op !== "Not") break;
      jumpIf(c, loc, e.operand, next, !cond);
      return;
    case "BoolOp":
      jumpIfBoolOp(c, loc, e, next, cond);
      return;
    case "IfExp": {
      const end = c.newLabel();
      const orelse = c.newLabel();
      jumpIf(c, loc, e.test, orelse, false);
      jumpIf(c, loc, e.body, next, cond);
      c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, end);
      c.useLabel(orelse);
      jumpIf(c, loc, e.orelse, next, cond);
      c.useLabel(end);
      return;
    }
    case "Compare":
      if (e.ops.length === 1) break;
      jumpIfChain(c, e, next, cond);
      return;
  }
  c.expr(e);
  c.op(e, TO_BOOL);
  c.jump(e, cond ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, next);
}

function jumpIfBoolOp(c: Compiler, loc: Position, e: BoolOp, next: number, cond: boolean): void {
  const stop = e.op === "Or";
  const inner = stop !== cond ? c.newLabel() : next;
  const n = e.values.length - 1;
  for (let i = 0; i < n; i++) jumpIf(c, loc, e.values[i], inner, stop);
  jumpIf(c, loc, e.values[n], next, cond);
  if (inner !== next) c.useLabel(inner);
}

function jumpIfChain(c: Compiler, e: Compare, next: number, cond: boolean): void {
  checkCompare(c, e);
  const cleanup = c.newLabel();
  const end = c.newLabel();
  c.expr(e.left);
  chain(c, e, () => {
    c.op(e, TO_BOOL);
    c.jump(e, POP_JUMP_IF_FALSE, cleanup);
  });
  c.op(e, TO_BOOL);
  c.jump(e, cond ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, next);
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, end);
  c.useLabel(cleanup);
  c.op(e, POP_TOP);
  if (!cond) c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, next);
  c.useLabel(end);
}
