/** Where a series of runs stops getting faster. */
import { median } from "../../../src/lab/statistics/tests.ts";

/** Runs differ by so much, or by so many times their usual difference, before one is taken for warm-up. */
const TOLERANCE = 0.05;
const SPREADS = 3;

export interface Warmup {
  /** Runs that belong to the warm-up. */
  length: number;
  /** False: the series still changes at its end; the second half stands for it. */
  isSteady: boolean;
}

/**
 * The later half says what is usual; the warm-up ends behind the last run of the first half that is unusually slow or
 * quick, not counting single outliers (collections of garbage).
 */
export function warmupOf(times: readonly number[]): Warmup {
  const half = times.length >> 1;
  if (half < 2) return { length: Math.min(1, times.length - 1), isSteady: false };
  const late = times.slice(half);
  const usual = median(late);
  // From one run to the next: a trend must not pass for noise.
  const spread = median(late.slice(1).map((time, i) => Math.abs(time - late[i])));
  const limit = Math.max(TOLERANCE * usual, SPREADS * spread);
  const isUnusual = (i: number): boolean => Math.abs(smoothed(times, i) - usual) > limit;
  let length = 0;
  for (let i = 0; i < half; i++) if (isUnusual(i)) length = i + 1;
  const quarter = half + (late.length >> 1);
  const drift = Math.abs(median(times.slice(quarter)) - median(times.slice(half, quarter)));
  // The first run is cold even where it is no slower.
  return { length: Math.max(1, length), isSteady: drift <= limit };
}
/** The median of a run and its neighbours; the first has none before it. */
function smoothed(times: readonly number[], i: number): number {
  return i === 0 ? times[0] : median(times.slice(i - 1, i + 2));
}
