/**
 * Patterns of the match statement (PEP 634).
 * Source: https://docs.python.org/3.14/reference/compound_stmts.html#patterns
 */
import * as T from "./tokens.ts";
import type { Const, Expr, MatchAs, MatchMapping, MatchSequence, MatchStar, Pattern } from "./ast.ts";
import { MISMATCH, type Parser } from "./parser.ts";
import { numberConstant, parseName } from "./primaries.ts";
import { span } from "./statements.ts";
import { parseStrings } from "./strings.ts";

/** `patterns`: a pattern, or a sequence without brackets. */
export function parsePatterns(p: Parser): Pattern {
  const start = p.index;
  const first = parseMaybeStar(p);
  if (p.kind !== T.COMMA) {
    if (first.kind === "MatchStar") throw MISMATCH;
    return first;
  }
  const patterns = parseSequenceTail(p, first, T.COLON);
  const node: MatchSequence = { kind: "MatchSequence", patterns, ...span(p, start) };
  return node;
}

function parsePattern(p: Parser): Pattern {
  const start = p.index;
  p.enter();
  const pattern = parseOr(p);
  p.leave();
  if (!p.accept(T.AS)) return pattern;
  const name = parseCaptureName(p);
  const node: MatchAs = { kind: "MatchAs", pattern, name, ...span(p, start) };
  return node;
}

function parseOr(p: Parser): Pattern {
  const start = p.index;
  const first = parseClosed(p);
  if (p.kind !== T.VBAR) return first;
  const patterns = [first];
  while (p.accept(T.VBAR)) patterns.push(parseClosed(p));
  return { kind: "MatchOr", patterns, ...span(p, start) };
}

/** A name that captures: not `_`, and nothing that would make it part of something else may follow. */
function parseCaptureName(p: Parser): string {
  if (p.atSoft("_")) throw MISMATCH;
  const name = p.name();
  if (p.kind === T.DOT || p.kind === T.LPAR || p.kind === T.EQUAL) throw MISMATCH;
  return name;
}

function parseClosed(p: Parser): Pattern {
  const start = p.index;
  switch (p.kind) {
    case T.NAME:
      return parseNamed(p, start);
    case T.NUMBER:
    case T.MINUS: {
      const value = parseSignedNumber(p);
      return { kind: "MatchValue", value, ...span(p, start) };
    }
    case T.STRING:
    case T.FSTRING_START:
    case T.TSTRING_START: {
      const value = parseStrings(p);
      return { kind: "MatchValue", value, ...span(p, start) };
    }
    case T.NONE:
      return singleton(p, { t: "none" });
    case T.TRUE:
      return singleton(p, { t: "bool", v: true });
    case T.FALSE:
      return singleton(p, { t: "bool", v: false });
    case T.LPAR:
      return parseGroup(p, start);
    case T.LSQB: {
      p.advance();
      const patterns = p.at(T.RSQB) ? [] : parseSequenceTail(p, parseMaybeStar(p), T.RSQB);
      p.expect(T.RSQB);
      return { kind: "MatchSequence", patterns, ...span(p, start) };
    }
    case T.LBRACE:
      return parseMapping(p, start);
    default:
      throw MISMATCH;
  }
}

function singleton(p: Parser, value: Const): Pattern {
  const start = p.index;
  p.advance();
  return { kind: "MatchSingleton", value, ...span(p, start) };
}

/** A capture, a wildcard, a dotted value or a class pattern. */
function parseNamed(p: Parser, start: number): Pattern {
  const next = p.peek(1);
  if (next !== T.DOT && next !== T.LPAR) {
    if (next === T.EQUAL) throw MISMATCH;
    const wildcard = p.atSoft("_");
    const name = p.name();
    return { kind: "MatchAs", pattern: null, name: wildcard ? null : name, ...span(p, start) };
  }
  const value = parseDotted(p);
  if (p.kind === T.LPAR) return parseClassPattern(p, start, value);
  if (p.kind === T.EQUAL) throw MISMATCH;
  return { kind: "MatchValue", value, ...span(p, start) };
}

/** `name.attr.attr`, one name at least. */
function parseDotted(p: Parser): Expr {
  const start = p.index;
  let value: Expr = parseName(p);
  while (p.accept(T.DOT)) {
    const attr = p.name();
    value = { kind: "Attribute", value, attr, ctx: "Load", ...span(p, start) };
  }
  return value;
}

// ── numbers ────────────────────────────────────────────────────────────────────────────────────────────────

/** `-1`, `2.5`, or a complex number written as a sum. */
function parseSignedNumber(p: Parser): Expr {
  const start = p.index;
  const left = parseSigned(p);
  if (p.kind !== T.PLUS && p.kind !== T.MINUS) return left;
  const op = p.kind === T.PLUS ? "Add" : "Sub";
  p.advance();
  const right = parseNumber(p);
  if (numberKind(left) === "complex" || numberKind(right) !== "complex") throw MISMATCH;
  return { kind: "BinOp", left, op, right, ...span(p, start) };
}

