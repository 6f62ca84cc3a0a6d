/**
 * Compound statements.
 * Source: https://docs.python.org/3.14/reference/compound_stmts.html
 */
import * as T from "./tokens.ts";
import type { ExceptHandler, Expr, Keyword, MatchCase, Stmt, WithItem } from "./ast.ts";
import { MISMATCH, type Parser } from "./parser.ts";
import {
  STARTS_EXPRESSION,
  parseExpression,
  parseExpressions,
  parseNamedExpression,
  parseStarExpressions,
  parseStarNamedExpression,
  parseTupleTail,
} from "./expressions.ts";
import { parseParameters } from "./parameters.ts";
import { parsePatterns } from "./patterns.ts";
import { parseArguments } from "./primaries.ts";
import { parseBlock } from "./statements.ts";
import { parseStarTargets, parseWithTarget } from "./targets.ts";
import { parseTypeParams } from "./type-params.ts";

/** At a keyword that begins a compound statement, or at `@`. */
export function parseCompound(p: Parser): Stmt {
  p.enter();
  const result = parseByKeyword(p);
  p.leave();
  return result;
}

function parseByKeyword(p: Parser): Stmt {
  switch (p.kind) {
    case T.IF:
      return parseIf(p);
    case T.FOR:
      return parseFor(p, p.index, false);
    case T.WHILE:
      return parseWhile(p);
    case T.TRY:
      return parseTry(p);
    case T.WITH:
      return parseWith(p, p.index, false);
    case T.DEF:
      return parseFunction(p, p.index, [], false);
    case T.CLASS:
      return parseClass(p, []);
    case T.AT:
      return parseDecorated(p);
    default:
      return parseAsync(p);
  }
}

/** Position of a statement that ends with its block. */
function blockSpan(
  p: Parser,
  start: number,
): { lineno: number; col_offset: number; end_lineno: number; end_col_offset: number } {
  const last = p.lastSolid();
  return {
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.tokens.endLines[last],
    end_col_offset: p.tokens.endCols[last],
  };
}

function parseAsync(p: Parser): Stmt {
  const start = p.index;
  p.expect(T.ASYNC);
  switch (p.kind) {
    case T.DEF:
      return parseFunction(p, start, [], true);
    case T.FOR:
      return parseFor(p, start, true);
    case T.WITH:
      return parseWith(p, start, true);
    default:
      throw MISMATCH;
  }
}

// ── if, while, for ─────────────────────────────────────────────────────────────────────────────────────────

/** At `if` or `elif`. A long chain of `elif` nests in the tree but not in the parser. */
function parseIf(p: Parser): Stmt {
  const starts: number[] = [];
  const parts: { test: Expr; body: Stmt[] }[] = [];
  do {
    starts.push(p.index);
    p.advance();
    const test = parseNamedExpression(p);
    p.expect(T.COLON);
    parts.push({ test, body: parseBlock(p) });
  } while (p.kind === T.ELIF);
  let orelse = parseElse(p);
  for (let level = parts.length - 1; ; level--) {
    const { test, body } = parts[level];
    const node: Stmt = { kind: "If", test, body, orelse, ...blockSpan(p, starts[level]) };
    if (level === 0) return node;
    orelse = [node];
  }
}

function parseElse(p: Parser): Stmt[] {
  if (!p.accept(T.ELSE)) return [];
  p.expect(T.COLON);
  return parseBlock(p);
}

function parseWhile(p: Parser): Stmt {
  const start = p.index;
  p.advance();
  const test = parseNamedExpression(p);
  p.expect(T.COLON);
  const body = parseBlock(p);
  const orelse = parseElse(p);
  return { kind: "While", test, body, orelse, ...blockSpan(p, start) };
}

function parseFor(p: Parser, start: number, isAsync: boolean): Stmt {
  p.advance();
  const target = parseStarTargets(p);
  p.expect(T.IN);
  const iter = parseStarExpressions(p);
  p.expect(T.COLON);
  const type_comment = p.typeComment();
  const body = parseBlock(p);
  const orelse = parseElse(p);
  return { kind: isAsync ? "AsyncFor" : "For", target, iter, body, orelse, type_comment, ...blockSpan(p, start) };
}

