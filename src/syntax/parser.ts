/**
 * The parser's state: a position in the token table, and what every rule needs to look ahead and to make nodes.
 *
 * The rules are functions over a `Parser`, a file a topic. They accept exactly the language but say nothing about
 * errors: any mismatch throws `MISMATCH`, and `parse.ts` then lets the diagnosing grammar find CPython's message.
 */
import * as T from "./tokens.ts";
import type { TokenWarning, Tokens } from "./tokens.ts";
import type { Const } from "./ast.ts";
import { lineOf, toCharacters } from "./error-text.ts";
import { PySyntaxError, type SyntaxWarningSink } from "./errors.ts";
import type { NameLookup } from "./literal-string.ts";
import { nfkc } from "./names.ts";

/** Thrown where the source does not match the grammar. */
export const MISMATCH: unique symbol = Symbol("syntax error");

/**
 * Nesting of rules allowed before the source counts as too complex; CPython allows 2000 to 5000 of the same, by kind.
 * Where JavaScript's stack ends earlier, `parse` turns its RangeError into the same error.
 */
const MAX_DEPTH = 1500;

/** Thrown where the source is nested too deeply; becomes a MemoryError. */
export const TOO_DEEP: unique symbol = Symbol("too complex");

export interface ParserContext {
  filename: string;
  warn: SyntaxWarningSink | null;
  lookupName: NameLookup | null;
  /** Decimal integer literals with more digits are refused; 0 for no limit. */
  maxIntDigits: number;
  /** Of warnings about invalid escapes: older versions of the language only deprecated them. */
  escapeCategory: TokenWarning["category"];
  barryAsFlufl: boolean;
}

export class Parser {
  readonly source: string;
  readonly tokens: Tokens;
  readonly kinds: Uint8Array;
  readonly context: ParserContext;
  /** Index of the current token, and its kind. */
  index = 0;
  kind: number;
  depth = 0;
  /** Where the statement of the module before the current one begins. An `elif` behind an `else` is that one's error. */
  statementStart = 0;
  private readonly names = new Map<string, string>();
  private readonly constants = new Map<string, Const>();
  /** Warnings to give once parsing has ended one way or the other, by the token that caused them. */
  private pending = new Map<number, TokenWarning>();

  constructor(tokens: Tokens, context: ParserContext) {
    this.source = tokens.source;
    this.tokens = tokens;
    this.kinds = tokens.kinds;
    this.context = context;
    this.kind = this.kinds[0];
  }

  advance(): void {
    this.kind = this.kinds[++this.index];
  }

  /** Goes back to a token seen before. */
  reset(index: number): void {
    this.index = index;
    this.kind = this.kinds[index];
  }

  /** Kind of the token `distance` ahead of the current one. */
  peek(distance: number): number {
    const index = this.index + distance;
    return index < this.tokens.count ? this.kinds[index] : T.ENDMARKER;
  }

  /** For a second question about a token that TypeScript believes to know already. */
  at(kind: number): boolean {
    return this.kind === kind;
  }

  accept(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.kind = this.kinds[++this.index];
    return true;
  }

  expect(kind: number): void {
    if (this.kind !== kind) throw MISMATCH;
    this.kind = this.kinds[++this.index];
  }

  fail(): never {
    throw MISMATCH;
  }

  enter(): void {
    if (++this.depth > MAX_DEPTH) throw TOO_DEEP;
  }

  leave(): void {
    this.depth--;
  }

  /** Text of a token. */
  text(index: number): string {
    return this.source.slice(this.tokens.starts[index], this.tokens.ends[index]);
  }

  /** Text of the NAME token at `index`, normalised. Equal names share one string, so that no node keeps the source alive. */
  nameAt(index: number): string {
    const text = this.source.slice(this.tokens.starts[index], this.tokens.ends[index]);
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const name = nfkc(text);
    this.names.set(text, name);
    return name;
  }

