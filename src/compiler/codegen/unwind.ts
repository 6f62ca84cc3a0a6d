/** Leaving blocks early (`break`, `continue`, `return`), and the pieces of code that several blocks end with. */
import type { Position } from "../../syntax/ast.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import type { Compiler } from "./compiler.ts";
import { nameOp } from "./names.ts";
import {
  FB_ASYNC_FOR_LOOP,
  FB_ASYNC_WITH,
  FB_EXCEPTION_GROUP_HANDLER,
  FB_FINALLY_END,
  FB_FINALLY_TRY,
  FB_FOR_LOOP,
  FB_HANDLER_CLEANUP,
  FB_POP_VALUE,
  FB_TRY_EXCEPT,
  FB_WHILE_LOOP,
  FB_WITH,
  type FrameBlock,
} from "./unit.ts";

const {
  SWAP,
  POP_TOP,
  POP_BLOCK,
  POP_EXCEPT,
  CALL,
  GET_AWAITABLE,
  COPY,
  RERAISE,
  SEND,
  SETUP_FINALLY,
  YIELD_VALUE,
  RESUME,
  JUMP_NO_INTERRUPT,
  CLEANUP_THROW,
  END_SEND,
  CALL_INTRINSIC_1,
} = OP;

// RESUME's argument.
const RESUME_AFTER_YIELD = 1;
const RESUME_AFTER_YIELD_FROM = 2;
const RESUME_AFTER_AWAIT = 3;
const INTRINSIC_ASYNC_GEN_WRAP = 4;

/** Calls the `__exit__` on the stack with three Nones. */
export function callExitWithNones(c: Compiler, loc: Position): void {
  c.loadNone(loc);
  c.loadNone(loc);
  c.loadNone(loc);
  c.opArg(loc, CALL, 3);
}

/** Drives the iterator on the stack, under the value to send, to its end: `await` and `yield from`. */
export function yieldFrom(c: Compiler, loc: Position, isAwait: boolean): void {
  const send = c.newLabel();
  const fail = c.newLabel();
  const exit = c.newLabel();
  c.useLabel(send);
  c.jump(loc, SEND, exit);
  // A throw() or close() may end the inner iterator with StopIteration.
  c.jump(loc, SETUP_FINALLY, fail);
  c.opArg(loc, YIELD_VALUE, 1);
  c.op(NO_LOCATION, POP_BLOCK);
  c.opArg(loc, RESUME, isAwait ? RESUME_AFTER_AWAIT : RESUME_AFTER_YIELD_FROM);
  c.jump(loc, JUMP_NO_INTERRUPT, send);
  c.useLabel(fail);
  c.op(loc, CLEANUP_THROW);
  c.useLabel(exit);
  c.op(loc, END_SEND);
}

/** Awaits the value on the stack; `where` is GET_AWAITABLE's argument: 0, or 1 and 2 for `__aenter__`, `__aexit__`. */
export function awaitValue(c: Compiler, loc: Position, where: number): void {
  c.opArg(loc, GET_AWAITABLE, where);
  c.loadNone(loc);
  yieldFrom(c, loc, true);
}

export function yieldValue(c: Compiler, loc: Position): void {
  const scope = c.u.scope;
  if (scope.generator && scope.coroutine) c.opArg(loc, CALL_INTRINSIC_1, INTRINSIC_ASYNC_GEN_WRAP);
  c.opArg(loc, YIELD_VALUE, 0);
  c.opArg(loc, RESUME, RESUME_AFTER_YIELD);
}

/** End of a handler's own handler: restores what was being handled and raises again. */
export function popExceptAndReraise(c: Compiler, loc: Position): void {
  c.opArg(loc, COPY, 3);
  c.op(loc, POP_EXCEPT);
  c.opArg(loc, RERAISE, 1);
}

/** `name = None; del name` */
export function clearName(c: Compiler, loc: Position, name: string): void {
  c.loadNone(loc);
  nameOp(c, loc, name, "Store");
  nameOp(c, loc, name, "Del");
}

/** Emits what leaving the block needs, keeping the top of the stack if asked; returns the place of what follows. */
export function unwindBlock(c: Compiler, loc: Position, fb: FrameBlock, preserveTos: boolean): Position {
  const under = (): void => {
    if (preserveTos) c.opArg(loc, SWAP, 2);
  };
  switch (fb.type) {
    case FB_FOR_LOOP:
    case FB_ASYNC_FOR_LOOP:
    case FB_POP_VALUE:
      under();
      c.op(loc, POP_TOP);
      return loc;
    case FB_TRY_EXCEPT:
      c.op(loc, POP_BLOCK);
      return loc;
    case FB_FINALLY_TRY:
      c.op(loc, POP_BLOCK);
      if (preserveTos) c.pushBlock(loc, FB_POP_VALUE, -1, -1);
      fb.unwind?.();
      if (preserveTos) c.popBlock();
      // The rest appears to run after the statement that leaves.
      return NO_LOCATION;
    case FB_FINALLY_END:
      under();
      c.op(loc, POP_TOP);
      under();
      c.op(loc, POP_BLOCK);
      c.op(loc, POP_EXCEPT);
      return loc;
    case FB_WITH:
    case FB_ASYNC_WITH: {
      const at = fb.loc;
      c.op(at, POP_BLOCK);
      if (preserveTos) {
        c.opArg(at, SWAP, 3);
        c.opArg(at, SWAP, 2);
      }
      callExitWithNones(c, at);
      if (fb.type === FB_ASYNC_WITH) awaitValue(c, at, 2);
      c.op(at, POP_TOP);
      return NO_LOCATION;
    }
    case FB_HANDLER_CLEANUP:
      if (fb.name !== null) c.op(loc, POP_BLOCK);
      under();
      c.op(loc, POP_BLOCK);
      c.op(loc, POP_EXCEPT);
      if (fb.name !== null) clearName(c, loc, fb.name);
      return loc;
  }
  return loc;
}

interface Unwound {
  loc: Position;
  /** The loop at which unwinding stopped. */
  loop: FrameBlock | null;
}

/** Leaves every block up to the innermost loop, if `toLoop`, or the function's end. */
export function unwindBlocks(c: Compiler, loc: Position, preserveTos: boolean, toLoop: boolean): Unwound {
  const blocks = c.u.fblocks;
  const fb = blocks[blocks.length - 1];
  if (fb === undefined) return { loc, loop: null };
  if (fb.type === FB_EXCEPTION_GROUP_HANDLER) {
    c.error(loc, "'break', 'continue' and 'return' cannot appear in an except* block");
  }
  if (toLoop && (fb.type === FB_WHILE_LOOP || fb.type === FB_FOR_LOOP || fb.type === FB_ASYNC_FOR_LOOP)) {
    return { loc, loop: fb };
  }
  // While its own unwinding code is compiled, the block is not there.
  blocks.pop();
  const after = unwindBlock(c, loc, fb, preserveTos);
  const result = unwindBlocks(c, after, preserveTos, toLoop);
  blocks.push(fb);
  return result;
}
