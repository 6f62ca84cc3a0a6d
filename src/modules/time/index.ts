/** The module `time`. */
import { EXC, type Exc, type KwNames, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, rawFn } from "../../objects/define.ts";
import { overflowError, typeError, valueError } from "../../objects/errors.ts";
import { raiseOSError } from "../../objects/exceptions/os-error.ts";
import { PyFloat, newFloat } from "../../objects/float.ts";
import { callImported } from "../../objects/import-hook.ts";
import { canonical } from "../../objects/numeric/int-math.ts";
import { asIndex, asInt32 } from "../../objects/protocol/convert.ts";
import { setAttr } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { newSimpleNamespace } from "../../objects/simple-namespace.ts";
import { strFromJs, strToJs } from "../../objects/str/astral.ts";
import { newStructSequence } from "../../objects/structseq.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import { unpackArgs } from "../../builtins/keywords.ts";
import { civilFromSeconds, secondsFromCivil } from "./calendar.ts";
import { clockNow } from "./clock.ts";
import { readZone, zoneAt, zoneAttributes } from "./local-zone.ts";
import { type Moment, asctimeText, strftime } from "./strftime.ts";

const FIELDS = [
  "tm_year",
  "tm_mon",
  "tm_mday",
  "tm_hour",
  "tm_min",
  "tm_sec",
  "tm_wday",
  "tm_yday",
  "tm_isdst",
  "tm_zone",
  "tm_gmtoff",
];
const structTime = newStructSequence("time.struct_time", {
  doc: "The time value as returned by gmtime(), localtime(), and strptime(), and\naccepted by asctime(), mktime() and strftime().",
  fields: FIELDS.map((name) => ({ name })),
  visible: 9,
});

// ── clocks ─────────────────────────────────────────────────────────────────────────────────────────────────
const asSeconds = (ns: bigint): Value => newFloat(Number(ns) / 1e9);
const asInt = (ns: bigint): Value => canonical(ns);

type Reader = () => bigint;
const wall: Reader = () => clockNow().now();
const monotonic: Reader = () => clockNow().monotonic();
const cpu: Reader = () => clockNow().processTime();

const CLOCKS: Record<string, { id: number; read: Reader }> = {
  CLOCK_REALTIME: { id: 0, read: wall },
  CLOCK_MONOTONIC: { id: 1, read: monotonic },
  CLOCK_PROCESS_CPUTIME_ID: { id: 2, read: cpu },
  CLOCK_THREAD_CPUTIME_ID: { id: 3, read: cpu },
  CLOCK_MONOTONIC_RAW: { id: 4, read: monotonic },
  CLOCK_BOOTTIME: { id: 7, read: monotonic },
  CLOCK_TAI: { id: 11, read: wall },
};
function readerOf(id: Value): Reader | Exc {
  const number = intValue(id);
  if (number === undefined) return typeError(`clk_id should be integer, not ${typeOf(id).name}`);
  const found = Object.values(CLOCKS).find((clock) => clock.id === number);
  return found === undefined ? raiseOSError(22, "Invalid argument") : found.read;
}
const clockFunction =
  (show: (ns: bigint) => Value) =>
  (id: Value): Result => {
    const read = readerOf(id);
    return read === EXC ? EXC : show(read());
  };
