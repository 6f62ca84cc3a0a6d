/** The diagnosing grammar: compound statements. */
import * as T from "../tokens.ts";
import { type Diagnoser, type Rule, type Tree, ahead, any, commas, group, many, not, opt, some } from "./engine.ts";
import {
  expression,
  expressions,
  namedExpression,
  starExpressions,
  starNamedExpression,
  starNamedExpressions,
} from "./expressions.ts";
import { expressionName, failInvalidTarget } from "./kinds.ts";
import { params } from "./parameters.ts";
import { patterns } from "./patterns.ts";
import { callArgs } from "./calls.ts";
import { block, noBlock, noColon } from "./statements.ts";
import { invalidForTarget, starTarget, starTargets } from "./targets.ts";
import { typeParams } from "./type-params.ts";

export function compoundStmt(d: Diagnoser): Tree | null {
  switch (d.kind()) {
    case T.DEF:
      return functionDef(d);
    case T.AT:
      return functionDef(d) ?? classDef(d);
    case T.ASYNC:
      return functionDef(d) ?? withStmt(d) ?? forStmt(d);
    case T.IF:
      return ifStmt(d);
    case T.CLASS:
      return classDef(d);
    case T.WITH:
      return withStmt(d);
    case T.FOR:
      return forStmt(d);
    case T.TRY:
      return tryStmt(d);
    case T.WHILE:
      return whileStmt(d);
    default:
      return matchStmt(d);
  }
}

const optAsync = opt(T.ASYNC);
const asTarget = opt(T.AS, starTarget);
const asName = opt(T.AS, T.NAME);

// ── functions and classes ──────────────────────────────────────────────────────────────────────────────────

const decorators = some(group(T.AT, namedExpression, T.NEWLINE));
const returnsType = opt(T.RARROW, expression);
const optTypeParams = opt(typeParams);
const optParams = opt(params);

function functionDef(d: Diagnoser): Tree | null {
  return d.all("FunctionDef", decorators, functionDefRaw) ?? functionDefRaw(d);
}

function functionDefRaw(d: Diagnoser): Tree | null {
  d.diagnose(invalidDef);
  const plain = d.all(
    "FunctionDef",
    T.DEF,
    T.NAME,
    optTypeParams,
    T.LPAR,
    optParams,
    T.RPAR,
    returnsType,
    T.COLON,
    opt(funcTypeComment),
    block,
  );
  if (plain !== null) return plain;
  const tree = d.all(
    "AsyncFunctionDef",
    T.ASYNC,
    T.DEF,
    T.NAME,
    optTypeParams,
    T.LPAR,
    optParams,
    T.RPAR,
    returnsType,
    T.COLON,
    opt(funcTypeComment),
    block,
  );
  if (tree !== null) d.requireVersion(5, "Async functions are");
  return tree;
}

const openParameters: Rule = (d) => d.force(T.LPAR, "(");
const colon: Rule = (d) => d.force(T.COLON, ":");

function invalidDef(d: Diagnoser): Tree | null {
  noBlock(
    d,
    "function definition",
    1,
    optAsync,
    T.DEF,
    T.NAME,
    optTypeParams,
    T.LPAR,
    optParams,
    T.RPAR,
    returnsType,
    T.COLON,
  );
  return d.all(
    "",
    optAsync,
    T.DEF,
    T.NAME,
    optTypeParams,
    openParameters,
    optParams,
    T.RPAR,
    returnsType,
    colon,
    opt(funcTypeComment),
    block,
  );
}

function funcTypeComment(d: Diagnoser): Tree | null {
  const tree = d.all("", T.NEWLINE, T.TYPE_COMMENT, ahead(group(T.NEWLINE, T.INDENT)));
  if (tree !== null) return tree;
  d.diagnose(invalidDoubleTypeComments);
  return d.token(T.TYPE_COMMENT);
}

