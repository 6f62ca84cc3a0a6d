/** The type `datetime`. */
import {
  BASETYPE,
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  type Int,
  type KwNames,
  NE,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { bytesFromArray } from "../../objects/bytes.ts";
import {
  classMethod,
  getset,
  method,
  newType,
  parseArgs,
  rawClassMethod,
  rawMethod,
  signature,
} from "../../objects/define.ts";
import { overflowError, typeError, valueError } from "../../objects/errors.ts";
import { PyFloat, newFloat } from "../../objects/float.ts";
import { callImported } from "../../objects/import-hook.ts";
import { concat } from "../../objects/message.ts";
import { roundHalfEven } from "../../objects/numeric/float-math.ts";
import * as math from "../../objects/numeric/int-math.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { hash as hashOf, repr as reprOf } from "../../objects/protocol/object.ts";
import { deprecationWarningType } from "../../objects/exceptions/types.ts";
import { warn } from "../../objects/protocol/warn.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { strFromJs, strToJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import {
  checkDate,
  checkTime,
  intArgument,
  intArguments,
  stateBytes,
  strArgument,
  textArgument,
  zoneArgument,
  zoneState,
} from "./arguments.ts";
import { fromOrdinal, MAX_ORDINAL, pad } from "./calendar.ts";
import { ctimeText, dateState, dateType, invalidIsoFormat, newDate, ordinalOf } from "./date.ts";
import { parseDate, parseTime, separatorIndex } from "./iso-format.ts";
import { EPOCH, localSeconds, localZone, localZoneThere, MAX_FOLD, secondsOf, toPosix } from "./local-time.ts";
import { PyDate, PyDateTime, PyDateTimeSub, PyTime, PyTimeDelta, type PyTzInfo } from "./objects.ts";
import { formatTime, parseWith, structTime } from "./strftime.ts";
import { clockMicroseconds, clockRepr, clockState, clockText, newTime, zoneOfIso } from "./time.ts";
import { newTimeDelta, ordered, qualified, timeDelta } from "./timedelta.ts";
import { nameOfZone, offsetOf, offsetText, utc } from "./zones.ts";

/** year, month, day, hour, minute, second, microsecond */
type Fields = readonly number[];

function make(cls: PyType, f: Fields, zone: PyTzInfo | null, fold: number): PyDateTime {
  return cls === datetimeType
    ? new PyDateTime(cls, f[0], f[1], f[2], f[3], f[4], f[5], f[6], zone, fold)
    : new PyDateTimeSub(cls, f[0], f[1], f[2], f[3], f[4], f[5], f[6], zone, fold);
}

function check(f: Fields, fold: number): null | Exc {
  if (checkDate(f[0], f[1], f[2]) === EXC) return EXC;
  return checkTime(f[3], f[4], f[5], f[6], fold) === EXC ? EXC : null;
}

/** A datetime of any class: subclasses are called, as Python code would. */
function ofClass(cls: PyType, f: Fields, zone: PyTzInfo | null, fold: number): Result {
  if (check(f, fold) === EXC) return EXC;
  if (cls === datetimeType) return make(cls, f, zone, fold);
  return fold === 0 ? call(cls, [...f, zone]) : call(cls, [...f, zone, fold], ["fold"]);
}

const fieldsOf = (d: PyDateTime): Fields => [d.year, d.month, d.day, d.hour, d.minute, d.second, d.microsecond];
const withZone = (d: PyDateTime, zone: PyTzInfo | null, fold = d.fold): PyDateTime =>
  make(datetimeType, fieldsOf(d), zone, fold);

const NEW = signature("(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)");
const MISSING = [0, 0, 0, 0, 0, 0, 0];

function datetimeNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const state = kwnames === null && args.length >= 1 && args.length <= 2 ? stateBytes(args[0], 10) : undefined;
  if (state !== undefined && (state[2] & 127) >= 1 && (state[2] & 127) <= 12) return fromState(cls, state, args[1]);
  const bound = parseArgs(NEW, "function", args, kwnames);
  if (bound === EXC) return EXC;
  const values = bound as (Value | undefined)[];
  const fields = intArguments(values.slice(0, 7), MISSING);
  if (fields === EXC) return EXC;
  const fold = intArgument(values[8]);
  if (fold === EXC || check(fields, fold) === EXC) return EXC;
  const zone = zoneArgument(values[7]);
  return zone === EXC ? EXC : make(cls, fields, zone, fold);
}

