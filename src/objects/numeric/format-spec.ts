/**
 * The format specification mini-language (library reference, "Format Specification Mini-Language"; PEP 3101,
 * PEP 682 for `z`) for str, int, float and complex. Texts are UTF-16; a surrogate pair is one character.
 */
import { type FloatCode, formatFloat } from "./float-format.ts";
import { type Int, intToFloat, NumericError } from "./int-math.ts";
import { magnitudeDigits, toDecimal } from "./int-text.ts";
import { overflow, valueError } from "./numeric-error.ts";

export interface FormatSpec {
  fill: string;
  align: "<" | ">" | "=" | "^";
  sign: "" | "+" | "-" | " ";
  noNegativeZero: boolean;
  alternate: boolean;
  /** -1: none. */
  width: number;
  grouping: "" | "," | "_";
  fractionGrouping: "" | "," | "_";
  /** -1: none. */
  precision: number;
  /** One character; "" when absent. */
  type: string;
  /** The fill was given, or is the "0" before the width. */
  alignSpecified: boolean;
}

/** Separators of the `n` type; Python's C locale has none. */
export interface NumberLocale {
  decimalPoint: string;
  thousandsSeparator: string;
  /** Group sizes from the right, as `localeconv()["grouping"]`. */
  grouping: readonly number[];
}
export const C_LOCALE: NumberLocale = { decimalPoint: ".", thousandsSeparator: "", grouping: [] };

const MAX_WIDTH = 2 ** 63 - 1;

/** Parses `spec` for a value of type `typeName`. ValueError as CPython words it. */
export function parseFormatSpec(spec: string, typeName: string, defaultAlign: "<" | ">"): FormatSpec {
  return new SpecParser(spec, typeName, defaultAlign).parse();
}

/** Goes through the UTF-16 units; only a fill and a type may be more than one of them. */
class SpecParser {
  private position = 0;

  constructor(
    private readonly spec: string,
    private readonly typeName: string,
    private readonly defaultAlign: "<" | ">",
  ) {}

  parse(): FormatSpec {
    const format = this.alignment();
    if (this.peeks("+") || this.peeks("-") || this.peeks(" ")) format.sign = this.take() as "+" | "-" | " ";
    format.noNegativeZero = this.accept("z");
    format.alternate = this.accept("#");
    this.zeroFill(format);
    format.width = this.integer();
    format.grouping = this.separators();
    this.precision(format);
    this.type(format);
    return format;
  }

  private alignment(): FormatSpec {
    const { spec } = this;
    const format: FormatSpec = {
      fill: "",
      align: this.defaultAlign,
      sign: "",
      noNegativeZero: false,
      alternate: false,
      width: -1,
      grouping: "",
      fractionGrouping: "",
      precision: -1,
      type: "",
      alignSpecified: false,
    };
    const fill = unitsAt(spec, 0);
    if (isAlign(spec[fill])) {
      format.fill = spec.slice(0, fill);
      format.align = spec[fill] as FormatSpec["align"];
      this.position = fill + 1;
    } else if (isAlign(spec[0])) {
      format.align = spec[0];
      this.position = 1;
    }
    format.alignSpecified = this.position > 0;
    return format;
  }

  /** A "0" before the width: fill with zeros, after the sign unless an alignment was given. */
  private zeroFill(format: FormatSpec): void {
    if (format.fill === "" && this.accept("0")) {
      format.fill = "0";
      if (!format.alignSpecified && this.defaultAlign === ">") format.align = "=";
    }
    if (format.fill === "") format.fill = " ";
  }

  private precision(format: FormatSpec): void {
    if (!this.accept(".")) return;
    format.precision = this.integer();
    format.fractionGrouping = this.separators();
    if (format.precision < 0 && format.fractionGrouping === "") valueError("Format specifier missing precision");
  }

  private separators(): "" | "," | "_" {
    const comma = this.accept(",");
    const underscore = this.accept("_");
    if (underscore && (comma || this.peeks(","))) valueError("Cannot specify both ',' and '_'.");
    return comma ? "," : underscore ? "_" : "";
  }

