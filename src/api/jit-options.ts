/** The trace compiler's options (`-X jit…`) as its settings. A wrong one is an error: a switch must not do nothing. */
import { DEFAULTS, IDEAS, type Idea, type JitSettings } from "../jit/settings.ts";
import { Stress } from "../jit/stress.ts";
import type { Settings } from "./settings.ts";

type XOptions = Settings["xOptions"];
export { IDEAS };
/** `-X jit-NAME=N`, by setting. */
const NUMBERS = {
  "jit-load-threshold": "loadThreshold",
  "jit-warm-threshold": "warmThreshold",
  "jit-threshold": "loopThreshold",
  "jit-entry-threshold": "entryThreshold",
  "jit-exit-threshold": "exitThreshold",
  "jit-link-threshold": "linkThreshold",
  "jit-trace-limit": "traceLimit",
  "jit-segment-limit": "segmentLimit",
  "jit-inline-limit": "inlineLimit",
  "jit-region-size": "regionSize",
  "jit-small-region": "smallRegion",
  "jit-region-traces": "regionTraces",
} as const satisfies Record<string, keyof JitSettings>;
/** Those without a value that matters here. */
const OTHERS = ["jit", "jit-stats", "jit-lines", "jit-dump", "jit-without", "jit-stress", "jit-strict"];

/** Counters in instructions have four bits below their unit. */
const MAX_NUMBER = 1 << 26;

/** What is wrong with an option; thrown by `jitSettings`. */
export class JitOptionError extends Error {}

/** Is the trace compiler wanted? `-X jit=on|off` has the last word, then what `settings.jit` says. */
export function wantsJit({ xOptions, jit }: Pick<Settings, "xOptions" | "jit">): boolean {
  const given = xOptions.get("jit");
  if (given === undefined) return jit;
  if (given === true || given === "on" || given === "1") return true;
  if (given === "off" || given === "0") return false;
  throw new JitOptionError(`-X jit: on or off, not '${given}'`);
}

export function jitSettings(xOptions: XOptions): JitSettings {
  for (const name of xOptions.keys()) {
    if (name.startsWith("jit") && !OTHERS.includes(name) && !(name in NUMBERS)) {
      throw new JitOptionError(`-X ${name}: no such option of the trace compiler`);
    }
  }
  const stress = xOptions.has("jit-stress") ? wholeNumber("jit-stress", xOptions) : null;
  const settings: JitSettings = { ...DEFAULTS, without: ideas(xOptions.get("jit-without")), stress };
  settings.isStrict = xOptions.has("jit-strict");
  if (stress !== null) Object.assign(settings, underStress(stress));
  // Who asks about the compilers wants to see them at work.
  if ([...xOptions.keys()].some((name) => name.startsWith("jit-"))) settings.loadThreshold = 1;
  for (const [option, name] of Object.entries(NUMBERS)) {
    if (xOptions.has(option)) settings[name] = Math.min(MAX_NUMBER, Math.max(1, wholeNumber(option, xOptions)));
  }
  return settings;
}
/** Everything is hot at once, and regions stay small, since they are made anew again and again. */
function underStress(seed: number): Partial<JitSettings> {
  const random = new Stress(seed);
  return {
    warmThreshold: 1 + random.below(3),
    loopThreshold: 1 + random.below(3),
    entryThreshold: 1 + random.below(3),
    exitThreshold: 1 + random.below(3),
    linkThreshold: 1 + random.below(5),
    regionTraces: 12,
    regionSize: 30_000,
    smallRegion: 500 + random.below(8000),
  };
}
function wholeNumber(name: string, xOptions: XOptions): number {
  const text = xOptions.get(name);
  if (typeof text === "string" && /^\d{1,9}$/.test(text)) return Number(text);
  throw new JitOptionError(`-X ${name}: a whole number is needed${typeof text === "string" ? `, not '${text}'` : ""}`);
}
function ideas(text: string | true | undefined): Set<Idea> {
  if (text === undefined) return new Set();
  const names = text === true ? [] : text.split(",");
  const unknown = names.find((name) => !(IDEAS as readonly string[]).includes(name));
  if (names.length === 0 || unknown !== undefined) {
    throw new JitOptionError(`-X jit-without: ${unknown ?? "nothing"} is no idea; the ideas are ${IDEAS.join(", ")}`);
  }
  return new Set(names as Idea[]);
}
