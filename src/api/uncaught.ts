/** The end of a program: exceptions that nobody caught, SystemExit, and what runs at exit. Source: docs of sys.excepthook. */
import { flushAll } from "../modules/_io/state.ts";
import { EXC, type Result, type Value } from "../objects/core.ts";
import { catches } from "../objects/errors.ts";
import type { PyBaseException } from "../objects/exceptions/base.ts";
import { keyboardInterruptType, systemExitType } from "../objects/exceptions/types.ts";
import type { PyCode } from "../objects/code.ts";
import { importModule } from "../objects/import-hook.ts";
import { call, callMethod } from "../objects/protocol/call.ts";
import { getAttr, lookupAttr, str } from "../objects/protocol/object.ts";
import { rt, takeException } from "../objects/runtime.ts";
import { type Str, strToJs } from "../objects/str/astral.ts";

/** The exit code of a program that an uncaught KeyboardInterrupt ended: minus the signal, as `subprocess` has it. */
export const INTERRUPTED = -2;

/** Swallows a pending exception that there is nobody to tell about. */
function swallow<T>(result: T): T {
  if (result === EXC) rt.exc = null;
  return result;
}

export function writeStderr(text: Str): void {
  const file = rt.sysDict.getStr("stderr");
  if (file === undefined || file === null) return;
  swallow(callMethod(file, "write", [text]));
}

export function flushStream(name: "stdout" | "stderr"): Result {
  const file = rt.sysDict.getStr(name);
  if (file === undefined || file === null) return null;
  const closed = lookupAttr(file, "closed");
  if (closed === EXC || closed === undefined) return swallow(null);
  return closed === true ? null : callMethod(file, "flush");
}

/** Takes the pending exception and does with it what the end of a program does; gives the exit code. */
export function reportUncaught(): number {
  if (catches(systemExitType)) return exitCode(takeException());
  const interrupted = catches(keyboardInterruptType);
  printUncaught(takeException());
  return interrupted ? INTERRUPTED : 1;
}

/** SystemExit's code: None is 0, an int itself, anything else is printed and means 1. */
function exitCode(exception: PyBaseException): number {
  const code = lookupAttr(exception, "code");
  if (code === undefined || code === null) return 0;
  if (code === EXC) return swallow(1);
  if (typeof code === "boolean") return code ? 1 : 0;
  if (typeof code === "number") return code & 0xff;
  if (typeof code === "bigint") return 0xff;
  swallow(flushStream("stdout"));
  const text = swallow(str(code));
  if (text !== EXC) writeStderr(text);
  writeStderr("\n");
  return 1;
}

const SOURCES = {};
interface TextSource {
  code: PyCode;
  source: Value;
  filename: string;
}
const textSources = (): TextSource[] => rt.state(SOURCES, () => []);

/** Text that is in no file: `linecache`, which costs time to load, gets to know it when a traceback is to be printed. */
export function rememberSource(code: PyCode, source: Value, filename: string): void {
  textSources().push({ code, source, filename });
}

/** Such a text by the name it was run under. */
export function textSource(name: string): string | null {
  const source = textSources().findLast(({ filename }) => filename === name)?.source;
  return typeof source === "string" ? source : null;
}

function registerSources(): void {
  const sources = textSources();
  for (const { code, source, filename } of sources.splice(0)) {
    const linecache = importModule("linecache");
    if (linecache !== EXC) callMethod(linecache, "_register_code", [code, source, filename]);
    rt.exc = null;
  }
}

/** Prints through `sys.excepthook`, and leaves the exception in `sys.last_exc`. */
export function printUncaught(exception: PyBaseException): void {
  const cls = exception.shape.cls;
  registerSources();
  rt.sysDict.setStr("last_exc", exception);
  rt.sysDict.setStr("last_type", cls);
  rt.sysDict.setStr("last_value", exception);
  rt.sysDict.setStr("last_traceback", exception.traceback);
  swallow(flushStream("stdout"));
  const hook = rt.sysDict.getStr("excepthook");
  const args: Value[] = [cls, exception, exception.traceback];
  if (hook !== undefined && hook !== null) {
    if (call(hook, args) !== EXC) return;
    if (catches(systemExitType)) return;
    writeStderr("Error in sys.excepthook:\n");
    displayDefault(takeException());
    writeStderr("\nOriginal exception was:\n");
  } else {
    writeStderr("sys.excepthook is missing\n");
  }
  displayDefault(exception);
}

function displayDefault(exception: PyBaseException): void {
  const display = rt.sysDict.getStr("__excepthook__");
  const args: Value[] = [exception.shape.cls, exception, exception.traceback];
  if (display !== undefined && call(display, args) !== EXC) return;
  rt.exc = null;
  const text = swallow(str(exception));
  writeStderr(`${exception.shape.cls.qualname}: ${text === EXC ? "<unprintable>" : strToJs(text)}\n`);
}

/** What happens between the program's last statement and the process's end; gives the exit code after it. */
export function finalize(code: number): number {
  const threading = rt.modules.getStr("threading");
  if (threading !== undefined && threading !== null) runExit(threading, "_shutdown");
  const atexit = rt.modules.getStr("atexit");
  if (atexit !== undefined && atexit !== null) runExit(atexit, "_run_exitfuncs");
  const flushed = flushStream("stdout");
  if (flushed === EXC) reportFlush(takeException());
  swallow(flushStream("stderr"));
  // Files that nobody closed: CPython writes them out when they die.
  flushAll();
  // CPython's status for output that could not be written.
  return flushed === EXC ? 120 : code;
}

function runExit(module: Value, name: string): void {
  const f = getAttr(module, name);
  if (f === EXC || call(f) === EXC) printUncaught(takeException());
}

function reportFlush(exception: PyBaseException): void {
  const file = rt.sysDict.getStr("stdout") as Value;
  writeStderr("Exception ignored ");
  const text = swallow(callMethod(file, "__repr__"));
  writeStderr(`while flushing ${text === EXC ? "sys.stdout" : strToJs(text as Str)}:\n`);
  displayDefault(exception);
}