  /** Takes a NAME and returns its text. */
  name(): string {
    if (this.kind !== T.NAME) throw MISMATCH;
    const name = this.nameAt(this.index);
    this.advance();
    return name;
  }

  /** Is the current token the NAME `text` (a soft keyword)? */
  atSoft(text: string): boolean {
    if (this.kind !== T.NAME) return false;
    const start = this.tokens.starts[this.index];
    return this.tokens.ends[this.index] - start === text.length && this.source.startsWith(text, start);
  }

  /** Line and column where the token at `index` begins. */
  line(index: number): number {
    return this.tokens.lines[index];
  }

  col(index: number): number {
    return this.tokens.cols[index];
  }

  /** Where the last token taken ends. */
  endLine(): number {
    return this.tokens.endLines[this.index - 1];
  }

  endCol(): number {
    return this.tokens.endCols[this.index - 1];
  }

  /** Index of the last token taken that is part of a statement's text: not NEWLINE, INDENT or DEDENT. */
  lastSolid(): number {
    let index = this.index - 1;
    let kind = this.kinds[index];
    while ((kind >= T.NEWLINE && kind <= T.DEDENT) || kind === T.TYPE_IGNORE || kind === T.ENDMARKER)
      kind = this.kinds[--index];
    return index;
  }

  /** A type comment, if one stands here (the tokens exist only when they were asked for). */
  typeComment(): string | null {
    if (this.kind !== T.TYPE_COMMENT) return null;
    const text = this.text(this.index);
    this.advance();
    return text;
  }

  /** The value of a literal's text, made once for equal texts. */
  cachedConstant(text: string): Const | undefined {
    return this.constants.get(text);
  }

  cacheConstant(text: string, value: Const): void {
    this.constants.set(text, value);
  }

  /**
   * Notes an invalid escape in the token at `index`; backtracking does not repeat it. Its place is counted from the
   * token at `anchor`: `newlines` further down, at `column`, or `before` and `column` bytes to the right.
   */
  warnOfEscape(index: number, msg: string, anchor: number, newlines: number, column: number, before: number): void {
    if (this.pending.has(index)) return;
    const lineno = this.line(anchor) + newlines;
    const text = lineOf(this.source, lineno, lineno >= this.tokens.endLines[anchor]);
    const offset = newlines > 0 ? column + 1 : this.col(anchor) + before + column + 1;
    this.pending.set(index, {
      category: this.context.escapeCategory,
      msg,
      lineno,
      offset: toCharacters(text, offset),
      endOffset: toCharacters(text, offset + 2),
      text,
      token: index,
    });
  }

  /** Forgets the warnings noted from `statementStart` on, where the source will be parsed again. */
  forgetWarnings(): void {
    for (const token of this.pending.keys()) if (token >= this.statementStart) this.pending.delete(token);
  }

  /** Gives the parser's warnings about the tokens before `end` and the tokenizer's before `tokenEnd`. */
  giveWarnings(end: number, tokenEnd: number): void {
    const { warn, filename } = this.context;
    if (warn === null || (this.pending.size === 0 && this.tokens.warnings.length === 0)) return;
    const own = [...this.pending.values()].filter(({ token }) => token < end);
    const all = [...this.tokens.warnings.filter(({ token }) => token < tokenEnd), ...own].sort(
      (a, b) => a.token - b.token,
    );
    this.pending.clear();
    this.tokens.warnings = [];
    for (const warning of all) {
      try {
        warn(warning.category, warning.msg, filename, warning.lineno);
      } catch (thrown) {
        throw thrown instanceof PySyntaxError ? placedError(warning, filename) : thrown;
      }
    }
  }
}

/** The error a filter has made of a warning; the words about the future are left out. */
function placedError(warning: TokenWarning, filename: string): PySyntaxError {
  const { msg, lineno, offset, endOffset, text } = warning;
  const shorter = msg.replace(" Such sequences will not work in the future.", "");
  return new PySyntaxError("SyntaxError", shorter, filename, lineno, offset, lineno, endOffset, text);
}
