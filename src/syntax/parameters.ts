/**
 * Parameters of functions and lambdas.
 * Source: https://docs.python.org/3.14/reference/compound_stmts.html#function-definitions, PEP 570, PEP 646
 */
import * as T from "./tokens.ts";
import type { Arg, Arguments, Expr } from "./ast.ts";
import { MISMATCH, type Parser } from "./parser.ts";
import { parseExpression, parseStarExpression } from "./expressions.ts";

/** How the parameters of `def` and of `lambda` differ. */
interface Style {
  end: number;
  annotated: boolean;
}

const DEF: Style = { end: T.RPAR, annotated: true };
const LAMBDA: Style = { end: T.COLON, annotated: false };

/** Behind `(`: up to but without `)`. */
export function parseParameters(p: Parser): Arguments {
  return parse(p, DEF);
}

/** Behind `lambda`: up to but without `:`. */
export function parseLambdaParameters(p: Parser): Arguments {
  return parse(p, LAMBDA);
}

function parse(p: Parser, style: Style): Arguments {
  const result: Arguments = {
    kind: "arguments",
    posonlyargs: [],
    args: [],
    vararg: null,
    kwonlyargs: [],
    kw_defaults: [],
    kwarg: null,
    defaults: [],
  };
  let more = parsePositional(p, style, result);
  if (more && p.kind === T.STAR) more = parseStar(p, style, result);
  if (more && p.kind === T.DOUBLESTAR) {
    p.advance();
    result.kwarg = parseParameter(p, style, false);
    endParameter(p, style, result.kwarg);
  }
  if (p.kind !== style.end) throw MISMATCH;
  return result;
}

/** Plain parameters and `/`. Returns whether a comma was the last thing taken. */
function parsePositional(p: Parser, style: Style, result: Arguments): boolean {
  let more = true;
  let slashSeen = false;
  while (more) {
    if (p.kind === T.SLASH) {
      if (slashSeen || result.args.length === 0) throw MISMATCH;
      slashSeen = true;
      p.advance();
      result.posonlyargs = result.args;
      result.args = [];
      more = p.accept(T.COMMA);
      continue;
    }
    if (p.kind !== T.NAME) return true;
    const parameter = parseParameter(p, style, false);
    result.args.push(parameter);
    if (p.accept(T.EQUAL)) result.defaults.push(parseExpression(p));
    else if (result.defaults.length > 0) throw MISMATCH;
    more = endParameter(p, style, parameter);
  }
  return false;
}

/** `*args` or a bare `*`, and the keyword-only parameters behind it. */
function parseStar(p: Parser, style: Style, result: Arguments): boolean {
  p.advance();
  let more = true;
  if (p.kind === T.COMMA) {
    p.advance();
    if (!p.at(T.NAME)) throw MISMATCH;
  } else {
    result.vararg = parseParameter(p, style, style.annotated);
    more = endParameter(p, style, result.vararg);
  }
  while (more && p.kind === T.NAME) {
    const parameter = parseParameter(p, style, false);
    result.kwonlyargs.push(parameter);
    result.kw_defaults.push(p.accept(T.EQUAL) ? parseExpression(p) : null);
    more = endParameter(p, style, parameter);
  }
  return more;
}

/** `starAllowed`: the annotation of `*args` may itself be starred (PEP 646). */
function parseParameter(p: Parser, style: Style, starAllowed: boolean): Arg {
  const start = p.index;
  const arg = p.name();
  let annotation: Expr | null = null;
  if (style.annotated && p.accept(T.COLON)) annotation = starAllowed ? parseStarExpression(p) : parseExpression(p);
  return {
    kind: "arg",
    arg,
    annotation,
    type_comment: null,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}

/** Takes the comma and the type comment behind a parameter; false if there is no comma. */
function endParameter(p: Parser, style: Style, parameter: Arg): boolean {
  const more = p.accept(T.COMMA);
  if (p.kind === T.TYPE_COMMENT) parameter.type_comment = p.typeComment();
  if (!more && p.kind !== style.end) throw MISMATCH;
  return more;
}
