/** Operators and delimiters: from text to token kind. */
import * as T from "./tokens.ts";

const ONE = new Uint8Array(128);
for (const [text, kind] of [
  ["(", T.LPAR],
  [")", T.RPAR],
  ["[", T.LSQB],
  ["]", T.RSQB],
  [":", T.COLON],
  [",", T.COMMA],
  [";", T.SEMI],
  ["+", T.PLUS],
  ["-", T.MINUS],
  ["*", T.STAR],
  ["/", T.SLASH],
  ["|", T.VBAR],
  ["&", T.AMPER],
  ["<", T.LESS],
  [">", T.GREATER],
  ["=", T.EQUAL],
  [".", T.DOT],
  ["%", T.PERCENT],
  ["{", T.LBRACE],
  ["}", T.RBRACE],
  ["~", T.TILDE],
  ["^", T.CIRCUMFLEX],
  ["@", T.AT],
  ["!", T.EXCLAMATION],
] as const)
  ONE[text.charCodeAt(0)] = kind;

const LESS = 60;
const EQUAL = 61;
const GREATER = 62;

/** Kind of the operator at `at` plus its length times 256; 0 if there is none. Longest match first. */
export function matchOperator(source: string, at: number, code: number): number {
  const next = source.charCodeAt(at + 1);
  if (next === EQUAL) {
    const kind = withEqual(code);
    if (kind !== 0) return kind | 0x200;
  } else if (next === code) {
    const kind = doubled(source, at, code);
    if (kind !== 0) return kind;
  } else if (next === GREATER) {
    if (code === 45) return T.RARROW | 0x200;
    if (code === LESS) return T.NOTEQUAL | 0x200;
  }
  const kind = ONE[code];
  return kind === 0 ? 0 : kind | 0x100;
}

function withEqual(code: number): number {
  switch (code) {
    case 33:
      return T.NOTEQUAL;
    case 37:
      return T.PERCENTEQUAL;
    case 38:
      return T.AMPEREQUAL;
    case 42:
      return T.STAREQUAL;
    case 43:
      return T.PLUSEQUAL;
    case 45:
      return T.MINEQUAL;
    case 47:
      return T.SLASHEQUAL;
    case 58:
      return T.COLONEQUAL;
    case LESS:
      return T.LESSEQUAL;
    case EQUAL:
      return T.EQEQUAL;
    case GREATER:
      return T.GREATEREQUAL;
    case 64:
      return T.ATEQUAL;
    case 94:
      return T.CIRCUMFLEXEQUAL;
    case 124:
      return T.VBAREQUAL;
    default:
      return 0;
  }
}

function doubled(source: string, at: number, code: number): number {
  const third = source.charCodeAt(at + 2);
  const assigns = third === EQUAL;
  switch (code) {
    case 42:
      return assigns ? T.DOUBLESTAREQUAL | 0x300 : T.DOUBLESTAR | 0x200;
    case 47:
      return assigns ? T.DOUBLESLASHEQUAL | 0x300 : T.DOUBLESLASH | 0x200;
    case LESS:
      return assigns ? T.LEFTSHIFTEQUAL | 0x300 : T.LEFTSHIFT | 0x200;
    case GREATER:
      return assigns ? T.RIGHTSHIFTEQUAL | 0x300 : T.RIGHTSHIFT | 0x200;
    case 46:
      return third === 46 ? T.ELLIPSIS | 0x300 : 0;
    default:
      return 0;
  }
}
