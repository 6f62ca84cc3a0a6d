/** Tests of significance. Sources: Welch 1947; Mann and Whitney 1947; Wilcoxon 1945; Chen et al. 2015 for HPT. */

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
export const geometricMean = (ratios: readonly number[]): number => Math.exp(mean(ratios.map(Math.log)));
function variance(values: readonly number[]): number {
  const m = mean(values);
  return values.reduce((sum, v) => sum + (v - m) ** 2, 0) / (values.length - 1);
}
export const deviation = (values: readonly number[]): number => (values.length < 2 ? 0 : Math.sqrt(variance(values)));

/** Two-sided p of the hypothesis that both have the same mean; 1 where there are too few values to tell. */
export function welch(a: readonly number[], b: readonly number[]): number {
  if (a.length < 2 || b.length < 2) return 1;
  const [va, vb] = [variance(a) / a.length, variance(b) / b.length];
  if (va + vb === 0) return mean(a) === mean(b) ? 1 : 0;
  const t = (mean(a) - mean(b)) / Math.sqrt(va + vb);
  const freedom = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** Two-sided p that neither sample tends to greater values: normal approximation, with the correction for ties. */
export function rankSum(a: readonly number[], b: readonly number[]): number {
  const n = a.length + b.length;
  const { ranks, ties } = ranked([...a, ...b]);
  const sum = ranks.slice(0, a.length).reduce((x, y) => x + y, 0);
  const u = sum - (a.length * (a.length + 1)) / 2;
  const expected = (a.length * b.length) / 2;
  const spread = Math.sqrt(((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1))));
  if (!(spread > 0)) return 1;
  return twoSided(Math.max(0, Math.abs(u - expected) - 0.5) / spread);
}

/** One-sided p that the differences are not greater than zero: exact up to 25 without ties, else by the normal. */
export function signedRank(differences: readonly number[]): number {
  const used = differences.filter((d) => d !== 0);
  const n = used.length;
  if (n === 0) return 1;
  const { ranks, ties } = ranked(used.map(Math.abs));
  const positive = used.reduce((sum, d, i) => (d > 0 ? sum + ranks[i] : sum), 0);
  if (n <= 25 && ties === 0) return exactSignedRank(n, positive);
  const spread = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48);
  return upperTail((positive - (n * (n + 1)) / 4 - 0.5) / spread);
}
/** Share of the 2ⁿ assignments of signs whose positive ranks sum to at least `positive`. */
function exactSignedRank(n: number, positive: number): number {
  const most = (n * (n + 1)) / 2;
  const ways = new Array<number>(most + 1).fill(0);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = most; sum >= rank; sum--) ways[sum] += ways[sum - rank];
  }
  return ways.slice(positive).reduce((a, b) => a + b, 0) / 2 ** n;
}

/** Ranks from 1, ties have their mean; `ties`: the sum of t³ − t over groups of t. */
function ranked(values: readonly number[]): { ranks: number[]; ties: number } {
  const order = values.map((_, i) => i).sort((i, k) => values[i] - values[k]);
  const ranks = new Array<number>(values.length);
  let ties = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]] === values[order[from]]) to++;
    for (let i = from; i <= to; i++) ranks[order[i]] = (from + to) / 2 + 1;
    const size = to - from + 1;
    ties += size ** 3 - size;
    from = to + 1;
  }
  return { ranks, ties };
}

/**
 * Hierarchical performance testing: how sure it is that `b` is faster than `a` (or slower, whichever is likelier) over
 * all benchmarks. Each benchmark's difference counts only where a rank-sum test finds one; a signed-rank test over those.
 */
export function reliability(pairs: readonly { a: readonly number[]; b: readonly number[] }[]): number {
  const gains = pairs.map(({ a, b }) => (rankSum(a, b) < 0.05 ? Math.log(median(a) / median(b)) : 0));
  return 1 - Math.min(signedRank(gains), signedRank(gains.map((gain) => -gain)));
}

// ── distributions ────────────────────────────────────────────────────────────────────────────────────────────
const twoSided = (z: number): number => Math.min(1, 2 * upperTail(z));
function upperTail(z: number): number {
  // Half the chi-squared tail of z² with one degree of freedom.
  const half = incompleteGammaQ(0.5, (z * z) / 2) / 2;
  return z >= 0 ? half : 1 - half;
}
/** Upper regularised incomplete gamma function for s = 1/2: by series below, by continued fraction above. */
function incompleteGammaQ(s: number, x: number): number {
  if (x === 0) return 1;
  const front = Math.exp(-x + s * Math.log(x) - logGamma(s));
  if (x < s + 1) {
    let term = 1 / s;
    let sum = term;
    for (let n = 1; n < 500 && term > sum * 1e-16; n++) {
      term *= x / (s + n);
      sum += term;
    }
    return 1 - front * sum;
  }
  let fraction = 0;
  for (let n = 200; n > 0; n--) fraction = (n * (n - s)) / (x + 2 * n + 1 - s - fraction);
  return front / (x + 1 - s - fraction);
}
/** Regularised incomplete beta function, by its continued fraction (Lentz). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m < 300; m++) {
    for (const step of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / (1 + step * d);
      c = 1 + step / c;
      result *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-14) break;
  }
  return front * result;
}
/** Stirling's series, after shifting the argument up. */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  while (y < 10) shift += Math.log(y++);
  const y2 = y * y;
  return (
    (y - 0.5) * Math.log(y) -
    y +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * y) -
    1 / (360 * y * y2) +
    1 / (1260 * y * y2 * y2) -
    shift
  );
}
