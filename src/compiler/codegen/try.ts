/** `try` with `except`, `except*`, `else` and `finally`. */
import type { ExceptHandler, Try, TryStar } from "../../syntax/ast.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import type { Compiler } from "./compiler.ts";
import { nameOp } from "./names.ts";
import {
  FB_EXCEPTION_GROUP_HANDLER,
  FB_EXCEPTION_HANDLER,
  FB_FINALLY_END,
  FB_FINALLY_TRY,
  FB_HANDLER_CLEANUP,
  FB_TRY_EXCEPT,
} from "./unit.ts";
import { clearName, popExceptAndReraise } from "./unwind.ts";

const {
  SETUP_FINALLY,
  SETUP_CLEANUP,
  POP_BLOCK,
  JUMP_NO_INTERRUPT,
  PUSH_EXC_INFO,
  RERAISE,
  CHECK_EXC_MATCH,
  POP_JUMP_IF_FALSE,
  POP_TOP,
  POP_EXCEPT,
  BUILD_LIST,
  COPY,
  CHECK_EG_MATCH,
  POP_JUMP_IF_NONE,
  LIST_APPEND,
  NOP,
  CALL_INTRINSIC_2,
  POP_JUMP_IF_NOT_NONE,
  SWAP,
} = OP;
const INTRINSIC_PREP_RERAISE_STAR = 1;

type TryStmt = Try | TryStar;

export function tryStmt(c: Compiler, s: TryStmt): void {
  const u = c.u;
  const saved = u.inConditionalBlock;
  u.inConditionalBlock = true;
  if (s.finalbody.length > 0) tryFinally(c, s);
  else handled(c, s);
  u.inConditionalBlock = saved;
}

function handled(c: Compiler, s: TryStmt): void {
  if (s.kind === "TryStar") tryStar(c, s);
  else tryExcept(c, s);
}

function tryFinally(c: Compiler, s: TryStmt): void {
  const end = c.newLabel();
  const cleanup = c.newLabel();
  const exit = c.newLabel();
  c.jump(s, SETUP_FINALLY, end);
  const fb = c.pushBlock(s, FB_FINALLY_TRY, -1, end);
  const level = c.disableWarnings;
  fb.unwind = () => {
    // Where a jump leaves the statement its warnings are given again, unless it is itself part of a copy.
    const saved = c.disableWarnings;
    c.disableWarnings = level;
    c.stmts(s.finalbody);
    c.disableWarnings = saved;
  };
  if (s.handlers.length > 0) handled(c, s);
  else c.stmts(s.body);
  c.op(NO_LOCATION, POP_BLOCK);
  c.popBlock();
  c.stmts(s.finalbody);
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, exit);
  c.useLabel(end);
  c.pushBlock(s, FB_FINALLY_END, -1, -1);
  c.jump(NO_LOCATION, SETUP_CLEANUP, cleanup);
  c.op(NO_LOCATION, PUSH_EXC_INFO);
  // This copy's warnings were given with the other.
  c.disableWarnings++;
  c.stmts(s.finalbody);
  c.disableWarnings--;
  c.popBlock();
  c.opArg(NO_LOCATION, RERAISE, 0);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.useLabel(exit);
}

function tryExcept(c: Compiler, s: TryStmt): void {
  const except = c.newLabel();
  const cleanup = c.newLabel();
  const end = c.newLabel();
  c.jump(s, SETUP_FINALLY, except);
  c.pushBlock(s, FB_TRY_EXCEPT, -1, -1);
  c.stmts(s.body);
  c.popBlock();
  c.op(NO_LOCATION, POP_BLOCK);
  c.stmts(s.orelse);
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, end);
  c.useLabel(except);
  c.jump(NO_LOCATION, SETUP_CLEANUP, cleanup);
  c.op(NO_LOCATION, PUSH_EXC_INFO);
  c.pushBlock(s, FB_EXCEPTION_HANDLER, -1, -1);
  s.handlers.forEach((h, i) => {
    if (h.type === null && i < s.handlers.length - 1) c.error(h, "default 'except:' must be last");
    exceptHandler(c, h, end);
  });
  c.popBlock();
  c.opArg(NO_LOCATION, RERAISE, 0);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.useLabel(end);
}

