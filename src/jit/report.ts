/** What the compilers did, for people: the page of `-X jit-stats`, and emitted text with its braces shown. */
import { type ExitFigures, type JitFigures, type RegionFigures, compiledShare, sumOf } from "../stats/document.ts";
import { statisticsOf } from "./statistics.ts";
import type { JitStats } from "./stats.ts";

/** A page of text: coverage, regions by the exits that are taken most, aborts. */
export function jitSummary(stats: JitStats): string {
  const statistics = statisticsOf([], stats.counters, stats);
  const { instructions, jit } = statistics;
  const { baselines, attempts, emitted, leaves, aborts, calls, regions } = jit as JitFigures;
  const share = (100 * compiledShare(statistics)).toFixed(2);
  const lines = [
    `bytecodes: ${instructions.baseline + instructions.regions} compiled, ${instructions.interpreter} interpreted (${share} % compiled)`,
    `baseline functions: ${baselines}, recordings: ${attempts}, regions: ${regions.length}`,
    `emitted: ${emitted.regions} characters of regions, ${emitted.baselines} of baseline functions; left ${sumOf(leaves) - leaves.again} times`,
    `aborts: ${JSON.stringify(aborts)}`,
  ];
  const most = Object.entries(calls).sort((a, b) => b[1] - a[1]);
  for (const [name, n] of most.slice(0, 20)) lines.push(`    ${n} ${name}`);
  for (const region of [...regions].sort((a, b) => exitsOf(b) - exitsOf(a)).slice(0, 25)) {
    lines.push(headOf(region), ...region.exits.slice(0, 8).map(exitText));
  }
  return `${lines.join("\n")}\n`;
}
const exitsOf = ({ exits }: RegionFigures): number => exits.reduce((sum, { count }) => sum + count, 0);

function headOf(region: RegionFigures): string {
  const { name, traces, emissions, size, misses } = region;
  const exits = exitsOf(region);
  return `${name}: ${traces} traces, ${emissions} emissions, ${size} characters, ${exits} exits, ${misses} misses`;
}
function exitText({ count, reason, where, fate, continuation, failures }: ExitFigures): string {
  const traced = fate === "traced" ? ", traced" : "";
  const failed = failures > 0 ? `${failures} failures` : "";
  return `    ${count} ${reason} at ${where}${traced} ${continuation === null ? failed : `goes on in ${continuation}`}`;
}

/** Emitted JavaScript for people: indented by its braces. */
export function indented(source: string): string {
  let depth = 0;
  return source.replace(/^.*$/gm, (line) => {
    const closes = /^\}/.test(line) ? 1 : 0;
    const text = "  ".repeat(Math.max(0, depth - closes)) + line;
    depth += (line.match(/\{/g)?.length ?? 0) - (line.match(/\}/g)?.length ?? 0);
    return text;
  });
}
