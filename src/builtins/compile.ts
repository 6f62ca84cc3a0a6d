/** From source text, bytes or a tree of `ast` nodes to code: the work of `compile`. */
import type { CodeSpec } from "../compiler/code.ts";
import { bytesLike, hasBuffer } from "../objects/buffer.ts";
import { arrayFromLatin1 } from "../objects/bytes.ts";
import type { PyCode } from "../objects/code.ts";
import { EXC, type Exc, type Result, type Value } from "../objects/core.ts";
import { attempt, raise, typeError, valueError, PyThrow } from "../objects/errors.ts";
import { syntaxErrorType } from "../objects/exceptions/types.ts";
import { importModule } from "../objects/import-hook.ts";
import { asInt32 } from "../objects/protocol/convert.ts";
import { isTrue } from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";
import { AstralStr, strToJs } from "../objects/str/astral.ts";
import { strValue } from "../objects/values.ts";
import type { Mod } from "../syntax/ast.ts";
import { PySyntaxError } from "../syntax/errors.ts";
import { type Compiler, type FrontEndOptions, type SourceMode, getCompiler } from "./compiler.ts";
import { fileSystemPath } from "./path.ts";
import { raiseSyntaxError, warnSyntax } from "./syntax-errors.ts";
import { type TreeConverter, treeConverter } from "./tree-converter.ts";

export const PyCF_SOURCE_IS_UTF8 = 0x100;
export const PyCF_DONT_IMPLY_DEDENT = 0x200;
export const PyCF_ONLY_AST = 0x400;
export const PyCF_IGNORE_COOKIE = 0x800;
export const PyCF_TYPE_COMMENTS = 0x1000;
export const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000;
export const PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000;
export const PyCF_OPTIMIZED_AST = 0x8000 | PyCF_ONLY_AST;
/** `from __future__` features that change compilation; the others are always on. */
const FUTURES = 0x20000 | 0x40000 | 0x80000 | 0x100000 | 0x200000 | 0x400000 | 0x800000 | 0x1000000 | 0x10;
const KNOWN =
  FUTURES |
  PyCF_SOURCE_IS_UTF8 |
  PyCF_DONT_IMPLY_DEDENT |
  PyCF_ONLY_AST |
  PyCF_IGNORE_COOKIE |
  PyCF_TYPE_COMMENTS |
  PyCF_ALLOW_TOP_LEVEL_AWAIT |
  PyCF_ALLOW_INCOMPLETE_INPUT |
  0x8000;
/** The future features that are inherited from the calling code. */
const INHERITED = 0x1e20000 & FUTURES;

/** Can `compile` take it as text? */
export function isSource(source: Value): boolean {
  return strValue(source) !== undefined || hasBuffer(source);
}

/** Text of a source given to other functions than `compile`; TypeError with `message` for what is no source. */
export function sourceTextOf(compiler: Compiler, source: Value, filename: string, message: string): string | Exc {
  return isSource(source) ? sourceText(compiler, source, filename, 0) : typeError(message);
}

/** Text of a source given as str or bytes; SyntaxError for null characters and undecodable bytes. */
function sourceText(compiler: Compiler, source: Value, filename: string, flags: number): string | Exc {
  const text = strValue(source);
  if (text !== undefined) return withoutNull(strToJs(text));
  const bytes = bytesLike(source);
  if (bytes === EXC || withoutNull(bytes) === EXC) return EXC;
  if ((flags & PyCF_IGNORE_COOKIE) !== 0) return new TextDecoder().decode(arrayFromLatin1(bytes));
  return guarded(() => compiler.decode(arrayFromLatin1(bytes), filename));
}
function withoutNull(text: string): string | Exc {
  return text.includes("\0") ? raise(syntaxErrorType, "source code string cannot contain null bytes") : text;
}

/** Runs the front end; what it throws becomes the pending exception. */
export function guarded<T>(run: () => T): T | Exc {
  return attempt(() => {
    try {
      return run();
    } catch (error) {
      if (error instanceof PySyntaxError) {
        raiseSyntaxError(error);
        throw new PyThrow();
      }
      throw error;
    }
  });
}

/** Flags the running code was compiled with, which `eval`, `exec` and `compile` inherit. */
function inheritedFlags(): number {
  const frame = rt.evaluator.currentFrame();
  return frame === null ? 0 : frame.code.flags & INHERITED;
}

/** `-O`: what `optimize=-1` means. */
function defaultOptimization(): number {
  const flags = rt.sysDict.getStr("flags");
  const level = flags === undefined ? EXC : (flags as { items?: Value[] }).items?.[3];
  return typeof level === "number" ? level : 0;
}

