/**
 * Packs the character names. A name is the number of leading words it shares with the name before, then its other
 * words as numbers in a dictionary ordered by frequency; names with a rule (Hangul, ideographs) are left out.
 */
import { packInts } from "./pack.ts";

/** Names that are a prefix and the code point. */
const BY_CODE_POINT =
  /^(?:CJK UNIFIED IDEOGRAPH|CJK COMPATIBILITY IDEOGRAPH|TANGUT IDEOGRAPH|NUSHU CHARACTER|KHITAN SMALL SCRIPT CHARACTER|EGYPTIAN HIEROGLYPH)-([0-9A-F]+)$/;

export function packNames(names: [number, string][]): Record<string, string> {
  const explicit: [number, string][] = [];
  const ranges: { first: number; last: number; prefix: string }[] = [];
  for (const [cp, name] of names) {
    if (cp >= 0xac00 && cp <= 0xd7a3) continue;
    const hex = BY_CODE_POINT.exec(name)?.[1];
    if (hex === undefined || hex !== cp.toString(16).toUpperCase()) {
      explicit.push([cp, name]);
      continue;
    }
    const prefix = name.slice(0, -hex.length);
    const range = ranges.at(-1);
    if (range !== undefined && range.prefix === prefix && range.last === cp - 1) range.last = cp;
    else ranges.push({ first: cp, last: cp, prefix });
  }
  const counts = new Map<string, number>();
  let previous: string[] = [];
  const parts: { cp: number; shared: number; rest: string[] }[] = [];
  for (const [cp, name] of explicit) {
    const words = name.split(" ");
    let shared = 0;
    while (shared < words.length && shared < previous.length && words[shared] === previous[shared]) shared++;
    const rest = words.slice(shared);
    for (const word of rest) counts.set(word, (counts.get(word) ?? 0) + 1);
    parts.push({ cp, shared, rest });
    previous = words;
  }
  const dictionary = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
  const index = new Map(dictionary.map((word, i) => [word, i]));
  const ints: number[] = [];
  let last = -1;
  for (const { cp, shared, rest } of parts) {
    // One number for the usual case that the code point follows the one before.
    const head = shared + 16 * rest.length;
    ints.push(cp === last + 1 ? 2 * head : 2 * head + 1);
    if (cp !== last + 1) ints.push(cp - last);
    for (const word of rest) ints.push(index.get(word) as number);
    last = cp;
  }
  return {
    nameWords: dictionary.join(" "),
    nameEntries: packInts(ints),
    nameRanges: ranges
      .map(({ first, last, prefix }) => `${prefix}=${first.toString(16)}=${last.toString(16)}`)
      .join(";"),
  };
}
