/**
 * Builds the scope tree: walks the syntax tree once, noting what every block binds and uses.
 * `analyze.ts` then decides where each name lives.
 *
 * Source: the language reference, 4.2; PEP 227, 572, 649, 695, 709. Messages are CPython 3.14's.
 */
import type { Mod, Position } from "../../syntax/ast.ts";
import { docString } from "../docstring.ts";
import { analyze } from "./analyze.ts";
import { Builder, type SymtableOptions } from "./builder.ts";
import { expr } from "./expressions.ts";
import { MODULE_BLOCK, type Scope, type SymbolTable } from "./scope.ts";
import { stmts } from "./statements.ts";

const START: Position = { lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };

/** The symbol table of a module, interactive statement or expression; throws `PySyntaxError`. */
export function buildSymtable(tree: Mod, filename: string, options: SymtableOptions): SymbolTable {
  const b = new Builder(filename, options);
  const top = visit(b, tree);
  analyze(top, filename);
  return { top, scopes: b.scopes, defaults: b.defaults };
}

function visit(b: Builder, tree: Mod): Scope {
  const top = b.newScope("top", MODULE_BLOCK, START);
  b.scopes.set(tree, top);
  b.enter(top);
  b.global = top.symbols;
  switch (tree.kind) {
    case "Module":
      if (docString(tree.body) !== null) top.hasDocstring = true;
      stmts(b, tree.body);
      break;
    case "Interactive":
      stmts(b, tree.body);
      break;
    case "Expression":
      expr(b, tree.body);
      break;
    case "FunctionType":
      b.fail(START, "this compiler does not handle FunctionTypes");
  }
  return top;
}
