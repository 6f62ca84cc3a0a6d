/**
 * Translates SRE code to a JavaScript regular expression where both mean exactly the same, because V8 compiles those to
 * machine code. Where they differ the answer is null and the engine runs:
 *   - JavaScript forgets the groups inside a repeat at each round, Python keeps them: only bodies that set all their
 *     groups in every round are translated;
 *   - JavaScript refuses a round that matches nothing, Python accepts it: bodies that can match nothing must have no
 *     groups and try that last;
 *   - a reference to a group that did not match succeeds in JavaScript: the group must have matched on every path;
 *   - possessive repeats, atomic groups, conditionals, references that ignore case, groups in lookbehind and in
 *     negative lookahead are left to the engine.
 * Sets and case are written out as explicit ranges over the BMP, so JavaScript's `i` and `u` flags play no part, and a
 * text must have no astral characters (those texts are no JavaScript strings here). Unicode categories would need
 * hundreds of ranges; most texts are ASCII, so there are two translations, one that is right for ASCII texts only.
 */
import { asciiLower, asciiUpper, unicodeLower } from "./chars.ts";
import { charsetHas } from "./charset.ts";
import { codeStart, OP } from "./opcodes.ts";
import { ASCII_MAX, BMP_MAX, RangeSet } from "./ranges.ts";

/** More than this many repeats, or code words, and V8 may refuse the expression or take too long over it. */
const MAX_COUNT = 1000;
const MAX_CODE = 20_000;

/** What a translation needs to say to those who use it. */
export interface Translation {
  readonly source: string;
  /** The source is right for ASCII texts only. */
  readonly asciiOnly: boolean;
  /** The order in which groups (from 1) close: the last one of these that matched is `lastindex`. */
  readonly closing: readonly number[];
}

/** Thrown inside the translator only: this pattern is the engine's. */
class Untranslatable {}
const UNTRANSLATABLE = new Untranslatable();

const fail = (): never => {
  throw UNTRANSLATABLE;
};

/** Translates for all BMP texts, or for ASCII texts only; null where the two languages differ. */
export function translate(code: Int32Array, ascii: boolean): Translation | null {
  if (code.length > MAX_CODE) return null;
  try {
    const translator = new Translator(code, ascii);
    const source = translator.sequence(codeStart(code), code.length - 1).source;
    return { source, asciiOnly: ascii && translator.dependsOnText, closing: translator.closing };
  } catch (error) {
    if (error === UNTRANSLATABLE) return null;
    throw error;
  }
}

/** A translated stretch of code. */
interface Piece {
  source: string;
  /** The fewest characters it matches. */
  width: number;
  /** Groups it closes on every path, and all groups it mentions. */
  sure: number[];
  groups: number[];
  /** Where it can match nothing, that is what it tries last. */
  emptyLast: boolean;
}

class Translator {
  /** Something other than ASCII characters would be matched differently by the other translation. */
  dependsOnText = false;
  readonly closing: number[] = [];
  /** Groups (from 1) certain to have matched where we are. */
  private known = new Set<number>();
  private nextGroup = 1;
  private inLookbehind = false;

  constructor(
    private readonly code: Int32Array,
    private readonly ascii: boolean,
  ) {}

