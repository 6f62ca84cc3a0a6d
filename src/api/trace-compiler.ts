/** The trace compiler of an interpreter, as its settings ask for it (`-X jit…`). */
import type { Clock, FileSystem } from "../host/host.ts";
import { TracingJit } from "../jit/compiler.ts";
import { DeferredCompiler } from "../jit/deferred.ts";
import { canCompile } from "../jit/emit/function.ts";
import { jitSummary } from "../jit/report.ts";
import { Places } from "../jit/places.ts";
import { Watcher } from "../jit/watch.ts";
import type { Runtime } from "../objects/runtime.ts";
import { jitSettings, wantsJit } from "./jit-options.ts";
import { dumpRequest, finishDump, installDump } from "./jit-dump.ts";
import type { Settings } from "./settings.ts";
import { type StatisticsOutput, wantsOperations, wantsPlaces, wantsStatistics, writeStatistics } from "./statistics.ts";

type HostConfig = { readonly files: FileSystem; readonly clock: Clock };

/** What `-X jit-stats` prints when the interpreter ends; null where nothing is asked for. */
export function statsText({ jit, canCompile }: Runtime, { xOptions }: Settings): string | null {
  if (xOptions.get("jit-stats") !== true) return null;
  if (jit instanceof TracingJit) return jitSummary(jit.stats);
  const reason = canCompile ? "it is off" : "functions cannot be made of text here (`new Function` is forbidden)";
  return `no trace compiler: ${reason}; the interpreter ran alone\n`;
}

/** Gives the runtime its compiler, unless that is not wanted, or functions cannot be made of text here. */
export function installTraceCompiler(runtime: Runtime, settings: Settings, host: HostConfig): void {
  const { xOptions } = settings;
  const wanted = wantsJit(settings);
  const jit = jitSettings(xOptions);
  runtime.canCompile = canCompile();
  const hasStats = wantsStatistics(xOptions);
  const places = wantsPlaces(xOptions) ? new Places() : null;
  if (!wanted || !runtime.canCompile) {
    if (hasStats) runtime.jit = new Watcher(places);
    return;
  }
  const dump = dumpRequest(xOptions);
  const counts = hasStats || dump?.kind === "json";
  const make = () => {
    const compiler = new TracingJit(runtime, jit, counts, host.clock, places);
    compiler.stats.countsOperations = wantsOperations(xOptions);
    if (dump !== null) installDump(compiler, dump, host.files);
    return compiler;
  };
  // Statistics count from the first instruction on; a dump is written though nothing gets hot.
  runtime.jit = hasStats || dump !== null ? make() : new DeferredCompiler(runtime, jit, make);
}
/** Writes what was asked for and is known only at the end. */
export function finishTraceCompiler(runtime: Runtime, output: StatisticsOutput): void {
  if (runtime.jit instanceof TracingJit) finishDump(runtime.jit);
  writeStatistics(runtime, output);
}