function invalidDoubleTypeComments(d: Diagnoser): Tree | null {
  const tree = d.all("", T.TYPE_COMMENT, T.NEWLINE, T.TYPE_COMMENT, T.NEWLINE, T.INDENT);
  return tree === null ? null : d.failHere("Cannot have two type comments on def");
}

const bases = opt(T.LPAR, opt(callArgs), T.RPAR);

function classDef(d: Diagnoser): Tree | null {
  return d.all("ClassDef", decorators, classDefRaw) ?? classDefRaw(d);
}

function classDefRaw(d: Diagnoser): Tree | null {
  d.diagnose(invalidClass);
  return d.all("ClassDef", T.CLASS, T.NAME, optTypeParams, bases, T.COLON, block);
}

function invalidClass(d: Diagnoser): Tree | null {
  return (
    noColon(d, T.CLASS, T.NAME, optTypeParams, bases) ??
    noBlock(d, "class definition", 0, T.CLASS, T.NAME, optTypeParams, bases, T.COLON)
  );
}

// ── if, while, for ─────────────────────────────────────────────────────────────────────────────────────────

const optElse = opt(elseBlock);

function ifStmt(d: Diagnoser): Tree | null {
  return ifOrElif(d, T.IF, "'if' statement");
}

function elifStmt(d: Diagnoser): Tree | null {
  return ifOrElif(d, T.ELIF, "'elif' statement");
}

function ifOrElif(d: Diagnoser, keyword: number, what: string): Tree | null {
  d.diagnose(
    (inner) => noColon(inner, keyword, namedExpression) ?? noBlock(inner, what, 0, keyword, namedExpression, T.COLON),
  );
  return (
    d.all("If", keyword, namedExpression, T.COLON, block, elifStmt) ??
    d.all("If", keyword, namedExpression, T.COLON, block, optElse)
  );
}

function elseBlock(d: Diagnoser): Tree | null {
  d.diagnose(invalidElse);
  return d.all("else", T.ELSE, colon, block);
}

function invalidElse(d: Diagnoser): Tree | null {
  noBlock(d, "'else' statement", 0, T.ELSE, T.COLON);
  return d.all("", T.ELSE, T.COLON, block, T.ELIF) === null ? null : d.failHere("'elif' block follows an 'else' block");
}

function whileStmt(d: Diagnoser): Tree | null {
  d.diagnose(
    (inner) =>
      noColon(inner, T.WHILE, namedExpression) ??
      noBlock(inner, "'while' statement", 0, T.WHILE, namedExpression, T.COLON),
  );
  return d.all("While", T.WHILE, namedExpression, T.COLON, block, optElse);
}

const typeComment = opt(T.TYPE_COMMENT);

/** Behind `in` nothing else is tried. */
function forStmt(d: Diagnoser): Tree | null {
  d.diagnose(invalidFor);
  const start = d.mark;
  for (const isAsync of [false, true]) {
    d.mark = start;
    if (isAsync && d.token(T.ASYNC) === null) continue;
    if (d.token(T.FOR) === null || starTargets(d) === null || d.token(T.IN) === null) continue;
    const rest = d.all("For", starExpressions, T.COLON, typeComment, block, optElse);
    if (rest === null) {
      d.mark = start;
      return null;
    }
    if (isAsync) d.requireVersion(5, "Async for loops are");
    return { ...rest, start };
  }
  d.mark = start;
  return d.diagnose(invalidForTarget);
}

function invalidFor(d: Diagnoser): Tree | null {
  noColon(d, optAsync, T.FOR, starTargets, T.IN, starExpressions);
  return noBlock(d, "'for' statement", 1, optAsync, T.FOR, starTargets, T.IN, starExpressions, T.COLON);
}

// ── with ───────────────────────────────────────────────────────────────────────────────────────────────────

const withItems = commas(withItem);