  /** Translates the instructions from `pc` up to `end`, which is no instruction of them. */
  sequence(pc: number, end: number): Piece {
    const { code } = this;
    const piece: Piece = { source: "", width: 0, sure: [], groups: [], emptyLast: true };
    const add = (part: Piece): void => {
      piece.source += part.source;
      piece.width += part.width;
      piece.sure.push(...part.sure);
      piece.groups.push(...part.groups);
      if (part.width === 0) piece.emptyLast &&= part.emptyLast;
    };
    while (pc < end) {
      switch (code[pc]) {
        case OP.MARK: {
          const mark = code[pc + 1];
          const group = (mark >> 1) + 1;
          if (this.inLookbehind) fail();
          if ((mark & 1) === 0) {
            // JavaScript numbers groups by their opening; re._parser does the same.
            if (group !== this.nextGroup++) fail();
            piece.source += "(";
            piece.groups.push(group);
          } else {
            piece.source += ")";
            piece.sure.push(group);
            this.known.add(group);
            this.closing.push(group);
          }
          pc += 2;
          break;
        }
        case OP.AT:
          piece.source += this.at(code[pc + 1]);
          pc += 2;
          break;
        case OP.BRANCH:
          pc = this.branch(pc, end, add);
          break;
        case OP.GROUPREF: {
          const group = code[pc + 1] + 1;
          if (!this.known.has(group) || this.inLookbehind) fail();
          piece.source += `(?:\\${group})`;
          pc += 2;
          break;
        }
        case OP.ASSERT:
        case OP.ASSERT_NOT:
          add(this.assertion(pc));
          pc += 1 + code[pc + 1];
          break;
        case OP.REPEAT_ONE:
        case OP.MIN_REPEAT_ONE: {
          const lazy = code[pc] === OP.MIN_REPEAT_ONE ? "?" : "";
          piece.source += this.unit(pc + 4) + quantifier(code[pc + 2], code[pc + 3]) + lazy;
          piece.width += code[pc + 2];
          if (lazy !== "" && code[pc + 2] === 0) piece.emptyLast = false;
          pc += 1 + code[pc + 1];
          break;
        }
        case OP.REPEAT: {
          const until = pc + 1 + code[pc + 1];
          add(this.repeat(pc, until));
          pc = until + 1;
          break;
        }
        case OP.IN:
        case OP.IN_IGNORE:
        case OP.IN_UNI_IGNORE:
        case OP.IN_LOC_IGNORE:
          piece.source += this.unit(pc);
          piece.width++;
          pc += 1 + code[pc + 1];
          break;
        case OP.ANY:
        case OP.ANY_ALL:
          piece.source += this.unit(pc);
          piece.width++;
          pc++;
          break;
        case OP.LITERAL:
        case OP.NOT_LITERAL:
        case OP.LITERAL_IGNORE:
        case OP.NOT_LITERAL_IGNORE:
        case OP.LITERAL_UNI_IGNORE:
        case OP.NOT_LITERAL_UNI_IGNORE:
        case OP.LITERAL_LOC_IGNORE:
        case OP.NOT_LITERAL_LOC_IGNORE:
        case OP.CATEGORY:
          piece.source += this.unit(pc);
          piece.width++;
          pc += 2;
          break;
        case OP.FAILURE:
          piece.source += "[]";
          pc++;
          break;
        default:
          fail();
      }
    }
    return piece;
  }

  private branch(pc: number, end: number, add: (part: Piece) => void): number {
    const { code } = this;
    const sources: string[] = [];
    const groups: number[] = [];
    let sure: number[] | null = null;
    let width = Number.POSITIVE_INFINITY;
    let emptyLast = true;
    const before = new Set(this.known);
    let word = pc + 1;
    while (code[word] !== 0) {
      const next = word + code[word];
      // Each alternative ends in a JUMP to the code after the branch.
      if (next > end || code[next - 2] !== OP.JUMP) fail();
      this.known = new Set(before);
      const part = this.sequence(word + 1, next - 2);
      sources.push(part.source);
      groups.push(...part.groups);
      // Matching nothing comes last only when it is the last alternative that can.
      emptyLast = width > 0 && (part.width > 0 || part.emptyLast);
      width = Math.min(width, part.width);
      sure = sure === null ? part.sure : sure.filter((group) => part.sure.includes(group));
      word = next;
    }
    this.known = new Set([...before, ...(sure ?? [])]);
    add({ source: `(?:${sources.join("|")})`, width, sure: sure ?? [], groups, emptyLast });
    return word + 1;
  }

  private assertion(pc: number): Piece {
    const { code } = this;
    const isNot = code[pc] === OP.ASSERT_NOT;
    const back = code[pc + 2];
    const outer = this.inLookbehind;
    const before = new Set(this.known);
    if (back > 0) this.inLookbehind = true;
    const body = this.sequence(pc + 3, pc + code[pc + 1]);
    this.inLookbehind = outer;
    if (isNot) {
      if (body.groups.length > 0) fail();
      this.known = before;
    }
    const open = back > 0 ? (isNot ? "(?<!" : "(?<=") : isNot ? "(?!" : "(?=";
    return { source: `${open}${body.source})`, width: 0, sure: body.sure, groups: body.groups, emptyLast: true };
  }

