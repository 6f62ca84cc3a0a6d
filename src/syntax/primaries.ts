/**
 * Primaries: atoms, displays and comprehensions, attribute references, subscripts and calls.
 * Source: https://docs.python.org/3.14/reference/expressions.html#atoms
 */
import * as T from "./tokens.ts";
import type {
  Attribute,
  Call,
  Comprehension,
  Const,
  Expr,
  GeneratorExp,
  Keyword,
  Name,
  Slice,
  Subscript,
  Tuple,
} from "./ast.ts";
import { MISMATCH, type Parser } from "./parser.ts";
import {
  STARTS_EXPRESSION,
  atStarExpression,
  parseBitwiseOr,
  parseDisjunction,
  parseExpression,
  parseNamedExpression,
  parseStarNamedExpression,
  parseStarredArgument,
  parseYield,
} from "./expressions.ts";
import { numberValue } from "./literal-number.ts";
import { parseStrings } from "./strings.ts";
import { parseStarTargets } from "./targets.ts";

/** An atom and all that is applied to it. */
export function parsePrimary(p: Parser): Expr {
  const start = p.index;
  let left = parseAtom(p);
  for (;;) {
    switch (p.kind) {
      case T.DOT: {
        p.advance();
        const attr = p.name();
        const node: Attribute = {
          kind: "Attribute",
          value: left,
          attr,
          ctx: "Load",
          lineno: p.line(start),
          col_offset: p.col(start),
          end_lineno: p.endLine(),
          end_col_offset: p.endCol(),
        };
        left = node;
        break;
      }
      case T.LPAR:
        left = parseCall(p, left, start);
        break;
      case T.LSQB: {
        p.advance();
        const slice = parseSlices(p);
        p.expect(T.RSQB);
        const node: Subscript = {
          kind: "Subscript",
          value: left,
          slice,
          ctx: "Load",
          lineno: p.line(start),
          col_offset: p.col(start),
          end_lineno: p.endLine(),
          end_col_offset: p.endCol(),
        };
        left = node;
        break;
      }
      default:
        return left;
    }
  }
}

// ── atoms ──────────────────────────────────────────────────────────────────────────────────────────────────

function parseAtom(p: Parser): Expr {
  switch (p.kind) {
    case T.NAME:
      return parseName(p);
    case T.NUMBER:
      return constant(p, numberConstant(p));
    case T.STRING:
    case T.FSTRING_START:
    case T.TSTRING_START:
      return parseStrings(p);
    case T.LPAR:
      return parseParenthesised(p);
    case T.LSQB:
      return parseListDisplay(p);
    case T.LBRACE:
      return parseBraces(p);
    case T.NONE:
      return constant(p, NONE);
    case T.TRUE:
      return constant(p, TRUE);
    case T.FALSE:
      return constant(p, FALSE);
    case T.ELLIPSIS:
      return constant(p, ELLIPSIS);
    default:
      throw MISMATCH;
  }
}

const NONE: Const = { t: "none" };
const TRUE: Const = { t: "bool", v: true };
const FALSE: Const = { t: "bool", v: false };
const ELLIPSIS: Const = { t: "ellipsis" };

