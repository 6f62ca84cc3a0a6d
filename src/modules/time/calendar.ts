/** The proleptic Gregorian calendar: seconds since the epoch to broken-down time and back. */

export interface Civil {
  year: number;
  /** 1–12, 1–31. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** Monday is 0. */
  weekday: number;
  /** 1–366. */
  yearday: number;
}

const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
export const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
export function dayOfYear(year: number, month: number, day: number): number {
  return DAYS_BEFORE[month - 1] + day + (month > 2 && isLeap(year) ? 1 : 0);
}

/** Days from 1970-01-01, counted in eras of 400 years that begin in March. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfMarchYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfMarchYear;
  return era * 146097 + dayOfEra - 719468;
}
function civilFromDays(days: number): [number, number, number] {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear_ = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear_ + 2) / 153);
  const day = dayOfYear_ - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

/** Broken-down UTC time. */
export function civilFromSeconds(seconds: number): Civil {
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  const [year, month, day] = civilFromDays(days);
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    weekday: (((days + 3) % 7) + 7) % 7,
    yearday: dayOfYear(year, month, day),
  };
}
/** The inverse; fields may lie outside their ranges, as in C's `mktime`. */
export function secondsFromCivil(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const months = year * 12 + (month - 1);
  const y = Math.floor(months / 12);
  const days = daysFromCivil(y, months - y * 12 + 1, 1) + day - 1;
  return days * 86400 + hour * 3600 + minute * 60 + second;
}

/** ISO 8601's year and week. */
export function isoWeek(civil: Civil): { year: number; week: number } {
  const week = Math.floor((civil.yearday - civil.weekday + 9) / 7);
  if (week < 1) return { year: civil.year - 1, week: weeksIn(civil.year - 1) };
  if (week > weeksIn(civil.year)) return { year: civil.year + 1, week: 1 };
  return { year: civil.year, week };
}
function weeksIn(year: number): number {
  const firstWeekday = (((daysFromCivil(year, 1, 1) + 3) % 7) + 7) % 7;
  return firstWeekday === 3 || (firstWeekday === 2 && isLeap(year)) ? 53 : 52;
}
