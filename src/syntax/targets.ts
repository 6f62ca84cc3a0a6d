/**
 * Targets of assignment, `for`, `with` and `del`: they are parsed as expressions, then checked and given their
 * context.
 */
import * as T from "./tokens.ts";
import type { Expr, Tuple } from "./ast.ts";
import { MISMATCH, type Parser } from "./parser.ts";
import { atStarExpression, parseBitwiseOr, parseStarNamedExpression } from "./expressions.ts";

/** Turns an expression into a `star_target` (assignment, `for`): names, attributes, subscripts, lists of them. */
export function toStore(node: Expr): Expr {
  switch (node.kind) {
    case "Name":
    case "Attribute":
    case "Subscript":
      node.ctx = "Store";
      return node;
    case "Tuple":
    case "List":
      node.ctx = "Store";
      for (const element of node.elts) toStore(element);
      return node;
    case "Starred":
      if (node.value.kind === "Starred") throw MISMATCH;
      node.ctx = "Store";
      toStore(node.value);
      return node;
    default:
      throw MISMATCH;
  }
}

/** Turns an expression into a `single_target` (augmented and annotated assignment). */
export function toSingleTarget(node: Expr): Expr {
  if (node.kind !== "Name" && node.kind !== "Attribute" && node.kind !== "Subscript") throw MISMATCH;
  node.ctx = "Store";
  return node;
}

/** Turns an expression into a target of `del`. */
export function toDelete(node: Expr): Expr {
  switch (node.kind) {
    case "Name":
    case "Attribute":
    case "Subscript":
      node.ctx = "Del";
      return node;
    case "Tuple":
    case "List":
      node.ctx = "Del";
      for (const element of node.elts) toDelete(element);
      return node;
    default:
      throw MISMATCH;
  }
}

/** One `star_target`. Comparisons are not parsed, so that `in` ends it. */
function parseElement(p: Parser): Expr {
  return p.kind === T.STAR ? parseStarNamedExpression(p) : parseBitwiseOr(p);
}

/** `star_targets`: what `for` assigns to. */
export function parseStarTargets(p: Parser): Expr {
  const start = p.index;
  const first = toStore(parseElement(p));
  if (p.kind !== T.COMMA) return first;
  const elts = [first];
  while (p.accept(T.COMMA)) {
    if (!atStarExpression(p)) break;
    elts.push(toStore(parseElement(p)));
  }
  const node: Tuple = {
    kind: "Tuple",
    elts,
    ctx: "Store",
    lineno: p.line(start),
    col_offset: p.col(start),
    end_lineno: p.endLine(),
    end_col_offset: p.endCol(),
  };
  return node;
}

/** `star_target` behind `as` in a with statement. */
export function parseWithTarget(p: Parser): Expr {
  return toStore(parseElement(p));
}

/** `del_targets`. */
export function parseDeleteTargets(p: Parser): Expr[] {
  const targets: Expr[] = [];
  do {
    if (!atStarExpression(p)) break;
    targets.push(toDelete(parseBitwiseOr(p)));
  } while (p.accept(T.COMMA));
  if (targets.length === 0) throw MISMATCH;
  return targets;
}
