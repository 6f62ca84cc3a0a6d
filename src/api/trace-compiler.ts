/** The trace compiler of an interpreter, as its settings ask for it (`-X jit…`). */
import { TracingJit } from "../jit/compiler.ts";
import { DeferredCompiler } from "../jit/deferred.ts";
import { canCompile } from "../jit/emit/function.ts";
import { indented, jitSummary } from "../jit/report.ts";
import type { JitSettings } from "../jit/settings.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { TraceCompiler } from "../objects/tracing.ts";
import { jitSettings, wantsJit } from "./jit-options.ts";
import type { Settings } from "./settings.ts";
import { writeStderr } from "./uncaught.ts";

/** What `-X jit-stats` prints when the interpreter ends; null where nothing is asked for. */
export function statsText({ jit, canCompile }: Runtime, { xOptions }: Settings): string | null {
  if (!xOptions.has("jit-stats")) return null;
  if (jit instanceof TracingJit) return jitSummary(jit.stats);
  const reason = canCompile ? "it is off" : "functions cannot be made of text here (`new Function` is forbidden)";
  return `no trace compiler: ${reason}; the interpreter ran alone\n`;
}

/** Gives the runtime its compiler, unless that is not wanted, or functions cannot be made of text here. */
export function installTraceCompiler(runtime: Runtime, settings: Settings): void {
  const { xOptions } = settings;
  const wanted = wantsJit(settings);
  const jit = jitSettings(xOptions);
  runtime.canCompile = canCompile();
  if (!wanted || !runtime.canCompile) return;
  const make = () => traceCompiler(runtime, jit, xOptions);
  // Statistics count from the first instruction on.
  runtime.jit = xOptions.has("jit-stats") ? make() : new DeferredCompiler(runtime, jit, make);
}
function traceCompiler(runtime: Runtime, settings: JitSettings, xOptions: Settings["xOptions"]): TraceCompiler {
  const compiler = new TracingJit(runtime, settings, xOptions.has("jit-stats"));
  if (xOptions.has("jit-dump")) {
    compiler.onCompiled = (region) => writeStderr(`${indented(region.source)}\n`);
    compiler.stats.onBaseline = (source) => writeStderr(`${source}\n`);
  }
  return compiler;
}
