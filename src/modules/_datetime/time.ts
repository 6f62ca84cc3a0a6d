/** The type `time`. */
import {
  BASETYPE,
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  type KwNames,
  NE,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { bytesFromArray } from "../../objects/bytes.ts";
import { classMethod, getset, method, newType, parseArgs, rawMethod, signature } from "../../objects/define.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { concat } from "../../objects/message.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { hash as hashOf, repr as reprOf } from "../../objects/protocol/object.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import {
  checkTime,
  intArgument,
  intArguments,
  stateBytes,
  strArgument,
  textArgument,
  zoneArgument,
  zoneState,
} from "./arguments.ts";
import { pad } from "./calendar.ts";
import { formatMethod, invalidIsoFormat } from "./date.ts";
import { type IsoTime, parseTime } from "./iso-format.ts";
import { type Clock, PyTime, type PyTimeDelta, PyTimeSub, type PyTzInfo } from "./objects.ts";
import { formatTime, parseWith, structTime } from "./strftime.ts";
import { fromMicroseconds, ordered, qualified, timeDelta } from "./timedelta.ts";
import { nameOfZone, newTimezone, offsetOf, offsetText, utc } from "./zones.ts";

function make(cls: PyType, clock: readonly number[], zone: PyTzInfo | null, fold: number): PyTime {
  const [hour, minute, second, microsecond] = clock;
  return cls === timeType
    ? new PyTime(cls, hour, minute, second, microsecond, zone, fold)
    : new PyTimeSub(cls, hour, minute, second, microsecond, zone, fold);
}

export function newTime({ hour, minute, second, microsecond }: Clock, zone: PyTzInfo | null, fold: number): PyTime {
  return new PyTime(timeType, hour, minute, second, microsecond, zone, fold);
}

const NEW = signature("(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)");

function timeNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const state = kwnames === null && args.length >= 1 && args.length <= 2 ? stateBytes(args[0], 6) : undefined;
  if (state !== undefined && (state[0] & 127) < 24) return fromState(cls, state, args[1]);
  const bound = parseArgs(NEW, "function", args, kwnames);
  if (bound === EXC) return EXC;
  const values = bound as (Value | undefined)[];
  const clock = intArguments(values.slice(0, 4), [0, 0, 0, 0]);
  if (clock === EXC) return EXC;
  const fold = intArgument(values[5]);
  if (fold === EXC) return EXC;
  if (checkTime(clock[0], clock[1], clock[2], clock[3], fold) === EXC) return EXC;
  const zone = zoneArgument(values[4]);
  return zone === EXC ? EXC : make(cls, clock, zone, fold);
}

/** From pickled bytes; the fold is the first one's highest bit. */
function fromState(cls: PyType, state: Uint8Array, zoneValue: Value | undefined): Result {
  const zone = zoneState(zoneValue);
  if (zone === EXC) return EXC;
  const [hour, minute, second] = state;
  const microsecond = (state[3] << 16) | (state[4] << 8) | state[5];
  return make(cls, [hour & 127, minute, second, microsecond], zone, hour >> 7);
}

// ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The clock's text; undefined for an unknown `timespec`. */
export function clockText({ hour, minute, second, microsecond }: Clock, timespec: string): string | undefined {
  const hm = `${pad(hour, 2)}:${pad(minute, 2)}`;
  const hms = `${hm}:${pad(second, 2)}`;
  switch (timespec) {
    case "auto":
      return microsecond === 0 ? hms : `${hms}.${pad(microsecond, 6)}`;
    case "hours":
      return pad(hour, 2);
    case "minutes":
      return hm;
    case "seconds":
      return hms;
    case "milliseconds":
      return `${hms}.${pad(Math.floor(microsecond / 1000), 3)}`;
    case "microseconds":
      return `${hms}.${pad(microsecond, 6)}`;
    default:
      return undefined;
  }
}

function isoformat(self: PyTime, timespec: Value | undefined): Result {
  const spec = timespec === undefined ? "auto" : textArgument(timespec, "isoformat");
  if (spec === EXC) return EXC;
  const text = clockText(self, spec);
  if (text === undefined) return valueError("Unknown timespec value");
  const offset = offsetOf(self.tzinfo, "utcoffset", null);
  if (offset === EXC) return EXC;
  return offset === null ? text : text + offsetText(offset, ":");
}

