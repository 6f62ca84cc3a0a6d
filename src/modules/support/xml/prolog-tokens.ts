/** Tokens of the prolog and of declarations. */
import {
  APOSTROPHE,
  ASTERISK,
  BAR,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  BYTE_ORDER_MARK,
  COLON,
  COMMA,
  CR,
  EXCLAMATION,
  FORBIDDEN,
  GREATER,
  HASH,
  LESS,
  MINUS,
  NAME_PART,
  NAME_START,
  PAREN_CLOSE,
  PAREN_OPEN,
  PERCENT,
  PLUS,
  QUESTION,
  QUOTE,
  isSpace,
} from "./characters.ts";
import { PARTIAL, type Scanner } from "./scanner.ts";

export type TokenKind =
  | "space"
  | "byte order mark"
  | "xml declaration"
  | "instruction"
  | "comment"
  | "<!" // with the name behind it: `word`
  | "<![" // of conditional sections
  | "]]>"
  | "<" // a tag begins
  | ">"
  | "literal"
  | "name"
  | "nmtoken"
  | "#name"
  | "%" // a blank follows
  | "%name;"
  | "("
  | ")"
  | "["
  | "]"
  | "|"
  | ",";

export class PrologScanner {
  kind: TokenKind = "space";
  /** The name in a token; "" where there is none. */
  word = "";
  /** What follows a name or a parenthesis: "", "?", "*" or "+". */
  quantifier = "";
  /** The token ends where the text does, and could go on in the next piece. */
  mayGoOn = false;

  private readonly nmtoken = new RegExp(`[:${NAME_PART}]*`, "y");
  private readonly nameStart = new RegExp(`[${NAME_START}]`);
  private readonly beforeQuote = new RegExp(`[^"${FORBIDDEN}]*`, "y");
  private readonly beforeApostrophe = new RegExp(`[^'${FORBIDDEN}]*`, "y");

  constructor(private readonly scanner: Scanner) {}

  /** Finds the token at `at`, which is not the text's end: its end, PARTIAL or INVALID. */
  scan(text: string, at: number): number {
    this.word = "";
    this.quantifier = "";
    this.mayGoOn = false;
    const unit = text.charCodeAt(at);
    switch (unit) {
      case QUOTE:
      case APOSTROPHE:
        return this.literal(text, at, unit);
      case LESS:
        return this.less(text, at);
      case PERCENT:
        return this.percent(text, at);
      case HASH:
        return this.pound(text, at);
      case PAREN_CLOSE:
        return this.closing(text, at);
      case BRACKET_CLOSE:
        return this.bracket(text, at);
      case COMMA:
        return this.is(",", at + 1);
      case BRACKET_OPEN:
        return this.is("[", at + 1);
      case PAREN_OPEN:
        return this.is("(", at + 1);
      case BAR:
        return this.is("|", at + 1);
      case GREATER:
        return this.is(">", at + 1);
      case BYTE_ORDER_MARK:
        return this.is("byte order mark", at + 1);
    }
    return isSpace(unit) ? this.space(text, at) : this.name(text, at);
  }

  private is(kind: TokenKind, end: number): number {
    this.kind = kind;
    return end;
  }
  /** A token that the text's end cuts off unless nothing follows. */
  private upToEnd(kind: TokenKind, end: number): number {
    this.mayGoOn = true;
    return this.is(kind, end);
  }

  private space(text: string, at: number): number {
    let end = at;
    while (isSpace(text.charCodeAt(end))) end++;
    // A line feed may follow the last carriage return.
    if (end === text.length && text.charCodeAt(end - 1) === CR) {
      if (end - 1 > at) return this.is("space", end - 1);
      return this.upToEnd("space", end);
    }
    return this.is("space", end);
  }

  private literal(text: string, at: number, quote: number): number {
    const pattern = quote === QUOTE ? this.beforeQuote : this.beforeApostrophe;
    pattern.lastIndex = at + 1;
    pattern.test(text);
    const end = pattern.lastIndex;
    if (end >= text.length) return PARTIAL;
    if (text.charCodeAt(end) !== quote) return this.scanner.bad(end);
    if (end + 1 >= text.length) return this.upToEnd("literal", end + 1);
    const after = text.charCodeAt(end + 1);
    const isEnd = isSpace(after) || after === GREATER || after === PERCENT || after === BRACKET_OPEN;
    return isEnd ? this.is("literal", end + 1) : this.scanner.bad(end + 1);
  }

