/** `sidewinder-lab compare`: results of benchmarks against each other, as Markdown and pictures. */
import { basename, dirname, join } from "node:path";
import { argumentsOf } from "./arguments.ts";
import { type Results, readResults } from "./bench/pyperf-file.ts";
import { type Command, LabError, UsageError } from "./command.ts";
import { type Comparison, compare as compareResults } from "./compare/comparison.ts";
import { comparisonText, ratioText, tableText } from "./compare/markdown.ts";
import { comparisonPicture } from "./compare/picture.ts";
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
const pictureName = ({ other }: Comparison): string => `${other.name.replace(/[^\w.-]+/g, "-")}.svg`;

export function writeComparison(out: string, results: readonly Results[]): Comparison[] {
  const [base, ...others] = results;
  const comparisons = others.map((other) => compareResults(base, other));
  const usable = comparisons.filter(({ rows }) => rows.length > 0);
  if (usable.length === 0) {
    const lists = results.map(({ name, benchmarks }) => `${name}: ${[...benchmarks.keys()].slice(0, 5).join(", ")}`);
    throw new LabError(`there is no benchmark that ${base.name} shares with another (${lists.join("; ")})`);
  }
  for (const { other, rows } of comparisons) {
    if (rows.length === 0)
      process.stderr.write(`sidewinder-lab: ${other.name} has no benchmark of ${base.name}: left out\n`);
  }
  const stem = basename(out).replace(/\.md$/, "");
  const parts = usable.map((comparison) => {
    const picture = `${stem}-${pictureName(comparison)}`;
    writeText(join(dirname(out), picture), comparisonPicture(comparison));
    return comparisonText(comparison, picture);
  });
  writeText(out, usable.length === 1 ? parts[0] : [tableText(base, usable), ...parts].join("\n"));
  return usable;
}

export const compare: Command = {
  summary: "benchmark results against each other: ratios, significance, means, plots",
  help: HELP,
  run(args) {
    const { values, operands } = argumentsOf(args, { out: { type: "string", default: "compare.md" } } as const);
    if (operands.length < 2) throw new UsageError("compare: two files of results are needed, or more");
    const names = namesOf(operands);
    const results = operands.map((path, i) => readResults(path, names[i]));
    for (const { other, base, mean, reliability, rows } of writeComparison(values.out, results)) {
      process.stdout.write(
        `${other.name} against ${base.name}: ${ratioText(mean)} (${rows.length} benchmarks, reliability ${(100 * reliability).toFixed(2)} %)\n`,
      );
    }
    process.stdout.write(`${values.out}\n`);
    return 0;
  },
};
