/**
 * C3 linearisation.
 * Source: "The Python 2.3 Method Resolution Order", https://docs.python.org/3/howto/mro.html
 */
import type { PyType } from "../core.ts";

/** MRO of a native type: single inheritance, its own name first. */
export function mroOfNative(type: PyType): PyType[] {
  return type.base === null ? [type] : [type, ...type.base.mro];
}

/** The merge of the bases' MROs and the list of bases, or the classes that cannot be ordered. */
export function linearize(type: PyType, bases: readonly PyType[]): PyType[] | { conflict: PyType[] } {
  if (bases.length === 1) return [type, ...bases[0].mro];
  const sequences: (readonly PyType[])[] = [...bases.map((base) => base.mro), bases];
  const heads = sequences.map(() => 0);
  const result: PyType[] = [type];
  for (;;) {
    let candidate: PyType | null = null;
    let remaining = false;
    for (let i = 0; i < sequences.length && candidate === null; i++) {
      if (heads[i] >= sequences[i].length) continue;
      remaining = true;
      const head = sequences[i][heads[i]];
      const inTail = sequences.some((seq, j) => seq.indexOf(head, heads[j] + 1) >= 0);
      if (!inTail) candidate = head;
    }
    if (!remaining) return result;
    if (candidate === null) return { conflict: remainingHeads(sequences, heads) };
    result.push(candidate);
    for (let i = 0; i < sequences.length; i++) if (sequences[i][heads[i]] === candidate) heads[i]++;
  }
}

function remainingHeads(sequences: readonly (readonly PyType[])[], heads: readonly number[]): PyType[] {
  const set = new Set<PyType>();
  sequences.forEach((seq, i) => {
    if (heads[i] < seq.length) set.add(seq[heads[i]]);
  });
  return [...set];
}
