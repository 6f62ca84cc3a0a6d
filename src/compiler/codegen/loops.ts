/** `for`, `async for`, `while`, and leaving them. */
import type { AsyncFor, Break, Continue, For, Stmt, While } from "../../syntax/ast.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import type { Compiler } from "./compiler.ts";
import { jumpIf } from "./jumps.ts";
import { FB_ASYNC_FOR_LOOP, FB_FOR_LOOP, FB_WHILE_LOOP } from "./unit.ts";
import { unwindBlock, unwindBlocks, yieldFrom } from "./unwind.ts";

const {
  GET_ITER,
  FOR_ITER,
  END_FOR,
  POP_ITER,
  JUMP,
  GET_AITER,
  GET_ANEXT,
  SETUP_FINALLY,
  POP_BLOCK,
  NOT_TAKEN,
  END_ASYNC_FOR,
  NOP,
} = OP;

/** Statements that may not run: annotations among them are conditional. */
export function conditionally(c: Compiler, emit: () => void): void {
  const u = c.u;
  const saved = u.inConditionalBlock;
  u.inConditionalBlock = true;
  emit();
  u.inConditionalBlock = saved;
}

function conditionalBody(c: Compiler, body: readonly Stmt[]): void {
  const u = c.u;
  const saved = u.inConditionalBlock;
  u.inConditionalBlock = true;
  c.stmts(body);
  u.inConditionalBlock = saved;
}

export function forLoop(c: Compiler, s: For): void {
  const start = c.newLabel();
  const cleanup = c.newLabel();
  const end = c.newLabel();
  c.pushBlock(s, FB_FOR_LOOP, start, end);
  c.expr(s.iter);
  c.op(s.iter, GET_ITER);
  c.useLabel(start);
  c.jump(s.iter, FOR_ITER, cleanup);
  // Keeps the target's line where the statement spans lines.
  c.op(s.target, NOP);
  c.expr(s.target);
  conditionalBody(c, s.body);
  c.jump(NO_LOCATION, JUMP, start);
  c.useLabel(cleanup);
  c.op(NO_LOCATION, END_FOR);
  c.op(NO_LOCATION, POP_ITER);
  c.popBlock();
  conditionalBody(c, s.orelse);
  c.useLabel(end);
}

export function asyncForLoop(c: Compiler, s: AsyncFor): void {
  const start = c.newLabel();
  const send = c.newLabel();
  const except = c.newLabel();
  const end = c.newLabel();
  c.expr(s.iter);
  c.op(s.iter, GET_AITER);
  c.useLabel(start);
  c.pushBlock(s, FB_ASYNC_FOR_LOOP, start, end);
  c.jump(s, SETUP_FINALLY, except);
  c.op(s, GET_ANEXT);
  c.loadNone(s);
  c.useLabel(send);
  yieldFrom(c, s, true);
  c.op(s, POP_BLOCK);
  c.op(s, NOT_TAKEN);
  c.expr(s.target);
  conditionalBody(c, s.body);
  c.jump(NO_LOCATION, JUMP, start);
  c.popBlock();
  c.useLabel(except);
  // The loop ends where its iterable stands, not at its body.
  c.jump(s.iter, END_ASYNC_FOR, send);
  conditionalBody(c, s.orelse);
  c.useLabel(end);
}

export function whileLoop(c: Compiler, s: While): void {
  const loop = c.newLabel();
  const end = c.newLabel();
  const anchor = c.newLabel();
  c.useLabel(loop);
  c.pushBlock(s, FB_WHILE_LOOP, loop, end);
  jumpIf(c, s, s.test, anchor, false);
  conditionalBody(c, s.body);
  c.jump(NO_LOCATION, JUMP, loop);
  c.popBlock();
  c.useLabel(anchor);
  conditionalBody(c, s.orelse);
  c.useLabel(end);
}

export function leaveLoop(c: Compiler, s: Break | Continue): void {
  c.op(s, NOP);
  const { loc, loop } = unwindBlocks(c, s, false, true);
  if (loop === null) c.error(s, s.kind === "Break" ? "'break' outside loop" : "'continue' not properly in loop");
  if (s.kind === "Break") {
    const after = unwindBlock(c, loc, loop, false);
    c.jump(after, JUMP, loop.exit);
  } else {
    c.jump(loc, JUMP, loop.block);
  }
}
