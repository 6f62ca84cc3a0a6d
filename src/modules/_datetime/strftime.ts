/** `strftime` of dates and times: what C's does not know (%f, %z, %:z, %Z, years below 1000), then `time.strftime`. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { typeError } from "../../objects/errors.ts";
import { callImported, importAttribute } from "../../objects/import-hook.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { type Str, strConcatAll, strFromJs, strToJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { strValue } from "../../objects/values.ts";
import { isoCalendar, pad, toOrdinal, weekdayOf, daysBeforeMonth } from "./calendar.ts";
import type { PyTzInfo } from "./objects.ts";
import { nameOfZone, offsetOf, offsetText } from "./zones.ts";

export interface Moment {
  /** What the zone is asked with: the datetime, or None for a time. */
  argument: Value;
  zone: PyTzInfo | null;
  microsecond: number;
  /** Undefined for times. */
  date: { year: number; month: number; day: number } | undefined;
}

/** Formats; `timetuple` is what `time.strftime` gets. */
export function formatTime(given: Str, moment: Moment, timetuple: Value): Result {
  const isAstral = typeof given !== "string";
  const format = strToJs(given);
  let prepared = "";
  for (let i = 0; i < format.length; i++) {
    if (format[i] !== "%" || i + 1 >= format.length) {
      prepared += format[i];
      continue;
    }
    const colon = format[i + 1] === ":" && format[i + 2] === "z";
    const directive = colon ? ":z" : format[i + 1];
    const text = expand(directive, moment);
    if (text === EXC) return EXC;
    prepared += text ?? `%${directive}`;
    i += directive.length;
  }
  if (!SURROGATES.test(prepared)) return callImported("time", "strftime", [prepared, timetuple]);
  return formatPieces(prepared, isAstral, timetuple);
}

const SURROGATES = /[\ud800-\udfff]/;
/** A directive with glibc's flags and width; everything between directives is literal. */
const DIRECTIVE = /(%[-_0^#]*[0-9]*[EO]?[\0-\x7f])/;

/** Surrogates must not pair up on the way through `time.strftime`: only directives go there. */
function formatPieces(prepared: string, isAstral: boolean, timetuple: Value): Result {
  const parts: Str[] = [];
  for (const piece of prepared.split(DIRECTIVE)) {
    if (!piece.startsWith("%")) {
      parts.push(isAstral ? strFromJs(piece) : piece);
      continue;
    }
    const text = callImported("time", "strftime", [piece, timetuple]);
    if (text === EXC) return EXC;
    parts.push(strValue(text) as Str);
  }
  return strConcatAll(parts);
}

/** A directive's text, "%" doubled; undefined when C knows it. */
function expand(directive: string, moment: Moment): string | undefined | Exc {
  switch (directive) {
    case "z":
      return zoneOffset(moment, "");
    case ":z":
      return zoneOffset(moment, ":");
    case "Z":
      return zoneName(moment);
    case "f":
      return pad(moment.microsecond, 6);
    default:
      return moment.date === undefined ? undefined : expandYear(directive, moment.date);
  }
}

function expandYear(directive: string, date: { year: number; month: number; day: number }): string | undefined {
  switch (directive) {
    case "Y":
      return pad(date.year, 4);
    case "G":
      return pad(isoCalendar(date.year, date.month, date.day).year, 4);
    case "C":
      return pad(Math.floor(date.year / 100), 2);
    case "F":
      return `${pad(date.year, 4)}-%m-%d`;
    default:
      return undefined;
  }
}

function zoneOffset({ zone, argument }: Moment, separator: string): string | Exc {
  const offset = offsetOf(zone, "utcoffset", argument);
  if (offset === EXC) return EXC;
  return offset === null ? "" : offsetText(offset, separator);
}

function zoneName({ zone, argument }: Moment): string | Exc {
  const name = nameOfZone(zone, argument);
  if (name === EXC) return EXC;
  if (name === null) return "";
  if (typeof name === "string") return name.replaceAll("%", "%%");
  // A subclass of str doubles the percent signs its own way.
  const doubled = callMethod(name, "replace", ["%", "%%"]);
  if (doubled === EXC) return EXC;
  const text = strValue(doubled);
  if (text === undefined) return typeError("tzinfo.tzname().replace() did not return a string");
  return strToJs(text);
}

/** `time.struct_time((year, month, day, hour, minute, second, weekday, yearday, dst))`. */
export function structTime(
  date: readonly [number, number, number],
  clock: readonly [number, number, number],
  dst: number,
): Result {
  const type = importAttribute("time", "struct_time");
  if (type === EXC) return EXC;
  const [year, month, day] = date;
  const weekday = weekdayOf(toOrdinal(year, month, day));
  const yearday = daysBeforeMonth(year, month) + day;
  return call(type, [newTuple([year, month, day, ...clock, weekday, yearday, dst])]);
}

/** `cls.strptime(text, format)`, by the standard library's parser. */
export function parseWith(helper: string, cls: Value, text: Value, format: Value): Result {
  return callImported("_strptime", helper, [cls, text, format]);
}

/** `format(value, spec)`: str for an empty specification, else strftime. */
export function formatSpec(self: Value, spec: Value): Result {
  return callMethod(self, "strftime", [spec]);
}
