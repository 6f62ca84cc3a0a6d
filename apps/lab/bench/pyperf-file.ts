/** pyperf's JSON files (format 1.0), which its own tools read. Source: pyperf's documentation, "pyperf API" and "pyperf JSON". */
import { missingIn } from "../../../src/events/shape.ts";
import { LabError } from "../command.ts";
import { readAnyJson, writeText } from "../files.ts";

type Metadata = Record<string, string | number>;
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
interface PyperfFile {
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
export const COVERAGE = "sidewinder_coverage";

export function writeResults(path: string, { name, benchmarks }: Results, metadata: Metadata): void {
  const file: PyperfFile = {
    version: "1.0",
    metadata: { ...metadata, python_implementation: name, unit: "second" },
    benchmarks: [...benchmarks.values()].map((benchmark) => ({
      metadata: { name: benchmark.name, ...(benchmark.coverage === null ? {} : { [COVERAGE]: benchmark.coverage }) },
      runs: benchmark.runs,
    })),
  };
  writeText(path, `${JSON.stringify(file, null, 1)}\n`);
}

/** Ours or real pyperf's. What is wrong with a file is said; `name` is how reports call it. */
export function readResults(path: string, name: string): Results {
  const file = readAnyJson(path) as PyperfFile;
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
