/** The type `date`. */
import {
  BASETYPE,
  type CompareOp,
  EXC,
  type Exc,
  type KwNames,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { classMethod, getset, method, newType, parseArgs, rawMethod, signature } from "../../objects/define.ts";
import { bytesFromArray } from "../../objects/bytes.ts";
import { overflowError, raise, typeError, valueError } from "../../objects/errors.ts";
import { valueErrorType } from "../../objects/exceptions/types.ts";
import { callImported } from "../../objects/import-hook.ts";
import { concat } from "../../objects/message.ts";
import { PyFloat } from "../../objects/float.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { hash as hashOf, repr, str } from "../../objects/protocol/object.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { tupleType, typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { checkDate, intArgument, intArguments, stateBytes, strArgument } from "./arguments.ts";
import * as calendar from "./calendar.ts";
import { parseDate } from "./iso-format.ts";
import { PyDate, PyDateSub, PyDateTime, PyTimeDelta } from "./objects.ts";
import { formatSpec, formatTime, parseWith, structTime } from "./strftime.ts";
import { ordered, qualified, timeDelta } from "./timedelta.ts";

const { pad } = calendar;

function make(cls: PyType, year: number, month: number, day: number): PyDate {
  return cls === dateType ? new PyDate(cls, year, month, day) : new PyDateSub(cls, year, month, day);
}

export function newDate(year: number, month: number, day: number): PyDate {
  return new PyDate(dateType, year, month, day);
}

/** A date of any class: subclasses are called, as Python code would. */
function ofClass(cls: PyType, year: number, month: number, day: number): Result {
  if (checkDate(year, month, day) === EXC) return EXC;
  return cls === dateType ? newDate(year, month, day) : call(cls, [year, month, day]);
}

const NEW = signature("(year, month, day)");

function dateNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (args.length === 1 && kwnames === null) {
    const state = stateBytes(args[0], 4);
    if (state !== undefined && state[2] >= 1 && state[2] <= 12) {
      return make(cls, state[0] * 256 + state[1], state[2], state[3]);
    }
  }
  const bound = parseArgs(NEW, "function", args, kwnames);
  if (bound === EXC) return EXC;
  const fields = intArguments(bound as Value[], [0, 0, 0]);
  if (fields === EXC || checkDate(fields[0], fields[1], fields[2]) === EXC) return EXC;
  return make(cls, fields[0], fields[1], fields[2]);
}

export const ordinalOf = (d: PyDate): number => calendar.toOrdinal(d.year, d.month, d.day);

// ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────

const isPlainDate = (v: Value): v is PyDate => v instanceof PyDate && !(v instanceof PyDateTime);

function addDays(date: PyDate, days: number): Result {
  const ordinal = ordinalOf(date) + days;
  if (ordinal < 1 || ordinal > calendar.MAX_ORDINAL) return overflowError("date value out of range");
  const { year, month, day } = calendar.fromOrdinal(ordinal);
  return ofClass(typeOf(date), year, month, day);
}

function add(a: Value, b: Value): Result {
  if (isPlainDate(a) && b instanceof PyTimeDelta) return addDays(a, b.days);
  if (isPlainDate(b) && a instanceof PyTimeDelta) return addDays(b, a.days);
  return NotImplemented;
}
function subtract(a: Value, b: Value): Result {
  if (!isPlainDate(a)) return NotImplemented;
  if (b instanceof PyTimeDelta) return addDays(a, -b.days);
  return isPlainDate(b) ? timeDelta(ordinalOf(a) - ordinalOf(b), 0, 0) : NotImplemented;
}

function compare(a: PyDate, b: Value, op: CompareOp): Result {
  // Dates and datetimes do not compare.
  if (!(b instanceof PyDate) || b instanceof PyDateTime !== a instanceof PyDateTime) return NotImplemented;
  return ordered(ordinalOf(a) - ordinalOf(b), op);
}

// ── other constructors ─────────────────────────────────────────────────────────────────────────────────────────

function fromTimestamp(cls: PyType, timestamp: Value): Result {
  // Local time is the affair of `time.localtime`.
  const whole = timestamp instanceof PyFloat ? wholeSeconds(timestamp.value) : asIndex(timestamp);
  if (whole === EXC) return EXC;
  const local = callImported("time", "localtime", [whole]);
  if (local === EXC) return EXC;
  const [year, month, day] = (local as PyTuple).items as number[];
  return ofClass(cls, year, month, day);
}

function wholeSeconds(x: number): number | Exc {
  if (x !== x) return valueError("Invalid value NaN (not a number)");
  if (Math.abs(x) >= 2 ** 63) return overflowError("timestamp out of range for platform time_t");
  return Math.floor(x);
}

function today(cls: PyType): Result {
  const now = callImported("time", "time", []);
  return now === EXC ? EXC : callMethod(cls, "fromtimestamp", [now]);
}

function fromOrdinal(cls: PyType, value: Value): Result {
  const ordinal = intArgument(value);
  if (ordinal === EXC) return EXC;
  if (ordinal < 1) return valueError("ordinal must be >= 1");
  const { year, month, day } = calendar.fromOrdinal(ordinal);
  return ofClass(cls, year, month, day);
}

export function invalidIsoFormat(text: Value): Exc {
  const shown = repr(text);
  return shown === EXC ? EXC : raise(valueErrorType, concat("Invalid isoformat string: ", shown));
}

function fromIsoFormat(cls: PyType, text: Value): Result {
  const given = strValue(text);
  if (given === undefined) return typeError("fromisoformat: argument must be str");
  const parsed = typeof given === "string" ? parseDate(given) : null;
  if (parsed === null) return invalidIsoFormat(text);
  return ofClass(cls, parsed.year, parsed.month, parsed.day);
}

function fromIsoCalendar(cls: PyType, year: Value, week: Value, day: Value): Result {
  const numbers: number[] = [];
  for (const value of [year, week, day]) {
    const int = asIndex(value);
    if (int === EXC) return EXC;
    if (typeof int === "bigint" || (int | 0) !== int) return valueError("ISO calendar component out of range");
    numbers.push(int);
  }
  const [isoYear, isoWeek, weekday] = numbers;
  switch (calendar.isoProblem(isoYear, isoWeek, weekday)) {
    case "year":
      return valueError(`year must be in 1..9999, not ${isoYear}`);
    case "week":
      return valueError(`Invalid week: ${isoWeek}`);
    case "weekday":
      return valueError(`Invalid weekday: ${weekday} (range is [1, 7])`);
    default: {
      const found = calendar.fromOrdinal(calendar.isoToOrdinal(isoYear, isoWeek, weekday));
      return ofClass(cls, found.year, found.month, found.day);
    }
  }
}

// ── methods ────────────────────────────────────────────────────────────────────────────────────────────────────

const isoText = (d: PyDate): string => `${pad(d.year, 4)}-${pad(d.month, 2)}-${pad(d.day, 2)}`;

/** "Wed Jan  1 00:00:00 2020". */
export function ctimeText(d: PyDate, hour: number, minute: number, second: number): string {
  const weekday = calendar.WEEKDAYS[calendar.weekdayOf(ordinalOf(d))];
  const clock = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}`;
  return `${weekday} ${calendar.MONTHS[d.month - 1]} ${`${d.day}`.padStart(2)} ${clock} ${pad(d.year, 4)}`;
}

function strftime(self: PyDate, format: Value): Result {
  const text = strArgument(format, "strftime");
  if (text === EXC) return EXC;
  const tuple = callMethod(self, "timetuple");
  if (tuple === EXC) return EXC;
  return formatTime(text, { argument: self, zone: null, microsecond: 0, date: self }, tuple);
}

export function formatMethod(self: Value, spec: Value): Result {
  const text = strValue(spec);
  if (text === undefined) return typeError(`__format__() argument must be str, not ${typeOf(spec).name}`);
  return text === "" ? str(self) : formatSpec(self, spec);
}

const REPLACE = signature("(year=None, month=None, day=None)");

function replace(self: PyDate, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(REPLACE, "replace", args, kwnames);
  if (bound === EXC) return EXC;
  const fields = intArguments(bound as (Value | undefined)[], [self.year, self.month, self.day]);
  return fields === EXC ? EXC : ofClass(typeOf(self), fields[0], fields[1], fields[2]);
}

/** The four bytes of a pickled date. */
export function dateState(d: PyDate): number[] {
  return [d.year >> 8, d.year & 255, d.month, d.day];
}

function reduce(self: PyDate): Result {
  return newTuple([typeOf(self), newTuple([bytesFromArray(Uint8Array.from(dateState(self)))])]);
}

// ── isocalendar ────────────────────────────────────────────────────────────────────────────────────────────────

const isoField = (index: number) => getset((self: PyTuple) => self.items[index]);

export const isoCalendarDateType: PyType = newType("IsoCalendarDate", {
  module: "datetime",
  doc: "The result of date.isocalendar() or datetime.isocalendar()\n\nThis object may be accessed either as a tuple of\n  ((year, week, weekday))\nor via the object attributes as named in the above tuple.",
  base: tupleType,
  slots: {
    tp_repr: (self: PyTuple) =>
      `datetime.IsoCalendarDate(year=${self.items[0]}, week=${self.items[1]}, weekday=${self.items[2]})`,
  },
  methods: () => ({
    __reduce__: method("($self, /)", (self: PyTuple) => newTuple([tupleType, newTuple([newTuple(self.items)])])),
  }),
  getset: () => ({ year: isoField(0), week: isoField(1), weekday: isoField(2) }),
});

function isocalendar(self: PyDate): Result {
  const { year, week, weekday } = calendar.isoCalendar(self.year, self.month, self.day);
  return new PyTuple(isoCalendarDateType, [year, week, weekday]);
}

const weekday = (self: PyDate): number => calendar.weekdayOf(ordinalOf(self));

export const dateType: PyType = newType("date", {
  module: "datetime",
  doc: "date(year, month, day) --> date object",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => make(cls, 1, 1, 1),
    tp_new: dateNew,
    tp_repr: (self: PyDate) => `${qualified(typeOf(self))}(${self.year}, ${self.month}, ${self.day})`,
    tp_str: (self: PyDate) => callMethod(self, "isoformat"),
    tp_hash: (self: PyDate) => hashOf(self.year * 512 + self.month * 32 + self.day),
    tp_richcompare: compare,
    nb_add: add,
    nb_subtract: subtract,
  },
  methods: () => ({
    fromtimestamp: classMethod("($type, timestamp, /)", fromTimestamp, "Create a date from a POSIX timestamp."),
    fromordinal: classMethod(
      "(ordinal, /)",
      fromOrdinal,
      "int -> date corresponding to a proleptic Gregorian ordinal.",
    ),
    fromisoformat: classMethod("($type, object, /)", fromIsoFormat, "str -> a date from a string in ISO 8601 format."),
    fromisocalendar: classMethod(
      "($type, /, year, week, day)",
      fromIsoCalendar,
      "int, int, int -> a date from the ISO year, week number and weekday.",
    ),
    strptime: classMethod(
      "(string, format, /)",
      (cls: PyType, text: Value, format: Value) => parseWith("_strptime_datetime_date", cls, text, format),
      "string, format -> new date parsed from a string.",
    ),
    today: classMethod("($type, /)", today, "Current date or datetime."),
    ctime: method("($self, /)", (self: PyDate) => ctimeText(self, 0, 0, 0), "Return ctime() style string."),
    strftime: method("($self, /, format)", strftime, "Format using strftime()."),
    __format__: method("(format, /)", formatMethod, "Formats self with strftime."),
    isoformat: method("($self, /)", isoText, "Return string in ISO 8601 format, YYYY-MM-DD."),
    isoweekday: method("($self, /)", (self: PyDate) => weekday(self) + 1, "Monday == 1 ... Sunday == 7"),
    isocalendar: method(
      "($self, /)",
      isocalendar,
      "Return a named tuple containing ISO year, week number, and weekday.",
    ),
    timetuple: method(
      "($self, /)",
      (self: PyDate) => structTime([self.year, self.month, self.day], [0, 0, 0], -1),
      "Return time tuple, compatible with time.localtime().",
    ),
    toordinal: method("($self, /)", ordinalOf, "Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1."),
    weekday: method("($self, /)", weekday, "Monday == 0 ... Sunday == 6"),
    replace: rawMethod(replace, "Return date with new specified fields."),
    __replace__: rawMethod(replace, "The same as replace()."),
    __reduce__: method("($self, /)", reduce, "__reduce__() -> (cls, state)"),
  }),
  getset: () => ({
    year: getset((self: PyDate) => self.year),
    month: getset((self: PyDate) => self.month),
    day: getset((self: PyDate) => self.day),
  }),
  attributes: () => ({
    min: newDate(1, 1, 1),
    max: newDate(9999, 12, 31),
    resolution: timeDelta(1, 0, 0),
  }),
});
