/** The compiler's door: from a tree to a code object. */
import type { Mod } from "../syntax/ast.ts";
import type { SyntaxWarningSink } from "../syntax/errors.ts";
import type { CodeSpec } from "./code.ts";
import { bodyOf } from "./codegen/bodies.ts";
import { Compiler, type CompilerOptions } from "./codegen/compiler.ts";
import { visitExpr } from "./codegen/expressions.ts";
import { visitStmt } from "./codegen/statements.ts";
import { SCOPE_MODULE } from "./codegen/unit.ts";
import { CompilerRecursionError, isStackOverflow } from "./errors.ts";
import { CO_FUTURE_ANNOTATIONS, findFuture, PyCF_ALLOW_TOP_LEVEL_AWAIT } from "./future.ts";
import { preprocess } from "./preprocess.ts";
import { buildSymtable } from "./symtable/build.ts";
import type { SymtableOptions } from "./symtable/builder.ts";
import type { SymbolTable } from "./symtable/scope.ts";

export interface CompileOptions {
  filename: string;
  /** `PyCF_…` and `CO_FUTURE_…` flags, as of `compile()`. */
  flags?: number;
  /** 0, 1 (no asserts) or 2 (no docstrings either). */
  optimize?: number;
  warn?: SyntaxWarningSink;
}

const START = { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 0 };

/**
 * Compiles a Module, Interactive or Expression. Changes the tree in place. Throws `PySyntaxError`,
 * `CompilerRecursionError`, or what `warn` throws.
 */
export function compileModule(tree: Mod, options: CompileOptions): CodeSpec {
  return guarded(() => compileTree(tree, options));
}

export { compileModule as compile };

/**
 * The tree as `ast.parse(optimize=…)` shows it, changed in place; with `checkOnly`, as plain `ast.parse` does, it is
 * only looked over for warnings.
 */
export function optimizeTree(tree: Mod, options: CompileOptions, checkOnly = false): Mod {
  return guarded(() => {
    const flags = (options.flags ?? 0) | findFuture(tree, options.filename).features;
    preprocess(tree, {
      filename: options.filename,
      optimize: options.optimize ?? 0,
      futureAnnotations: (flags & CO_FUTURE_ANNOTATIONS) !== 0,
      checkOnly,
      warn: options.warn ?? (() => {}),
    });
    return tree;
  });
}

function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (e) {
    if (isStackOverflow(e)) throw new CompilerRecursionError();
    throw e;
  }
}

function compileTree(tree: Mod, options: CompileOptions): CodeSpec {
  const filename = options.filename;
  const given = options.flags ?? 0;
  const optimize = options.optimize ?? 0;
  const warn = options.warn ?? (() => {});
  const future = findFuture(tree, filename);
  const flags = given | future.features;
  const futureAnnotations = (flags & CO_FUTURE_ANNOTATIONS) !== 0;
  const topLevelAwait = (given & PyCF_ALLOW_TOP_LEVEL_AWAIT) !== 0;
  preprocess(tree, { filename, optimize, futureAnnotations, warn });
  const symtable = buildSymtable(tree, filename, { futureAnnotations, topLevelAwait });
  const full: CompilerOptions = {
    filename,
    flags,
    futureAnnotations,
    topLevelAwait,
    optimize,
    interactive: tree.kind === "Interactive",
    lastFuture: future.last,
    warn,
  };
  const c = new Compiler(symtable, full, { expr: visitExpr, stmt: visitStmt });
  c.enterScope(symtable.top, "<module>", SCOPE_MODULE, 1, null, null);
  switch (tree.kind) {
    case "Module":
    case "Interactive":
      bodyOf(c, START, tree.body);
      return c.exitScope(true);
    case "Expression":
      c.expr(tree.body);
      return c.exitScope(false);
    case "FunctionType":
      throw new Error("a FunctionType cannot be compiled");
  }
}

/** The symbol table as the `_symtable` module shows it: of the tree as parsed, future statements obeyed. */
export function symtableOf(tree: Mod, filename: string, flags = 0): SymbolTable {
  return guarded(() => {
    const future = findFuture(tree, filename);
    const all = flags | future.features;
    const options: SymtableOptions = {
      futureAnnotations: (all & CO_FUTURE_ANNOTATIONS) !== 0,
      topLevelAwait: (flags & PyCF_ALLOW_TOP_LEVEL_AWAIT) !== 0,
    };
    return buildSymtable(tree, filename, options);
  });
}
