/** Sets of characters as sorted ranges: the arithmetic behind the sets of translated patterns. */
import { inCategory, unicodeIsDigit, unicodeIsWord } from "./chars.ts";

export const ASCII_MAX = 0x7f;
export const BMP_MAX = 0xffff;
const TOP = 0x10ffff;

/** Unicode's large categories over the BMP: made once, since each takes a walk over 65,536 characters. */
const bmpCategories = new Map<number, RangeSet>();

/** Immutable. `bounds` holds first, last, first, last …, ascending and not touching. */
export class RangeSet {
  private text: string | null = null;
  private constructor(private readonly bounds: readonly number[]) {}

  static of(first: number, last: number): RangeSet {
    return new RangeSet(first <= last ? [first, last] : []);
  }

  static ofTest(test: (ch: number) => boolean, limit: number): RangeSet {
    const bounds: number[] = [];
    let start = -1;
    for (let ch = 0; ch <= limit; ch++) {
      if (test(ch)) {
        if (start < 0) start = ch;
      } else if (start >= 0) {
        bounds.push(start, ch - 1);
        start = -1;
      }
    }
    if (start >= 0) bounds.push(start, limit);
    return new RangeSet(bounds);
  }

  static ofBitmap(code: Int32Array, pc: number, bits: number): RangeSet {
    return RangeSet.ofTest((ch) => ((code[pc + (ch >> 5)] >>> (ch & 31)) & 1) === 1, bits - 1);
  }

  /** SRE's category `category` up to `limit`; complements reach to the end of Unicode. */
  static ofCategory(category: number, limit: number): RangeSet {
    if ((category & 1) === 1) return RangeSet.ofCategory(category - 1, limit).complement();
    // Few members, all below the BMP's punctuation block's end or ASCII: no need of a walk.
    if (category < 10 || category === 16) return RangeSet.ofTest((ch) => inCategory(category, ch), 0x2fff);
    if (category === 12) return RangeSet.ofTest((ch) => inCategory(category, ch), Math.min(limit, 0x3000));
    if (limit !== BMP_MAX) return RangeSet.ofTest((ch) => inCategory(category, ch), limit);
    let known = bmpCategories.get(category);
    if (known === undefined) {
      known = RangeSet.ofTest(category === 10 ? unicodeIsDigit : unicodeIsWord, BMP_MAX);
      bmpCategories.set(category, known);
    }
    return known;
  }

  static union(parts: readonly RangeSet[]): RangeSet {
    if (parts.length === 1) return parts[0];
    const pairs: [number, number][] = [];
    for (const { bounds } of parts) for (let i = 0; i < bounds.length; i += 2) pairs.push([bounds[i], bounds[i + 1]]);
    pairs.sort((a, b) => a[0] - b[0]);
    const merged: number[] = [];
    for (const [first, last] of pairs) {
      const top = merged.length - 1;
      if (top > 0 && first <= merged[top] + 1) merged[top] = Math.max(merged[top], last);
      else merged.push(first, last);
    }
    return new RangeSet(merged);
  }

  complement(): RangeSet {
    const result: number[] = [];
    let next = 0;
    const { bounds } = this;
    for (let i = 0; i < bounds.length; i += 2) {
      if (bounds[i] > next) result.push(next, bounds[i] - 1);
      next = bounds[i + 1] + 1;
    }
    if (next <= TOP) result.push(next, TOP);
    return new RangeSet(result);
  }

  /** Members up to `limit`. */
  clip(limit: number): RangeSet {
    const result: number[] = [];
    const { bounds } = this;
    for (let i = 0; i < bounds.length && bounds[i] <= limit; i += 2)
      result.push(bounds[i], Math.min(bounds[i + 1], limit));
    return new RangeSet(result);
  }

  has(ch: number): boolean {
    const { bounds } = this;
    let low = 0;
    let high = bounds.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bounds[middle * 2 + 1] < ch) low = middle + 1;
      else high = middle;
    }
    return low * 2 < bounds.length && bounds[low * 2] <= ch;
  }

  /** The characters that `map` takes into this set; only those in `moved` (ascending) are mapped elsewhere. */
  preimage(moved: readonly number[], map: (ch: number) => number): RangeSet {
    const members: RangeSet[] = [];
    const others: RangeSet[] = [];
    for (const ch of moved) {
      const isMember = this.has(map(ch));
      if (isMember === this.has(ch)) continue;
      (isMember ? members : others).push(RangeSet.of(ch, ch));
    }
    const kept = others.length === 0 ? this : RangeSet.union([this.complement(), ...others]).complement();
    return members.length === 0 ? kept : RangeSet.union([kept, ...members]);
  }

  isEmpty(): boolean {
    return this.bounds.length === 0;
  }
  count(): number {
    return this.bounds.length / 2;
  }

  /** The inside of a JavaScript character class. */
  source(): string {
    if (this.text !== null) return this.text;
    let text = "";
    const { bounds } = this;
    for (let i = 0; i < bounds.length; i += 2) {
      text += escapeUnit(bounds[i]);
      if (bounds[i + 1] > bounds[i]) text += (bounds[i + 1] > bounds[i] + 1 ? "-" : "") + escapeUnit(bounds[i + 1]);
    }
    this.text = text;
    return text;
  }
}

function escapeUnit(ch: number): string {
  const plain = (ch >= 48 && ch <= 57) || (ch >= 65 && ch <= 90) || (ch >= 97 && ch <= 122) || ch === 95;
  return plain ? String.fromCharCode(ch) : `\\u${Math.min(ch, BMP_MAX).toString(16).padStart(4, "0")}`;
}
