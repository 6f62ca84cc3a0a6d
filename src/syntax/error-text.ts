/** The line an error shows, and offsets in it. */

/** Line `lineno` of a source, or its last one, with the newline if asked (and if it has one). */
export function lineOf(source: string, lineno: number, newline: boolean): string {
  let start = 0;
  for (let line = 1; line < lineno; line++) {
    const end = source.indexOf("\n", start);
    if (end < 0 || end + 1 >= source.length) break;
    start = end + 1;
  }
  const end = source.indexOf("\n", start);
  return end < 0 ? source.slice(start) : source.slice(start, newline ? end + 1 : end);
}

/** From an offset in bytes of UTF-8, counted from 1, to one in code points; what lies behind the text counts as its end. */
export function toCharacters(text: string, offset: number): number {
  if (offset <= 0) return offset;
  let bytes = 0;
  let count = 0;
  for (const char of text) {
    if (bytes >= offset) return count;
    const point = char.codePointAt(0) as number;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    count++;
  }
  return bytes >= offset ? count : count + 1;
}
