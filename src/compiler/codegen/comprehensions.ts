/** Comprehensions and generator expressions: inlined into the code around them (PEP 709), or functions of their own. */
import type { Comprehension, DictComp, Expr, GeneratorExp, ListComp, Position, SetComp } from "../../syntax/ast.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import {
  CELL,
  CLASS_BLOCK,
  DEF_LOCAL,
  DEF_NONLOCAL,
  FREE,
  SCOPE_MASK,
  SCOPE_OFFSET,
  type Scope,
} from "../symtable/scope.ts";
import { makeClosure, openGenerator, stopIterationHandler } from "./closures.ts";
import type { Compiler } from "./compiler.ts";
import { jumpIf } from "./jumps.ts";
import { FB_ASYNC_COMPREHENSION_GENERATOR, indexOfName, SCOPE_COMPREHENSION } from "./unit.ts";
import { awaitValue, yieldFrom, yieldValue } from "./unwind.ts";

const {
  BUILD_LIST,
  BUILD_SET,
  BUILD_MAP,
  SWAP,
  CALL,
  GET_ITER,
  GET_AITER,
  GET_ANEXT,
  LOAD_FAST,
  FOR_ITER,
  END_FOR,
  POP_ITER,
  POP_TOP,
  JUMP,
  JUMP_NO_INTERRUPT,
  LIST_APPEND,
  SET_ADD,
  MAP_ADD,
  SETUP_FINALLY,
  POP_BLOCK,
  END_ASYNC_FOR,
  RERAISE,
  LOAD_FAST_AND_CLEAR,
  MAKE_CELL,
  STORE_FAST_MAYBE_NULL,
  RETURN_VALUE,
} = OP;

type ComprehensionExpr = ListComp | SetComp | DictComp | GeneratorExp;

const NAMES: Record<ComprehensionExpr["kind"], string> = {
  ListComp: "<listcomp>",
  SetComp: "<setcomp>",
  DictComp: "<dictcomp>",
  GeneratorExp: "<genexpr>",
};

export function comprehension(c: Compiler, e: ComprehensionExpr): void {
  const scope = c.scopeOf(e);
  const outermost = e.generators[0];
  const isGenerator = e.kind === "GeneratorExp";
  if (scope.compInlined) {
    outermostIterator(c, outermost);
    const state = enterInlined(c, e, scope);
    begin(c, e, true);
    generator(c, e, 0, 0, true);
    leaveInlined(c, e, state);
    return;
  }
  const counts = { argcount: 1, posonlyargcount: 0, kwonlyargcount: 0 };
  c.enterScope(scope, NAMES[e.kind], SCOPE_COMPREHENSION, e.lineno, null, counts);
  const handler = isGenerator ? openGenerator(c) : -1;
  begin(c, e, false);
  generator(c, e, 0, 0, false);
  if (isGenerator) stopIterationHandler(c, handler);
  else c.op(e, RETURN_VALUE);
  const code = c.exitScope(true);
  makeClosure(c, e, code, 0);
  outermostIterator(c, outermost);
  c.opArg(e, CALL, 0);
  if (scope.coroutine && !isGenerator) awaitValue(c, e, 0);
}

function outermostIterator(c: Compiler, outermost: Comprehension): void {
  c.expr(outermost.iter);
  c.op(outermost.iter, outermost.is_async === 1 ? GET_AITER : GET_ITER);
}

function begin(c: Compiler, e: ComprehensionExpr, inlined: boolean): void {
  if (e.kind === "GeneratorExp") return;
  c.opArg(e, e.kind === "ListComp" ? BUILD_LIST : e.kind === "SetComp" ? BUILD_SET : BUILD_MAP, 0);
  if (inlined) c.opArg(e, SWAP, 2);
}

// ── the loops ────────────────────────────────────────────────────────────────────────────────────────────────
function generator(c: Compiler, e: ComprehensionExpr, index: number, depth: number, onStack: boolean): void {
  if (e.generators[index].is_async === 1) asyncGenerator(c, e, index, depth, onStack);
  else syncGenerator(c, e, index, depth, onStack);
}

/** The one element of `for x in [value]`, which is an assignment in disguise. */
function onlyElement(e: Expr): Expr | null {
  if ((e.kind !== "List" && e.kind !== "Tuple") || e.elts.length !== 1 || e.elts[0].kind === "Starred") return null;
  return e.elts[0];
}

function syncGenerator(c: Compiler, e: ComprehensionExpr, index: number, depth: number, onStack: boolean): void {
  const gen = e.generators[index];
  const start = c.newLabel();
  const ifCleanup = c.newLabel();
  const anchor = c.newLabel();
  let loops = true;
  if (index === 0) {
    if (!onStack) c.opArg(e, LOAD_FAST, 0);
  } else {
    const only = onlyElement(gen.iter);
    if (only !== null) {
      c.expr(only);
      loops = false;
    } else {
      c.expr(gen.iter);
      c.op(gen.iter, GET_ITER);
    }
  }
  if (loops) {
    depth++;
    c.useLabel(start);
    c.jump(gen.iter, FOR_ITER, anchor);
  }
  c.expr(gen.target);
  const at = loopBody(c, e, gen, index, depth, ifCleanup);
  c.useLabel(ifCleanup);
  if (!loops) return;
  c.jump(at, JUMP, start);
  c.useLabel(anchor);
  c.op(NO_LOCATION, END_FOR);
  c.op(NO_LOCATION, POP_ITER);
}

