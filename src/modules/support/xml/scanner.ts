/**
 * Where the pieces of markup end: names, tags, references, comments, instructions. A scan gives the index behind the
 * piece, PARTIAL where the text ends inside of it, or INVALID with the offending character's index in `badAt`.
 */
import {
  AMPERSAND,
  APOSTROPHE,
  COLON,
  CR,
  EQUALS,
  FORBIDDEN,
  GREATER,
  HASH,
  LF,
  MINUS,
  NAME_PART,
  NAME_START,
  QUESTION,
  QUOTE,
  SEMICOLON,
  SLASH,
  TAB,
  isSpace,
} from "./characters.ts";

export const PARTIAL = -1;
export const INVALID = -2;

export class Scanner {
  badAt = 0;
  /** Of the start tag scanned last: where its name ends, whether it is empty, and its attributes' places. */
  nameEnd = 0;
  isEmpty = false;
  /** How many attributes; what the arrays hold beyond them is of earlier tags. */
  attributeCount = 0;
  /** Four numbers an attribute: beginning and end of its name, beginning and end of its value. */
  readonly attributes: number[] = [];
  /** For each attribute: its value holds references or white space other than blanks. */
  readonly needsWork: boolean[] = [];

  // Expressions of its own: each has a `lastIndex`, and handlers may start other parsers.
  private readonly simple: RegExp;
  private readonly withColons: RegExp;
  private readonly doubleQuoted = new RegExp(`[^"&<\\t\\n\\r${FORBIDDEN}]*`, "y");
  private readonly singleQuoted = new RegExp(`[^'&<\\t\\n\\r${FORBIDDEN}]*`, "y");
  private readonly beforeMinus = new RegExp(`[^\\-${FORBIDDEN}]*`, "y");
  private readonly beforeQuestion = new RegExp(`[^?${FORBIDDEN}]*`, "y");

  /** `namespaces`: a colon separates prefixes from names, and may stand once in a name. */
  constructor(readonly namespaces: boolean) {
    this.withColons = new RegExp(`[:${NAME_START}][:${NAME_PART}]*`, "y");
    this.simple = namespaces ? new RegExp(`[${NAME_START}][${NAME_PART}]*`, "y") : this.withColons;
  }

  bad(at: number): number {
    this.badAt = at;
    return INVALID;
  }

  private match(pattern: RegExp, text: string, at: number): number {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return at < text.length ? this.bad(at) : PARTIAL;
    const end = pattern.lastIndex;
    return end === text.length ? PARTIAL : end;
  }

  /** A name without a prefix: of entities, of instructions. */
  simpleName(text: string, at: number): number {
    return this.match(this.simple, text, at);
  }
  /** A name of an element or attribute. */
  name(text: string, at: number): number {
    const end = this.match(this.simple, text, at);
    if (end < 0 || !this.namespaces || text.charCodeAt(end) !== COLON) return end;
    return this.match(this.simple, text, end + 1);
  }

  /** A start tag at `<`. */
  startTag(text: string, at: number): number {
    this.attributeCount = 0;
    this.isEmpty = false;
    let i = this.name(text, at + 1);
    this.nameEnd = i;
    while (i >= 0) {
      let unit = text.charCodeAt(i);
      const isSpaced = isSpace(unit);
      while (isSpace(unit)) unit = text.charCodeAt(++i);
      if (unit === GREATER) return i + 1;
      if (unit === SLASH) return this.emptyEnd(text, i + 1);
      if (i >= text.length) return PARTIAL;
      if (!isSpaced) return this.bad(i);
      i = this.attribute(text, i);
    }
    return i;
  }
  private emptyEnd(text: string, at: number): number {
    this.isEmpty = true;
    if (at >= text.length) return PARTIAL;
    return text.charCodeAt(at) === GREATER ? at + 1 : this.bad(at);
  }

  private attribute(text: string, at: number): number {
    const nameEnd = this.name(text, at);
    if (nameEnd < 0) return nameEnd;
    let i = skipSpace(text, nameEnd);
    if (i >= text.length) return PARTIAL;
    if (text.charCodeAt(i) !== EQUALS) return this.bad(i);
    i = skipSpace(text, i + 1);
    if (i >= text.length) return PARTIAL;
    const quote = text.charCodeAt(i);
    if (quote !== QUOTE && quote !== APOSTROPHE) return this.bad(i);
    const end = this.attributeValue(text, i + 1, quote);
    if (end >= 0) this.noteAttribute(at, nameEnd, i + 1, end - 1);
    return end;
  }
  private noteAttribute(nameAt: number, nameEnd: number, valueAt: number, valueEnd: number): void {
    const base = this.attributeCount++ * 4;
    const { attributes } = this;
    attributes[base] = nameAt;
    attributes[base + 1] = nameEnd;
    attributes[base + 2] = valueAt;
    attributes[base + 3] = valueEnd;
  }
  private attributeValue(text: string, at: number, quote: number): number {
    const plain = quote === QUOTE ? this.doubleQuoted : this.singleQuoted;
    let needsWork = false;
    for (let i = at; ; ) {
      plain.lastIndex = i;
      plain.test(text);
      i = plain.lastIndex;
      const unit = text.charCodeAt(i);
      if (unit === quote) {
        this.needsWork[this.attributeCount] = needsWork;
        return i + 1;
      }
      needsWork = true;
      if (unit === TAB || unit === LF || unit === CR) i++;
      else if (unit === AMPERSAND) {
        i = this.reference(text, i);
        if (i < 0) return i;
      } else return i < text.length ? this.bad(i) : PARTIAL;
    }
  }

