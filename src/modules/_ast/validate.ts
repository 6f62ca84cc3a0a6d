/** The checks that CPython makes of trees that programs built, before they are compiled (`_PyAST_Validate`). */
import type { Exc } from "../../objects/core.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import type * as ast from "../../syntax/ast.ts";
import type { Const } from "../../syntax/ast.ts";
import { SHAPES } from "./to-python.ts";

/** Thrown with the message of the ValueError. */
class Invalid {
  constructor(readonly message: string) {}
}
/** With that of a TypeError: another kind of node belongs there. */
class InvalidKind extends Invalid {}
const fail = (message: string): never => {
  throw new Invalid(message);
};
const require_ = (condition: boolean, message: string): void => {
  if (!condition) fail(message);
};

export function validate(tree: ast.Mod): null | Exc {
  try {
    validateModule(tree);
    return null;
  } catch (error) {
    if (error instanceof Invalid) return (error instanceof InvalidKind ? typeError : valueError)(error.message);
    throw error;
  }
}

function validateModule(tree: ast.Mod): void {
  switch (tree.kind) {
    case "Module":
    case "Interactive":
      return statements(tree.body);
    case "Expression":
      return expression(tree.body, "Load");
    case "FunctionType":
      expressions(tree.argtypes, "Load");
      return expression(tree.returns, "Load");
  }
}

function position(node: ast.Position): void {
  const { lineno, end_lineno: endLine, col_offset: column, end_col_offset: endColumn } = node;
  if (lineno > endLine) fail(`AST node line range (${lineno}, ${endLine}) is not valid`);
  if ((lineno < 0 && endLine !== lineno) || (column < 0 && column !== endColumn)) {
    fail(`AST node column range (${column}, ${endColumn}) for line range (${lineno}, ${endLine}) is not valid`);
  }
  if (lineno === endLine && column > endColumn)
    fail(`line ${lineno}, column ${column}-${endColumn} is not a valid range`);
}
function name(identifier: string): void {
  if (["None", "True", "False"].includes(identifier)) fail(`identifier field can't represent '${identifier}' constant`);
}
function nonempty(list: readonly unknown[], what: string, owner: string): void {
  require_(list.length > 0, `empty ${what} on ${owner}`);
}
function body(list: ast.Stmt[], owner: string): void {
  nonempty(list, "body", owner);
  statements(list);
}
function statements(list: (ast.Stmt | null)[]): void {
  for (const statement_ of list) {
    if (statement_ === null) return fail("None disallowed in statement list");
    statement(statement_);
  }
}
function targets(list: ast.Expr[], owner: string, context: ast.ExprContext): void {
  nonempty(list, "targets", owner);
  expressions(list, context);
}
function optional(node: ast.Expr | null, context: ast.ExprContext = "Load"): void {
  if (node !== null) expression(node, context);
}

