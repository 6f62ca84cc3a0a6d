/** Type parameters of functions, classes and type aliases (PEP 695, PEP 696). */
import * as T from "./tokens.ts";
import type { Expr, TypeParam } from "./ast.ts";
import type { Parser } from "./parser.ts";
import { parseExpression, parseStarExpression } from "./expressions.ts";

/** `[T, *Ts = …, **P]`, or nothing. */
export function parseTypeParams(p: Parser): TypeParam[] {
  const params: TypeParam[] = [];
  if (!p.accept(T.LSQB)) return params;
  do {
    if (p.kind === T.RSQB && params.length > 0) break;
    params.push(parseTypeParam(p));
  } while (p.accept(T.COMMA));
  p.expect(T.RSQB);
  return params;
}

function parseTypeParam(p: Parser): TypeParam {
  const start = p.index;
  if (p.accept(T.STAR)) {
    const name = p.name();
    const default_value = p.accept(T.EQUAL) ? parseStarExpression(p) : null;
    return {
      kind: "TypeVarTuple",
      name,
      default_value,
      lineno: p.line(start),
      col_offset: p.col(start),
      end_lineno: p.endLine(),
      end_col_offset: p.endCol(),
    };
  }
  if (p.accept(T.DOUBLESTAR)) {
    const name = p.name();
    const default_value = p.accept(T.EQUAL) ? parseExpression(p) : null;
    return {
      kind: "ParamSpec",
      name,
      default_value,
      lineno: p.line(start),
      col_offset: p.col(start),
      end_lineno: p.endLine(),
      end_col_offset: p.endCol(),
    };
  }
  const name = p.name();
  const bound: Expr | null = p.accept(T.COLON) ? parseExpression(p) : null;
  const default_value = p.accept(T.EQUAL) ? parseExpression(p) : null;
  return {
    kind: "TypeVar",
    name,
    bound,
    default_value,
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
}
