/** The trace compiler of an interpreter, as its settings ask for it (`-X jit…`). */
import { TracingJit } from "../jit/compiler.ts";
import { canCompile } from "../jit/emit/function.ts";
import { DEFAULTS, IDEAS, type Idea, type JitSettings } from "../jit/settings.ts";
import { jitSummary } from "../jit/report.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Settings } from "./settings.ts";
import { writeStderr } from "./uncaught.ts";

/** `-X jit-NAME=N`, by setting. */
const NUMBERS: Readonly<Record<string, keyof JitSettings>> = {
  "jit-threshold": "loopThreshold",
  "jit-entry-threshold": "entryThreshold",
  "jit-exit-threshold": "exitThreshold",
  "jit-trace-limit": "traceLimit",
  "jit-inline-limit": "inlineLimit",
};

/** What `-X jit-stats` prints when the interpreter ends; null where nothing is counted. */
export function statsText(jit: unknown): string | null {
  return jit instanceof TracingJit && jit.isWatching ? jitSummary(jit.stats) : null;
}

/** null: the interpreter alone, because that is asked for, or functions cannot be made of text here. */
export function traceCompiler(runtime: Runtime, settings: Settings): TracingJit | null {
  const { xOptions } = settings;
  if (xOptions.get("jit") !== "on" || !canCompile()) return null;
  const jit: JitSettings = { ...DEFAULTS, without: withoutIdeas(xOptions.get("jit-without")) };
  for (const [option, name] of Object.entries(NUMBERS)) {
    const value = Number(xOptions.get(option) ?? Number.NaN);
    if (Number.isInteger(value) && value > 0) (jit as unknown as Record<string, number>)[name] = value;
  }
  const compiler = new TracingJit(runtime, jit, xOptions.has("jit-stats"));
  if (xOptions.has("jit-dump")) compiler.onCompiled = (region) => writeStderr(`${region.source}\n`);
  return compiler;
}
function withoutIdeas(text: string | true | undefined): Set<Idea> {
  const names = typeof text === "string" ? text.split(",") : [];
  return new Set(names.filter((name): name is Idea => (IDEAS as readonly string[]).includes(name)));
}
