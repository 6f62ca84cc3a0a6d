/** `print`, `input`, `open`. */
import { EXC, type Exc, type KwNames, type Result, type Status, type Value } from "../objects/core.ts";
import { rawFn } from "../objects/define.ts";
import { clearException, raise, runtimeError, typeError } from "../objects/errors.ts";
import { eofErrorType } from "../objects/exceptions/types.ts";
import { importAttribute } from "../objects/import-hook.ts";
import { call, callMethod } from "../objects/protocol/call.ts";
import { isTrue, str } from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";
import { pointAt, strSlice } from "../objects/str/astral.ts";
import { typeOf } from "../objects/types.ts";
import { strValue } from "../objects/values.ts";
import { keywords, positionalCount, unpackArgs } from "./keywords.ts";

/** Writes `str(value)` to a file object. */
export function writeStr(file: Value, value: Value): Status {
  const text = str(value);
  if (text === EXC) return EXC;
  return callMethod(file, "write", [text]) === EXC ? EXC : null;
}

function separator(name: string, value: Value | undefined, otherwise: string): Value | Exc {
  if (value === undefined || value === null) return otherwise;
  if (strValue(value) !== undefined) return value;
  return typeError(`${name} must be None or a string, not ${typeOf(value).name}`);
}

function print(args: Value[], kwnames: KwNames): Result {
  let options: (Value | undefined)[] | Exc = [];
  if (kwnames !== null) options = keywords("print", ["sep", "end", "file", "flush"], args, kwnames, Infinity);
  if (options === EXC) return EXC;
  const [sepValue, endValue, fileValue, flush] = options;
  let file = fileValue ?? null;
  if (file === null) {
    const stdout = rt.sysDict.getStr("stdout");
    if (stdout === undefined) return runtimeError("lost sys.stdout");
    // sys.stdout may be None when there is nothing to write to.
    if (stdout === null) return null;
    file = stdout;
  }
  const sep = separator("sep", sepValue, " ");
  const end = sep === EXC ? EXC : separator("end", endValue, "\n");
  if (sep === EXC || end === EXC) return EXC;
  const count = positionalCount(args, kwnames);
  for (let i = 0; i < count; i++) {
    if (i > 0 && writeStr(file, sep) === EXC) return EXC;
    if (writeStr(file, args[i]) === EXC) return EXC;
  }
  if (writeStr(file, end) === EXC) return EXC;
  const wanted = flush === undefined ? false : isTrue(flush);
  if (wanted === EXC || (wanted && callMethod(file, "flush") === EXC)) return EXC;
  return null;
}

function stream(name: string): Result {
  const file = rt.sysDict.getStr(name);
  return file === undefined || file === null ? runtimeError(`input(): lost sys.${name}`) : file;
}
function input(args: Value[], kwnames: KwNames): Result {
  if (unpackArgs("input", args, kwnames, 0, 1) === EXC) return EXC;
  const stdin = stream("stdin");
  const stdout = stdin === EXC ? EXC : stream("stdout");
  if (stdin === EXC || stdout === EXC || stream("stderr") === EXC) return EXC;
  if (args.length === 1 && writeStr(stdout, args[0]) === EXC) return EXC;
  // Not every stream can be flushed; the prompt is written all the same.
  if (callMethod(stdout, "flush") === EXC) clearException();
  const line = callMethod(stdin, "readline");
  if (line === EXC) return EXC;
  const text = strValue(line);
  if (text === undefined) return typeError("object.readline() returned non-string");
  if (text.length === 0) return raise(eofErrorType, "EOF when reading a line");
  return pointAt(text, text.length - 1) === 10 ? strSlice(text, 0, text.length - 1) : text;
}

/** `open` before `io.open` has taken its place. */
function open(args: Value[], kwnames: KwNames): Result {
  const real = importAttribute("_io", "open");
  return real === EXC ? EXC : call(real, args, kwnames);
}

export const ioFunctions = () => ({
  print: rawFn(print, "Prints the values to a stream, or to sys.stdout by default.").signedAs(
    "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)",
  ),
  input: rawFn(input, "Read a string from standard input.  The trailing newline is stripped.").signedAs(
    "($module, prompt='', /)",
  ),
  open: rawFn(open, "Open file and return a stream.  Raise OSError upon failure.").signedAs(
    "($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)",
  ),
});
