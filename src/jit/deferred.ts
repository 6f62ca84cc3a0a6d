/**
 * Stands for the compilers until the program has run for a while. Most programs and all imports are over before
 * compiled code could pay for the compilers themselves, which take longer to load than a short program takes to run.
 */
import type { End, Result } from "../objects/core.ts";
import type { PyFrame } from "../objects/frame.ts";
import type { PyFunction } from "../objects/function.ts";
import type { Runtime } from "../objects/runtime.ts";
import { CONTINUE, WARM_LOOP, type TraceCompiler, type Transfer } from "../objects/tracing.ts";
import { type Idea, type JitSettings, thresholdsOf } from "./settings.ts";

export class DeferredCompiler implements TraceCompiler {
  readonly compiles = true;
  readonly loopThreshold: number;
  readonly entryThreshold: number;
  readonly warmThreshold: number;
  readonly isWatching = false;
  readonly isRecording = false;
  readonly pause = null;
  /** Overflows of counters that are still waited for. */
  private patience: number;

  constructor(
    private readonly runtime: Runtime,
    private readonly settings: JitSettings,
    private readonly make: () => TraceCompiler,
  ) {
    ({
      loopThreshold: this.loopThreshold,
      entryThreshold: this.entryThreshold,
      warmThreshold: this.warmThreshold,
    } = thresholdsOf(settings));
    this.patience = settings.loadThreshold;
  }

  lacks(idea: string): boolean {
    return this.settings.without.has(idea as Idea);
  }

  hotLoop(frame: PyFrame, pc: number): Transfer {
    if (this.overflows()) return this.compiler().hotLoop(frame, pc);
    frame.code.ops[pc + 1] = (this.warmThreshold << 4) | WARM_LOOP;
    return CONTINUE;
  }
  hotEntry(frame: PyFrame, pc: number): Transfer {
    if (this.overflows()) return this.compiler().hotEntry(frame, pc);
    frame.code.warmth = this.warmThreshold;
    frame.pc = pc + 1;
    return CONTINUE;
  }
  /** Counts an overflow; true: it is the one that the compilers are loaded for. */
  private overflows(): boolean {
    this.runtime.engine?.compilerWorks();
    return --this.patience <= 0;
  }
  /** Takes this one's place. */
  private compiler(): TraceCompiler {
    const compiler = this.make();
    this.runtime.jit = compiler;
    return compiler;
  }

  // There is no compiled code yet, and no recording.
  drive(frame: PyFrame): Transfer {
    return this.compiler().drive(frame);
  }
  primeEntry(func: PyFunction): void {
    this.compiler().primeEntry(func);
  }
  enter(frame: PyFrame, index: number): Transfer {
    return this.compiler().enter(frame, index);
  }
  resume(frame: PyFrame): Result | End {
    return this.compiler().resume(frame);
  }
  call(frame: PyFrame): Result {
    return this.compiler().call(frame);
  }
  step(): boolean {
    return false;
  }
  again(): void {}
  guardFailed(): void {}
  raised(): void {}
  abandon(): void {}
}
