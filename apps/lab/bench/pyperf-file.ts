/** Results of benchmarks as files that pyperf's own tools read. */
import {
  COVERAGE,
  type Metadata,
  type PyperfFile,
  type Results,
  readResults,
} from "../../../src/lab/compare/results.ts";
import { readText, writeText } from "../files.ts";

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
/** `name`: what reports call who ran. */
export const readResultsFile = (path: string, name: string): Results => readResults(path, readText(path), name);
