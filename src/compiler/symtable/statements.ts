/** Statements: what they bind, and the blocks that definitions open. */
import type { Alias, ExceptHandler, Expr, Position, Stmt } from "../../syntax/ast.ts";
import { docString } from "../docstring.ts";
import { enterTypeParams, annotation, annotations, typeParam } from "./annotations.ts";
import type { Builder } from "./builder.ts";
import { exprs, optionalExprs, keywords, expr, parameters } from "./expressions.ts";
import { pattern } from "./patterns.ts";
import {
  CLASS_BLOCK,
  DEF_ANNOT,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  FUNCTION_BLOCK,
  MODULE_BLOCK,
  TYPE_ALIAS_BLOCK,
  USE,
} from "./scope.ts";

export function stmts(b: Builder, body: Stmt[]): void {
  for (let i = 0; i < body.length; i++) stmt(b, body[i]);
}

function conditional(b: Builder, ...bodies: Stmt[][]): void {
  const saved = b.cur.inConditionalBlock;
  b.cur.inConditionalBlock = true;
  for (const body of bodies) stmts(b, body);
  b.cur.inConditionalBlock = saved;
}

function stmt(b: Builder, s: Stmt): void {
  switch (s.kind) {
    case "Expr":
      expr(b, s.value);
      break;
    case "Assign":
      exprs(b, s.targets);
      expr(b, s.value);
      break;
    case "FunctionDef":
    case "AsyncFunctionDef":
      functionDef(b, s);
      break;
    case "ClassDef":
      classDef(b, s);
      break;
    case "Return":
      if (s.value !== null) {
        expr(b, s.value);
        b.cur.returnsValue = true;
      }
      break;
    case "If":
    case "While":
      expr(b, s.test);
      conditional(b, s.body, s.orelse);
      break;
    case "AsyncFor":
      needCoroutine(b, "'async for' outside async function", s);
      forLoop(b, s.target, s.iter, s.body, s.orelse);
      break;
    case "For":
      forLoop(b, s.target, s.iter, s.body, s.orelse);
      break;
    case "AugAssign":
      expr(b, s.target);
      expr(b, s.value);
      break;
    case "Delete":
      exprs(b, s.targets);
      break;
    case "TypeAlias":
      typeAlias(b, s);
      break;
    case "AnnAssign":
      annAssign(b, s);
      break;
    case "AsyncWith":
      needCoroutine(b, "'async with' outside async function", s);
      withItems(b, s.items, s.body);
      break;
    case "With":
      withItems(b, s.items, s.body);
      break;
    case "Match":
      matchStmt(b, s);
      break;
    case "Raise":
      if (s.exc !== null) expr(b, s.exc);
      if (s.cause !== null) expr(b, s.cause);
      break;
    case "Try":
    case "TryStar":
      tryStmt(b, s.body, s.handlers, s.orelse, s.finalbody);
      break;
    case "Assert":
      expr(b, s.test);
      if (s.msg !== null) expr(b, s.msg);
      break;
    case "Import":
    case "ImportFrom":
      for (const a of s.names) alias(b, a);
      break;
    case "Global":
      for (const name of s.names) globalOrNonlocal(b, s, name, DEF_GLOBAL, "global");
      break;
    case "Nonlocal":
      for (const name of s.names) globalOrNonlocal(b, s, name, DEF_NONLOCAL, "nonlocal");
      break;
    case "Pass":
    case "Break":
    case "Continue":
      break;
  }
}

function needCoroutine(b: Builder, msg: string, loc: Position): void {
  if (b.cur.type === MODULE_BLOCK && b.options.topLevelAwait) b.cur.coroutine = true;
  if (!b.cur.coroutine) b.fail(loc, msg);
}

function forLoop(b: Builder, target: Expr, iter: Expr, body: Stmt[], orelse: Stmt[]): void {
  expr(b, target);
  expr(b, iter);
  conditional(b, body, orelse);
}

function withItems(b: Builder, items: { context_expr: Expr; optional_vars: Expr | null }[], body: Stmt[]): void {
  const saved = b.cur.inConditionalBlock;
  b.cur.inConditionalBlock = true;
  for (const item of items) {
    expr(b, item.context_expr);
    if (item.optional_vars !== null) expr(b, item.optional_vars);
  }
  stmts(b, body);
  b.cur.inConditionalBlock = saved;
}

function tryStmt(b: Builder, body: Stmt[], handlers: ExceptHandler[], orelse: Stmt[], finalbody: Stmt[]): void {
  const saved = b.cur.inConditionalBlock;
  b.cur.inConditionalBlock = true;
  stmts(b, body);
  for (const h of handlers) {
    if (h.type !== null) expr(b, h.type);
    if (h.name !== null) b.def(h.name, DEF_LOCAL, h);
    stmts(b, h.body);
  }
  stmts(b, orelse);
  stmts(b, finalbody);
  b.cur.inConditionalBlock = saved;
}

