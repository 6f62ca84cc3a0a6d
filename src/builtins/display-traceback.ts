/** A traceback in its native form (`PyTraceBack_Print`): where and the source lines, without carets. */
import { EXC, type Value } from "../objects/core.ts";
import { clearException } from "../objects/errors.ts";
import { importAttribute } from "../objects/import-hook.ts";
import { concat } from "../objects/message.ts";
import { call } from "../objects/protocol/call.ts";
import { getAttr } from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";
import { type Str, strFromJs, strToJs } from "../objects/str/astral.ts";
import type { PyTraceback } from "../objects/traceback.ts";
import { strValue } from "../objects/values.ts";

const DEFAULT_LIMIT = 1000;
/** A line that repeats itself is shown so many times, then counted. */
const SHOWN_REPETITIONS = 3;

/** The lines with the head; none when `sys.tracebacklimit` forbids them. Never raises. */
export function tracebackLines(traceback: PyTraceback): Str[] {
  const limit = tracebackLimit();
  if (limit <= 0) return [];
  const entries: PyTraceback[] = [];
  for (let tb: PyTraceback | null = traceback; tb !== null; tb = tb.next) entries.push(tb);
  const lines: Str[] = ["Traceback (most recent call last):\n"];
  let last = "";
  let count = 0;
  const repeated = (): void => {
    const more = count - SHOWN_REPETITIONS;
    if (more > 0) lines.push(`  [Previous line repeated ${more} more time${more === 1 ? "" : "s"}]\n`);
  };
  for (const entry of entries.slice(-limit)) {
    const { code } = entry.frame;
    const lineno = lineOf(entry);
    const where = `  File "${code.filename}", line ${lineno ?? "?"}, in ${code.name}\n`;
    if (where !== last) {
      repeated();
      last = where;
      count = 0;
    }
    if (++count <= SHOWN_REPETITIONS) lines.push(where, ...sourceLine(code.filename, lineno));
  }
  repeated();
  return lines;
}
function tracebackLimit(): number {
  const limit = rt.sysDict.getStr("tracebacklimit");
  return typeof limit === "number" ? limit : DEFAULT_LIMIT;
}
function lineOf(entry: PyTraceback): Value | undefined {
  const lineno = getAttr(entry, "tb_lineno");
  if (lineno !== EXC) return lineno ?? undefined;
  clearException();
  return undefined;
}
function sourceLine(filename: string, lineno: Value | undefined): Str[] {
  const getLine = lineno === undefined ? EXC : importAttribute("linecache", "getline");
  const line = getLine === EXC ? EXC : call(getLine, [filename, lineno as Value]);
  if (line === EXC) {
    clearException();
    return [];
  }
  const text = strToJs(strValue(line) ?? "").trim();
  return text === "" ? [] : [concat("    ", strFromJs(text), "\n")];
}
