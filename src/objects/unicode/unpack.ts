/**
 * Reads the packed tables of data/: integers of five bits a character, little end first, bit 6 says "more follows";
 * 64 printable ASCII characters from "#" on, the backslash left out (encoder: tools/unicode/pack.ts).
 */
export class IntReader {
  private position = 0;

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.position >= this.text.length;
  }

  next(): number {
    let result = 0;
    for (let scale = 1; ; scale *= 32) {
      const code = this.text.charCodeAt(this.position++);
      const value = code > 92 ? code - 36 : code - 35;
      if (value < 32) return result + value * scale;
      result += (value - 32) * scale;
    }
  }

  /** Zigzag: 0, −1, 1, −2, 2, … */
  signed(): number {
    const n = this.next();
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  }
}

export const CODE_POINTS = 0x110000;

/** Expands runs (gap, length, value) over `table`. */
export function fillRuns(table: Uint8Array, packed: string): Uint8Array {
  const reader = new IntReader(packed);
  for (let position = 0; !reader.done; ) {
    const first = position + reader.next();
    position = first + reader.next();
    table.fill(reader.next(), first, position);
  }
  return table;
}

/** Sets `bit` over ranges (gap, length). */
export function markRanges(table: Uint8Array, packed: string, bit: number): void {
  const reader = new IntReader(packed);
  for (let position = 0; !reader.done; ) {
    const first = position + reader.next();
    position = first + reader.next();
    for (let cp = first; cp < position; cp++) table[cp] |= bit;
  }
}