// ── with ───────────────────────────────────────────────────────────────────────────────────────────────────

function parseWith(p: Parser, start: number, isAsync: boolean): Stmt {
  p.advance();
  let items = p.kind === T.LPAR ? tryParenthesisedItems(p) : null;
  if (items === null) {
    items = [parseWithItem(p)];
    while (p.accept(T.COMMA)) items.push(parseWithItem(p));
  }
  p.expect(T.COLON);
  const type_comment = p.typeComment();
  const body = parseBlock(p);
  return { kind: isAsync ? "AsyncWith" : "With", items, body, type_comment, ...blockSpan(p, start) };
}

function parseWithItem(p: Parser): WithItem {
  const context_expr = parseExpression(p);
  const optional_vars = p.accept(T.AS) ? parseWithTarget(p) : null;
  return { kind: "withitem", context_expr, optional_vars };
}

/** `(item, item, …)` before the colon, or null (with nothing taken) when the parentheses belong to an expression. */
function tryParenthesisedItems(p: Parser): WithItem[] | null {
  const start = p.index;
  if (p.kinds[closingParenthesis(p, start) + 1] !== T.COLON) return null;
  p.advance();
  const items: WithItem[] = [];
  do {
    if (p.kind === T.RPAR) break;
    if (STARTS_EXPRESSION[p.kind] === 0) return giveUp(p, start);
    items.push(parseWithItem(p));
  } while (p.accept(T.COMMA));
  if (items.length === 0 || !p.accept(T.RPAR)) return giveUp(p, start);
  return items;
}

function giveUp(p: Parser, start: number): null {
  p.reset(start);
  return null;
}

/** Index of the token that closes the bracket at `open` (the last token if nothing does). */
function closingParenthesis(p: Parser, open: number): number {
  let level = 0;
  for (let index = open; index < p.tokens.count; index++) {
    switch (p.kinds[index]) {
      case T.LPAR:
      case T.LSQB:
      case T.LBRACE:
        level++;
        break;
      case T.RPAR:
      case T.RSQB:
      case T.RBRACE:
        if (--level === 0) return index;
    }
  }
  return p.tokens.count - 1;
}

// ── try ────────────────────────────────────────────────────────────────────────────────────────────────────

function parseTry(p: Parser): Stmt {
  const start = p.index;
  p.advance();
  p.expect(T.COLON);
  const body = parseBlock(p);
  const handlers: ExceptHandler[] = [];
  let star = false;
  while (p.kind === T.EXCEPT) {
    const isStar = p.peek(1) === T.STAR;
    if (handlers.length === 0) star = isStar;
    else if (star !== isStar) throw MISMATCH;
    handlers.push(parseHandler(p, isStar));
  }
  const orelse = handlers.length > 0 ? parseElse(p) : [];
  let finalbody: Stmt[] = [];
  if (p.accept(T.FINALLY)) {
    p.expect(T.COLON);
    finalbody = parseBlock(p);
  } else if (handlers.length === 0) throw MISMATCH;
  return { kind: star ? "TryStar" : "Try", body, handlers, orelse, finalbody, ...blockSpan(p, start) };
}

function parseHandler(p: Parser, star: boolean): ExceptHandler {
  const start = p.index;
  p.advance();
  if (star) p.advance();
  let type: Expr | null = null;
  let name: string | null = null;
  if (star || p.kind !== T.COLON) {
    type = parseExpressions(p);
    if (p.kind === T.AS) {
      // Several types need parentheses when they are given a name (PEP 758).
      if (type.kind === "Tuple" && isBare(p, start, star)) throw MISMATCH;
      p.advance();
      name = p.name();
    }
  }
  p.expect(T.COLON);
  const body = parseBlock(p);
  return { kind: "ExceptHandler", type, name, body, ...blockSpan(p, start) };
}

/** Is the tuple behind `except` at `start`, just parsed, without parentheses? */
function isBare(p: Parser, start: number, star: boolean): boolean {
  const first = start + (star ? 2 : 1);
  return p.kinds[first] !== T.LPAR || closingParenthesis(p, first) !== p.index - 1;
}