  /** An end tag at `</`; `nameEnd` is set. `expected` is the name that it should have. */
  endTag(text: string, at: number, expected: string): number {
    const start = at + 2;
    const expectedEnd = start + expected.length;
    if (text.charCodeAt(expectedEnd) === GREATER && text.startsWith(expected, start)) {
      this.nameEnd = expectedEnd;
      return expectedEnd + 1;
    }
    if (this.namespaces && text.charCodeAt(start) === COLON) return this.bad(start);
    this.nameEnd = this.match(this.withColons, text, start);
    if (this.nameEnd < 0) return this.nameEnd;
    const i = skipSpace(text, this.nameEnd);
    if (i >= text.length) return PARTIAL;
    return text.charCodeAt(i) === GREATER ? i + 1 : this.bad(i);
  }

  /** A reference at `&`. */
  reference(text: string, at: number): number {
    if (text.charCodeAt(at + 1) === HASH) return this.characterReference(text, at + 2);
    return this.semicolon(text, this.simpleName(text, at + 1));
  }
  /** The end of a reference whose name ends at `at`. */
  semicolon(text: string, at: number): number {
    if (at < 0) return at;
    return text.charCodeAt(at) === SEMICOLON ? at + 1 : this.bad(at);
  }
  private characterReference(text: string, at: number): number {
    const isHex = text.charCodeAt(at) === 120;
    const start = isHex ? at + 1 : at;
    let i = start;
    while (isDigit(text.charCodeAt(i), isHex)) i++;
    if (i >= text.length) return PARTIAL;
    return i > start && text.charCodeAt(i) === SEMICOLON ? i + 1 : this.bad(i);
  }

  /** A comment at `<!-`. */
  comment(text: string, at: number): number {
    if (at + 3 >= text.length) return PARTIAL;
    if (text.charCodeAt(at + 3) !== MINUS) return this.bad(at + 3);
    for (let i = at + 4; ; i++) {
      this.beforeMinus.lastIndex = i;
      this.beforeMinus.test(text);
      i = this.beforeMinus.lastIndex;
      if (i >= text.length) return PARTIAL;
      if (text.charCodeAt(i) !== MINUS) return this.bad(i);
      if (text.charCodeAt(i + 1) !== MINUS) continue;
      if (i + 2 >= text.length) return PARTIAL;
      return text.charCodeAt(i + 2) === GREATER ? i + 3 : this.bad(i + 2);
    }
  }

  /** A processing instruction at `<?`; `nameEnd` is set. */
  instruction(text: string, at: number): number {
    const nameEnd = this.simpleName(text, at + 2);
    this.nameEnd = nameEnd;
    if (nameEnd < 0) return nameEnd;
    const target = nameEnd - at === 5 ? text.slice(at + 2, nameEnd) : "";
    if (target !== "xml" && target.toLowerCase() === "xml") return this.bad(nameEnd);
    if (!isSpace(text.charCodeAt(nameEnd))) {
      if (text.charCodeAt(nameEnd) !== QUESTION) return this.bad(nameEnd);
      if (nameEnd + 1 >= text.length) return PARTIAL;
      return text.charCodeAt(nameEnd + 1) === GREATER ? nameEnd + 2 : this.bad(nameEnd + 1);
    }
    for (let i = nameEnd; ; i++) {
      this.beforeQuestion.lastIndex = i;
      this.beforeQuestion.test(text);
      i = this.beforeQuestion.lastIndex;
      if (i >= text.length) return PARTIAL;
      if (text.charCodeAt(i) !== QUESTION) return this.bad(i);
      if (text.charCodeAt(i + 1) === GREATER) return i + 2;
    }
  }
}

export function skipSpace(text: string, at: number): number {
  let i = at;
  while (isSpace(text.charCodeAt(i))) i++;
  return i;
}
function isDigit(unit: number, isHex: boolean): boolean {
  if (unit >= 48 && unit <= 57) return true;
  return isHex && ((unit >= 97 && unit <= 102) || (unit >= 65 && unit <= 70));
}
