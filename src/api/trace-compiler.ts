/** The trace compiler of an interpreter, as its settings ask for it (`-X jit…`). */
import type { Clock, FileSystem } from "../host/host.ts";
import { TracingJit } from "../jit/compiler.ts";
import { DeferredCompiler } from "../jit/deferred.ts";
import { Collector } from "../jit/dump/collector.ts";
import { canCompile } from "../jit/emit/function.ts";
import { jitSummary } from "../jit/report.ts";
import { Places } from "../jit/places.ts";
import { Watcher } from "../jit/watch.ts";
import type { Runtime } from "../objects/runtime.ts";
import { JitOptionError, jitSettings, wantsJit } from "./jit-options.ts";
import { dumpRequest, finishDump, installDump } from "./jit-dump.ts";
import type { Settings } from "./settings.ts";
import { type Observe, type StatisticsOutput, withOptions, writeStatistics } from "./statistics.ts";

type HostConfig = { readonly files: FileSystem; readonly clock: Clock };

/** What `-X jit-stats` prints when the interpreter ends; null where nothing is asked for. */
export function statsText({ jit, canCompile }: Runtime, { xOptions }: Settings): string | null {
  if (xOptions.get("jit-stats") !== true) return null;
  if (jit instanceof TracingJit) return jitSummary(jit.stats);
  const reason = canCompile ? "it is off" : "functions cannot be made of text here (`new Function` is forbidden)";
  return `no trace compiler: ${reason}; the interpreter ran alone\n`;
}

/** Gives the runtime its compiler, unless that is not wanted, or functions cannot be made of text here. */
export function installTraceCompiler(
  runtime: Runtime,
  settings: Settings,
  host: HostConfig,
  observe: Observe = {},
): void {
  const { xOptions } = settings;
  const wanted = wantsJit(settings);
  const jit = jitSettings(xOptions);
  const { stats, lines, traces } = withOptions(observe, xOptions);
  runtime.canCompile = canCompile();
  const places = lines ? new Places() : null;
  if (!wanted || !runtime.canCompile) {
    if (stats || lines) runtime.jit = new Watcher(places);
    return;
  }
  const dump = dumpRequest(xOptions);
  if (traces && dump?.kind === "text") throw new JitOptionError("-X jit-dump: stages as text, or traces, not both");
  const isCounting = stats || lines || traces || dump?.kind === "json";
  const make = () => {
    const compiler = new TracingJit(runtime, jit, isCounting, host.clock, places);
    compiler.stats.countsOperations = stats;
    if (dump !== null) installDump(compiler, dump, host.files);
    else if (traces) compiler.stats.observer = new Collector(compiler.stats);
    return compiler;
  };
  // Statistics count from the first instruction on; a dump is written though nothing gets hot.
  runtime.jit = isCounting || dump !== null ? make() : new DeferredCompiler(runtime, jit, make);
}
/** Writes what was asked for and is known only at the end. */
export function finishTraceCompiler(runtime: Runtime, output: StatisticsOutput): void {
  if (runtime.jit instanceof TracingJit) finishDump(runtime.jit);
  writeStatistics(runtime, output);
}
