/** What can be set about the trace compiler: thresholds, budgets, and a switch for each idea. */

/** Ideas that can be switched off one by one, to measure what each is worth (`-X jit-without=a,b`). */
export const IDEAS = [
  "baseline",
  "function-entries",
  "dynamic-exits",
  "side-exits",
  "joins",
  "continuations",
  "merging",
  "inlining",
  "call-ex",
  "send",
  "alloc-init",
  "unboxing",
  "guards",
  "constants",
  "ranges",
  "forwarding",
  "virtual-objects",
  "dead-code",
] as const;
export type Idea = (typeof IDEAS)[number];

export interface JitSettings {
  /**
   * Overflows of counters before the compilers themselves are loaded: what a program has then run through, some
   * thousand turns and calls, takes the interpreter about as long as loading takes.
   */
  loadThreshold: number;
  /**
   * Times that code is left for the interpreter by compiled code before it gets a baseline function; where it is smaller
   * than the two thresholds that follow, turns of a loop or calls of a function too, and recordings come after.
   */
  warmThreshold: number;
  /** Turns of a loop before it is recorded. A prime: the recorded turn should not always be the same odd one. */
  loopThreshold: number;
  /** Calls of a function before it is recorded from its entry. */
  entryThreshold: number;
  /** Times an exit is taken before a side trace is recorded from it. */
  exitThreshold: number;
  /**
   * How often a function is left for another region before it gets that one's body: both are optimised anew then, which
   * takes as long as some hundred thousand times leaving.
   */
  linkThreshold: number;
  /** Instructions in one trace. */
  traceLimit: number;
  /** Instructions after which a trace that is in its root's frame ends, and goes on in another region. */
  segmentLimit: number;
  /**
   * Instructions from a region's start, on whatever way, after which calls are no longer followed: what many regions
   * inline is compiled many times, and V8 gives up on what is too large. Less where the region begins at a function's
   * entry, which others inline in turn.
   */
  inlineBudget: number;
  entryInlineBudget: number;
  /** Python frames that a trace may have open beyond its root. */
  inlineLimit: number;
  /** Levels of recursion to one function that are followed; what is deeper is called through its entry. */
  recursionInline: number;
  /** Times that one backward jump may be taken in one frame of a trace: short inner loops are unrolled. */
  unrollLimit: number;
  /** Side traces that begin at one instruction for one reason: beyond, it has too many targets. */
  targetLimit: number;
  /** Traces in one region. */
  regionTraces: number;
  /**
   * Characters of JavaScript in one region beyond which it does not grow; V8 never optimises a function above 61,440
   * bytes of bytecode, of which a character makes 0.75.
   */
  regionSize: number;
  /**
   * Characters that a region may have at first. It may have twice as many where it, or an exit, is taken very often; until
   * then it goes on in continuations: V8 takes its time to optimise what is large, and begins anew with each emission.
   */
  smallRegion: number;
  without: ReadonlySet<Idea>;
  /** Faults of the compiler itself end the program, for tests; else the place is left to the interpreter. */
  isStrict: boolean;
  /** Seed of random failures, for tests (`stress.ts`); null: none. */
  stress: number | null;
}

export const DEFAULTS: JitSettings = {
  loadThreshold: 10,
  warmThreshold: 4001,
  loopThreshold: 503,
  entryThreshold: 751,
  exitThreshold: 31,
  linkThreshold: 100_000,
  traceLimit: 3000,
  segmentLimit: 1500,
  inlineBudget: 400,
  entryInlineBudget: 200,
  inlineLimit: 12,
  recursionInline: 1,
  unrollLimit: 6,
  targetLimit: 12,
  regionTraces: 64,
  regionSize: 60_000,
  smallRegion: 8_000,
  without: new Set(),
  isStrict: false,
  stress: null,
};

/** When the interpreter asks the compilers, as `TraceCompiler` tells it. */
export function thresholdsOf({ without, warmThreshold, loopThreshold, entryThreshold }: JitSettings): {
  loopThreshold: number;
  entryThreshold: number;
  warmThreshold: number;
} {
  return {
    loopThreshold,
    entryThreshold: without.has("function-entries") ? Number.MAX_SAFE_INTEGER : entryThreshold,
    warmThreshold: Math.min(warmThreshold, loopThreshold, entryThreshold),
  };
}
