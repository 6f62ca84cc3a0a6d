/** V8's CPU profile, as time by category and by function. */
import { type Statistics, compiledShare } from "../stats/document.ts";
import type { Shape } from "../events/shape.ts";
import { TIERS_SHAPE } from "../stats/tiers.ts";
import { CATEGORIES, type Category, categoryOf } from "./categories.ts";

/** As `Profiler.stop` of the inspector's protocol gives it. */
export interface CpuProfile {
  readonly nodes: readonly CpuNode[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}
interface CpuNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    /** From 0. */
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}

/** For each file of the bundle, where the pieces of source files begin: `[line, column, file]`, from 0. */
export type Places = Readonly<Record<string, readonly (readonly [line: number, column: number, file: string])[]>>;

export const PROFILE = "sidewinder profile";
export const PROFILE_VERSION = 1;

export interface Profile {
  readonly kind: typeof PROFILE;
  readonly version: typeof PROFILE_VERSION;
  readonly program: readonly string[];
  readonly samples: number;
  /** Microseconds in which the process ran, in all and by category; they sum to the whole. */
  readonly time: number;
  readonly categories: Readonly<Record<Category, number>>;
  /** The functions that took most, their own time. */
  readonly functions: readonly {
    readonly name: string;
    readonly file: string;
    readonly category: Category;
    readonly time: number;
  }[];
  /** Instructions by tier; null where nobody counted. */
  readonly instructions: Statistics["instructions"] | null;
}

export const PROFILE_SHAPE: Shape = {
  fields: {
    program: { list: "text" },
    samples: "number",
    time: "number",
    categories: { fields: Object.fromEntries(Object.keys(CATEGORIES).map((name) => [name, "number"])) },
    functions: { list: { fields: { name: "text", file: "text", category: "text", time: "number" } } },
    instructions: { orNull: TIERS_SHAPE },
  },
};

const MOST = 60;
/** V8 samples whatever runs, collections of garbage too: so long without a sample, the process itself was not running. */
const STANDSTILL = 20;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

export function profileOf(
  program: readonly string[],
  cpu: CpuProfile,
  places: Places,
  instructions: Profile["instructions"],
): Profile {
  const categories = Object.fromEntries(Object.keys(CATEGORIES).map((name) => [name, 0])) as Record<Category, number>;
  const functions = new Map<string, { name: string; file: string; category: Category; time: number }>();
  const known = new Map(placed(cpu, places).map((node) => [node.id, node]));
  const { samples = [], timeDeltas = [] } = cpu;
  let time = 0;
  const usual = median(timeDeltas);
  samples.forEach((id, i) => {
    const { name, file, category } = known.get(id) as Placed;
    // What lies between this sample and the next is its own; clocks may step back.
    const passed = Math.max(0, timeDeltas[i + 1] ?? 0);
    const delta = passed > STANDSTILL * usual ? usual : passed;
    time += delta;
    categories[category] += delta;
    const key = `${name} ${file}`;
    const entry = functions.get(key) ?? { name, file, category, time: 0 };
    entry.time += delta;
    functions.set(key, entry);
  });
  const most = [...functions.values()].sort((a, b) => b.time - a.time).slice(0, MOST);
  return {
    kind: PROFILE,
    version: PROFILE_VERSION,
    program,
    samples: samples.length,
    time,
    categories,
    functions: most,
    instructions,
  };
}

interface Placed {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly category: Category;
}
/** The interpreter's loops. */
const LOOPS = /^src\/generated\/(interpreter|monitored|recording)\./;
const isCompiled = (category: Category): boolean => category === "regions" || category === "baseline";

function placed(cpu: CpuProfile, places: Places): Placed[] {
  const byId = new Map(cpu.nodes.map((node) => [node.id, node]));
  const found: Placed[] = [];
  const visit = (id: number, outer: Category, runner: Category): void => {
    const { callFrame, children } = byId.get(id) as CpuNode;
    const file = sourceOf(callFrame, places);
    const own = categoryOf(callFrame.functionName, file) ?? outer;
    const isRunner = isCompiled(own) || LOOPS.test(file);
    // What instructions have in common is the interpreter's when that runs them, and compiled code's when that does.
    const category = own === "interpreter" && !isRunner && isCompiled(runner) ? runner : own;
    found.push({ id, name: callFrame.functionName || "(anonymous)", file, category });
    for (const child of children ?? []) visit(child, category, isRunner ? own : runner);
  };
  visit(cpu.nodes[0].id, "v8", "v8");
  return found;
}

/** The source file of a function; "" where it is none of a file. */
export function sourceOf({ url, lineNumber, columnNumber }: CpuNode["callFrame"], places: Places): string {
  if (url === "" || url.startsWith("node:")) return url;
  const name = url.slice(url.lastIndexOf("/") + 1);
  const pieces = places[name];
  if (pieces === undefined) return `bin/${name}`;
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [line, column] = pieces[middle];
    if (line < lineNumber || (line === lineNumber && column <= columnNumber)) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? `bin/${name}` : pieces[low - 1][2] || "apps/cli";
}

/** jit / (jit + interpreter), of the time; NaN where there is neither. */
export function compiledTime({ categories: { regions, baseline, leaving, interpreter } }: Profile): number {
  const compiled = regions + baseline + leaving;
  return compiled / (compiled + interpreter);
}
export function compiledInstructions({ instructions }: Profile): number | null {
  return instructions === null ? null : compiledShare({ instructions });
}
