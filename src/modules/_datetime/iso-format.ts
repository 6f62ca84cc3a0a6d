/** Reading ISO 8601 texts, in all forms that `fromisoformat` accepts. Null says "no such text". */
import { fromOrdinal, isoProblem, isoToOrdinal, type Ymd } from "./calendar.ts";

const digits = (text: string): number | null => (/^[0-9]+$/.test(text) ? Number(text) : null);

const EXTENDED = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const BASIC = /^([0-9]{4})([0-9]{2})([0-9]{2})$/;
const WEEK = /^([0-9]{4})(-?)W([0-9]{2})(?:(-?)([0-9]))?$/;

/** The date's numbers are not checked against the calendar, week dates are. */
export function parseDate(text: string): Ymd | null {
  const plain = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (plain !== null) return { year: Number(plain[1]), month: Number(plain[2]), day: Number(plain[3]) };
  const week = WEEK.exec(text);
  if (week === null || (week[5] !== undefined && week[2] !== week[4])) return null;
  const [year, number, weekday] = [Number(week[1]), Number(week[3]), week[5] === undefined ? 1 : Number(week[5])];
  if (isoProblem(year, number, weekday) !== null) return null;
  return fromOrdinal(isoToOrdinal(year, number, weekday));
}

export interface IsoTime {
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  /** The offset from UTC in microseconds; null without one, "Z" for UTC itself. */
  offset: number | "Z" | null;
}

const CLOCK = /^([0-9]{2})(?:(:?)([0-9]{2})(?:(:?)([0-9]{2})(?:[.,]([0-9]+))?)?)?$/;

function parseClock(text: string): Omit<IsoTime, "offset"> | null {
  const match = CLOCK.exec(text);
  if (match === null || (match[5] !== undefined && match[2] !== match[4])) return null;
  const fraction = (match[6] ?? "").slice(0, 6).padEnd(6, "0");
  return {
    hour: Number(match[1]),
    minute: Number(match[3] ?? 0),
    second: Number(match[5] ?? 0),
    microsecond: Number(fraction),
  };
}

export function parseTime(text: string): IsoTime | null {
  const at = text.search(/[-+Zz]/);
  if (at < 0) {
    const clock = parseClock(text);
    return clock === null ? null : { ...clock, offset: null };
  }
  const clock = parseClock(text.slice(0, at));
  if (clock === null) return null;
  if (/[Zz]/.test(text[at])) return at === text.length - 1 && text[at] === "Z" ? { ...clock, offset: "Z" } : null;
  const zone = parseClock(text.slice(at + 1));
  if (zone === null) return null;
  const size = ((zone.hour * 60 + zone.minute) * 60 + zone.second) * 1e6 + zone.microsecond;
  return { ...clock, offset: text[at] === "-" ? -size : size };
}

/** Where the date of a date and time ends; the next character separates. -1 when the text is too short. */
export function separatorIndex(text: string): number {
  if (text.length < 7) return -1;
  if (text.length === 7) return 7;
  if (text[4] === "-") {
    if (text[5] !== "W") return 10;
    if (text.length > 8 && text[8] === "-") {
      if (text.length === 9) return -1;
      return text.length > 10 && digits(text[10]) !== null ? 8 : 10;
    }
    return 8;
  }
  if (text[4] !== "W") return 8;
  let at = 7;
  while (at < text.length && digits(text[at]) !== null) at++;
  if (at < 9) return at;
  return at % 2 === 0 ? 7 : 8;
}
