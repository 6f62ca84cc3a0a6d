/** `sidewinder-lab compare`: results of benchmarks against each other, as Markdown and pictures. */
import { basename, dirname, join } from "node:path";
import { ratioText } from "../../src/lab/compare/markdown.ts";
import { type Report, comparisonReport } from "../../src/lab/compare/report.ts";
import { argumentsOf } from "./arguments.ts";
import { readResultsFile } from "./bench/pyperf-file.ts";
import { type Command, UsageError } from "./command.ts";
import { writeText } from "./files.ts";

const HELP = `usage: sidewinder-lab compare [--out REPORT.md] BASE.json OTHER.json ...

Compares results that \`sidewinder-lab bench\` or pyperf wrote. Of two files: each benchmark's
ratio with its significance (Welch's test), the geometric mean, the reliability of the whole
(hierarchical performance testing), the share of bytecodes that ran compiled, and a violin
plot. Of more: a table, each against the first, and a plot for each.

  --out REPORT.md   the report (compare.md); pictures lie beside it
`;

/** Files are called by their names, as far as those tell them apart. */
function namesOf(paths: readonly string[]): string[] {
  const short = paths.map((path) => basename(path).replace(/\.json$/, ""));
  return new Set(short).size === short.length ? short : paths.map((path) => path.replace(/\.json$/, ""));
}
/** What files are called without their folder and ending. */
export const stemOf = (out: string): string => basename(out).replace(/\.md$/, "");
/** Its pictures lie beside it. */
export function writeReport(out: string, { text, pictures }: Pick<Report, "text" | "pictures">): void {
  for (const [name, picture] of pictures) writeText(join(dirname(out), name), picture);
  writeText(out, text);
}

export const compare: Command = {
  summary: "benchmark results against each other: ratios, significance, means, plots",
  help: HELP,
  run(args) {
    const { values, operands } = argumentsOf(args, { out: { type: "string", default: "compare.md" } } as const);
    if (operands.length < 2) throw new UsageError("compare: two files of results are needed, or more");
    const names = namesOf(operands);
    const results = operands.map((path, i) => readResultsFile(path, names[i]));
    const report = comparisonReport(results, stemOf(values.out));
    for (const name of report.leftOut)
      process.stderr.write(`sidewinder-lab: ${name} has no benchmark of ${results[0].name}: left out\n`);
    writeReport(values.out, report);
    for (const { other, base, mean, reliability, rows } of report.comparisons) {
      process.stdout.write(
        `${other.name} against ${base.name}: ${ratioText(mean)} (${rows.length} benchmarks, reliability ${(100 * reliability).toFixed(2)} %)\n`,
      );
    }
    process.stdout.write(`${values.out}\n`);
    return 0;
  },
};
