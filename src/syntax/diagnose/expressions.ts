/** The diagnosing grammar: expressions above primaries, and their invalid forms. */
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
  last,
  not,
  opt,
  some,
} from "./engine.ts";
import { expressionName, isLegacyStatement } from "./kinds.ts";
import { lambdaParams } from "./parameters.ts";
import { genexp, list, primary, tuple } from "./primaries.ts";
import { breakStmt, continueStmt, passStmt, simpleStmt } from "./statements.ts";

// ── lists of expressions ───────────────────────────────────────────────────────────────────────────────────

/** Elements with commas between: a Tuple whose parts are the elements, or the one element. */
function tupleOf(d: Diagnoser, element: Rule): Tree | null {
  const start = d.mark;
  const first = element(d);
  if (first === null) return null;
  const trees = [first];
  let comma = false;
  while (d.token(T.COMMA) !== null) {
    comma = true;
    const next = element(d);
    if (next === null) break;
    trees.push(next);
  }
  return comma ? { kind: "Tuple", start, end: d.mark, parts: trees } : first;
}

export function expressions(d: Diagnoser): Tree | null {
  return tupleOf(d, expression);
}

export function starExpressions(d: Diagnoser): Tree | null {
  return tupleOf(d, starExpression);
}

export function starExpression(d: Diagnoser): Tree | null {
  return d.memo(starExpressionRule);
}

function starExpressionRule(d: Diagnoser): Tree | null {
  return d.all("Starred", T.STAR, bitwiseOr) ?? expression(d);
}

const starNamedList = commas(starNamedExpression);

export function starNamedExpressions(d: Diagnoser): Tree | null {
  const tree = starNamedList(d);
  if (tree === null) return null;
  d.token(T.COMMA);
  return { ...tree, end: d.mark };
}

export function starNamedExpression(d: Diagnoser): Tree | null {
  return d.all("Starred", T.STAR, bitwiseOr) ?? namedExpression(d);
}

/** `name := expression`; once `:=` is seen nothing else is tried. */
export function assignmentExpression(d: Diagnoser): Tree | null {
  const start = d.mark;
  if (name(d) === null || d.token(T.COLONEQUAL) === null) {
    d.mark = start;
    return null;
  }
  if (expression(d) === null) {
    d.mark = start;
    return null;
  }
  d.requireVersion(8, "Assignment expressions are");
  return { kind: "NamedExpr", start, end: d.mark, parts: [] };
}

const noWalrus = not(T.COLONEQUAL);

export function namedExpression(d: Diagnoser): Tree | null {
  const tree = assignmentExpression(d);
  if (tree !== null) return tree;
  d.diagnose(invalidNamedExpression);
  return expressionNotAssigned(d);
}

export function expressionNotAssigned(d: Diagnoser): Tree | null {
  return d.pick(0, expression, noWalrus);
}

function invalidNamedExpression(d: Diagnoser): Tree | null {
  return d.memo(invalidNamedExpressionRule);
}

const notDisplay = not(list, tuple, genexp, T.TRUE, T.NONE, T.FALSE);
const notAssigned = not(T.EQUAL, T.COLONEQUAL);

