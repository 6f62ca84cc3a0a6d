/**
 * The matching engine: a backtracking machine over SRE code arrays with a stack of its own, so that no pattern and no
 * text can exhaust JavaScript's.
 *
 * The stack holds records, each with its kind on top. Choice points say where to go on after a failure; undo records
 * say what to restore on the way there; so a failure only pops until a choice point gives a new position. A barrier
 * stands below everything a lookaround, an atomic group or a round of a possessive repeat pushes: reaching SUCCESS
 * inside cuts the stack back to it, which is what makes those constructs atomic.
 */
import { asciiLower, asciiIsWord, unicodeIsWord, unicodeLower } from "./chars.ts";
import { CharSet, isUnitOp } from "./charset.ts";
import { codeStart, INFO_CHARSET, INFO_LITERAL, INFO_PREFIX, OP, walkCode } from "./opcodes.ts";

/** Text to match: `string` when every UTF-16 unit is one character (or a byte); else code points. */
export type Subject = string | Int32Array | Uint32Array | readonly number[];

// Kinds of stack records. Fields below the kind, in the order of pushing:
const MARK_UNDO = 1; // mark, old value, old lastindex
const NEXT_BRANCH = 2; // ptr, pc of the skip word of the next alternative
const ONE_MAX = 3; // ptr, smallest ptr, pc of REPEAT_ONE
const ONE_MIN = 4; // ptr, how many more (-1: unbounded), pc of MIN_REPEAT_ONE
const REPEAT_UNDO = 5; // repeat, count, last ptr
const CURRENT_UNDO = 6; // current repeat
const MAX_TAIL = 7; // ptr, repeat
const MIN_BODY = 8; // ptr, repeat, count
const BARRIER = 9; // outer frame, pc, ptr, current repeat, top of repeats, count
const MARKS_UNDO = 10; // every mark, lastindex
const REPEAT_FREE = 11; // repeat that was current before
const BARRIER_SIZE = 7;

/** Repeats in progress: four numbers each. */
const REPEAT_SIZE = 4; // pc of REPEAT, count, last ptr, outer repeat

const NO_POINTS = new Int32Array(0);
const UNICODE_WORD = new CharSet(unicodeIsWord);

/** A code array made ready for the engine, with the engine's scratch memory. One per pattern. */
export class Program {
  readonly code: Int32Array;
  /** Character sets by the pc of their instruction. */
  private readonly sets: (CharSet | undefined)[];
  /** Atomic constructs, by pc, that contain groups. */
  private readonly capturing: Set<number>;
  /** Start and end of each group, -1 where it has not matched. Valid after a match. */
  readonly marks: Int32Array;
  lastindex = -1;
  /** Where the match found starts and ends. */
  start = 0;
  end = 0;
  private readonly prefix: string;
  private readonly firstSet: CharSet | null;
  private stack: Int32Array = new Int32Array(128);
  private repeats: Int32Array = new Int32Array(16);

  constructor(code: Int32Array, groups: number) {
    this.code = code;
    this.marks = new Int32Array(groups * 2).fill(-1);
    this.sets = new Array(code.length);
    this.capturing = new Set();
    const begin = codeStart(code);
    walkCode(code, begin, code.length, (pc) => this.prepare(pc));
    const info = begin > 0 ? code[2] : 0;
    this.prefix =
      (info & INFO_PREFIX) !== 0 ? String.fromCodePoint(...code.subarray(7, 7 + Math.min(code[5], 1000))) : "";
    // A prefix beyond the BMP is no search string for texts of single units; the general search finds it.
    if (this.prefix.length !== (info & INFO_PREFIX ? Math.min(code[5], 1000) : 0)) this.prefix = "";
    this.firstSet = (info & INFO_CHARSET) !== 0 ? CharSet.ofProgram(code, 5) : null;
  }

