/** Where the interpreter's loops meet tools that watch execution. */
import type { PyCode } from "../objects/code.ts";
import { systemError } from "../objects/errors.ts";
import { RAISE, SWITCH_LOOP, type Transfer } from "../objects/tracing.ts";

/** INSTRUMENTED_INSTRUCTION: what the loop ran is not the code's any more; else some program has put it there. */
export function handOver(code: PyCode, ops: Int32Array): Transfer {
  if (code.ops !== ops) return SWITCH_LOOP;
  systemError("unknown opcode");
  return RAISE;
}
