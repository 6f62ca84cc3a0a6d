/** `PyTraceBack_Print` to a file. */
import { tracebackLines } from "../../builtins/display-traceback.ts";
import { writeStr } from "../../builtins/io.ts";
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { typeError } from "../../objects/errors.ts";
import { PyTraceback } from "../../objects/traceback.ts";

export function tracebackPrint(traceback: Value, file: Value): Result {
  if (!(traceback instanceof PyTraceback)) return typeError("a traceback is required");
  for (const line of tracebackLines(traceback)) if (writeStr(file, line) === EXC) return EXC;
  return null;
}
