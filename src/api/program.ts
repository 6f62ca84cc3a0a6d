/** Runs a program the way CPython's command line does: as text, module, file, folder or zip, or from stdin. */
import { ensureInstalled } from "../importlib/install.ts";
import { importState } from "../importlib/state.ts";
import { setProgramFolder } from "../objects/module-shadowing.ts";
import { EXC, type Exc, type Result, type Value } from "../objects/core.ts";
import { catches } from "../objects/errors.ts";
import { isADirectoryErrorType, osErrorType } from "../objects/exceptions/types.ts";
import { importModule } from "../objects/import-hook.ts";
import { PyList, newList } from "../objects/list.ts";
import type { PyModule } from "../objects/module.ts";
import { call, callMethod } from "../objects/protocol/call.ts";
import { getAttr } from "../objects/protocol/object.ts";
import { rt, takeException } from "../objects/runtime.ts";
import { strFromJs } from "../objects/str/astral.ts";
import { type PyBytes, arrayFromLatin1 } from "../objects/bytes.ts";
import { guarded } from "../builtins/compile.ts";
import { decodeSource } from "../syntax/decode.ts";
import { absolutePath, currentFolder, realPath } from "./paths.ts";
import { compileSource, runCode } from "./source.ts";
import { printUncaught, rememberSource, reportUncaught, writeStderr } from "./uncaught.ts";
import { decodeByCodec } from "./source-decoder.ts";

export type Program =
  | { kind: "command"; source: string }
  | { kind: "module"; name: string }
  | { kind: "file"; path: string; skipFirstLine?: boolean }
  /** The text of stdin; `read` gives it when the program is about to run. `dash`: asked for by "-". */
  | { kind: "stdin"; read: () => string; dash: boolean };

export interface ProgramOptions {
  /** `sys.argv[1:]`. */
  args: readonly string[];
  /** `-P`: nothing is put in front of `sys.path`. */
  safePath: boolean;
  /** What the interpreter was called by, for messages. */
  name: string;
}

/** Runs `program` in `__main__`; gives the exit code. Exceptions have been printed. */
export function runProgram(program: Program, options: ProgramOptions): number {
  setArguments(program, options.args);
  const result = start(program, options);
  if (typeof result === "number") return result;
  return result === EXC ? reportUncaught() : 0;
}

function setArguments(program: Program, args: readonly string[]): void {
  const first = nameOf(program);
  rt.sysDict.setStr("argv", newList([first, ...args].map(strFromJs)));
}

/** `sys.argv[0]`. */
function nameOf(program: Program): string {
  switch (program.kind) {
    case "command":
      return "-c";
    case "module":
      return "-m";
    case "file":
      return program.path;
    case "stdin":
      return program.dash ? "-" : "";
  }
}

/** A number is an exit code whose reason has been printed. */
function start(program: Program, options: ProgramOptions): Result | number {
  switch (program.kind) {
    case "command":
      if (!options.safePath) prependPath("");
      return runText(strFromJs(program.source), "<string>");
    case "module":
      if (!options.safePath) prependPath(currentFolder());
      return runModule(program.name, true);
    case "stdin":
      if (!options.safePath) prependPath("");
      return runText(strFromJs(program.read()), "<stdin>");
    case "file":
      return runPath(program.path, program.skipFirstLine === true, options);
  }
}

export function mainModule(): PyModule {
  return rt.modules.getStr("__main__") as PyModule;
}

function prependPath(entry: string): void {
  const path = rt.sysDict.getStr("path");
  if (path instanceof PyList) path.items.unshift(strFromJs(entry));
  setProgramFolder(entry === "" ? currentFolder() : absolutePath(entry));
}

function runText(source: Value, filename: string): Result {
  const code = compileSource(source, filename, "exec");
  if (code === EXC) return EXC;
  rememberSource(code, source, filename);
  return runCode(code, mainModule().dict);
}

function runModule(name: string, setArgv: boolean): Result {
  const runpy = importModule("runpy");
  const run = runpy === EXC ? EXC : getAttr(runpy, "_run_module_as_main");
  return run === EXC ? EXC : call(run, [strFromJs(name), setArgv]);
}

function runPath(path: string, skipFirstLine: boolean, options: ProgramOptions): Result | number {
  const source = readFile(path);
  if (isImportable(path, source)) {
    prependPath(path);
    return runModule("__main__", false);
  }
  if (source === EXC) return cannotOpen(path, options.name);
  if (!options.safePath) prependPath(folderOf(path));
  const file = absolutePath(path);
  const { dict } = mainModule();
  dict.setStr("__file__", strFromJs(file));
  dict.setStr("__cached__", null);
  importState().mainFile = file;
  const bytes = arrayFromLatin1(skipFirstLine ? withoutFirstLine(source) : source.latin1);
  const text = guarded(() => decodeSource(bytes, file, { isFile: true, decoder: decodeByCodec }));
  const code = text === EXC ? EXC : compileSource(strFromJs(text), file, "exec");
  if (code === EXC) return EXC;
  return runCode(code, dict);
}

/** Is it a folder or a zip file, with a finder of its own? Then its `__main__` is the program. */
function isImportable(path: string, source: PyBytes | Exc): boolean {
  if (source === EXC ? !isFolder() : !source.latin1.includes(ZIP_END)) return false;
  const pending = rt.exc;
  rt.exc = null;
  const found = ensureInstalled() !== EXC && hasFinder(path);
  if (!found) rt.exc = pending;
  return found;
}
/** The mark of a zip file's directory. */
const ZIP_END = "PK\x05\x06";

/** Reading the program failed because it is a folder. */
function isFolder(): boolean {
  return catches(isADirectoryErrorType);
}

function hasFinder(path: string): boolean {
  const hooks = rt.sysDict.getStr("path_hooks");
  if (!(hooks instanceof PyList)) return false;
  for (const hook of hooks.items) {
    const finder = call(hook, [strFromJs(path)]);
    if (finder !== EXC) return true;
    rt.exc = null;
  }
  return false;
}

function readFile(path: string): PyBytes | Exc {
  const io = importModule("_io");
  const open = io === EXC ? EXC : getAttr(io, "open");
  const file = open === EXC ? EXC : call(open, [strFromJs(path), "rb"]);
  if (file === EXC) return EXC;
  const data = callMethod(file, "read");
  const closed = callMethod(file, "close");
  return data === EXC || closed === EXC ? EXC : (data as PyBytes);
}

/** Keeps the line break, so that numbers of lines stay right. */
function withoutFirstLine(source: PyBytes): string {
  const end = source.latin1.indexOf("\n");
  return end < 0 ? "" : source.latin1.slice(end);
}

function cannotOpen(path: string, name: string): number {
  if (!catches(osErrorType)) {
    // A path that cannot be a path, with a null byte in it.
    printUncaught(takeException());
    return 2;
  }
  const error = takeException();
  const errno = getAttr(error, "errno");
  const reason = getAttr(error, "strerror");
  writeStderr(
    strFromJs(`${name}: can't open file '${absolutePath(path)}': [Errno ${String(errno)}] ${String(reason)}\n`),
  );
  return 2;
}

/** `sys.path[0]` of a script: the folder of the file that a chain of links ends in. */
function folderOf(path: string): string {
  const file = realPath(path);
  return file.slice(0, file.lastIndexOf("/")) || "/";
}
