/** A line of the file that an error is about (`PyErr_ProgramText`): the compiler's errors name places, not texts. */
import { PyBytes } from "../objects/bytes.ts";
import { EXC } from "../objects/core.ts";
import { attempt, clearException } from "../objects/errors.ts";
import { importAttribute } from "../objects/import-hook.ts";
import { call, callMethod } from "../objects/protocol/call.ts";
import { strFromJs } from "../objects/str/astral.ts";
import { getCompiler } from "./compiler.ts";

/** Line `lineno` of the source file, with its end; null when it cannot be read. Raises nothing. */
export function programText(filename: string, lineno: number): string | null {
  if (filename.startsWith("<") || lineno < 1) return null;
  const source = readFile(filename);
  const compiler = getCompiler();
  if (source === null || compiler === EXC) {
    clearException();
    return null;
  }
  const text = attempt(() => {
    try {
      return compiler.decode(source, filename);
    } catch {
      return "";
    }
  });
  if (text === EXC) {
    clearException();
    return null;
  }
  return text.split(/(?<=\n)/)[lineno - 1] ?? null;
}
function readFile(filename: string): Uint8Array | null {
  const open = importAttribute("_io", "open");
  const file = open === EXC ? EXC : call(open, [strFromJs(filename), "rb"]);
  if (file === EXC) return null;
  const content = callMethod(file, "read");
  if (callMethod(file, "close") === EXC || content === EXC) return null;
  return content instanceof PyBytes ? content.bytes() : null;
}
