/** Character names: `unicodedata.name` and `lookup`, and "\N{…}" in literals. */
import { nameAliases, namedSequences, nameEntries, nameRanges, nameWords } from "./data/names.ts";
import { isHangulSyllable } from "./normalize.ts";
import { IntReader } from "./unpack.ts";

interface Range {
  first: number;
  last: number;
  prefix: string;
}
interface Tables {
  names: Map<number, string>;
  ranges: Range[];
}
let tables: Tables | null = null;
let byName: Map<string, number> | null = null;
let aliases: Map<string, number> | null = null;
let sequences: Map<string, string> | null = null;

function load(): Tables {
  tables ??= { names: unpackNames(), ranges: unpackRanges() };
  return tables;
}

function unpackNames(): Map<number, string> {
  const words = nameWords().split(" ");
  const names = new Map<number, string>();
  const reader = new IntReader(nameEntries());
  let current: string[] = [];
  for (let cp = -1; !reader.done; ) {
    const head = reader.next();
    cp += head % 2 === 0 ? 1 : reader.next();
    const half = Math.floor(head / 2);
    current = current.slice(0, half % 16);
    for (let n = Math.floor(half / 16); n > 0; n--) current.push(words[reader.next()]);
    names.set(cp, current.join(" "));
  }
  return names;
}

function unpackRanges(): Range[] {
  return nameRanges()
    .split(";")
    .map((entry) => {
      const [prefix, first, last] = entry.split("=");
      return { prefix, first: Number.parseInt(first, 16), last: Number.parseInt(last, 16) };
    });
}

const LEADS = ["G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"];
const VOWELS = [
  "A",
  "AE",
  "YA",
  "YAE",
  "EO",
  "E",
  "YEO",
  "YE",
  "O",
  "WA",
  "WAE",
  "OE",
  "YO",
  "U",
  "WEO",
  "WE",
  "WI",
  "YU",
  "EU",
  "YI",
  "I",
];
const TAILS = [
  "",
  "G",
  "GG",
  "GS",
  "N",
  "NJ",
  "NH",
  "D",
  "L",
  "LG",
  "LM",
  "LB",
  "LS",
  "LT",
  "LP",
  "LH",
  "M",
  "B",
  "BS",
  "S",
  "SS",
  "NG",
  "J",
  "C",
  "K",
  "T",
  "P",
  "H",
];
const HANGUL = "HANGUL SYLLABLE ";

function hangulName(cp: number): string {
  const s = cp - 0xac00;
  return HANGUL + LEADS[Math.floor(s / 588)] + VOWELS[Math.floor(s / 28) % 21] + TAILS[s % 28];
}

/** Undefined for characters without a name (controls, unassigned). */
export function nameOf(cp: number): string | undefined {
  if (isHangulSyllable(cp)) return hangulName(cp);
  const { names, ranges } = load();
  const name = names.get(cp);
  if (name !== undefined) return name;
  const range = ranges.find(({ first, last }) => cp >= first && cp <= last);
  return range === undefined ? undefined : range.prefix + cp.toString(16).toUpperCase();
}

function hangulPoint(name: string): number {
  const longest = (parts: readonly string[], at: number): number => {
    let best = -1;
    parts.forEach((part, i) => {
      if (name.startsWith(part, at) && (best < 0 || part.length > parts[best].length)) best = i;
    });
    return best;
  };
  let at = HANGUL.length;
  const lead = longest(LEADS, at);
  at += LEADS[lead].length;
  const vowel = longest(VOWELS, at);
  if (vowel < 0) return -1;
  at += VOWELS[vowel].length;
  const tail = longest(TAILS, at);
  return at + TAILS[tail].length === name.length ? 0xac00 + (lead * 21 + vowel) * 28 + tail : -1;
}

function rangePoint(name: string): number {
  for (const { prefix, first, last } of load().ranges) {
    if (!name.startsWith(prefix)) continue;
    const hex = name.slice(prefix.length);
    const cp = Number.parseInt(hex, 16);
    // Exactly as the name is written: no leading zeros.
    if (cp >= first && cp <= last && cp.toString(16).toUpperCase() === hex) return cp;
  }
  return -1;
}

function pairsOf(packed: string): string[][] {
  return packed === "" ? [] : packed.split(";").map((entry) => entry.split("="));
}

function plainPoint(name: string): number {
  if (name.startsWith(HANGUL)) return hangulPoint(name);
  if (byName === null) {
    byName = new Map();
    for (const [cp, text] of load().names) byName.set(text, cp);
  }
  return byName.get(name) ?? rangePoint(name);
}

function aliasPoint(name: string): number {
  aliases ??= new Map(pairsOf(nameAliases()).map(([alias, hex]) => [alias, Number.parseInt(hex, 16)]));
  return aliases.get(name) ?? -1;
}

function sequenceOf(name: string): string | undefined {
  sequences ??= new Map(
    pairsOf(namedSequences()).map(([sequence, points]) => [
      sequence,
      String.fromCodePoint(...points.split(" ").map((hex) => Number.parseInt(hex, 16))),
    ]),
  );
  return sequences.get(name);
}

/** Looks a name up, in any case: the characters it means, or undefined. Sequences only when `withSequences`. */
export function lookupName(name: string, withSequences: boolean): string | undefined {
  const upper = name.toUpperCase();
  const plain = plainPoint(upper);
  const cp = plain >= 0 ? plain : aliasPoint(upper);
  if (cp >= 0) return String.fromCodePoint(cp);
  return withSequences ? sequenceOf(upper) : undefined;
}
