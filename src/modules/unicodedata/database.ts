/** The properties that only `unicodedata` tells, for Unicode 16 and for 3.2 (which `stringprep` and IDNA need). */
import { CATEGORIES, categoryOf } from "../../objects/unicode/ctype.ts";
import {
  bidirectionalRuns,
  mirroredRanges,
  oldBidirectionalRuns,
  oldCategoryRuns,
  oldCombiningRuns,
  oldDecompositions,
  oldMirroredRuns,
  oldNumericValues,
  oldWidthRuns,
  widthRuns,
} from "../../objects/unicode/data/database.ts";
import { nameOf } from "../../objects/unicode/names.ts";
import {
  combiningClass,
  type Decomposition,
  decompositionOf,
  isHangulSyllable,
  unpackDecompositions,
} from "../../objects/unicode/normalize.ts";
import { decimalValue, digitValue, numericValue } from "../../objects/unicode/numeric-value.ts";
import { CODE_POINTS, fillRuns, IntReader, markRanges } from "../../objects/unicode/unpack.ts";

const BIDIRECTIONAL: readonly string[] = [
  "",
  "L",
  "LRE",
  "LRO",
  "R",
  "AL",
  "RLE",
  "RLO",
  "PDF",
  "EN",
  "ES",
  "ET",
  "AN",
  "CS",
  "NSM",
  "BN",
  "B",
  "S",
  "WS",
  "ON",
  "LRI",
  "RLI",
  "FSI",
  "PDI",
];
const WIDTHS: readonly string[] = ["N", "A", "H", "W", "F", "Na"];

/** One version of the database. Numbers: undefined where the character has no such value. */
export interface Database {
  readonly version: string;
  category(cp: number): string;
  bidirectional(cp: number): string;
  combining(cp: number): number;
  mirrored(cp: number): number;
  width(cp: number): string;
  decomposition(cp: number): Decomposition | undefined;
  decimal(cp: number): number | undefined;
  digit(cp: number): number | undefined;
  numeric(cp: number): number | undefined;
  name(cp: number): string | undefined;
}

/** Computes once, on first use. */
/* @__NO_SIDE_EFFECTS__ */
function lazy<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

const bidirectionalTable = lazy(() => fillRuns(new Uint8Array(CODE_POINTS), bidirectionalRuns()));
const widthTable = lazy(() => fillRuns(new Uint8Array(CODE_POINTS), widthRuns()));
const mirroredTable = lazy(() => {
  const table = new Uint8Array(CODE_POINTS);
  markRanges(table, mirroredRanges(), 1);
  return table;
});

const known = (value: number): number | undefined => (value < 0 ? undefined : value);

export const unicode16: Database = {
  version: "16.0.0",
  category: (cp) => CATEGORIES[categoryOf(cp)],
  bidirectional: (cp) => BIDIRECTIONAL[bidirectionalTable()[cp]],
  combining: combiningClass,
  mirrored: (cp) => mirroredTable()[cp],
  width: (cp) => WIDTHS[widthTable()[cp]],
  decomposition: decompositionOf,
  decimal: (cp) => known(decimalValue(cp)),
  digit: (cp) => known(digitValue(cp)),
  numeric: numericValue,
  name: nameOf,
};

/** The runs of code points whose value was another in Unicode 3.2. */
/* @__NO_SIDE_EFFECTS__ */
function changes(packed: () => string): () => Map<number, number> {
  return lazy(() => {
    const map = new Map<number, number>();
    const reader = new IntReader(packed());
    for (let position = 0; !reader.done; ) {
      const first = position + reader.next();
      position = first + reader.next();
      const value = reader.next();
      for (let cp = first; cp < position; cp++) map.set(cp, value);
    }
    return map;
  });
}

interface OldNumber {
  numeric: number | undefined;
  digit: number | undefined;
  decimal: number | undefined;
}