/** From pickled bytes; the fold is the month's highest bit. */
function fromState(cls: PyType, s: Uint8Array, zoneValue: Value | undefined): Result {
  const zone = zoneState(zoneValue);
  if (zone === EXC) return EXC;
  const microsecond = (s[7] << 16) | (s[8] << 8) | s[9];
  return make(cls, [s[0] * 256 + s[1], s[2] & 127, s[3], s[4], s[5], s[6], microsecond], zone, s[2] >> 7);
}

// ── arithmetic ─────────────────────────────────────────────────────────────────────────────────────────────────

/** The datetime `days` and `microseconds` (below a few days) later, same class and zone. */
function shifted(d: PyDateTime, days: number, seconds: number, microseconds: number, cls = typeOf(d)): Result {
  const us = d.microsecond + microseconds;
  const carry = Math.floor(us / 1e6);
  const total = (d.hour * 60 + d.minute) * 60 + d.second + seconds + carry;
  const dayCarry = Math.floor(total / 86400);
  const ordinal = ordinalOf(d) + days + dayCarry;
  if (ordinal < 1 || ordinal > MAX_ORDINAL) return overflowError("date value out of range");
  const { year, month, day } = fromOrdinal(ordinal);
  const clock = total - dayCarry * 86400;
  const hour = Math.floor(clock / 3600);
  const fields = [year, month, day, hour, Math.floor(clock / 60) % 60, clock % 60, us - carry * 1e6];
  return ofClass(cls, fields, d.tzinfo, 0);
}

function add(a: Value, b: Value): Result {
  if (a instanceof PyDateTime && b instanceof PyTimeDelta) return shifted(a, b.days, b.seconds, b.microseconds);
  if (b instanceof PyDateTime && a instanceof PyTimeDelta) return shifted(b, a.days, a.seconds, a.microseconds);
  return NotImplemented;
}

function subtract(a: Value, b: Value): Result {
  if (!(a instanceof PyDateTime)) return NotImplemented;
  if (b instanceof PyTimeDelta) return shifted(a, -b.days, -b.seconds, -b.microseconds);
  if (!(b instanceof PyDateTime)) return NotImplemented;
  const offsets = bothOffsets(a, b);
  if (offsets === EXC) return EXC;
  const [first, second] = offsets;
  if ((first === null) !== (second === null)) {
    return typeError("can't subtract offset-naive and offset-aware datetimes");
  }
  return difference(a, b, first, second);
}

type Offset = PyTimeDelta | null;

/** Offsets of both; none when they share their zone, since it cancels out. */
function bothOffsets(a: PyDateTime, b: PyDateTime): [Offset, Offset] | Exc {
  if (a.tzinfo === b.tzinfo) return [null, null];
  const first = offsetOf(a.tzinfo, "utcoffset", a);
  if (first === EXC) return EXC;
  const second = offsetOf(b.tzinfo, "utcoffset", b);
  return second === EXC ? EXC : [first, second];
}

function difference(a: PyDateTime, b: PyDateTime, first: Offset, second: Offset): PyTimeDelta | Exc {
  let days = ordinalOf(a) - ordinalOf(b);
  let seconds = (a.hour - b.hour) * 3600 + (a.minute - b.minute) * 60 + a.second - b.second;
  let microseconds = a.microsecond - b.microsecond;
  if (first !== null && second !== null) {
    days += second.days - first.days;
    seconds += second.seconds - first.seconds;
    microseconds += second.microseconds - first.microseconds;
  }
  return newTimeDelta(days, seconds, microseconds);
}

// ── comparison ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Wall-clock order, zones aside. */
function wallOrder(a: PyDateTime, b: PyDateTime): number {
  return ordinalOf(a) - ordinalOf(b) || clockMicroseconds(a) - clockMicroseconds(b);
}

