/**
 * Simple statements and blocks.
 * Source: https://docs.python.org/3.14/reference/simple_stmts.html
 */
import * as T from "./tokens.ts";
import type { Alias, Expr, Operator, Stmt } from "./ast.ts";
import { MISMATCH, type Parser } from "./parser.ts";
import {
  atStarExpression,
  parseExpression,
  parseRightHandSide,
  parseStarExpressions,
  parseYield,
} from "./expressions.ts";
import { parseName } from "./primaries.ts";
import { parseDeleteTargets, toSingleTarget, toStore } from "./targets.ts";
import { parseTypeParams } from "./type-params.ts";
import { atMatchStatement, parseCompound, parseMatch } from "./compound.ts";

const AUGMENTED: (Operator | undefined)[] = new Array(T.KIND_COUNT).fill(undefined);
for (const [kind, operator] of [
  [T.PLUSEQUAL, "Add"],
  [T.MINEQUAL, "Sub"],
  [T.STAREQUAL, "Mult"],
  [T.ATEQUAL, "MatMult"],
  [T.SLASHEQUAL, "Div"],
  [T.PERCENTEQUAL, "Mod"],
  [T.AMPEREQUAL, "BitAnd"],
  [T.VBAREQUAL, "BitOr"],
  [T.CIRCUMFLEXEQUAL, "BitXor"],
  [T.LEFTSHIFTEQUAL, "LShift"],
  [T.RIGHTSHIFTEQUAL, "RShift"],
  [T.DOUBLESTAREQUAL, "Pow"],
  [T.DOUBLESLASHEQUAL, "FloorDiv"],
] as const)
  AUGMENTED[kind] = operator;

/** Tokens that begin a compound statement; `match` is a name. */
const COMPOUND = new Uint8Array(T.KIND_COUNT);
for (const kind of [T.DEF, T.AT, T.ASYNC, T.IF, T.CLASS, T.WITH, T.FOR, T.TRY, T.WHILE]) COMPOUND[kind] = 1;

/** The statements of a module, up to a token that begins none (the end, or a DEDENT). */
export function parseStatements(p: Parser): Stmt[] {
  const body: Stmt[] = [];
  let start = p.index;
  while (p.kind !== T.ENDMARKER && p.kind !== T.DEDENT) {
    p.statementStart = start;
    start = p.index;
    parseStatement(p, body);
  }
  p.statementStart = start;
  return body;
}

/** One compound statement, or one line of simple statements. */
export function parseStatement(p: Parser, body: Stmt[]): void {
  if (COMPOUND[p.kind] !== 0) body.push(parseCompound(p));
  else if (p.kind === T.NAME && atMatchStatement(p)) body.push(parseMatch(p));
  else parseSimpleLine(p, body);
}

/** Is the current statement a compound one? */
export function atCompound(p: Parser): boolean {
  return COMPOUND[p.kind] !== 0 || (p.kind === T.NAME && atMatchStatement(p));
}

/** `simple_stmts`: statements separated by semicolons, up to and with NEWLINE. */
export function parseSimpleLine(p: Parser, body: Stmt[]): void {
  do {
    body.push(parseSimple(p));
    if (!p.accept(T.SEMI)) break;
  } while (p.kind !== T.NEWLINE);
  p.expect(T.NEWLINE);
}

/** Behind the colon: an indented block, or simple statements on the same line. */
export function parseBlock(p: Parser): Stmt[] {
  if (p.kind !== T.NEWLINE) {
    const body: Stmt[] = [];
    parseSimpleLine(p, body);
    return body;
  }
  p.advance();
  p.expect(T.INDENT);
  p.enter();
  const body: Stmt[] = [];
  do parseStatement(p, body);
  while (!p.at(T.DEDENT) && !p.at(T.ENDMARKER));
  p.leave();
  p.expect(T.DEDENT);
  return body;
}

function parseSimple(p: Parser): Stmt {
  const start = p.index;
  switch (p.kind) {
    case T.RETURN:
      p.advance();
      return { kind: "Return", value: atStarExpression(p) ? parseStarExpressions(p) : null, ...span(p, start) };
    case T.IMPORT:
      return parseImport(p);
    case T.FROM:
      return parseImportFrom(p);
    case T.RAISE:
      return parseRaise(p);
    case T.PASS:
      p.advance();
      return { kind: "Pass", ...span(p, start) };
    case T.BREAK:
      p.advance();
      return { kind: "Break", ...span(p, start) };
    case T.CONTINUE:
      p.advance();
      return { kind: "Continue", ...span(p, start) };
    case T.DEL:
      return parseDelete(p);
    case T.YIELD:
      return { kind: "Expr", value: parseYield(p), ...span(p, start) };
    case T.ASSERT: {
      p.advance();
      const test = parseExpression(p);
      const msg = p.accept(T.COMMA) ? parseExpression(p) : null;
      return { kind: "Assert", test, msg, ...span(p, start) };
    }
    case T.GLOBAL: {
      const names = parseNames(p);
      return { kind: "Global", names, ...span(p, start) };
    }
    case T.NONLOCAL: {
      const names = parseNames(p);
      return { kind: "Nonlocal", names, ...span(p, start) };
    }
    case T.NAME:
      if (p.peek(1) === T.NAME && p.atSoft("type")) return parseTypeAlias(p);
  }
  return parseExpressionStatement(p, start);
}