function asyncGenerator(c: Compiler, e: ComprehensionExpr, index: number, depth: number, onStack: boolean): void {
  const gen = e.generators[index];
  const start = c.newLabel();
  const send = c.newLabel();
  const except = c.newLabel();
  const ifCleanup = c.newLabel();
  if (index === 0) {
    if (!onStack) c.opArg(e, LOAD_FAST, 0);
  } else {
    c.expr(gen.iter);
    c.op(gen.iter, GET_AITER);
  }
  c.useLabel(start);
  c.pushBlock(e, FB_ASYNC_COMPREHENSION_GENERATOR, start, -1);
  c.jump(e, SETUP_FINALLY, except);
  c.op(e, GET_ANEXT);
  c.loadNone(e);
  c.useLabel(send);
  yieldFrom(c, e, true);
  c.op(e, POP_BLOCK);
  c.expr(gen.target);
  const at = loopBody(c, e, gen, index, depth + 1, ifCleanup);
  c.useLabel(ifCleanup);
  c.jump(at, JUMP, start);
  c.popBlock();
  c.useLabel(except);
  c.jump(e, END_ASYNC_FOR, send);
}

/** Conditions and inner loops or the element; returns the place of the jump back. */
function loopBody(
  c: Compiler,
  e: ComprehensionExpr,
  gen: Comprehension,
  index: number,
  depth: number,
  ifCleanup: number,
): Position {
  for (const cond of gen.ifs) jumpIf(c, e, cond, ifCleanup, false);
  if (index + 1 < e.generators.length) {
    generator(c, e, index + 1, depth, false);
    return e.kind === "DictComp" ? e.key : e.elt;
  }
  return element(c, e, depth);
}

function element(c: Compiler, e: ComprehensionExpr, depth: number): Position {
  if (e.kind === "DictComp") {
    c.expr(e.key);
    c.expr(e.value);
    const loc = {
      lineno: e.key.lineno,
      end_lineno: e.value.end_lineno,
      col_offset: e.key.col_offset,
      end_col_offset: e.value.end_col_offset,
    };
    c.opArg(loc, MAP_ADD, depth + 1);
    return loc;
  }
  c.expr(e.elt);
  switch (e.kind) {
    case "GeneratorExp":
      yieldValue(c, e.elt);
      c.op(e.elt, POP_TOP);
      break;
    case "ListComp":
      c.opArg(e.elt, LIST_APPEND, depth + 1);
      break;
    case "SetComp":
      c.opArg(e.elt, SET_ADD, depth + 1);
  }
  return e.elt;
}

// ── inlining ─────────────────────────────────────────────────────────────────────────────────────────────────
interface Inlined {
  /** Names whose value in the block around waits on the stack. */
  pushed: string[];
  /** Symbols of the block that the comprehension's replace meanwhile. */
  replaced: Map<string, number | undefined>;
  hidden: string[];
  cleanup: number;
}

const where = (flags: number): number => (flags >> SCOPE_OFFSET) & SCOPE_MASK;

function enterInlined(c: Compiler, loc: Position, comp: Scope): Inlined {
  const u = c.u;
  const scope = u.scope;
  const inClass = scope.type === CLASS_BLOCK && u.inInlinedComp === 0;
  u.inInlinedComp++;
  const state: Inlined = { pushed: [], replaced: new Map(), hidden: [], cleanup: -1 };
  for (const [name, flags] of comp.symbols) {
    const binds = (flags & DEF_LOCAL) !== 0 && (flags & DEF_NONLOCAL) === 0;
    const outer = scope.symbols.get(name);
    const inside = where(flags);
    const outside = outer === undefined ? 0 : where(outer);
    // What is free inside is what it is outside; a cell inside and free outside can stay free.
    if ((inside !== outside && inside !== FREE && !(inside === CELL && outside === FREE)) || inClass) {
      state.replaced.set(name, outer);
      scope.symbols.set(name, flags);
    }
    if (!binds) continue;
    if (!scope.functionLike && u.fastHidden.get(name) !== true) {
      u.fastHidden.set(name, true);
      state.hidden.push(name);
    }
    c.opArg(loc, LOAD_FAST_AND_CLEAR, indexOfName(u.varnames, name));
    if (inside === CELL) {
      c.opArg(loc, MAKE_CELL, indexOfName(outside === FREE ? u.freevars : u.cellvars, name));
    }
    state.pushed.push(name);
  }
  if (state.pushed.length > 0) {
    // Under the iterator; and a handler puts them back when the comprehension fails.
    c.opArg(loc, SWAP, state.pushed.length + 1);
    state.cleanup = c.newLabel();
    c.jump(loc, SETUP_FINALLY, state.cleanup);
  }
  return state;
}

function leaveInlined(c: Compiler, loc: Position, state: Inlined): void {
  const u = c.u;
  u.inInlinedComp--;
  if (state.pushed.length > 0) {
    const end = c.newLabel();
    c.op(NO_LOCATION, POP_BLOCK);
    c.jump(NO_LOCATION, JUMP_NO_INTERRUPT, end);
    c.useLabel(state.cleanup);
    // The unfinished result lies under the exception.
    c.opArg(NO_LOCATION, SWAP, 2);
    c.op(NO_LOCATION, POP_TOP);
    restoreLocals(c, loc, state.pushed);
    c.opArg(NO_LOCATION, RERAISE, 0);
    c.useLabel(end);
    restoreLocals(c, loc, state.pushed);
  }
  for (const [name, flags] of state.replaced) {
    if (flags === undefined) u.scope.symbols.delete(name);
    else u.scope.symbols.set(name, flags);
  }
  for (const name of state.hidden) u.fastHidden.set(name, false);
}

function restoreLocals(c: Compiler, loc: Position, pushed: readonly string[]): void {
  c.opArg(loc, SWAP, pushed.length + 1);
  for (let i = pushed.length - 1; i >= 0; i--) {
    c.opArg(loc, STORE_FAST_MAYBE_NULL, indexOfName(c.u.varnames, pushed[i]));
  }
}
