/** Decimals to and from text (specification, "Conversions"). */
import { toAsciiDigits, stripSpace } from "../../objects/numeric/int-text.ts";
import {
  CONVERSION_SYNTAX,
  type Ctx,
  INVALID_OPERATION,
  INEXACT,
  ROUNDED,
  CLAMPED,
  maxContext,
} from "./context-data.ts";
import { Dec, digitCount, infinity, NAN, QNAN, SNAN, INFINITE, type Sign } from "./dec.ts";
import { finalize } from "./rounding.ts";

const NUMBER = /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([+-]?[0-9]+))?$/;
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|(s?)nan([0-9]*))$/i;

/** Reads a numeric string into `ctx`; CONVERSION_SYNTAX is noted and a NaN given when it is none. */
export function parse(text: string, ctx: Ctx): Dec {
  const match = NUMBER.exec(text);
  if (match !== null) {
    const [, sign, whole, fraction, bare, exponent] = match;
    const digits = (whole ?? "") + (fraction ?? bare ?? "");
    const coef = BigInt(digits);
    const exp = clampExponent(exponent) - (fraction ?? bare ?? "").length;
    return finalize(sign === "-" ? 1 : 0, coef, exp, ctx);
  }
  const special = SPECIAL.exec(text);
  if (special === null) {
    ctx.status |= CONVERSION_SYNTAX;
    return NAN;
  }
  const sign: Sign = special[1] === "-" ? 1 : 0;
  if (special[2] !== undefined) return infinity(sign);
  const payload = special[4] === "" ? 0n : BigInt(special[4]);
  if (payload !== 0n && digitCount(payload) > ctx.prec - ctx.clamp) {
    ctx.status |= CONVERSION_SYNTAX;
    return NAN;
  }
  return new Dec(sign, special[3] === "" ? QNAN : SNAN, payload, 0);
}

/** Exponents beyond all limits stay beyond them. */
function clampExponent(text: string | undefined): number {
  if (text === undefined) return 0;
  const value = Number(text);
  return value > 4e18 ? 4e18 : value < -4e18 ? -4e18 : value;
}

/** Reads exactly: what no decimal can represent is an invalid operation. */
export function parseExact(text: string, ctx: Ctx): Dec {
  const work = maxContext();
  const result = parse(text, work);
  if ((work.status & (INEXACT | ROUNDED | CLAMPED)) !== 0) {
    ctx.status |= INVALID_OPERATION;
    return NAN;
  }
  ctx.status |= work.status;
  return result;
}

/** What `Decimal(str)` accepts: Unicode digits, white space around, underscores anywhere. */
export function prepareText(text: string): string {
  return stripSpace(toAsciiDigits(text)).replaceAll("_", "");
}

/** Scientific notation, or engineering notation. `capitals`: "E" rather than "e". */
export function toText(a: Dec, capitals: boolean, engineering = false): string {
  const sign = a.sign === 1 ? "-" : "";
  if (a.isSpecial) {
    if (a.kind === INFINITE) return `${sign}Infinity`;
    return `${sign}${a.kind === SNAN ? "sNaN" : "NaN"}${a.coef === 0n ? "" : a.coef}`;
  }
  const digits = a.coef.toString();
  /** Digits before the point in plain notation. */
  const left = a.exp + digits.length;
  let point: number;
  if (a.exp <= 0 && left > -6) point = left;
  else if (!engineering) point = 1;
  else if (a.coef === 0n) point = modulo(left + 1, 3) - 1;
  else point = modulo(left - 1, 3) + 1;
  const body = placePoint(digits, point);
  if (left === point) return sign + body;
  const exponent = left - point;
  return `${sign}${body}${capitals ? "E" : "e"}${exponent < 0 ? "-" : "+"}${integerText(Math.abs(exponent))}`;
}

function modulo(a: number, b: number): number {
  return ((a % b) + b) % b;
}

/** Without JavaScript's scientific notation. */
function integerText(n: number): string {
  return n < 1e21 ? `${n}` : BigInt(n).toString();
}

export function placePoint(digits: string, point: number): string {
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return digits + "0".repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}
