/**
 * Counting what the interpreter runs: by the trace compiler, and by an interpreter that runs alone (`Watcher`). Both
 * are told of each instruction by the recording loop.
 */
import { OPCODE } from "../generated/metadata.ts";
import { generalOpcode, isAdaptive } from "../interp/specialize/counter.ts";
import { failureKind } from "../interp/specialize/failure-kind.ts";
import { originalWord } from "../interp/executors.ts";
import type { End, Result } from "../objects/core.ts";
import type { PyFrame } from "../objects/frame.ts";
import { CONTINUE, type TraceCompiler, type Transfer, WARM_LOOP } from "../objects/tracing.ts";
import { Counters } from "../stats/counters.ts";
import { nameOf } from "./translate/instructions.ts";

export function countStep(counters: Counters, frame: PyFrame): void {
  const word = originalWord(frame.code, frame.pc);
  const op = word & 255;
  counters.step(op, isAdaptive(op));
  // A frame begins, or goes on after a yield.
  if (generalOpcode(op) !== OPCODE.RESUME) return;
  if (frame.isEntry) counters.fromNative++;
  else counters.fromPython++;
}
export function countMiss(counters: Counters, { code, pc }: PyFrame): void {
  counters.guardFailed(code.ops[pc] & 255);
}
/** The instruction where `frame` stands has tried to specialise itself. */
export function countAttempt(counters: Counters, frame: PyFrame): void {
  const op = frame.code.ops[frame.pc] & 255;
  const family = generalOpcode(op);
  counters.again();
  if (op !== family) counters.success[family]++;
  else counters.failed(family, failureKind(nameOf(family), frame));
}

/** So many turns that no loop comes to an end of them. */
const NEVER = 1 << 26;

/** In the trace compiler's place where the interpreter runs alone and is counted. */
export class Watcher implements TraceCompiler {
  readonly compiles = false;
  readonly loopThreshold = NEVER;
  readonly entryThreshold = NEVER;
  readonly warmThreshold = NEVER;
  readonly isWatching = true;
  readonly isRecording = false;
  readonly counters = new Counters();

  lacks(): boolean {
    return false;
  }
  hotLoop(frame: PyFrame, pc: number): Transfer {
    frame.code.ops[pc + 1] = (NEVER << 4) | WARM_LOOP;
    return CONTINUE;
  }
  hotEntry(frame: PyFrame, pc: number): Transfer {
    frame.code.warmth = NEVER;
    frame.pc = pc + 1;
    return CONTINUE;
  }
  step(frame: PyFrame): boolean {
    countStep(this.counters, frame);
    return false;
  }
  again(frame: PyFrame): void {
    countAttempt(this.counters, frame);
  }
  guardFailed(frame: PyFrame): void {
    countMiss(this.counters, frame);
  }
  raised(): void {}
  abandon(): void {}

  // There is no compiled code.
  drive(): Transfer {
    return CONTINUE;
  }
  enter(): Transfer {
    throw new Error("compiled code without a compiler");
  }
  resume(): Result | End {
    throw new Error("compiled code without a compiler");
  }
}
