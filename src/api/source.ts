/** Source text to code objects and running them in a namespace: what `run`, scripts and `-c` share. */
import { getCompiler } from "../builtins/compiler.ts";
import { EXC, type Exc, type Result, type Value } from "../objects/core.ts";
import type { PyCode } from "../objects/code.ts";
import type { PyDict } from "../objects/dict.ts";
import { call } from "../objects/protocol/call.ts";
import { rt } from "../objects/runtime.ts";
import type { Mod } from "../syntax/ast.ts";

export type Mode = "exec" | "eval" | "single";

/** `compile(source, filename, mode)`: `source` a str or bytes. */
export function compileSource(source: Value, filename: string, mode: Mode): PyCode | Exc {
  const compile = rt.builtins.getStr("compile") as Value;
  // dont_inherit: the running code, if any, is not the program's.
  return call(compile, [source, filename, mode, 0, true]) as PyCode | Exc;
}

export function runCode(code: PyCode, namespace: PyDict): Result {
  if (namespace.getStr("__builtins__") === undefined) {
    namespace.setStr("__builtins__", rt.modules.getStr("builtins") as Value);
  }
  return rt.evaluator.evalCode(code, namespace, namespace);
}

/** Runs statements; the value is that of the last one when it is an expression, else None. */
export function runForValue(source: string, filename: string, namespace: PyDict): Result {
  const compiler = getCompiler();
  if (compiler === EXC) return EXC;
  const options = { filename, mode: "exec" as const, flags: 0, featureVersion: -1, optimize: 0, warn: () => {} };
  const tree = compiler.parse(source, options);
  if (tree.kind !== "Module") throw new Error("a module was parsed to something else");
  const last = tree.body.at(-1);
  if (last?.kind !== "Expr") return runTree(tree, "exec", filename, namespace) === EXC ? EXC : null;
  const statements: Mod = { ...tree, body: tree.body.slice(0, -1) };
  if (statements.body.length > 0 && runTree(statements, "exec", filename, namespace) === EXC) return EXC;
  return runTree({ kind: "Expression", body: last.value }, "eval", filename, namespace);
}

function runTree(tree: Mod, mode: Mode, filename: string, namespace: PyDict): Result {
  const compiler = getCompiler();
  if (compiler === EXC) return EXC;
  const options = { filename, mode, flags: 0, featureVersion: -1, optimize: 0, warn: () => {} };
  return runCode(compiler.makeCode(compiler.compile(tree, options)), namespace);
}
