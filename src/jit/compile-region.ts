/** From logs to a JavaScript function: translation until the assumptions hold, optimisation, emission. */
import type { PyFrame } from "../objects/frame.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Site } from "./deopt/leave.ts";
import { type Emitted, Emitter } from "./emit/emitter.ts";
import { compile } from "./emit/function.ts";
import { RUNTIME } from "./emit/runtime.ts";
import { TOO_LARGE } from "./failures.ts";
import type { Node } from "./ir/node.ts";
import type { Trace } from "./ir/trace.ts";
import type { Step } from "./record/log.ts";
import type { Region, RegionFunction } from "./region.ts";
import type { JitSettings } from "./settings.ts";
import type { JitStats } from "./stats.ts";
import type { Stress } from "./stress.ts";
import { Translator, Untranslatable, Widened } from "./translate/translator.ts";

/** The emission that takes a region over its size may be so much larger. */
const OVERSIZE = 1.3;

/** Leaves a region at one of the sites of that emission: an older one may still be running when there is a newer. */
export type Leave = (site: Site, frame: PyFrame, values: unknown[]) => number;

/** Gives null, or why the region cannot be compiled; its function stays what it was then. */
export function compileRegion(
  region: Region,
  runtime: Runtime,
  settings: JitSettings,
  stats: JitStats,
  leave: Leave,
  stress: Stress | null,
): string | null {
  const origins = stats.observer === null ? null : new Map<Node, Step>();
  const emitted = emittedOrReason(region, settings, stats, origins);
  if (typeof emitted === "string") return emitted;
  const { body, constants, sites } = emitted;
  const $ = { ...RUNTIME, rt: runtime, fail: stress?.fail };
  const at = (x: number, frame: PyFrame, values: unknown[]): number => leave(sites[x], frame, values);
  const make = compile(["$", "K", "leave"], [$, constants, at], body);
  region.run = make as RegionFunction;
  region.source = body;
  region.size = emitted.size;
  region.lengths = emitted.lengths;
  region.depth = emitted.depth;
  region.emissions++;
  if (origins !== null) stats.observer?.emitted({ ...emitted, region, origins });
  stats.emitted.regions += emitted.size;
  return null;
}

/** `depth`: most frames above the root. */
type Text = Emitted & { depth: number; trace: Trace; header: readonly Node[] };
type Origins = Map<Node, Step> | null;

/** A fault of the compiler's is no fault of the program's, which the interpreter can run. */
function emittedOrReason(region: Region, settings: JitSettings, stats: JitStats, origins: Origins): Text | string {
  try {
    const translated = stats.timed("translating", () => translate(region, settings, origins));
    if (typeof translated === "string") return translated;
    const emitted = stats.timed("emitting", () => emit(region, translated, settings, stats));
    return emitted.size > region.budget * OVERSIZE ? TOO_LARGE : emitted;
  } catch (error) {
    if (settings.isStrict && !(error instanceof RangeError)) throw error;
    return `fault: ${String(error)}`;
  }
}
function emit(region: Region, [translator, trace]: [Translator, Trace], settings: JitSettings, stats: JitStats): Text {
  const counted = stats.isCounting ? stats : null;
  const emitter = new Emitter(
    trace,
    translator.header,
    translator.start,
    region.name,
    counted,
    settings,
    region.isGenerator,
  );
  const depth = translator.exits.reduce((most, { snapshot }) => Math.max(most, snapshot.length - 1), 0);
  return { ...emitter.emit(), depth, trace, header: translator.header };
}

function translate(region: Region, settings: JitSettings, origins: Origins): [Translator, Trace] | string {
  // Each round widens a slot.
  for (let round = 0; round <= region.kinds.length; round++) {
    const translator = new Translator(region, settings, origins);
    try {
      return [translator, translator.translate()];
    } catch (error) {
      if (error instanceof Untranslatable) return error.message;
      if (!(error instanceof Widened)) throw error;
    }
  }
  return "assumptions do not settle";
}
