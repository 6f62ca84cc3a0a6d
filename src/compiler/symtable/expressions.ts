/** Expressions: names used and bound, comprehensions and lambdas as blocks of their own. */
import type {
  Arguments,
  Comprehension,
  DictComp,
  Expr,
  ExprContext,
  GeneratorExp,
  Keyword,
  ListComp,
  Position,
  SetComp,
} from "../../syntax/ast.ts";
import type { Builder } from "./builder.ts";
import {
  ANNOTATION_BLOCK,
  CLASS_BLOCK,
  type ComprehensionKind,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  FUNCTION_BLOCK,
  MODULE_BLOCK,
  TYPE_ALIAS_BLOCK,
  TYPE_PARAMETERS_BLOCK,
  TYPE_VARIABLE_BLOCK,
  USE,
} from "./scope.ts";

type ComprehensionExpr = ListComp | SetComp | DictComp | GeneratorExp;
const COMPREHENSIONS: Record<ComprehensionExpr["kind"], { name: string; kind: ComprehensionKind }> = {
  ListComp: { name: "listcomp", kind: "list" },
  SetComp: { name: "setcomp", kind: "set" },
  DictComp: { name: "dictcomp", kind: "dict" },
  GeneratorExp: { name: "genexpr", kind: "generator" },
};
const INSIDE: Record<ComprehensionKind, string> = {
  "": "",
  list: "list comprehension",
  set: "set comprehension",
  dict: "dict comprehension",
  generator: "generator expression",
};

export function exprs(b: Builder, list: Expr[]): void {
  for (let i = 0; i < list.length; i++) expr(b, list[i]);
}

export function optionalExprs(b: Builder, list: (Expr | null)[]): void {
  for (const e of list) if (e !== null) expr(b, e);
}

export function keywords(b: Builder, list: Keyword[]): void {
  for (const k of list) {
    if (k.arg !== null) b.checkName(k.arg, k, "Store");
  }
  for (const k of list) expr(b, k.value);
}

export function expr(b: Builder, e: Expr): void {
  switch (e.kind) {
    case "Name":
      nameExpr(b, e.id, e.ctx, e);
      break;
    case "Constant":
      break;
    case "Attribute":
      b.checkName(e.attr, e, e.ctx);
      expr(b, e.value);
      break;
    case "Call":
      expr(b, e.func);
      exprs(b, e.args);
      keywords(b, e.keywords);
      break;
    case "Subscript":
      expr(b, e.value);
      expr(b, e.slice);
      break;
    case "BinOp":
      expr(b, e.left);
      expr(b, e.right);
      break;
    case "Tuple":
    case "List":
    case "Set":
      exprs(b, e.elts);
      break;
    case "Compare":
      expr(b, e.left);
      exprs(b, e.comparators);
      break;
    case "BoolOp":
      exprs(b, e.values);
      break;
    case "UnaryOp":
      expr(b, e.operand);
      break;
    case "Dict":
      optionalExprs(b, e.keys);
      exprs(b, e.values);
      break;
    case "IfExp":
      expr(b, e.test);
      expr(b, e.body);
      expr(b, e.orelse);
      break;
    case "Starred":
      expr(b, e.value);
      break;
    case "Slice":
      if (e.lower !== null) expr(b, e.lower);
      if (e.upper !== null) expr(b, e.upper);
      if (e.step !== null) expr(b, e.step);
      break;
    case "JoinedStr":
    case "TemplateStr":
      exprs(b, e.values);
      break;
    case "FormattedValue":
    case "Interpolation":
      expr(b, e.value);
      if (e.format_spec !== null) expr(b, e.format_spec);
      break;
    case "Lambda":
      exprs(b, e.args.defaults);
      optionalExprs(b, e.args.kw_defaults);
      b.enterNew("lambda", FUNCTION_BLOCK, e, e);
      parameters(b, e.args);
      expr(b, e.body);
      b.exit();
      break;
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
      comprehension(b, e, e.elt, null);
      break;
    case "DictComp":
      comprehension(b, e, e.key, e.value);
      break;
    case "NamedExpr":
      namedExpr(b, e);
      break;
    case "Yield":
    case "YieldFrom":
      refuseInAnnotation(b, "yield expression", e);
      if (e.value !== null) expr(b, e.value);
      b.cur.generator = true;
      if (b.cur.comprehension !== "") b.fail(e, `'yield' inside ${INSIDE[b.cur.comprehension]}`);
      break;
    case "Await":
      awaitExpr(b, e);
      break;
  }
}

function nameExpr(b: Builder, id: string, ctx: ExprContext, loc: Position): void {
  if (b.cur.inUnevaluatedAnnotation) return;
  b.checkName(id, loc, ctx);
  b.defIn(b.cur, id, ctx === "Load" ? USE : DEF_LOCAL, loc);
  // `super()` needs the class.
  if (ctx === "Load" && id === "super" && b.cur.functionLike) b.def("__class__", USE, loc);
}

function awaitExpr(b: Builder, e: Expr & { kind: "Await" }): void {
  refuseInAnnotation(b, "await expression", e);
  const cur = b.cur;
  const allowed = b.options.topLevelAwait && cur.type === MODULE_BLOCK;
  if (!allowed) {
    if (!cur.functionLike) b.fail(e, "'await' outside function");
    if (!inAsyncDef(b) && cur.comprehension === "") b.fail(e, "'await' outside async function");
  }
  expr(b, e.value);
  cur.coroutine = true;
}

