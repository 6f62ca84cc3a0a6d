/** A time zone's whole story, asked by local time or by UTC. Times are seconds since 1970. */
import { EXC, type Exc } from "../../objects/core.ts";
import { raise, valueError } from "../../objects/errors.ts";
import { valueErrorType } from "../../objects/exceptions/types.ts";
import { fromOrdinal } from "../_datetime/calendar.ts";
import { EPOCH } from "../_datetime/local-time.ts";
import { isSamePeriod, type Period, period } from "./period.ts";
import type { Moment, Rule } from "./rule.ts";
import { parseTzString } from "./tz-string.ts";
import type { LocalTimeType, TzifData } from "./tzif.ts";

const isPeriod = (x: Period | Rule): x is Period => "name" in x;

export class Zone {
  /** Local times from which each period holds, for fold 0 and for fold 1. */
  private readonly wall: readonly [number[], number[]];

  private constructor(
    private readonly times: number[],
    private readonly periods: Period[],
    private readonly before: Period,
    private readonly after: Period | Rule,
    /** What holds always, when nothing ever changes: then a `time` has an offset too. */
    readonly always: Period | undefined,
    offsetBefore: number,
  ) {
    this.wall = [[], []];
    times.forEach((time, i) => {
      // The clock goes from `old` to `now`: with fold 0 the new period begins after the gap or fold, with 1 before it.
      const old = i === 0 ? offsetBefore : periods[i - 1].seconds;
      const now = periods[i].seconds;
      this.wall[0].push(time + Math.max(old, now));
      this.wall[1].push(time + Math.min(old, now));
    });
  }

  static from(data: TzifData): Zone | Exc {
    const { times, typeOfTransition, types, tzString } = data;
    const wrong = typeOfTransition.find((type) => type >= types.length);
    if (wrong !== undefined) return valueError(`Invalid transition index found while reading TZif: ${wrong}`);
    const all = types.map((type, i) => period(type.offset, dstOffset(data, i), type.name));
    const periods = typeOfTransition.map((type) => all[type]);
    const after = tzString ? parseTzString(tzString) : (periods.at(-1) ?? all.at(-1));
    if (after === EXC) return EXC;
    if (after === undefined) return raise(valueErrorType, "No time zone information found.");
    const standard = types.findIndex((type) => !type.isDst);
    const before = all[Math.max(standard, 0)] ?? after;
    const isFixed = isPeriod(after) && all.length <= 1 && (all.length === 0 || isSamePeriod(all[0], after));
    return new Zone(times, periods, before, after, isFixed ? after : undefined, types[0]?.offset ?? 0);
  }

  atLocal(local: number, fold: number): Period {
    const starts = this.wall[fold];
    const last = starts.length - 1;
    if (last >= 0 && local < starts[0]) return this.before;
    if (last >= 0 && local <= starts[last]) return this.periods[indexAt(starts, local)];
    if (isPeriod(this.after)) return this.after;
    return this.after.atLocal(local + EPOCH, yearOf(local), fold);
  }

  atUtc(utc: number): Moment {
    const { times, after } = this;
    const index = indexAt(times, utc);
    if (index < 0 && times.length > 0) return { period: this.before, fold: false };
    if (!isPeriod(after) && (index < 0 || utc > times[index]) && index === times.length - 1) {
      return after.atUtc(utc + EPOCH, yearOf(utc));
    }
    if (index < 0) return { period: after as Period, fold: false };
    const now = this.periods[index];
    const old = index === 0 ? this.before : this.periods[index - 1];
    return { period: now, fold: old.seconds - now.seconds > utc - times[index] };
  }
}

const yearOf = (seconds: number): number => fromOrdinal(Math.floor((seconds + EPOCH) / 86400)).year;

/** The last of the ascending times that is not after `time`, or -1. */
function indexAt(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time < times[middle]) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

/**
 * How much of a type's offset is daylight saving. The files only say that some is; it is the difference from the standard
 * time before or after one of its transitions (PEP 615), and an hour where there is none.
 */
function dstOffset({ typeOfTransition, types }: TzifData, type: number): number {
  if (!types[type].isDst) return 0;
  for (let i = 1; i < typeOfTransition.length; i++) {
    if (typeOfTransition[i] !== type) continue;
    const difference = fromStandard(types[typeOfTransition[i - 1]]) || fromStandard(types[typeOfTransition[i + 1]]);
    if (difference !== 0) return difference;
  }
  return 3600;

  function fromStandard(neighbour: LocalTimeType | undefined): number {
    return neighbour === undefined || neighbour.isDst ? 0 : types[type].offset - neighbour.offset;
  }
}