  private prepare(pc: number): void {
    const { code } = this;
    const op = code[pc];
    if (isUnitOp(op) && op !== OP.LITERAL && op !== OP.NOT_LITERAL && op !== OP.ANY && op !== OP.ANY_ALL)
      this.sets[pc] = CharSet.ofInstruction(code, pc);
    let body = 0;
    if (op === OP.ASSERT || op === OP.ASSERT_NOT) body = pc + 3;
    else if (op === OP.ATOMIC_GROUP) body = pc + 2;
    else if (op === OP.POSSESSIVE_REPEAT) body = pc + 4;
    if (body === 0) return;
    walkCode(code, body, pc + 1 + code[pc + 1], (inner) => {
      if (code[inner] === OP.MARK) this.capturing.add(pc);
    });
  }

  /**
   * Matches at `ptr` only. `matchAll`: the match must reach `end`. `mustAdvance`: the match must not be empty.
   * On success `start`, `end`, `marks` and `lastindex` are set.
   */
  matchAt(subject: Subject, ptr: number, end: number, matchAll: boolean, mustAdvance: boolean): boolean {
    this.reset();
    return this.run(codeStart(this.code), subject, ptr, end, matchAll, mustAdvance ? ptr : -1);
  }

  /** Finds the leftmost match that starts at `ptr` or later; `mustAdvance`: one at `ptr` must not be empty. */
  search(subject: Subject, ptr: number, end: number, mustAdvance: boolean): boolean {
    this.reset();
    if (ptr > end) return false;
    const { code } = this;
    const pc = codeStart(code);
    let last = end;
    if (pc > 0 && code[3] > 0) {
      if (end - ptr < code[3]) return false;
      last = end - code[3];
    }
    if (this.prefix !== "" && typeof subject === "string") return this.searchPrefix(subject, ptr, end, last, pc);
    if (mustAdvance) {
      if (this.run(pc, subject, ptr, end, false, ptr)) return true;
      ptr++;
    }
    const { firstSet } = this;
    for (; ptr <= last; ptr++) {
      if (firstSet !== null) {
        if (typeof subject === "string") while (ptr < end && !firstSet.has(subject.charCodeAt(ptr))) ptr++;
        else while (ptr < end && !firstSet.has(subject[ptr])) ptr++;
        if (ptr > last) return false;
      }
      if (this.run(pc, subject, ptr, end, false, -1)) return true;
    }
    return false;
  }

  private searchPrefix(subject: string, ptr: number, end: number, last: number, pc: number): boolean {
    const isLiteral = (this.code[2] & INFO_LITERAL) !== 0;
    for (;;) {
      ptr = subject.indexOf(this.prefix, ptr);
      if (ptr < 0 || ptr > last || ptr + this.prefix.length > end) return false;
      if (isLiteral && this.prefix.length === this.code[5]) {
        this.start = ptr;
        this.end = ptr + this.prefix.length;
        return true;
      }
      if (this.run(pc, subject, ptr, end, false, -1)) return true;
      ptr++;
    }
  }

  private reset(): void {
    this.marks.fill(-1);
    this.lastindex = -1;
  }

  private grow(needed: number): Int32Array {
    const larger = new Int32Array(Math.max(needed, this.stack.length * 2));
    larger.set(this.stack);
    this.stack = larger;
    return larger;
  }

  private growRepeats(): Int32Array {
    const larger = new Int32Array(this.repeats.length * 2);
    larger.set(this.repeats);
    this.repeats = larger;
    return larger;
  }

  /** How far from `ptr` at most `most` (-1: any number of) characters match the instruction at `pc`. */
  private count(pc: number, subject: Subject, ptr: number, end: number, most: number): number {
    const { code } = this;
    const stop = most >= 0 && most < end - ptr ? ptr + most : end;
    const arg = code[pc + 1];
    switch (code[pc]) {
      case OP.ANY_ALL:
        return stop;
      case OP.ANY:
        if (typeof subject === "string") {
          // Short runs are the usual case; indexOf would read on to a far newline for each of them.
          while (ptr < stop && subject.charCodeAt(ptr) !== 10) ptr++;
        } else while (ptr < stop && subject[ptr] !== 10) ptr++;
        return ptr;
      case OP.LITERAL:
        if (typeof subject === "string") while (ptr < stop && subject.charCodeAt(ptr) === arg) ptr++;
        else while (ptr < stop && subject[ptr] === arg) ptr++;
        return ptr;
      case OP.NOT_LITERAL:
        if (typeof subject === "string") while (ptr < stop && subject.charCodeAt(ptr) !== arg) ptr++;
        else while (ptr < stop && subject[ptr] !== arg) ptr++;
        return ptr;
      default: {
        const set = this.sets[pc];
        if (set === undefined) return ptr;
        if (typeof subject === "string") while (ptr < stop && set.has(subject.charCodeAt(ptr))) ptr++;
        else while (ptr < stop && set.has(subject[ptr])) ptr++;
        return ptr;
      }
    }
  }

