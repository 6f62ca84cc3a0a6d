/** What holds in a time zone for a while: its offset from UTC, the part of it that is daylight saving, and its name. */
import type { PyTimeDelta } from "../_datetime/objects.ts";
import { timeDelta } from "../_datetime/timedelta.ts";

export interface Period {
  /** Seconds east of UTC; `offset` is the same for Python. */
  readonly seconds: number;
  readonly offset: PyTimeDelta;
  readonly dst: PyTimeDelta;
  readonly name: string;
}

export function period(seconds: number, dst: number, name: string): Period {
  return { seconds, offset: timeDelta(0, seconds, 0), dst: timeDelta(0, dst, 0), name };
}

const isSame = (a: PyTimeDelta, b: PyTimeDelta): boolean => a.days === b.days && a.seconds === b.seconds;

export function isSamePeriod(a: Period, b: Period): boolean {
  return isSame(a.offset, b.offset) && isSame(a.dst, b.dst) && a.name === b.name;
}
