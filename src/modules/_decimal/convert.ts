/** From Python objects to decimals. */
import { EXC, type Exc, type Value } from "../../objects/core.ts";
import { PyFloat } from "../../objects/float.ts";
import { overflowError, typeError, valueError } from "../../objects/errors.ts";
import { PyList } from "../../objects/list.ts";
import { decompose } from "../../objects/numeric/int-float.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { strToJs } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import { CONVERSION_SYNTAX, Ctx, FLOAT_OPERATION } from "./context-data.ts";
import { type Dec, finite, fromBig, infinity, NAN, type Sign } from "./dec.ts";
import { PyDecimal, PyDecimalContext, getContext } from "./objects.ts";
import { fix } from "./rounding.ts";
import { addStatus } from "./signals.ts";
import { parse, parseExact, prepareText } from "./text.ts";

/** A float's exact value. */
export function fromFloat(x: number): Dec {
  if (x !== x) return NAN;
  const sign: Sign = x < 0 || Object.is(x, -0) ? 1 : 0;
  if (x === Infinity || x === -Infinity) return infinity(sign);
  const [signed, exponent] = decompose(x);
  const mantissa = signed < 0n ? -signed : signed;
  if (exponent >= 0) return finite(sign, mantissa << BigInt(exponent), 0);
  return finite(sign, mantissa * 5n ** BigInt(-exponent), exponent);
}

/** An operand: a decimal or an int; undefined for everything else. */
export function operand(v: Value): Dec | undefined {
  if (v instanceof PyDecimal) return v.dec;
  const int = intValue(v);
  return int === undefined ? undefined : fromBig(BigInt(int));
}

/** An operand, or TypeError. */
export function requireOperand(v: Value): Dec | Exc {
  const dec = operand(v);
  return dec === undefined ? unsupported(v) : dec;
}

function unsupported(v: Value): Exc {
  return typeError(`conversion from ${typeOf(v).name} to Decimal is not supported`);
}

/** The usual literals, far from every limit. */
const PLAIN = /^([+-]?)([0-9]+)(?:\.([0-9]*))?$/;
const SHORT = 1000;

/** `Decimal(v)`: exact. */
export function convertExact(v: Value, context: PyDecimalContext): Dec | Exc {
  const direct = operand(v);
  if (direct !== undefined) return direct;
  const text = strValue(v);
  if (typeof text === "string" && text.length < SHORT) {
    const plain = PLAIN.exec(text);
    if (plain !== null) {
      const fraction = plain[3] ?? "";
      return finite(plain[1] === "-" ? 1 : 0, BigInt(plain[2] + fraction), 0 - fraction.length);
    }
  }
  if (text !== undefined) return readExact(prepareText(strToJs(text)), context);
  if (v instanceof PyTuple || v instanceof PyList) {
    const literal = tupleText(v.items);
    return literal === EXC ? EXC : readExact(literal, context);
  }
  if (v instanceof PyFloat) {
    return addStatus(context, FLOAT_OPERATION) === EXC ? EXC : fromFloat(v.value);
  }
  return unsupported(v);
}

function readExact(text: string, context: PyDecimalContext): Dec | Exc {
  const work = new Ctx(context.c.prec, context.c.round, context.c.emin, context.c.emax, context.c.clamp);
  const result = parseExact(text, work);
  return addStatus(context, work.status) === EXC ? EXC : result;
}

/** `context.create_decimal(v)`: rounded to the context. */
export function convertRounded(v: Value, context: PyDecimalContext): Dec | Exc {
  const text = strValue(v);
  const { c } = context;
  c.status = 0;
  let result: Dec;
  if (text !== undefined) result = parse(asciiDigits(strToJs(text)), c);
  else if (v instanceof PyTuple || v instanceof PyList) {
    const literal = tupleText(v.items);
    if (literal === EXC) return EXC;
    result = parse(literal, c);
  } else {
    const exact = v instanceof PyFloat && addStatus(context, FLOAT_OPERATION) === EXC ? EXC : exactOrEXC(v, context);
    if (exact === EXC) return EXC;
    c.status = 0;
    if (exact.isNaN && exact.coef !== 0n && exact.digits > c.prec - c.clamp) {
      c.status |= CONVERSION_SYNTAX;
      result = NAN;
    } else result = fix(exact, c);
  }
  return addStatus(context, c.status) === EXC ? EXC : result;
}

function exactOrEXC(v: Value, context: PyDecimalContext): Dec | Exc {
  return v instanceof PyFloat ? fromFloat(v.value) : convertExact(v, context);
}

/** Only digits are translated: white space and underscores are errors here. */
function asciiDigits(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : prepareText(`x${text}x`).slice(1, -1);
}

// ── tuples ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** (sign, digits, exponent) as a numeric string. */
function tupleText(items: readonly Value[]): string | Exc {
  if (items.length !== 3) return valueError("argument must be a sequence of length 3");
  const sign = intValue(items[0]);
  if (sign !== 0 && sign !== 1) return valueError("sign must be an integer with the value 0 or 1");
  const special = strValue(items[2]);
  let suffix = "";
  let name = "";
  if (special !== undefined) {
    if (special === "F") return `${sign === 1 ? "-" : ""}Infinity`;
    if (special !== "n" && special !== "N") {
      return valueError("string argument in the third position must be 'F', 'n' or 'N'");
    }
    name = special === "n" ? "NaN" : "sNaN";
  } else {
    const exponent = intValue(items[2]);
    if (exponent === undefined) return valueError("exponent must be an integer");
    if (typeof exponent === "bigint" && BigInt.asIntN(64, exponent) !== exponent) {
      return overflowError("Python int too large to convert to C ssize_t");
    }
    suffix = `E${exponent}`;
  }
  const digits = digitText(items[1]);
  if (digits === EXC) return EXC;
  return (sign === 1 ? "-" : "") + name + (name !== "" ? digits : digits === "" ? "0" : digits) + suffix;
}

function digitText(v: Value): string | Exc {
  const items = v instanceof PyTuple || v instanceof PyList ? v.items : undefined;
  if (items === undefined) return valueError("coefficient must be a tuple of digits");
  let text = "";
  for (const item of items) {
    const digit = intValue(item);
    if (digit === undefined || digit < 0 || digit > 9) return valueError("coefficient must be a tuple of digits");
    text += digit;
  }
  return text;
}

// ── contexts ───────────────────────────────────────────────────────────────────────────────────────────────────

export function isContext(v: Value): v is PyDecimalContext {
  return v instanceof PyDecimalContext;
}

/** A context argument: None or missing means the current one. */
export function contextArgument(v: Value | undefined): PyDecimalContext | Exc {
  if (v === undefined || v === null) return getContext();
  return isContext(v) ? v : typeError("optional argument must be a context");
}