/** Arguments of the constructor, zeros at the end left out, and the keywords. */
export function clockRepr({ hour, minute, second, microsecond }: Clock): string {
  if (microsecond !== 0) return `${hour}, ${minute}, ${second}, ${microsecond}`;
  return second !== 0 ? `${hour}, ${minute}, ${second}` : `${hour}, ${minute}`;
}

function repr(self: PyTime): Result {
  const head = `${qualified(typeOf(self))}(${clockRepr(self)}`;
  const tail = self.fold !== 0 ? ", fold=1)" : ")";
  if (self.tzinfo === null) return head + tail;
  const zone = reprOf(self.tzinfo);
  return zone === EXC ? EXC : concat(head, ", tzinfo=", zone, tail);
}

function strftime(self: PyTime, format: Value): Result {
  const text = strArgument(format, "strftime");
  if (text === EXC) return EXC;
  const tuple = structTime([1900, 1, 1], [self.hour, self.minute, self.second], -1);
  if (tuple === EXC) return EXC;
  return formatTime(text, { argument: null, zone: self.tzinfo, microsecond: self.microsecond, date: undefined }, tuple);
}

// ── comparison ─────────────────────────────────────────────────────────────────────────────────────────────────

export function clockMicroseconds({ hour, minute, second, microsecond }: Clock): number {
  return ((hour * 60 + minute) * 60 + second) * 1e6 + microsecond;
}
const deltaMicroseconds = (d: PyTimeDelta): number => (d.days * 86400 + d.seconds) * 1e6 + d.microseconds;

function compare(a: PyTime, b: Value, op: CompareOp): Result {
  if (!(b instanceof PyTime)) return NotImplemented;
  const difference = clockMicroseconds(a) - clockMicroseconds(b);
  if (a.tzinfo === b.tzinfo) return ordered(difference, op);
  const first = offsetOf(a.tzinfo, "utcoffset", null);
  if (first === EXC) return EXC;
  const second = offsetOf(b.tzinfo, "utcoffset", null);
  if (second === EXC) return EXC;
  if (first !== null && second !== null) {
    return ordered(difference - deltaMicroseconds(first) + deltaMicroseconds(second), op);
  }
  if (first === null && second === null) return ordered(difference, op);
  if (op === EQ || op === NE) return op === NE;
  return typeError("can't compare offset-naive and offset-aware times");
}

function hash(self: PyTime) {
  // Both folds of a time are equal, so the zone is asked with fold 0.
  const plain = self.fold === 0 ? self : newTime(self, self.tzinfo, 0);
  const offset = offsetOf(plain.tzinfo, "utcoffset", null);
  if (offset === EXC) return EXC;
  return hashOf(clockMicroseconds(self) - (offset === null ? 0 : deltaMicroseconds(offset)));
}

// ── other constructors ─────────────────────────────────────────────────────────────────────────────────────────

/** The time zone that an ISO text names. */
export function zoneOfIso({ offset }: IsoTime): PyTzInfo | null | Exc {
  if (offset === null) return null;
  if (offset === "Z" || offset === 0) return utc;
  const delta = fromMicroseconds(offset);
  return delta === EXC ? EXC : newTimezone(delta, null);
}

function fromIsoFormat(cls: PyType, text: Value): Result {
  const given = strValue(text);
  if (given === undefined) return typeError("fromisoformat: argument must be str");
  const parsed = typeof given === "string" ? parseTime(given.startsWith("T") ? given.slice(1) : given) : null;
  if (parsed === null) return invalidIsoFormat(text);
  // Midnight at the end of a day.
  if (parsed.hour === 24 && parsed.minute === 0 && parsed.second === 0 && parsed.microsecond === 0) parsed.hour = 0;
  const zone = zoneOfIso(parsed);
  if (zone === EXC) return EXC;
  return ofClass(cls, [parsed.hour, parsed.minute, parsed.second, parsed.microsecond], zone, 0);
}

function ofClass(cls: PyType, clock: readonly number[], zone: PyTzInfo | null, fold: number): Result {
  if (checkTime(clock[0], clock[1], clock[2], clock[3], fold) === EXC) return EXC;
  if (cls === timeType) return make(cls, clock, zone, fold);
  return fold === 0 ? call(cls, [...clock, zone]) : call(cls, [...clock, zone, fold], ["fold"]);
}

