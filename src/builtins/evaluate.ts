/** `compile`, `eval`, `exec`, `__import__`, `breakpoint`. */
import { EXC, type Exc, type KwNames, type Namespace, type Result, type Value } from "../objects/core.ts";
import { PyCell } from "../objects/cell.ts";
import { PyCode } from "../objects/code.ts";
import { fn, rawFn } from "../objects/define.ts";
import { PyDict } from "../objects/dict.ts";
import { runtimeError, systemError, typeError } from "../objects/errors.ts";
import { call } from "../objects/protocol/call.ts";
import { asInt32 } from "../objects/protocol/convert.ts";
import { rt } from "../objects/runtime.ts";
import { strToJs } from "../objects/str/astral.ts";
import { PyTuple } from "../objects/tuple.ts";
import { typeOf } from "../objects/types.ts";
import { strValue } from "../objects/values.ts";
import { compileBuiltin, compileText, isSource } from "./compile.ts";
import { importThrough } from "./importer.ts";
import { currentGlobals, currentLocals } from "./scope.ts";

interface Scope {
  globals: PyDict;
  locals: Value;
}

/** The namespaces of `eval` and `exec`: given, or those of the caller. */
function scopeOf(
  globals: Value,
  locals: Value,
  wrongGlobals: (v: Value) => Exc,
  wrongLocals: (v: Value) => Exc,
): Scope | Exc {
  if (globals !== null && !(globals instanceof PyDict)) return wrongGlobals(globals);
  if (locals !== null && typeOf(locals).mp_subscript === null) return wrongLocals(locals);
  const ownGlobals = globals === null ? currentGlobals() : globals;
  if (ownGlobals === EXC) return EXC;
  let ownLocals: Result = locals;
  if (locals === null) ownLocals = globals === null ? currentLocals() : globals;
  if (ownLocals === EXC) return EXC;
  if (!(ownGlobals instanceof PyDict)) return systemError("globals and locals cannot be NULL");
  if (ownGlobals.getStr("__builtins__") === undefined) {
    ownGlobals.setStr("__builtins__", rt.evaluator.builtinsOf(ownGlobals));
  }
  return { globals: ownGlobals, locals: ownLocals };
}

function evalBuiltin(source: Value, globals: Value = null, locals: Value = null): Result {
  const scope = scopeOf(
    globals,
    locals,
    (v) =>
      typeError(
        typeOf(v).mp_subscript !== null
          ? "globals must be a real dict; try eval(code, {}, mapping)"
          : "globals must be a dict",
      ),
    () => typeError("locals must be a mapping"),
  );
  if (scope === EXC) return EXC;
  if (source instanceof PyCode) {
    if (source.nfrees > 0) return typeError("code object passed to eval() may not contain free variables");
    return run(source, scope);
  }
  if (!isSource(source)) return typeError("eval() arg 1 must be a string, bytes or code object");
  const code = compileText(source, "<string>", "eval", { stripIndent: true });
  return code === EXC ? EXC : run(code, scope);
}
function run(code: PyCode, scope: Scope, closure?: Value[]): Result {
  return rt.evaluator.evalCode(code, scope.globals, scope.locals as Namespace, closure);
}

function execBuiltin(source: Value, globals: Value = null, locals: Value = null, closure: Value = null): Result {
  const scope = scopeOf(
    globals,
    locals,
    (v) => typeError(`exec() globals must be a dict, not ${typeOf(v).name}`),
    (v) => typeError(`locals must be a mapping or None, not ${typeOf(v).name}`),
  );
  if (scope === EXC) return EXC;
  let result: Result;
  if (source instanceof PyCode) {
    const cells = checkClosure(source, closure);
    if (cells === EXC) return EXC;
    result = run(source, scope, cells);
  } else {
    if (closure !== null) return typeError("closure can only be used when source is a code object");
    if (!isSource(source)) return typeError("exec() arg 1 must be a string, bytes or code object");
    const code = compileText(source, "<string>", "exec");
    result = code === EXC ? EXC : run(code, scope);
  }
  return result === EXC ? EXC : null;
}
function checkClosure(code: PyCode, closure: Value): Value[] | undefined | Exc {
  if (code.nfrees === 0) {
    return closure === null ? undefined : typeError("cannot use a closure with this code object");
  }
  const cells = closure instanceof PyTuple && closure.items.length === code.nfrees ? closure.items : null;
  if (cells === null || !cells.every((cell) => cell instanceof PyCell)) {
    return typeError(`code object requires a closure of exactly length ${code.nfrees}`);
  }
  return cells;
}

function importBuiltin(name: Value, globals?: Value, _locals?: Value, fromlist?: Value, level?: Value): Result {
  const text = strValue(name);
  if (text === undefined) return typeError("module name must be a string");
  const depth = level === undefined ? 0 : asInt32(level);
  return depth === EXC ? EXC : importThrough(strToJs(text), globals ?? undefined, fromlist ?? null, depth);
}

function breakpoint(args: Value[], kwnames: KwNames): Result {
  const hook = rt.sysDict.getStr("breakpointhook");
  return hook === undefined ? runtimeError("lost sys.breakpointhook") : call(hook, args, kwnames);
}

export const evaluationFunctions = () => ({
  compile: fn(
    "($module, /, source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
    compileBuiltin,
    "Compile source into a code object that can be executed by exec() or eval().",
  ),
  eval: fn(
    "($module, source, /, globals=None, locals=None)",
    evalBuiltin,
    "Evaluate the given source in the context of globals and locals.",
  ),
  exec: fn(
    "($module, source, /, globals=None, locals=None, *, closure=None)",
    execBuiltin,
    "Execute the given source in the context of globals and locals.",
  ),
  __import__: fn(
    "($module, /, name, globals=None, locals=None, fromlist=(), level=0)",
    importBuiltin,
    "Import a module.",
  ),
  breakpoint: rawFn(breakpoint, "Call sys.breakpointhook(*args, **kws).").signedAs("($module, /, *args, **kws)"),
});