  /** `SRE(at)`: does the position `ptr` satisfy the AT code? */
  private at(code: number, subject: Subject, ptr: number, end: number): boolean {
    switch (code) {
      case 0: // AT_BEGINNING
      case 2: // AT_BEGINNING_STRING
        return ptr === 0;
      case 1: // AT_BEGINNING_LINE
        return ptr === 0 || charAt(subject, ptr - 1) === 10;
      case 5: // AT_END
        return ptr === end || (ptr + 1 === end && charAt(subject, ptr) === 10);
      case 6: // AT_END_LINE
        return ptr === end || charAt(subject, ptr) === 10;
      case 7: // AT_END_STRING
        return ptr === end;
      case 3: // AT_BOUNDARY
      case 8: // AT_LOC_BOUNDARY
        return isBoundary(subject, ptr, end, asciiIsWord);
      case 4: // AT_NON_BOUNDARY
      case 9: // AT_LOC_NON_BOUNDARY
        return !isBoundary(subject, ptr, end, asciiIsWord);
      case 10: // AT_UNI_BOUNDARY
        return isBoundary(subject, ptr, end, isUnicodeWord);
      case 11: // AT_UNI_NON_BOUNDARY
        return !isBoundary(subject, ptr, end, isUnicodeWord);
      default:
        return false;
    }
  }

  /** Does group `group` (from 0) occur again at `ptr`? The end of it, or -1. `op` says how to compare. */
  private groupAgain(op: number, group: number, subject: Subject, ptr: number, end: number): number {
    const from = this.marks[group * 2];
    const to = this.marks[group * 2 + 1];
    if (from < 0 || to < from || end - ptr < to - from) return -1;
    for (let i = from; i < to; i++, ptr++) {
      const a = charAt(subject, ptr);
      const b = charAt(subject, i);
      if (a === b) continue;
      if (op === OP.GROUPREF) return -1;
      if (op === OP.GROUPREF_UNI_IGNORE ? unicodeLower(a) !== unicodeLower(b) : asciiLower(a) !== asciiLower(b))
        return -1;
    }
    return ptr;
  }

  /** The first alternative from the skip word at `word` on that may match at `ptr`; -1 when there is none. */
  private viableBranch(word: number, subject: Subject, ptr: number, end: number): number {
    const { code } = this;
    for (; code[word] !== 0; word += code[word]) {
      const op = code[word + 1];
      if (op === OP.LITERAL) {
        if (ptr >= end || charAt(subject, ptr) !== code[word + 2]) continue;
      } else if (op === OP.IN) {
        if (ptr >= end || !(this.sets[word + 1] as CharSet).has(charAt(subject, ptr))) continue;
      }
      return word;
    }
    return -1;
  }

