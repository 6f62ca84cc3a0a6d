/**
 * Expressions above primaries: conditional, lambda, boolean, comparison, binary and unary operators, and the lists
 * of them that statements contain.
 * Source: https://docs.python.org/3.14/reference/expressions.html
 */
import * as T from "./tokens.ts";
import type {
  BoolOperator,
  CmpOperator,
  Compare,
  Expr,
  IfExp,
  Lambda,
  NamedExpr,
  Operator,
  Starred,
  Tuple,
  UnaryOp,
  Yield,
  YieldFrom,
} from "./ast.ts";
import { MISMATCH, type Parser } from "./parser.ts";
import { parsePrimary } from "./primaries.ts";
import { parseLambdaParameters } from "./parameters.ts";

// ── tables ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Binding strength of a binary operator's token; 0 for every other token. */
const PRECEDENCE = new Uint8Array(T.KIND_COUNT);
const OPERATOR: (Operator | undefined)[] = new Array(T.KIND_COUNT).fill(undefined);
for (const [kind, precedence, operator] of [
  [T.VBAR, 1, "BitOr"],
  [T.CIRCUMFLEX, 2, "BitXor"],
  [T.AMPER, 3, "BitAnd"],
  [T.LEFTSHIFT, 4, "LShift"],
  [T.RIGHTSHIFT, 4, "RShift"],
  [T.PLUS, 5, "Add"],
  [T.MINUS, 5, "Sub"],
  [T.STAR, 6, "Mult"],
  [T.SLASH, 6, "Div"],
  [T.DOUBLESLASH, 6, "FloorDiv"],
  [T.PERCENT, 6, "Mod"],
  [T.AT, 6, "MatMult"],
] as const) {
  PRECEDENCE[kind] = precedence;
  OPERATOR[kind] = operator;
}

/** Tokens that begin a comparison operator. */
const COMPARES = new Uint8Array(T.KIND_COUNT);
for (const kind of [T.EQEQUAL, T.NOTEQUAL, T.LESS, T.LESSEQUAL, T.GREATER, T.GREATEREQUAL, T.IN, T.NOT, T.IS])
  COMPARES[kind] = 1;

/** Tokens that can begin an expression; `lambda`, `not` and `await` included, `*` and `yield` not. */
export const STARTS_EXPRESSION = new Uint8Array(T.KIND_COUNT);
for (const kind of [
  T.NAME,
  T.NUMBER,
  T.STRING,
  T.LPAR,
  T.LSQB,
  T.LBRACE,
  T.MINUS,
  T.PLUS,
  T.TILDE,
  T.ELLIPSIS,
  T.FSTRING_START,
  T.TSTRING_START,
  T.FALSE,
  T.NONE,
  T.TRUE,
  T.AWAIT,
  T.LAMBDA,
  T.NOT,
])
  STARTS_EXPRESSION[kind] = 1;

// ── operators ──────────────────────────────────────────────────────────────────────────────────────────────

/** `bitwise_or`: everything that binds tighter than a comparison. */
export function parseBitwiseOr(p: Parser): Expr {
  return parseBinary(p, 1);
}

function parseBinary(p: Parser, least: number): Expr {
  const start = p.index;
  let left = parseFactor(p);
  for (;;) {
    const kind = p.kind;
    const precedence = PRECEDENCE[kind];
    if (precedence < least || precedence === 0) return left;
    p.advance();
    const right = parseBinary(p, precedence + 1);
    left = {
      kind: "BinOp",
      left,
      op: OPERATOR[kind] as Operator,
      right,
      lineno: p.line(start),
      col_offset: p.col(start),
      end_lineno: p.endLine(),
      end_col_offset: p.endCol(),
    };
  }
}

function parseFactor(p: Parser): Expr {
  switch (p.kind) {
    case T.MINUS:
      return parseUnary(p, "USub");
    case T.PLUS:
      return parseUnary(p, "UAdd");
    case T.TILDE:
      return parseUnary(p, "Invert");
    default:
      return parsePower(p);
  }
}