/** Does the offset depend on the fold? Such a time equals none of another zone (PEP 495). */
function isAmbiguous(d: PyDateTime, offset: Offset): boolean | Exc {
  const other = offsetOf(d.tzinfo, "utcoffset", withZone(d, d.tzinfo, d.fold === 0 ? 1 : 0));
  if (other === EXC) return EXC;
  if (other === null || offset === null) return other !== offset;
  return other.days !== offset.days || other.seconds !== offset.seconds || other.microseconds !== offset.microseconds;
}

function compare(a: PyDateTime, b: Value, op: CompareOp): Result {
  if (!(b instanceof PyDateTime)) return NotImplemented;
  if (a.tzinfo === b.tzinfo) return ordered(wallOrder(a, b), op);
  const offsets = bothOffsets(a, b);
  if (offsets === EXC) return EXC;
  const [first, second] = offsets;
  const isEquality = op === EQ || op === NE;
  if ((first === null) !== (second === null)) {
    return isEquality ? op === NE : typeError("can't compare offset-naive and offset-aware datetimes");
  }
  const delta = first === null ? null : difference(a, b, first, second);
  if (delta === EXC) return EXC;
  const order = delta === null ? wallOrder(a, b) : delta.days || delta.seconds || delta.microseconds;
  if (isEquality && order === 0) {
    for (const [d, offset] of [
      [a, first],
      [b, second],
    ] as const) {
      const ambiguous = isAmbiguous(d, offset);
      if (ambiguous === EXC) return EXC;
      if (ambiguous) return op === NE;
    }
  }
  return ordered(order, op);
}

function hash(self: PyDateTime): Int | Exc {
  const plain = self.fold === 0 ? self : withZone(self, self.tzinfo, 0);
  const offset = offsetOf(plain.tzinfo, "utcoffset", plain);
  if (offset === EXC) return EXC;
  let days = ordinalOf(self);
  let us = clockMicroseconds(self);
  if (offset !== null) {
    us -= (offset.days * 86400 + offset.seconds) * 1e6 + offset.microseconds;
    const carry = Math.floor(us / 86400e6);
    days += carry;
    us -= carry * 86400e6;
  }
  return hashOf(newTuple([days, us]));
}

// ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────

function repr(self: PyDateTime): Result {
  const head = `${qualified(typeOf(self))}(${self.year}, ${self.month}, ${self.day}, ${clockRepr(self)}`;
  const fold = self.fold !== 0 ? ", fold=1" : "";
  if (self.tzinfo === null) return `${head}${fold})`;
  const zone = reprOf(self.tzinfo);
  return zone === EXC ? EXC : concat(head, fold, ", tzinfo=", zone, ")");
}

function isoformat(self: PyDateTime, sep: Value | undefined, timespec: Value | undefined): Result {
  const separator = sep === undefined ? "T" : separatorArgument(sep);
  if (separator === EXC) return EXC;
  const spec = timespec === undefined ? "auto" : textArgument(timespec, "isoformat", 2);
  if (spec === EXC) return EXC;
  const clock = clockText(self, spec);
  if (clock === undefined) return valueError("Unknown timespec value");
  const text = `${pad(self.year, 4)}-${pad(self.month, 2)}-${pad(self.day, 2)}${separator}${clock}`;
  const offset = offsetOf(self.tzinfo, "utcoffset", self);
  if (offset === EXC) return EXC;
  return strFromJs(offset === null ? text : text + offsetText(offset, ":"));
}

function separatorArgument(sep: Value): string | Exc {
  const text = strValue(sep);
  if (text === undefined)
    return typeError(`isoformat() argument 1 must be a unicode character, not ${typeOf(sep).name}`);
  if (text.length === 1) return strToJs(text);
  return typeError(`isoformat() argument 1 must be a unicode character, not a string of length ${text.length}`);
}

