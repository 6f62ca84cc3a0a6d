/** Makes a failing program small: lines are cut, and blocks replaced by what they contain, as long as it fails. */
import { type Line, countLines } from "./lines.ts";

export type Fails = (lines: readonly Line[]) => Promise<boolean>;

/** Tries at most so many programs. */
const BUDGET = 300;

export async function shrink(program: readonly Line[], fails: Fails): Promise<readonly Line[]> {
  let left = BUDGET;
  const still = async (lines: readonly Line[]): Promise<boolean> => left-- > 0 && (await fails(lines));
  let best = program;
  for (;;) {
    const before = countLines(best);
    best = await cut(best, still);
    if (left <= 0 || countLines(best) === before) return best;
  }
}

/** Cuts runs of lines, long runs first, then within what is left. */
async function cut(lines: readonly Line[], fails: Fails): Promise<readonly Line[]> {
  let best = lines;
  for (let size = Math.max(1, best.length >> 1); size >= 1; size >>= 1) {
    for (let at = 0; at < best.length; ) {
      const shorter = [...best.slice(0, at), ...best.slice(at + size)];
      if (await fails(shorter)) best = shorter;
      else at += size;
    }
  }
  for (let i = 0; i < best.length; i++) {
    const { body } = best[i];
    if (body.length === 0) continue;
    const hoisted = [...best.slice(0, i), ...body, ...best.slice(i + 1)];
    if (await fails(hoisted)) {
      best = hoisted;
      i--;
      continue;
    }
    const within = best;
    const replaced = (inner: readonly Line[]): Line[] =>
      within.map((line, k) => (k === i ? { ...line, body: inner } : line));
    best = replaced(await cut(body, (inner) => fails(replaced(inner))));
  }
  return best;
}
