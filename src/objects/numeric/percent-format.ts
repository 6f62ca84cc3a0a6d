/**
 * Printf-style formatting (library reference, "printf-style String Formatting"), as far as it needs no objects: the
 * directives of a format, and numbers as a directive wants them. str and bytes fetch and convert the arguments.
 */
import { type FloatCode, formatFloat } from "./float-format.ts";
import type { Int } from "./int-math.ts";
import { magnitudeDigits, toDecimal } from "./int-text.ts";
import { valueError } from "./numeric-error.ts";

/** A width or precision: not given, the next argument ("*"), or a number. */
export type Size = null | "*" | number;

export interface PercentDirective {
  /** The mapping key of `%(key)s`; null without. */
  key: string | null;
  left: boolean;
  plus: boolean;
  blank: boolean;
  alternate: boolean;
  zero: boolean;
  width: Size;
  precision: Size;
  /** The conversion character (the length modifier is dropped); "%" too when anything stands before it. */
  type: string;
  /** Index of the conversion character in the format. */
  index: number;
}

/** Yields the parts of a format in order, so that errors come in the order in which CPython finds them. */
export class PercentScanner {
  private position = 0;

  constructor(private readonly format: string) {}

  get done(): boolean {
    return this.position >= this.format.length;
  }

  /** Text up to the next directive, with `%%` still to come; "" at a directive or the end. */
  literal(): string {
    const at = this.format.indexOf("%", this.position);
    const end = at < 0 ? this.format.length : at;
    const text = this.format.slice(this.position, end);
    this.position = end;
    return text;
  }

  /**
   * The `(key)` after "%", or null; moves behind it. The caller looks the key up before the rest is parsed, since a
   * missing mapping is reported before a bad conversion.
   */
  key(): string | null {
    this.position++;
    if (this.format[this.position] !== "(") return null;
    const start = this.position + 1;
    let depth = 1;
    for (let i = start; i < this.format.length; i++) {
      const c = this.format[i];
      if (c === "(") depth++;
      else if (c === ")" && --depth === 0) {
        this.position = i + 1;
        return this.format.slice(start, i);
      }
    }
    return valueError("incomplete format key");
  }

  /** Flags, width, precision, conversion: the rest of a directive. */
  rest(key: string | null): PercentDirective {
    const directive: PercentDirective = {
      key,
      left: false,
      plus: false,
      blank: false,
      alternate: false,
      zero: false,
      width: null,
      precision: null,
      type: "",
      index: 0,
    };
    this.flags(directive);
    directive.width = this.size("width too big");
    if (this.format[this.position] === ".") {
      this.position++;
      directive.precision = this.size("precision too big") ?? 0;
    }
    if (/^[hlL]$/.test(this.format[this.position] ?? "")) this.position++;
    if (this.position >= this.format.length) valueError("incomplete format");
    directive.index = this.position;
    directive.type = String.fromCodePoint(this.format.codePointAt(this.position) as number);
    this.position += directive.type.length;
    return directive;
  }

  private flags(directive: PercentDirective): void {
    for (; ; this.position++) {
      switch (this.format[this.position]) {
        case "-":
          directive.left = true;
          break;
        case "+":
          directive.plus = true;
          break;
        case " ":
          directive.blank = true;
          break;
        case "#":
          directive.alternate = true;
          break;
        case "0":
          directive.zero = true;
          break;
        default:
          return;
      }
    }
  }

  private size(tooBig: string): Size {
    if (this.format[this.position] === "*") {
      this.position++;
      return "*";
    }
    let value: number | null = null;
    for (;;) {
      const digit = this.format.charCodeAt(this.position) - 48;
      if (!(digit >= 0 && digit <= 9)) return value;
      value = (value ?? 0) * 10 + digit;
      if (value > 2 ** 31 - 1) valueError(tooBig);
      this.position++;
    }
  }
}

/** "unsupported format character 'y' (0x79) at index 1". */
export function unsupportedCharacter(directive: PercentDirective): string {
  const code = directive.type.codePointAt(0) as number;
  const shown = code > 31 && code < 128 ? directive.type : "?";
  return `unsupported format character '${shown}' (0x${code.toString(16)}) at index ${directive.index}`;
}

/** An int for d, i, u, x, X, o; `width` and `precision` resolved (-1: none). */
export function formatPercentInt(
  a: Int,
  directive: PercentDirective,
  width: number,
  precision: number,
  maxDigits: number,
): string {
  const { type } = directive;
  const base = type === "o" ? 8 : type === "x" || type === "X" ? 16 : 10;
  let digits = base === 10 ? toDecimal(a, maxDigits) : magnitudeDigits(a, base);
  if (digits[0] === "-") digits = digits.slice(1);
  digits = digits.padStart(precision, "0");
  const prefix = directive.alternate && base !== 10 ? `0${type}` : "";
  return layOut(a < 0, prefix, type === "X" ? digits.toUpperCase() : digits, directive, width);
}

/** A float for e, E, f, F, g, G; `precision` -1: six. */
export function formatPercentFloat(x: number, directive: PercentDirective, width: number, precision: number): string {
  const text = formatFloat(x, directive.type as FloatCode, precision < 0 ? 6 : precision, {
    alternate: directive.alternate,
  });
  const negative = text[0] === "-";
  return layOut(negative, "", negative ? text.slice(1) : text, directive, width);
}

/** Text for s, r, a, c, already cut to the precision: `length` is its number of characters. */
export function padPercent(text: string, length: number, directive: PercentDirective, width: number): string {
  if (length >= width) return text;
  const blanks = " ".repeat(width - length);
  return directive.left ? text + blanks : blanks + text;
}

function layOut(
  negative: boolean,
  prefix: string,
  digits: string,
  { plus, blank, zero, left }: PercentDirective,
  width: number,
): string {
  const head = (negative ? "-" : plus ? "+" : blank ? " " : "") + prefix;
  const missing = width - head.length - digits.length;
  if (missing <= 0) return head + digits;
  if (left) return head + digits + " ".repeat(missing);
  return zero ? head + "0".repeat(missing) + digits : " ".repeat(missing) + head + digits;
}