function inAsyncDef(b: Builder): boolean {
  return b.cur.type === FUNCTION_BLOCK && b.cur.coroutine;
}

function namedExpr(b: Builder, e: Expr & { kind: "NamedExpr" }): void {
  refuseInAnnotation(b, "named expression", e);
  if (b.cur.compIterExpr > 0) {
    b.fail(e, "assignment expression cannot be used in a comprehension iterable expression");
  }
  if (b.cur.comprehension !== "" && e.target.kind === "Name") bindAround(b, e.target.id, e.target);
  expr(b, e.value);
  expr(b, e.target);
}

/** `:=` in a comprehension binds in the nearest function or module (PEP 572). */
function bindAround(b: Builder, name: string, loc: Position): void {
  for (let i = b.stack.length - 1; i >= 0; i--) {
    const scope = b.stack[i];
    const flags = b.lookup(scope, name);
    if (scope.comprehension !== "") {
      if ((flags & DEF_COMP_ITER) !== 0 && (flags & DEF_LOCAL) !== 0) {
        b.fail(loc, `assignment expression cannot rebind comprehension iteration variable '${name}'`);
      }
      continue;
    }
    switch (scope.type) {
      case FUNCTION_BLOCK:
        b.def(name, (flags & DEF_GLOBAL) !== 0 ? DEF_GLOBAL : DEF_NONLOCAL, loc);
        b.directive(name, loc);
        b.defIn(scope, name, DEF_LOCAL, loc);
        return;
      case MODULE_BLOCK:
        b.def(name, DEF_GLOBAL, loc);
        b.directive(name, loc);
        b.defIn(scope, name, DEF_GLOBAL, loc);
        return;
    }
    const where =
      scope.type === CLASS_BLOCK
        ? "a class body"
        : scope.type === TYPE_PARAMETERS_BLOCK
          ? "the definition of a generic"
          : scope.type === TYPE_ALIAS_BLOCK
            ? "a type alias"
            : scope.type === TYPE_VARIABLE_BLOCK
              ? "a TypeVar bound"
              : null;
    if (where === null) continue;
    const verb = scope.type === TYPE_PARAMETERS_BLOCK ? "within" : "in";
    b.fail(loc, `assignment expression within a comprehension cannot be used ${verb} ${where}`);
  }
}

function comprehension(b: Builder, e: ComprehensionExpr, elt: Expr, value: Expr | null): void {
  const outermost = e.generators[0];
  b.cur.compIterExpr++;
  expr(b, outermost.iter);
  b.cur.compIterExpr--;
  const info = COMPREHENSIONS[e.kind];
  const scope = b.enterNew(info.name, FUNCTION_BLOCK, e, e);
  scope.comprehension = info.kind;
  // It is as if the outermost iterable were its argument.
  b.def(".0", DEF_PARAM, e);
  if (outermost.is_async === 1) scope.coroutine = true;
  scope.compIterTarget = true;
  expr(b, outermost.target);
  scope.compIterTarget = false;
  exprs(b, outermost.ifs);
  for (let i = 1; i < e.generators.length; i++) generator(b, e.generators[i]);
  if (value !== null) expr(b, value);
  expr(b, elt);
  const isGenerator = e.kind === "GeneratorExp";
  scope.generator = isGenerator;
  const isAsync = scope.coroutine && !isGenerator;
  b.exit();
  if (!isAsync) return;
  const topLevel = b.options.topLevelAwait && b.cur.type === MODULE_BLOCK;
  if (!inAsyncDef(b) && b.cur.comprehension === "" && !topLevel) {
    b.fail(e, "asynchronous comprehension outside of an asynchronous function");
  }
  b.cur.coroutine = true;
}

function generator(b: Builder, g: Comprehension): void {
  const cur = b.cur;
  cur.compIterTarget = true;
  expr(b, g.target);
  cur.compIterTarget = false;
  cur.compIterExpr++;
  expr(b, g.iter);
  cur.compIterExpr--;
  exprs(b, g.ifs);
  if (g.is_async === 1) cur.coroutine = true;
}

export function parameters(b: Builder, a: Arguments): void {
  for (const p of a.posonlyargs) b.def(p.arg, DEF_PARAM, p);
  for (const p of a.args) b.def(p.arg, DEF_PARAM, p);
  for (const p of a.kwonlyargs) b.def(p.arg, DEF_PARAM, p);
  if (a.vararg !== null) {
    b.def(a.vararg.arg, DEF_PARAM, a.vararg);
    b.cur.varargs = true;
  }
  if (a.kwarg !== null) {
    b.def(a.kwarg.arg, DEF_PARAM, a.kwarg);
    b.cur.varkeywords = true;
  }
}

function refuseInAnnotation(b: Builder, what: string, loc: Position): void {
  const cur = b.cur;
  switch (cur.type) {
    case ANNOTATION_BLOCK:
      b.fail(loc, `${what} cannot be used within an annotation`);
      break;
    case TYPE_VARIABLE_BLOCK:
      b.fail(loc, `${what} cannot be used within ${cur.scopeInfo}`);
      break;
    case TYPE_ALIAS_BLOCK:
      b.fail(loc, `${what} cannot be used within a type alias`);
      break;
    case TYPE_PARAMETERS_BLOCK:
      b.fail(loc, `${what} cannot be used within the definition of a generic`);
  }
}
