/** Normal forms (Unicode Standard Annex #15) with Unicode 16's data, whatever version the engine follows. */
import { combiningRuns, compositionExclusions, decompositions } from "./data/normalization.ts";
import { CODE_POINTS, fillRuns, IntReader } from "./unpack.ts";

export type NormalForm = "NFC" | "NFD" | "NFKC" | "NFKD";

const TAGS: readonly string[] = [
  "",
  "<noBreak>",
  "<compat>",
  "<super>",
  "<fraction>",
  "<sub>",
  "<font>",
  "<circle>",
  "<wide>",
  "<vertical>",
  "<square>",
  "<isolated>",
  "<final>",
  "<initial>",
  "<medial>",
  "<small>",
  "<narrow>",
];

export interface Decomposition {
  /** "" when canonical. */
  tag: string;
  points: number[];
}

interface Tables {
  combining: Uint8Array;
  decomposition: Map<number, Decomposition>;
  /** first · 0x110000 + second → composite. */
  composition: Map<number, number>;
}
let tables: Tables | null = null;

function load(): Tables {
  if (tables !== null) return tables;
  const combining = fillRuns(new Uint8Array(CODE_POINTS), combiningRuns());
  const decomposition = unpackDecompositions(decompositions());
  const excluded = new Set<number>();
  const reader = new IntReader(compositionExclusions());
  for (let position = 0; !reader.done; ) {
    const first = position + reader.next();
    position = first + reader.next();
    for (let cp = first; cp < position; cp++) excluded.add(cp);
  }
  const composition = new Map<number, number>();
  for (const [cp, { tag, points }] of decomposition) {
    if (tag === "" && points.length === 2 && !excluded.has(cp)) composition.set(pair(points[0], points[1]), cp);
  }
  tables = { combining, decomposition, composition };
  return tables;
}

function pair(first: number, second: number): number {
  return first * CODE_POINTS + second;
}

/** Entries: gap, tag + number of tags · length, code points as differences. */
export function unpackDecompositions(packed: string): Map<number, Decomposition> {
  const result = new Map<number, Decomposition>();
  const reader = new IntReader(packed);
  for (let cp = 0; !reader.done; ) {
    cp += reader.next();
    const head = reader.next();
    const points: number[] = [];
    let previous = cp;
    for (let n = Math.floor(head / TAGS.length); n > 0; n--) {
      previous += reader.signed();
      points.push(previous);
    }
    result.set(cp, { tag: TAGS[head % TAGS.length], points });
  }
  return result;
}

/** The canonical combining class. */
export function combiningClass(cp: number): number {
  return cp < 0x300 ? 0 : load().combining[cp];
}

/** The character's own decomposition, not the full one; Hangul syllables have none here. */
export function decompositionOf(cp: number): Decomposition | undefined {
  return load().decomposition.get(cp);
}

// ── Hangul (The Unicode Standard, 3.12) ────────────────────────────────────────────────────────────────────────
const S_BASE = 0xac00;
const L_BASE = 0x1100;
const V_BASE = 0x1161;
const T_BASE = 0x11a7;
const T_COUNT = 28;
const V_COUNT = 21;
const S_COUNT = 11172;

export function isHangulSyllable(cp: number): boolean {
  return cp >= S_BASE && cp < S_BASE + S_COUNT;
}

function pushHangul(out: number[], cp: number): void {
  const s = cp - S_BASE;
  out.push(L_BASE + Math.floor(s / (V_COUNT * T_COUNT)), V_BASE + (Math.floor(s / T_COUNT) % V_COUNT));
  if (s % T_COUNT !== 0) out.push(T_BASE + (s % T_COUNT));
}

function composeHangul(first: number, second: number): number {
  if (first >= L_BASE && first < L_BASE + 19 && second >= V_BASE && second < V_BASE + V_COUNT) {
    return S_BASE + ((first - L_BASE) * V_COUNT + second - V_BASE) * T_COUNT;
  }
  const s = first - S_BASE;
  if (s >= 0 && s < S_COUNT && s % T_COUNT === 0 && second > T_BASE && second < T_BASE + T_COUNT) {
    return first + second - T_BASE;
  }
  return -1;
}

// ── the forms ──────────────────────────────────────────────────────────────────────────────────────────────────

/** What a character decomposes to; another table than Unicode 16's may be asked (`ucd_3_2_0`). */
export type DecompositionSource = (cp: number) => Decomposition | undefined;

export function normalizePoints(
  text: ArrayLike<number>,
  form: NormalForm,
  source: DecompositionSource = decompositionOf,
): number[] {
  const compatible = form === "NFKC" || form === "NFKD";
  const out: number[] = [];
  for (let i = 0; i < text.length; i++) decompose(out, text[i], compatible, source);
  reorder(out);
  return form === "NFC" || form === "NFKC" ? compose(out) : out;
}

function decompose(out: number[], cp: number, compatible: boolean, source: DecompositionSource): void {
  if (isHangulSyllable(cp)) return pushHangul(out, cp);
  const entry = cp < 0xa0 ? undefined : source(cp);
  if (entry === undefined || entry.points.length === 0 || (entry.tag !== "" && !compatible)) out.push(cp);
  else for (const part of entry.points) decompose(out, part, compatible, source);
}

/** Sorts each run of combining marks by class, stably. */
function reorder(points: number[]): void {
  for (let i = 1; i < points.length; i++) {
    const cp = points[i];
    const cc = combiningClass(cp);
    if (cc === 0) continue;
    let k = i;
    for (; k > 0 && combiningClass(points[k - 1]) > cc; k--) points[k] = points[k - 1];
    points[k] = cp;
  }
}

function compose(points: number[]): number[] {
  const { composition, combining } = load();
  const out: number[] = [];
  /** Where the last starter is in `out`, or -1. */
  let starter = -1;
  let lastClass = -1;
  for (const cp of points) {
    const cc = combining[cp];
    if (starter >= 0 && (lastClass < cc || lastClass === -1)) {
      const base = out[starter];
      const hangul = composeHangul(base, cp);
      const composite = hangul >= 0 ? hangul : composition.get(pair(base, cp));
      if (composite !== undefined) {
        out[starter] = composite;
        continue;
      }
    }
    if (cc === 0) {
      starter = out.length;
      lastClass = -1;
    } else lastClass = cc;
    out.push(cp);
  }
  return out;
}

/** Of a string whose surrogate pairs are code points. */
export function normalize(text: string, form: NormalForm): string {
  if (isUnchanged(text, form)) return text;
  const points: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const cp = text.codePointAt(i) as number;
    if (cp > 0xffff) i++;
    points.push(cp);
  }
  return normalizePoints(points, form)
    .map((cp) => String.fromCodePoint(cp))
    .join("");
}

/** ASCII, and for NFC Latin-1, is in normal form. */
function isUnchanged(text: string, form: NormalForm): boolean {
  const limit = form === "NFC" ? 0x100 : 0x80;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= limit) return false;
  return true;
}
