/** The diagnosing grammar: modules, simple statements and blocks. */
import * as T from "../tokens.ts";
import {
  type Diagnoser,
  type Part,
  type Rule,
  type Tree,
  ahead,
  any,
  commas,
  group,
  many,
  not,
  opt,
  some,
} from "./engine.ts";
import {
  annotatedRhs,
  expression,
  expressions,
  starExpressions,
  starNamedExpression,
  starNamedExpressions,
  yieldExpr,
} from "./expressions.ts";
import { compoundStmt } from "./compound.ts";
import { expressionName, failInvalidTarget } from "./kinds.ts";
import { attributeOrSubscript, list, tuple } from "./primaries.ts";
import { deleteTargets, singleTarget, starTargets } from "./targets.ts";
import { typeParams } from "./type-params.ts";

// ── modules ────────────────────────────────────────────────────────────────────────────────────────────────

/** The starting rules by mode. */
export const START: Readonly<Record<"exec" | "eval" | "single" | "func_type", Rule>> = {
  exec: (d) => d.all("Module", opt(statements), T.ENDMARKER),
  eval: (d) => d.all("Expression", expressions, many(T.NEWLINE), T.ENDMARKER),
  single: statementNewline,
  func_type: (d) =>
    d.all("FunctionType", T.LPAR, opt(typeExpressions), T.RPAR, T.RARROW, expression, many(T.NEWLINE), T.ENDMARKER),
};

const statementList = some(statement);

export function statements(d: Diagnoser): Tree | null {
  return statementList(d);
}

function statement(d: Diagnoser): Tree | null {
  return compoundStmt(d) ?? simpleStmts(d);
}

/** The end alone is no statement, though CPython's grammar has it here: it means the end of an interactive session. */
function statementNewline(d: Diagnoser): Tree | null {
  return d.all("", compoundStmt, T.NEWLINE) ?? simpleStmts(d) ?? d.token(T.NEWLINE);
}

function typeExpressions(d: Diagnoser): Tree | null {
  const types = commas(expression);
  const star: Part[] = [T.STAR, expression];
  const doubleStar: Part[] = [T.DOUBLESTAR, expression];
  return (
    d.all("", types, T.COMMA, ...star, T.COMMA, ...doubleStar) ??
    d.all("", types, T.COMMA, ...star) ??
    d.all("", types, T.COMMA, ...doubleStar) ??
    d.all("", ...star, T.COMMA, ...doubleStar) ??
    d.all("", ...star) ??
    d.all("", ...doubleStar) ??
    types(d)
  );
}

// ── simple statements ──────────────────────────────────────────────────────────────────────────────────────

const oneSimpleStmt = group(simpleStmt, not(T.SEMI), T.NEWLINE);
const moreSimpleStmts = group(commas(simpleStmt, T.SEMI), opt(T.SEMI), T.NEWLINE);

function simpleStmts(d: Diagnoser): Tree | null {
  return oneSimpleStmt(d) ?? moreSimpleStmts(d);
}

export function simpleStmt(d: Diagnoser): Tree | null {
  return d.memo(simpleStmtRule);
}

function simpleStmtRule(d: Diagnoser): Tree | null {
  const tree = assignment(d) ?? typeAlias(d) ?? starExpressions(d);
  if (tree !== null) return tree;
  switch (d.kind()) {
    case T.RETURN:
      return d.all("Return", T.RETURN, opt(starExpressions));
    case T.IMPORT:
    case T.FROM:
      return importStmt(d);
    case T.RAISE:
      return d.all("Raise", T.RAISE, expression, opt(T.FROM, expression)) ?? d.all("Raise", T.RAISE);
    case T.PASS:
      return passStmt(d);
    case T.DEL:
      return deleteStmt(d);
    case T.YIELD:
      return yieldExpr(d);
    case T.ASSERT:
      return d.all("Assert", T.ASSERT, expression, opt(T.COMMA, expression));
    case T.BREAK:
      return breakStmt(d);
    case T.CONTINUE:
      return continueStmt(d);
    case T.GLOBAL:
      return d.all("Global", T.GLOBAL, names);
    case T.NONLOCAL:
      return d.all("Nonlocal", T.NONLOCAL, names);
    default:
      return null;
  }
}

const names = commas(T.NAME);

export function passStmt(d: Diagnoser): Tree | null {
  return d.token(T.PASS);
}

