/** Local time, as `time.localtime` knows it: seconds since year 1 for seconds since 1970, and the way back. */
import { EXC, type Exc } from "../../objects/core.ts";
import { callImported } from "../../objects/import-hook.ts";
import { getAttr } from "../../objects/protocol/object.ts";
import { fromFloat } from "../../objects/numeric/int-float.ts";
import type { PyTuple } from "../../objects/tuple.ts";
import { toOrdinal } from "./calendar.ts";
import type { Clock, PyDate, PyTimezone } from "./objects.ts";
import { timeDelta } from "./timedelta.ts";
import { newTimezone } from "./zones.ts";

/** Seconds from the beginning of year 1 to 1970. */
export const EPOCH = toOrdinal(1970, 1, 1) * 86400;
/** No time zone changes by more. */
const MAX_FOLD = 24 * 3600;

export function secondsOf(date: Pick<PyDate, "year" | "month" | "day">, clock: Omit<Clock, "microsecond">): number {
  return toOrdinal(date.year, date.month, date.day) * 86400 + (clock.hour * 60 + clock.minute) * 60 + clock.second;
}

/** Local seconds since year 1 at a POSIX time. */
export function localSeconds(timestamp: number): number | Exc {
  const local = callImported("time", "localtime", [fromFloat(timestamp)]);
  if (local === EXC) return EXC;
  const [year, month, day, hour, minute, second] = (local as PyTuple).items as number[];
  // A leap second counts as the one before.
  return secondsOf({ year, month, day }, { hour, minute, second: Math.min(second, 59) });
}

/** The POSIX time of local seconds; `fold` picks one of two (PEP 495). */
export function toPosix(local: number, fold: number): number | Exc {
  const t = local - EPOCH;
  const shift = (u: number): number | Exc => {
    const there = localSeconds(u);
    return there === EXC ? EXC : there - EPOCH - u;
  };
  const a = shift(t);
  if (a === EXC) return EXC;
  let u1 = t - a;
  const at1 = shift(u1);
  if (at1 === EXC) return EXC;
  let b: number | Exc = at1;
  if (u1 + at1 === t) {
    // One solution; there may be another at the other side of a transition.
    const u2 = u1 + (fold === 0 ? -MAX_FOLD : MAX_FOLD);
    b = shift(u2);
    if (b === EXC) return EXC;
    if (a === b) return u1;
  }
  const u2 = t - b;
  const at2 = shift(u2);
  if (at2 === EXC) return EXC;
  if (u2 + at2 === t) return u2;
  if (u1 + at1 === t) return u1;
  // In a gap.
  u1 = fold === 0 ? Math.max(u1, u2) : Math.min(u1, u2);
  return u1;
}

/** The zone that local time has at a POSIX time, as a fixed offset. */
export function localZone(timestamp: number): PyTimezone | Exc {
  const local = callImported("time", "localtime", [fromFloat(Math.floor(timestamp))]);
  if (local === EXC) return EXC;
  const offset = getAttr(local, "tm_gmtoff");
  if (offset === EXC) return EXC;
  const name = getAttr(local, "tm_zone");
  return name === EXC ? EXC : newTimezone(timeDelta(0, offset as number, 0), name);
}

/** The zone of a local time; of one that a change skips, what held before it with fold 0 and after it with 1 (PEP 495). */
export function localZoneThere(local: number, fold: number): PyTimezone | Exc {
  const posix = toPosix(local, fold);
  const other = toPosix(local, 1 - fold);
  if (posix === EXC || other === EXC) return EXC;
  const isSkipped = fold === 0 ? other < posix : other > posix;
  return localZone(isSkipped ? other : posix);
}

export { MAX_FOLD };
