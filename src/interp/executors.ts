/** Instructions in whose place compiled code has been put. */
import { OPCODE } from "../generated/metadata.ts";
import type { PyCode } from "../objects/code.ts";
import type { PyFrame } from "../objects/frame.ts";
import { rt } from "../objects/runtime.ts";
import type { Executor, TraceCompiler, Transfer } from "../objects/tracing.ts";

/** The backward jump at `pc` has been taken: it is hot now, or there is baseline code. `frame` stands at its target. */
export function compilersTurn(frame: PyFrame, pc: number): Transfer {
  const jit = rt.jit as TraceCompiler;
  const { ops } = frame.code;
  if (ops[pc + 1] < 16) return jit.hotLoop(frame, pc);
  ops[pc + 1] -= 16;
  return jit.drive(frame);
}
/** The instruction at `pc`, opcode and argument, as it was before ENTER_EXECUTOR took its place. */
export function originalWord(code: PyCode, pc: number): number {
  const word = code.ops[pc];
  return (word & 255) === OPCODE.ENTER_EXECUTOR ? (code.executors as Executor[])[word >>> 8].original : word;
}