function parseUnary(p: Parser, op: UnaryOp["op"]): Expr {
  const start = p.index;
  p.advance();
  p.enter();
  const operand = op === "Not" ? parseInversion(p) : parseFactor(p);
  p.leave();
  return {
    kind: "UnaryOp",
    op,
    operand,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

function parsePower(p: Parser): Expr {
  const start = p.index;
  const left = p.kind === T.AWAIT ? parseAwait(p) : parsePrimary(p);
  if (p.kind !== T.DOUBLESTAR) return left;
  p.advance();
  p.enter();
  const right = parseFactor(p);
  p.leave();
  return {
    kind: "BinOp",
    left,
    op: "Pow",
    right,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

function parseAwait(p: Parser): Expr {
  const start = p.index;
  p.advance();
  const value = parsePrimary(p);
  return {
    kind: "Await",
    value,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

function parseComparison(p: Parser): Expr {
  const start = p.index;
  const left = parseBinary(p, 1);
  return COMPARES[p.kind] === 0 ? left : parseCompareTail(p, start, left);
}

function parseCompareTail(p: Parser, start: number, left: Expr): Expr {
  const ops: CmpOperator[] = [];
  const comparators: Expr[] = [];
  while (COMPARES[p.kind] !== 0) {
    const op = parseCompareOperator(p);
    if (op === null) break;
    ops.push(op);
    comparators.push(parseBinary(p, 1));
  }
  if (ops.length === 0) return left;
  const node: Compare = {
    kind: "Compare",
    left,
    ops,
    comparators,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

function parseCompareOperator(p: Parser): CmpOperator | null {
  const kind = p.kind;
  if (kind === T.NOT) {
    if (p.peek(1) !== T.IN) return null;
    p.advance();
    p.advance();
    return "NotIn";
  }
  if (kind === T.NOTEQUAL) checkNotEqual(p);
  p.advance();
  switch (kind) {
    case T.EQEQUAL:
      return "Eq";
    case T.NOTEQUAL:
      return "NotEq";
    case T.LESS:
      return "Lt";
    case T.LESSEQUAL:
      return "LtE";
    case T.GREATER:
      return "Gt";
    case T.GREATEREQUAL:
      return "GtE";
    case T.IN:
      return "In";
    default:
      return p.accept(T.NOT) ? "IsNot" : "Is";
  }
}

/** `<>` is the operator under `from __future__ import barry_as_FLUFL` (PEP 401), and only there. */
function checkNotEqual(p: Parser): void {
  const diamond = p.source.charCodeAt(p.tokens.starts[p.index]) === 60;
  if (diamond !== p.context.barryAsFlufl) throw MISMATCH;
}

function parseInversion(p: Parser): Expr {
  return p.kind === T.NOT ? parseUnary(p, "Not") : parseComparison(p);
}

function parseConjunction(p: Parser): Expr {
  const start = p.index;
  const first = parseInversion(p);
  return p.kind === T.AND ? parseBoolOp(p, start, first, T.AND, "And", parseInversion) : first;
}

/** `disjunction`: everything but conditional expressions, lambda and `:=`. */
export function parseDisjunction(p: Parser): Expr {
  const start = p.index;
  const first = parseConjunction(p);
  return p.kind === T.OR ? parseBoolOp(p, start, first, T.OR, "Or", parseConjunction) : first;
}

function parseBoolOp(
  p: Parser,
  start: number,
  first: Expr,
  kind: number,
  op: BoolOperator,
  operand: (p: Parser) => Expr,
): Expr {
  const values = [first];
  while (p.accept(kind)) values.push(operand(p));
  return {
    kind: "BoolOp",
    op,
    values,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

/** `expression`: conditional, disjunction or lambda. */
export function parseExpression(p: Parser): Expr {
  p.enter();
  const result = p.kind === T.LAMBDA ? parseLambda(p) : parseConditional(p);
  p.leave();
  return result;
}

function parseConditional(p: Parser): Expr {
  const start = p.index;
  const body = parseDisjunction(p);
  if (p.kind !== T.IF) return body;
  p.advance();
  const test = parseDisjunction(p);
  p.expect(T.ELSE);
  const orelse = parseExpression(p);
  const node: IfExp = {
    kind: "IfExp",
    test,
    body,
    orelse,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

function parseLambda(p: Parser): Expr {
  const start = p.index;
  p.advance();
  const args = parseLambdaParameters(p);
  p.expect(T.COLON);
  const body = parseExpression(p);
  const node: Lambda = {
    kind: "Lambda",
    args,
    body,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

/** `named_expression`: an expression or `name := expression`. */
export function parseNamedExpression(p: Parser): Expr {
  return p.kind === T.NAME && p.peek(1) === T.COLONEQUAL ? parseAssignmentExpression(p) : parseExpression(p);
}

function parseAssignmentExpression(p: Parser): Expr {
  const start = p.index;
  const target: Expr = {
    kind: "Name",
    id: p.name(),
    ctx: "Store",
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  p.advance();
  const value = parseExpression(p);
  const node: NamedExpr = {
    kind: "NamedExpr",
    target,
    value,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

// ── lists of expressions ───────────────────────────────────────────────────────────────────────────────────

function parseStarred(p: Parser, operand: (p: Parser) => Expr): Expr {
  const start = p.index;
  p.advance();
  const value = operand(p);
  const node: Starred = {
    kind: "Starred",
    value,
    ctx: "Load",
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

/** `star_expression`: an expression, or `*` and a bitwise_or. */
export function parseStarExpression(p: Parser): Expr {
  return p.kind === T.STAR ? parseStarred(p, parseBitwiseOr) : parseExpression(p);
}

/** `star_named_expression`, an element of a display. */
export function parseStarNamedExpression(p: Parser): Expr {
  return p.kind === T.STAR ? parseStarred(p, parseBitwiseOr) : parseNamedExpression(p);
}

/** `starred_expression`, in calls and slices: `*` and an expression. */
export function parseStarredArgument(p: Parser): Expr {
  return parseStarred(p, parseExpression);
}

/** May the current token begin an element of a list of expressions? */
export function atStarExpression(p: Parser): boolean {
  return STARTS_EXPRESSION[p.kind] !== 0 || p.kind === T.STAR;
}

/** Elements separated by commas, as a tuple if there is a comma. */
export function parseTupleOf(p: Parser, element: (p: Parser) => Expr): Expr {
  const start = p.index;
  const first = element(p);
  return p.kind === T.COMMA ? parseTupleTail(p, start, first, element) : first;
}

/** At the comma behind `first`, which began at `start`: the rest of a tuple without parentheses. */
export function parseTupleTail(p: Parser, start: number, first: Expr, element: (p: Parser) => Expr): Expr {
  const elts = [first];
  while (p.accept(T.COMMA)) {
    if (!atStarExpression(p)) break;
    elts.push(element(p));
  }
  const node: Tuple = {
    kind: "Tuple",
    elts,
    ctx: "Load",
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

/** `star_expressions`: what an expression statement, `return`, `for … in` take. */
export function parseStarExpressions(p: Parser): Expr {
  return parseTupleOf(p, parseStarExpression);
}

/** `expressions`: a tuple without stars. */
export function parseExpressions(p: Parser): Expr {
  const start = p.index;
  const first = parseExpression(p);
  if (p.kind !== T.COMMA) return first;
  const elts = [first];
  while (p.accept(T.COMMA)) {
    if (STARTS_EXPRESSION[p.kind] === 0) break;
    elts.push(parseExpression(p));
  }
  const node: Tuple = {
    kind: "Tuple",
    elts,
    ctx: "Load",
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

/** At `yield`. */
export function parseYield(p: Parser): Expr {
  const start = p.index;
  p.advance();
  if (p.accept(T.FROM)) {
    const value = parseExpression(p);
    const node: YieldFrom = {
      kind: "YieldFrom",
      value,
      lineno: p.line(start),
      col_offset: p.col(start),
      end_lineno: p.endLine(),
      end_col_offset: p.endCol(),
    };
    return node;
  }
  const value = atStarExpression(p) ? parseStarExpressions(p) : null;
  const node: Yield = {
    kind: "Yield",
    value,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

/** `annotated_rhs`: what may stand to the right of `=`. */
export function parseRightHandSide(p: Parser): Expr {
  return p.kind === T.YIELD ? parseYield(p) : parseStarExpressions(p);
}
