/** Patterns of `match`: the names they capture. */
import type { Pattern } from "../../syntax/ast.ts";
import type { Builder } from "./builder.ts";
import { exprs, expr } from "./expressions.ts";
import { DEF_LOCAL } from "./scope.ts";

function patterns(b: Builder, list: Pattern[]): void {
  for (const p of list) pattern(b, p);
}

export function pattern(b: Builder, p: Pattern): void {
  switch (p.kind) {
    case "MatchValue":
      expr(b, p.value);
      break;
    case "MatchSingleton":
      break;
    case "MatchSequence":
    case "MatchOr":
      patterns(b, p.patterns);
      break;
    case "MatchStar":
      if (p.name !== null) b.def(p.name, DEF_LOCAL, p);
      break;
    case "MatchMapping":
      exprs(b, p.keys);
      patterns(b, p.patterns);
      if (p.rest !== null) b.def(p.rest, DEF_LOCAL, p);
      break;
    case "MatchClass":
      expr(b, p.cls);
      patterns(b, p.patterns);
      for (let i = 0; i < p.kwd_attrs.length; i++) b.checkName(p.kwd_attrs[i], p.kwd_patterns[i], "Store");
      patterns(b, p.kwd_patterns);
      break;
    case "MatchAs":
      if (p.pattern !== null) pattern(b, p.pattern);
      if (p.name !== null) b.def(p.name, DEF_LOCAL, p);
      break;
  }
}