function invalidNamedExpressionRule(d: Diagnoser): Tree | null {
  let tree = d.all("", expression, T.COLONEQUAL, expression);
  if (tree !== null)
    d.fail(tree.parts[0], `cannot use assignment expressions with ${expressionName(d, tree.parts[0])}`);
  tree = d.all("", name, T.EQUAL, bitwiseOr, notAssigned);
  if (tree !== null)
    d.failRange(tree.parts[0], tree.parts[2], "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  tree = d.all("", notDisplay, bitwiseOr, T.EQUAL, bitwiseOr, notAssigned);
  if (tree === null) return null;
  return d.fail(
    tree.parts[1],
    `cannot assign to ${expressionName(d, tree.parts[1])} here. Maybe you meant '==' instead of '='?`,
  );
}

export function yieldExpr(d: Diagnoser): Tree | null {
  return d.all("Yield", T.YIELD, T.FROM, expression) ?? d.all("Yield", T.YIELD, opt(starExpressions));
}

export function annotatedRhs(d: Diagnoser): Tree | null {
  return yieldExpr(d) ?? starExpressions(d);
}

// ── expression ─────────────────────────────────────────────────────────────────────────────────────────────

export function expression(d: Diagnoser): Tree | null {
  return d.memo(expressionRule);
}

function expressionRule(d: Diagnoser): Tree | null {
  d.diagnose(invalidExpression);
  d.diagnose(invalidLegacyExpression);
  return conditional(d);
}

function conditional(d: Diagnoser): Tree | null {
  return d.all("IfExp", disjunction, T.IF, disjunction, T.ELSE, expression) ?? disjunction(d) ?? lambdef(d);
}

function lambdef(d: Diagnoser): Tree | null {
  return d.all("Lambda", T.LAMBDA, opt(lambdaParams), T.COLON, expression);
}

/** An expression for whose parsing the rules for invalid syntax are off. */
function expressionWithoutInvalid(d: Diagnoser): Tree | null {
  const invalid = d.invalid;
  d.invalid = false;
  const tree = conditional(d);
  d.invalid = invalid;
  return tree;
}

const notNameString = not(group(T.NAME, T.STRING), softKeyword);
const betweenStrings = some((d) => d.pick(1, not(T.STRING), expressionWithoutInvalid));
const statementAsValue = any(passStmt, breakStmt, continueStmt);

function invalidExpression(d: Diagnoser): Tree | null {
  let tree = d.all("", T.STRING, betweenStrings, T.STRING);
  if (tree !== null)
    d.failRange(
      tree.parts[1].parts[0],
      last(tree.parts[1]),
      "invalid syntax. Is this intended to be part of the string?",
    );
  tree = d.all("", notNameString, disjunction, expressionWithoutInvalid);
  // Whether it speaks or not, this alternative is the last one tried once it matches.
  if (tree !== null) return missingComma(d, tree.parts[1], tree.parts[2]);
  tree = d.all("", disjunction, T.IF, disjunction, not(T.ELSE, T.COLON));
  if (tree !== null) d.failRange(tree.parts[0], tree.parts[2], "expected 'else' after 'if' expression");
  tree = d.all("", disjunction, T.IF, disjunction, T.ELSE, not(expression));
  if (tree !== null) d.failNext("expected expression after 'else', but statement is given");
  tree = d.all("", statementAsValue, T.IF, disjunction, T.ELSE, simpleStmt);
  if (tree !== null) d.fail(tree.parts[0], "expected expression before 'if', but statement is given");
  return invalidLambda(d, T.FSTRING_MIDDLE, "f") ?? invalidLambda(d, T.TSTRING_MIDDLE, "t");
}

function missingComma(d: Diagnoser, first: Tree, second: Tree): null {
  if (isLegacyStatement(d, first) || d.bracketLevel(d.mark - 1) === 0) return null;
  return d.failRange(first, second, "invalid syntax. Perhaps you forgot a comma?");
}

function invalidLambda(d: Diagnoser, middle: number, letter: string): null {
  const tree = d.all("", T.LAMBDA, opt(lambdaParams), T.COLON, ahead(middle));
  if (tree === null) return null;
  return d.failRange(
    tree.parts[0],
    tree.parts[2],
    `${letter}-string: lambda expressions are not allowed without parentheses`,
  );
}

const SOFT_KEYWORDS = new Set(["_", "case", "match", "type"]);

function softKeyword(d: Diagnoser): Tree | null {
  return d.kind() === T.NAME && SOFT_KEYWORDS.has(d.p.text(d.mark)) ? d.token(T.NAME) : null;
}

function invalidLegacyExpression(d: Diagnoser): Tree | null {
  const tree = d.all("", name, not(T.LPAR), starExpressions);
  if (tree === null || !isLegacyStatement(d, tree.parts[0])) return null;
  const text = d.p.nameAt(tree.parts[0].start);
  return d.failRange(
    tree.parts[0],
    tree.parts[2],
    `Missing parentheses in call to '${text}'. Did you mean ${text}(...)?`,
  );
}

/** A NAME as an expression. */
export function name(d: Diagnoser): Tree | null {
  const tree = d.token(T.NAME);
  return tree === null ? null : { ...tree, kind: "Name" };
}

// ── boolean and comparison ─────────────────────────────────────────────────────────────────────────────────

export function disjunction(d: Diagnoser): Tree | null {
  return d.memo(disjunctionRule);
}

function disjunctionRule(d: Diagnoser): Tree | null {
  return d.all("BoolOp", conjunction, orTail) ?? conjunction(d);
}

const orTail = some(group(T.OR, conjunction));

function conjunction(d: Diagnoser): Tree | null {
  return d.memo(conjunctionRule);
}

function conjunctionRule(d: Diagnoser): Tree | null {
  return d.all("BoolOp", inversion, andTail) ?? inversion(d);
}

const andTail = some(group(T.AND, inversion));

export function inversion(d: Diagnoser): Tree | null {
  return d.memo(inversionRule);
}

function inversionRule(d: Diagnoser): Tree | null {
  return d.all("UnaryOp", T.NOT, inversion) ?? d.all("Compare", bitwiseOr, comparisons) ?? bitwiseOr(d);
}

const comparisons = some(
  any(
    group(T.EQEQUAL, bitwiseOr),
    group(notEqual, bitwiseOr),
    group(T.LESSEQUAL, bitwiseOr),
    group(T.LESS, bitwiseOr),
    group(T.GREATEREQUAL, bitwiseOr),
    group(T.GREATER, bitwiseOr),
    group(T.NOT, T.IN, bitwiseOr),
    group(T.IN, bitwiseOr),
    group(T.IS, T.NOT, bitwiseOr),
    group(T.IS, bitwiseOr),
  ),
);

/** `!=`, or `<>` in the one mode that has it (PEP 401). */
function notEqual(d: Diagnoser): Tree | null {
  const tree = d.token(T.NOTEQUAL);
  if (tree === null) return null;
  const diamond = d.p.text(tree.start) === "<>";
  if (d.p.context.barryAsFlufl) return diamond ? tree : d.failHere("with Barry as BDFL, use '<>' instead of '!='");
  if (!diamond) return tree;
  if (d.invalid) d.fail(tree, "invalid syntax.  Maybe you meant '!=' instead of '<>'?");
  d.diamond = tree.start;
  return null;
}

// ── binary operators ───────────────────────────────────────────────────────────────────────────────────────

/** Left-recursive in the grammar; the loop reads the same tokens in the same order. */
function leftAssociative(d: Diagnoser, operand: Rule, operators: Part[]): Tree | null {
  const start = d.mark;
  let tree = operand(d);
  if (tree === null) return null;
  for (;;) {
    const before = d.mark;
    let found: Tree | null = null;
    for (const operator of operators) {
      found = d.all("BinOp", operator, operand);
      if (found !== null) break;
    }
    if (found === null) {
      d.mark = before;
      return tree;
    }
    tree = { kind: "BinOp", start, end: d.mark, parts: NO_PARTS };
  }
}

const NO_PARTS: readonly Tree[] = [];
const BAR: Part[] = [T.VBAR];
const CARET: Part[] = [T.CIRCUMFLEX];
const AMPERSAND: Part[] = [T.AMPER];
const SHIFTS: Part[] = [T.LEFTSHIFT, T.RIGHTSHIFT];
const SUMS: Part[] = [T.PLUS, T.MINUS];
const TERMS: Part[] = [T.STAR, T.SLASH, T.DOUBLESLASH, T.PERCENT, matrixProduct];

export function bitwiseOr(d: Diagnoser): Tree | null {
  return d.memo(bitwiseOrRule);
}

function bitwiseOrRule(d: Diagnoser): Tree | null {
  return leftAssociative(d, bitwiseXor, BAR);
}

function bitwiseXor(d: Diagnoser): Tree | null {
  return d.memo(bitwiseXorRule);
}

function bitwiseXorRule(d: Diagnoser): Tree | null {
  return leftAssociative(d, bitwiseAnd, CARET);
}

function bitwiseAnd(d: Diagnoser): Tree | null {
  return d.memo(bitwiseAndRule);
}

function bitwiseAndRule(d: Diagnoser): Tree | null {
  return leftAssociative(d, shiftExpr, AMPERSAND);
}

function shiftExpr(d: Diagnoser): Tree | null {
  return d.memo(shiftExprRule);
}

function shiftExprRule(d: Diagnoser): Tree | null {
  d.diagnose(invalidArithmetic);
  return leftAssociative(d, sum, SHIFTS);
}

const arithmetic = any(T.PLUS, T.MINUS, T.STAR, T.SLASH, T.PERCENT, T.DOUBLESLASH, T.AT);
const NOT_UNPARENTHESISED = "'not' after an operator must be parenthesized";

function invalidArithmetic(d: Diagnoser): Tree | null {
  const tree = d.all("", sum, arithmetic, T.NOT, inversion);
  return tree === null ? null : d.failRange(tree.parts[2], tree.parts[3], NOT_UNPARENTHESISED);
}

function sum(d: Diagnoser): Tree | null {
  return d.memo(sumRule);
}

function sumRule(d: Diagnoser): Tree | null {
  return leftAssociative(d, term, SUMS);
}

function term(d: Diagnoser): Tree | null {
  return d.memo(termRule);
}

function termRule(d: Diagnoser): Tree | null {
  d.diagnose(invalidFactor);
  return leftAssociative(d, factor, TERMS);
}

function matrixProduct(d: Diagnoser): Tree | null {
  const tree = d.token(T.AT);
  if (tree !== null) d.requireVersion(5, "The '@' operator is");
  return tree;
}

function invalidFactor(d: Diagnoser): Tree | null {
  const tree = d.all("", any(T.PLUS, T.MINUS, T.TILDE), T.NOT, factor);
  return tree === null ? null : d.failRange(tree.parts[1], tree.parts[2], NOT_UNPARENTHESISED);
}

function factor(d: Diagnoser): Tree | null {
  return d.memo(factorRule);
}

function factorRule(d: Diagnoser): Tree | null {
  return (
    d.all("UnaryOp", T.PLUS, factor) ??
    d.all("UnaryOp", T.MINUS, factor) ??
    d.all("UnaryOp", T.TILDE, factor) ??
    d.all("BinOp", awaitPrimary, T.DOUBLESTAR, factor) ??
    awaitPrimary(d)
  );
}

function awaitPrimary(d: Diagnoser): Tree | null {
  return d.memo(awaitPrimaryRule);
}

function awaitPrimaryRule(d: Diagnoser): Tree | null {
  const tree = d.all("Await", T.AWAIT, primary);
  if (tree === null) return primary(d);
  d.requireVersion(5, "Await expressions are");
  return tree;
}
