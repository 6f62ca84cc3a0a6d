/**
 * "Did you mean …?": which known name is nearest to a misspelt one, by CPython's weighted edit distance.
 * Source: Levenshtein distance; costs as documented in CPython's Python/suggestions.c: a move costs 2, a change of
 * case 1.
 */
const MOVE = 2;
const CASE = 1;
const MAX_STRING = 40;
const MAX_CANDIDATES = 750;

function substitutionCost(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() && /^[a-z]$/i.test(a) ? CASE : MOVE;
}

/** The distance of `a` and `b`, or something above `max` when it is more than that. */
export function editDistance(a: string, b: string, max: number): number {
  if (a === b) return 0;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  a = a.slice(start, endA);
  b = b.slice(start, endB);
  if (a === "" || b === "") return (a.length + b.length) * MOVE;
  if (a.length > MAX_STRING || b.length > MAX_STRING) return max + 1;
  if (b.length < a.length) [a, b] = [b, a];
  if ((b.length - a.length) * MOVE > max) return max + 1;
  return distanceTable(a, b, max);
}
function distanceTable(a: string, b: string, max: number): number {
  const row = Array.from(a, (_, i) => (i + 1) * MOVE);
  let result = 0;
  for (let j = 0; j < b.length; j++) {
    let distance = (result = j * MOVE);
    let minimum = Number.POSITIVE_INFINITY;
    for (let i = 0; i < a.length; i++) {
      const substitute = distance + substitutionCost(b[j], a[i]);
      distance = row[i];
      result = Math.min(substitute, Math.min(result, distance) + MOVE);
      row[i] = result;
      minimum = Math.min(minimum, result);
    }
    if (minimum > max) return max + 1;
  }
  return result;
}

/** The candidate nearest to `name`, if near enough to be meant. */
export function nearest(candidates: readonly string[], name: string): string | undefined {
  if (candidates.length > MAX_CANDIDATES) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    // No more than a third of the letters may change.
    const allowed = Math.min(Math.floor(((name.length + candidate.length + 3) * MOVE) / 6), bestDistance - 1);
    const distance = editDistance(name, candidate, allowed);
    if (distance > allowed) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}