function strftime(self: PyDateTime, format: Value): Result {
  const text = strArgument(format, "strftime");
  if (text === EXC) return EXC;
  const tuple = callMethod(self, "timetuple");
  if (tuple === EXC) return EXC;
  const { tzinfo: zone, microsecond } = self;
  return formatTime(text, { argument: self, zone, microsecond, date: self }, tuple);
}

// ── timestamps ─────────────────────────────────────────────────────────────────────────────────────────────────

interface Instant {
  seconds: number;
  microsecond: number;
}

/** A timestamp argument, rounded half to even to microseconds. */
function instantOf(value: Value): Instant | Exc {
  const int = intValue(value);
  if (int !== undefined) {
    if (typeof int === "bigint") return overflowError("timestamp out of range for platform time_t");
    return { seconds: int, microsecond: 0 };
  }
  if (!(value instanceof PyFloat)) return typeError(`argument must be int or float, not ${typeOf(value).name}`);
  const x = value.value;
  if (x !== x) return valueError("Invalid value NaN (not a number)");
  if (Math.abs(x) >= 2 ** 63) return overflowError("timestamp out of range for platform time_t");
  let seconds = Math.trunc(x);
  let microsecond = roundHalfEven((x - seconds) * 1e6);
  if (microsecond >= 1e6) {
    microsecond -= 1e6;
    seconds++;
  } else if (microsecond < 0) {
    microsecond += 1e6;
    seconds--;
  }
  return { seconds, microsecond: microsecond + 0 };
}

/** The datetime at seconds since year 1. */
function fromSeconds(cls: PyType, seconds: number, microsecond: number, zone: PyTzInfo | null, fold: number): Result {
  const ordinal = Math.floor(seconds / 86400);
  const clock = seconds - ordinal * 86400;
  const { year, month, day } = fromOrdinal(ordinal);
  if (year < 1 || year > 9999) return valueError(`year must be in 1..9999, not ${year}`);
  const fields = [year, month, day, Math.floor(clock / 3600), Math.floor(clock / 60) % 60, clock % 60, microsecond];
  return ofClass(cls, fields, zone, fold);
}

function checkYear(seconds: number): null | Exc {
  const { year } = fromOrdinal(Math.floor(seconds / 86400));
  return year < 1 || year > 9999 ? valueError(`year ${year} is out of range`) : null;
}

function fromUtcInstant(cls: PyType, { seconds, microsecond }: Instant, zone: PyTzInfo | null): Result {
  const total = seconds + EPOCH;
  return checkYear(total) === EXC ? EXC : fromSeconds(cls, total, microsecond, zone, 0);
}

function fromLocalInstant(cls: PyType, { seconds, microsecond }: Instant): Result {
  const local = localSeconds(seconds);
  if (local === EXC) return EXC;
  let fold = 0;
  // Near the beginning of time there is nothing to compare with.
  if (seconds > -EPOCH + 3 * MAX_FOLD) {
    const before = localSeconds(seconds - MAX_FOLD);
    if (before === EXC) return EXC;
    const transition = local - before - MAX_FOLD;
    if (transition < 0) {
      const probe = localSeconds(seconds + transition);
      if (probe === EXC) return EXC;
      if (probe === local) fold = 1;
    }
  }
  return fromSeconds(cls, local, microsecond, null, fold);
}

const FROM_TIMESTAMP = signature("(timestamp, tz=None)");

function fromTimestamp(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(FROM_TIMESTAMP, "fromtimestamp", args, kwnames);
  if (bound === EXC) return EXC;
  const [timestamp, tz] = bound as [Value, Value | undefined];
  const zone = zoneArgument(tz);
  if (zone === EXC) return EXC;
  const instant = instantOf(timestamp);
  return instant === EXC ? EXC : atInstant(cls, instant, zone);
}

function atInstant(cls: PyType, instant: Instant, zone: PyTzInfo | null): Result {
  if (zone === null) return fromLocalInstant(cls, instant);
  const there = fromUtcInstant(cls, instant, zone);
  return there === EXC ? EXC : callMethod(zone, "fromutc", [there]);
}

