/** A comparison as Markdown. */
import { escapeCell } from "../../stats/markdown.ts";
import type { Benchmark, Results } from "./results.ts";
import { deviation, mean } from "../statistics/tests.ts";
import type { Comparison } from "./comparison.ts";

export function comparisonText(
  { base, other, rows, mean: all, reliability, missing }: Comparison,
  picture: string,
): string {
  const hasCoverage = rows.some(({ other: { coverage } }) => coverage !== null);
  const head = ["benchmark", base.name, other.name, "change", "p", ...(hasCoverage ? ["compiled"] : [])];
  const cells = rows.map(({ name, base: a, other: b, ratio, p, isSignificant }) => [
    name,
    timeText(a),
    timeText(b),
    isSignificant ? ratioText(ratio) : `not significant (${ratioText(ratio)})`,
    p < 0.001 ? "< 0.001" : p.toFixed(3),
    ...(hasCoverage ? [shareText(b)] : []),
  ]);
  const lines = [
    `# ${other.name} against ${base.name}`,
    "",
    `- Geometric mean: **${ratioText(all)}**`,
    `- Reliability that ${other.name} is ${all >= 1 ? "faster" : "slower"} (HPT): **${(100 * reliability).toFixed(2)} %**`,
    `- ${rows.length} benchmarks, ${rows.filter(({ isSignificant }) => isSignificant).length} with a significant change (Welch's test, p < 0.05)`,
    "",
    `![speed of ${other.name} against ${base.name}](${picture})`,
    "",
    ...table(head, cells),
  ];
  if (missing.length > 0) lines.push("", `In one of the two only: ${missing.join(", ")}.`);
  return `${lines.join("\n")}\n`;
}

/** More than two: each against the first. */
export function tableText(base: Results, comparisons: readonly Comparison[]): string {
  const names = [...base.benchmarks.keys()];
  const cells = names.map((name) => [
    name,
    timeText(base.benchmarks.get(name) as Benchmark),
    ...comparisons.map(({ rows }) => {
      const row = rows.find((other) => other.name === name);
      if (row === undefined) return "–";
      return `${timeText(row.other)}: ${ratioText(row.ratio)}${row.isSignificant ? "" : " (?)"}`;
    }),
  ]);
  const means = [
    "**geometric mean**",
    "",
    ...comparisons.map(({ mean: all, rows }) => (rows.length === 0 ? "–" : `**${ratioText(all)}** (${rows.length})`)),
  ];
  const sure = [
    "reliability (HPT)",
    "",
    ...comparisons.map(({ reliability }) => `${(100 * reliability).toFixed(2)} %`),
  ];
  const head = ["benchmark", base.name, ...comparisons.map(({ other }) => other.name)];
  return `${[`# Compared with ${base.name}`, "", ...table(head, [...cells, means, sure]), "", "(?): the change is not significant (Welch's test, p ≥ 0.05)."].join("\n")}\n`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)];
}
export function ratioText(ratio: number): string {
  if (Number.isNaN(ratio)) return "–";
  return ratio >= 1 ? `${ratio.toFixed(2)}× faster` : `${(1 / ratio).toFixed(2)}× slower`;
}
const shareText = ({ coverage }: Benchmark): string => (coverage === null ? "–" : `${(100 * coverage).toFixed(1)} %`);
export function timeText({ values }: Benchmark): string {
  const seconds = mean(values);
  const [unit, name] =
    seconds >= 1 ? [1, "s"] : seconds >= 1e-3 ? [1e3, "ms"] : seconds >= 1e-6 ? [1e6, "µs"] : [1e9, "ns"];
  return `${(seconds * unit).toPrecision(3)} ${name} ± ${((100 * deviation(values)) / seconds).toFixed(0)} %`;
}
