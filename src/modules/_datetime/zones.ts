/** The types `tzinfo` and `timezone`, and asking a time zone for its offset and name. */
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
import { method, newType, parseArgs, signature } from "../../objects/define.ts";
import { notImplementedError, raise, typeError, valueError } from "../../objects/errors.ts";
import { valueErrorType } from "../../objects/exceptions/types.ts";
import { concat } from "../../objects/message.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { hash, lookupAttr, repr } from "../../objects/protocol/object.ts";
import { add, subtract } from "../../objects/protocol/number.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { pad } from "./calendar.ts";
import { PyDateTime, PyTimeDelta, PyTimezone, PyTzInfo, PyTzInfoSub } from "./objects.ts";
import { compareDeltas, negate, timeDelta } from "./timedelta.ts";

// ── asking ─────────────────────────────────────────────────────────────────────────────────────────────────────

type Question = "utcoffset" | "dst";

/** An offset as the zone gives it for `moment` (a datetime, or None for times); null where it has none. */
export function offsetOf(zone: PyTzInfo | null, question: Question, moment: Value): PyTimeDelta | null | Exc {
  if (zone === null) return null;
  if (zone instanceof PyTimezone) return question === "utcoffset" ? zone.offset : null;
  const answer = callMethod(zone, question, [moment]);
  if (answer === EXC || answer === null) return answer;
  if (!(answer instanceof PyTimeDelta)) {
    return typeError(`tzinfo.${question}() must return None or timedelta, not '${typeOf(answer).name}'`);
  }
  return checkOffset(answer) === EXC ? EXC : answer;
}

/** Offsets are smaller than a day. */
function checkOffset(offset: PyTimeDelta): null | Exc {
  const tooSmall = offset.days === -1 && offset.seconds === 0 && offset.microseconds < 1;
  if (offset.days === 0 || (offset.days === -1 && !tooSmall)) return null;
  const shown = repr(offset);
  if (shown === EXC) return EXC;
  const limits = "strictly between -timedelta(hours=24) and timedelta(hours=24)";
  return raise(valueErrorType, concat(`offset must be a timedelta ${limits}, not `, shown));
}

export function nameOfZone(zone: PyTzInfo | null, moment: Value): Value | Exc {
  if (zone === null) return null;
  if (zone instanceof PyTimezone) return zoneName(zone);
  const answer = callMethod(zone, "tzname", [moment]);
  if (answer === EXC || answer === null || strValue(answer) !== undefined) return answer;
  return typeError(`tzinfo.tzname() must return None or a string, not '${typeOf(answer).name}'`);
}

/** "+05:30", "+0530", "-00:00:01.000002". */
export function offsetText(offset: PyTimeDelta, separator: string): string {
  const negative = offset.days < 0;
  const size = negative ? (negate(offset) as PyTimeDelta) : offset;
  const { seconds, microseconds } = size;
  const parts = [pad(Math.floor(seconds / 3600), 2), pad(Math.floor(seconds / 60) % 60, 2)];
  if (seconds % 60 !== 0 || microseconds !== 0) parts.push(pad(seconds % 60, 2));
  const fraction = microseconds === 0 ? "" : `.${pad(microseconds, 6)}`;
  return (negative ? "-" : "+") + parts.join(separator) + fraction;
}

// ── tzinfo ─────────────────────────────────────────────────────────────────────────────────────────────────────

const abstract = (name: string) =>
  method(
    "($self, object, /)",
    () => notImplementedError(`a tzinfo subclass must implement ${name}()`),
    `datetime -> what ${name} means for it.`,
  );

/** Python's algorithm for zones whose rules tell standard time and daylight saving time (reference, tzinfo.fromutc). */
function tzinfoFromUtc(self: PyTzInfo, dt: Value): Result {
  if (!(dt instanceof PyDateTime)) return typeError("fromutc: argument must be a datetime");
  if (dt.tzinfo !== self) return valueError("fromutc: dt.tzinfo is not self");
  const offset = offsetOf(self, "utcoffset", dt);
  if (offset === EXC) return EXC;
  if (offset === null) return valueError("fromutc: non-None utcoffset() result required");
  const dst = offsetOf(self, "dst", dt);
  if (dst === EXC) return EXC;
  if (dst === null) return valueError("fromutc: non-None dst() result required");
  const standard = subtract(offset, dst);
  if (standard === EXC) return EXC;
  const result = add(dt, standard);
  if (result === EXC) return EXC;
  const later = offsetOf(self, "dst", result);
  if (later === EXC) return EXC;
  if (later === null) return valueError("fromutc: tz.dst() gave inconsistent results; cannot convert");
  return add(result, later);
}

function tzinfoReduce(self: Value): Result {
  const getInitArgs = lookupAttr(self, "__getinitargs__");
  if (getInitArgs === EXC) return EXC;
  const args = getInitArgs === undefined ? newTuple([]) : call(getInitArgs);
  if (args === EXC) return EXC;
  const state = callMethod(self, "__getstate__");
  if (state === EXC) return EXC;
  return newTuple(state === null ? [typeOf(self), args] : [typeOf(self), args, state]);
}