function currentInstant(): Instant | Exc {
  const now = callImported("time", "time_ns", []);
  if (now === EXC) return EXC;
  const [seconds, rest] = math.divmod(now as Int, 1e9);
  return { seconds: seconds as number, microsecond: Math.floor((rest as number) / 1000) };
}

function now(cls: PyType, tz: Value | undefined): Result {
  const zone = zoneArgument(tz);
  if (zone === EXC) return EXC;
  const instant = currentInstant();
  return instant === EXC ? EXC : atInstant(cls, instant, zone);
}

function utcNow(cls: PyType): Result {
  const status = warn(
    deprecationWarningType,
    "datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. Use timezone-aware " +
      "objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC).",
  );
  if (status === EXC) return EXC;
  const instant = currentInstant();
  return instant === EXC ? EXC : fromUtcInstant(cls, instant, null);
}

function utcFromTimestamp(cls: PyType, timestamp: Value): Result {
  const status = warn(
    deprecationWarningType,
    "datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal in a future version. Use " +
      "timezone-aware objects to represent datetimes in UTC: datetime.datetime.fromtimestamp(timestamp, datetime.UTC).",
  );
  if (status === EXC) return EXC;
  const instant = instantOf(timestamp);
  return instant === EXC ? EXC : fromUtcInstant(cls, instant, null);
}

function timestamp(self: PyDateTime): Result {
  if (self.tzinfo !== null && self.tzinfo !== undefined) {
    const offset = offsetOf(self.tzinfo, "utcoffset", self);
    if (offset === EXC) return EXC;
    if (offset !== null) {
      const seconds = secondsOf(self, self) - EPOCH - offset.days * 86400 - offset.seconds;
      return newFloat((seconds * 1e6 + self.microsecond - offset.microseconds) / 1e6);
    }
  }
  const posix = toPosix(secondsOf(self, self), self.fold);
  return posix === EXC ? EXC : newFloat(posix + self.microsecond / 1e6);
}

// ── zones ──────────────────────────────────────────────────────────────────────────────────────────────────────

function astimezone(self: PyDateTime, tz: Value | undefined): Result {
  let target = zoneArgument(tz);
  if (target === EXC) return EXC;
  let own = self.tzinfo;
  let offset: Offset | Exc = own === null ? null : offsetOf(own, "utcoffset", self);
  if (offset === EXC) return EXC;
  if (own !== null && own === target) return self;
  if (offset === null) {
    // A naive datetime is local time.
    const local = localZoneThere(secondsOf(self, self), self.fold);
    if (local === EXC) return EXC;
    own = local;
    offset = local.offset;
    if (own === target) return withZone(self, own);
  }
  const inUtc = shifted(withZone(self, utc, 0), -offset.days, -offset.seconds, -offset.microseconds, datetimeType);
  if (inUtc === EXC) return EXC;
  const there = inUtc as PyDateTime;
  if (target === null) {
    const local = localZone(secondsOf(there, there) - EPOCH);
    if (local === EXC) return EXC;
    target = local;
  }
  if (target === utc) return ofClass(typeOf(self), fieldsOf(there), utc, 0);
  const given = ofClass(typeOf(self), fieldsOf(there), target, 0);
  return given === EXC ? EXC : callMethod(target, "fromutc", [given]);
}

const offsetMethod = (question: "utcoffset" | "dst") =>
  method(
    "($self, /)",
    (self: PyDateTime) => offsetOf(self.tzinfo, question, self),
    `Return self.tzinfo.${question}(self).`,
  );

function timetuple(self: PyDateTime): Result {
  const dst = offsetOf(self.tzinfo, "dst", self);
  if (dst === EXC) return EXC;
  const flag = dst === null ? -1 : dst.days !== 0 || dst.seconds !== 0 || dst.microseconds !== 0 ? 1 : 0;
  return structTime([self.year, self.month, self.day], [self.hour, self.minute, self.second], flag);
}

function utctimetuple(self: PyDateTime): Result {
  const offset = offsetOf(self.tzinfo, "utcoffset", self);
  if (offset === EXC) return EXC;
  let d = self;
  if (offset !== null) {
    const inUtc = shifted(withZone(self, null), -offset.days, -offset.seconds, -offset.microseconds, datetimeType);
    if (inUtc === EXC) return EXC;
    d = inUtc as PyDateTime;
  }
  return structTime([d.year, d.month, d.day], [d.hour, d.minute, d.second], 0);
}