const oldCategories = changes(oldCategoryRuns);
const oldBidirectional = changes(oldBidirectionalRuns);
const oldWidths = changes(oldWidthRuns);
const oldMirrored = changes(oldMirroredRuns);
const oldCombining = changes(oldCombiningRuns);
const oldDecomposition = lazy(() => unpackDecompositions(oldDecompositions()));
const oldNumbers = lazy(() => {
  const map = new Map<number, OldNumber>();
  const reader = new IntReader(oldNumericValues());
  for (let cp = 0; !reader.done; ) {
    cp += reader.next();
    const denominator = reader.next();
    const numerator = reader.signed();
    const numeric = denominator === 0 ? undefined : numerator / denominator;
    map.set(cp, { numeric, digit: known(reader.next() - 1), decimal: known(reader.next() - 1) });
  }
  return map;
});

function numberOf(cp: number, field: keyof OldNumber): number | undefined {
  const changed = oldNumbers().get(cp);
  return changed === undefined ? unicode16[field](cp) : changed[field];
}

export const unicode32: Database = {
  version: "3.2.0",
  category(cp) {
    const changed = oldCategories().get(cp);
    return changed === undefined ? unicode16.category(cp) : CATEGORIES[changed];
  },
  bidirectional(cp) {
    const changed = oldBidirectional().get(cp);
    return changed === undefined ? unicode16.bidirectional(cp) : BIDIRECTIONAL[changed];
  },
  combining: (cp) => oldCombining().get(cp) ?? unicode16.combining(cp),
  mirrored: (cp) => oldMirrored().get(cp) ?? unicode16.mirrored(cp),
  width(cp) {
    const changed = oldWidths().get(cp);
    return changed === undefined ? unicode16.width(cp) : WIDTHS[changed];
  },
  decomposition(cp) {
    const changed = oldDecomposition().get(cp);
    return changed === undefined ? unicode16.decomposition(cp) : changed.points.length === 0 ? undefined : changed;
  },
  decimal: (cp) => numberOf(cp, "decimal"),
  digit: (cp) => numberOf(cp, "digit"),
  numeric: (cp) => numberOf(cp, "numeric"),
  name: (cp) => (unassignedIn32(cp) ? undefined : nameOf(cp)),
};

/** Decompositions that were corrected after 3.2 (NormalizationCorrections.txt): `normalize` of 3.2 has the old ones. */
const UNCORRECTED: ReadonlyMap<number, number> = new Map([
  [0x2f868, 0x2136a],
  [0x2f874, 0x5f33],
  [0x2f91f, 0x43ab],
  [0x2f95f, 0x7aae],
  [0x2f9bf, 0x4d57],
]);

/** What `normalize` decomposes a character to. */
export function normalizationSource(database: Database): (cp: number) => Decomposition | undefined {
  if (database === unicode16) return decompositionOf;
  return (cp) => {
    const old = UNCORRECTED.get(cp);
    return old === undefined ? database.decomposition(cp) : { tag: "", points: [old] };
  };
}

function unassignedIn32(cp: number): boolean {
  return CATEGORIES[oldCategories().get(cp) ?? categoryOf(cp)] === "Cn";
}

/** "<compat> 0066 0069": the decomposition as the database writes it; "" for none. */
export function decompositionText(database: Database, cp: number): string {
  if (isHangulSyllable(cp)) return hangulParts(cp).map(hex).join(" ");
  const entry = database.decomposition(cp);
  if (entry === undefined) return "";
  return [...(entry.tag === "" ? [] : [entry.tag]), ...entry.points.map(hex)].join(" ");
}

function hex(cp: number): string {
  return cp.toString(16).toUpperCase().padStart(4, "0");
}

function hangulParts(cp: number): number[] {
  const s = cp - 0xac00;
  const parts = [0x1100 + Math.floor(s / 588), 0x1161 + (Math.floor(s / 28) % 21)];
  if (s % 28 !== 0) parts.push(0x11a7 + (s % 28));
  return parts;
}
