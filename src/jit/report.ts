/** The trace compiler's figures as text and as JSON: `-X jit-stats`. */
import type { ExitRecord, Region } from "./region.ts";
import type { JitStats } from "./stats.ts";

export interface JitReport {
  bytecodes: { interpreter: number; compiled: number };
  baselines: number;
  /** Characters given to JavaScript's compiler. */
  emitted: { regions: number; baselines: number };
  /** Times that regions were left, but for being entered again at once. */
  leaves: number;
  recordings: number;
  regions: { name: string; traces: number; emissions: number; size: number; misses: number; exits: ExitReport[] }[];
  aborts: Record<string, number>;
  /** What compiled code ran without a rule, or by helpers that may run any code. */
  calls: Record<string, number>;
}
export interface ExitReport {
  reason: string;
  where: string;
  count: number;
  outcome: string;
  hasTrace: boolean;
}

export function jitReport(stats: JitStats): JitReport {
  return {
    bytecodes: { interpreter: stats.counters.interpreter, compiled: stats.counters.compiled },
    baselines: stats.baselines,
    emitted: { ...stats.emitted },
    leaves: Object.values(stats.leaves).reduce((sum, n) => sum + n, 0) - stats.leaves.again,
    recordings: stats.recordings,
    regions: stats.regions.map((region) => ({
      name: region.name,
      traces: region.traces,
      emissions: region.emissions,
      size: region.size,
      misses: region.misses,
      exits: exitsOf(region),
    })),
    aborts: Object.fromEntries(stats.aborts),
    calls: Object.fromEntries([...stats.calls].map(([name, { n }]) => [name, n])),
  };
}
function exitsOf(region: Region): ExitReport[] {
  return [...region.exitRecords]
    .map(([key, record]) => ({
      reason: record.reason,
      where: `${record.where} (${key})`,
      count: record.total,
      outcome: outcomeOf(record),
      hasTrace: record.side !== null,
    }))
    .sort((a, b) => b.count - a.count);
}
function outcomeOf({ continuation, failures }: ExitRecord): string {
  if (continuation !== null) return `goes on in ${continuation.name}`;
  return failures > 0 ? `${failures} failures` : "";
}

/** A page of text: coverage, regions by the exits that are taken most, aborts. */
export function jitSummary(stats: JitStats): string {
  const report = jitReport(stats);
  const { interpreter, compiled } = report.bytecodes;
  const share = (100 * compiled) / Math.max(1, interpreter + compiled);
  const lines = [
    `bytecodes: ${compiled} compiled, ${interpreter} interpreted (${share.toFixed(2)} % compiled)`,
    `baseline functions: ${report.baselines}, recordings: ${report.recordings}, regions: ${report.regions.length}`,
    `emitted: ${report.emitted.regions} characters of regions, ${report.emitted.baselines} of baseline functions; left ${report.leaves} times`,
    `aborts: ${JSON.stringify(report.aborts)}`,
  ];
  const calls = Object.entries(report.calls).sort((a, b) => b[1] - a[1]);
  for (const [name, n] of calls.slice(0, 20)) lines.push(`    ${n} ${name}`);
  const total = (region: JitReport["regions"][number]): number =>
    region.exits.reduce((sum, exit) => sum + exit.count, 0);
  for (const region of [...report.regions].sort((a, b) => total(b) - total(a)).slice(0, 25)) {
    lines.push(
      `${region.name}: ${region.traces} traces, ${region.emissions} emissions, ${region.size} characters, ` +
        `${total(region)} exits, ${region.misses} misses`,
    );
    for (const exit of region.exits.slice(0, 8)) {
      lines.push(`    ${exit.count} ${exit.reason} at ${exit.where}${exit.hasTrace ? ", traced" : ""} ${exit.outcome}`);
    }
  }
  return `${lines.join("\n")}\n`;
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