// ── statements ─────────────────────────────────────────────────────────────────────────────────────────────
function statement(s: ast.Stmt): void {
  position(s);
  switch (s.kind) {
    case "FunctionDef":
    case "AsyncFunctionDef":
      name(s.name);
      body(s.body, s.kind);
      typeParams(s.type_params);
      arguments_(s.args);
      expressions(s.decorator_list, "Load");
      return optional(s.returns);
    case "ClassDef":
      name(s.name);
      body(s.body, s.kind);
      typeParams(s.type_params);
      expressions(s.bases, "Load");
      keywords(s.keywords);
      return expressions(s.decorator_list, "Load");
    case "Return":
      return optional(s.value);
    case "Delete":
      return targets(s.targets, "Delete", "Del");
    case "Assign":
      targets(s.targets, "Assign", "Store");
      return expression(s.value, "Load");
    case "AugAssign":
      expression(s.target, "Store");
      return expression(s.value, "Load");
    case "AnnAssign":
      if (s.target.kind !== "Name" && s.simple) fail("AnnAssign with simple non-Name target");
      expression(s.target, "Store");
      optional(s.value);
      return expression(s.annotation, "Load");
    case "TypeAlias":
      if (s.name.kind !== "Name") throw new InvalidKind("TypeAlias with non-Name name");
      expression(s.name, "Store");
      typeParams(s.type_params);
      return expression(s.value, "Load");
    case "For":
    case "AsyncFor":
      expression(s.target, "Store");
      expression(s.iter, "Load");
      body(s.body, s.kind);
      return statements(s.orelse);
    case "While":
    case "If":
      expression(s.test, "Load");
      body(s.body, s.kind);
      return statements(s.orelse);
    case "With":
    case "AsyncWith":
      nonempty(s.items, "items", s.kind);
      for (const item of s.items) {
        expression(item.context_expr, "Load");
        optional(item.optional_vars, "Store");
      }
      return body(s.body, s.kind);
    case "Match":
      expression(s.subject, "Load");
      nonempty(s.cases, "cases", "Match");
      for (const c of s.cases) {
        pattern(c.pattern, false);
        optional(c.guard);
        body(c.body, "match_case");
      }
      return;
    default:
      return otherStatement(s);
  }
}
function otherStatement(s: ast.Stmt): void {
  switch (s.kind) {
    case "Raise":
      if (s.exc !== null) {
        expression(s.exc, "Load");
        return optional(s.cause);
      }
      return require_(s.cause === null, "Raise with cause but no exception");
    case "Try":
    case "TryStar":
      return tryStatement(s);
    case "Assert":
      expression(s.test, "Load");
      return optional(s.msg);
    case "Import":
      return aliases(s.names, "Import");
    case "ImportFrom":
      require_(s.level >= 0, "Negative ImportFrom level");
      return aliases(s.names, "ImportFrom");
    case "Global":
    case "Nonlocal":
      nonempty(s.names, "names", s.kind);
      return s.names.forEach(name);
    case "Expr":
      return expression(s.value, "Load");
  }
}
function aliases(list: ast.Alias[], owner: string): void {
  nonempty(list, "names", owner);
  for (const { name: imported, asname } of list) {
    name(imported);
    if (asname !== null) name(asname);
  }
}
function tryStatement(s: ast.Try | ast.TryStar): void {
  body(s.body, s.kind);
  require_(s.handlers.length > 0 || s.finalbody.length > 0, `${s.kind} has neither except handlers nor finalbody`);
  require_(s.handlers.length > 0 || s.orelse.length === 0, `${s.kind} has orelse but no except handlers`);
  for (const handler of s.handlers) {
    position(handler);
    optional(handler.type);
    if (handler.name !== null) name(handler.name);
    body(handler.body, "ExceptHandler");
  }
  statements(s.finalbody);
  statements(s.orelse);
}

// ── expressions ────────────────────────────────────────────────────────────────────────────────────────────
function expressions(list: (ast.Expr | null)[], context: ast.ExprContext, allowNone = false): void {
  for (const e of list) {
    if (e !== null) expression(e, context);
    else if (!allowNone) fail("None disallowed in expression list");
  }
}
const ASSIGNABLE = ["Attribute", "Subscript", "Starred", "Name", "List", "Tuple"];

function expression(e: ast.Expr, context: ast.ExprContext): void {
  position(e);
  if (ASSIGNABLE.includes(e.kind)) {
    const actual = (e as ast.Name).ctx;
    if (e.kind === "Name") name(e.id);
    if (actual !== context) fail(`expression must have ${context} context but has ${actual} instead`);
  } else if (context !== "Load") {
    fail(`expression which can't be ${context === "Store" ? "assigned to" : "deleted"} in ${context} context`);
  }
  switch (e.kind) {
    case "BoolOp":
      require_(e.values.length >= 2, "BoolOp with less than 2 values");
      return expressions(e.values, "Load");
    case "Lambda":
      arguments_(e.args);
      return expression(e.body, "Load");
    case "Dict":
      require_(e.keys.length === e.values.length, "Dict doesn't have the same number of keys as values");
      expressions(e.keys, "Load", true);
      return expressions(e.values, "Load");
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
      generators(e.generators);
      return expression(e.elt, "Load");
    case "DictComp":
      generators(e.generators);
      expression(e.key, "Load");
      return expression(e.value, "Load");
    case "Compare":
      require_(e.comparators.length > 0, "Compare with no comparators");
      require_(e.comparators.length === e.ops.length, "Compare has a different number of comparators and operands");
      expressions(e.comparators, "Load");
      return expression(e.left, "Load");
    case "Call":
      expression(e.func, "Load");
      expressions(e.args, "Load");
      return keywords(e.keywords);
    case "NamedExpr":
      if (e.target.kind !== "Name") throw new InvalidKind("NamedExpr target must be a Name");
      expression(e.target, "Store");
      return expression(e.value, "Load");
    case "Attribute":
    case "Subscript":
      expression(e.value, "Load");
      return e.kind === "Subscript" ? expression(e.slice, "Load") : undefined;
    case "Starred":
      return expression(e.value, e.ctx);
    case "List":
    case "Tuple":
      return expressions(e.elts, e.ctx);
    default:
      return children(e);
  }
}
/** The fields of an expression without rules of its own: all read. */
function children(e: ast.Expr): void {
  for (const field of SHAPES.get(e.kind)?.constructor.fields ?? []) {
    if (field.type !== "expr") continue;
    const value = (e as unknown as Record<string, unknown>)[field.name];
    if (Array.isArray(value)) expressions(value as ast.Expr[], "Load");
    else optional((value ?? null) as ast.Expr | null);
  }
}
function generators(list: ast.Comprehension[]): void {
  require_(list.length > 0, "comprehension with no generators");
  for (const g of list) {
    expression(g.target, "Store");
    expression(g.iter, "Load");
    expressions(g.ifs, "Load");
  }
}
function keywords(list: ast.Keyword[]): void {
  for (const k of list) expression(k.value, "Load");
}
function arguments_(a: ast.Arguments): void {
  for (const arg of [...a.posonlyargs, ...a.args, a.vararg, ...a.kwonlyargs, a.kwarg]) {
    if (arg === null) continue;
    position(arg);
    optional(arg.annotation);
  }
  require_(
    a.defaults.length <= a.posonlyargs.length + a.args.length,
    "more positional defaults than args on arguments",
  );
  require_(
    a.kw_defaults.length === a.kwonlyargs.length,
    "length of kwonlyargs is not the same as kw_defaults on arguments",
  );
  expressions(a.defaults, "Load");
  expressions(a.kw_defaults, "Load", true);
}
function typeParams(list: ast.TypeParam[]): void {
  for (const param of list) {
    position(param);
    name(param.name);
    if (param.kind === "TypeVar") optional(param.bound);
    optional(param.default_value);
  }
}

