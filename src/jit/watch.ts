/**
 * Counting what the interpreter runs: by the trace compiler, and by an interpreter that runs alone (`Watcher`). Both
 * are told of each instruction by the recording loop.
 */
import { OPCODE } from "../generated/metadata.ts";
import { generalOpcode, isAdaptive } from "../interp/specialize/counter.ts";
import { failureKind } from "../interp/specialize/failure-kind.ts";
import { originalWord } from "../interp/executors.ts";
import type { End, Result } from "../objects/core.ts";
import type { PyCode } from "../objects/code.ts";
import type { PyFrame } from "../objects/frame.ts";
import type { PyFunction } from "../objects/function.ts";
import { CONTINUE, type TraceCompiler, type Transfer, WARM_LOOP } from "../objects/tracing.ts";
import { Counters } from "../stats/counters.ts";
import { Pause, holdAll } from "../stats/pause.ts";
import { Causes } from "./causes.ts";
import type { Places } from "./places.ts";
import { nameOf } from "./translate/instructions.ts";

/** Who counts, and in how much detail. */
export interface Counting {
  readonly counters: Counters;
  readonly causes: Causes;
  readonly places: Places | null;
}

export function countStep({ counters, causes, places }: Counting, frame: PyFrame, records: boolean): void {
  const word = originalWord(frame.code, frame.pc);
  const op = word & 255;
  counters.step(op, isAdaptive(op));
  // A frame begins, or goes on after a yield.
  const begins = generalOpcode(op) === OPCODE.RESUME;
  causes.step(frame, begins, records);
  places?.of(frame.code).interpreted(frame.pc, causes.last, 1);
  if (!begins) return;
  if (frame.isEntry) counters.fromNative++;
  else counters.fromPython++;
}
export function countMiss(counters: Counters, { code, pc }: PyFrame): void {
  counters.guardFailed(code.ops[pc] & 255);
}
/** The instruction where `frame` stands has tried to specialise itself. */
export function countAttempt({ counters, causes, places }: Counting, frame: PyFrame): void {
  const op = frame.code.ops[frame.pc] & 255;
  const family = generalOpcode(op);
  counters.again();
  takeBack(causes, places, frame.code, frame.pc, 1);
  if (op !== family) counters.success[family]++;
  else counters.failed(family, failureKind(nameOf(family), frame));
}

/** What was told as the interpreter's at `pc` is run, and counted, by compiled code; or is not, after all (`times` −1). */
export function handOver({ counters, causes, places }: Counting, code: PyCode, pc: number, op: number, times: number) {
  counters.handOver(op, times);
  takeBack(causes, places, code, pc, times);
}
function takeBack({ last }: Causes, places: Places | null, code: PyCode, pc: number, times: number): void {
  last.n -= times;
  places?.of(code).interpreted(pc, last, -times);
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
  readonly causes = new Causes(true);
  readonly pause: Pause;

  constructor(readonly places: Places | null = null) {
    this.pause = new Pause(() => this.hold());
  }

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
    countStep(this, frame, false);
    return false;
  }
  again(frame: PyFrame): void {
    countAttempt(this, frame);
  }
  guardFailed(frame: PyFrame): void {
    countMiss(this.counters, frame);
  }
  raised(): void {}
  abandon(): void {}
  private hold(): () => void {
    const { counters, causes, places } = this;
    return holdAll(
      () => counters.hold(),
      () => causes.hold(),
      ...(places === null ? [] : [places.hold]),
    );
  }

  // There is no compiled code.
  drive(): Transfer {
    return CONTINUE;
  }
  primeEntry(_func: PyFunction): void {}
  enter(): Transfer {
    throw new Error("compiled code without a compiler");
  }
  resume(): Result | End {
    throw new Error("compiled code without a compiler");
  }
  call(): Result {
    throw new Error("compiled code without a compiler");
  }
}