function matchStmt(b: Builder, s: Stmt & { kind: "Match" }): void {
  expr(b, s.subject);
  const saved = b.cur.inConditionalBlock;
  b.cur.inConditionalBlock = true;
  for (const c of s.cases) {
    pattern(b, c.pattern);
    if (c.guard !== null) expr(b, c.guard);
    stmts(b, c.body);
  }
  b.cur.inConditionalBlock = saved;
}

function functionDef(b: Builder, s: Stmt & { kind: "FunctionDef" | "AsyncFunctionDef" }): void {
  b.def(s.name, DEF_LOCAL, s);
  exprs(b, s.args.defaults);
  optionalExprs(b, s.args.kw_defaults);
  exprs(b, s.decorator_list);
  const generic = s.type_params.length > 0;
  if (generic) {
    const kwDefaults = s.args.kw_defaults.some((e) => e !== null);
    // The parameter for the defaults is there even when there are none.
    enterTypeParams(b, s.name, s.type_params, true, kwDefaults, false, s);
    for (const p of s.type_params) typeParam(b, p);
  }
  const scope = b.newScope(s.name, FUNCTION_BLOCK, s);
  if (docString(s.body) !== null) scope.hasDocstring = true;
  annotations(b, s, s.args, s.returns);
  const parent = b.cur;
  b.enter(scope);
  b.adopt(parent, scope);
  b.scopes.set(s, scope);
  if (s.kind === "AsyncFunctionDef") scope.coroutine = true;
  parameters(b, s.args);
  stmts(b, s.body);
  b.exit();
  if (generic) b.exit();
}

function classDef(b: Builder, s: Stmt & { kind: "ClassDef" }): void {
  b.def(s.name, DEF_LOCAL, s);
  exprs(b, s.decorator_list);
  const saved = b.privateName;
  const generic = s.type_params.length > 0;
  if (generic) {
    enterTypeParams(b, s.name, s.type_params, false, false, true, s);
    b.privateName = s.name;
    b.cur.mangledNames = new Set();
    for (const p of s.type_params) typeParam(b, p);
  }
  exprs(b, s.bases);
  keywords(b, s.keywords);
  b.enterNew(s.name, CLASS_BLOCK, s, s);
  b.privateName = s.name;
  if (generic) {
    b.def("__type_params__", DEF_LOCAL, s);
    b.def(".type_params", USE, s);
  }
  if (docString(s.body) !== null) b.cur.hasDocstring = true;
  stmts(b, s.body);
  b.exit();
  if (generic) b.exit();
  b.privateName = saved;
}

function typeAlias(b: Builder, s: Stmt & { kind: "TypeAlias" }): void {
  expr(b, s.name);
  const name = s.name.kind === "Name" ? s.name.id : "";
  const inClass = b.cur.type === CLASS_BLOCK;
  const generic = s.type_params.length > 0;
  if (generic) {
    enterTypeParams(b, name, s.type_params, false, false, false, s);
    for (const p of s.type_params) typeParam(b, p);
  }
  const scope = b.enterNew(name, TYPE_ALIAS_BLOCK, s, s);
  scope.canSeeClassScope = inClass;
  if (inClass) b.def("__classdict__", USE, s.value);
  expr(b, s.value);
  b.exit();
  if (generic) b.exit();
}

function annAssign(b: Builder, s: Stmt & { kind: "AnnAssign" }): void {
  b.cur.annotationsUsed = true;
  const target = s.target;
  if (target.kind === "Name") {
    const cur = b.lookup(b.cur, target.id);
    if ((cur & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0 && b.cur.symbols !== b.global && s.simple === 1) {
      const which = (cur & DEF_GLOBAL) !== 0 ? "global" : "nonlocal";
      b.fail(s, `annotated name '${target.id}' can't be ${which}`);
    }
    if (s.simple === 1) b.def(target.id, DEF_ANNOT | DEF_LOCAL, target);
    else if (s.value !== null) b.def(target.id, DEF_LOCAL, target);
  } else {
    expr(b, target);
  }
  annotation(b, s.annotation);
  if (s.value !== null) expr(b, s.value);
}

function globalOrNonlocal(b: Builder, s: Position, name: string, flag: number, word: string): void {
  const cur = b.lookup(b.cur, name);
  if ((cur & (DEF_PARAM | DEF_LOCAL | USE | DEF_ANNOT)) !== 0) {
    if ((cur & DEF_PARAM) !== 0) b.fail(s, `name '${name}' is parameter and ${word}`);
    if ((cur & USE) !== 0) b.fail(s, `name '${name}' is used prior to ${word} declaration`);
    if ((cur & DEF_ANNOT) !== 0) b.fail(s, `annotated name '${name}' can't be ${word}`);
    b.fail(s, `name '${name}' is assigned to before ${word} declaration`);
  }
  b.def(name, flag, s);
  b.directive(name, s);
}

function alias(b: Builder, a: Alias): void {
  const name = a.asname ?? a.name;
  if (name === "*") {
    if (b.cur.type !== MODULE_BLOCK) b.fail(a, "import * only allowed at module level");
    return;
  }
  const dot = name.indexOf(".");
  b.def(dot < 0 ? name : name.slice(0, dot), DEF_IMPORT, a);
}