/** Position from the token at `start` to the last one taken. */
export function span(
  p: Parser,
  start: number,
): { lineno: number; col_offset: number; end_lineno: number; end_col_offset: number } {
  return { lineno: p.line(start), col_offset: p.col(start), end_lineno: p.endLine(), end_col_offset: p.endCol() };
}

// ── expression statements and assignments ──────────────────────────────────────────────────────────────────

function parseExpressionStatement(p: Parser, start: number): Stmt {
  const first = parseStarExpressions(p);
  switch (p.kind) {
    case T.NEWLINE:
    case T.SEMI:
      break;
    case T.EQUAL:
      return parseAssign(p, start, first);
    case T.COLON:
      return parseAnnotated(p, start, first);
    default: {
      const op = AUGMENTED[p.kind];
      if (op !== undefined) {
        const target = toSingleTarget(first);
        p.advance();
        const value = parseRightHandSide(p);
        return {
          kind: "AugAssign",
          target,
          op,
          value,
          lineno: p.line(start),
          col_offset: p.col(start),
          end_lineno: p.endLine(),
          end_col_offset: p.endCol(),
        };
      }
    }
  }
  return {
    kind: "Expr",
    value: first,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

function parseAssign(p: Parser, start: number, first: Expr): Stmt {
  const targets: Expr[] = [];
  let value = first;
  while (p.accept(T.EQUAL)) {
    targets.push(toStore(value));
    value = parseRightHandSide(p);
  }
  const type_comment = p.typeComment();
  return {
    kind: "Assign",
    targets,
    value,
    type_comment,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

function parseAnnotated(p: Parser, start: number, first: Expr): Stmt {
  const target = toSingleTarget(first);
  const simple = target.kind === "Name" && p.kinds[start] === T.NAME ? 1 : 0;
  p.advance();
  const annotation = parseExpression(p);
  const value = p.accept(T.EQUAL) ? parseRightHandSide(p) : null;
  return {
    kind: "AnnAssign",
    target,
    annotation,
    value,
    simple,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

// ── the rest ───────────────────────────────────────────────────────────────────────────────────────────────

function parseTypeAlias(p: Parser): Stmt {
  const start = p.index;
  p.advance();
  const name = toStore(parseName(p));
  const type_params = parseTypeParams(p);
  p.expect(T.EQUAL);
  const value = parseExpression(p);
  return { kind: "TypeAlias", name, type_params, value, ...span(p, start) };
}

function parseRaise(p: Parser): Stmt {
  const start = p.index;
  p.advance();
  let exc: Expr | null = null;
  let cause: Expr | null = null;
  if (p.kind !== T.NEWLINE && p.kind !== T.SEMI) {
    exc = parseExpression(p);
    if (p.accept(T.FROM)) cause = parseExpression(p);
  }
  return { kind: "Raise", exc, cause, ...span(p, start) };
}

function parseDelete(p: Parser): Stmt {
  const start = p.index;
  p.advance();
  const targets = parseDeleteTargets(p);
  if (p.kind !== T.SEMI && p.kind !== T.NEWLINE) throw MISMATCH;
  return { kind: "Delete", targets, ...span(p, start) };
}

function parseNames(p: Parser): string[] {
  p.advance();
  const names = [p.name()];
  while (p.accept(T.COMMA)) names.push(p.name());
  return names;
}

// ── imports ────────────────────────────────────────────────────────────────────────────────────────────────

function parseImport(p: Parser): Stmt {
  const start = p.index;
  p.advance();
  const names: Alias[] = [];
  do {
    const at = p.index;
    const name = parseDottedName(p);
    const asname = p.accept(T.AS) ? p.name() : null;
    names.push({ kind: "alias", name, asname, ...span(p, at) });
  } while (p.accept(T.COMMA));
  return { kind: "Import", names, ...span(p, start) };
}

function parseDottedName(p: Parser): string {
  let name = p.name();
  while (p.accept(T.DOT)) name += `.${p.name()}`;
  return name;
}

function parseImportFrom(p: Parser): Stmt {
  const start = p.index;
  p.advance();
  let level = 0;
  while (p.kind === T.DOT || p.kind === T.ELLIPSIS) {
    level += p.kind === T.DOT ? 1 : 3;
    p.advance();
  }
  const module = level > 0 && p.kind === T.IMPORT ? null : parseDottedName(p);
  p.expect(T.IMPORT);
  const names = parseImportTargets(p);
  if (module === "__future__" && level === 0) applyFutureImport(p, names);
  return { kind: "ImportFrom", module, names, level, ...span(p, start) };
}

/** The one future feature that changes the grammar (PEP 401). */
function applyFutureImport(p: Parser, names: Alias[]): void {
  for (const alias of names) if (alias.name === "barry_as_FLUFL") p.context.barryAsFlufl = true;
}

function parseImportTargets(p: Parser): Alias[] {
  const at = p.index;
  if (p.accept(T.STAR)) return [{ kind: "alias", name: "*", asname: null, ...span(p, at) }];
  const parenthesised = p.accept(T.LPAR);
  const names = [parseImportedName(p)];
  while (p.accept(T.COMMA)) {
    if (parenthesised && p.kind === T.RPAR) break;
    names.push(parseImportedName(p));
  }
  if (parenthesised) p.expect(T.RPAR);
  return names;
}

function parseImportedName(p: Parser): Alias {
  const at = p.index;
  const name = p.name();
  const asname = p.accept(T.AS) ? p.name() : null;
  return { kind: "alias", name, asname, ...span(p, at) };
}