function withStmt(d: Diagnoser): Tree | null {
  d.diagnose(invalidWithIndent);
  const plain =
    d.all("With", T.WITH, T.LPAR, withItems, opt(T.COMMA), T.RPAR, T.COLON, typeComment, block) ??
    d.all("With", T.WITH, withItems, T.COLON, typeComment, block);
  if (plain !== null) return plain;
  const tree =
    d.all("AsyncWith", T.ASYNC, T.WITH, T.LPAR, withItems, opt(T.COMMA), T.RPAR, T.COLON, block) ??
    d.all("AsyncWith", T.ASYNC, T.WITH, withItems, T.COLON, typeComment, block);
  if (tree === null) return d.diagnose(invalidWith);
  d.requireVersion(5, "Async with statements are");
  return tree;
}

const itemEnd = ahead(T.COMMA, T.RPAR, T.COLON);

function withItem(d: Diagnoser): Tree | null {
  const tree = d.all("item", expression, T.AS, starTarget, itemEnd);
  if (tree !== null) return tree;
  d.diagnose(invalidWithItem);
  return expression(d);
}

function invalidWithItem(d: Diagnoser): Tree | null {
  const tree = d.all("", expression, T.AS, expression, itemEnd);
  return tree === null ? null : failInvalidTarget(d, tree.parts[2], "star");
}

const bareItems = commas(group(expression, asTarget));
const parenthesisedItems = group(T.LPAR, commas(group(expressions, asTarget)), opt(T.COMMA), T.RPAR);

function invalidWith(d: Diagnoser): Tree | null {
  return noColon(d, optAsync, T.WITH, bareItems) ?? noColon(d, optAsync, T.WITH, parenthesisedItems);
}

function invalidWithIndent(d: Diagnoser): Tree | null {
  const what = "'with' statement";
  return (
    noBlock(d, what, 1, optAsync, T.WITH, bareItems, T.COLON) ??
    noBlock(d, what, 1, optAsync, T.WITH, parenthesisedItems, T.COLON)
  );
}

// ── try ────────────────────────────────────────────────────────────────────────────────────────────────────

const handlers = some(exceptBlock);
const starHandlers = some(exceptStarBlock);
const optFinally = opt(finallyBlock);

function tryStmt(d: Diagnoser): Tree | null {
  d.diagnose(invalidTry);
  const tree =
    d.all("Try", T.TRY, colon, block, finallyBlock) ?? d.all("Try", T.TRY, colon, block, handlers, optElse, optFinally);
  if (tree !== null) return tree;
  const star = d.all("TryStar", T.TRY, colon, block, starHandlers, optElse, optFinally);
  if (star !== null) d.requireVersion(11, "Exception groups are");
  return star;
}

const BOTH = "cannot have both 'except' and 'except*' on the same 'try'";
const manyBlocks = many(block);

function invalidTry(d: Diagnoser): Tree | null {
  noBlock(d, "'try' statement", 0, T.TRY, T.COLON);
  let tree = d.all("", T.TRY, T.COLON, block, not(T.EXCEPT, T.FINALLY));
  if (tree !== null) d.failHere("expected 'except' or 'finally' block");
  tree = d.all("", T.TRY, T.COLON, manyBlocks, handlers, T.EXCEPT, T.STAR, expression, asName, T.COLON);
  if (tree !== null) d.failRange(tree.parts[4], tree.parts[5], BOTH);
  tree = d.all("", T.TRY, T.COLON, manyBlocks, starHandlers, T.EXCEPT, opt(expression, asName), T.COLON);
  return tree === null ? null : d.fail(tree.parts[4], BOTH);
}

/** A handler for several types without parentheses (PEP 758). */
function severalTypes(d: Diagnoser, kind: string, ...keyword: number[]): Tree | null {
  const tree = d.all(kind, ...keyword, expressions, T.COLON, block);
  if (tree !== null) d.requireVersion(14, "except expressions without parentheses are");
  return tree;
}

function exceptBlock(d: Diagnoser): Tree | null {
  d.diagnose(invalidExceptIndent);
  return (
    d.all("except", T.EXCEPT, expression, T.COLON, block) ??
    d.all("except", T.EXCEPT, expression, T.AS, T.NAME, T.COLON, block) ??
    severalTypes(d, "except", T.EXCEPT) ??
    d.all("except", T.EXCEPT, T.COLON, block) ??
    d.diagnose(invalidExcept)
  );
}