/** Compiles text as `eval` and `exec` do. */
export function compileText(
  source: Value,
  filename: string,
  mode: SourceMode,
  { stripIndent = false }: { stripIndent?: boolean } = {},
): PyCode | Exc {
  const compiler = getCompiler();
  if (compiler === EXC) return EXC;
  const flags = inheritedFlags();
  let text = sourceText(compiler, source, filename, flags);
  if (text === EXC) return EXC;
  if (stripIndent) text = text.replace(/^[ \t]+/, "");
  const options = optionsFor(filename, mode, flags, -1, defaultOptimization());
  const compiled = compiler.compiled?.(text, options);
  if (compiled !== undefined) return compiler.makeCode(compiled);
  return compileTree(compiler, () => compiler.parse(text, options), options);
}
function optionsFor(
  filename: string,
  mode: SourceMode,
  flags: number,
  featureVersion: number,
  optimize: number,
): FrontEndOptions {
  return { filename, mode, flags, featureVersion, optimize, warn: warnSyntax };
}
function compileTree(compiler: Compiler, tree: () => Mod, options: FrontEndOptions): PyCode | Exc {
  const spec: CodeSpec | Exc = guarded(() => compiler.compile(tree(), options));
  return spec === EXC ? EXC : compiler.makeCode(spec);
}

const MODES: readonly string[] = ["exec", "eval", "single", "func_type"];

/** `compile(source, filename, mode, flags, dont_inherit, optimize, *, _feature_version)`. */
export function compileBuiltin(
  source: Value,
  filenameValue: Value,
  modeValue: Value,
  flagsValue: Value = 0,
  dontInherit: Value = false,
  optimizeValue: Value = -1,
  featureVersionValue: Value = -1,
): Result {
  const filename = fileSystemPath(filenameValue);
  const mode = strValue(modeValue);
  if (filename === EXC) return EXC;
  if (mode === undefined || mode instanceof AstralStr) {
    return typeError(`compile() argument 'mode' must be str, not ${describeType(modeValue)}`);
  }
  const given = asInt32(flagsValue);
  const fresh = given === EXC ? EXC : isTrue(dontInherit);
  const optimize = fresh === EXC ? EXC : asInt32(optimizeValue);
  const featureVersion = optimize === EXC ? EXC : asInt32(featureVersionValue);
  if (given === EXC || fresh === EXC || optimize === EXC || featureVersion === EXC) return EXC;
  if ((given & ~KNOWN) !== 0) return valueError("compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) return valueError("compile(): invalid optimize value");
  const onlyTree = (given & PyCF_ONLY_AST) !== 0;
  if (!MODES.includes(mode) || (mode === "func_type" && !onlyTree)) return wrongMode(mode, onlyTree);
  const flags = fresh ? given : given | inheritedFlags();
  const level = optimize === -1 ? defaultOptimization() : optimize;
  const version = onlyTree ? featureVersion : -1;
  return compileAny(source, optionsFor(filename, mode as SourceMode, flags, version, level));
}
function describeType(value: Value): string {
  return value === null ? "None" : ((value as { shape?: { cls: { name: string } } }).shape?.cls.name ?? typeof value);
}
function wrongMode(mode: string, onlyTree: boolean): Exc {
  if (mode === "func_type") return valueError("compile() mode 'func_type' requires flag PyCF_ONLY_AST");
  const modes = onlyTree ? "'exec', 'eval', 'single' or 'func_type'" : "'exec', 'eval' or 'single'";
  return valueError(`compile() mode must be ${modes}`);
}

function compileAny(source: Value, options: FrontEndOptions): Result {
  const compiler = getCompiler();
  if (compiler === EXC) return EXC;
  const onlyTree = (options.flags & PyCF_ONLY_AST) !== 0;
  const optimized = (options.flags & PyCF_OPTIMIZED_AST) === PyCF_OPTIMIZED_AST;
  const converter = onlyTree || !isSource(source) ? loadedConverter() : null;
  if (converter === EXC) return EXC;
  if (converter?.isNode(source) === true) {
    // A tree that is only to be a tree is given back as it is.
    if (onlyTree && !optimized) return converter.checkMode(source, options.mode) === EXC ? EXC : source;
    const tree = converter.fromPython(source, options.mode);
    if (tree === EXC) return EXC;
    return onlyTree ? giveTree(compiler, tree, options) : compileTree(compiler, () => tree, options);
  }
  if (!isSource(source)) return typeError("compile() arg 1 must be a string, bytes or AST object");
  const text = sourceText(compiler, source, options.filename, options.flags);
  if (text === EXC) return EXC;
  if (!onlyTree) return compileTree(compiler, () => compiler.parse(text, options), options);
  const tree = guarded(() => compiler.parse(text, options));
  return tree === EXC ? EXC : giveTree(compiler, tree, options);
}
/** The conversions of trees, which come with the module `_ast`. */
function loadedConverter(): TreeConverter | null | Exc {
  if (treeConverter() === null && importModule("_ast") === EXC) return EXC;
  return treeConverter();
}
function giveTree(compiler: Compiler, tree: Mod, options: FrontEndOptions): Result {
  const converter = loadedConverter();
  if (converter === EXC) return EXC;
  if (converter === null) return typeError("the _ast module is not available");
  if ((options.flags & PyCF_OPTIMIZED_AST) !== PyCF_OPTIMIZED_AST || compiler.optimizeTree === undefined) {
    return converter.toPython(tree);
  }
  const optimize = compiler.optimizeTree;
  const optimized = guarded(() => optimize(tree, options));
  return optimized === EXC ? EXC : converter.toPython(optimized);
}