  private repeat(pc: number, until: number): Piece {
    const { code } = this;
    const min = code[pc + 2];
    const max = code[pc + 3];
    const before = new Set(this.known);
    const body = this.sequence(pc + 4, until);
    if (max !== 1 && body.groups.length !== body.sure.length) fail();
    // Python accepts a round that matches nothing and goes on, JavaScript goes on without it: the same when there is
    // nothing to remember and no other way to match is left out.
    const mayBeEmpty = (min === 1 && max === 1) || (min === 0 && body.groups.length === 0 && body.emptyLast);
    if (body.width === 0 && !mayBeEmpty) fail();
    if (min === 0) this.known = before;
    const lazy = code[until] === OP.MIN_UNTIL ? "?" : "";
    if (code[until] !== OP.MIN_UNTIL && code[until] !== OP.MAX_UNTIL) fail();
    return {
      source: `(?:${body.source})${quantifier(min, max)}${lazy}`,
      emptyLast: lazy === "" || (min > 0 && body.width > 0),
      width: body.width * min,
      sure: min > 0 ? body.sure : [],
      groups: body.groups,
    };
  }

  private at(where: number): string {
    switch (where) {
      case 0: // AT_BEGINNING
      case 2: // AT_BEGINNING_STRING
        return "^";
      case 1: // AT_BEGINNING_LINE
        return "(?<![^\\n])";
      case 5: // AT_END
        return "(?=\\n?$)";
      case 6: // AT_END_LINE
        return "(?![^\\n])";
      case 7: // AT_END_STRING
        return "$";
      case 3: // AT_BOUNDARY
      case 8: // AT_LOC_BOUNDARY
        return "\\b";
      case 4:
      case 9:
        return "\\B";
      case 10: // AT_UNI_BOUNDARY
      case 11: {
        this.dependsOnText = true;
        if (this.ascii) return where === 10 ? "\\b" : "\\B";
        const word = `[${RangeSet.ofCategory(14, BMP_MAX).source()}]`;
        if (where === 10) return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
        return `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
      }
      default:
        return fail();
    }
  }

  /** The source of the one-character instruction at `pc`. */
  private unit(pc: number): string {
    const { code } = this;
    const arg = code[pc + 1];
    switch (code[pc]) {
      case OP.ANY:
        return "[^\\n]";
      case OP.ANY_ALL:
        return "[^]";
      case OP.LITERAL:
        return arg > BMP_MAX ? "[]" : escapeLiteral(arg);
      case OP.NOT_LITERAL:
        return arg > BMP_MAX ? "[^]" : `[^${escapeInSet(arg)}]`;
      case OP.CATEGORY:
        if (arg >= 10) this.dependsOnText = true;
        return this.bracket(RangeSet.ofCategory(arg, this.ascii ? ASCII_MAX : BMP_MAX));
      case OP.LITERAL_IGNORE:
        return this.bracket(asciiFolded(RangeSet.of(arg, arg)));
      case OP.NOT_LITERAL_IGNORE:
        return this.bracket(asciiFolded(RangeSet.of(arg, arg)).complement());
      case OP.LITERAL_LOC_IGNORE:
        return this.bracket(localeFolded(RangeSet.of(arg, arg)));
      case OP.NOT_LITERAL_LOC_IGNORE:
        return this.bracket(localeFolded(RangeSet.of(arg, arg)).complement());
      case OP.LITERAL_UNI_IGNORE:
        return this.bracket(this.unicodeFolded(RangeSet.of(arg, arg)));
      case OP.NOT_LITERAL_UNI_IGNORE:
        return this.bracket(this.unicodeFolded(RangeSet.of(arg, arg)).complement());
      case OP.IN:
        return this.bracket(this.charset(pc + 2));
      case OP.IN_IGNORE:
        return this.bracket(asciiFolded(this.charset(pc + 2)));
      case OP.IN_LOC_IGNORE:
        return code[pc + 2] === OP.NEGATE
          ? this.bracket(localeFolded(this.charset(pc + 2).complement()).complement())
          : this.bracket(localeFolded(this.charset(pc + 2)));
      case OP.IN_UNI_IGNORE:
        return this.bracket(this.unicodeFolded(this.charset(pc + 2)));
      default:
        return fail();
    }
  }

  /** The characters whose lower case is in `set`. */
  private unicodeFolded(set: RangeSet): RangeSet {
    this.dependsOnText = true;
    return this.ascii ? asciiFolded(set) : set.preimage(casedBmp(), unicodeLower);
  }

  /** The charset program at `pc`, range by range, so that only categories cost a walk over all characters. */
  private charset(pc: number): RangeSet {
    const { code } = this;
    let negate = false;
    const parts: RangeSet[] = [];
    for (;;) {
      const op = code[pc++];
      if (op === OP.FAILURE) break;
      if (op === OP.NEGATE) {
        if (parts.length > 0) fail();
        negate = !negate;
      } else if (op === OP.LITERAL) {
        parts.push(RangeSet.of(code[pc], code[pc]));
        pc++;
      } else if (op === OP.RANGE) {
        parts.push(RangeSet.of(code[pc], code[pc + 1]));
        pc += 2;
      } else if (op === OP.CATEGORY) {
        if (code[pc] >= 10) this.dependsOnText = true;
        parts.push(RangeSet.ofCategory(code[pc], this.ascii ? ASCII_MAX : BMP_MAX));
        pc++;
      } else if (op === OP.CHARSET) {
        parts.push(RangeSet.ofBitmap(code, pc, 256));
        pc += 8;
      } else if (op === OP.BIGCHARSET) {
        const program = bigOnly(code, pc - 1);
        parts.push(RangeSet.ofTest((ch) => charsetHas(program, 0, ch), BMP_MAX));
        pc += 1 + 64 + code[pc] * 8;
      } else fail();
    }
    const union = RangeSet.union(parts);
    return negate ? union.complement() : union;
  }

  private bracket(set: RangeSet): string {
    const clipped = set.clip(BMP_MAX);
    if (clipped.isEmpty()) return "[]";
    const inverse = clipped.complement().clip(BMP_MAX);
    if (inverse.isEmpty()) return "[^]";
    return inverse.count() < clipped.count() ? `[^${inverse.source()}]` : `[${clipped.source()}]`;
  }
}

const ASCII_UPPER = Array.from({ length: 26 }, (_, i) => 65 + i);
const ASCII_CASED = [...ASCII_UPPER, ...ASCII_UPPER.map((ch) => ch + 32)];

/** The characters whose ASCII lower case is in `set`. */
const asciiFolded = (set: RangeSet): RangeSet => set.preimage(ASCII_UPPER, asciiLower);
/** The characters whose lower or upper case in C's locale is in `set`. */
const localeFolded = (set: RangeSet): RangeSet =>
  RangeSet.union([set.preimage(ASCII_CASED, asciiLower), set.preimage(ASCII_CASED, asciiUpper)]);

let cased: readonly number[] | null = null;
/** The BMP's characters with another lower case: looked for once. */
function casedBmp(): readonly number[] {
  if (cased === null) {
    const found: number[] = [];
    for (let ch = 0; ch <= BMP_MAX; ch++) if (unicodeLower(ch) !== ch) found.push(ch);
    cased = found;
  }
  return cased;
}

/** The BIGCHARSET at `pc` as a charset program of its own. */
function bigOnly(code: Int32Array, pc: number): Int32Array {
  const length = 2 + 64 + code[pc + 1] * 8;
  const program = new Int32Array(length + 1);
  program.set(code.subarray(pc, pc + length));
  program[length] = OP.FAILURE;
  return program;
}

function quantifier(min: number, max: number): string {
  if (min < 0 || min > MAX_COUNT || max > MAX_COUNT) return fail();
  if (max < 0) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

const hex4 = (ch: number): string => `\\u${ch.toString(16).padStart(4, "0")}`;
const isPlain = (ch: number): boolean =>
  (ch >= 48 && ch <= 57) || (ch >= 65 && ch <= 90) || (ch >= 97 && ch <= 122) || ch === 95 || ch === 32;

function escapeLiteral(ch: number): string {
  return isPlain(ch) ? String.fromCharCode(ch) : hex4(ch);
}
const escapeInSet = escapeLiteral;
