/**
 * The markup of `str.format`: cutting a format string into literal text and replacement fields, and a field's name into
 * its parts. Used by `str.format` itself and by the `_string` module. Grammar: library reference, "Format String Syntax".
 */
import { EXC, type Exc } from "../core.ts";
import { valueError } from "../errors.ts";
import { decimalValue } from "../unicode/numeric-value.ts";
import { type Str, pointAt, strFromPoint, strSlice } from "./astral.ts";

const OPEN = 0x7b;
const CLOSE = 0x7d;
const BANG = 0x21;
const COLON = 0x3a;
const DOT = 0x2e;
const BRACKET = 0x5b;
const END_BRACKET = 0x5d;

export interface Field {
  name: Str;
  /** "" when there is none; a single character else. */
  conversion: Str;
  spec: Str;
  /** The specification holds fields itself. */
  nested: boolean;
}
/** Literal text, and the field that follows it, if one does. */
export interface Piece {
  literal: Str;
  field: Field | null;
}

/** Reads a format string piece by piece. */
export class Markup {
  private position = 0;
  constructor(private readonly text: Str) {}

  /** The next piece; undefined at the end. */
  next(): Piece | undefined | Exc {
    const { text } = this;
    const end = text.length;
    if (this.position >= end) return undefined;
    const start = this.position;
    let c = 0;
    while (this.position < end) {
      c = pointAt(text, this.position++);
      if (c === OPEN || c === CLOSE) break;
    }
    const isBrace = c === OPEN || c === CLOSE;
    if (!isBrace) return { literal: strSlice(text, start), field: null };
    const atEnd = this.position >= end;
    const doubled = !atEnd && pointAt(text, this.position) === c;
    if (c === CLOSE && !doubled) return valueError("Single '}' encountered in format string");
    if (atEnd) return valueError("Single '{' encountered in format string");
    const literalEnd = doubled ? this.position : this.position - 1;
    const literal = strSlice(text, start, literalEnd);
    if (doubled) {
      this.position++;
      return { literal, field: null };
    }
    const field = this.parseField();
    return field === EXC ? EXC : { literal, field };
  }

  private parseField(): Field | Exc {
    const { text } = this;
    const end = text.length;
    const nameStart = this.position;
    let c = 0;
    scan: while (this.position < end) {
      c = pointAt(text, this.position++);
      switch (c) {
        case OPEN:
          return valueError("unexpected '{' in field name");
        case BRACKET:
          while (this.position < end && pointAt(text, this.position) !== END_BRACKET) this.position++;
          continue;
        case CLOSE:
        case COLON:
        case BANG:
          break scan;
      }
    }
    if (c !== CLOSE && c !== COLON && c !== BANG) return valueError("expected '}' before end of string");
    const field: Field = {
      name: strSlice(text, nameStart, this.position - 1),
      conversion: "",
      spec: "",
      nested: false,
    };
    if (c === CLOSE) return field;
    if (c === BANG) {
      if (this.position >= end) return valueError("end of string while looking for conversion specifier");
      field.conversion = strFromPoint(pointAt(text, this.position++));
      if (this.position < end) {
        c = pointAt(text, this.position++);
        if (c === CLOSE) return field;
        if (c !== COLON) return valueError("expected ':' after conversion specifier");
      }
    }
    return this.parseSpec(field);
  }

  private parseSpec(field: Field): Field | Exc {
    const { text } = this;
    const start = this.position;
    let depth = 1;
    while (this.position < text.length) {
      const c = pointAt(text, this.position++);
      if (c === OPEN) {
        field.nested = true;
        depth++;
      } else if (c === CLOSE && --depth === 0) {
        field.spec = strSlice(text, start, this.position - 1);
        return field;
      }
    }
    return valueError("unmatched '{' in format spec");
  }
}

/** The number that `text` writes in decimal digits, -1 when it is none. */
function indexIn(text: Str): number | Exc {
  if (text.length === 0) return -1;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = decimalValue(pointAt(text, i));
    if (digit < 0) return -1;
    value = value * 10 + digit;
    if (value > Number.MAX_SAFE_INTEGER) return valueError("Too many decimal digits in format string");
  }
  return value;
}

/** One step of a field name: `.attribute` or `[item]`; a decimal item is an index. */
export interface NameStep {
  isAttribute: boolean;
  key: Str | number;
}
export interface FieldName {
  /** What the name begins with; a number refers to the positional arguments; "" to the next of them. */
  first: Str | number;
  rest: NameSteps;
}

/** The steps after the first name, read as they are asked for: an error shows only when it is reached. */
export class NameSteps {
  private position = 0;
  constructor(private readonly text: Str) {}

  next(): NameStep | undefined | Exc {
    const { text } = this;
    if (this.position >= text.length) return undefined;
    const c = pointAt(text, this.position++);
    if (c !== DOT && c !== BRACKET) return valueError("Only '.' or '[' may follow ']' in format field specifier");
    const start = this.position;
    const isAttribute = c === DOT;
    const stop = isAttribute
      ? (p: number): boolean => p === DOT || p === BRACKET
      : (p: number): boolean => p === END_BRACKET;
    let i = start;
    while (i < text.length && !stop(pointAt(text, i))) i++;
    if (!isAttribute && i >= text.length) return valueError("Missing ']' in format string");
    const key = strSlice(text, start, i);
    this.position = isAttribute ? i : i + 1;
    const index = isAttribute ? -1 : indexIn(key);
    if (index === EXC) return EXC;
    if (key.length === 0) return valueError("Empty attribute in format string");
    return { isAttribute, key: index >= 0 ? index : key };
  }
}

/** Cuts a field's name. */
export function splitFieldName(name: Str): FieldName | Exc {
  let i = 0;
  while (i < name.length && pointAt(name, i) !== DOT && pointAt(name, i) !== BRACKET) i++;
  const head = strSlice(name, 0, i);
  const index = indexIn(head);
  if (index === EXC) return EXC;
  return { first: index >= 0 ? index : head, rest: new NameSteps(strSlice(name, i)) };
}