function numberKind(node: Expr): string {
  const number = node.kind === "UnaryOp" ? node.operand : node;
  return number.kind === "Constant" ? number.value.t : "";
}

function parseSigned(p: Parser): Expr {
  const start = p.index;
  if (!p.accept(T.MINUS)) return parseNumber(p);
  const operand = parseNumber(p);
  return { kind: "UnaryOp", op: "USub", operand, ...span(p, start) };
}

function parseNumber(p: Parser): Expr {
  if (p.kind !== T.NUMBER) throw MISMATCH;
  const start = p.index;
  const value = numberConstant(p);
  p.advance();
  return { kind: "Constant", value, u: null, ...span(p, start) };
}

// ── sequences ──────────────────────────────────────────────────────────────────────────────────────────────

function parseMaybeStar(p: Parser): Pattern {
  if (p.kind !== T.STAR) return parsePattern(p);
  const start = p.index;
  p.advance();
  let name: string | null = null;
  if (p.atSoft("_")) p.advance();
  else name = parseCaptureName(p);
  const node: MatchStar = { kind: "MatchStar", name, ...span(p, start) };
  return node;
}

/** The patterns of a sequence of which the first is read; a comma may stand before the end. */
function parseSequenceTail(p: Parser, first: Pattern, end: number): Pattern[] {
  const patterns = [first];
  while (p.accept(T.COMMA)) {
    if (p.kind === end || p.kind === T.IF) break;
    patterns.push(parseMaybeStar(p));
  }
  return patterns;
}

/** A pattern in parentheses, or a sequence. */
function parseGroup(p: Parser, start: number): Pattern {
  p.advance();
  if (p.accept(T.RPAR)) return { kind: "MatchSequence", patterns: [], ...span(p, start) };
  const first = parseMaybeStar(p);
  if (p.kind === T.RPAR) {
    if (first.kind === "MatchStar") throw MISMATCH;
    p.advance();
    return first;
  }
  if (p.kind !== T.COMMA) throw MISMATCH;
  const patterns = parseSequenceTail(p, first, T.RPAR);
  p.expect(T.RPAR);
  return { kind: "MatchSequence", patterns, ...span(p, start) };
}

// ── mappings and classes ───────────────────────────────────────────────────────────────────────────────────

function parseMapping(p: Parser, start: number): Pattern {
  p.advance();
  const keys: Expr[] = [];
  const patterns: Pattern[] = [];
  let rest: string | null = null;
  while (p.kind !== T.RBRACE) {
    if (p.accept(T.DOUBLESTAR)) {
      rest = parseCaptureName(p);
      p.accept(T.COMMA);
      break;
    }
    keys.push(parseKey(p));
    p.expect(T.COLON);
    patterns.push(parsePattern(p));
    if (!p.accept(T.COMMA)) break;
  }
  p.expect(T.RBRACE);
  const node: MatchMapping = { kind: "MatchMapping", keys, patterns, rest, ...span(p, start) };
  return node;
}

function parseKey(p: Parser): Expr {
  const start = p.index;
  switch (p.kind) {
    case T.NAME: {
      const key = parseDotted(p);
      if (key.kind === "Name") throw MISMATCH;
      return key;
    }
    case T.NUMBER:
    case T.MINUS:
      return parseSignedNumber(p);
    case T.STRING:
    case T.FSTRING_START:
    case T.TSTRING_START:
      return parseStrings(p);
    case T.NONE:
    case T.TRUE:
    case T.FALSE: {
      const value: Const = p.kind === T.NONE ? { t: "none" } : { t: "bool", v: p.kind === T.TRUE };
      p.advance();
      return { kind: "Constant", value, u: null, ...span(p, start) };
    }
    default:
      throw MISMATCH;
  }
}

function parseClassPattern(p: Parser, start: number, cls: Expr): Pattern {
  p.advance();
  const patterns: Pattern[] = [];
  const kwd_attrs: string[] = [];
  const kwd_patterns: Pattern[] = [];
  while (p.kind !== T.RPAR) {
    if (p.kind === T.NAME && p.peek(1) === T.EQUAL) {
      kwd_attrs.push(p.name());
      p.advance();
      kwd_patterns.push(parsePattern(p));
    } else {
      if (kwd_attrs.length > 0) throw MISMATCH;
      patterns.push(parsePattern(p));
    }
    if (!p.accept(T.COMMA)) break;
  }
  p.expect(T.RPAR);
  return { kind: "MatchClass", cls, patterns, kwd_attrs, kwd_patterns, ...span(p, start) };
}
