/**
 * Decimal numbers as data: sign, coefficient, exponent (General Decimal Arithmetic Specification 1.70, "Numbers").
 * The coefficient is a BigInt; exponents are JavaScript numbers, exact up to 2**53.
 */
export const FINITE = 0;
export const INFINITE = 1;
export const QNAN = 2;
export const SNAN = 3;
export type Kind = 0 | 1 | 2 | 3;
export type Sign = 0 | 1;

export class Dec {
  /** Memo of `digits`; 0 until counted. */
  private count = 0;

  constructor(
    readonly sign: Sign,
    readonly kind: Kind,
    /** For a NaN its payload (0: none). */
    readonly coef: bigint,
    readonly exp: number,
  ) {}

  /** Decimal digits of the coefficient; 1 for zero. */
  get digits(): number {
    if (this.count === 0) this.count = digitCount(this.coef);
    return this.count;
  }
  /** The exponent of the first digit. */
  get adjusted(): number {
    return this.exp + this.digits - 1;
  }
  get isSpecial(): boolean {
    return this.kind !== FINITE;
  }
  get isNaN(): boolean {
    return this.kind >= QNAN;
  }
  get isZero(): boolean {
    return this.kind === FINITE && this.coef === 0n;
  }
  /** A finite number without a fraction. */
  get isInteger(): boolean {
    if (this.kind !== FINITE) return false;
    if (this.exp >= 0 || this.coef === 0n) return true;
    if (-this.exp >= this.digits) return false;
    return this.coef % pow10(-this.exp) === 0n;
  }
  /** Odd, for an integer. */
  get isOdd(): boolean {
    if (this.exp > 0) return false;
    return ((this.coef / pow10(-this.exp)) & 1n) === 1n;
  }
  withSign(sign: Sign): Dec {
    return sign === this.sign ? this : new Dec(sign, this.kind, this.coef, this.exp);
  }
}

export const finite = (sign: Sign, coef: bigint, exp: number): Dec => new Dec(sign, FINITE, coef, exp);
export const infinity = (sign: Sign): Dec => new Dec(sign, INFINITE, 0n, 0);
export const NAN = new Dec(0, QNAN, 0n, 0);
export const ZERO = finite(0, 0n, 0);
export const ONE = finite(0, 1n, 0);

/** The exact decimal of an integer. */
export function fromBig(value: bigint): Dec {
  return value < 0n ? finite(1, -value, 0) : finite(0, value, 0);
}

// ── powers of ten ──────────────────────────────────────────────────────────────────────────────────────────────

const TABLE = powersOfTen();

/* @__NO_SIDE_EFFECTS__ */
function powersOfTen(): bigint[] {
  const powers = [1n];
  for (let i = 1; i <= 512; i++) powers.push(powers[i - 1] * 10n);
  return powers;
}

/** The last large power: one precision is used over and over. */
let cachedExponent = 0;
let cachedPower = 1n;

/** 10**n, n ≥ 0. RangeError when V8 cannot represent it. */
export function pow10(n: number): bigint {
  if (n <= 512) return TABLE[n];
  if (n === cachedExponent) return cachedPower;
  const power = 10n ** BigInt(n);
  cachedExponent = n;
  cachedPower = power;
  return power;
}

/** Decimal digits of a coefficient; 1 for zero. */
export function digitCount(coef: bigint): number {
  // Doubles are exact up to 2**53.
  if (coef < 1000000000000000n) {
    const n = Number(coef);
    let count = 1;
    for (let limit = 10; n >= limit; limit *= 10) count++;
    return count;
  }
  const x = Number(coef);
  if (x < 1e300) {
    const estimate = Math.floor(Math.log10(x));
    if (coef < TABLE[estimate]) return estimate;
    return coef < TABLE[estimate + 1] ? estimate + 1 : estimate + 2;
  }
  const hex = coef.toString(16);
  const top = Number.parseInt(hex.slice(0, 12), 16);
  const log = Math.log10(top) + (hex.length - Math.min(12, hex.length)) * 1.2041199826559248;
  const estimate = Math.floor(log);
  // Far from a power of ten the estimate is certain; near one, compare.
  if (log - estimate > 1e-6 && log - estimate < 1 - 1e-6) return estimate + 1;
  const near = Math.round(log);
  return coef >= pow10(near) ? near + 1 : near;
}
