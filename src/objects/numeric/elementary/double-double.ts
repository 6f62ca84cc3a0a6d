/**
 * Arithmetic on unevaluated sums hi + lo of two doubles: about 100 bits, from which the elementary functions round
 * once (Dekker 1971; Shewchuk 1997). V8's own functions are off in the last bit too often to agree with C's library.
 *
 * Functions with two results return hi and leave lo in `LO[0]`: a typed array costs no allocation. It holds nothing
 * between calls: read it at once.
 */
export const LO = new Float64Array(1);

/** a · b − p for p = fl(a · b), exactly (Dekker's product; no overflow below 2**996). */
export function productError(a: number, b: number, p: number): number {
  const ca = 134217729 * a;
  const ah = ca - (ca - a);
  const al = a - ah;
  const cb = 134217729 * b;
  const bh = cb - (cb - b);
  const bl = b - bh;
  return ah * bh - p + ah * bl + al * bh + al * bl;
}

/** a + b − s for s = fl(a + b), exactly (Knuth). */
export function sumError(a: number, b: number, s: number): number {
  const bb = s - a;
  return a - (s - bb) + (b - bb);
}

/** (ah + al) + (bh + bl). */
export function addDD(ah: number, al: number, bh: number, bl: number): number {
  const s = ah + bh;
  const e = sumError(ah, bh, s) + (al + bl);
  const hi = s + e;
  LO[0] = s - hi + e;
  return hi;
}

/** (ah + al) · (bh + bl). */
export function mulDD(ah: number, al: number, bh: number, bl: number): number {
  const p = ah * bh;
  const e = productError(ah, bh, p) + (ah * bl + al * bh);
  const hi = p + e;
  LO[0] = p - hi + e;
  return hi;
}

/** (ah + al) / (bh + bl). */
export function divDD(ah: number, al: number, bh: number, bl: number): number {
  const q = ah / bh;
  const p = q * bh;
  const r = ah - p - productError(q, bh, p) + al - q * bl;
  const e = r / bh;
  const hi = q + e;
  LO[0] = q - hi + e;
  return hi;
}

/** √(ah + al), for ah > 0. */
export function sqrtDD(ah: number, al: number): number {
  const q = Math.sqrt(ah);
  const p = q * q;
  const r = ah - p - productError(q, q, p) + al;
  const e = r / (2 * q);
  const hi = q + e;
  LO[0] = q - hi + e;
  return hi;
}

const FLOAT = new Float64Array(1);
const WORDS = new Uint32Array(FLOAT.buffer);
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** 2**k for −1022 ≤ k ≤ 1023: V8's ** is a call of pow. */
export function powerOfTwo(k: number): number {
  WORDS[1 - HIGH] = 0;
  WORDS[HIGH] = (k + 1023) << 20;
  return FLOAT[0];
}

/** (hi + lo) · 2**k rounded once, subnormal results included; |hi| within [2**-60, 2**60]. */
export function scaleDD(hi: number, lo: number, k: number): number {
  const x = hi + lo;
  if (k > -960 && k < 960) return x * powerOfTwo(k);
  if (k >= 960) return x * 2 ** 960 * 2 ** Math.min(k - 960, 1000);
  const normal = x * 2 ** 100 * 2 ** Math.max(k - 100 + 200, -1070);
  // `normal` is the result · 2**200, as far as k is not absurd.
  if (Math.abs(normal) >= 2 ** -822) return normal * 2 ** -200;
  if (k < -1300) return x < 0 ? -0 : 0;
  // Subnormal: align to 1 so that the addition rounds where the result's last bit will be.
  const scale = 2 ** Math.max(k + 1022, -1000);
  const sign = hi < 0 ? -1 : 1;
  const h = Math.abs(hi) * scale;
  const l = sign * lo * scale;
  const s = 1 + h;
  const e = sumError(1, h, s) + l;
  return sign * (s + e - 1) * 2 ** -1022;
}