  private type(format: FormatSpec): void {
    const rest = this.spec.length - this.position;
    if (rest > unitsAt(this.spec, this.position)) {
      valueError(`Invalid format specifier '${this.spec}' for object of type '${this.typeName}'`);
    }
    if (rest > 0) format.type = this.spec.slice(this.position);
    if (format.grouping !== "") checkSeparator(format.grouping, format.type, this.typeName);
    // The fraction's separator is refused by `n` only; elsewhere CPython ignores it where it means nothing.
    if (format.fractionGrouping !== "" && format.type === "n") checkSeparator(format.fractionGrouping, "n", "");
  }

  /** -1 when there are no digits. Any Unicode decimal digit counts in CPython; only ASCII is used in practice. */
  private integer(): number {
    let value = -1;
    for (;;) {
      const digit = this.spec.charCodeAt(this.position) - 48;
      if (!(digit >= 0 && digit <= 9)) return value;
      this.position++;
      value = Math.max(value, 0) * 10 + digit;
      if (value > MAX_WIDTH) valueError("Too many decimal digits in format string");
    }
  }

  private peeks(c: string): boolean {
    return this.spec[this.position] === c;
  }
  private take(): string {
    return this.spec[this.position++];
  }
  private accept(c: string): boolean {
    if (!this.peeks(c)) return false;
    this.position++;
    return true;
  }
}
const isAlign = (c: string | undefined): c is FormatSpec["align"] => c === "<" || c === ">" || c === "=" || c === "^";
/** UTF-16 units of the character there. */
function unitsAt(text: string, position: number): 1 | 2 {
  return (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1;
}

function checkSeparator(separator: "," | "_", type: string, typeName: string): void {
  if ("defgEG%F".includes(type)) {
    // "" is in every string: no type, but str's default is "s".
    if (type !== "" || typeName !== "str") return;
  }
  if (separator === "_" && "boxX".includes(type) && type !== "") return;
  valueError(`Cannot specify '${separator}' with ${quoteCode(type === "" ? "s" : type)}.`);
}

/** The character, or its code in hexadecimal when it is not printable ASCII. */
function quoteCode(type: string): string {
  const code = type.codePointAt(0) as number;
  return code > 32 && code < 128 ? `'${type}'` : `'\\x${code.toString(16)}'`;
}

export function unknownFormatCode(type: string, typeName: string): never {
  return valueError(`Unknown format code ${quoteCode(type)} for object of type '${typeName}'`);
}

/** The number of characters. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00 && isLow(text.charCodeAt(i + 1))) {
      length--;
      i++;
    }
  }
  return length;
}
function isLow(c: number): boolean {
  return c >= 0xdc00 && c < 0xe000;
}

/** Fills up to the width; `text` has `length` characters. "=" is the caller's business and means ">" here. */
function pad(text: string, length: number, format: FormatSpec): string {
  const missing = format.width - length;
  if (missing <= 0) return text;
  if (missing > 2 ** 29) throw new NumericError("MemoryError", "");
  if (format.align === "<") return text + format.fill.repeat(missing);
  if (format.align !== "^") return format.fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return format.fill.repeat(left) + text + format.fill.repeat(missing - left);
}

// ── str ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `format(str, spec)`; the spec is not empty. */
export function formatText(text: string, spec: string, typeName = "str"): string {
  const format = parseFormatSpec(spec, typeName, "<");
  if (format.type !== "" && format.type !== "s") unknownFormatCode(format.type, typeName);
  if (format.sign !== "") {
    valueError(
      format.sign === " "
        ? "Space not allowed in string format specifier"
        : "Sign not allowed in string format specifier",
    );
  }
  if (format.noNegativeZero) valueError("Negative zero coercion (z) not allowed in string format specifier");
  if (format.alternate) valueError("Alternate form (#) not allowed in string format specifier");
  if (format.align === "=") valueError("'=' alignment not allowed in string format specifier");
  let length = lengthOf(text);
  let shown = text;
  if (format.precision >= 0 && length > format.precision) {
    shown =
      length === text.length ? text.slice(0, format.precision) : Array.from(text).slice(0, format.precision).join("");
    length = format.precision;
  }
  return pad(shown, length, format);
}

// ── numbers ────────────────────────────────────────────────────────────────────────────────────────────────────

interface Parts {
  negative: boolean;
  prefix: string;
  /** Integer digits, to be grouped. */
  digits: string;
  /** Fraction digits. */
  fraction: string;
  /** Whether a decimal point is shown. */
  hasPoint: boolean;
  /** Exponent, percent sign. */
  suffix: string;
}

/** Separator and group sizes (from the right, the last one repeating). */
interface Grouping {
  separator: string;
  sizes: readonly number[];
}

function groupingOf(format: FormatSpec, locale: NumberLocale): Grouping {
  if (format.type === "n") return { separator: locale.thousandsSeparator, sizes: locale.grouping };
  const isBinary = format.grouping === "_" && "boxX".includes(format.type) && format.type !== "";
  return { separator: format.grouping, sizes: [isBinary ? 4 : 3] };
}

function layOut(parts: Parts, format: FormatSpec, locale: NumberLocale): string {
  const sign = parts.negative ? "-" : format.sign === "+" || format.sign === " " ? format.sign : "";
  const point = parts.hasPoint ? (format.type === "n" ? locale.decimalPoint : ".") : "";
  const tail = point + groupFraction(parts.fraction, format.fractionGrouping) + parts.suffix;
  const head = sign + parts.prefix;
  const zeroPadded = format.fill === "0" && format.align === "=";
  const minimum = zeroPadded ? format.width - head.length - tail.length : 0;
  if (minimum > 2 ** 29) throw new NumericError("MemoryError", "");
  const isPlain = minimum <= 0 && format.grouping === "" && format.type !== "n";
  const digits = isPlain ? parts.digits : group(parts.digits, groupingOf(format, locale), minimum);
  const length = head.length + digits.length + tail.length;
  if (format.align === "=" && length < format.width) {
    if (format.width - length > 2 ** 29) throw new NumericError("MemoryError", "");
    return head + format.fill.repeat(format.width - length) + digits + tail;
  }
  return pad(head + digits + tail, length, format);
}

/** Groups from the right and fills with zeros (grouped too) to at least `minimum` characters. */
export function group(digits: string, { separator, sizes }: Grouping, minimum: number): string {
  // Infinity and NaN have no integer digits: their zeros are not grouped.
  if (digits === "" || separator === "" || sizes.length === 0) {
    return digits.padStart(Math.max(minimum, 0), "0");
  }
  const groups: string[] = [];
  let rest = digits;
  let length = 0;
  for (let i = 0; rest !== "" || length < minimum; i++) {
    const size = sizes[Math.min(i, sizes.length - 1)];
    const room = minimum - length - (i > 0 ? separator.length : 0);
    // A separator is only worth writing when a digit follows it: at least one.
    const wanted = Math.max(Math.min(size, room), 1);
    const part = rest.slice(-size).padStart(Math.min(wanted, size), "0");
    rest = rest.slice(0, Math.max(0, rest.length - size));
    groups.unshift(part);
    length += part.length + (i > 0 ? separator.length : 0);
  }
  return groups.join(separator);
}

/** Groups of three from the left. */
export function groupFraction(fraction: string, separator: string): string {
  if (separator === "") return fraction;
  return (fraction.match(/.{1,3}/g) ?? []).join(separator);
}

// ── int ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `format(int, spec)`; the spec is not empty. */
export function formatInt(a: Int, spec: string, maxDigits: number, locale = C_LOCALE, typeName = "int"): string {
  const format = parseFormatSpec(spec, typeName, ">");
  switch (format.type) {
    case "":
    case "b":
    case "c":
    case "d":
    case "o":
    case "x":
    case "X":
    case "n":
      return formatInteger(a, format, maxDigits, locale);
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
    case "%":
      return formatFloating(intToFloat(a), format, locale);
    default:
      return unknownFormatCode(format.type, typeName);
  }
}

function formatInteger(a: Int, format: FormatSpec, maxDigits: number, locale: NumberLocale): string {
  if (format.precision >= 0) valueError("Precision not allowed in integer format specifier");
  if (format.noNegativeZero) valueError("Negative zero coercion (z) not allowed in integer format specifier");
  if (format.type === "c") return formatCharacter(a, format);
  const base = format.type === "b" ? 2 : format.type === "o" ? 8 : format.type === "x" || format.type === "X" ? 16 : 10;
  let digits: string;
  if (base === 10) {
    digits = toDecimal(a, maxDigits);
    if (a < 0) digits = digits.slice(1);
  } else digits = magnitudeDigits(a, base);
  const isUpper = format.type === "X";
  const prefix = format.alternate && base !== 10 ? `0${format.type}` : "";
  return layOut(
    {
      negative: a < 0,
      prefix,
      digits: isUpper ? digits.toUpperCase() : digits,
      fraction: "",
      hasPoint: false,
      suffix: "",
    },
    format,
    locale,
  );
}

function formatCharacter(a: Int, format: FormatSpec): string {
  if (format.sign !== "") valueError("Sign not allowed with integer format specifier 'c'");
  if (format.alternate) valueError("Alternate form (#) not allowed with integer format specifier 'c'");
  if (typeof a === "bigint" && BigInt.asIntN(64, a) !== a) overflow("Python int too large to convert to C long");
  if (a < 0 || a > 0x10ffff) overflow("%c arg not in range(0x110000)");
  const padded = format.align === "=" ? { ...format, align: ">" as const } : format;
  return pad(String.fromCodePoint(Number(a)), 1, padded);
}

// ── float ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** `format(float, spec)`; the spec is not empty. */
export function formatFloatSpec(x: number, spec: string, locale = C_LOCALE, typeName = "float"): string {
  const format = parseFormatSpec(spec, typeName, ">");
  if (!"eEfFgGn%".includes(format.type)) unknownFormatCode(format.type, typeName);
  return formatFloating(x, format, locale);
}

function formatFloating(x: number, format: FormatSpec, locale: NumberLocale): string {
  return layOut(floatParts(x, format, 6), format, locale);
}

const MAX_PRECISION = 2 ** 31 - 1;

function floatParts(x: number, format: FormatSpec, defaultPrecision: number): Parts {
  const isDefault = format.type === "";
  const isPercent = format.type === "%";
  let code = (isDefault ? "r" : isPercent ? "f" : format.type === "n" ? "g" : format.type) as FloatCode;
  if (format.precision > MAX_PRECISION) valueError("precision too big");
  const precision = format.precision < 0 ? defaultPrecision : format.precision;
  if (isDefault && format.precision >= 0) code = "g";
  const text = formatFloat(isPercent ? x * 100 : x, code, precision, {
    alternate: format.alternate,
    addDotZero: isDefault,
    noNegativeZero: format.noNegativeZero,
  });
  return splitNumber(text, isPercent ? "%" : "");
}

/** Takes the text of a float apart. */
function splitNumber(text: string, suffix: string): Parts {
  const negative = text[0] === "-";
  let end = negative ? 1 : 0;
  const start = end;
  while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  const hasPoint = text[end] === ".";
  let fractionEnd = end + (hasPoint ? 1 : 0);
  const fractionStart = fractionEnd;
  while (fractionEnd < text.length && text.charCodeAt(fractionEnd) >= 48 && text.charCodeAt(fractionEnd) <= 57) {
    fractionEnd++;
  }
  return {
    negative,
    prefix: "",
    digits: text.slice(start, end),
    fraction: text.slice(fractionStart, fractionEnd),
    hasPoint,
    suffix: text.slice(fractionEnd) + suffix,
  };
}

// ── complex ────────────────────────────────────────────────────────────────────────────────────────────────────

/** `format(complex, spec)`; the spec is not empty. */
export function formatComplexSpec(real: number, imag: number, spec: string, locale = C_LOCALE): string {
  const format = parseFormatSpec(spec, "complex", ">");
  if (!"eEfFgGn".includes(format.type)) unknownFormatCode(format.type, "complex");
  if (format.fill === "0") valueError("Zero padding is not allowed in complex format specifier");
  if (format.align === "=") valueError("'=' alignment flag is not allowed in complex format specifier");
  const isDefault = format.type === "";
  const skipReal = isDefault && Object.is(real, 0);
  const part = (x: number, sign: FormatSpec["sign"]): string => {
    const own: FormatSpec = { ...format, fill: " ", align: "<", width: -1, sign };
    return layOut(complexPart(x, own), own, locale);
  };
  const realText = skipReal ? "" : part(real, format.sign);
  const body = `${realText}${part(imag, skipReal ? format.sign : "+")}j`;
  const text = isDefault && !skipReal ? `(${body})` : body;
  return pad(text, lengthOf(text), format);
}

function complexPart(x: number, format: FormatSpec): Parts {
  if (format.type !== "") return floatParts(x, format, 6);
  const code: FloatCode = format.precision < 0 ? "r" : "g";
  const options = { alternate: format.alternate, noNegativeZero: format.noNegativeZero };
  return splitNumber(formatFloat(x, code, Math.max(format.precision, 0), options), "");
}
