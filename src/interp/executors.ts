/** Instructions in whose place compiled code has been put. */
import { OPCODE } from "../generated/metadata.ts";
import type { PyCode } from "../objects/code.ts";
import type { Executor } from "../objects/tracing.ts";

/** The instruction at `pc`, opcode and argument, as it was before ENTER_EXECUTOR took its place. */
export function originalWord(code: PyCode, pc: number): number {
  const word = code.ops[pc];
  return (word & 255) === OPCODE.ENTER_EXECUTOR ? (code.executors as Executor[])[word >>> 8].original : word;
}
