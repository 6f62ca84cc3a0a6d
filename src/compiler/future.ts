/** `from __future__ import …`: which features, and the errors of naming them. */
import type { ImportFrom, Mod, Position } from "../syntax/ast.ts";
import { docString } from "./docstring.ts";
import { syntaxErrorAt } from "./errors.ts";

export const CO_FUTURE_DIVISION = 0x20000;
export const CO_FUTURE_ABSOLUTE_IMPORT = 0x40000;
export const CO_FUTURE_WITH_STATEMENT = 0x80000;
export const CO_FUTURE_PRINT_FUNCTION = 0x100000;
export const CO_FUTURE_UNICODE_LITERALS = 0x200000;
export const CO_FUTURE_BARRY_AS_BDFL = 0x400000;
export const CO_FUTURE_GENERATOR_STOP = 0x800000;
export const CO_FUTURE_ANNOTATIONS = 0x1000000;
/** The flags of `compile()` that code objects inherit. */
export const PyCF_MASK =
  CO_FUTURE_DIVISION |
  CO_FUTURE_ABSOLUTE_IMPORT |
  CO_FUTURE_WITH_STATEMENT |
  CO_FUTURE_PRINT_FUNCTION |
  CO_FUTURE_UNICODE_LITERALS |
  CO_FUTURE_BARRY_AS_BDFL |
  CO_FUTURE_GENERATOR_STOP |
  CO_FUTURE_ANNOTATIONS;
export const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000;

/** Features that are no longer a choice. */
const MANDATORY = new Set([
  "nested_scopes",
  "generators",
  "division",
  "absolute_import",
  "with_statement",
  "print_function",
  "unicode_literals",
  "generator_stop",
]);

export interface Future {
  features: number;
  /** The last future statement, null if none: later ones are too late. */
  last: Position | null;
}

export function findFuture(tree: Mod, filename: string): Future {
  const future: Future = { features: 0, last: null };
  if (tree.kind !== "Module" && tree.kind !== "Interactive") return future;
  for (let i = docString(tree.body) !== null ? 1 : 0; i < tree.body.length; i++) {
    const s = tree.body[i];
    if (s.kind !== "ImportFrom" || s.level !== 0 || s.module !== "__future__") break;
    for (const alias of s.names) future.features |= feature(alias.name, alias, filename);
    future.last = s;
  }
  return future;
}

function feature(name: string, loc: Position, filename: string): number {
  if (MANDATORY.has(name)) return 0;
  if (name === "annotations") return CO_FUTURE_ANNOTATIONS;
  if (name === "barry_as_FLUFL") return CO_FUTURE_BARRY_AS_BDFL;
  if (name === "braces") throw syntaxErrorAt(filename, loc, "not a chance");
  throw syntaxErrorAt(filename, loc, `future feature ${name} is not defined`);
}

export function checkFutureIsFirst(s: ImportFrom, last: Position | null, filename: string): void {
  if (s.module !== "__future__" || s.level !== 0) return;
  if (last === null || s.lineno > last.lineno || (s.lineno === last.lineno && s.col_offset > last.col_offset)) {
    throw syntaxErrorAt(filename, s, "from __future__ imports must occur at the beginning of the file");
  }
}
