/** Runs a suite under a peer, several processes a benchmark, and makes pyperf's results of it. */
import type { Progress } from "./progress.ts";
import type { Peer } from "./peers.ts";
import type { Benchmark, PyperfRun, Results } from "../../../src/lab/compare/results.ts";
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

const coverageRuns = ({ isSidewinder }: Peer, { withCoverage }: SuiteOptions): number =>
  withCoverage && isSidewinder ? 1 : 0;

export const stepsOf = (peers: readonly Peer[], programs: readonly Program[], options: SuiteOptions): number =>
  programs.length * peers.reduce((n, peer) => n + options.processes + coverageRuns(peer, options), 0);

/**
 * Peers take turns, a process each, so that what else the machine does meanwhile meets all of them. `keep` is called
 * after each program with what there is so far.
 */
export function measureSuite(
  peers: readonly Peer[],
  programs: readonly Program[],
  options: SuiteOptions,
  progress: Progress,
  keep: (all: readonly Measured[]) => void = () => {},
): Measured[] {
  const contestants = peers.map((peer) => new Contestant(peer, options, progress));
  const all = contestants.map(({ measured }) => measured);
  for (const program of programs) {
    for (let i = 0; i < options.processes; i++) for (const one of contestants) one.run(program, i);
    for (const one of contestants) one.count(program);
    keep(all);
  }
  return all;
}

class Contestant {
  readonly measured: Measured;
  /** Benchmarks that the program has reported; null: it has failed. */
  private made: Set<Benchmark> | null = null;

  constructor(
    private readonly peer: Peer,
    private readonly options: SuiteOptions,
    private readonly progress: Progress,
  ) {
    this.measured = { results: { name: peer.name, benchmarks: new Map() }, failures: [], unsteady: [] };
  }

  /** The `i`th process. */
  run(program: Program, i: number): void {
    const { peer, options, progress, measured } = this;
    if (i === 0) this.made = new Set();
    if (this.made === null) return progress.skip();
    progress.step(`${peer.name} ${program.name} ${i + 1}/${options.processes}`);
    const outcome = runProgram(peer, program, options);
    if ("failure" in outcome) {
      this.made = null;
      measured.failures.push({ program: program.name, reason: outcome.failure });
      progress.note(`${peer.name} ${program.name}: ${outcome.failure}`);
      return;
    }
    for (const [name, series] of outcome) {
      const benchmark = this.benchmark(name);
      this.made.add(benchmark);
      if (!addRun(benchmark, series) && !measured.unsteady.includes(name)) measured.unsteady.push(name);
    }
  }
  count(program: Program): void {
    const { peer, options, progress } = this;
    if (coverageRuns(peer, options) === 0) return;
    if (this.made === null) return progress.skip();
    progress.step(`${peer.name} ${program.name} coverage`);
    const coverage = coverageOf(peer, program, options);
    for (const benchmark of this.made) benchmark.coverage = coverage;
  }
  private benchmark(name: string): Benchmark {
    const { benchmarks } = this.measured.results;
    const benchmark = benchmarks.get(name) ?? { name, values: [], coverage: null, runs: [] };
    benchmarks.set(name, benchmark);
    return benchmark;
  }
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
