/**
 * What V8's optimising compilers shall do while a program starts. Importing runs much code once: what V8 then compiles
 * is out of date before it is done, takes the processor from the program where cores are few, and Node waits at its
 * exit for the compilation under way (the interpreter's loop takes some hundred milliseconds). So while modules are
 * imported only what is very hot is compiled, and the loop not at all; afterwards the loop may be, once it is really
 * busy; and when a program that has gone on for a while calls something new, everything is as V8 has it by default, but
 * for three things. V8 11 does not replace functions while they run (OSR): it would compile the interpreter's loop twice
 * each time, half a second and more, with a result that is thrown away soon (decision 0067). It does not optimise the
 * loop while the trace compiler makes code for what is hot, which is ready in a tenth of the time (decision 0068), nor
 * before the primer (`api/primer.ts`), which changes what V8 knows of the fields that the loop reads. And it never
 * optimises the loop that records.
 *
 * Flags are of a V8 version; an unknown version keeps its own ways, and starts slower.
 */
import type { Engine } from "../../src/host/host.ts";
import { lazy } from "../../src/host/node/lazy.ts";

const v8 = lazy<typeof import("node:v8")>("node:v8");

/** How long after the last import a program counts as started, in milliseconds. */
const SETTLED = 25;
/** How long one module may take. One that takes longer is no ordinary import, or was interrupted and has no end. */
const LONG = 2000;
/**
 * The trace compiler has done its work, for now, when it has made nothing for so long, or has worked for so long in all,
 * in milliseconds.
 */
const QUIET = 200;
const AT_MOST = 500;

/** `compiling`: the trace compiler is at work, or the loop has not run its primer yet. `usual`: as V8 has it. */
type Phase = "importing" | "settling" | "compiling" | "running" | "usual";

// V8 11 optimises a function of less than 81 bytes of bytecode, with all that it calls, the first time that it looks.
const SMALL_AT_ONCE = "--max-bytecode-size-for-early-opt=81";
const V8_11_USUAL = `${SMALL_AT_ONCE} --interrupt-budget=67584 --bytecode-size-allowance-per-tick=150 --max-optimized-bytecode-size=61440`;
const ALL = "--turbo-filter=*";
const NO_LOOP = "--turbo-filter=-loop*";
const V8_11: Record<Phase, string> = {
  importing: `--max-bytecode-size-for-early-opt=0 --interrupt-budget=540672 --bytecode-size-allowance-per-tick=10 --max-optimized-bytecode-size=20000 ${ALL}`,
  settling: `${SMALL_AT_ONCE} --interrupt-budget=540672 --bytecode-size-allowance-per-tick=10 --max-optimized-bytecode-size=61440 ${NO_LOOP}`,
  compiling: `${V8_11_USUAL} --no-use-osr ${NO_LOOP}`,
  running: `${V8_11_USUAL} --no-use-osr --turbo-filter=-loopRecording*`,
  usual: `${V8_11_USUAL} --use-osr ${ALL}`,
};

const PATIENT =
  "--invocation-count-for-turbofan=30000 --invocation-count-for-osr=30000 --minimum-invocations-after-ic-update=30000";

const V8_12_USUAL =
  "--invocation-count-for-turbofan=3000 --minimum-invocations-after-ic-update=500 " +
  "--max-optimized-bytecode-size=61440 --invocation-count-for-osr=800";
const V8_12: Record<Phase, string> = {
  importing: `${PATIENT} --max-optimized-bytecode-size=20000`,
  settling: `${PATIENT} --max-optimized-bytecode-size=61440`,
  compiling: V8_12_USUAL,
  running: V8_12_USUAL,
  usual: V8_12_USUAL,
};
// Maglev, which is on, changes two defaults of those that `--v8-options` tells.
const V8_13_USUAL =
  "--invocation-count-for-turbofan=10000 --minimum-invocations-after-ic-update=500 " +
  "--max-optimized-bytecode-size=61440 --invocation-count-for-osr=800 --maglev";
const V8_13: Record<Phase, string> = {
  importing: `${V8_12.importing} --no-maglev`,
  settling: `${V8_12.settling} --no-maglev`,
  compiling: V8_13_USUAL,
  running: V8_13_USUAL,
  usual: V8_13_USUAL,
};

const BY_VERSION: Record<string, Record<Phase, string> | undefined> = { 11: V8_11, 12: V8_12, 13: V8_13 };

/** The flags of each phase for a V8 version such as `11.3.244.8-node.38`; undefined for one that is not known. */
export function flagsFor(version: string): Record<Phase, string> | undefined {
  return BY_VERSION[version.slice(0, version.indexOf("."))];
}

export class V8Tiering implements Engine {
  private phase: Phase = "usual";
  private imports = 0;
  private lastImport = 0;
  /** When the trace compiler worked last, and first. */
  private lastWork = 0;
  private firstWork: number | null = null;
  private readonly flags = flagsFor(process.versions.v8);
  /** Nothing but the program's first code object has run, if that: no module, no function. */
  private isFirst = true;

  constructor(
    private readonly setFlags = (flags: string) => v8().setFlagsFromString(flags),
    private readonly now = () => Date.now(),
  ) {}

  importBegins(): void {
    this.isFirst = false;
    this.imports++;
    this.lastImport = this.now();
    this.enter("importing");
  }
  importEnds(): void {
    this.lastImport = this.now();
    if (--this.imports === 0) this.enter("settling");
  }
  compilerWorks(): void {
    this.lastWork = this.now();
    this.firstWork ??= this.lastWork;
    if (this.hasStarted() && this.lastWork - this.firstWork < AT_MOST) this.enter("compiling");
  }
  get optimizesLoop(): boolean {
    return this.flags === undefined || this.phase === "running" || (this.phase === "compiling" && !this.isAtWork());
  }
  loopRuns(isPrimed: boolean): void {
    this.programRuns();
    if (isPrimed && this.optimizesLoop) this.enter("running");
  }
  codeBegins(loops: () => boolean): void {
    // Code that runs once need not wait for Node to load the module that sets flags, and all streams with it.
    if (this.isFirst) {
      this.isFirst = false;
      if (!loops()) return;
    }
    this.programRuns();
  }
  private programRuns(): void {
    if (this.phase === "running" || !this.hasStarted()) return;
    this.imports = 0;
    this.enter("compiling");
  }
  /** Has the program itself begun, whose imports are done, or seem to have no end? */
  private hasStarted(): boolean {
    if (this.phase === "running" || this.phase === "compiling") return true;
    return this.now() - this.lastImport >= (this.imports > 0 ? LONG : SETTLED);
  }
  private isAtWork(): boolean {
    if (this.firstWork === null) return false;
    const now = this.now();
    return now - this.lastWork < QUIET && now - this.firstWork < AT_MOST;
  }
  /** V8's own ways again: the code cache, which is written at the end, is only good for the flags it was made under. */
  end(): void {
    this.enter("usual");
  }

  /** Runs `action` with V8's own ways: a code cache is only taken under the flags it was made under. */
  asUsual<T>(action: () => T): T {
    const { phase } = this;
    this.enter("usual");
    try {
      return action();
    } finally {
      this.enter(phase);
    }
  }

  private enter(phase: Phase): void {
    if (this.phase === phase || this.flags === undefined) return;
    this.phase = phase;
    this.setFlags(this.flags[phase]);
  }
}
