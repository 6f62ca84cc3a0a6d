/** Function definitions and lambdas. */
import type { Arguments, AsyncFunctionDef, Expr, FunctionDef, Lambda, Position } from "../../syntax/ast.ts";
import { str } from "../consts.ts";
import { cleanDoc, docString } from "../docstring.ts";
import { OP } from "../opcodes.ts";
import { functionAnnotations } from "./annotations.ts";
import {
  MAKE_FUNCTION_DEFAULTS,
  MAKE_FUNCTION_KWDEFAULTS,
  makeClosure,
  openGenerator,
  stopIterationHandler,
} from "./closures.ts";
import type { Compiler } from "./compiler.ts";
import { nameOp } from "./names.ts";
import { enterTypeParamScope, typeParams } from "./type-params.ts";
import { type ArgCounts, FB_STOP_ITERATION, SCOPE_ASYNC_FUNCTION, SCOPE_FUNCTION, SCOPE_LAMBDA } from "./unit.ts";

const { CALL, SWAP, LOAD_FAST, CALL_INTRINSIC_2, PUSH_NULL, BUILD_TUPLE, BUILD_MAP, RETURN_VALUE } = OP;
const INTRINSIC_SET_FUNCTION_TYPE_PARAMS = 4;

export function applyDecorators(c: Compiler, decorators: readonly Expr[]): void {
  for (let i = decorators.length - 1; i >= 0; i--) c.opArg(decorators[i], CALL, 0);
}

/** The line where a definition begins: that of its first decorator, if any. */
export function firstLine(s: Position, decorators: readonly Expr[]): number {
  return decorators.length > 0 ? decorators[0].lineno : s.lineno;
}

/** Pushes the defaults' tuple and dict; returns the flags for `makeClosure`. */
function defaultArguments(c: Compiler, loc: Position, args: Arguments): number {
  let flags = 0;
  if (args.defaults.length > 0) {
    flags |= MAKE_FUNCTION_DEFAULTS;
    c.exprs(args.defaults);
    c.opArg(loc, BUILD_TUPLE, args.defaults.length);
  }
  let n = 0;
  args.kwonlyargs.forEach((arg, i) => {
    const value = args.kw_defaults[i];
    if (value === null || value === undefined) return;
    c.loadConst(loc, str(c.mangle(arg.arg)));
    c.expr(value);
    n++;
  });
  if (n > 0) {
    flags |= MAKE_FUNCTION_KWDEFAULTS;
    c.opArg(loc, BUILD_MAP, n);
  }
  return flags;
}

function argCounts(args: Arguments): ArgCounts {
  return {
    argcount: args.args.length,
    posonlyargcount: args.posonlyargs.length,
    kwonlyargcount: args.kwonlyargs.length,
  };
}

export function functionDef(c: Compiler, s: FunctionDef | AsyncFunctionDef): void {
  const firstlineno = firstLine(s, s.decorator_list);
  c.exprs(s.decorator_list);
  let flags = defaultArguments(c, s, s.args);
  const generic = s.type_params.length > 0;
  let given = 0;
  if (generic) {
    // The defaults, evaluated outside, become arguments of the type parameters' scope.
    if ((flags & MAKE_FUNCTION_DEFAULTS) !== 0) given++;
    if ((flags & MAKE_FUNCTION_KWDEFAULTS) !== 0) given++;
    if (given === 2) c.opArg(s, SWAP, 2);
    const counts = { argcount: given, posonlyargcount: 0, kwonlyargcount: 0 };
    enterTypeParamScope(c, s.type_params, s.name, firstlineno, null, counts);
    typeParams(c, s.type_params);
    for (let i = 0; i < given; i++) c.opArg(s, LOAD_FAST, i);
  }
  flags |= functionAnnotations(c, s, s.args, s.returns);
  functionBody(c, s, flags, firstlineno);
  if (generic) {
    c.opArg(s, SWAP, 2);
    c.opArg(s, CALL_INTRINSIC_2, INTRINSIC_SET_FUNCTION_TYPE_PARAMS);
    const code = c.exitScope(false);
    makeClosure(c, s, code, 0);
    if (given > 0) {
      c.opArg(s, SWAP, given + 1);
      c.opArg(s, CALL, given - 1);
    } else {
      c.op(s, PUSH_NULL);
      c.opArg(s, CALL, 0);
    }
  }
  applyDecorators(c, s.decorator_list);
  nameOp(c, s, s.name, "Store");
}

function functionBody(c: Compiler, s: FunctionDef | AsyncFunctionDef, flags: number, firstlineno: number): void {
  const scope = c.scopeOf(s);
  const type = s.kind === "AsyncFunctionDef" ? SCOPE_ASYNC_FUNCTION : SCOPE_FUNCTION;
  c.enterScope(scope, s.name, type, firstlineno, null, argCounts(s.args));
  const doc = docString(s.body);
  if (doc !== null) c.u.addConst(cleanDoc(doc));
  const wrapped = scope.coroutine || scope.generator;
  const handler = wrapped ? openGenerator(c) : -1;
  if (wrapped) c.pushBlock(s, FB_STOP_ITERATION, -1, -1);
  for (let i = doc !== null ? 1 : 0; i < s.body.length; i++) c.visitors.stmt(c, s.body[i]);
  if (wrapped) {
    stopIterationHandler(c, handler);
    c.popBlock();
  }
  const code = c.exitScope(true);
  makeClosure(c, s, code, flags);
}

export function lambda(c: Compiler, e: Lambda): void {
  const flags = defaultArguments(c, e, e.args);
  const scope = c.scopeOf(e);
  c.enterScope(scope, "<lambda>", SCOPE_LAMBDA, e.lineno, null, argCounts(e.args));
  c.expr(e.body);
  if (!scope.generator) c.op(e.body, RETURN_VALUE);
  const code = c.exitScope(!scope.generator);
  makeClosure(c, e, code, flags);
}