const INFO: Record<string, [string, boolean, boolean]> = {
  time: ["clock_gettime(CLOCK_REALTIME)", false, true],
  monotonic: ["clock_gettime(CLOCK_MONOTONIC)", true, false],
  perf_counter: ["clock_gettime(CLOCK_MONOTONIC)", true, false],
  process_time: ["clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false],
  thread_time: ["clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false],
};
function clockInfo(args: Value[], kwnames: KwNames): Result {
  if (unpackArgs("get_clock_info", args, kwnames, 1, 1) === EXC) return EXC;
  const name = strValue(args[0]);
  if (name === undefined) return typeError(`get_clock_info() argument 1 must be str, not ${typeOf(args[0]).name}`);
  const info = INFO[strToJs(name)];
  if (info === undefined) return valueError("unknown clock");
  const [implementation, isMonotonic, adjustable] = info;
  return newSimpleNamespace({ implementation, monotonic: isMonotonic, adjustable, resolution: newFloat(1e-9) });
}

/** A number of seconds as nanoseconds. */
function nanoseconds(value: Value): bigint | Exc {
  if (value instanceof PyFloat) {
    if (Number.isNaN(value.value)) return valueError("Invalid value NaN (not a number)");
    const ns = Math.ceil(value.value * 1e9);
    return Math.abs(ns) < 2 ** 63 ? BigInt(ns) : overflowError("timestamp too large to convert to C PyTime_t");
  }
  if (typeOf(value).nb_index === null) {
    return typeError(`'${typeOf(value).name}' object cannot be interpreted as an integer or float`);
  }
  const n = asIndex(value);
  if (n === EXC) return EXC;
  return Math.abs(Number(n)) < 2 ** 63 / 1e9
    ? BigInt(n) * 1_000_000_000n
    : overflowError("timestamp too large to convert to C PyTime_t");
}
function sleep(value: Value): Result {
  const ns = nanoseconds(value);
  if (ns === EXC) return EXC;
  if (ns < 0n) return valueError("sleep length must be non-negative");
  const clock = clockNow();
  if (clock.sleep !== undefined) clock.sleep(ns);
  else spin(clock.monotonic, ns);
  return null;
}
/** A host that cannot block: the time passes all the same. */
function spin(read: Reader, ns: bigint): void {
  const end = read() + ns;
  while (read() < end);
}

// ── broken-down time ───────────────────────────────────────────────────────────────────────────────────────
/** A time as whole seconds, now when it is absent or None. */
function epochSeconds(value: Value | undefined): number | Exc {
  if (value === undefined || value === null) return Math.floor(Number(clockNow().now()) / 1e9);
  let seconds: number;
  if (value instanceof PyFloat) {
    if (Number.isNaN(value.value)) return valueError("Invalid value NaN (not a number)");
    seconds = Math.floor(value.value);
  } else {
    const n = asIndex(value);
    if (n === EXC) return EXC;
    seconds = Number(n);
  }
  if (Math.abs(seconds) >= 2 ** 63) return overflowError("timestamp out of range for platform time_t");
  // The year must fit a C int.
  return Math.abs(seconds) < 6.7e16 ? seconds : raiseOSError(75, "Value too large for defined data type");
}
function broken(seconds: number, zone: { offset: number; name: string; isDst: boolean }): Value {
  const c = civilFromSeconds(seconds + zone.offset);
  return structTime.make([
    c.year,
    c.month,
    c.day,
    c.hour,
    c.minute,
    c.second,
    c.weekday,
    c.yearday,
    zone.isDst ? 1 : 0,
    zone.name,
    zone.offset,
  ]);
}
const GREENWICH = { offset: 0, name: "GMT", isDst: false };

const timeFunction = (name: string, make: (seconds: number) => Result) =>
  rawFn((args: Value[], kwnames: KwNames): Result => {
    if (kwnames !== null && kwnames.length > 0) return typeError(`time.${name}() takes no keyword arguments`);
    if (args.length > 1) return typeError(`${name}() takes at most 1 argument (${args.length} given)`);
    const seconds = epochSeconds(args[0]);
    return seconds === EXC ? EXC : make(seconds);
  });

/** The moment that a tuple of nine numbers means, checked as CPython does before it formats one. */
function momentOf(value: Value, fname: string): Moment | Exc {
  const numbers = nineNumbers(value, fname);
  if (numbers === EXC) return EXC;
  const [year, mon, mday, hour, minute, second, wday, yday, isDst] = numbers;
  // C counts years from 1900 in an int.
  if (year < -(2 ** 31) + 1900) return overflowError("year out of range");
  // Zero is taken for one: "tuples of zeros" have always been accepted.
  const month = mon === 0 ? 1 : mon;
  const day = mday === 0 ? 1 : mday;
  const yearday = yday === 0 ? 1 : yday;
  const checks: [boolean, string][] = [
    [month < 1 || month > 12, "month"],
    [day < 1 || day > 31, "day of month"],
    [hour < 0 || hour > 23, "hour"],
    [minute < 0 || minute > 59, "minute"],
    [second < 0 || second > 61, "seconds"],
    [wday < -1, "day of week"],
    [yearday < 1 || yearday > 366, "day of year"],
  ];
  for (const [wrong, what] of checks) if (wrong) return valueError(`${what} out of range`);
  const local = localEpoch(year, month, day, hour, minute, second);
  const zone = zoneFor(value, local, isDst);
  return {
    year,
    month,
    day,
    hour,
    minute,
    second,
    weekday: ((wday % 7) + 7) % 7,
    yearday,
    zone: zone.name,
    offset: zone.offset,
    epoch: local,
  };
}
/** The zone of a struct_time that has one, else the local one; none when it is unknown whether it is summer time. */
function zoneFor(value: Value, epoch: number, isDst: number): { name: string; offset: number | undefined } {
  const known = (value as { values?: readonly Value[] }).values;
  const name = strValue(known?.[9] ?? null);
  if (name !== undefined) return { name: strToJs(name), offset: Number(known?.[10] ?? 0) };
  if (isDst < 0) return { name: "", offset: undefined };
  const zone = zoneAt(epoch);
  return { name: zone.name, offset: zone.offset };
}
function nineNumbers(value: Value, fname: string): number[] | Exc {
  if (!(value instanceof PyTuple)) return typeError("Tuple or struct_time argument required");
  if (value.items.length !== 9) return typeError(`${fname}(): illegal time tuple argument`);
  const numbers: number[] = [];
  for (const item of value.items) {
    const n = asInt32(item);
    if (n === EXC) return EXC;
    numbers.push(n);
  }
  return numbers;
}
/** Seconds since the epoch of a local time. */
function localEpoch(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  const asUtc = secondsFromCivil(year, month, day, hour, minute, second);
  const guess = asUtc - zoneAt(asUtc).offset;
  return asUtc - zoneAt(guess).offset;
}
function mktime(value: Value): Result {
  const numbers = nineNumbers(value, "mktime");
  if (numbers === EXC) return EXC;
  const [year, month, day, hour, minute, second] = numbers;
  return newFloat(localEpoch(year, month, day, hour, minute, second));
}

function strftimeFunction(args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("time.strftime() takes no keyword arguments");
  if (args.length < 1 || args.length > 2) {
    return typeError(
      `strftime() takes at ${args.length < 1 ? "least 1 argument" : "most 2 arguments"} (${args.length} given)`,
    );
  }
  const format = strValue(args[0]);
  if (format === undefined) return typeError(`strftime() argument 1 must be str, not ${typeOf(args[0]).name}`);
  const moment = momentOf(args[1] ?? localNow(), "strftime");
  if (moment === EXC) return EXC;
  // Two surrogates side by side in a str stay two characters.
  return typeof format === "string" ? strftime(format, moment) : strFromJs(strftime(strToJs(format), moment));
}
function localNow(): Value {
  const seconds = Math.floor(Number(clockNow().now()) / 1e9);
  return broken(seconds, zoneAt(seconds));
}
function asctime(args: Value[], kwnames: KwNames): Result {
  if (unpackArgs("asctime", args, kwnames, 0, 1) === EXC) return EXC;
  const moment = momentOf(args[0] ?? localNow(), "asctime");
  return moment === EXC ? EXC : asctimeText(moment);
}

/** TZ has changed: the zone, and what the module says of it. */
function tzset(): Result {
  readZone();
  const module = rt.modules.getStr("time");
  if (module === undefined || module === null) return null;
  for (const [name, value] of Object.entries(zoneAttributes())) {
    if (setAttr(module, name, value) === EXC) return EXC;
  }
  return null;
}

export const timeModule = newModule("time", {
  doc: "This module provides various functions to manipulate time values.",
  functions: () => {
    const clock = (read: Reader, show: (ns: bigint) => Value, doc: string) => fn("($self, /)", () => show(read()), doc);
    return {
      time: clock(wall, asSeconds, "Return the current time in seconds since the Epoch."),
      time_ns: clock(wall, asInt, "Return the current time in nanoseconds since the Epoch."),
      monotonic: clock(monotonic, asSeconds, "Monotonic clock, cannot go backward."),
      monotonic_ns: clock(monotonic, asInt, "Monotonic clock, cannot go backward, as nanoseconds."),
      perf_counter: clock(monotonic, asSeconds, "Performance counter for benchmarking."),
      perf_counter_ns: clock(monotonic, asInt, "Performance counter for benchmarking as nanoseconds."),
      process_time: clock(cpu, asSeconds, "Process time for profiling: sum of the kernel and user-space CPU time."),
      process_time_ns: clock(cpu, asInt, "Process time for profiling as nanoseconds."),
      thread_time: clock(cpu, asSeconds, "Thread time for profiling: sum of the kernel and user-space CPU time."),
      thread_time_ns: clock(cpu, asInt, "Thread time for profiling as nanoseconds."),
      clock_gettime: fn("($module, clk_id, /)", clockFunction(asSeconds)),
      clock_gettime_ns: fn("($module, clk_id, /)", clockFunction(asInt)),
      clock_getres: fn(
        "($module, clk_id, /)",
        clockFunction(() => newFloat(1e-9)),
      ).signedAs(null),
      get_clock_info: rawFn(clockInfo, "Get information of the specified clock."),
      sleep: fn("($self, object, /)", sleep, "Delay execution for a given number of seconds."),
      gmtime: timeFunction("gmtime", (seconds) => broken(seconds, GREENWICH)),
      localtime: timeFunction("localtime", (seconds) => broken(seconds, zoneAt(seconds))),
      ctime: timeFunction("ctime", (seconds) => {
        const moment = momentOf(broken(seconds, zoneAt(seconds)), "ctime");
        return moment === EXC ? EXC : asctimeText(moment);
      }),
      asctime: rawFn(asctime, "Convert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'."),
      mktime: fn("($self, object, /)", mktime, "Convert a time tuple in local time to seconds since the Epoch."),
      strftime: rawFn(strftimeFunction, "Convert a time tuple to a string according to a format specification."),
      strptime: rawFn(
        (args: Value[]) => callImported("_strptime", "_strptime_time", args),
        "Parse a string to a time tuple according to a format specification.",
      ),
      tzset: fn(
        "($self, /)",
        tzset,
        "Initialize, or reinitialize, the local timezone to the value stored in os.environ['TZ'].",
      ),
    };
  },
  attributes: () => ({
    struct_time: structTime.type,
    _STRUCT_TM_ITEMS: 11,
    ...Object.fromEntries(Object.entries(CLOCKS).map(([name, { id }]) => [name, id])),
    ...zoneAttributes(),
  }),
});
