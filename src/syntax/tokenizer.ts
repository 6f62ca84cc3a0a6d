/**
 * The tokenizer: a whole source to a table of tokens in one go.
 *
 * It works on UTF-16 units; columns in UTF-8 bytes come from `lineBase`, the start of the line moved back by the
 * extra bytes of the non-ASCII characters already passed, so ASCII text pays nothing for them. The first error ends
 * the table with an ERRORTOKEN; whether it matters is the parser's decision.
 * Source: https://docs.python.org/3.14/reference/lexical_analysis.html
 */
import * as T from "./tokens.ts";
import type { OpenBracket, TokenError, Tokens, TokenWarning } from "./tokens.ts";
import {
  CHAR_CLASS,
  DIGIT,
  IDENT_PART,
  IDENT_START,
  countCodePoints,
  extraBytes,
  findNonIdentifier,
  isIdentPart,
  isPrintable,
} from "./chars.ts";
import { matchOperator } from "./operators.ts";
import { scanNumber } from "./scan-number.ts";
import { type StringMode, scanFStringMiddle, scanString, stringPrefixLength } from "./scan-string.ts";

const TAB_SIZE = 8;
const MAX_INDENT = 100;
const MAX_LEVEL = 200;

export interface TokenizerOptions {
  /** Make TYPE_COMMENT and TYPE_IGNORE tokens of comments (PEP 484). */
  typeComments?: boolean;
  /** Make COMMENT and NL tokens too and let brackets be unbalanced, as the `tokenize` module wants. */
  extraTokens?: boolean;
  /** The input is one interactive statement: a NEWLINE stands before the end. */
  single?: boolean;
  /** A `single` input that ends in the middle of a line leaves its blocks open (PyCF_DONT_IMPLY_DEDENT). */
  keepIndents?: boolean;
}

/** Thrown inside the tokenizer to end it; the error itself is in `Tokenizer.error`. */
export const STOP: unique symbol = Symbol("tokenizer stopped");

export class Tokenizer implements Tokens {
  readonly source: string;
  readonly length: number;
  readonly extra: boolean;
  readonly typeComments: boolean;
  readonly single: boolean;
  readonly keepIndents: boolean;

  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  lines: Int32Array;
  cols: Int32Array;
  endLines: Int32Array;
  endCols: Int32Array;
  count = 0;
  error: TokenError | null = null;
  warnings: TokenWarning[] = [];
  typeIgnores: { lineno: number; tag: string }[] = [];

  /** Index of the next unit to read. */
  pos = 0;
  line = 1;
  lineStart = 0;
  /** `pos - lineBase` is the column in bytes. */
  lineBase = 0;
  /** Start of the last line that was begun between two tokens, not inside a string or by a continuation. */
  pieceStart = 0;
  /** Where the comment before the next newline begins, or -1. */
  private commentStart = -1;
  atLineStart = true;
  /** Nothing but blank space has been seen on this logical line (for NL tokens). */
  blankSoFar = true;
  readonly indents: number[] = [0];
  readonly altIndents: number[] = [0];
  readonly brackets: OpenBracket[] = [];
  /** The f- and t-strings being read, innermost last. */
  readonly modes: StringMode[] = [];

  constructor(source: string, options: TokenizerOptions) {
    this.source = source;
    this.length = source.length;
    this.extra = options.extraTokens === true;
    this.typeComments = options.typeComments === true;
    this.single = options.single === true;
    this.keepIndents = options.keepIndents === true;
    const capacity = (source.length >> 2) + 64;
    this.kinds = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.lines = new Int32Array(capacity);
    this.cols = new Int32Array(capacity);
    this.endLines = new Int32Array(capacity);
    this.endCols = new Int32Array(capacity);
  }

  /** Reads everything. Afterwards the last token is ENDMARKER, or ERRORTOKEN with `error` set. */
  run(): void {
    try {
      while (this.step());
    } catch (thrown) {
      if (thrown !== STOP) throw thrown;
      this.emit(T.ERRORTOKEN, this.pos, this.line, this.pos - this.lineBase);
    }
  }

  /** Adds a token that begins at the given place and ends at the current one. */
  emit(kind: number, start: number, line: number, col: number): void {
    const index = this.count++;
    if (index === this.kinds.length) this.grow();
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.ends[index] = this.pos;
    this.lines[index] = line;
    this.cols[index] = col;
    this.endLines[index] = this.line;
    this.endCols[index] = this.pos - this.lineBase;
  }