export function breakStmt(d: Diagnoser): Tree | null {
  return d.token(T.BREAK);
}

export function continueStmt(d: Diagnoser): Tree | null {
  return d.token(T.CONTINUE);
}

function typeAlias(d: Diagnoser): Tree | null {
  const tree = d.all("TypeAlias", "type", T.NAME, opt(typeParams), T.EQUAL, expression);
  if (tree !== null) d.requireVersion(12, "Type statement is");
  return tree;
}

function deleteStmt(d: Diagnoser): Tree | null {
  return d.all("Delete", T.DEL, deleteTargets, ahead(T.SEMI, T.NEWLINE)) ?? d.diagnose(invalidDelete);
}

function invalidDelete(d: Diagnoser): Tree | null {
  const tree = d.all("", T.DEL, starExpressions);
  return tree === null ? null : failInvalidTarget(d, tree.parts[1], "del");
}

// ── assignment ─────────────────────────────────────────────────────────────────────────────────────────────

const augmented = any(
  T.PLUSEQUAL,
  T.MINEQUAL,
  T.STAREQUAL,
  matrixAssign,
  T.SLASHEQUAL,
  T.PERCENTEQUAL,
  T.AMPEREQUAL,
  T.VBAREQUAL,
  T.CIRCUMFLEXEQUAL,
  T.LEFTSHIFTEQUAL,
  T.RIGHTSHIFTEQUAL,
  T.DOUBLESTAREQUAL,
  T.DOUBLESLASHEQUAL,
);

function matrixAssign(d: Diagnoser): Tree | null {
  const tree = d.token(T.ATEQUAL);
  if (tree !== null) d.requireVersion(5, "The '@' operator is");
  return tree;
}

const assigned = opt(T.EQUAL, annotatedRhs);
const annotatedTarget = any(group(T.LPAR, singleTarget, T.RPAR), attributeOrSubscript);
const targetsAssigned = some(group(starTargets, T.EQUAL));

function assignment(d: Diagnoser): Tree | null {
  let tree = d.all("AnnAssign", T.NAME, T.COLON, expression, assigned);
  if (tree !== null) {
    d.requireVersion(6, "Variable annotation syntax is");
    return tree;
  }
  tree = d.all("AnnAssign", annotatedTarget, T.COLON, expression, assigned);
  if (tree !== null) {
    d.requireVersion(6, "Variable annotations syntax is");
    return tree;
  }
  tree = d.all("Assign", targetsAssigned, annotatedRhs, not(T.EQUAL), opt(T.TYPE_COMMENT));
  if (tree !== null) return tree;
  const start = d.mark;
  if (singleTarget(d) !== null && augmented(d) !== null) {
    // Behind the operator nothing else is tried.
    if (annotatedRhs(d) === null) d.mark = start;
    else return { kind: "AugAssign", start, end: d.mark, parts: [] };
    return null;
  }
  d.mark = start;
  return d.diagnose(invalidAssignment);
}

function annotatedDisplay(d: Diagnoser): Tree | null {
  return list(d) ?? tuple(d) ?? d.pick(1, T.LPAR, annotatedDisplay, T.RPAR);
}

const manyTargets = many(group(starTargets, T.EQUAL));

function invalidAssignment(d: Diagnoser): Tree | null {
  let tree = d.all("", (inner) => inner.tryInvalid(annotatedDisplay), T.COLON, expression);
  if (tree !== null)
    d.fail(tree.parts[0], `only single target (not ${expressionName(d, tree.parts[0])}) can be annotated`);
  tree = d.all("", starNamedExpression, T.COMMA, many(starNamedExpressions), T.COLON, expression);
  if (tree !== null) d.fail(tree.parts[0], "only single target (not tuple) can be annotated");
  tree = d.all("", expression, T.COLON, expression);
  if (tree !== null) d.fail(tree.parts[0], "illegal target for annotation");
  tree = d.all("", manyTargets, starExpressions, T.EQUAL);
  if (tree !== null) return failInvalidTarget(d, tree.parts[1], "star");
  tree = d.all("", manyTargets, yieldExpr, T.EQUAL);
  if (tree !== null) d.fail(tree.parts[1], "assignment to yield expression not possible");
  tree = d.all("", starExpressions, augmented, annotatedRhs);
  if (tree === null) return null;
  return d.fail(
    tree.parts[0],
    `'${expressionName(d, tree.parts[0])}' is an illegal expression for augmented assignment`,
  );
}