function exceptStarBlock(d: Diagnoser): Tree | null {
  d.diagnose(invalidExceptStarIndent);
  return (
    d.all("except*", T.EXCEPT, T.STAR, expression, T.COLON, block) ??
    d.all("except*", T.EXCEPT, T.STAR, expression, T.AS, T.NAME, T.COLON, block) ??
    severalTypes(d, "except*", T.EXCEPT, T.STAR) ??
    d.diagnose(invalidExceptStar)
  );
}

const UNPARENTHESISED = "multiple exception types must be parenthesized when using 'as'";

function invalidExcept(d: Diagnoser): Tree | null {
  let tree = d.all("", T.EXCEPT, expression, T.COMMA, expressions, T.AS, T.NAME, T.COLON);
  if (tree !== null) d.failFrom(tree.parts[1], UNPARENTHESISED);
  noColon(d, T.EXCEPT, expression, asName);
  noColon(d, T.EXCEPT);
  tree = d.all("", T.EXCEPT, expression, T.AS, expression, T.COLON, block);
  return tree === null
    ? null
    : d.fail(tree.parts[3], `cannot use except statement with ${expressionName(d, tree.parts[3])}`);
}

function invalidExceptStar(d: Diagnoser): Tree | null {
  let tree = d.all("", T.EXCEPT, T.STAR, expression, T.COMMA, expressions, T.AS, T.NAME, T.COLON);
  if (tree !== null) d.failFrom(tree.parts[2], UNPARENTHESISED);
  noColon(d, T.EXCEPT, T.STAR, expression, asName);
  tree = d.all("", T.EXCEPT, T.STAR, any(T.NEWLINE, T.COLON));
  if (tree !== null) d.failHere("expected one or more exception types");
  tree = d.all("", T.EXCEPT, T.STAR, expression, T.AS, expression, T.COLON, block);
  return tree === null
    ? null
    : d.fail(tree.parts[4], `cannot use except* statement with ${expressionName(d, tree.parts[4])}`);
}

function invalidExceptIndent(d: Diagnoser): Tree | null {
  const what = "'except' statement";
  return noBlock(d, what, 0, T.EXCEPT, expression, asName, T.COLON) ?? noBlock(d, what, 0, T.EXCEPT, T.COLON);
}

function invalidExceptStarIndent(d: Diagnoser): Tree | null {
  return noBlock(d, "'except*' statement", 0, T.EXCEPT, T.STAR, expression, asName, T.COLON);
}

function finallyBlock(d: Diagnoser): Tree | null {
  d.diagnose((inner) => noBlock(inner, "'finally' statement", 0, T.FINALLY, T.COLON));
  return d.all("finally", T.FINALLY, colon, block);
}

// ── match ──────────────────────────────────────────────────────────────────────────────────────────────────

const optGuard = opt(T.IF, namedExpression);
const cases = some(caseBlock);

function matchStmt(d: Diagnoser): Tree | null {
  const tree = d.all("Match", "match", subject, T.COLON, T.NEWLINE, T.INDENT, cases, T.DEDENT);
  if (tree === null) return d.diagnose(invalidMatch);
  d.requireVersion(10, "Pattern matching is");
  return tree;
}

function subject(d: Diagnoser): Tree | null {
  return d.all("Tuple", starNamedExpression, T.COMMA, opt(starNamedExpressions)) ?? namedExpression(d);
}

function invalidMatch(d: Diagnoser): Tree | null {
  return noColon(d, "match", subject) ?? noBlock(d, "'match' statement", 0, "match", subject, T.COLON);
}

function caseBlock(d: Diagnoser): Tree | null {
  d.diagnose(
    (inner) =>
      noColon(inner, "case", patterns, optGuard) ??
      noBlock(inner, "'case' statement", 0, "case", patterns, optGuard, T.COLON),
  );
  return d.all("case", "case", patterns, optGuard, T.COLON, block);
}
