/** The `%` operator of str, bytes and bytearray (library reference, "printf-style String Formatting"). */
import { EXC, type Exc, type Int, type Status, type Value } from "../core.ts";
import { bytesLike, hasBuffer } from "../buffer.ts";
import { PyByteArray, PyBytes, newBytes } from "../bytes.ts";
import { MAX_LENGTH } from "./split-methods.ts";
import { attempt, catches, clearException, memoryError, overflowError, typeError, valueError } from "../errors.ts";
import { typeErrorType } from "../exceptions/types.ts";
import { formatFloat, type FloatCode } from "../numeric/float-format.ts";
import { magnitudeDigits, toDecimal } from "../numeric/int-text.ts";
import { asDouble, asIndex } from "../protocol/convert.ts";
import { ascii, callSpecial, repr, str } from "../protocol/object.ts";
import { getItem } from "../protocol/sequence.ts";
import { intFromObject as toInt } from "../int/from-object.ts";
import { rt } from "../runtime.ts";
import { PyTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { intValue, strValue } from "../values.ts";
import { fullTypeName } from "./args.ts";
import { type Str, StrBuilder, pointAt, strFromPoint, strSlice } from "./astral.ts";

interface Spec {
  left: boolean;
  plus: boolean;
  space: boolean;
  alternate: boolean;
  zero: boolean;
  /** -1: none. */
  width: number;
  precision: number;
  /** The conversion character's code point. */
  kind: number;
}

/** `template % args` for str. */
export function percentFormat(template: Str, args: Value): Str | Exc {
  return new PercentFormatter(template, args, false).run();
}
/** `template % args` for bytes, Latin-1 in and out. */
export function percentFormatBytes(template: string, args: Value): string | Exc {
  return new PercentFormatter(template, args, true).run() as string | Exc;
}

const code = (c: string): number => c.charCodeAt(0);
const PERCENT = code("%");
/** A precision is a C int. */
const INT_MAX = 2 ** 31 - 1;
const NONE = Number.NEGATIVE_INFINITY;
const NOT_ENOUGH = "not enough arguments for format string";

class PercentFormatter {
  private position = 0;
  private readonly out = new StrBuilder();
  private readonly mapping: boolean;
  private args: readonly Value[];
  private next = 0;
  /** A `%(key)s` has been used: then arguments left over are no error. */
  private usedMapping = false;
  /** Where the conversion being worked on has its character. */
  private kindAt = 0;

  constructor(
    private readonly template: Str,
    private readonly given: Value,
    private readonly bytes: boolean,
  ) {
    const isTuple = given instanceof PyTuple;
    this.args = isTuple ? given.items : [given];
    const isText =
      strValue(given) !== undefined || (bytes && (given instanceof PyBytes || given instanceof PyByteArray));
    this.mapping = !isTuple && !isText && typeOf(given).mp_subscript !== null;
  }

  run(): Str | Exc {
    const { template, out } = this;
    const n = template.length;
    while (this.position < n) {
      let i = this.position;
      while (i < n && pointAt(template, i) !== PERCENT) i++;
      out.push(strSlice(template, this.position, i));
      this.position = i + 1;
      if (i >= n) break;
      if (this.convert() === EXC) return EXC;
    }
    if (this.next < this.args.length && !this.mapping && !this.usedMapping) {
      return typeError(`not all arguments converted during ${this.bytes ? "bytes" : "string"} formatting`);
    }
    return out.build();
  }

  private peek(): number {
    return this.position < this.template.length ? pointAt(this.template, this.position) : -1;
  }

  /** One conversion, the position being after its `%`. */
  private convert(): Status {
    if (this.peek() === PERCENT) {
      this.position++;
      this.out.push("%");
      return null;
    }
    const spec = this.parse();
    if (spec === EXC) return EXC;
    const value = this.argument();
    if (value === EXC) return EXC;
    const shown = this.render(spec, value);
    if (shown === EXC) return EXC;
    const fill = Math.max(0, spec.width - shown.length);
    if (fill > 0 && !spec.left) this.out.push(" ".repeat(fill));
    this.out.push(shown);
    if (fill > 0 && spec.left) this.out.push(" ".repeat(fill));
    return null;
  }

  private argument(): Value | Exc {
    if (this.next >= this.args.length) return typeError(NOT_ENOUGH);
    return this.args[this.next++];
  }

  private parse(): Spec | Exc {
    const spec: Spec = {
      left: false,
      plus: false,
      space: false,
      alternate: false,
      zero: false,
      width: -1,
      precision: -1,
      kind: 0,
    };
    if (this.peek() === code("(") && this.parseKey() === EXC) return EXC;
    for (;;) {
      const c = this.peek();
      if (c === code("-")) spec.left = true;
      else if (c === code("+")) spec.plus = true;
      else if (c === code(" ")) spec.space = true;
      else if (c === code("#")) spec.alternate = true;
      else if (c === code("0")) spec.zero = true;
      else break;
      this.position++;
    }
    const width = this.parseNumber("width too big");
    if (width === EXC) return EXC;
    if (width < 0) spec.left ||= width !== NONE;
    spec.width = width === NONE ? -1 : Math.abs(width);
    if (this.peek() === code(".")) {
      this.position++;
      const given = this.peek() === code("*");
      const precision = this.parseNumber("precision too big");
      if (precision === EXC) return EXC;
      if (given && precision > INT_MAX) return overflowError("Python int too large to convert to C int");
      spec.precision = Math.max(0, precision);
    }
    const c = this.peek();
    if (c === code("h") || c === code("l") || c === code("L")) this.position++;
    if (this.position >= this.template.length) return valueError("incomplete format");
    this.kindAt = this.position;
    spec.kind = pointAt(this.template, this.position++);
    return spec;
  }

  /** `(key)`: looks it up, to be the only argument. */
  private parseKey(): Status {
    if (!this.mapping) return typeError("format requires a mapping");
    const start = ++this.position;
    let depth = 1;
    while (this.position < this.template.length && depth > 0) {
      const c = pointAt(this.template, this.position++);
      if (c === code(")")) depth--;
      else if (c === code("(")) depth++;
    }
    if (depth > 0) return valueError("incomplete format key");
    const key = strSlice(this.template, start, this.position - 1);
    const value = getItem(this.given, this.bytes ? newBytes(key as string) : key);
    if (value === EXC) return EXC;
    this.args = [value];
    this.next = 0;
    this.usedMapping = true;
    return null;
  }

  /** A number or `*` (which may be below zero); NONE when there is neither. */
  private parseNumber(tooBig: string): number | Exc {
    if (this.peek() === code("*")) {
      this.position++;
      const value = this.argument();
      if (value === EXC) return EXC;
      const number = intValue(value);
      if (number === undefined) return typeError("* wants int");
      if (typeof number !== "number") {
        if (number === -(2n ** 63n)) return overflowError(tooBig);
        const fits = BigInt.asIntN(64, number) === number;
        if (fits && tooBig.startsWith("prec")) return overflowError("Python int too large to convert to C int");
        return fits ? memoryError() : overflowError("Python int too large to convert to C ssize_t");
      }
      return number;
    }
    let digits = "";
    for (let c = this.peek(); c >= 48 && c <= 57; c = this.peek()) {
      digits += String.fromCharCode(c);
      this.position++;
    }
    if (digits === "") return NONE;
    const value = Number(digits);
    return value > 0x7fffffff && value > Number.MAX_SAFE_INTEGER ? valueError(tooBig) : value;
  }

  /** The argument's text without padding, except the zeros of a number. */
  private render(spec: Spec, value: Value): Str | Exc {
    const kind = spec.kind < 128 ? String.fromCharCode(spec.kind) : "";
    switch (kind) {
      case "s":
        return this.cut(spec, this.bytes ? bytesOf(value) : str(value));
      case "b":
        if (this.bytes) return this.cut(spec, bytesOf(value));
        break;
      case "r":
        return this.cut(spec, this.bytes ? ascii(value) : repr(value));
      case "a":
        return this.cut(spec, ascii(value));
      case "c":
        return this.bytes ? byteChar(value) : character(value);
      case "d":
      case "i":
      case "u":
      case "o":
      case "x":
      case "X":
        return this.integer(spec, kind, value);
      case "e":
      case "E":
      case "f":
      case "F":
      case "g":
      case "G":
        return this.float(spec, kind, value);
    }
    return this.unsupported(spec);
  }

  private cut(spec: Spec, text: Str | Exc): Str | Exc {
    if (text === EXC || spec.precision < 0 || text.length <= spec.precision) return text;
    return strSlice(text, 0, spec.precision);
  }

  private unsupported(spec: Spec): Exc {
    const { kind } = spec;
    const shown = kind > 31 && kind < 127 ? String.fromCharCode(kind) : "?";
    return valueError(`unsupported format character '${shown}' (0x${kind.toString(16)}) at index ${this.kindAt}`);
  }

  private integer(spec: Spec, kind: string, value: Value): Str | Exc {
    const number = intValue(value) ?? integerFor(kind, value);
    if (number === EXC) return EXC;
    const digits = attempt(() => digitsOf(number, kind));
    if (digits === EXC) return EXC;
    if (spec.precision > INT_MAX - 3) return overflowError("precision too large");
    if (spec.precision > MAX_LENGTH) return memoryError();
    const prefix = spec.alternate && kind !== "d" && kind !== "i" && kind !== "u" ? `0${kind}` : "";
    const body = kind === "X" ? digits.toUpperCase() : digits;
    return layOut(spec, number < 0, prefix, body.padStart(spec.precision, "0"));
  }

  private float(spec: Spec, kind: string, value: Value): Str | Exc {
    const number = asDouble(value);
    if (number === EXC) {
      if (!this.bytes || !catches(typeErrorType)) return EXC;
      clearException();
      return typeError(`float argument required, not ${typeOf(value).name}`);
    }
    const precision = spec.precision < 0 ? 6 : spec.precision;
    const text = attempt(() => formatFloat(number, kind as FloatCode, precision, { alternate: spec.alternate }));
    if (text === EXC) return EXC;
    const negative = text.startsWith("-");
    return layOut(spec, negative, "", negative ? text.slice(1) : text);
  }
}

function layOut(spec: Spec, negative: boolean, prefix: string, body: string): string {
  const sign = negative ? "-" : spec.plus ? "+" : spec.space ? " " : "";
  const head = sign + prefix;
  if (!spec.zero || spec.left) return head + body;
  return head + body.padStart(spec.width - head.length, "0");
}

function digitsOf(number: Int, kind: string): string {
  switch (kind) {
    case "o":
      return magnitudeDigits(number, 8);
    case "x":
    case "X":
      return magnitudeDigits(number, 16);
    default: {
      const text = toDecimal(number, rt.intMaxStrDigits);
      return text.startsWith("-") ? text.slice(1) : text;
    }
  }
}

/** The int that `%d` (any real number) or `%x` (only what has `__index__`) shows for something that is none. */
function integerFor(kind: string, value: Value): Int | Exc {
  const wantsIndex = kind === "o" || kind === "x" || kind === "X";
  const type = typeOf(value);
  const isNumber = type.nb_index !== null || type.nb_int !== null || type.nb_float !== null;
  if (isNumber) {
    const number = wantsIndex ? asIndex(value) : toInt(value);
    if (number !== EXC || !catches(typeErrorType)) return number;
    clearException();
  }
  return typeError(`%${kind} format: ${wantsIndex ? "an integer" : "a real number"} is required, not ${type.name}`);
}

/** `%c` of str. */
function character(value: Value): Str | Exc {
  const text = strValue(value);
  if (text !== undefined) {
    if (text.length === 1) return text;
    return typeError(`%c requires an int or a unicode character, not a string of length ${text.length}`);
  }
  if (intValue(value) === undefined && typeOf(value).nb_index === null) {
    return typeError(`%c requires an int or a unicode character, not ${fullTypeName(value)}`);
  }
  const point = asIndex(value);
  if (point === EXC) return EXC;
  if (point < 0 || point > 0x10ffff) return overflowError("%c arg not in range(0x110000)");
  return strFromPoint(point as number);
}

/** `%c` of bytes. */
function byteChar(value: Value): string | Exc {
  if (value instanceof PyBytes || value instanceof PyByteArray) {
    if (value.length === 1) return value.toLatin1();
    const kind = value instanceof PyBytes ? "bytes" : "bytearray";
    return typeError(
      `%c requires an integer in range(256) or a single byte, not a ${kind} object of length ${value.length}`,
    );
  }
  if (intValue(value) === undefined && typeOf(value).nb_index === null) {
    return typeError(`%c requires an integer in range(256) or a single byte, not ${fullTypeName(value)}`);
  }
  const byte = asIndex(value);
  if (byte === EXC) return EXC;
  if (byte < 0 || byte > 255) return overflowError("%c arg not in range(256)");
  return String.fromCharCode(byte as number);
}

/** `%b` and `%s` of bytes: bytes-like objects, and what `__bytes__` gives. */
function bytesOf(value: Value): string | Exc {
  if (value instanceof PyBytes || value instanceof PyByteArray) return value.toLatin1();
  const made = callSpecial(value, "__bytes__");
  if (made === EXC) return EXC;
  if (made !== undefined) {
    if (made instanceof PyBytes) return made.latin1;
    return typeError(`__bytes__ returned non-bytes (type ${typeOf(made).name})`);
  }
  if (hasBuffer(value)) return bytesLike(value);
  return typeError(
    `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeOf(value).name}'`,
  );
}
