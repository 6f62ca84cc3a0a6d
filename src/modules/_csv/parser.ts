/** The state machine that reads CSV, line by line; knows no Python objects. */
import { AstralStr, type Str, StrBuilder } from "../../objects/str/astral.ts";
import { type Format, NOT_SET, QUOTE_NONE, QUOTE_NONNUMERIC, QUOTE_NOTNULL, QUOTE_STRINGS } from "./dialect.ts";

/** A line is not as the format demands. */
export class ParseError {
  constructor(readonly message: string) {}
}

/** How a finished field is to be given to Python. */
export const TEXT = 0;
export const NUMBER = 1;
export const NULL = 2;

export interface Field {
  readonly kind: typeof TEXT | typeof NUMBER | typeof NULL;
  readonly text: Str;
}

const START_RECORD = 0;
const START_FIELD = 1;
const ESCAPED_CHAR = 2;
const IN_FIELD = 3;
const IN_QUOTED_FIELD = 4;
const ESCAPE_IN_QUOTED_FIELD = 5;
const QUOTE_IN_QUOTED_FIELD = 6;
const EAT_CRNL = 7;
const AFTER_ESCAPED_CRNL = 8;

/** The end of a line handed in, which is not the same as a newline in it. */
const END_OF_LINE = -2;
const LF = 10;
const CR = 13;
const SPACE = 32;

export class Parser {
  fields: Field[] = [];
  /** The record has been handed over, and no other begun. */
  isTaken = false;
  private state = START_RECORD;
  private field = new StrBuilder();
  private length = 0;
  private isUnquoted = true;
  /** Set where a line without quotes can simply be split. */
  private readonly plainDelimiter: string | null;
  private readonly special: string;

  constructor(
    private readonly format: Format,
    private readonly fieldLimit: () => number,
  ) {
    const { delimiter, quoting, quotechar, escapechar, skipinitialspace } = format;
    const isPlain = quoting < QUOTE_NONNUMERIC && !skipinitialspace && delimiter <= 0xffff && quotechar <= 0xffff;
    this.plainDelimiter = isPlain && escapechar === NOT_SET ? String.fromCharCode(delimiter) : null;
    this.special = quotechar === NOT_SET ? "" : String.fromCharCode(quotechar);
  }

  /** Begins a record. */
  reset(): void {
    this.fields = [];
    this.isTaken = false;
    this.state = START_RECORD;
    this.length = 0;
    this.field = new StrBuilder();
    this.isUnquoted = true;
  }

  get isComplete(): boolean {
    return this.state === START_RECORD;
  }

  /** The lines end within a record: true when what there is makes a record all the same. */
  finish(): boolean {
    if (this.length === 0 && this.state !== IN_QUOTED_FIELD) return false;
    if (this.format.strict) throw new ParseError("unexpected end of data");
    this.save();
    return true;
  }

  line(line: Str): void {
    if (this.state === START_RECORD && this.plainDelimiter !== null && typeof line === "string") {
      if (this.splitPlain(line, this.plainDelimiter)) return;
    }
    if (line instanceof AstralStr) for (const c of line.points) this.step(c);
    else for (let i = 0; i < line.length; i++) this.step(line.charCodeAt(i));
    this.step(END_OF_LINE);
  }

  private splitPlain(line: string, delimiter: string): boolean {
    if (this.special !== "" && line.includes(this.special)) return false;
    let end = line.length;
    if (end > 0 && line.charCodeAt(end - 1) === LF) end--;
    if (end > 0 && line.charCodeAt(end - 1) === CR) end--;
    const text = end === line.length ? line : line.slice(0, end);
    if (text === "" || text.includes("\n") || text.includes("\r") || text.length > this.fieldLimit()) return false;
    for (const part of text.split(delimiter)) this.fields.push({ kind: TEXT, text: part });
    return true;
  }

  private add(c: number): void {
    if (this.length >= this.fieldLimit()) throw new ParseError(`field larger than field limit (${this.fieldLimit()})`);
    this.field.pushPoint(c);
    this.length++;
  }

