/**
 * The numbers of SRE code (CPython 3.14, `re._constants`, MAGIC 20230612) and a walker over code arrays.
 * In an `Int32Array` MAXREPEAT (2**32 - 1) reads as -1.
 */
export const MAGIC = 20230612;
export const CODESIZE = 4;
export const MAXREPEAT = 4294967295;
export const MAXGROUPS = 1073741823;
/** MAXREPEAT as an `Int32Array` holds it. */
export const UNBOUNDED = -1;

export const OP = {
  FAILURE: 0,
  SUCCESS: 1,
  ANY: 2,
  ANY_ALL: 3,
  ASSERT: 4,
  ASSERT_NOT: 5,
  AT: 6,
  BRANCH: 7,
  CATEGORY: 8,
  CHARSET: 9,
  BIGCHARSET: 10,
  GROUPREF: 11,
  GROUPREF_EXISTS: 12,
  IN: 13,
  INFO: 14,
  JUMP: 15,
  LITERAL: 16,
  MARK: 17,
  MAX_UNTIL: 18,
  MIN_UNTIL: 19,
  NOT_LITERAL: 20,
  NEGATE: 21,
  RANGE: 22,
  REPEAT: 23,
  REPEAT_ONE: 24,
  SUBPATTERN: 25,
  MIN_REPEAT_ONE: 26,
  ATOMIC_GROUP: 27,
  POSSESSIVE_REPEAT: 28,
  POSSESSIVE_REPEAT_ONE: 29,
  GROUPREF_IGNORE: 30,
  IN_IGNORE: 31,
  LITERAL_IGNORE: 32,
  NOT_LITERAL_IGNORE: 33,
  GROUPREF_LOC_IGNORE: 34,
  IN_LOC_IGNORE: 35,
  LITERAL_LOC_IGNORE: 36,
  NOT_LITERAL_LOC_IGNORE: 37,
  GROUPREF_UNI_IGNORE: 38,
  IN_UNI_IGNORE: 39,
  LITERAL_UNI_IGNORE: 40,
  NOT_LITERAL_UNI_IGNORE: 41,
  RANGE_UNI_IGNORE: 42,
} as const;

export const AT = {
  BEGINNING: 0,
  BEGINNING_LINE: 1,
  BEGINNING_STRING: 2,
  BOUNDARY: 3,
  NON_BOUNDARY: 4,
  END: 5,
  END_LINE: 6,
  END_STRING: 7,
  LOC_BOUNDARY: 8,
  LOC_NON_BOUNDARY: 9,
  UNI_BOUNDARY: 10,
  UNI_NON_BOUNDARY: 11,
} as const;

export const CATEGORY = {
  DIGIT: 0,
  SPACE: 2,
  WORD: 4,
  LINEBREAK: 6,
  LOC_WORD: 8,
  UNI_DIGIT: 10,
  UNI_SPACE: 12,
  UNI_WORD: 14,
  UNI_LINEBREAK: 16,
} as const;

export const INFO_PREFIX = 1;
export const INFO_LITERAL = 2;
export const INFO_CHARSET = 4;

/** The code is not what `re._compiler` makes. */
export class InvalidCode {
  constructor(
    readonly pc: number,
    readonly reason: string,
  ) {}
}

/** The first instruction proper: past the INFO block where there is one. */
export function codeStart(code: Int32Array): number {
  return code[0] === OP.INFO ? 1 + code[1] : 0;
}

/** The pc after the instruction at `pc`; instructions with a body end where their body begins. */
export function headerEnd(code: Int32Array, pc: number): number {
  switch (code[pc]) {
    case OP.FAILURE:
    case OP.SUCCESS:
    case OP.ANY:
    case OP.ANY_ALL:
    case OP.MAX_UNTIL:
    case OP.MIN_UNTIL:
      return pc + 1;
    case OP.AT:
    case OP.CATEGORY:
    case OP.GROUPREF:
    case OP.GROUPREF_IGNORE:
    case OP.GROUPREF_LOC_IGNORE:
    case OP.GROUPREF_UNI_IGNORE:
    case OP.JUMP:
    case OP.LITERAL:
    case OP.NOT_LITERAL:
    case OP.LITERAL_IGNORE:
    case OP.NOT_LITERAL_IGNORE:
    case OP.LITERAL_LOC_IGNORE:
    case OP.NOT_LITERAL_LOC_IGNORE:
    case OP.LITERAL_UNI_IGNORE:
    case OP.NOT_LITERAL_UNI_IGNORE:
    case OP.MARK:
    case OP.ATOMIC_GROUP:
    case OP.BRANCH:
      return pc + 2;
    case OP.IN:
    case OP.IN_IGNORE:
    case OP.IN_LOC_IGNORE:
    case OP.IN_UNI_IGNORE:
    case OP.INFO:
      return pc + 1 + code[pc + 1];
    case OP.ASSERT:
    case OP.ASSERT_NOT:
    case OP.GROUPREF_EXISTS:
      return pc + 3;
    case OP.REPEAT:
    case OP.REPEAT_ONE:
    case OP.MIN_REPEAT_ONE:
    case OP.POSSESSIVE_REPEAT:
    case OP.POSSESSIVE_REPEAT_ONE:
      return pc + 4;
    default:
      throw new InvalidCode(pc, "unknown opcode");
  }
}

/** Calls `visit` for every instruction from `pc` to `end`, those of nested bodies included, in code order. */
export function walkCode(code: Int32Array, pc: number, end: number, visit: (pc: number) => void): void {
  while (pc < end) {
    visit(pc);
    if (code[pc] === OP.BRANCH) {
      let word = pc + 1;
      while (code[word] !== 0) {
        const next = word + code[word];
        if (code[word] < 0 || next > end) throw new InvalidCode(word, "branch leaves the code");
        walkCode(code, word + 1, next, visit);
        word = next;
      }
      pc = word + 1;
    } else {
      pc = headerEnd(code, pc);
    }
  }
  if (pc > end) throw new InvalidCode(pc, "instruction leaves its body");
}
