/** `with` and `async with`. */
import type { AsyncWith, With } from "../../syntax/ast.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import type { Compiler } from "./compiler.ts";
import { FB_ASYNC_WITH, FB_WITH } from "./unit.ts";
import { awaitValue, callExitWithNones, popExceptAndReraise } from "./unwind.ts";

const {
  COPY,
  LOAD_SPECIAL,
  SWAP,
  CALL,
  SETUP_WITH,
  POP_TOP,
  POP_BLOCK,
  JUMP,
  JUMP_NO_INTERRUPT,
  SETUP_CLEANUP,
  PUSH_EXC_INFO,
  WITH_EXCEPT_START,
  TO_BOOL,
  POP_JUMP_IF_TRUE,
  RERAISE,
  POP_EXCEPT,
} = OP;

export function withStmt(c: Compiler, s: With | AsyncWith): void {
  const u = c.u;
  const saved = u.inConditionalBlock;
  u.inConditionalBlock = true;
  withItem(c, s, 0);
  u.inConditionalBlock = saved;
}

function withItem(c: Compiler, s: With | AsyncWith, index: number): void {
  const isAsync = s.kind === "AsyncWith";
  const item = s.items[index];
  const loc = item.context_expr;
  const final = c.newLabel();
  const exit = c.newLabel();
  const cleanup = c.newLabel();
  c.expr(item.context_expr);
  c.opArg(loc, COPY, 1);
  c.opArg(loc, LOAD_SPECIAL, isAsync ? 3 : 1);
  c.opArg(loc, SWAP, 2);
  c.opArg(loc, SWAP, 3);
  c.opArg(loc, LOAD_SPECIAL, isAsync ? 2 : 0);
  c.opArg(loc, CALL, 0);
  if (isAsync) awaitValue(c, loc, 1);
  c.jump(loc, SETUP_WITH, final);
  c.pushBlock(loc, isAsync ? FB_ASYNC_WITH : FB_WITH, -1, final);
  if (item.optional_vars !== null) c.expr(item.optional_vars);
  else c.op(loc, POP_TOP);
  if (index + 1 < s.items.length) withItem(c, s, index + 1);
  else c.stmts(s.body);
  c.popBlock();
  // The body ran through.
  c.op(isAsync ? loc : NO_LOCATION, POP_BLOCK);
  callExitWithNones(c, loc);
  if (isAsync) awaitValue(c, loc, 2);
  c.op(loc, POP_TOP);
  c.jump(loc, JUMP, exit);
  // The body raised.
  c.useLabel(final);
  c.jump(loc, SETUP_CLEANUP, cleanup);
  c.op(loc, PUSH_EXC_INFO);
  c.op(loc, WITH_EXCEPT_START);
  if (isAsync) awaitValue(c, loc, 2);
  exceptFinish(c, cleanup);
  c.useLabel(exit);
}

/** Raises again unless `__exit__` returned something true. */
function exceptFinish(c: Compiler, cleanup: number): void {
  const suppress = c.newLabel();
  const exit = c.newLabel();
  c.op(NO_LOCATION, TO_BOOL);
  c.jump(NO_LOCATION, POP_JUMP_IF_TRUE, suppress);
  c.opArg(NO_LOCATION, RERAISE, 2);
  c.useLabel(suppress);
  c.op(NO_LOCATION, POP_TOP);
  c.op(NO_LOCATION, POP_BLOCK);
  c.op(NO_LOCATION, POP_EXCEPT);
  c.op(NO_LOCATION, POP_TOP);
  c.op(NO_LOCATION, POP_TOP);
  c.op(NO_LOCATION, POP_TOP);
  c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, exit);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.useLabel(exit);
}
