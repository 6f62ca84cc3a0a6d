import assert from "node:assert/strict";
import { test } from "node:test";
import type { PyFrame } from "../objects/frame.ts";
import type { Runtime } from "../objects/runtime.ts";
import { CONTINUE, RAISE, type TraceCompiler, WARM_LOOP } from "../objects/tracing.ts";
import { DeferredCompiler } from "./deferred.ts";
import { DEFAULTS, thresholdsOf } from "./settings.ts";

/** A frame whose code has a backward jump at 4 and a RESUME at 0. */
function someFrame(): PyFrame {
  return { pc: 1, code: { ops: new Int32Array(8), warmth: -1 } } as unknown as PyFrame;
}
/** The real compiler answers everything with RAISE, so that it can be told from the other. */
function deferred(loadThreshold: number) {
  const runtime = { jit: null } as Runtime;
  const real = { hotLoop: () => RAISE, hotEntry: () => RAISE } as unknown as TraceCompiler;
  runtime.jit = new DeferredCompiler(runtime, { ...DEFAULTS, loadThreshold }, () => real);
  return { runtime, real };
}

test("counters are set back until enough of them have overflowed; then the compiler answers", () => {
  const { runtime, real } = deferred(3);
  const frame = someFrame();
  const waiting = runtime.jit as TraceCompiler;
  assert.equal(waiting.hotLoop(frame, 4), CONTINUE);
  assert.equal(frame.code.ops[5], (thresholdsOf(DEFAULTS).warmThreshold << 4) | WARM_LOOP);
  assert.equal(waiting.hotEntry(frame, 0), CONTINUE);
  assert.equal(frame.code.warmth, thresholdsOf(DEFAULTS).warmThreshold);
  assert.equal(frame.pc, 1);
  assert.equal(runtime.jit, waiting);
  assert.equal(waiting.hotLoop(frame, 4), RAISE);
  assert.equal(runtime.jit, real);
});

test("a threshold of one waits for nothing", () => {
  const { runtime, real } = deferred(1);
  assert.equal(runtime.jit?.hotEntry(someFrame(), 0), RAISE);
  assert.equal(runtime.jit, real);
});

test("the engine hears of it from the first overflow on", () => {
  const { runtime } = deferred(3);
  let works = 0;
  runtime.engine = { compilerWorks: () => works++ } as unknown as NonNullable<Runtime["engine"]>;
  runtime.jit?.hotLoop(someFrame(), 4);
  runtime.jit?.hotEntry(someFrame(), 0);
  assert.equal(works, 2);
});
