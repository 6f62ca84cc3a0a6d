/** Statements: dispatch, and the simple ones. */
import type { Assert, Assign, ExprStmt, If, Return, Stmt } from "../../syntax/ast.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import { annAssign } from "./annotations.ts";
import { classDef } from "./classes.ts";
import type { Compiler } from "./compiler.ts";
import { functionDef } from "./functions.ts";
import { importFrom, importStmt } from "./imports.ts";
import { jumpIf } from "./jumps.ts";
import { asyncForLoop, forLoop, leaveLoop, whileLoop } from "./loops.ts";
import { matchStmt } from "./match.ts";
import { augAssign } from "./operators.ts";
import { tryStmt } from "./try.ts";
import { typeAlias } from "./type-params.ts";
import { unwindBlocks } from "./unwind.ts";
import { withStmt } from "./with.ts";

const {
  COPY,
  CALL,
  CALL_INTRINSIC_1,
  JUMP_NO_INTERRUPT,
  LOAD_COMMON_CONSTANT,
  NOP,
  POP_TOP,
  RAISE_VARARGS,
  RETURN_VALUE,
} = OP;
const INTRINSIC_PRINT = 1;
const COMMON_ASSERTION_ERROR = 0;

export function visitStmt(c: Compiler, s: Stmt): void {
  switch (s.kind) {
    case "Expr":
      return exprStmt(c, s);
    case "Assign":
      return assign(c, s);
    case "If":
      return ifStmt(c, s);
    case "Return":
      return returnStmt(c, s);
    case "FunctionDef":
    case "AsyncFunctionDef":
      return functionDef(c, s);
    case "ClassDef":
      return classDef(c, s);
    case "For":
      return forLoop(c, s);
    case "Import":
      return importStmt(c, s);
    case "ImportFrom":
      return importFrom(c, s);
    case "Try":
    case "TryStar":
      return tryStmt(c, s);
    case "With":
      return withStmt(c, s);
    case "AsyncWith":
      return withStmt(c, s);
    case "Raise":
      if (s.exc !== null) c.expr(s.exc);
      if (s.cause !== null) c.expr(s.cause);
      return c.opArg(s, RAISE_VARARGS, s.cause !== null ? 2 : s.exc !== null ? 1 : 0);
    case "AugAssign":
      return augAssign(c, s);
    case "AnnAssign":
      return annAssign(c, s);
    case "While":
      return whileLoop(c, s);
    case "Assert":
      return assertStmt(c, s);
    case "Delete":
      return c.exprs(s.targets);
    case "Pass":
      return c.op(s, NOP);
    case "Break":
    case "Continue":
      return leaveLoop(c, s);
    case "AsyncFor":
      return asyncForLoop(c, s);
    case "Match":
      return matchStmt(c, s);
    case "TypeAlias":
      return typeAlias(c, s);
    case "Global":
    case "Nonlocal":
      return;
  }
}

function exprStmt(c: Compiler, s: ExprStmt): void {
  if (c.options.interactive && c.nestlevel <= 1) {
    c.expr(s.value);
    c.opArg(s, CALL_INTRINSIC_1, INTRINSIC_PRINT);
    c.op(NO_LOCATION, POP_TOP);
  } else if (s.value.kind === "Constant") {
    // Does nothing, but its line can be stopped at.
    c.op(s, NOP);
  } else {
    c.expr(s.value);
    c.op(NO_LOCATION, POP_TOP);
  }
}

function assign(c: Compiler, s: Assign): void {
  c.expr(s.value);
  const n = s.targets.length;
  for (let i = 0; i < n; i++) {
    if (i + 1 < n) c.opArg(s, COPY, 1);
    c.expr(s.targets[i]);
  }
}

function ifStmt(c: Compiler, s: If): void {
  const u = c.u;
  const saved = u.inConditionalBlock;
  u.inConditionalBlock = true;
  const end = c.newLabel();
  const next = s.orelse.length > 0 ? c.newLabel() : end;
  jumpIf(c, s, s.test, next, false);
  c.stmts(s.body);
  if (s.orelse.length > 0) {
    c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, end);
    c.useLabel(next);
    c.stmts(s.orelse);
  }
  c.useLabel(end);
  u.inConditionalBlock = saved;
}

function returnStmt(c: Compiler, s: Return): void {
  const scope = c.u.scope;
  if (!scope.functionLike) c.error(s, "'return' outside function");
  const value = s.value;
  if (value !== null && scope.coroutine && scope.generator) c.error(s, "'return' with value in async generator");
  const preserve = value !== null && value.kind !== "Constant";
  let at: typeof s | NonNullable<typeof value> = s;
  if (preserve) {
    c.expr(value);
  } else if (value !== null) {
    at = value;
    c.op(value, NOP);
  }
  if (value === null || value.lineno !== s.lineno) {
    at = s;
    c.op(s, NOP);
  }
  const { loc } = unwindBlocks(c, at, preserve, false);
  if (value === null) c.loadNone(loc);
  else if (value.kind === "Constant") c.loadConst(loc, value.value);
  c.op(loc, RETURN_VALUE);
}

function assertStmt(c: Compiler, s: Assert): void {
  const t = s.test;
  if (t.kind === "Tuple" && t.elts.length > 0) c.warn(s, "assertion is always true, perhaps remove parentheses?");
  if (c.options.optimize > 0) return;
  const end = c.newLabel();
  jumpIf(c, s, t, end, true);
  c.opArg(s, LOAD_COMMON_CONSTANT, COMMON_ASSERTION_ERROR);
  if (s.msg !== null) {
    c.expr(s.msg);
    c.opArg(s, CALL, 0);
  }
  c.opArg(t, RAISE_VARARGS, 1);
  c.useLabel(end);
}
