/** Calls: method calls, keyword calls, unpacked arguments, and the shortcut for `all`, `any`, `tuple` of a generator. */
import type { Call, Expr, Keyword, Position } from "../../syntax/ast.ts";
import { bool, str, tuple } from "../consts.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import { DEF_IMPORT } from "../symtable/scope.ts";
import { attributeLocation, isSuperCall, loadSuper } from "./attributes.ts";
import type { Compiler } from "./compiler.ts";
import { loadAttr, nameOp } from "./names.ts";
import { buildSequence, INTRINSIC_LIST_TO_TUPLE, STACK_USE_GUIDELINE } from "./sequences.ts";
import { checkCaller } from "./warnings.ts";

const {
  CALL,
  CALL_KW,
  CALL_FUNCTION_EX,
  PUSH_NULL,
  BUILD_LIST,
  BUILD_MAP,
  LIST_APPEND,
  LIST_EXTEND,
  DICT_MERGE,
  MAP_ADD,
  COPY,
  LOAD_COMMON_CONSTANT,
  IS_OP,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_TRUE,
  POP_TOP,
  FOR_ITER,
  JUMP,
  TO_BOOL,
  POP_ITER,
  END_FOR,
  CALL_INTRINSIC_1,
  NOP,
} = OP;

export function call(c: Compiler, e: Call): void {
  checkKeywords(c, e.keywords);
  if (methodCall(c, e)) return;
  const end = c.newLabel();
  checkCaller(c, e);
  c.expr(e.func);
  shortCutCall(c, e, end);
  c.op(e.func, PUSH_NULL);
  callArguments(c, e, 0, e.args, null, e.keywords);
  c.useLabel(end);
}

/** SyntaxError where a keyword argument stands twice. */
export function checkKeywords(c: Compiler, keywords: readonly Keyword[]): void {
  if (keywords.length < 2) return;
  const seen = new Set<string>();
  let repeated: Keyword | null = null;
  for (const k of keywords) {
    if (k.arg === null) continue;
    if (seen.has(k.arg)) {
      repeated ??= k;
    }
    seen.add(k.arg);
  }
  if (repeated !== null) c.error(repeated, `keyword argument repeated: ${repeated.arg}`);
}

/** Whether `e` names a module-level import: such attributes are mostly functions, not methods. */
function importedName(c: Compiler, e: Expr): boolean {
  return e.kind === "Name" && ((c.symtable.top.symbols.get(e.id) ?? 0) & DEF_IMPORT) !== 0;
}

function methodCall(c: Compiler, e: Call): boolean {
  const f = e.func;
  if (f.kind !== "Attribute" || f.ctx !== "Load" || importedName(c, f.value)) return false;
  const nargs = e.args.length;
  const nkw = e.keywords.length;
  if (nargs + nkw + (nkw > 0 ? 1 : 0) >= STACK_USE_GUIDELINE) return false;
  for (const a of e.args) if (a.kind === "Starred") return false;
  for (const k of e.keywords) if (k.arg === null) return false;
  let loc: Position;
  if (isSuperCall(c, f)) {
    loc = loadSuper(c, f, true);
    c.op(loc, NOP);
  } else {
    c.expr(f.value);
    loc = attributeLocation(f, f);
    loadAttr(c, loc, f.attr, 1);
  }
  c.exprs(e.args);
  if (nkw > 0) {
    keywordValues(c, loc, e.keywords);
    c.opArg(attributeLocation(e, f), CALL_KW, nargs + nkw);
  } else {
    c.opArg(attributeLocation(e, f), CALL, nargs);
  }
  return true;
}

function keywordValues(c: Compiler, loc: Position, keywords: readonly Keyword[]): void {
  for (const k of keywords) c.expr(k.value);
  c.loadConst(loc, tuple(keywords.map((k) => str(k.arg as string))));
}

/**
 * Arguments and the call itself, with `n` arguments on the stack already and the value of `injected` as the last
 * positional one.
 */