  private grow(): void {
    const capacity = this.kinds.length * 2;
    const kinds = new Uint8Array(capacity);
    kinds.set(this.kinds);
    this.kinds = kinds;
    const larger = (old: Int32Array): Int32Array => {
      const array = new Int32Array(capacity);
      array.set(old);
      return array;
    };
    this.starts = larger(this.starts);
    this.ends = larger(this.ends);
    this.lines = larger(this.lines);
    this.cols = larger(this.cols);
    this.endLines = larger(this.endLines);
    this.endCols = larger(this.endCols);
  }

  /** `offset` as CPython's tokenizer gives it: the number of code points from the line's start to `at`. */
  offsetOf(at: number): number {
    return countCodePoints(this.source, this.lineStart, at);
  }

  /** Stops with a SyntaxError whose offset is that of the character just read, or of `at - 1`. */
  fail(msg: string, at: number = this.pos): never {
    const offset = this.offsetOf(at);
    return this.failAt("raised", msg, offset, offset);
  }

  /** As `fail`, for a string that is open where the tokenizer stands. */
  failOpenString(msg: string, at: number): never {
    const atEnd = this.pos >= this.length;
    try {
      return this.fail(msg, at);
    } catch (thrown) {
      if (this.error !== null) this.error.atEnd = atEnd;
      throw thrown;
    }
  }

  /** Stops with an error on the current line. */
  failAt(
    how: TokenError["how"],
    msg: string,
    offset: number,
    endOffset: number,
    type: TokenError["type"] = "SyntaxError",
  ): never {
    const open = this.brackets.length === 0 ? null : this.brackets[this.brackets.length - 1];
    this.error = {
      type,
      msg,
      lineno: this.line,
      offset,
      endLineno: this.line,
      endOffset,
      textStart: this.lineStart,
      how,
      open,
      atEnd: how === "eof",
      inString: this.modes.length > 0,
    };
    throw STOP;
  }

  /** Notes a warning about the character before `at`. */
  warn(msg: string, at: number): void {
    const offset = this.offsetOf(at);
    const newline = this.source.indexOf("\n", this.lineStart);
    const text = this.source.slice(this.lineStart, newline < 0 ? this.length : newline);
    const place = { lineno: this.line, offset, endOffset: offset, text, token: this.count };
    this.warnings.push({ category: "SyntaxWarning", msg, ...place });
  }

  /** Moves to the next line; `pos` stands behind the newline. */
  newLine(): void {
    // What stands behind the last newline is reported on the line that ends there.
    if (this.pos >= this.length) return;
    this.line++;
    this.lineStart = this.lineBase = this.pos;
  }

  /** Reads on to the end of one token or of some blank space; false when all is read. */
  private step(): boolean {
    const mode = this.modes.length === 0 ? null : this.modes[this.modes.length - 1];
    if (mode !== null && mode.inMiddle) {
      scanFStringMiddle(this, mode);
      return true;
    }
    if (this.atLineStart) {
      this.atLineStart = false;
      this.readIndentation();
    }
    const source = this.source;
    let pos = this.pos;
    let code = source.charCodeAt(pos);
    while (code === 32 || code === 9 || code === 12) code = source.charCodeAt(++pos);
    this.pos = pos;
    if (code < 128) {
      const kind = CHAR_CLASS[code];
      if ((kind & IDENT_START) !== 0) this.readName(code);
      else if ((kind & DIGIT) !== 0) scanNumber(this);
      else return this.readOther(code);
      return true;
    }
    if (code !== code) return this.readEnd();
    this.readName(code);
    return true;
  }

  // ── lines ──────────────────────────────────────────────────────────────────────────────────────────────

