/**
 * What `compile`, `eval` and `exec` need of the front end: an interface, so that builtins know no parser. Whoever makes
 * an interpreter calls `setCompiler`.
 */
import type { CodeSpec } from "../compiler/code.ts";
import type { PyCode } from "../objects/code.ts";
import type { EXC, Exc } from "../objects/core.ts";
import { systemError } from "../objects/errors.ts";
import { rt } from "../objects/runtime.ts";
import type { Mod } from "../syntax/ast.ts";
import type { SyntaxWarningSink } from "../syntax/errors.ts";

export type SourceMode = "exec" | "eval" | "single" | "func_type";

export interface FrontEndOptions {
  filename: string;
  mode: SourceMode;
  /** `PyCF_…` and future-feature flags. */
  flags: number;
  /** Minor version of the grammar, -1 for the present one. */
  featureVersion: number;
  /** 0, 1 or 2. */
  optimize: number;
  warn: SyntaxWarningSink;
}

/** Both functions throw a `PySyntaxError`, or whatever `warn` throws. */
export interface Compiler {
  /** Text, without encoding declaration to be obeyed, to a syntax tree. */
  parse(source: string, options: FrontEndOptions): Mod;
  /** The tree as the optimiser of constants leaves it (`PyCF_OPTIMIZED_AST`). */
  optimizeTree?(tree: Mod, options: FrontEndOptions): Mod;
  compile(tree: Mod, options: FrontEndOptions): CodeSpec;
  /** The code of a text that has been compiled already; undefined for others. */
  compiled?(source: string, options: FrontEndOptions): CodeSpec | undefined;
  /** Source bytes to text, by PEP 263. */
  decode(bytes: Uint8Array, filename: string): string;
  makeCode(spec: CodeSpec): PyCode;
}

const STATE = {};
interface State {
  compiler: Compiler | null;
}
const state = (): State => rt.state<State>(STATE, () => ({ compiler: null }));

export function setCompiler(compiler: Compiler): void {
  state().compiler = compiler;
}
export function getCompiler(): Compiler | Exc {
  const { compiler } = state();
  return compiler ?? (systemError("this interpreter was made without a compiler") as typeof EXC);
}
