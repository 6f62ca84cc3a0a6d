/**
 * Token kinds and the table a tokenised source is kept in.
 *
 * Kinds up to 67 are CPython's (`Lib/token.py` numbers them so, and `tokenize` shows them); keywords follow as
 * kinds of their own, so that the parser never compares text.
 */

export const ENDMARKER = 0;
export const NAME = 1;
export const NUMBER = 2;
export const STRING = 3;
export const NEWLINE = 4;
export const INDENT = 5;
export const DEDENT = 6;
export const LPAR = 7;
export const RPAR = 8;
export const LSQB = 9;
export const RSQB = 10;
export const COLON = 11;
export const COMMA = 12;
export const SEMI = 13;
export const PLUS = 14;
export const MINUS = 15;
export const STAR = 16;
export const SLASH = 17;
export const VBAR = 18;
export const AMPER = 19;
export const LESS = 20;
export const GREATER = 21;
export const EQUAL = 22;
export const DOT = 23;
export const PERCENT = 24;
export const LBRACE = 25;
export const RBRACE = 26;
export const EQEQUAL = 27;
export const NOTEQUAL = 28;
export const LESSEQUAL = 29;
export const GREATEREQUAL = 30;
export const TILDE = 31;
export const CIRCUMFLEX = 32;
export const LEFTSHIFT = 33;
export const RIGHTSHIFT = 34;
export const DOUBLESTAR = 35;
export const PLUSEQUAL = 36;
export const MINEQUAL = 37;
export const STAREQUAL = 38;
export const SLASHEQUAL = 39;
export const PERCENTEQUAL = 40;
export const AMPEREQUAL = 41;
export const VBAREQUAL = 42;
export const CIRCUMFLEXEQUAL = 43;
export const LEFTSHIFTEQUAL = 44;
export const RIGHTSHIFTEQUAL = 45;
export const DOUBLESTAREQUAL = 46;
export const DOUBLESLASH = 47;
export const DOUBLESLASHEQUAL = 48;
export const AT = 49;
export const ATEQUAL = 50;
export const RARROW = 51;
export const ELLIPSIS = 52;
export const COLONEQUAL = 53;
export const EXCLAMATION = 54;
export const OP = 55;
export const TYPE_IGNORE = 56;
export const TYPE_COMMENT = 57;
export const FSTRING_START = 59;
export const FSTRING_MIDDLE = 60;
export const FSTRING_END = 61;
export const TSTRING_START = 62;
export const TSTRING_MIDDLE = 63;
export const TSTRING_END = 64;
export const COMMENT = 65;
export const NL = 66;
export const ERRORTOKEN = 67;

export const FIRST_KEYWORD = 70;
export const FALSE = 70;
export const NONE = 71;
export const TRUE = 72;
export const AND = 73;
export const AS = 74;
export const ASSERT = 75;
export const ASYNC = 76;
export const AWAIT = 77;
export const BREAK = 78;
export const CLASS = 79;
export const CONTINUE = 80;
export const DEF = 81;
export const DEL = 82;
export const ELIF = 83;
export const ELSE = 84;
export const EXCEPT = 85;
export const FINALLY = 86;
export const FOR = 87;
export const FROM = 88;
export const GLOBAL = 89;
export const IF = 90;
export const IMPORT = 91;
export const IN = 92;
export const IS = 93;
export const LAMBDA = 94;
export const NONLOCAL = 95;
export const NOT = 96;
export const OR = 97;
export const PASS = 98;
export const RAISE = 99;
export const RETURN = 100;
export const TRY = 101;
export const WHILE = 102;
export const WITH = 103;
export const YIELD = 104;
export const KIND_COUNT = 105;

/** The reserved words, by text. */
export const KEYWORDS: ReadonlyMap<string, number> = new Map([
  ["False", FALSE],
  ["None", NONE],
  ["True", TRUE],
  ["and", AND],
  ["as", AS],
  ["assert", ASSERT],
  ["async", ASYNC],
  ["await", AWAIT],
  ["break", BREAK],
  ["class", CLASS],
  ["continue", CONTINUE],
  ["def", DEF],
  ["del", DEL],
  ["elif", ELIF],
  ["else", ELSE],
  ["except", EXCEPT],
  ["finally", FINALLY],
  ["for", FOR],
  ["from", FROM],
  ["global", GLOBAL],
  ["if", IF],
  ["import", IMPORT],
  ["in", IN],
  ["is", IS],
  ["lambda", LAMBDA],
  ["nonlocal", NONLOCAL],
  ["not", NOT],
  ["or", OR],
  ["pass", PASS],
  ["raise", RAISE],
  ["return", RETURN],
  ["try", TRY],
  ["while", WHILE],
  ["with", WITH],
  ["yield", YIELD],
]);

/** What stopped the tokenizer, with the positions as `SyntaxError` shows them. */
export interface TokenError {
  type: "SyntaxError" | "IndentationError" | "TabError";
  msg: string;
  lineno: number;
  offset: number;
  endLineno: number;
  endOffset: number;
  /** Index in the source from which the error's `text` is cut (up to the line's end). */
  textStart: number;
  /**
   * How CPython's tokenizer stopped: it raised the error itself; the input ended; or it only left a code, so that the
   * error appears when the parser asks for the token, and not before.
   */
  how: "raised" | "eof" | "silent";
  /** The innermost bracket open then. */
  open: OpenBracket | null;
  /** It was found at the end of the input. */
  atEnd: boolean;
  /** It happened inside an f- or t-string. */
  inString: boolean;
}

/** A warning found while tokenising or decoding a string; the parser hands it on when it has come that far. */
export interface TokenWarning {
  msg: string;
  category: "SyntaxWarning" | "DeprecationWarning";
  lineno: number;
  /** Where it is shown if a filter makes an error of it: `offset` and `text` of a SyntaxError. */
  offset: number;
  endOffset: number;
  text: string;
  /** Index of the token in which it was found. */
  token: number;
}

/** An open bracket: its character code and place. */
export interface OpenBracket {
  code: number;
  lineno: number;
  /** Index in the source. */
  at: number;
  lineStart: number;
}

/**
 * All tokens of a source, as parallel arrays: `starts` and `ends` are UTF-16 indices into `source`, lines count
 * from 1, columns are byte offsets in the line's UTF-8.
 */
export interface Tokens {
  source: string;
  count: number;
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  lines: Int32Array;
  cols: Int32Array;
  endLines: Int32Array;
  endCols: Int32Array;
  /** Set when the last token is an ERRORTOKEN. */
  error: TokenError | null;
  warnings: TokenWarning[];
  /** `# type: ignore` comments, which are no tokens for the parser. */
  typeIgnores: { lineno: number; tag: string }[];
}
