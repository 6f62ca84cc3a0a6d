/** `sys._jit`, and what `sys` says of the compilers' counting. */
import type { Value } from "../../objects/core.ts";
import { fn, instantiateModule, newModule } from "../../objects/define.ts";
import type { CountingPause } from "../../objects/tracing.ts";
import { rt } from "../../objects/runtime.ts";

/** `sys._jit`: questions about the trace compiler. */
const jitSpec = newModule("sys._jit", {
  doc: "Utilities for observing just-in-time compilation.",
  functions: () => ({
    is_available: fn("($module, /)", () => rt.canCompile),
    is_enabled: fn("($module, /)", () => rt.jit?.compiles === true),
    // Compiled code notes where it stands before it calls.
    is_active: fn("($module, /)", () => rt.frame !== null && rt.frame.spill !== null),
  }),
});
/** As in a CPython that was built with statistics: there where somebody counts. */
export const statisticsFunctions = (): Record<string, ReturnType<typeof fn>> =>
  rt.jit?.isWatching === true
    ? {
        _stats_on: fn("($module, /)", () => paused((pause) => pause.end())),
        _stats_off: fn("($module, /)", () => paused((pause) => pause.begin())),
        _stats_clear: fn("($module, /)", () => paused((pause) => pause.clear())),
      }
    : {};
function paused(action: (pause: CountingPause) => void): null {
  const pause = rt.jit?.pause ?? null;
  if (pause !== null) action(pause);
  return null;
}

export const jitModule = (): Value => instantiateModule(jitSpec).module;
