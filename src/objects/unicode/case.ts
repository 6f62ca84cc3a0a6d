/**
 * Case conversion: the full mappings of Unicode 16 (SpecialCasing's unconditional ones included) and the one rule
 * with context that Python applies, the final sigma.
 *
 * Each operation comes twice: over a list of code points, and over a primitive string, whose units are code points.
 */
import { foldExceptions, lowerMapping, titleExceptions, upperMapping } from "./data/case.ts";
import { isCased, isCaseIgnorable, isLower, isTitle, isUpper } from "./ctype.ts";
import { IntReader } from "./unpack.ts";

/** A code point, or several. */
type Mapped = number | readonly number[];
type Mapping = Map<number, Mapped>;
interface Mappings {
  upper: Mapping;
  lower: Mapping;
  title: Mapping;
  fold: Mapping;
}
let mappings: Mappings | null = null;

function load(): Mappings {
  mappings ??= {
    upper: unpack(upperMapping()),
    lower: unpack(lowerMapping()),
    title: unpack(titleExceptions()),
    fold: unpack(foldExceptions()),
  };
  return mappings;
}

function unpack(packed: string): Mapping {
  const mapping: Mapping = new Map();
  const reader = new IntReader(packed);
  let start = 0;
  for (let runs = reader.next(); runs > 0; runs--) {
    start += reader.next();
    const step = reader.next();
    const count = reader.next();
    const delta = reader.signed();
    for (let i = 0; i < count; i++) mapping.set(start + i * step, start + i * step + delta);
  }
  for (let cp = 0; !reader.done; ) {
    cp += reader.next();
    mapping.set(
      cp,
      Array.from({ length: reader.next() }, () => reader.next()),
    );
  }
  return mapping;
}

// ── one character ──────────────────────────────────────────────────────────────────────────────────────────────

function upperOf(cp: number): Mapped {
  return load().upper.get(cp) ?? cp;
}
function lowerOf(cp: number): Mapped {
  return load().lower.get(cp) ?? cp;
}
function titleOf(cp: number): Mapped {
  return load().title.get(cp) ?? upperOf(cp);
}
function foldOf(cp: number): Mapped {
  return load().fold.get(cp) ?? lowerOf(cp);
}
function first(mapped: Mapped): number {
  return typeof mapped === "number" ? mapped : mapped[0];
}

/** One-to-one lower case, as `_sre.unicode_tolower`. */
export function simpleLower(cp: number): number {
  if (cp < 128) return cp >= 65 && cp <= 90 ? cp + 32 : cp;
  return first(lowerOf(cp));
}
export function simpleUpper(cp: number): number {
  if (cp < 128) return cp >= 97 && cp <= 122 ? cp - 32 : cp;
  return first(upperOf(cp));
}

// ── code points ────────────────────────────────────────────────────────────────────────────────────────────────

export type CodePoints = ArrayLike<number>;

function push(out: number[], mapped: Mapped): void {
  if (typeof mapped === "number") out.push(mapped);
  else out.push(...mapped);
}

function mapAll(text: CodePoints, map: (cp: number) => Mapped): number[] {
  const out: number[] = [];
  for (let i = 0; i < text.length; i++) push(out, map(text[i]));
  return out;
}

export function upperPoints(text: CodePoints): number[] {
  return mapAll(text, upperOf);
}
export function foldPoints(text: CodePoints): number[] {
  return mapAll(text, foldOf);
}

const SIGMA = 0x3a3;

/** Final_Sigma: a cased letter before, none after, case-ignorable characters skipped. */
function lowerSigma(text: CodePoints, index: number): number {
  let i = index - 1;
  while (i >= 0 && isCaseIgnorable(text[i])) i--;
  if (i < 0 || !isCased(text[i])) return 0x3c3;
  for (i = index + 1; i < text.length && isCaseIgnorable(text[i]); i++);
  return i === text.length || !isCased(text[i]) ? 0x3c2 : 0x3c3;
}

function lowerAt(text: CodePoints, index: number): Mapped {
  const cp = text[index];
  return cp === SIGMA ? lowerSigma(text, index) : lowerOf(cp);
}

export function lowerPoints(text: CodePoints): number[] {
  const out: number[] = [];
  for (let i = 0; i < text.length; i++) push(out, lowerAt(text, i));
  return out;
}

export function capitalizePoints(text: CodePoints): number[] {
  const out: number[] = [];
  for (let i = 0; i < text.length; i++) push(out, i === 0 ? titleOf(text[0]) : lowerAt(text, i));
  return out;
}

export function titlePoints(text: CodePoints): number[] {
  const out: number[] = [];
  let inWord = false;
  for (let i = 0; i < text.length; i++) {
    push(out, inWord ? lowerAt(text, i) : titleOf(text[i]));
    inWord = isCased(text[i]);
  }
  return out;
}

export function swapcasePoints(text: CodePoints): number[] {
  const out: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const cp = text[i];
    push(out, isUpper(cp) ? lowerAt(text, i) : isLower(cp) ? upperOf(cp) : cp);
  }
  return out;
}

/** `str.istitle`. */
export function isTitlePoints(text: CodePoints): boolean {
  let cased = false;
  let inWord = false;
  for (let i = 0; i < text.length; i++) {
    const cp = text[i];
    if (isUpper(cp) || isTitle(cp)) {
      if (inWord) return false;
      inWord = true;
      cased = true;
    } else if (isLower(cp)) {
      if (!inWord) return false;
      cased = true;
    } else inWord = false;
  }
  return cased;
}

/** `str.islower`: some cased character, none of upper or title case. */
export function isLowerPoints(text: CodePoints): boolean {
  let cased = false;
  for (let i = 0; i < text.length; i++) {
    if (isUpper(text[i]) || isTitle(text[i])) return false;
    cased ||= isLower(text[i]);
  }
  return cased;
}

/** `str.isupper`. */
export function isUpperPoints(text: CodePoints): boolean {
  let cased = false;
  for (let i = 0; i < text.length; i++) {
    if (isLower(text[i]) || isTitle(text[i])) return false;
    cased ||= isUpper(text[i]);
  }
  return cased;
}

// ── primitive strings ──────────────────────────────────────────────────────────────────────────────────────────

/** True when all units are below 128: JavaScript's own conversions are then Python's. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function unitsOf(text: string): number[] {
  const units: number[] = new Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
}

const CHUNK = 8192;
function fromUnits(units: number[]): string {
  if (units.length <= CHUNK) return String.fromCharCode(...units);
  let text = "";
  for (let i = 0; i < units.length; i += CHUNK) text += String.fromCharCode(...units.slice(i, i + CHUNK));
  return text;
}

export function toUpper(text: string): string {
  return isAscii(text) ? text.toUpperCase() : fromUnits(upperPoints(unitsOf(text)));
}
export function toLower(text: string): string {
  return isAscii(text) ? text.toLowerCase() : fromUnits(lowerPoints(unitsOf(text)));
}
export function casefold(text: string): string {
  return isAscii(text) ? text.toLowerCase() : fromUnits(foldPoints(unitsOf(text)));
}
export function toTitle(text: string): string {
  return fromUnits(titlePoints(unitsOf(text)));
}
export function swapcase(text: string): string {
  return fromUnits(swapcasePoints(unitsOf(text)));
}
export function capitalize(text: string): string {
  if (isAscii(text)) return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
  return fromUnits(capitalizePoints(unitsOf(text)));
}
