/** Faults of Sidewinder itself: never a Python exception, always named as ours. */
import { INSTRUCTION_FACTS } from "../generated/metadata.ts";
import type { PyFrame } from "../objects/frame.ts";

export class InternalFault extends Error {
  /** Where it happened: "INSTRUCTION at unit N of function (file)". */
  readonly where: string;

  constructor(cause: unknown, frame: PyFrame | null) {
    const where = frame === null ? "outside of any frame" : instructionAt(frame);
    super(`Sidewinder internal fault: ${cause instanceof Error ? cause.message : String(cause)} [${where}]`, { cause });
    this.where = where;
  }
}
/** What goes on being thrown: an error of JavaScript's is a fault, which the innermost run has placed. */
export function faultAt(error: unknown, frame: PyFrame | null): unknown {
  return error instanceof Error && !(error instanceof InternalFault) ? new InternalFault(error, frame) : error;
}
/** "INSTRUCTION at unit N of function (file)". */
export function instructionAt(frame: PyFrame): string {
  const opcode = frame.code.ops[frame.pc] & 255;
  const name = INSTRUCTION_FACTS.find((facts) => facts.opcode === opcode)?.name ?? `opcode ${opcode}`;
  return `${name} at unit ${frame.pc} of ${frame.code.qualname} (${frame.code.filename})`;
}
