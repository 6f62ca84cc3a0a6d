/** What holds when daylight saving time begins and ends at the same moments every year. */
import type { Period } from "./period.ts";

export interface Rule {
  /** At a local time, in seconds since year 1. */
  atLocal(local: number, year: number, fold: number): Period;
  /** At a time in UTC, and whether the local time there is the second of its kind. */
  atUtc(utc: number, year: number): Moment;
}

export interface Moment {
  readonly period: Period;
  readonly fold: boolean;
}

export class YearlyRule implements Rule {
  /** Negative where winter time is the exception, as in Ireland's law. */
  private readonly shift: number;

  constructor(
    private readonly standard: Period,
    private readonly daylight: Period,
    /** When daylight saving time begins, in standard time, and ends, in its own. */
    private readonly begin: (year: number) => number,
    private readonly end: (year: number) => number,
  ) {
    this.shift = daylight.seconds - standard.seconds;
  }

  /**
   * Around a change, local times are missing or come twice. By PEP 495 those with fold 0 belong to what was before, those
   * with fold 1 to what comes after: so one of the two boundaries, as the wall clock shows it, moves with the fold.
   */
  atLocal(local: number, year: number, fold: number): Period {
    const movesEnd = (fold === 1) === this.shift >= 0;
    return this.at(local, year, movesEnd ? 0 : this.shift, movesEnd ? -this.shift : 0);
  }

  atUtc(utc: number, year: number): Moment {
    const { standard, daylight, shift } = this;
    const period = this.at(utc, year, -standard.seconds, -daylight.seconds);
    // Times come twice after the change that puts the clock back.
    const back = shift > 0 ? this.end(year) - daylight.seconds : this.begin(year) - standard.seconds;
    return { period, fold: utc >= back && utc < back + Math.abs(shift) };
  }

  private at(time: number, year: number, beginOffset: number, endOffset: number): Period {
    const begin = this.begin(year) + beginOffset;
    const end = this.end(year) + endOffset;
    // South of the equator, daylight saving time spans the new year.
    const isDaylight = begin < end ? time >= begin && time < end : time >= begin || time < end;
    return isDaylight ? this.daylight : this.standard;
  }
}