export function callArguments(
  c: Compiler,
  loc: Position,
  n: number,
  args: readonly Expr[],
  injected: string | null,
  keywords: readonly Keyword[],
): void {
  const simple =
    args.length + keywords.length * 2 <= STACK_USE_GUIDELINE &&
    args.every((a) => a.kind !== "Starred") &&
    keywords.every((k) => k.arg !== null);
  if (simple) {
    c.exprs(args);
    let nargs = n + args.length;
    if (injected !== null) {
      nameOp(c, loc, injected, "Load");
      nargs++;
    }
    if (keywords.length > 0) {
      keywordValues(c, loc, keywords);
      c.opArg(loc, CALL_KW, nargs + keywords.length);
    } else {
      c.opArg(loc, CALL, nargs);
    }
    return;
  }
  const first = args[0];
  if (n === 0 && args.length === 1 && first.kind === "Starred") c.expr(first.value);
  else buildSequence(c, loc, args, injected, n, BUILD_LIST, LIST_APPEND, LIST_EXTEND, true);
  if (keywords.length > 0) keywordDict(c, loc, keywords);
  else c.op(loc, PUSH_NULL);
  c.op(loc, CALL_FUNCTION_EX);
}

function keywordDict(c: Compiler, loc: Position, keywords: readonly Keyword[]): void {
  let have = false;
  let pending = 0;
  const flush = (end: number): void => {
    subKeywords(c, loc, keywords, end - pending, end);
    if (have) c.opArg(loc, DICT_MERGE, 1);
    have = true;
    pending = 0;
  };
  for (let i = 0; i < keywords.length; i++) {
    if (keywords[i].arg !== null) {
      pending++;
      continue;
    }
    if (pending > 0) flush(i);
    if (!have) {
      c.opArg(loc, BUILD_MAP, 0);
      have = true;
    }
    c.expr(keywords[i].value);
    c.opArg(loc, DICT_MERGE, 1);
  }
  if (pending > 0) flush(keywords.length);
}

function subKeywords(c: Compiler, loc: Position, keywords: readonly Keyword[], begin: number, end: number): void {
  const n = end - begin;
  const big = n * 2 > STACK_USE_GUIDELINE;
  if (big) c.opArg(NO_LOCATION, BUILD_MAP, 0);
  for (let i = begin; i < end; i++) {
    c.loadConst(loc, str(keywords[i].arg as string));
    c.expr(keywords[i].value);
    if (big) c.opArg(NO_LOCATION, MAP_ADD, 1);
  }
  if (!big) c.opArg(loc, BUILD_MAP, n);
}

// LOAD_COMMON_CONSTANT's arguments.
const COMMON_TUPLE = 2;
const COMMON_ALL = 3;
const COMMON_ANY = 4;

/** `all(x for …)`: if the name is the builtin at run time, the loop runs right here. */
function shortCutCall(c: Compiler, e: Call, end: number): void {
  const f = e.func;
  if (f.kind !== "Name" || e.args.length !== 1 || e.keywords.length !== 0 || e.args[0].kind !== "GeneratorExp") return;
  const which = f.id === "all" ? COMMON_ALL : f.id === "any" ? COMMON_ANY : f.id === "tuple" ? COMMON_TUPLE : -1;
  if (which === -1) return;
  // An asynchronous generator is not for a plain loop.
  if (c.scopeOf(e.args[0]).coroutine) return;
  const isTuple = which === COMMON_TUPLE;
  const atEnd = which === COMMON_ALL;
  const skip = c.newLabel();
  const loop = c.newLabel();
  const cleanup = c.newLabel();
  c.opArg(f, COPY, 1);
  c.opArg(f, LOAD_COMMON_CONSTANT, which);
  c.opArg(f, IS_OP, 0);
  c.jump(f, POP_JUMP_IF_FALSE, skip);
  c.op(f, POP_TOP);
  if (isTuple) c.opArg(f, BUILD_LIST, 0);
  c.expr(e.args[0]);
  c.useLabel(loop);
  c.jump(f, FOR_ITER, cleanup);
  if (isTuple) {
    c.opArg(f, LIST_APPEND, 2);
    c.jump(f, JUMP, loop);
  } else {
    c.op(f, TO_BOOL);
    c.jump(f, atEnd ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, loop);
  }
  c.op(NO_LOCATION, POP_ITER);
  if (!isTuple) c.loadConst(f, bool(!atEnd));
  c.jump(f, JUMP, end);
  c.useLabel(cleanup);
  c.op(NO_LOCATION, END_FOR);
  c.op(NO_LOCATION, POP_ITER);
  if (isTuple) c.opArg(f, CALL_INTRINSIC_1, INTRINSIC_LIST_TO_TUPLE);
  else c.loadConst(f, bool(atEnd));
  c.jump(f, JUMP, end);
  c.useLabel(skip);
}