const REPLACE = signature("(hour=None, minute=None, second=None, microsecond=None, tzinfo=None, *, fold=None)");

function replace(self: PyTime, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(REPLACE, "replace", args, kwnames);
  if (bound === EXC) return EXC;
  const values = bound as (Value | undefined)[];
  const clock = intArguments(values.slice(0, 4), [self.hour, self.minute, self.second, self.microsecond]);
  if (clock === EXC) return EXC;
  const zone = values[4] === undefined ? self.tzinfo : zoneArgument(values[4]);
  if (zone === EXC) return EXC;
  const fold = intArgument(values[5], self.fold);
  return fold === EXC ? EXC : ofClass(typeOf(self), clock, zone, fold);
}

/** The six bytes of a pickled time. */
export function clockState({ hour, minute, second, microsecond }: Clock): number[] {
  return [hour, minute, second, microsecond >> 16, (microsecond >> 8) & 255, microsecond & 255];
}

function reduceWith(self: PyTime, protocol: number): Result {
  const bytes = clockState(self);
  // Protocols below 4 drop the fold: old readers would not know it.
  if (self.fold !== 0 && protocol > 3) bytes[0] |= 128;
  const state = bytesFromArray(Uint8Array.from(bytes));
  return newTuple([typeOf(self), newTuple(self.tzinfo === null ? [state] : [state, self.tzinfo])]);
}

function reduceEx(self: PyTime, protocol: Value): Result {
  const version = asInt32(protocol);
  return version === EXC ? EXC : reduceWith(self, version);
}

const offsetMethod = (question: "utcoffset" | "dst") =>
  method(
    "($self, /)",
    (self: PyTime) => offsetOf(self.tzinfo, question, null),
    `Return self.tzinfo.${question}(self).`,
  );

export const timeType: PyType = newType("time", {
  module: "datetime",
  doc:
    "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\nAll arguments are optional. tzinfo " +
    "may be None, or an instance of\na tzinfo subclass. The remaining arguments may be ints.",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => make(cls, [0, 0, 0, 0], null, 0),
    tp_new: timeNew,
    tp_repr: repr,
    tp_str: (self: PyTime) => callMethod(self, "isoformat"),
    tp_hash: hash,
    tp_richcompare: compare,
  },
  methods: () => ({
    strptime: classMethod(
      "(string, format, /)",
      (cls: PyType, text: Value, format: Value) => parseWith("_strptime_datetime_time", cls, text, format),
      "string, format -> new time parsed from a string.",
    ),
    isoformat: method("($self, /, timespec='auto')", isoformat, "Return the time formatted according to ISO."),
    strftime: method("($self, /, format)", strftime, "Format using strftime()."),
    __format__: method("(format, /)", formatMethod, "Formats self with strftime."),
    utcoffset: offsetMethod("utcoffset"),
    dst: offsetMethod("dst"),
    tzname: method("($self, /)", (self: PyTime) => nameOfZone(self.tzinfo, null), "Return self.tzinfo.tzname(self)."),
    replace: rawMethod(replace, "Return time with new specified fields."),
    __replace__: rawMethod(replace, "The same as replace()."),
    fromisoformat: classMethod("($type, object, /)", fromIsoFormat, "string -> time from a string in ISO 8601 format"),
    __reduce_ex__: method("(proto, /)", reduceEx, "__reduce_ex__(proto) -> (cls, state)"),
    __reduce__: method("($self, /)", (self: PyTime) => reduceWith(self, 2), "__reduce__() -> (cls, state)"),
  }),
  getset: () => ({
    hour: getset((self: PyTime) => self.hour),
    minute: getset((self: PyTime) => self.minute),
    second: getset((self: PyTime) => self.second),
    microsecond: getset((self: PyTime) => self.microsecond),
    tzinfo: getset((self: PyTime) => self.tzinfo),
    fold: getset((self: PyTime) => self.fold),
  }),
  attributes: () => ({
    min: make(timeType, [0, 0, 0, 0], null, 0),
    max: make(timeType, [23, 59, 59, 999999], null, 0),
    resolution: timeDelta(0, 0, 1),
  }),
});