  /** At the start of a physical line outside brackets: compares its indentation with the stack. */
  private readIndentation(): void {
    const source = this.source;
    let col = 0;
    let alt = 0;
    let continued = 0;
    let pos = this.pos;
    let code: number;
    for (;;) {
      code = source.charCodeAt(pos);
      if (code === 32) {
        col++;
        alt++;
      } else if (code === 9) {
        col = (Math.floor(col / TAB_SIZE) + 1) * TAB_SIZE;
        alt++;
      } else if (code === 12) col = alt = 0;
      else if (code === 92) {
        // A continued line keeps the indentation of the first line that had any.
        continued = continued !== 0 ? continued : col;
        this.pos = pos + 1;
        this.continueLine();
        pos = this.pos;
        continue;
      } else break;
      pos++;
    }
    this.pos = pos;
    this.blankSoFar = false;
    if (code === 35 || code === 10) {
      // Blank lines and lines with only a comment do not count.
      this.blankSoFar = true;
      return;
    }
    if (this.brackets.length > 0) return;
    if (continued !== 0) col = alt = continued;
    this.compareIndentation(col, alt);
  }

  private compareIndentation(col: number, alt: number): void {
    const { indents, altIndents } = this;
    const top = indents.length - 1;
    if (col === indents[top]) {
      if (alt !== altIndents[top]) this.failTabs();
    } else if (col > indents[top]) {
      if (indents.length >= MAX_INDENT)
        this.failAt("silent", "too many levels of indentation", 1, 0, "IndentationError");
      if (alt <= altIndents[top]) this.failTabs();
      indents.push(col);
      altIndents.push(alt);
      if (this.extra) this.emit(T.INDENT, this.lineStart, this.line, 0);
      else this.emit(T.INDENT, this.pos, this.line, this.pos - this.lineBase);
    } else {
      let level = top;
      while (level > 0 && col < indents[level]) level--;
      if (col !== indents[level]) this.failDedent();
      if (alt !== altIndents[level]) this.failTabs();
      for (let count = top - level; count > 0; count--) {
        indents.pop();
        altIndents.pop();
        this.emit(T.DEDENT, this.pos, this.line, this.pos - this.lineBase);
      }
    }
  }

  private failTabs(): never {
    return this.failAt("silent", "inconsistent use of tabs and spaces in indentation", 1, 0, "TabError");
  }

  private failDedent(): never {
    // CPython has read the whole line by then and points behind it.
    const newline = this.source.indexOf("\n", this.pos);
    const offset = this.offsetOf(newline < 0 ? this.length : newline + 1);
    return this.failAt("silent", "unindent does not match any outer indentation level", offset, -1, "IndentationError");
  }

  /** CPython counts from the line on which the logical line's current piece began, up to the end of the one shown. */
  private failContinuation(): never {
    const newline = this.source.indexOf("\n", this.pos);
    const counted = countCodePoints(this.source, this.pieceStart, this.pos) + (this.pos < this.length ? 1 : 0);
    const shown = this.offsetOf(newline < 0 ? this.length : newline + 1) + 1;
    return this.failAt("silent", "unexpected character after line continuation character", Math.min(counted, shown), 0);
  }

  /** Behind a backslash: goes to the start of the next line. */
  private continueLine(): void {
    if (this.source.charCodeAt(this.pos) !== 10) {
      this.failContinuation();
    }
    this.pos++;
    if (this.pos >= this.length) {
      if (this.brackets.length > 0) this.failUnclosed();
      this.failAt("eof", "unexpected EOF while parsing", this.offsetOf(this.pos), -1);
    }
    this.newLine();
  }

  private readNewline(): void {
    const start = this.pos;
    const col = start - this.lineBase;
    if (this.brackets.length > 0 || this.blankSoFar) {
      this.pos = start + 1;
      if (this.extra) this.emit(T.NL, start, this.line, col);
    } else {
      // The token begins with the comment before it, and ends on its own line, behind the newline character.
      this.pos = start + 1;
      const comment = this.commentStart;
      if (comment < 0 || this.extra) this.emit(T.NEWLINE, start, this.line, col);
      else this.emit(T.NEWLINE, comment, this.line, col - (start - comment));
    }
    this.commentStart = -1;
    this.newLine();
    this.pieceStart = this.lineStart;
    if (this.brackets.length === 0) {
      this.atLineStart = true;
      this.blankSoFar = true;
    }
  }

  private readEnd(): boolean {
    if (this.brackets.length > 0) this.failUnclosed();
    if (this.single && this.count > 0) {
      // An interactive statement needs no newline at its end; its blocks end with the input too, unless asked.
      this.emitAtEnd(T.NEWLINE);
      if (this.indents.length > 1 && !this.keepIndents) {
        for (; this.indents.length > 1; this.indents.pop()) this.emitAtEnd(T.DEDENT);
        this.emitAtEnd(T.NEWLINE);
      }
    }
    this.emitAtEnd(T.ENDMARKER);
    return false;
  }