// ── patterns ───────────────────────────────────────────────────────────────────────────────────────────────
function capture(identifier: string | null): void {
  if (identifier === null) return;
  if (identifier === "_") fail("can't capture name '_' in patterns");
  name(identifier);
}
function pattern(p: ast.Pattern, starAllowed: boolean): void {
  position(p);
  switch (p.kind) {
    case "MatchValue":
      return patternValue(p.value);
    case "MatchSingleton":
      return require_(isSingleton(p.value), "MatchSingleton can only contain True, False and None");
    case "MatchSequence":
      for (const item of p.patterns) pattern(item, true);
      return;
    case "MatchMapping":
      require_(p.keys.length === p.patterns.length, "MatchMapping doesn't have the same number of keys as patterns");
      capture(p.rest);
      for (const key of p.keys) if (key.kind !== "Constant" || !isSingleton(key.value)) patternValue(key);
      for (const item of p.patterns) pattern(item, false);
      return;
    case "MatchClass":
      return classPattern(p);
    case "MatchStar":
      if (!starAllowed) fail("can't use MatchStar here");
      return capture(p.name);
    case "MatchAs":
      capture(p.name);
      if (p.pattern === null) return;
      if (p.name === null) fail("MatchAs must specify a target name if a pattern is given");
      return pattern(p.pattern, false);
    case "MatchOr":
      require_(p.patterns.length >= 2, "MatchOr requires at least 2 patterns");
      for (const item of p.patterns) pattern(item, false);
  }
}
const isSingleton = (value: Const): boolean => value.t === "none" || value.t === "bool";

function classPattern(p: ast.MatchClass): void {
  require_(
    p.kwd_attrs.length === p.kwd_patterns.length,
    "MatchClass doesn't have the same number of keyword attributes as patterns",
  );
  expression(p.cls, "Load");
  let cls: ast.Expr = p.cls;
  while (cls.kind === "Attribute") cls = cls.value;
  require_(cls.kind === "Name", "MatchClass cls field can only contain Name or Attribute nodes.");
  p.kwd_attrs.forEach(name);
  for (const item of [...p.patterns, ...p.kwd_patterns]) pattern(item, false);
}
/** Literals, with a sign or as complex numbers, attributes, and f-strings (refused later). */
function patternValue(e: ast.Expr): void {
  expression(e, "Load");
  switch (e.kind) {
    case "Constant":
      if (["int", "float", "complex", "str", "astral", "bytes"].includes(e.value.t)) return;
      return fail("unexpected constant inside of a literal pattern");
    case "Attribute":
    case "JoinedStr":
    case "TemplateStr":
      return;
    case "UnaryOp":
      if (isNumber(e, true, false)) return;
      break;
    case "BinOp":
      if ((e.op === "Add" || e.op === "Sub") && isNumber(e.left, true, false) && isNumber(e.right, false, true)) return;
      break;
  }
  fail("patterns may only match literals and attribute lookups");
}
function isNumber(e: ast.Expr, allowSign: boolean, imaginary: boolean): boolean {
  if (e.kind === "UnaryOp") return allowSign && e.op === "USub" && isNumber(e.operand, false, imaginary);
  if (e.kind !== "Constant") return false;
  return imaginary ? e.value.t === "complex" : ["int", "float", "complex"].includes(e.value.t);
}