  private less(text: string, at: number): number {
    if (at + 1 >= text.length) return PARTIAL;
    const unit = text.charCodeAt(at + 1);
    if (unit === EXCLAMATION) return this.declaration(text, at);
    if (unit === QUESTION) return this.instruction(text, at);
    const isTag = this.nameStart.test(text[at + 1]) || (unit === COLON && !this.scanner.namespaces);
    return isTag ? this.is("<", at) : this.scanner.bad(at + 1);
  }
  private instruction(text: string, at: number): number {
    const end = this.scanner.instruction(text, at);
    if (end < 0) return end;
    const isDeclaration = text.slice(at + 2, this.scanner.nameEnd) === "xml";
    return this.is(isDeclaration ? "xml declaration" : "instruction", end);
  }
  private declaration(text: string, at: number): number {
    if (at + 2 >= text.length) return PARTIAL;
    const unit = text.charCodeAt(at + 2);
    if (unit === MINUS) return this.is("comment", this.scanner.comment(text, at));
    if (unit === BRACKET_OPEN) return this.is("<![", at + 3);
    let end = at + 2;
    while (end < text.length && this.nameStart.test(text[end])) end++;
    if (end >= text.length) return PARTIAL;
    const after = text.charCodeAt(end);
    if (after === PERCENT) {
      if (end + 1 >= text.length) return PARTIAL;
      const next = text.charCodeAt(end + 1);
      if (isSpace(next) || next === PERCENT) return this.scanner.bad(end);
    } else if (!isSpace(after)) return this.scanner.bad(end);
    if (end === at + 2) return this.scanner.bad(end);
    this.word = text.slice(at + 2, end);
    return this.is("<!", end);
  }

  private percent(text: string, at: number): number {
    if (at + 1 >= text.length) return PARTIAL;
    const unit = text.charCodeAt(at + 1);
    if (isSpace(unit) || unit === PERCENT) return this.is("%", at + 1);
    const end = this.scanner.simpleName(text, at + 1);
    if (end < 0) return end;
    this.word = text.slice(at + 1, end);
    return this.is("%name;", this.scanner.semicolon(text, end));
  }

  private pound(text: string, at: number): number {
    if (at + 1 >= text.length) return PARTIAL;
    if (!this.nameStart.test(text[at + 1])) return this.scanner.bad(at + 1);
    this.nmtoken.lastIndex = at + 1;
    this.nmtoken.test(text);
    const end = this.nmtoken.lastIndex;
    this.word = text.slice(at + 1, end);
    if (end >= text.length) return this.upToEnd("#name", end);
    const after = text.charCodeAt(end);
    return isSpace(after) || after === PAREN_CLOSE || after === GREATER || after === PERCENT || after === BAR
      ? this.is("#name", end)
      : this.scanner.bad(end);
  }

  private closing(text: string, at: number): number {
    if (at + 1 >= text.length) return this.upToEnd(")", at + 1);
    const after = text.charCodeAt(at + 1);
    if (after === ASTERISK || after === QUESTION || after === PLUS) {
      this.quantifier = text[at + 1];
      return this.is(")", at + 2);
    }
    const isEnd = isSpace(after) || after === GREATER || after === COMMA || after === BAR || after === PAREN_CLOSE;
    return isEnd ? this.is(")", at + 1) : this.scanner.bad(at + 1);
  }

  private bracket(text: string, at: number): number {
    if (at + 1 >= text.length) return this.upToEnd("]", at + 1);
    if (text.charCodeAt(at + 1) !== BRACKET_CLOSE) return this.is("]", at + 1);
    if (at + 2 >= text.length) return PARTIAL;
    return text.charCodeAt(at + 2) === GREATER ? this.is("]]>", at + 3) : this.is("]", at + 1);
  }

  private name(text: string, at: number): number {
    this.nmtoken.lastIndex = at;
    this.nmtoken.test(text);
    const end = this.nmtoken.lastIndex;
    if (end === at) return this.scanner.bad(at);
    this.word = text.slice(at, end);
    const kind = this.kindOf(this.word);
    if (end >= text.length) return this.upToEnd(kind, end);
    const after = text.charCodeAt(end);
    if (after === PLUS || after === ASTERISK || after === QUESTION) {
      if (kind === "nmtoken") return this.scanner.bad(end);
      this.quantifier = text[end];
      return this.is(kind, end + 1);
    }
    const isEnd =
      isSpace(after) ||
      after === GREATER ||
      after === PAREN_CLOSE ||
      after === COMMA ||
      after === BAR ||
      after === BRACKET_OPEN ||
      after === PERCENT;
    return isEnd ? this.is(kind, end) : this.scanner.bad(end);
  }
  private kindOf(word: string): TokenKind {
    if (!this.scanner.namespaces) return this.nameStart.test(word[0]) || word[0] === ":" ? "name" : "nmtoken";
    const parts = word.split(":");
    if (parts.length > 2) return "nmtoken";
    if (!this.nameStart.test(parts[0][0] ?? "")) return "nmtoken";
    return parts.length === 2 && parts[1] === "" ? "nmtoken" : "name";
  }
}
