/** Reading and checking arguments: integers, fields of dates and times, time zones. */
import { EXC, type Exc, type Status, type Value } from "../../objects/core.ts";
import { PyBytes } from "../../objects/bytes.ts";
import { overflowError, typeError, valueError } from "../../objects/errors.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { type Str, strToJs } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { daysInMonth, MAX_YEAR, MIN_YEAR } from "./calendar.ts";
import { PyTzInfo } from "./objects.ts";

/** A C int; `missing` when not given. */
export function intArgument(value: Value | undefined, missing = 0): number | Exc {
  if (value === undefined) return missing;
  const int = asIndex(value);
  if (int === EXC) return EXC;
  if (typeof int === "number" && (int | 0) === int) return int;
  if (typeof int === "bigint" && BigInt.asIntN(64, int) !== int) {
    return overflowError("Python int too large to convert to C long");
  }
  return overflowError(int > 0 ? "signed integer is greater than maximum" : "signed integer is less than minimum");
}

/** Several at once. */
export function intArguments(values: readonly (Value | undefined)[], missing: readonly number[]): number[] | Exc {
  const result: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const int = intArgument(values[i], missing[i]);
    if (int === EXC) return EXC;
    result.push(int);
  }
  return result;
}

export function zoneArgument(value: Value | undefined): PyTzInfo | null | Exc {
  if (value === undefined || value === null) return null;
  if (value instanceof PyTzInfo) return value;
  return typeError(`tzinfo argument must be None or of a tzinfo subclass, not type '${typeOf(value).name}'`);
}

export function checkDate(year: number, month: number, day: number): Status {
  if (year < MIN_YEAR || year > MAX_YEAR) return valueError(`year must be in 1..9999, not ${year}`);
  if (month < 1 || month > 12) return valueError(`month must be in 1..12, not ${month}`);
  const last = daysInMonth(year, month);
  if (day < 1 || day > last) {
    return valueError(`day ${day} must be in range 1..${last} for month ${month} in year ${year}`);
  }
  return null;
}

export function checkTime(hour: number, minute: number, second: number, microsecond: number, fold: number): Status {
  if (hour < 0 || hour > 23) return valueError(`hour must be in 0..23, not ${hour}`);
  if (minute < 0 || minute > 59) return valueError(`minute must be in 0..59, not ${minute}`);
  if (second < 0 || second > 59) return valueError(`second must be in 0..59, not ${second}`);
  if (microsecond < 0 || microsecond > 999999) {
    return valueError(`microsecond must be in 0..999999, not ${microsecond}`);
  }
  return fold === 0 || fold === 1 ? null : valueError(`fold must be either 0 or 1, not ${fold}`);
}

/** A str argument as JavaScript text, or TypeError "NAME() argument N must be str, not T". */
export function textArgument(value: Value, name: string, position = 1): string | Exc {
  const text = strValue(value);
  if (text !== undefined) return strToJs(text);
  return typeError(`${name}() argument ${position} must be str, not ${value === null ? "None" : typeOf(value).name}`);
}

/** The same, as it is. */
export function strArgument(value: Value, name: string, position = 1): Str | Exc {
  const text = strValue(value);
  return text === undefined ? (textArgument(value, name, position) as Exc) : text;
}

/** The time zone in a pickle. */
export function zoneState(value: Value | undefined): PyTzInfo | null | Exc {
  if (value === undefined || value === null) return null;
  return value instanceof PyTzInfo ? value : typeError("bad tzinfo state arg");
}

/** Pickled state: bytes, or the str that Python 2's pickles give, of the right length; else undefined. */
export function stateBytes(value: Value | undefined, length: number): Uint8Array | undefined {
  if (value instanceof PyBytes) return value.latin1.length === length ? value.bytes() : undefined;
  if (typeof value !== "string" || value.length !== length) return undefined;
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    if (value.charCodeAt(i) > 255) return undefined;
    bytes[i] = value.charCodeAt(i);
  }
  return bytes;
}
