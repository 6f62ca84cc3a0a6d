/**
 * The TZ string at the end of a TZif file, which says what holds after the last transition: POSIX's TZ with RFC 9636's
 * extension (transition times from -167 to 167 hours). `EST5EDT,M3.2.0,M11.1.0`: standard time, daylight saving time,
 * and when each year the one and the other begins. Offsets count westwards.
 */
import { EXC, type Exc } from "../../objects/core.ts";
import { newBytes } from "../../objects/bytes.ts";
import { valueError } from "../../objects/errors.ts";
import { strToJs } from "../../objects/str/astral.ts";
import { repr } from "../../objects/protocol/object.ts";
import { daysBeforeMonth, daysInMonth, toOrdinal, weekdayOf } from "../_datetime/calendar.ts";
import { type Period, period } from "./period.ts";
import { type Rule, YearlyRule } from "./rule.ts";

/** The ordinal of a rule's day in a year. */
type DayOf = (year: number) => number;

const ABBREVIATION = /^(?:<([-+0-9A-Za-z]+)>|([A-Za-z]+))/;
const CLOCK = /^([-+]?)(\d{1,3})(?::(\d\d)(?::(\d\d)|(?!:))|(?!:))/;
const WEEKDAY = /^M(\d{1,2})\.(\d)\.(\d)/;
const DAY_OF_YEAR = /^(J?)(\d{1,3})/;

/** What is at the front of the text, and taken from it. */
class Scanner {
  constructor(private text: string) {}

  take(pattern: RegExp): RegExpMatchArray | null {
    const match = this.text.match(pattern);
    if (match !== null) this.text = this.text.slice(match[0].length);
    return match;
  }
  takeCharacter(character: string): boolean {
    if (this.text[0] !== character) return false;
    this.text = this.text.slice(1);
    return true;
  }
  get front(): string | undefined {
    return this.text[0];
  }
}

/** `latin1`: a unit is a byte. A period when there is no daylight saving time. */
export function parseTzString(latin1: string): Period | Rule | Exc {
  const scanner = new Scanner(latin1);
  const name = abbreviation(scanner);
  if (name === undefined) return problem("Invalid STD format in", latin1);
  const west = seconds(scanner, 24);
  if (west === undefined) return problem("Invalid STD offset in", latin1);
  const standard = period(0 - west, 0, name);
  if (scanner.front === undefined) return standard;

  const dstName = abbreviation(scanner);
  if (dstName === undefined) return problem("Invalid DST format in", latin1);
  // An hour ahead unless the string says otherwise.
  let dstOffset: number | undefined = standard.seconds + 3600;
  if (scanner.front !== ",") {
    const dstWest = seconds(scanner, 24);
    if (dstWest === undefined) return problem("Invalid DST offset in", latin1);
    dstOffset = 0 - dstWest;
  }
  const daylight = period(dstOffset, dstOffset - standard.seconds, dstName);

  const moments: DayOf[] = [];
  const times: number[] = [];
  for (let i = 0; i < 2; i++) {
    if (!scanner.takeCharacter(",")) return problem("Missing transition rules in TZ string:", latin1);
    const day = dayOf(scanner);
    const time = day !== undefined && scanner.takeCharacter("/") ? seconds(scanner, 167) : 2 * 3600;
    if (day === undefined || time === undefined) return problem("Malformed transition rule in TZ string:", latin1);
    moments.push(day);
    times.push(time);
  }
  if (scanner.front !== undefined) return problem("Extraneous characters at end of TZ string:", latin1);
  const begin = (year: number): number => moments[0](year) * 86400 + times[0];
  const end = (year: number): number => moments[1](year) * 86400 + times[1];
  return new YearlyRule(standard, daylight, begin, end);
}

function problem(message: string, latin1: string): Exc {
  const shown = repr(newBytes(latin1));
  return shown === EXC ? EXC : valueError(`${message} ${strToJs(shown)}`);
}

function abbreviation(scanner: Scanner): string | undefined {
  const match = scanner.take(ABBREVIATION);
  return match === null ? undefined : (match[1] ?? match[2]);
}

function seconds(scanner: Scanner, maxHours: number): number | undefined {
  const match = scanner.take(CLOCK);
  if (match === null || Number(match[2]) > maxHours) return undefined;
  const total = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60 + Number(match[4] ?? 0);
  return match[1] === "-" ? 0 - total : total;
}

/** `M3.2.0`: the second Sunday of March (week 5: the last); `J60`: 1 March in every year; `60`: the 60th day. */
function dayOf(scanner: Scanner): DayOf | undefined {
  if (scanner.front === "M") {
    const [month, week, weekday] = (scanner.take(WEEKDAY) ?? []).slice(1).map(Number);
    if (weekday === undefined || month < 1 || month > 12 || week < 1 || week > 5 || weekday > 6) return undefined;
    return (year) => weekdayInMonth(year, month, week, weekday);
  }
  const match = scanner.take(DAY_OF_YEAR);
  const day = Number(match?.[2]);
  if (match === null || day > 365) return undefined;
  // POSIX counts these from 0, CPython from 1: 0 is the day before, which makes `0/0,J365/25` last all the year.
  if (match[1] === "") return (year) => toOrdinal(year, 1, 1) + day - 1;
  if (day === 0) return undefined;
  // The day never counts 29 February.
  return (year) => toOrdinal(year, 1, 1) + day - 1 + (day >= 60 ? daysBeforeMonth(year, 3) - 59 : 0);
}

function weekdayInMonth(year: number, month: number, week: number, weekday: number): number {
  const first = toOrdinal(year, month, 1);
  // TZ counts from Sunday, the calendar from Monday.
  const day = ((weekday - 1 - weekdayOf(first) + 14) % 7) + (week - 1) * 7;
  return first + (day < daysInMonth(year, month) ? day : day - 7);
}