  private save(): void {
    const { quoting } = this.format;
    let kind: Field["kind"] = TEXT;
    if (this.isUnquoted) {
      if (this.length === 0) {
        if (quoting === QUOTE_NOTNULL || quoting === QUOTE_STRINGS) kind = NULL;
      } else if (quoting === QUOTE_NONNUMERIC || quoting === QUOTE_STRINGS) kind = NUMBER;
    }
    this.fields.push({ kind, text: this.field.build() });
    this.field = new StrBuilder();
    this.length = 0;
    this.isUnquoted = true;
  }

  private endOfField(c: number): void {
    this.save();
    this.state = c === END_OF_LINE ? START_RECORD : EAT_CRNL;
  }

  private step(c: number): void {
    const { format } = this;
    const isEnd = c === LF || c === CR || c === END_OF_LINE;
    switch (this.state) {
      case START_RECORD:
        if (c === END_OF_LINE) return;
        if (isEnd) {
          this.state = EAT_CRNL;
          return;
        }
        this.startField(c, isEnd);
        return;
      case START_FIELD:
        this.startField(c, isEnd);
        return;
      case ESCAPED_CHAR:
        this.add(c === END_OF_LINE ? LF : c);
        this.state = c === LF || c === CR ? AFTER_ESCAPED_CRNL : IN_FIELD;
        return;
      case AFTER_ESCAPED_CRNL:
        if (c === END_OF_LINE) return;
        this.inField(c, isEnd);
        return;
      case IN_FIELD:
        this.inField(c, isEnd);
        return;
      case IN_QUOTED_FIELD:
        if (c === END_OF_LINE) return;
        if (c === format.escapechar) this.state = ESCAPE_IN_QUOTED_FIELD;
        else if (c === format.quotechar && format.quoting !== QUOTE_NONE)
          this.state = format.doublequote ? QUOTE_IN_QUOTED_FIELD : IN_FIELD;
        else this.add(c);
        return;
      case ESCAPE_IN_QUOTED_FIELD:
        this.add(c === END_OF_LINE ? LF : c);
        this.state = IN_QUOTED_FIELD;
        return;
      case QUOTE_IN_QUOTED_FIELD:
        this.afterQuote(c, isEnd);
        return;
      default: // EAT_CRNL
        if (c === END_OF_LINE) this.state = START_RECORD;
        else if (!isEnd)
          throw new ParseError(
            "new-line character seen in unquoted field - do you need to open the file with newline=''?",
          );
    }
  }

  private startField(c: number, isEnd: boolean): void {
    const { format } = this;
    if (isEnd) this.endOfField(c);
    else if (c === format.quotechar && format.quoting !== QUOTE_NONE) {
      this.isUnquoted = false;
      this.state = IN_QUOTED_FIELD;
    } else if (c === format.escapechar) this.state = ESCAPED_CHAR;
    else if (c === SPACE && format.skipinitialspace) this.state = START_FIELD;
    else if (c === format.delimiter) {
      this.save();
      this.state = START_FIELD;
    } else {
      this.add(c);
      this.state = IN_FIELD;
    }
  }

  private inField(c: number, isEnd: boolean): void {
    const { format } = this;
    if (isEnd) this.endOfField(c);
    else if (c === format.escapechar) this.state = ESCAPED_CHAR;
    else if (c === format.delimiter) {
      this.save();
      this.state = START_FIELD;
    } else {
      this.add(c);
      this.state = IN_FIELD;
    }
  }

  private afterQuote(c: number, isEnd: boolean): void {
    const { format } = this;
    if (format.quoting !== QUOTE_NONE && c === format.quotechar) {
      this.add(c);
      this.state = IN_QUOTED_FIELD;
    } else if (c === format.delimiter) {
      this.save();
      this.state = START_FIELD;
    } else if (isEnd) this.endOfField(c);
    else if (!format.strict) {
      this.add(c);
      this.state = IN_FIELD;
    } else {
      const show = (point: number): string => String.fromCodePoint(point);
      throw new ParseError(`'${show(format.delimiter)}' expected after '${show(format.quotechar)}'`);
    }
  }
}
