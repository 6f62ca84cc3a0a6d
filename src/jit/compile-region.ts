/** From logs to a JavaScript function: translation until the assumptions hold, optimisation, emission. */
import type { PyFrame } from "../objects/frame.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Site } from "./deopt/leave.ts";
import { type Emitted, Emitter } from "./emit/emitter.ts";
import { compile } from "./emit/function.ts";
import type { Member } from "./emit/liveness.ts";
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
  let annexes = annexesOf(region, settings);
  let emitted = emittedOrReason([region, ...annexes], settings, stats, origins);
  // It may be one of the others that cannot be compiled.
  if (typeof emitted === "string" && annexes.length > 0) {
    annexes = [];
    emitted = emittedOrReason([region], settings, stats, origins);
  }
  if (typeof emitted === "string") return emitted;
  const { body, constants, sites } = emitted;
  region.annexes.clear();
  for (const annex of annexes) region.annexes.set(annex, annex.emissions);
  const $ = { ...RUNTIME, rt: runtime, fail: stress?.fail };
  const at = (x: number, frame: PyFrame, values: unknown[]): number => leave(sites[x], frame, values);
  region.run = stats.timed("making functions", () =>
    compile(["$", "K", "leave"], [$, constants, at], body),
  ) as RegionFunction;
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
function emittedOrReason(
  regions: readonly Region[],
  settings: JitSettings,
  stats: JitStats,
  origins: Origins,
): Text | string {
  try {
    const translated = stats.timed("translating", () => translateAll(regions, settings, origins));
    if (typeof translated === "string") return translated;
    const emitted = stats.timed("emitting", () => emit(translated, settings, stats));
    return emitted.size > regions[0].budget * OVERSIZE ? TOO_LARGE : emitted;
  } catch (error) {
    if (settings.isStrict && !(error instanceof RangeError)) throw error;
    return `fault: ${String(error)}`;
  }
}
function emit(members: readonly Translated[], settings: JitSettings, stats: JitStats): Text {
  const counted = stats.isCounting ? stats : null;
  const [{ region, trace, header }] = members;
  const emitter = new Emitter(members, region.name, counted, settings, region.isGenerator);
  const depth = members.reduce((most, member) => Math.max(most, member.depth), 0);
  return { ...emitter.emit(), depth, trace, header };
}

// ── several regions in one function ────────────────────────────────────────────────────────────────────────────
/** Characters of all regions of one function: V8 takes longer with it the larger it is. */
const MERGED = 24_000;

/** Can the function of `host` have the body of `other` too, to go over to it without leaving? */
export function canAnnex(host: Region, other: Region, size: number, { without }: JitSettings): boolean {
  if (other === host || other.run === null || without.has("merging")) return false;
  const { code, globals } = host.root;
  return other.root.code === code && other.root.globals === globals && size + other.size <= MERGED;
}

/** The regions that a region often leads to, directly or by others, the nearest first, as far as there is room. */
function annexesOf(host: Region, settings: JitSettings): Region[] {
  const found = [host];
  let { size } = host;
  for (const region of found) {
    for (const [target, times] of region.links) {
      // Regions on the way of one that is left so often are as well.
      if (times * 4 < settings.linkThreshold || found.includes(target) || !canAnnex(host, target, size, settings))
        continue;
      found.push(target);
      size += target.size;
    }
  }
  return found.slice(1);
}

type Translated = Member & { readonly depth: number };

/** All of them anew when one has turned out to assume too much of its slots: the others lead there with such values. */
function translateAll(regions: readonly Region[], settings: JitSettings, origins: Origins): Translated[] | string {
  const annexes = new Set(regions);
  for (;;) {
    const assumed = regions.map(({ kinds }) => kinds.join());
    const members: Translated[] = [];
    for (const region of regions) {
      const translated = translate(region, settings, region === regions[0] ? origins : null, annexes);
      if (typeof translated === "string") return translated;
      const [{ header, start, exits }, trace] = translated;
      const depth = exits.reduce((most, { snapshot }) => Math.max(most, snapshot.length - 1), 0);
      members.push({ region, trace, header, start, depth });
    }
    if (regions.every(({ kinds }, i) => kinds.join() === assumed[i])) return members;
  }
}

function translate(
  region: Region,
  settings: JitSettings,
  origins: Origins,
  annexes: ReadonlySet<Region>,
): [Translator, Trace] | string {
  // Each round widens a slot.
  for (let round = 0; round <= region.kinds.length; round++) {
    const translator = new Translator(region, settings, origins, annexes);
    try {
      return [translator, translator.translate()];
    } catch (error) {
      if (error instanceof Untranslatable) return error.message;
      if (!(error instanceof Widened)) throw error;
    }
  }
  return "assumptions do not settle";
}
