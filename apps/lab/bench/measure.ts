/** Runs a suite under a peer, several processes a benchmark, and makes pyperf's results of it. */
import type { Progress } from "./progress.ts";
import type { Peer } from "./peers.ts";
import type { Benchmark, PyperfRun, Results } from "./pyperf-file.ts";
import { type RunOptions, type Series, coverageOf, runProgram } from "./run.ts";
import type { Program } from "./suite.ts";
import { warmupOf } from "./warmup.ts";

export interface SuiteOptions extends RunOptions {
  processes: number;
  withCoverage: boolean;
}
export interface Measured {
  results: Results;
  failures: { program: string; reason: string }[];
  /** Benchmarks that still changed at the end of some process. */
  unsteady: string[];
}

export const stepsOf = (programs: readonly Program[], { processes, withCoverage }: SuiteOptions): number =>
  programs.length * (processes + (withCoverage ? 1 : 0));

export function measureSuite(
  peer: Peer,
  programs: readonly Program[],
  options: SuiteOptions,
  progress: Progress,
): Measured {
  const benchmarks = new Map<string, Benchmark>();
  const failures: Measured["failures"] = [];
  const unsteady = new Set<string>();
  for (const program of programs) {
    const made: Benchmark[] = [];
    for (let i = 0; i < options.processes; i++) {
      progress.step(`${peer.name} ${program.name} ${i + 1}/${options.processes}`);
      const outcome = runProgram(peer, program, options);
      if ("failure" in outcome) {
        failures.push({ program: program.name, reason: outcome.failure });
        progress.note(`${peer.name} ${program.name}: ${outcome.failure}`);
        break;
      }
      for (const [name, series] of outcome) {
        const benchmark = benchmarks.get(name) ?? { name, values: [], coverage: null, runs: [] };
        benchmarks.set(name, benchmark);
        if (!made.includes(benchmark)) made.push(benchmark);
        if (!addRun(benchmark, series)) unsteady.add(name);
      }
    }
    if (!options.withCoverage || made.length === 0) continue;
    progress.step(`${peer.name} ${program.name} coverage`);
    const coverage = coverageOf(peer, program, options);
    for (const benchmark of made) benchmark.coverage = coverage;
  }
  return { results: { name: peer.name, benchmarks }, failures, unsteady: [...unsteady] };
}

/** Is the series steady at its end? */
function addRun(benchmark: Benchmark, series: Series): boolean {
  const { length, isSteady } = warmupOf(series.map(([, seconds]) => seconds));
  const values = series.slice(length).map(([, seconds]) => seconds);
  const date = new Date().toISOString().replace("T", " ").replace("Z", "000");
  const run: PyperfRun = {
    metadata: { date, loops: series[series.length - 1][0], sidewinder_steady: isSteady ? "yes" : "no" },
    warmups: series.slice(0, length),
    values,
  };
  benchmark.runs.push(run);
  benchmark.values.push(...values);
  return isSteady;
}