export const tzinfoType: PyType = newType("tzinfo", {
  module: "datetime",
  doc: "Abstract base class for time zone info objects.",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === tzinfoType ? new PyTzInfo(cls) : new PyTzInfoSub(cls)),
    tp_new: (cls) => (cls === tzinfoType ? new PyTzInfo(cls) : new PyTzInfoSub(cls)),
  },
  methods: () => ({
    tzname: abstract("tzname"),
    utcoffset: abstract("utcoffset"),
    dst: abstract("dst"),
    fromutc: method("($self, object, /)", tzinfoFromUtc, "datetime in UTC -> datetime in local time."),
    __reduce__: method("($self, /)", tzinfoReduce, "-> (cls, state)"),
  }),
});

// ── timezone ───────────────────────────────────────────────────────────────────────────────────────────────────

const NEW = signature("(offset, name=None)");

function timezoneNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "timezone", args, kwnames);
  if (bound === EXC) return EXC;
  const [offset, name] = bound as [Value, Value | undefined];
  if (!(offset instanceof PyTimeDelta)) {
    return typeError(`timezone() argument 1 must be datetime.timedelta, not ${typeOf(offset).name}`);
  }
  if (name !== undefined && strValue(name) === undefined) {
    return typeError(`timezone() argument 2 must be str, not ${name === null ? "None" : typeOf(name).name}`);
  }
  return newTimezone(offset, name ?? null);
}

/** UTC itself when the offset is zero and no name is given. */
export function newTimezone(offset: PyTimeDelta, name: Value): PyTimezone | Exc {
  if (name === null && offset.days === 0 && offset.seconds === 0 && offset.microseconds === 0) return utc;
  return checkOffset(offset) === EXC ? EXC : new PyTimezone(timezoneType, offset, name);
}

function zoneName(self: PyTimezone): Value {
  if (self.zoneName !== null) return self.zoneName;
  const { days, seconds, microseconds } = self.offset;
  if (self === utc || (days === 0 && seconds === 0 && microseconds === 0)) return "UTC";
  return `UTC${offsetText(self.offset, ":")}`;
}

function checkMoment(dt: Value, name: string): null | Exc {
  if (dt === null || dt instanceof PyDateTime) return null;
  return typeError(`${name}(dt) argument must be a datetime instance or None, not ${typeOf(dt).name}`);
}

function timezoneFromUtc(self: PyTimezone, dt: Value): Result {
  if (!(dt instanceof PyDateTime)) return typeError("fromutc: argument must be a datetime instance");
  if (dt.tzinfo !== self) return valueError("fromutc: dt.tzinfo is not self");
  return add(dt, self.offset);
}

function show(self: PyTimezone): Result {
  if (self === utc) return "datetime.timezone.utc";
  const offset = repr(self.offset);
  if (offset === EXC) return EXC;
  if (self.zoneName === null) return concat("datetime.timezone(", offset, ")");
  const name = repr(self.zoneName);
  return name === EXC ? EXC : concat("datetime.timezone(", offset, ", ", name, ")");
}

function compare(a: PyTimezone, b: Value, op: CompareOp): Result {
  if ((op !== EQ && op !== NE) || !(b instanceof PyTimezone)) return NotImplemented;
  return (compareDeltas(a.offset, b.offset) === 0) === (op === EQ);
}

const asked = (name: string, answer: (self: PyTimezone) => Value) =>
  method("($self, object, /)", (self: PyTimezone, dt: Value) => (checkMoment(dt, name) === EXC ? EXC : answer(self)));

export const timezoneType: PyType = newType("timezone", {
  module: "datetime",
  doc: "Fixed offset from UTC implementation of tzinfo.",
  base: tzinfoType,
  slots: {
    tp_alloc: () => utc,
    tp_new: timezoneNew,
    tp_repr: show,
    tp_str: (self: PyTimezone) => zoneName(self),
    tp_hash: (self: PyTimezone) => hash(self.offset),
    tp_richcompare: compare,
  },
  methods: () => ({
    tzname: asked("tzname", zoneName),
    utcoffset: asked("utcoffset", (self) => self.offset),
    dst: asked("dst", () => null),
    fromutc: method("($self, object, /)", timezoneFromUtc, "datetime in UTC -> datetime in local time."),
    __getinitargs__: method("($self, /)", (self: PyTimezone) =>
      newTuple(self.zoneName === null ? [self.offset] : [self.offset, self.zoneName]),
    ),
  }),
  attributes: () => ({
    utc,
    min: new PyTimezone(timezoneType, timeDelta(-1, 60, 0), null),
    max: new PyTimezone(timezoneType, timeDelta(0, 86340, 0), null),
  }),
});

export const utc: PyTimezone = new PyTimezone(timezoneType, timeDelta(0, 0, 0), null);
