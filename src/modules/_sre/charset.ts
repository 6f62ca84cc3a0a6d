/**
 * Character sets of SRE code: everything that matches exactly one character (IN and its kin, LITERAL_IGNORE …) as an
 * object with a table for Latin-1, which is where nearly all look-ups end.
 */
import { asciiLower, asciiUpper, inCategory, unicodeLower, unicodeUpper } from "./chars.ts";
import { OP } from "./opcodes.ts";

/** `SRE(charset)`: is `ch` in the set whose program begins at `pc`? */
export function charsetHas(code: Int32Array, pc: number, ch: number): boolean {
  let ok = true;
  for (;;) {
    switch (code[pc++]) {
      case OP.FAILURE:
        return !ok;
      case OP.LITERAL:
        if (ch === code[pc]) return ok;
        pc++;
        break;
      case OP.CATEGORY:
        if (inCategory(code[pc], ch)) return ok;
        pc++;
        break;
      case OP.CHARSET:
        if (ch < 256 && (code[pc + (ch >> 5)] >>> (ch & 31)) & 1) return ok;
        pc += 8;
        break;
      case OP.RANGE:
        if (code[pc] <= ch && ch <= code[pc + 1]) return ok;
        pc += 2;
        break;
      case OP.RANGE_UNI_IGNORE: {
        if (code[pc] <= ch && ch <= code[pc + 1]) return ok;
        const upper = unicodeUpper(ch);
        if (code[pc] <= upper && upper <= code[pc + 1]) return ok;
        pc += 2;
        break;
      }
      case OP.NEGATE:
        ok = !ok;
        break;
      case OP.BIGCHARSET: {
        const blocks = code[pc];
        const map = pc + 1;
        if (ch < 65536) {
          const high = ch >> 8;
          const block = (code[map + (high >> 2)] >>> ((high & 3) * 8)) & 255;
          if ((code[map + 64 + block * 8 + ((ch & 255) >> 5)] >>> (ch & 31)) & 1) return ok;
        }
        pc = map + 64 + blocks * 8;
        break;
      }
      default:
        return false;
    }
  }
}

/** Membership test of one instruction that matches one character. */
function memberTest(code: Int32Array, pc: number): (ch: number) => boolean {
  const arg = code[pc + 1];
  const set = pc + 2;
  switch (code[pc]) {
    case OP.ANY:
      return (ch) => ch !== 10;
    case OP.ANY_ALL:
      return () => true;
    case OP.LITERAL:
      return (ch) => ch === arg;
    case OP.NOT_LITERAL:
      return (ch) => ch !== arg;
    case OP.IN:
      return (ch) => charsetHas(code, set, ch);
    case OP.IN_IGNORE:
      return (ch) => charsetHas(code, set, asciiLower(ch));
    case OP.IN_UNI_IGNORE:
      return (ch) => charsetHas(code, set, unicodeLower(ch));
    case OP.IN_LOC_IGNORE:
      // A complement holds what neither case is outside of.
      if (code[set] === OP.NEGATE)
        return (ch) => charsetHas(code, set, asciiLower(ch)) && charsetHas(code, set, asciiUpper(ch));
      return (ch) => charsetHas(code, set, asciiLower(ch)) || charsetHas(code, set, asciiUpper(ch));
    case OP.LITERAL_IGNORE:
      return (ch) => asciiLower(ch) === arg;
    case OP.NOT_LITERAL_IGNORE:
      return (ch) => asciiLower(ch) !== arg;
    case OP.LITERAL_UNI_IGNORE:
      return (ch) => unicodeLower(ch) === arg;
    case OP.NOT_LITERAL_UNI_IGNORE:
      return (ch) => unicodeLower(ch) !== arg;
    case OP.LITERAL_LOC_IGNORE:
      return (ch) => ch === arg || asciiLower(ch) === arg || asciiUpper(ch) === arg;
    case OP.NOT_LITERAL_LOC_IGNORE:
      return (ch) => !(ch === arg || asciiLower(ch) === arg || asciiUpper(ch) === arg);
    case OP.CATEGORY:
      return (ch) => inCategory(arg, ch);
    default:
      return () => false;
  }
}

/** True for instructions that match exactly one character. */
export function isUnitOp(op: number): boolean {
  switch (op) {
    case OP.ANY:
    case OP.ANY_ALL:
    case OP.CATEGORY:
    case OP.IN:
    case OP.IN_IGNORE:
    case OP.IN_LOC_IGNORE:
    case OP.IN_UNI_IGNORE:
    case OP.LITERAL:
    case OP.NOT_LITERAL:
    case OP.LITERAL_IGNORE:
    case OP.NOT_LITERAL_IGNORE:
    case OP.LITERAL_LOC_IGNORE:
    case OP.NOT_LITERAL_LOC_IGNORE:
    case OP.LITERAL_UNI_IGNORE:
    case OP.NOT_LITERAL_UNI_IGNORE:
      return true;
    default:
      return false;
  }
}

const UNKNOWN = 2;

/** A set of characters with a memo: exact for Latin-1, filled as asked for the rest of the BMP. */
export class CharSet {
  readonly latin = new Uint8Array(256);
  private wide: Uint8Array | null = null;

  constructor(readonly test: (ch: number) => boolean) {
    for (let ch = 0; ch < 256; ch++) this.latin[ch] = test(ch) ? 1 : 0;
  }

  has(ch: number): boolean {
    return ch < 256 ? this.latin[ch] === 1 : this.hasWide(ch);
  }

  private hasWide(ch: number): boolean {
    if (ch > 0xffff) return this.test(ch);
    this.wide ??= new Uint8Array(65536).fill(UNKNOWN);
    let known = this.wide[ch];
    if (known === UNKNOWN) {
      known = this.test(ch) ? 1 : 0;
      this.wide[ch] = known;
    }
    return known === 1;
  }

  /** The set matched by the one-character instruction at `pc`. */
  static ofInstruction(code: Int32Array, pc: number): CharSet {
    return new CharSet(memberTest(code, pc));
  }
  /** The set whose charset program begins at `pc`. */
  static ofProgram(code: Int32Array, pc: number): CharSet {
    return new CharSet((ch) => charsetHas(code, pc, ch));
  }
}