function constant(p: Parser, value: Const): Expr {
  const at = p.index;
  p.advance();
  return {
    kind: "Constant",
    value,
    u: null,
    lineno: p.line(at),
    col_offset: p.col(at),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

/** The value of the NUMBER at the current token. */
export function numberConstant(p: Parser): Const {
  const text = p.text(p.index);
  const known = p.cachedConstant(text);
  if (known !== undefined) return known;
  const value = numberValue(text, p.context.maxIntDigits);
  if ("digits" in value) throw MISMATCH;
  p.cacheConstant(text, value);
  return value;
}

export function parseName(p: Parser): Expr {
  const at = p.index;
  const node: Name = {
    kind: "Name",
    id: p.name(),
    ctx: "Load",
    lineno: p.line(at),
    col_offset: p.col(at),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

/** A group, a tuple or a generator expression. */
function parseParenthesised(p: Parser): Expr {
  const start = p.index;
  p.advance();
  if (p.kind === T.RPAR) return finishTuple(p, start, []);
  if (p.kind === T.YIELD) {
    const value = parseYield(p);
    p.expect(T.RPAR);
    return value;
  }
  const first = parseStarNamedExpression(p);
  if (p.kind === T.RPAR) {
    if (first.kind === "Starred") throw MISMATCH;
    p.advance();
    return first;
  }
  if (p.kind === T.COMMA) return finishTuple(p, start, parseElements(p, first));
  if (first.kind === "Starred") throw MISMATCH;
  return finishGenerator(p, start, first);
}

function finishTuple(p: Parser, start: number, elts: Expr[]): Expr {
  p.expect(T.RPAR);
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

function finishGenerator(p: Parser, start: number, elt: Expr): Expr {
  const generators = parseComprehensions(p);
  p.expect(T.RPAR);
  const node: GeneratorExp = {
    kind: "GeneratorExp",
    elt,
    generators,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

/** At the comma behind the first element of a display: all elements. */
function parseElements(p: Parser, first: Expr): Expr[] {
  const elts = [first];
  while (p.accept(T.COMMA)) {
    if (!atStarExpression(p)) break;
    elts.push(parseStarNamedExpression(p));
  }
  return elts;
}

function parseListDisplay(p: Parser): Expr {
  const start = p.index;
  p.advance();
  let elts: Expr[] = [];
  if (p.kind !== T.RSQB) {
    const first = parseStarNamedExpression(p);
    if (first.kind !== "Starred" && atComprehension(p)) {
      const generators = parseComprehensions(p);
      p.expect(T.RSQB);
      return {
        kind: "ListComp",
        elt: first,
        generators,
        lineno: p.line(start),
        col_offset: p.col(start),
        end_lineno: p.endLine(),
        end_col_offset: p.endCol(),
      };
    }
    elts = parseElements(p, first);
  }
  p.expect(T.RSQB);
  return {
    kind: "List",
    elts,
    ctx: "Load",
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

/** A dictionary or a set. */
function parseBraces(p: Parser): Expr {
  const start = p.index;
  p.advance();
  if (p.kind === T.RBRACE || p.kind === T.DOUBLESTAR) return parseDict(p, start, [], []);
  if (p.kind === T.STAR) return finishSet(p, start, parseStarNamedExpression(p));
  const first = parseNamedExpression(p);
  if (p.kind !== T.COLON || p.kinds[start + 2] === T.COLONEQUAL) return finishSet(p, start, first);
  p.advance();
  const value = parseExpression(p);
  if (!atComprehension(p)) return parseDict(p, start, [first], [value]);
  const generators = parseComprehensions(p);
  p.expect(T.RBRACE);
  return {
    kind: "DictComp",
    key: first,
    value,
    generators,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

/** Behind the first pair, or at the first thing in the braces when there is none yet. */
function parseDict(p: Parser, start: number, keys: (Expr | null)[], values: Expr[]): Expr {
  let more = keys.length === 0 || p.accept(T.COMMA);
  while (more && p.kind !== T.RBRACE) {
    if (p.accept(T.DOUBLESTAR)) {
      keys.push(null);
      values.push(parseBitwiseOr(p));
    } else {
      keys.push(parseExpression(p));
      p.expect(T.COLON);
      values.push(parseExpression(p));
    }
    more = p.accept(T.COMMA);
  }
  p.expect(T.RBRACE);
  return {
    kind: "Dict",
    keys,
    values,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

function finishSet(p: Parser, start: number, first: Expr): Expr {
  if (first.kind !== "Starred" && atComprehension(p)) {
    const generators = parseComprehensions(p);
    p.expect(T.RBRACE);
    return {
      kind: "SetComp",
      elt: first,
      generators,
      lineno: p.line(start),
      col_offset: p.col(start),
      end_lineno: p.endLine(),
      end_col_offset: p.endCol(),
    };
  }
  const elts = parseElements(p, first);
  p.expect(T.RBRACE);
  return {
    kind: "Set",
    elts,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

// ── comprehensions ─────────────────────────────────────────────────────────────────────────────────────────

function atComprehension(p: Parser): boolean {
  return p.kind === T.FOR || p.kind === T.ASYNC;
}

/** One or more `for … in … if …`. */
function parseComprehensions(p: Parser): Comprehension[] {
  const generators: Comprehension[] = [];
  do {
    const isAsync = p.accept(T.ASYNC) ? 1 : 0;
    p.expect(T.FOR);
    const target = parseStarTargets(p);
    p.expect(T.IN);
    const iter = parseDisjunction(p);
    const ifs: Expr[] = [];
    while (p.accept(T.IF)) ifs.push(parseDisjunction(p));
    generators.push({ kind: "comprehension", target, iter, ifs, is_async: isAsync });
  } while (atComprehension(p));
  return generators;
}

// ── subscripts ─────────────────────────────────────────────────────────────────────────────────────────────

function parseSlices(p: Parser): Expr {
  const start = p.index;
  const first = parseSliceElement(p);
  if (p.kind !== T.COMMA && first.kind !== "Starred") return first;
  const elts = [first];
  while (p.accept(T.COMMA)) {
    if (p.kind === T.RSQB) break;
    elts.push(parseSliceElement(p));
  }
  return {
    kind: "Tuple",
    elts,
    ctx: "Load",
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

function parseSliceElement(p: Parser): Expr {
  if (p.kind === T.STAR) return parseStarredArgument(p);
  const start = p.index;
  let lower: Expr | null = null;
  if (p.kind !== T.COLON) {
    lower = parseNamedExpression(p);
    if (p.kind !== T.COLON || (lower.kind === "NamedExpr" && p.kinds[start + 1] === T.COLONEQUAL)) return lower;
  }
  p.advance();
  const upper = STARTS_EXPRESSION[p.kind] !== 0 ? parseExpression(p) : null;
  const step = p.accept(T.COLON) && STARTS_EXPRESSION[p.kind] !== 0 ? parseExpression(p) : null;
  const node: Slice = {
    kind: "Slice",
    lower,
    upper,
    step,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

// ── calls ──────────────────────────────────────────────────────────────────────────────────────────────────

function parseCall(p: Parser, func: Expr, start: number): Expr {
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  parseArguments(p, args, keywords, true);
  const node: Call = {
    kind: "Call",
    func,
    args,
    keywords,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

/** At `(`: the arguments of a call, up to and with `)`. A lone generator expression needs no parentheses of its own. */
export function parseArguments(p: Parser, args: Expr[], keywords: Keyword[], generatorAllowed: boolean): void {
  const open = p.index;
  p.advance();
  let seenDoubleStar = false;
  while (p.kind !== T.RPAR) {
    if (p.kind === T.NAME && p.peek(1) === T.EQUAL) {
      keywords.push(parseKeyword(p));
    } else if (p.kind === T.DOUBLESTAR) {
      seenDoubleStar = true;
      keywords.push(parseDoubleStar(p));
    } else if (p.kind === T.STAR) {
      if (seenDoubleStar) throw MISMATCH;
      args.push(parseStarredArgument(p));
    } else {
      if (keywords.length > 0) throw MISMATCH;
      const argument = parseNamedExpression(p);
      if (atComprehension(p)) {
        if (!generatorAllowed || args.length > 0) throw MISMATCH;
        args.push(finishGenerator(p, open, argument));
        return;
      }
      args.push(argument);
    }
    if (!p.accept(T.COMMA)) break;
  }
  p.expect(T.RPAR);
}

function parseKeyword(p: Parser): Keyword {
  const start = p.index;
  const arg = p.name();
  p.advance();
  const value = parseExpression(p);
  return {
    kind: "keyword",
    arg,
    value,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

function parseDoubleStar(p: Parser): Keyword {
  const start = p.index;
  p.advance();
  const value = parseExpression(p);
  return {
    kind: "keyword",
    arg: null,
    value,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}