  private emitAtEnd(kind: number): void {
    this.emit(kind, this.pos, this.line, this.pos - this.lineBase);
  }

  private failUnclosed(): never {
    const open = this.brackets[this.brackets.length - 1];
    const offset = countCodePoints(this.source, open.lineStart, open.at) + 1;
    this.error = {
      type: "SyntaxError",
      msg: `'${String.fromCharCode(open.code)}' was never closed`,
      lineno: open.lineno,
      offset,
      endLineno: open.lineno,
      endOffset: 0,
      textStart: open.lineStart,
      how: "eof",
      open,
      atEnd: true,
      inString: this.modes.length > 0,
    };
    throw STOP;
  }

  private readComment(): void {
    const start = this.pos;
    this.commentStart = start;
    let end = this.source.indexOf("\n", start);
    if (end < 0) end = this.length;
    if (this.extra || this.typeComments) {
      const col = start - this.lineBase;
      this.pos = end;
      for (let index = start; index < end; index++) this.lineBase -= extraBytes(this.source.charCodeAt(index));
      if (this.extra) this.emit(T.COMMENT, start, this.line, col);
      else this.readTypeComment(start, end, col);
    }
    this.pos = end;
  }

  /** `# type: ignore…` is noted, any other `# type: …` a TYPE_COMMENT. */
  private readTypeComment(start: number, end: number, col: number): void {
    const match = /^#[ \t]*type:[ \t]*/.exec(this.source.slice(start, end));
    if (match === null) return;
    this.commentStart = -1;
    const textStart = start + match[0].length;
    const text = this.source.slice(textStart, end);
    const isIgnore = /^ignore(?![A-Za-z0-9\u0080-\uffff])/.test(text);
    if (isIgnore) {
      this.typeIgnores.push({ lineno: this.line, tag: text.slice(6) });
    } else {
      this.emit(T.TYPE_COMMENT, textStart, this.line, col + match[0].length);
      // Even alone on its line it is followed by a NEWLINE.
      this.blankSoFar = false;
    }
  }

  // ── tokens ─────────────────────────────────────────────────────────────────────────────────────────────

  private readName(first: number): void {
    const source = this.source;
    const start = this.pos;
    const col = start - this.lineBase;
    if (first < 128 && this.tryPrefixedString(first, start, col)) return;
    let pos = start + (first < 128 ? 1 : 0);
    let code = source.charCodeAt(pos);
    while (code < 128 && (CHAR_CLASS[code] & IDENT_PART) !== 0) code = source.charCodeAt(++pos);
    if (code >= 128) return this.readUnicodeName(start, col);
    this.pos = pos;
    const kind = pos - start <= 8 && !this.extra ? T.KEYWORDS.get(source.slice(start, pos)) : undefined;
    this.emit(kind === undefined ? T.NAME : kind, start, this.line, col);
  }

  private tryPrefixedString(first: number, start: number, col: number): boolean {
    // b f r t u in either case, then a quote or another prefix letter.
    const lower = first | 32;
    if (lower !== 98 && lower !== 102 && lower !== 114 && lower !== 116 && lower !== 117) return false;
    const prefix = stringPrefixLength(this, start);
    if (prefix === 0) return false;
    this.pos = start + prefix;
    scanString(this, start, col);
    return true;
  }

  private readUnicodeName(start: number, col: number): void {
    let pos = start;
    let code = this.source.charCodeAt(pos);
    let extra = 0;
    while (isIdentPart(code) && code === code) {
      extra += extraBytes(code);
      code = this.source.charCodeAt(++pos);
    }
    const text = this.source.slice(start, pos);
    const bad = this.extra ? -1 : findNonIdentifier(text);
    if (bad >= 0) this.failCharacter(start + bad);
    this.pos = pos;
    this.lineBase -= extra;
    this.emit(T.NAME, start, this.line, col);
  }

  private failCharacter(at: number): never {
    const codePoint = this.source.codePointAt(at) as number;
    const hex = codePoint.toString(16).toUpperCase().padStart(4, "0");
    const after = at + (codePoint > 0xffff ? 2 : 1);
    if (isPrintable(codePoint)) this.fail(`invalid character '${String.fromCodePoint(codePoint)}' (U+${hex})`, after);
    return this.fail(`invalid non-printable character U+${hex}`, after);
  }