  /** Runs from `pc` at `ptr`. `advance`: an end of the whole match that does not count, or -1. */
  private run(pc: number, subject: Subject, ptr: number, end: number, matchAll: boolean, advance: number): boolean {
    const { code, marks, sets } = this;
    const text = typeof subject === "string" ? subject : null;
    const points = text === null ? (subject as Int32Array) : NO_POINTS;
    const beginning = ptr;
    const snapshotSize = marks.length + 2;
    let stack = this.stack;
    let repeats = this.repeats;
    let sp = 0;
    /** Stack height just above the innermost barrier; -1 outside all of them. */
    let frame = -1;
    /** The innermost repeat, -1 for none, and the first free place for another. */
    let current = -1;
    let freeRepeat = 0;

    for (;;) {
      if (sp + 16 > stack.length) stack = this.grow(sp + 16);
      forward: {
        switch (code[pc]) {
          case 0: // FAILURE
            break forward;
          case 1: {
            // SUCCESS
            if (frame < 0) {
              if ((matchAll && ptr !== end) || ptr === advance) break forward;
              this.start = beginning;
              this.end = ptr;
              return true;
            }
            sp = frame - BARRIER_SIZE;
            const barrier = stack[sp + 1];
            const entry = stack[sp + 2];
            const count = stack[sp + 5];
            frame = stack[sp];
            current = stack[sp + 3];
            freeRepeat = stack[sp + 4];
            const tail = barrier + 1 + code[barrier + 1];
            switch (code[barrier]) {
              case 4: // ASSERT
                ptr = entry;
                pc = tail;
                continue;
              case 5: // ASSERT_NOT
                break forward;
              case 27: // ATOMIC_GROUP
                pc = tail;
                continue;
              default: {
                // A round of POSSESSIVE_REPEAT is over.
                const min = code[barrier + 2];
                const max = code[barrier + 3];
                const optional = count >= min;
                if (optional && this.capturing.has(barrier)) sp -= snapshotSize;
                const done = count + 1;
                if (done >= min && ((max !== -1 && done >= max) || (optional && ptr === entry))) {
                  pc = tail + 1;
                  continue;
                }
                if (done >= min && this.capturing.has(barrier)) {
                  if (sp + snapshotSize + 16 > stack.length) stack = this.grow(sp + snapshotSize + 16);
                  sp = this.pushMarks(stack, sp);
                }
                stack[sp] = frame;
                stack[sp + 1] = barrier;
                stack[sp + 2] = ptr;
                stack[sp + 3] = current;
                stack[sp + 4] = freeRepeat;
                stack[sp + 5] = done;
                stack[sp + 6] = BARRIER;
                sp += BARRIER_SIZE;
                frame = sp;
                pc = barrier + 4;
                continue;
              }
            }
          }
          case 2: // ANY
            if (ptr >= end || (text !== null ? text.charCodeAt(ptr) : points[ptr]) === 10) break forward;
            ptr++;
            pc++;
            continue;
          case 3: // ANY_ALL
            if (ptr >= end) break forward;
            ptr++;
            pc++;
            continue;
          case 4: // ASSERT
          case 5: // ASSERT_NOT
          case 27: // ATOMIC_GROUP
          case 28: {
            // POSSESSIVE_REPEAT
            const op = code[pc];
            let body = pc + 3;
            let from = ptr;
            if (op === 4 || op === 5) {
              from = ptr - code[pc + 2];
              if (from < 0) {
                if (op === 4) break forward;
                pc += 1 + code[pc + 1];
                continue;
              }
            } else if (op === 27) body = pc + 2;
            else {
              body = pc + 4;
              if (code[pc + 3] === 0) {
                pc += 2 + code[pc + 1];
                continue;
              }
            }
            if (this.capturing.has(pc)) {
              if (sp + 2 * snapshotSize + 16 > stack.length) stack = this.grow(sp + 2 * snapshotSize + 16);
              sp = this.pushMarks(stack, sp);
              // Without a least count the first round is optional and has a snapshot of its own.
              if (op === 28 && code[pc + 2] === 0) sp = this.pushMarks(stack, sp);
            }
            stack[sp] = frame;
            stack[sp + 1] = pc;
            stack[sp + 2] = ptr;
            stack[sp + 3] = current;
            stack[sp + 4] = freeRepeat;
            stack[sp + 5] = 0;
            stack[sp + 6] = BARRIER;
            sp += BARRIER_SIZE;
            frame = sp;
            ptr = from;
            pc = body;
            continue;
          }
          case 6: // AT
            if (!this.at(code[pc + 1], subject, ptr, end)) break forward;
            pc += 2;
            continue;
          case 7: {
            // BRANCH
            const word = this.viableBranch(pc + 1, subject, ptr, end);
            if (word < 0) break forward;
            const next = this.viableBranch(word + code[word], subject, ptr, end);
            if (next >= 0) {
              stack[sp] = ptr;
              stack[sp + 1] = next;
              stack[sp + 2] = NEXT_BRANCH;
              sp += 3;
            }
            pc = word + 1;
            continue;
          }
          case 8: // CATEGORY
          case 32: // LITERAL_IGNORE
          case 33: // NOT_LITERAL_IGNORE
          case 36: // LITERAL_LOC_IGNORE
          case 37: // NOT_LITERAL_LOC_IGNORE
          case 40: // LITERAL_UNI_IGNORE
          case 41: // NOT_LITERAL_UNI_IGNORE
            if (ptr >= end || !(sets[pc] as CharSet).has(text !== null ? text.charCodeAt(ptr) : points[ptr]))
              break forward;
            ptr++;
            pc += 2;
            continue;
          case 13: // IN
          case 31: // IN_IGNORE
          case 35: // IN_LOC_IGNORE
          case 39: // IN_UNI_IGNORE
            if (ptr >= end || !(sets[pc] as CharSet).has(text !== null ? text.charCodeAt(ptr) : points[ptr]))
              break forward;
            ptr++;
            pc += 1 + code[pc + 1];
            continue;
          case 11: // GROUPREF
          case 30: // GROUPREF_IGNORE
          case 34: // GROUPREF_LOC_IGNORE
          case 38: // GROUPREF_UNI_IGNORE
            ptr = this.groupAgain(code[pc], code[pc + 1], subject, ptr, end);
            if (ptr < 0) break forward;
            pc += 2;
            continue;
          case 12: {
            // GROUPREF_EXISTS
            const group = code[pc + 1] * 2;
            if (marks[group] >= 0 && marks[group + 1] >= marks[group]) pc += 3;
            else pc += 1 + code[pc + 2];
            continue;
          }
          case 14: // INFO
          case 15: // JUMP
            pc += 1 + code[pc + 1];
            continue;
          case 16: // LITERAL
            if (ptr >= end || (text !== null ? text.charCodeAt(ptr) : points[ptr]) !== code[pc + 1]) break forward;
            ptr++;
            pc += 2;
            continue;
          case 20: // NOT_LITERAL
            if (ptr >= end || (text !== null ? text.charCodeAt(ptr) : points[ptr]) === code[pc + 1]) break forward;
            ptr++;
            pc += 2;
            continue;
          case 17: {
            // MARK
            const mark = code[pc + 1];
            stack[sp] = mark;
            stack[sp + 1] = marks[mark];
            stack[sp + 2] = this.lastindex;
            stack[sp + 3] = MARK_UNDO;
            sp += 4;
            marks[mark] = ptr;
            if ((mark & 1) !== 0) this.lastindex = (mark >> 1) + 1;
            pc += 2;
            continue;
          }
          case 23: // REPEAT
            if (freeRepeat + REPEAT_SIZE > repeats.length) repeats = this.growRepeats();
            repeats[freeRepeat] = pc;
            repeats[freeRepeat + 1] = -1;
            repeats[freeRepeat + 2] = -1;
            repeats[freeRepeat + 3] = current;
            stack[sp] = current;
            stack[sp + 1] = REPEAT_FREE;
            sp += 2;
            current = freeRepeat;
            freeRepeat += REPEAT_SIZE;
            pc += 1 + code[pc + 1];
            continue;
          case 18: {
            // MAX_UNTIL
            const body = repeats[current];
            const count = repeats[current + 1] + 1;
            const max = code[body + 3];
            if (count < code[body + 2]) {
              stack[sp] = current;
              stack[sp + 1] = repeats[current + 1];
              stack[sp + 2] = repeats[current + 2];
              stack[sp + 3] = REPEAT_UNDO;
              sp += 4;
              repeats[current + 1] = count;
              pc = body + 4;
              continue;
            }
            if ((max === -1 || count < max) && ptr !== repeats[current + 2]) {
              stack[sp] = ptr;
              stack[sp + 1] = current;
              stack[sp + 2] = MAX_TAIL;
              stack[sp + 3] = current;
              stack[sp + 4] = repeats[current + 1];
              stack[sp + 5] = repeats[current + 2];
              stack[sp + 6] = REPEAT_UNDO;
              sp += 7;
              repeats[current + 1] = count;
              repeats[current + 2] = ptr;
              pc = body + 4;
              continue;
            }
            stack[sp] = current;
            stack[sp + 1] = CURRENT_UNDO;
            sp += 2;
            pc = body + 2 + code[body + 1];
            current = repeats[current + 3];
            continue;
          }
          case 19: {
            // MIN_UNTIL
            const body = repeats[current];
            const count = repeats[current + 1] + 1;
            if (count < code[body + 2]) {
              stack[sp] = current;
              stack[sp + 1] = repeats[current + 1];
              stack[sp + 2] = repeats[current + 2];
              stack[sp + 3] = REPEAT_UNDO;
              sp += 4;
              repeats[current + 1] = count;
              pc = body + 4;
              continue;
            }
            stack[sp] = ptr;
            stack[sp + 1] = current;
            stack[sp + 2] = count;
            stack[sp + 3] = MIN_BODY;
            stack[sp + 4] = current;
            stack[sp + 5] = CURRENT_UNDO;
            sp += 6;
            pc = body + 2 + code[body + 1];
            current = repeats[current + 3];
            continue;
          }
          case 24: {
            // REPEAT_ONE
            const least = ptr + code[pc + 2];
            if (least > end) break forward;
            const reach = this.count(pc + 4, subject, ptr, end, code[pc + 3]);
            if (reach < least) break forward;
            if (reach > least) {
              stack[sp] = reach;
              stack[sp + 1] = least;
              stack[sp + 2] = pc;
              stack[sp + 3] = ONE_MAX;
              sp += 4;
              const tail = pc + 1 + code[pc + 1];
              if (code[tail] === 16) {
                // The tail begins with a literal: only places before one are worth a try.
                if (reach >= end || (text !== null ? text.charCodeAt(reach) : points[reach]) !== code[tail + 1])
                  break forward;
              }
            }
            ptr = reach;
            pc += 1 + code[pc + 1];
            continue;
          }
          case 26: {
            // MIN_REPEAT_ONE
            const least = code[pc + 2];
            const max = code[pc + 3];
            if (end - ptr < least) break forward;
            if (least > 0) {
              const reach = this.count(pc + 4, subject, ptr, end, least);
              if (reach < ptr + least) break forward;
              ptr = reach;
            }
            if (max === -1 || max > least) {
              stack[sp] = ptr;
              stack[sp + 1] = max === -1 ? -1 : max - least;
              stack[sp + 2] = pc;
              stack[sp + 3] = ONE_MIN;
              sp += 4;
            }
            pc += 1 + code[pc + 1];
            continue;
          }
          case 29: {
            // POSSESSIVE_REPEAT_ONE
            const reach = this.count(pc + 4, subject, ptr, end, code[pc + 3]);
            if (reach < ptr + code[pc + 2]) break forward;
            ptr = reach;
            pc += 1 + code[pc + 1];
            continue;
          }
          default:
            // The walk over the code when the program was made lets no other instruction through.
            break forward;
        }
      }

      // A failure: undo until there is another way.
      backward: for (;;) {
        if (sp === 0) return false;
        switch (stack[sp - 1]) {
          case 1: // MARK_UNDO
            sp -= 4;
            marks[stack[sp]] = stack[sp + 1];
            this.lastindex = stack[sp + 2];
            continue;
          case 2: {
            // NEXT_BRANCH
            ptr = stack[sp - 3];
            const word = stack[sp - 2];
            const next = this.viableBranch(word + code[word], subject, ptr, end);
            if (next >= 0) stack[sp - 2] = next;
            else sp -= 3;
            pc = word + 1;
            break backward;
          }
          case 3: {
            // ONE_MAX
            const least = stack[sp - 3];
            const repeat = stack[sp - 2];
            const tail = repeat + 1 + code[repeat + 1];
            ptr = stack[sp - 4] - 1;
            if (code[tail] === 16) {
              const literal = code[tail + 1];
              if (text !== null) while (ptr >= least && text.charCodeAt(ptr) !== literal) ptr--;
              else while (ptr >= least && points[ptr] !== literal) ptr--;
              if (ptr < least) {
                sp -= 4;
                continue;
              }
            }
            if (ptr === least) sp -= 4;
            else stack[sp - 4] = ptr;
            pc = tail;
            break backward;
          }
          case 4: {
            // ONE_MIN
            ptr = stack[sp - 4];
            const more = stack[sp - 3];
            const repeat = stack[sp - 2];
            if (ptr >= end || this.count(repeat + 4, subject, ptr, end, 1) === ptr) {
              sp -= 4;
              continue;
            }
            ptr++;
            if (more === 1) sp -= 4;
            else {
              stack[sp - 4] = ptr;
              if (more > 0) stack[sp - 3] = more - 1;
            }
            pc = repeat + 1 + code[repeat + 1];
            break backward;
          }
          case 5: {
            // REPEAT_UNDO
            sp -= 4;
            const repeat = stack[sp];
            repeats[repeat + 1] = stack[sp + 1];
            repeats[repeat + 2] = stack[sp + 2];
            continue;
          }
          case 6: // CURRENT_UNDO
            sp -= 2;
            current = stack[sp];
            continue;
          case 7: {
            // MAX_TAIL
            sp -= 3;
            ptr = stack[sp];
            current = stack[sp + 1];
            const body = repeats[current];
            stack[sp] = current;
            stack[sp + 1] = CURRENT_UNDO;
            sp += 2;
            current = repeats[current + 3];
            pc = body + 2 + code[body + 1];
            break backward;
          }
          case 8: {
            // MIN_BODY
            sp -= 4;
            ptr = stack[sp];
            current = stack[sp + 1];
            const count = stack[sp + 2];
            const body = repeats[current];
            const max = code[body + 3];
            if ((max !== -1 && count >= max) || ptr === repeats[current + 2]) continue;
            stack[sp] = current;
            stack[sp + 1] = repeats[current + 1];
            stack[sp + 2] = repeats[current + 2];
            stack[sp + 3] = REPEAT_UNDO;
            sp += 4;
            repeats[current + 1] = count;
            repeats[current + 2] = ptr;
            pc = body + 4;
            break backward;
          }
          case 9: {
            // BARRIER: the body has failed.
            sp -= BARRIER_SIZE;
            frame = stack[sp];
            const barrier = stack[sp + 1];
            current = stack[sp + 3];
            freeRepeat = stack[sp + 4];
            const tail = barrier + 1 + code[barrier + 1];
            if (code[barrier] === 5) {
              ptr = stack[sp + 2];
              pc = tail;
              break backward;
            }
            if (code[barrier] === 28 && stack[sp + 5] >= code[barrier + 2]) {
              ptr = stack[sp + 2];
              pc = tail + 1;
              break backward;
            }
            continue;
          }
          case 10: {
            // MARKS_UNDO
            sp -= snapshotSize;
            for (let i = 0; i < marks.length; i++) marks[i] = stack[sp + i];
            this.lastindex = stack[sp + marks.length];
            continue;
          }
          default: // REPEAT_FREE
            sp -= 2;
            current = stack[sp];
            freeRepeat -= REPEAT_SIZE;
            continue;
        }
      }
    }
  }

  private pushMarks(stack: Int32Array, sp: number): number {
    const { marks } = this;
    for (let i = 0; i < marks.length; i++) stack[sp + i] = marks[i];
    stack[sp + marks.length] = this.lastindex;
    stack[sp + marks.length + 1] = MARKS_UNDO;
    return sp + marks.length + 2;
  }
}

function charAt(subject: Subject, index: number): number {
  return typeof subject === "string" ? subject.charCodeAt(index) : subject[index];
}

const isUnicodeWord = (ch: number): boolean => UNICODE_WORD.has(ch);

function isBoundary(subject: Subject, ptr: number, end: number, isWord: (ch: number) => boolean): boolean {
  const before = ptr > 0 && isWord(charAt(subject, ptr - 1));
  const after = ptr < end && isWord(charAt(subject, ptr));
  return before !== after;
}
