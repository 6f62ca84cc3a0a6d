/** What messages call an expression, and which part of a target is none. */
import * as T from "../tokens.ts";
import type { Diagnoser, Tree } from "./engine.ts";

const NAMES: Readonly<Record<string, string>> = {
  Attribute: "attribute",
  Subscript: "subscript",
  Starred: "starred",
  Name: "name",
  List: "list",
  Tuple: "tuple",
  Lambda: "lambda",
  Call: "function call",
  BoolOp: "expression",
  BinOp: "expression",
  UnaryOp: "expression",
  GeneratorExp: "generator expression",
  Yield: "yield expression",
  Await: "await expression",
  ListComp: "list comprehension",
  SetComp: "set comprehension",
  DictComp: "dict comprehension",
  Dict: "dict literal",
  Set: "set display",
  JoinedStr: "f-string expression",
  TemplateStr: "t-string expression",
  Compare: "comparison",
  IfExp: "conditional expression",
  NamedExpr: "named expression",
};

/** The name messages use for a kind of expression. */
export function expressionName(d: Diagnoser, tree: Tree): string {
  if (tree.kind !== "Constant") return NAMES[tree.kind] ?? "expression";
  switch (d.kinds[tree.start]) {
    case T.NONE:
      return "None";
    case T.TRUE:
      return "True";
    case T.FALSE:
      return "False";
    case T.ELLIPSIS:
      return "ellipsis";
    default:
      return "literal";
  }
}

export type TargetUse = "star" | "for" | "del";

/** The first part of `tree` that cannot be a target, or null. */
export function invalidTarget(d: Diagnoser, tree: Tree, use: TargetUse): Tree | null {
  switch (tree.kind) {
    case "Name":
    case "Attribute":
    case "Subscript":
      return null;
    case "List":
    case "Tuple":
      for (const element of elements(tree)) {
        const bad = invalidTarget(d, element, use);
        if (bad !== null) return bad;
      }
      return null;
    case "Starred":
      return use === "del" ? tree : invalidTarget(d, tree.parts[1], use);
    case "Compare":
      if (use !== "for") return tree;
      // `for a in b` was read as a comparison: its left side is the target.
      return d.kinds[operatorOf(tree).start] === T.IN ? invalidTarget(d, tree.parts[0], use) : null;
    default:
      return tree;
  }
}

function operatorOf(comparison: Tree): Tree {
  return comparison.parts[1].parts[0];
}

/** The elements of a list or tuple, whose `parts` the grammar has made just those. */
export function elements(tree: Tree): readonly Tree[] {
  return tree.parts;
}

/** Raises the error for the first part that cannot be a target, if there is one. */
export function failInvalidTarget(d: Diagnoser, tree: Tree, use: TargetUse): null {
  const bad = invalidTarget(d, tree, use);
  if (bad === null) return null;
  return d.fail(bad, `cannot ${use === "del" ? "delete" : "assign to"} ${expressionName(d, bad)}`);
}

/** Is it a name that was a statement's keyword in Python 2? */
export function isLegacyStatement(d: Diagnoser, tree: Tree): boolean {
  if (tree.kind !== "Name") return false;
  const text = d.p.text(tree.start);
  return text === "print" || text === "exec";
}
