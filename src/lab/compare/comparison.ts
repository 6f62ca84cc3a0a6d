/** What two or more sets of results say about each other; the first is the base. */
import type { Benchmark, Results } from "./results.ts";
import { geometricMean, mean, reliability, welch } from "../statistics/tests.ts";

/** Differences with a smaller p are taken for real. */
const SIGNIFICANT = 0.05;

export interface Row {
  name: string;
  base: Benchmark;
  other: Benchmark;
  /** How many times as fast as the base. */
  ratio: number;
  p: number;
  isSignificant: boolean;
}
export interface Comparison {
  base: Results;
  other: Results;
  rows: Row[];
  /** Of all rows; those without significance are in it as they are. */
  mean: number;
  /** That the one is faster than the other at all, from 0 to 1. */
  reliability: number;
  missing: string[];
}

/** Benchmarks that both have, the greatest gain first. */
export function compare(base: Results, other: Results): Comparison {
  const rows: Row[] = [];
  const missing: string[] = [];
  for (const [name, a] of base.benchmarks) {
    const b = other.benchmarks.get(name);
    if (b === undefined) {
      missing.push(`${name} (not in ${other.name})`);
      continue;
    }
    const p = welch(a.values, b.values);
    rows.push({ name, base: a, other: b, ratio: mean(a.values) / mean(b.values), p, isSignificant: p < SIGNIFICANT });
  }
  for (const name of other.benchmarks.keys())
    if (!base.benchmarks.has(name)) missing.push(`${name} (not in ${base.name})`);
  rows.sort((x, y) => y.ratio - x.ratio);
  const pairs = rows.map((row) => ({ a: row.base.values, b: row.other.values }));
  return {
    base,
    other,
    rows,
    mean: rows.length === 0 ? Number.NaN : geometricMean(rows.map(({ ratio }) => ratio)),
    reliability: rows.length === 0 ? 0 : reliability(pairs),
    missing,
  };
}
