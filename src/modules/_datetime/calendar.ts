/** The proleptic Gregorian calendar and ISO 8601 weeks, on plain numbers. Ordinal 1 is 1 January of year 1. */
export const MIN_YEAR = 1;
export const MAX_YEAR = 9999;
export const MAX_ORDINAL = 3652059;

const DAYS_BEFORE = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export interface Ymd {
  year: number;
  month: number;
  day: number;
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : DAYS_IN[month];
}
export function daysBeforeMonth(year: number, month: number): number {
  return DAYS_BEFORE[month] + (month > 2 && isLeap(year) ? 1 : 0);
}
function daysBeforeYear(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}
export function toOrdinal(year: number, month: number, day: number): number {
  return daysBeforeYear(year) + daysBeforeMonth(year, month) + day;
}

/** Of any ordinal; years before 1 and after 9999 come out as such. */
export function fromOrdinal(ordinal: number): Ymd {
  let n = ordinal - 1;
  const n400 = Math.floor(n / 146097);
  n -= n400 * 146097;
  const n100 = Math.floor(n / 36524);
  n -= n100 * 36524;
  const n4 = Math.floor(n / 1461);
  n -= n4 * 1461;
  const n1 = Math.floor(n / 365);
  n -= n1 * 365;
  const year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1;
  // The last day of a leap cycle.
  if (n1 === 4 || n100 === 4) return { year: year - 1, month: 12, day: 31 };
  let month = (n + 50) >> 5;
  let before = daysBeforeMonth(year, month);
  if (before > n) before = daysBeforeMonth(year, --month);
  return { year, month, day: n - before + 1 };
}

/** Monday is 0. */
export function weekdayOf(ordinal: number): number {
  return (((ordinal + 6) % 7) + 7) % 7;
}

/** The ordinal of the Monday that begins ISO week 1. */
export function isoWeekOneMonday(year: number): number {
  const first = toOrdinal(year, 1, 1);
  const weekday = weekdayOf(first);
  return first - weekday + (weekday > 3 ? 7 : 0);
}

export interface IsoDate {
  year: number;
  week: number;
  weekday: number;
}

export function isoCalendar(year: number, month: number, day: number): IsoDate {
  const today = toOrdinal(year, month, day);
  let isoYear = year;
  let week = Math.floor((today - isoWeekOneMonday(year)) / 7);
  if (week < 0) {
    isoYear--;
    week = Math.floor((today - isoWeekOneMonday(isoYear)) / 7);
  } else if (week >= 52 && today >= isoWeekOneMonday(year + 1)) {
    isoYear++;
    week = 0;
  }
  return { year: isoYear, week: week + 1, weekday: weekdayOf(today) + 1 };
}

/** Whether the ISO year has week 53. */
export function hasWeek53(year: number): boolean {
  const first = weekdayOf(toOrdinal(year, 1, 1));
  return first === 3 || (first === 2 && isLeap(year));
}

/** What is wrong with an ISO date, or null. */
export function isoProblem(year: number, week: number, weekday: number): "year" | "week" | "weekday" | null {
  if (year < MIN_YEAR || year > MAX_YEAR) return "year";
  if (week < 1 || week > 53 || (week === 53 && !hasWeek53(year))) return "week";
  return weekday < 1 || weekday > 7 ? "weekday" : null;
}

export function isoToOrdinal(year: number, week: number, weekday: number): number {
  return isoWeekOneMonday(year) + (week - 1) * 7 + weekday - 1;
}

export const pad = (n: number, width: number): string => `${n}`.padStart(width, "0");
export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
