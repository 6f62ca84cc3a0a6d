/** Names as strings: those that were seen before are not made again, so that they are quick to look up. */

const SIZE = 256;

export class Names {
  /** Each name has one place here, which it shares with others. */
  private readonly recent: string[] = new Array<string>(SIZE).fill("");

  /** `text[start, end)`, which is not empty. */
  get(text: string, start: number, end: number): string {
    const length = end - start;
    const place = (length * 31 + text.charCodeAt(start) * 7 + text.charCodeAt(end - 1)) & (SIZE - 1);
    const known = this.recent[place];
    if (known.length === length && text.startsWith(known, start)) return known;
    const name = text.slice(start, end);
    this.recent[place] = name;
    return name;
  }
}
