/** `PyTraceBack_Print`: a traceback's lines, by the `traceback` module. */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { typeError } from "../../objects/errors.ts";
import { importAttribute } from "../../objects/import-hook.ts";
import { callMethod, call } from "../../objects/protocol/call.ts";
import { PyTraceback } from "../../objects/traceback.ts";

export function tracebackPrint(traceback: Value, file: Value): Result {
  if (!(traceback instanceof PyTraceback)) return typeError("a traceback is required");
  if (callMethod(file, "write", ["Traceback (most recent call last):\n"]) === EXC) return EXC;
  const print = importAttribute("traceback", "print_tb");
  return print === EXC ? EXC : call(print, [traceback, null, file]);
}
