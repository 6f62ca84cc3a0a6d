/** Results of benchmarks, from files of pyperf's form (1.0). Source: pyperf's documentation, "pyperf API" and "pyperf JSON". */
import { missingIn } from "../../events/shape.ts";
import { type Json, parseJson } from "../documents.ts";
import { LabError } from "../error.ts";

export type Metadata = Record<string, string | number>;
export interface PyperfRun {
  metadata?: Metadata;
  /** Loops and seconds a loop. */
  warmups?: [number, number][];
  values?: number[];
}
interface PyperfBenchmark {
  metadata?: Metadata;
  runs: PyperfRun[];
}
export interface PyperfFile {
  version: string;
  metadata?: Metadata;
  benchmarks: PyperfBenchmark[];
}

/** One benchmark of a file: seconds, of all processes. */
export interface Benchmark {
  name: string;
  values: number[];
  /** Share of bytecodes that ran in compiled code, from 0 to 1; null: not measured. */
  coverage: number | null;
  runs: PyperfRun[];
}
export interface Results {
  /** Who ran. */
  name: string;
  benchmarks: Map<string, Benchmark>;
}
/** Where a benchmark's metadata have its share of compiled code. */
export const COVERAGE = "sidewinder_coverage";

/** The Lab's or real pyperf's. `path` is what messages call the file, `name` what reports do. */
export function readResults(path: string, json: Json, name = path): Results {
  const file = parseJson(path, json) as PyperfFile;
  if (missingIn(file, { fields: { version: "text", benchmarks: { list: "any" } } }) !== null)
    throw new LabError(`${path} is JSON, but no results of benchmarks (pyperf's format)`);
  if (!/^1\./.test(file.version))
    throw new LabError(`${path} has version ${file.version} of pyperf's format; this Lab reads 1.0`);
  const missing = missingIn(file, {
    fields: { benchmarks: { list: { fields: { runs: { list: { each: "any" } } } } } },
  });
  if (missing !== null) throw new LabError(`${path} is not complete: ${missing} is missing, or is something else`);
  const benchmarks = new Map<string, Benchmark>();
  for (const { metadata, runs } of file.benchmarks) {
    const values = runs.flatMap((run) => run.values ?? []).filter((value) => Number.isFinite(value) && value > 0);
    const title = String(metadata?.name ?? file.metadata?.name ?? "?");
    const coverage = metadata?.[COVERAGE];
    if (values.length === 0) continue;
    benchmarks.set(title, { name: title, values, coverage: typeof coverage === "number" ? coverage : null, runs });
  }
  if (benchmarks.size === 0) throw new LabError(`${path} has no benchmark with a value: an empty run`);
  return { name, benchmarks };
}
