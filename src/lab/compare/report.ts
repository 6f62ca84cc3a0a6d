/** Results of benchmarks against the first of them: the text of `sidewinder-lab compare`, and its pictures. */
import { LabError } from "../error.ts";
import { type Comparison, compare } from "./comparison.ts";
import { comparisonText, tableText } from "./markdown.ts";
import { comparisonPicture } from "./picture.ts";
import type { Results } from "./results.ts";

export interface Report {
  /** Markdown, which refers to the pictures by their names. */
  readonly text: string;
  /** SVG by file name. */
  readonly pictures: ReadonlyMap<string, string>;
  /** Those that share benchmarks with the first. */
  readonly comparisons: readonly Comparison[];
  /** The names of those that share none. */
  readonly leftOut: readonly string[];
}

/** `stem`: what the pictures' names begin with. */
export function comparisonReport([base, ...others]: readonly Results[], stem = "compare"): Report {
  if (base === undefined || others.length === 0) throw new LabError("two results are needed, or more");
  const all = others.map((other) => compare(base, other));
  const comparisons = all.filter(({ rows }) => rows.length > 0);
  if (comparisons.length === 0) {
    const lists = [base, ...others].map(
      ({ name, benchmarks }) => `${name}: ${[...benchmarks.keys()].slice(0, 5).join(", ")}`,
    );
    throw new LabError(`there is no benchmark that ${base.name} shares with another (${lists.join("; ")})`);
  }
  const pictures = new Map<string, string>();
  const parts = comparisons.map((comparison) => {
    const picture = `${stem}-${comparison.other.name.replace(/[^\w.-]+/g, "-")}.svg`;
    pictures.set(picture, comparisonPicture(comparison));
    return comparisonText(comparison, picture);
  });
  const text = parts.length === 1 ? parts[0] : [tableText(base, comparisons), ...parts].join("\n");
  const leftOut = all.filter(({ rows }) => rows.length === 0).map(({ other }) => other.name);
  return { text, pictures, comparisons, leftOut };
}
