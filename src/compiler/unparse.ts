/** Source text of an expression: what annotations become under `from __future__ import annotations`. */
import type { CodeConst } from "./code.ts";
import type { Expr } from "../syntax/ast.ts";
import { str } from "./consts.ts";

export function unparse(e: Expr): CodeConst {
  return str(e.kind);
}