// ── functions and classes ──────────────────────────────────────────────────────────────────────────────────

function parseDecorated(p: Parser): Stmt {
  const decorators: Expr[] = [];
  while (p.accept(T.AT)) {
    decorators.push(parseNamedExpression(p));
    p.expect(T.NEWLINE);
  }
  const start = p.index;
  if (p.kind === T.CLASS) return parseClass(p, decorators);
  const isAsync = p.accept(T.ASYNC);
  if (p.kind !== T.DEF) throw MISMATCH;
  return parseFunction(p, start, decorators, isAsync);
}

function parseFunction(p: Parser, start: number, decorator_list: Expr[], isAsync: boolean): Stmt {
  p.advance();
  const name = p.name();
  const type_params = parseTypeParams(p);
  p.expect(T.LPAR);
  const args = parseParameters(p);
  p.expect(T.RPAR);
  const returns = p.accept(T.RARROW) ? parseExpression(p) : null;
  p.expect(T.COLON);
  const type_comment = parseFunctionTypeComment(p);
  const body = parseBlock(p);
  return {
    kind: isAsync ? "AsyncFunctionDef" : "FunctionDef",
    name,
    args,
    body,
    decorator_list,
    returns,
    type_comment,
    type_params,
    ...blockSpan(p, start),
  };
}

/** Behind the colon, or alone on the first line of the block. */
function parseFunctionTypeComment(p: Parser): string | null {
  if (p.kind === T.NEWLINE && p.peek(1) === T.TYPE_COMMENT && p.peek(2) === T.NEWLINE && p.peek(3) === T.INDENT) {
    p.advance();
    return p.typeComment();
  }
  return p.typeComment();
}

function parseClass(p: Parser, decorator_list: Expr[]): Stmt {
  const start = p.index;
  p.advance();
  const name = p.name();
  const type_params = parseTypeParams(p);
  const bases: Expr[] = [];
  const keywords: Keyword[] = [];
  if (p.kind === T.LPAR) parseArguments(p, bases, keywords, false);
  p.expect(T.COLON);
  const body = parseBlock(p);
  return { kind: "ClassDef", name, bases, keywords, body, decorator_list, type_params, ...blockSpan(p, start) };
}

// ── match ──────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Does `match` begin a statement here? `match` is a name elsewhere (PEP 634), but no other statement that begins
 * with a name ends in a colon and NEWLINE.
 */
export function atMatchStatement(p: Parser): boolean {
  if (!p.atSoft("match")) return false;
  const next = p.peek(1);
  if (STARTS_EXPRESSION[next] === 0 && next !== T.STAR) return false;
  let index = p.index + 1;
  while (p.kinds[index] !== T.NEWLINE) if (++index >= p.tokens.count) return false;
  return p.kinds[index - 1] === T.COLON && p.kinds[index + 1] === T.INDENT;
}

/** At a `match` for which `atMatchStatement` holds. */
export function parseMatch(p: Parser): Stmt {
  const start = p.index;
  p.enter();
  p.advance();
  const subject = parseSubject(p);
  p.expect(T.COLON);
  p.expect(T.NEWLINE);
  p.expect(T.INDENT);
  const cases: MatchCase[] = [];
  do cases.push(parseCase(p));
  while (p.kind !== T.DEDENT && p.kind !== T.ENDMARKER);
  p.expect(T.DEDENT);
  p.leave();
  return { kind: "Match", subject, cases, ...blockSpan(p, start) };
}

function parseSubject(p: Parser): Expr {
  const start = p.index;
  const first = parseStarNamedExpression(p);
  if (p.kind === T.COMMA) return parseTupleTail(p, start, first, parseStarNamedExpression);
  if (first.kind === "Starred") throw MISMATCH;
  return first;
}

function parseCase(p: Parser): MatchCase {
  if (!p.atSoft("case")) throw MISMATCH;
  p.advance();
  const pattern = parsePatterns(p);
  const guard = p.accept(T.IF) ? parseNamedExpression(p) : null;
  p.expect(T.COLON);
  const body = parseBlock(p);
  return { kind: "match_case", pattern, guard, body };
}
