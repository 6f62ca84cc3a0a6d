/**
 * Matching as the Python module sees it: one `Matcher` a pattern, which uses JavaScript's regular expressions where the
 * pattern allows and the engine otherwise. Knows nothing of Python objects.
 */
import { Program, type Subject } from "./engine.ts";
import { translate, type Translation } from "./jsregexp.ts";
import { OP } from "./opcodes.ts";

export const MATCH = 0;
export const SEARCH = 1;
export const FULLMATCH = 2;
export type Mode = typeof MATCH | typeof SEARCH | typeof FULLMATCH;

const NON_ASCII = /[^\0-\x7f]/;

/** One translation with the expressions made of it as they are needed. */
class Expressions {
  private readonly made: (RegExp | null)[] = [null, null, null];
  private readonly indexed: (RegExp | null)[] = [null, null];

  constructor(readonly translation: Translation) {}

  /** Sticky for MATCH and FULLMATCH, global for SEARCH. */
  forMode(mode: Mode): RegExp {
    return (this.made[mode] ??= new RegExp(this.source(mode), mode === SEARCH ? "g" : "y"));
  }
  /** Sticky, and reporting where groups are. */
  withIndices(mode: Mode): RegExp {
    const which = mode === FULLMATCH ? 1 : 0;
    return (this.indexed[which] ??= new RegExp(this.source(mode), "yd"));
  }
  private source(mode: Mode): string {
    return mode === FULLMATCH ? `(?:${this.translation.source})$` : this.translation.source;
  }
}

/** A match: positions, and the groups' spans in whichever form they were found. */
export class Found {
  private marks: Int32Array | null;
  private last: number;

  constructor(
    readonly start: number,
    readonly end: number,
    marks: Int32Array | null,
    lastindex: number,
    /** JavaScript's result, when that is how the match was found. */
    readonly js: RegExpExecArray | null,
    private readonly expressions: Expressions | null,
    private readonly mode: Mode,
  ) {
    this.marks = marks;
    this.last = lastindex;
  }

  /** Start and end of each group from 1 on, -1 for those that did not match. */
  spans(): Int32Array {
    if (this.marks !== null) return this.marks;
    const js = this.js as RegExpExecArray;
    const marks = new Int32Array((js.length - 1) * 2).fill(-1);
    if (marks.length > 0) {
      const expression = (this.expressions as Expressions).withIndices(this.mode);
      expression.lastIndex = this.start;
      const { indices } = expression.exec(js.input) as RegExpExecArray;
      for (let group = 1; group < js.length; group++) {
        const span = indices?.[group];
        if (span === undefined) continue;
        marks[group * 2 - 2] = span[0];
        marks[group * 2 - 1] = span[1];
      }
    }
    this.marks = marks;
    return marks;
  }

  /** Number of the group that closed last; -1 when none did. */
  lastindex(): number {
    if (this.js === null || this.last >= 0) return this.last;
    const { closing } = (this.expressions as Expressions).translation;
    for (let i = closing.length - 1; i >= 0; i--) {
      if (this.js[closing[i]] !== undefined) {
        this.last = closing[i];
        break;
      }
    }
    return this.last;
  }
}

export class Matcher {
  private engine: Program | null = null;
  /** `undefined`: not tried yet. */
  private forAscii: Expressions | null | undefined;
  private forAll: Expressions | null | undefined;
  /** The text looked at last, and what that found. */
  private lastText = "";
  private lastIsAscii = true;

  constructor(
    readonly code: Int32Array,
    readonly groups: number,
  ) {}

  /** Finds a match in `subject[pos:endpos]`; null when there is none. Lookbehind sees what precedes `pos`. */
  exec(subject: Subject, pos: number, endpos: number, mode: Mode, mustAdvance: boolean): Found | null {
    if (typeof subject === "string") {
      const expressions = this.expressionsFor(subject);
      if (expressions !== null) {
        const text = endpos < subject.length ? subject.slice(0, endpos) : subject;
        const found = this.tryExec(expressions, text, pos, mode, mustAdvance);
        if (found !== undefined) return found;
      }
    }
    return this.execEngine(subject, pos, endpos, mode, mustAdvance);
  }

  /** The engine's answer, whatever the pattern: for texts that are no string, and for tests. */
  execEngine(subject: Subject, pos: number, endpos: number, mode: Mode, mustAdvance: boolean): Found | null {
    this.engine ??= new Program(this.code, this.groups);
    const { engine } = this;
    const ok =
      mode === SEARCH
        ? engine.search(subject, pos, endpos, mustAdvance)
        : engine.matchAt(subject, pos, endpos, mode === FULLMATCH, mustAdvance);
    return ok ? new Found(engine.start, engine.end, engine.marks.slice(), engine.lastindex, null, null, mode) : null;
  }

  /**
   * Runs `use` with a global expression that finds just what this pattern finds in `text`; undefined where there is
   * none (matches may be empty, or only the engine will do). `use` must not call Python code.
   */
  withExpression<T>(text: string, use: (expression: RegExp) => T): T | undefined {
    if (this.code[0] !== OP.INFO || this.code[3] <= 0) return undefined;
    const expressions = this.expressionsFor(text);
    if (expressions === null) return undefined;
    try {
      const expression = expressions.forMode(SEARCH);
      expression.lastIndex = 0;
      return use(expression);
    } catch (error) {
      this.giveUpExpressions(error);
      return undefined;
    }
  }

  /** JavaScript cannot run one of this pattern's expressions: too large, or its stack is full. The engine takes over. */
  private giveUpExpressions(error: unknown): void {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    this.forAscii = null;
    this.forAll = null;
  }

  private tryExec(
    expressions: Expressions,
    text: string,
    pos: number,
    mode: Mode,
    mustAdvance: boolean,
  ): Found | null | undefined {
    try {
      if (mustAdvance) {
        // JavaScript cannot ask for a match that is not empty, and only the first place asks for one.
        if (mode !== SEARCH) return undefined;
        const first = this.execEngine(text, pos, text.length, MATCH, true);
        if (first !== null) return first;
        if (++pos > text.length) return null;
      }
      const expression = expressions.forMode(mode);
      expression.lastIndex = pos;
      const js = expression.exec(text);
      if (js === null) return null;
      const start = js.index;
      return new Found(start, start + js[0].length, null, -1, js, expressions, mode);
    } catch (error) {
      this.giveUpExpressions(error);
      return undefined;
    }
  }

  private expressionsFor(text: string): Expressions | null {
    if (this.forAscii === undefined) {
      this.forAscii = this.expressions(true);
      if (this.forAscii === null || !this.forAscii.translation.asciiOnly) this.forAll = this.forAscii;
    }
    if (this.forAscii === null || !this.forAscii.translation.asciiOnly) return this.forAscii;
    if (this.isAscii(text)) return this.forAscii;
    if (this.forAll === undefined) this.forAll = this.expressions(false);
    return this.forAll;
  }

  private expressions(ascii: boolean): Expressions | null {
    const translation = translate(this.code, ascii);
    return translation === null ? null : new Expressions(translation);
  }

  private isAscii(text: string): boolean {
    if (text !== this.lastText) {
      this.lastText = text;
      this.lastIsAscii = !NON_ASCII.test(text);
    }
    return this.lastIsAscii;
  }
}
