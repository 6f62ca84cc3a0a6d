/** What rounding and exceptional conditions depend on: a context's numbers and its status bits. */

export const ROUND_UP = 0;
export const ROUND_DOWN = 1;
export const ROUND_CEILING = 2;
export const ROUND_FLOOR = 3;
export const ROUND_HALF_UP = 4;
export const ROUND_HALF_DOWN = 5;
export const ROUND_HALF_EVEN = 6;
export const ROUND_05UP = 7;
export const ROUNDINGS: readonly string[] = [
  "ROUND_UP",
  "ROUND_DOWN",
  "ROUND_CEILING",
  "ROUND_FLOOR",
  "ROUND_HALF_UP",
  "ROUND_HALF_DOWN",
  "ROUND_HALF_EVEN",
  "ROUND_05UP",
];

/** Conditions, one bit each (libmpdec's values: they show in `Context._flags`). */
export const CLAMPED = 0x1;
export const CONVERSION_SYNTAX = 0x2;
export const DIVISION_BY_ZERO = 0x4;
export const DIVISION_IMPOSSIBLE = 0x8;
export const DIVISION_UNDEFINED = 0x10;
export const INEXACT = 0x40;
export const INVALID_CONTEXT = 0x80;
export const INVALID_OPERATION = 0x100;
export const MALLOC_ERROR = 0x200;
export const FLOAT_OPERATION = 0x400;
export const OVERFLOW = 0x800;
export const ROUNDED = 0x1000;
export const SUBNORMAL = 0x2000;
export const UNDERFLOW = 0x4000;
/** Everything that signals InvalidOperation. */
export const ANY_INVALID =
  CONVERSION_SYNTAX | DIVISION_IMPOSSIBLE | DIVISION_UNDEFINED | INVALID_CONTEXT | INVALID_OPERATION | MALLOC_ERROR;

export const MAX_PREC = 999999999999999999n;
export const MAX_EMAX = 999999999999999999n;
export const MIN_EMIN = -999999999999999999n;
export const MIN_ETINY = -1999999999999999997n;

export class Ctx {
  /** Conditions raised by the operation under way. */
  status = 0;
  constructor(
    public prec: number,
    public round: number,
    public emin: number,
    public emax: number,
    public clamp: 0 | 1,
  ) {}

  /** The smallest exponent of a subnormal number. */
  get etiny(): number {
    return this.emin - this.prec + 1;
  }
  /** The largest exponent of a number with full precision. */
  get etop(): number {
    return this.emax - this.prec + 1;
  }
  /** A working context with another precision and rounding. */
  derived(prec: number, round: number): Ctx {
    return new Ctx(prec, round, this.emin, this.emax, this.clamp);
  }
}

/** Everything representable is exact in it. */
export function maxContext(): Ctx {
  return new Ctx(Number(MAX_PREC), ROUND_HALF_EVEN, Number(MIN_EMIN), Number(MAX_EMAX), 0);
}