// ── other constructors ─────────────────────────────────────────────────────────────────────────────────────────

const COMBINE = signature("(date, time, tzinfo=None)");

function combine(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(COMBINE, "combine", args, kwnames);
  if (bound === EXC) return EXC;
  const [date, time, tz] = bound as [Value, Value, Value | undefined];
  if (!(date instanceof PyDate))
    return typeError(`combine() argument 1 must be datetime.date, not ${typeOf(date).name}`);
  if (!(time instanceof PyTime))
    return typeError(`combine() argument 2 must be datetime.time, not ${typeOf(time).name}`);
  const zone = tz === undefined ? time.tzinfo : zoneArgument(tz);
  if (zone === EXC) return EXC;
  const fields = [date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond];
  return ofClass(cls, fields, zone, time.fold);
}

function fromIsoFormat(cls: PyType, text: Value): Result {
  const given = strValue(text);
  if (given === undefined) return typeError("fromisoformat: argument must be str");
  // The separator may be any character, an astral one too.
  const characters = Array.from(strToJs(given));
  const ascii = characters.map((c) => (c.length === 1 ? c : "?")).join("");
  const at = separatorIndex(ascii);
  if (at < 0) return invalidIsoFormat(text);
  const date = parseDate(ascii.slice(0, at));
  if (date === null) return invalidIsoFormat(text);
  if (ascii.length <= at) return ofClass(cls, [date.year, date.month, date.day, 0, 0, 0, 0], null, 0);
  const time = parseTime(ascii.slice(at + 1));
  if (time === null) return invalidIsoFormat(text);
  const zone = zoneOfIso(time);
  if (zone === EXC) return EXC;
  let { year, month, day } = date;
  let { hour } = time;
  // Midnight at the end of a day is the next day's.
  if (hour === 24 && time.minute === 0 && time.second === 0 && time.microsecond === 0) {
    if (checkDate(year, month, day) === EXC) return EXC;
    hour = 0;
    ({ year, month, day } = fromOrdinal(ordinalOf(newDate(year, month, day)) + 1));
  }
  return ofClass(cls, [year, month, day, hour, time.minute, time.second, time.microsecond], zone, 0);
}

const REPLACE = signature(
  "(year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=None, *, fold=None)",
);

function replace(self: PyDateTime, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(REPLACE, "replace", args, kwnames);
  if (bound === EXC) return EXC;
  const values = bound as (Value | undefined)[];
  const fields = intArguments(values.slice(0, 7), fieldsOf(self));
  if (fields === EXC) return EXC;
  const zone = values[7] === undefined ? self.tzinfo : zoneArgument(values[7]);
  if (zone === EXC) return EXC;
  const fold = intArgument(values[8], self.fold);
  return fold === EXC ? EXC : ofClass(typeOf(self), fields, zone, fold);
}

function reduceWith(self: PyDateTime, protocol: number): Result {
  const bytes = [...dateState(self), ...clockState(self)];
  // Protocols below 4 drop the fold: old readers would not know it.
  if (self.fold !== 0 && protocol > 3) bytes[2] |= 128;
  const state = bytesFromArray(Uint8Array.from(bytes));
  return newTuple([typeOf(self), newTuple(self.tzinfo === null ? [state] : [state, self.tzinfo])]);
}

function reduceEx(self: PyDateTime, protocol: Value): Result {
  const version = asInt32(protocol);
  return version === EXC ? EXC : reduceWith(self, version);
}