// ── imports ────────────────────────────────────────────────────────────────────────────────────────────────

function importStmt(d: Diagnoser): Tree | null {
  return d.memo(importStmtRule);
}

function importStmtRule(d: Diagnoser): Tree | null {
  d.diagnose(invalidImport);
  return (
    d.all("Import", T.IMPORT, dottedAsNames) ??
    d.all("ImportFrom", T.FROM, many(dots), dottedName, T.IMPORT, importTargets) ??
    d.all("ImportFrom", T.FROM, some(dots), T.IMPORT, importTargets)
  );
}

const dots = any(T.DOT, T.ELLIPSIS);
const dottedAsNames = commas(dottedAsName);
const dottedNames = commas(dottedName);

function dottedName(d: Diagnoser): Tree | null {
  return d.all("dotted", T.NAME, many(group(T.DOT, T.NAME)));
}

function dottedAsName(d: Diagnoser): Tree | null {
  d.diagnose((inner) => invalidAsName(inner, dottedName));
  return d.all("alias", dottedName, opt(T.AS, T.NAME));
}

const importNames = commas(importName);

function importName(d: Diagnoser): Tree | null {
  d.diagnose((inner) => invalidAsName(inner, T.NAME));
  return d.all("alias", T.NAME, opt(T.AS, T.NAME));
}

const properAlias = group(T.NAME, any(T.COMMA, T.RPAR, T.SEMI, T.NEWLINE));

function invalidAsName(d: Diagnoser, what: Part): Tree | null {
  const tree = d.all("", what, T.AS, not(properAlias), expression);
  return tree === null
    ? null
    : d.fail(tree.parts[3], `cannot use ${expressionName(d, tree.parts[3])} as import target`);
}

function importTargets(d: Diagnoser): Tree | null {
  return (
    d.all("", T.LPAR, importNames, opt(T.COMMA), T.RPAR) ??
    d.pick(0, importNames, not(T.COMMA)) ??
    d.token(T.STAR) ??
    d.diagnose(invalidImportTargets)
  );
}

const NAMES_EXPECTED = "Expected one or more names after 'import'";

function invalidImportTargets(d: Diagnoser): Tree | null {
  let tree = d.all("", importNames, T.COMMA, T.NEWLINE);
  if (tree !== null) d.failHere("trailing comma not allowed without surrounding parentheses");
  tree = d.token(T.NEWLINE);
  return tree === null ? null : d.failFrom(tree, NAMES_EXPECTED);
}

function invalidImport(d: Diagnoser): Tree | null {
  let tree = d.all("", T.IMPORT, dottedNames, T.FROM, dottedName);
  if (tree !== null) d.failFrom(tree.parts[0], "Did you mean to use 'from ... import ...' instead?");
  tree = d.all("", T.IMPORT, T.NEWLINE);
  return tree === null ? null : d.failFrom(tree.parts[1], NAMES_EXPECTED);
}

// ── blocks ─────────────────────────────────────────────────────────────────────────────────────────────────

export function block(d: Diagnoser): Tree | null {
  return d.memo(blockRule);
}

function blockRule(d: Diagnoser): Tree | null {
  return d.all("block", T.NEWLINE, T.INDENT, statements, T.DEDENT) ?? simpleStmts(d) ?? d.diagnose(invalidBlock);
}

function invalidBlock(d: Diagnoser): Tree | null {
  const tree = d.all("", T.NEWLINE, not(T.INDENT));
  return tree === null ? null : d.failHere("expected an indented block", "IndentationError");
}

/** Complaint about a missing block behind NEWLINE; `parts` are what stands before the NEWLINE, `from` the keyword's place in them. */
export function noBlock(d: Diagnoser, what: string, from: number, ...parts: Part[]): null {
  const tree = d.all("", ...parts, T.NEWLINE, not(T.INDENT));
  if (tree === null) return null;
  return d.failHere(
    `expected an indented block after ${what} on line ${d.p.line(tree.parts[from].start)}`,
    "IndentationError",
  );
}

/** Complaint about a missing colon before NEWLINE. */
export function noColon(d: Diagnoser, ...parts: Part[]): null {
  return d.all("", ...parts, T.NEWLINE) === null ? null : d.failHere("expected ':'");
}
