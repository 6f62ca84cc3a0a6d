/** Recordings that came to nothing: how often a place is tried again, how soon, and what it may have then. */
import type { PyCode } from "../objects/code.ts";

/** Why a recording failed whose text has no room in its region's budget. */
export const TOO_LARGE = "region too large";
/** A region has been given up since its classes are made anew all the time (`passing-classes.ts`). */
export const PASSING = "classes pass";

/** Failed attempts before a place is left alone. */
const PATIENCE = 6;
/** What a region costs that has been emitted some times already, in attempts. */
const PASSING_COUNTS = 3;

/** Of one place. */
export class Failures {
  times = 0;

  constructor(
    /** Those whose result was too large. */
    public tooLarge = 0,
  ) {}

  note(reason: string): void {
    this.times += reason === PASSING ? PASSING_COUNTS : 1;
    if (reason === TOO_LARGE) this.tooLarge++;
  }
  get areTooMany(): boolean {
    return this.times >= PATIENCE;
  }
}
const NONE: Readonly<Failures> = new Failures();

/** Of loops and entries, by the instruction that counts. */
export class FailuresAtRoots {
  private readonly byCode = new WeakMap<PyCode, Map<number, Failures>>();

  at(code: PyCode, pc: number): Readonly<Failures> {
    return this.byCode.get(code)?.get(pc) ?? NONE;
  }
  note(code: PyCode, pc: number, reason: string): void {
    let places = this.byCode.get(code);
    if (places === undefined) {
      places = new Map();
      this.byCode.set(code, places);
    }
    let failures = places.get(pc);
    if (failures === undefined) {
      failures = new Failures();
      places.set(pc, failures);
    }
    failures.note(reason);
  }
}