export const datetimeType: PyType = newType("datetime", {
  module: "datetime",
  doc:
    "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\nThe year, month and day " +
    "arguments are required. tzinfo may be None, or an\ninstance of a tzinfo subclass. The remaining arguments may be " +
    "ints.",
  base: dateType,
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => make(cls, [1, 1, 1, 0, 0, 0, 0], null, 0),
    tp_new: datetimeNew,
    tp_repr: repr,
    tp_str: (self: PyDateTime) => callMethod(self, "isoformat", [" "]),
    tp_hash: hash,
    tp_richcompare: compare,
    nb_add: add,
    nb_subtract: subtract,
  },
  methods: () => ({
    now: classMethod("($type, /, tz=None)", now, "Returns new datetime object representing current time local to tz."),
    utcnow: classMethod("($type, /)", utcNow, "Return a new datetime representing UTC day and time."),
    fromtimestamp: rawClassMethod(fromTimestamp, "timestamp[, tz] -> tz's local time from POSIX timestamp."),
    utcfromtimestamp: classMethod(
      "(timestamp, /)",
      utcFromTimestamp,
      "Construct a naive UTC datetime from a timestamp.",
    ),
    strptime: classMethod(
      "(string, format, /)",
      (cls: PyType, text: Value, format: Value) => strptime(cls, text, format),
      "string, format -> new datetime parsed from a string (like time.strptime()).",
    ),
    combine: rawClassMethod(combine, "date, time -> datetime with same date and time fields"),
    fromisoformat: classMethod(
      "($type, object, /)",
      fromIsoFormat,
      "string -> datetime from a string in ISO 8601 format",
    ),
    date: method("($self, /)", (self: PyDateTime) => newDate(self.year, self.month, self.day), "Return date object."),
    time: method(
      "($self, /)",
      (self: PyDateTime) => newTime(self, null, self.fold),
      "Return time object, tzinfo=None.",
    ),
    timetz: method("($self, /)", (self: PyDateTime) => newTime(self, self.tzinfo, self.fold), "Return time object."),
    ctime: method("($self, /)", (self: PyDateTime) => ctimeText(self, self.hour, self.minute, self.second)),
    timetuple: method("($self, /)", timetuple, "Return time tuple, compatible with time.localtime()."),
    timestamp: method("($self, /)", timestamp, "Return POSIX timestamp as float."),
    utctimetuple: method("($self, /)", utctimetuple, "Return UTC time tuple, compatible with time.localtime()."),
    isoformat: method("($self, /, sep='T', timespec='auto')", isoformat, "Return string in ISO 8601 format."),
    strftime: method("($self, /, format)", strftime, "Format using strftime()."),
    utcoffset: offsetMethod("utcoffset"),
    dst: offsetMethod("dst"),
    tzname: method(
      "($self, /)",
      (self: PyDateTime) => nameOfZone(self.tzinfo, self),
      "Return self.tzinfo.tzname(self).",
    ),
    replace: rawMethod(replace, "Return datetime with new specified fields."),
    __replace__: rawMethod(replace, "The same as replace()."),
    astimezone: method("($self, /, tz=None)", astimezone, "tz -> convert to local time in new timezone tz"),
    __reduce_ex__: method("(proto, /)", reduceEx, "__reduce_ex__(proto) -> (cls, state)"),
    __reduce__: method("($self, /)", (self: PyDateTime) => reduceWith(self, 2), "__reduce__() -> (cls, state)"),
  }),
  getset: () => ({
    hour: getset((self: PyDateTime) => self.hour),
    minute: getset((self: PyDateTime) => self.minute),
    second: getset((self: PyDateTime) => self.second),
    microsecond: getset((self: PyDateTime) => self.microsecond),
    tzinfo: getset((self: PyDateTime) => self.tzinfo),
    fold: getset((self: PyDateTime) => self.fold),
  }),
  attributes: () => ({
    min: make(datetimeType, [1, 1, 1, 0, 0, 0, 0], null, 0),
    max: make(datetimeType, [9999, 12, 31, 23, 59, 59, 999999], null, 0),
    resolution: timeDelta(0, 0, 1),
  }),
});

function strptime(cls: PyType, text: Value, format: Value): Result {
  for (const [i, value] of [text, format].entries()) {
    if (strValue(value) === undefined)
      return typeError(`strptime() argument ${i + 1} must be str, not ${typeOf(value).name}`);
  }
  return parseWith("_strptime_datetime_datetime", cls, text, format);
}