function exceptHandler(c: Compiler, h: ExceptHandler, end: number): void {
  const next = c.newLabel();
  if (h.type !== null) {
    c.expr(h.type);
    c.op(h, CHECK_EXC_MATCH);
    c.jump(h, POP_JUMP_IF_FALSE, next);
  }
  if (h.name !== null) {
    const cleanupEnd = c.newLabel();
    nameOp(c, h, h.name, "Store");
    // As a try … finally that forgets the name.
    c.jump(h, SETUP_CLEANUP, cleanupEnd);
    handlerBody(c, h);
    c.op(NO_LOCATION, POP_BLOCK);
    c.op(NO_LOCATION, POP_BLOCK);
    c.op(NO_LOCATION, POP_EXCEPT);
    clearName(c, NO_LOCATION, h.name);
    c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, end);
    c.useLabel(cleanupEnd);
    clearName(c, NO_LOCATION, h.name);
    c.opArg(NO_LOCATION, RERAISE, 1);
  } else {
    c.op(h, POP_TOP);
    handlerBody(c, h);
    c.op(NO_LOCATION, POP_BLOCK);
    c.op(NO_LOCATION, POP_EXCEPT);
    c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, end);
  }
  c.useLabel(next);
}

function handlerBody(c: Compiler, h: ExceptHandler): void {
  const fb = c.pushBlock(h, FB_HANDLER_CLEANUP, -1, -1);
  fb.name = h.name;
  c.stmts(h.body);
  c.popBlock();
}

/**
 * `except*`: the stack holds the original group, the list of what the handlers raised, and the part of the group not
 * matched yet; in the end all that is left is raised again as one.
 */
function tryStar(c: Compiler, s: TryStmt): void {
  const except = c.newLabel();
  const orelse = c.newLabel();
  const end = c.newLabel();
  const cleanup = c.newLabel();
  const reraiseStar = c.newLabel();
  c.jump(s, SETUP_FINALLY, except);
  c.pushBlock(s, FB_TRY_EXCEPT, -1, -1);
  c.stmts(s.body);
  c.popBlock();
  c.op(NO_LOCATION, POP_BLOCK);
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, orelse);
  c.useLabel(except);
  c.jump(NO_LOCATION, SETUP_CLEANUP, cleanup);
  c.op(NO_LOCATION, PUSH_EXC_INFO);
  c.pushBlock(s, FB_EXCEPTION_GROUP_HANDLER, -1, -1);
  s.handlers.forEach((h, i) => {
    groupHandler(c, h, i === 0);
    if (i < s.handlers.length - 1) return;
    // What no handler took.
    c.opArg(NO_LOCATION, LIST_APPEND, 1);
    c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, reraiseStar);
  });
  c.popBlock();
  const reraise = c.newLabel();
  c.useLabel(reraiseStar);
  c.opArg(NO_LOCATION, CALL_INTRINSIC_2, INTRINSIC_PREP_RERAISE_STAR);
  c.opArg(NO_LOCATION, COPY, 1);
  c.jump(NO_LOCATION, POP_JUMP_IF_NOT_NONE, reraise);
  c.op(NO_LOCATION, POP_TOP);
  c.op(NO_LOCATION, POP_BLOCK);
  c.op(NO_LOCATION, POP_EXCEPT);
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, end);
  c.useLabel(reraise);
  c.op(NO_LOCATION, POP_BLOCK);
  c.opArg(NO_LOCATION, SWAP, 2);
  c.op(NO_LOCATION, POP_EXCEPT);
  c.opArg(NO_LOCATION, RERAISE, 0);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.useLabel(orelse);
  c.stmts(s.orelse);
  c.useLabel(end);
}

function groupHandler(c: Compiler, h: ExceptHandler, first: boolean): void {
  const next = c.newLabel();
  const nextWithError = c.newLabel();
  const noMatch = c.newLabel();
  const cleanupEnd = c.newLabel();
  if (first) {
    c.opArg(h, BUILD_LIST, 0);
    c.opArg(h, COPY, 2);
  }
  if (h.type !== null) {
    c.expr(h.type);
    c.op(h, CHECK_EG_MATCH);
    c.opArg(h, COPY, 1);
    c.jump(h, POP_JUMP_IF_NONE, noMatch);
  }
  if (h.name !== null) nameOp(c, h, h.name, "Store");
  else c.op(h, POP_TOP);
  c.jump(h, SETUP_CLEANUP, cleanupEnd);
  handlerBody(c, h);
  c.op(NO_LOCATION, POP_BLOCK);
  if (h.name !== null) clearName(c, NO_LOCATION, h.name);
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, next);
  c.useLabel(cleanupEnd);
  if (h.name !== null) clearName(c, NO_LOCATION, h.name);
  // The exception joins the list; under it lies the position.
  c.opArg(NO_LOCATION, LIST_APPEND, 3);
  c.op(NO_LOCATION, POP_TOP);
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, nextWithError);
  c.useLabel(next);
  // Holds a line that is propagated here.
  c.op(NO_LOCATION, NOP);
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, nextWithError);
  c.useLabel(noMatch);
  c.op(h, POP_TOP);
  c.useLabel(nextWithError);
}
