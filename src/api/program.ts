/** Runs a program the way CPython's command line does: as text, module, file, folder or zip, or from stdin. */
import { EXC, type Exc, type Result, type Value } from "../objects/core.ts";
import { PyDict } from "../objects/dict.ts";
import { catches } from "../objects/errors.ts";
import { osErrorType } from "../objects/exceptions/types.ts";
import { importModule } from "../objects/import-module.ts";
import { PyList, newList } from "../objects/list.ts";
import { PyModule } from "../objects/module.ts";
import { call, callMethod } from "../objects/protocol/call.ts";
import { getAttr } from "../objects/protocol/object.ts";
import { rt, takeException } from "../objects/runtime.ts";
import { strFromJs } from "../objects/str/astral.ts";
import { PyBytes, newBytes } from "../objects/bytes.ts";
import { compileSource, runCode } from "./source.ts";
import { printUncaught, rememberSource, reportUncaught, writeStderr } from "./uncaught.ts";

export type Program =
  | { kind: "command"; source: string }
  | { kind: "module"; name: string }
  | { kind: "file"; path: string; skipFirstLine?: boolean }
  /** The text of stdin; `read` gives it when the program is about to run. */
  | { kind: "stdin"; read: () => string };

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
  const first = { command: "-c", module: "-m", file: "path" in program ? program.path : "", stdin: "" }[program.kind];
  rt.sysDict.setStr("argv", newList([first, ...args].map(strFromJs)));
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
}

function currentFolder(): string {
  const os = importModule("os");
  const folder = os === EXC ? EXC : callMethod(os, "getcwd");
  if (folder === EXC) rt.exc = null;
  return typeof folder === "string" ? folder : "";
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
  if (isImportable(path)) {
    prependPath(path);
    return runModule("__main__", false);
  }
  const source = readFile(path);
  if (source === EXC) return cannotOpen(path, options.name);
  if (!options.safePath) prependPath(folderOf(path));
  const { dict } = mainModule();
  dict.setStr("__file__", strFromJs(path));
  dict.setStr("__cached__", null);
  if (setLoader(path, dict) === EXC) return EXC;
  const text = skipFirstLine ? withoutFirstLine(source) : source;
  const code = compileSource(text, path, "exec");
  if (code === EXC) return EXC;
  return runCode(code, dict);
}

/** Is it a folder or a zip file, with a finder of its own? Then its `__main__` is the program. */
function isImportable(path: string): boolean {
  const pkgutil = rt.modules.getStr("_frozen_importlib_external");
  if (!(pkgutil instanceof PyModule)) return false;
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
function withoutFirstLine(source: PyBytes): PyBytes {
  const end = source.latin1.indexOf("\n");
  return end < 0 ? source : newBytes(source.latin1.slice(end));
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
  writeStderr(strFromJs(`${name}: can't open file '${absolute(path)}': [Errno ${String(errno)}] ${String(reason)}\n`));
  return 2;
}

function absolute(path: string): string {
  if (path.startsWith("/")) return path;
  const folder = currentFolder();
  return folder === "" ? path : `${folder.replace(/\/$/, "")}/${path}`;
}

/** `sys.path[0]` of a script: the folder of the file that a chain of links ends in. */
function folderOf(path: string): string {
  const os = importModule("os.path");
  const real = os === EXC ? EXC : callMethod(os, "realpath", [strFromJs(path)]);
  if (real === EXC) rt.exc = null;
  const file = typeof real === "string" ? real : path;
  const slash = file.lastIndexOf("/");
  return slash < 0 ? "" : file.slice(0, slash) || "/";
}

function setLoader(path: string, dict: PyDict): Result {
  const external = rt.modules.getStr("_frozen_importlib_external");
  if (!(external instanceof PyModule)) return null;
  const loader = call(external.dict.getStr("SourceFileLoader") as Value, ["__main__", strFromJs(path)]);
  if (loader === EXC) return EXC;
  dict.setStr("__loader__", loader);
  return null;
}