  /** Whatever begins with neither a letter nor a digit. */
  private readOther(code: number): boolean {
    const start = this.pos;
    switch (code) {
      case 10:
        this.readNewline();
        return true;
      case 35:
        this.readComment();
        return true;
      case 92:
        this.pos++;
        this.continueLine();
        return true;
      case 34:
      case 39:
        scanString(this, start, start - this.lineBase);
        return true;
      case 46: {
        const next = this.source.charCodeAt(start + 1);
        if (next >= 48 && next <= 57) {
          scanNumber(this);
          return true;
        }
      }
    }
    this.readOperator(code);
    return true;
  }

  private readOperator(code: number): void {
    const start = this.pos;
    const col = start - this.lineBase;
    if (this.modes.length > 0 && this.endsReplacementField(code)) {
      this.pos = start + 1;
      this.emit(T.COLON, start, this.line, col);
      return;
    }
    const matched = matchOperator(this.source, start, code);
    const kind = matched & 0xff;
    if (kind === 0) {
      this.pos = start + 1;
      if (!isPrintable(code)) this.failCharacter(start);
      this.emit(T.OP, start, this.line, col);
      return;
    }
    this.pos = start + (matched >> 8);
    switch (kind) {
      case T.LPAR:
      case T.LSQB:
      case T.LBRACE:
        this.openBracket(code, start);
        break;
      case T.RPAR:
      case T.RSQB:
      case T.RBRACE:
        this.closeBracket(code);
        break;
    }
    this.emit(kind, start, this.line, col);
  }

  /** A colon on the outermost level of a replacement field begins its format specification. */
  private endsReplacementField(code: number): boolean {
    const mode = this.modes[this.modes.length - 1];
    if (code !== 58 || mode.depth !== mode.fieldDepth + 1) {
      if (code === 61 && mode.depth === mode.fieldDepth + 1) mode.debug = true;
      return false;
    }
    mode.inMiddle = true;
    mode.inSpec = true;
    return true;
  }

  private openBracket(code: number, at: number): void {
    if (this.brackets.length >= MAX_LEVEL) this.fail("too many nested parentheses");
    this.brackets.push({ code, lineno: this.line, at, lineStart: this.lineStart });
    if (this.modes.length > 0) this.modes[this.modes.length - 1].depth++;
  }

  private closeBracket(code: number): void {
    const mode = this.modes.length === 0 ? null : this.modes[this.modes.length - 1];
    const char = String.fromCharCode(code);
    if (mode !== null && mode.depth === 0 && code === 125)
      this.fail(`${mode.letter}-string: single '}' is not allowed`);
    if (!this.extra && this.brackets.length === 0) this.fail(`unmatched '${char}'`);
    const open = this.brackets.pop();
    const endsField = mode !== null && open !== undefined && open.code === 123 && mode.depth - 1 === mode.fieldDepth;
    if (open !== undefined && (!this.extra || endsField) && !bracketsMatch(open.code, code))
      this.failMismatch(open, char, mode);
    if (mode === null) return;
    mode.depth--;
    if (mode.depth < 0) this.fail(`${mode.letter}-string: unmatched '${char}'`);
    if (code === 125 && mode.depth === mode.fieldDepth) {
      mode.fieldDepth--;
      mode.inMiddle = true;
      mode.inSpec = false;
      mode.debug = false;
    }
  }

  private failMismatch(open: OpenBracket, char: string, mode: StringMode | null): never {
    if (mode !== null && open.code === 123 && mode.depth - 1 === mode.fieldDepth)
      this.fail(`${mode.letter}-string: unmatched '${char}'`);
    const opening = String.fromCharCode(open.code);
    const where = open.lineno === this.line ? "" : ` on line ${open.lineno}`;
    return this.fail(`closing parenthesis '${char}' does not match opening parenthesis '${opening}'${where}`);
  }
}

function bracketsMatch(open: number, close: number): boolean {
  return (open === 40 && close === 41) || (open === 91 && close === 93) || (open === 123 && close === 125);
}

/** Tokenises `source`, whose line ends are all "\n". */
export function tokenize(source: string, options: TokenizerOptions): Tokens {
  const tokenizer = new Tokenizer(source, options);
  tokenizer.run();
  return tokenizer;
}
