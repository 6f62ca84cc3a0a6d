/** `Decimal.__format__`: the mini-language as decimals take it. Nothing is converted to binary floats on the way. */
import { C_LOCALE, group, groupFraction, lengthOf, type NumberLocale } from "../../objects/numeric/format-spec.ts";
import { overflow, valueError } from "../../objects/numeric/numeric-error.ts";
import { type Ctx, maxContext } from "./context-data.ts";
import { type Dec, finite } from "./dec.ts";
import { rescale } from "./rounding.ts";
import { toText } from "./text.ts";

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?([0-9]+)?([,_])?(?:\.(?:([0-9]+)([,_])?|([,_])))?([eEfFgGnN%])?$/su;

/** Nothing longer can be made. */
const MAX_WIDTH = 2 ** 30;

interface Spec {
  fill: string;
  align: string;
  sign: string;
  noNegativeZero: boolean;
  alternate: boolean;
  zeroPad: boolean;
  width: number;
  separator: string;
  precision: number | null;
  fractionSeparator: string;
  type: string;
  /** `n`: separators are the locale's. */
  isLocal: boolean;
}

function parseSpec(text: string, capitals: boolean): Spec {
  const match = SPEC.exec(text);
  if (match === null) invalid();
  const [, fill, align, sign, z, alternate, zero, width, separator, precision, after, alone, type] = match;
  const zeroPad = zero !== undefined;
  if (zeroPad && align !== undefined) invalid();
  const isLocal = type === "n" || type === "N";
  if (isLocal && separator !== undefined) invalid();
  const size = width === undefined ? 0 : Number(width);
  if (size > 2 ** 63) overflow("cannot fit 'int' into an index-sized integer");
  if (size > MAX_WIDTH) invalid();
  const kind = type ?? (capitals ? "G" : "g");
  return {
    fill: fill ?? (zeroPad ? "0" : " "),
    align: align ?? (zeroPad ? "=" : ">"),
    sign: sign ?? "-",
    noNegativeZero: z !== undefined,
    alternate: alternate !== undefined,
    zeroPad,
    width: size,
    separator: separator ?? "",
    precision: precision === undefined ? null : /[gGnN]/.test(kind) && Number(precision) === 0 ? 1 : Number(precision),
    fractionSeparator: after ?? alone ?? "",
    type: kind === "n" ? "g" : kind === "N" ? "G" : kind,
    isLocal,
  };
}

function invalid(): never {
  return valueError("invalid format string");
}

/** `format(a, text)`, rounding as `ctx` does. */
export function formatDecimal(
  a: Dec,
  text: string,
  ctx: Ctx,
  capitals: boolean,
  locale: NumberLocale = C_LOCALE,
): string {
  const spec = parseSpec(text, capitals);
  if (a.isSpecial) return formatSpecial(a, spec);
  const exact = maxContext();
  let value = spec.type === "%" ? finite(a.sign, a.coef, a.exp + 2) : a;
  value = rounded(value, spec, exact, ctx.round);
  if (value.coef === 0n && value.exp > 0 && /[fF%]/.test(spec.type)) value = rescale(value, 0, exact, ctx.round);
  const negative = value.sign === 1 && !(spec.noNegativeZero && value.coef === 0n);
  const digits = value.coef.toString();
  const left = value.exp + digits.length;
  const point = pointPosition(value, left, spec);
  const [whole, fraction] = splitAt(digits, point);
  return layOut(negative, whole, fraction, left - point, spec, spec.isLocal ? locale : undefined);
}

function rounded(value: Dec, spec: Spec, exact: Ctx, round: number): Dec {
  const { precision, type } = spec;
  if (precision === null) return value;
  if (/[eE]/.test(type)) return toDigits(value, precision + 1, exact, round);
  if (/[fF%]/.test(type)) return rescale(value, -precision, exact, round);
  return value.digits > precision ? toDigits(value, precision, exact, round) : value;
}

/** Exactly `count` digits, unless the value is zero. */
function toDigits(value: Dec, count: number, exact: Ctx, round: number): Dec {
  if (value.coef === 0n) return value;
  const result = rescale(value, value.adjusted + 1 - count, exact, round);
  // Rounding up may have made one digit more.
  return result.adjusted === value.adjusted ? result : rescale(result, result.adjusted + 1 - count, exact, round);
}

function pointPosition(value: Dec, left: number, { type, precision }: Spec): number {
  if (/[eE]/.test(type)) return value.coef === 0n && precision !== null ? 1 - precision : 1;
  if (/[fF%]/.test(type)) return left;
  return value.exp <= 0 && left > -6 ? left : 1;
}

function splitAt(digits: string, point: number): [whole: string, fraction: string] {
  if (point < 0) return ["0", "0".repeat(-point) + digits];
  if (point > digits.length) return [digits + "0".repeat(point - digits.length), ""];
  return [digits.slice(0, point) || "0", digits.slice(point)];
}

function layOut(
  negative: boolean,
  whole: string,
  fraction: string,
  exponent: number,
  spec: Spec,
  locale: NumberLocale | undefined,
): string {
  const decimalPoint = locale?.decimalPoint ?? ".";
  const sign = negative ? "-" : spec.sign === "-" ? "" : spec.sign;
  let tail =
    fraction !== "" || spec.alternate ? `${decimalPoint}${groupFraction(fraction, spec.fractionSeparator)}` : "";
  if (exponent !== 0 || /[eE]/.test(spec.type)) {
    tail += `${/[EG]/.test(spec.type) ? "E" : "e"}${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
  }
  if (spec.type === "%") tail += "%";
  const minimum = spec.zeroPad ? spec.width - tail.length - sign.length : 0;
  const grouping =
    locale === undefined
      ? { separator: spec.separator, sizes: [3] }
      : { separator: locale.thousandsSeparator, sizes: locale.grouping };
  const separated = group(whole, grouping, minimum);
  return align(sign, separated + tail, spec.fill, spec);
}

function formatSpecial(a: Dec, spec: Spec): string {
  const sign = a.sign === 1 ? "-" : spec.sign === "-" ? "" : spec.sign;
  const body = toText(a.withSign(0), true) + (spec.type === "%" ? "%" : "");
  // Zeros do not pad what is no number.
  return spec.zeroPad ? align("", sign + body, " ", { ...spec, align: ">" }) : align(sign, body, spec.fill, spec);
}

function align(sign: string, body: string, fill: string, spec: Spec): string {
  const missing = spec.width - sign.length - lengthOf(body);
  if (missing <= 0) return sign + body;
  switch (spec.align) {
    case "<":
      return sign + body + fill.repeat(missing);
    case ">":
      return fill.repeat(missing) + sign + body;
    case "=":
      return sign + fill.repeat(missing) + body;
    default: {
      const before = Math.floor(missing / 2);
      return fill.repeat(before) + sign + body + fill.repeat(missing - before);
    }
  }
}
