/**
 * Native loops over much data, in blocks. V8 11 replaces no function while it runs (decision 0067): one that goes over
 * ten million bytes in a single loop stays in the baseline tier to its end. A function called for one block after the
 * other is optimised after the first few. What a block does is a function of its own, so short data costs one more call.
 */

/** A multiple of 3 and of 8, for what works on groups. */
export const BLOCK = 12288;

/** Does `work` for each block `[from, to)` of `[start, stop)`. */
export function forBlocks(start: number, stop: number, work: (from: number, to: number) => void): void {
  for (let from = start; from < stop; from += BLOCK) work(from, Math.min(from + BLOCK, stop));
}

/** The state after all blocks of `[0, length)`, each of which makes a new state of the one before it. */
export function foldBlocks(
  length: number,
  state: number,
  step: (state: number, from: number, to: number) => number,
): number {
  let result = state;
  for (let from = 0; from < length; from += BLOCK) result = step(result, from, Math.min(from + BLOCK, length));
  return result;
}

/**
 * The first index in `[start, stop)` that `search` finds in a block; `stop` if none does. `search` gives the end of its
 * block when there is nothing.
 */
export function searchBlocks(start: number, stop: number, search: (from: number, to: number) => number): number {
  for (let from = start; from < stop; from += BLOCK) {
    const to = Math.min(from + BLOCK, stop);
    const found = search(from, to);
    if (found < to) return found;
  }
  return stop;
}
