/**
 * The Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), with the seeding and the derivation of floats and bit
 * strings that CPython uses, so that a seed gives the same numbers.
 */
export const N = 624;
const M = 397;
const UPPER = 0x80000000;
const LOWER = 0x7fffffff;
const MATRIX = 0x9908b0df;

export class MersenneTwister {
  readonly state = new Uint32Array(N);
  index = N + 1;

  /** `init_genrand`. */
  seed32(seed: number): void {
    const mt = this.state;
    mt[0] = seed;
    for (let i = 1; i < N; i++) {
      const previous = mt[i - 1] ^ (mt[i - 1] >>> 30);
      mt[i] = Math.imul(1812433253, previous) + i;
    }
    this.index = N;
  }

  /** `init_by_array`. */
  seedArray(key: ArrayLike<number>): void {
    const mt = this.state;
    this.seed32(19650218);
    let i = 1;
    let j = 0;
    for (let k = Math.max(N, key.length); k > 0; k--) {
      mt[i] = (mt[i] ^ Math.imul(mt[i - 1] ^ (mt[i - 1] >>> 30), 1664525)) + key[j] + j;
      if (++i >= N) {
        mt[0] = mt[N - 1];
        i = 1;
      }
      if (++j >= key.length) j = 0;
    }
    for (let k = N - 1; k > 0; k--) {
      mt[i] = (mt[i] ^ Math.imul(mt[i - 1] ^ (mt[i - 1] >>> 30), 1566083941)) - i;
      if (++i >= N) {
        mt[0] = mt[N - 1];
        i = 1;
      }
    }
    mt[0] = 0x80000000;
  }

  /** Seeds with the magnitude of an int of any size, in 32-bit words, least significant first. */
  seedInt(seed: number | bigint): void {
    let rest = BigInt(seed);
    if (rest < 0n) rest = -rest;
    const text = rest.toString(16);
    const words: number[] = [];
    for (let end = text.length; end > 0; end -= 8)
      words.push(Number.parseInt(text.slice(Math.max(0, end - 8), end), 16));
    this.seedArray(words);
  }

  private refill(): void {
    const mt = this.state;
    for (let k = 0; k < N; k++) {
      const y = (mt[k] & UPPER) | (mt[(k + 1) % N] & LOWER);
      mt[k] = mt[(k + M) % N] ^ (y >>> 1) ^ ((y & 1) !== 0 ? MATRIX : 0);
    }
    this.index = 0;
  }

  /** 32 random bits. */
  next32(): number {
    if (this.index >= N) this.refill();
    let y = this.state[this.index++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A float in [0, 1) with 53 bits. */
  random(): number {
    const a = this.next32() >>> 5;
    const b = this.next32() >>> 6;
    return (a * 67108864 + b) * (1 / 9007199254740992);
  }

  /** An int of `k` random bits; safe integers as numbers. */
  bits(k: number): number | bigint {
    if (k === 0) return 0;
    if (k <= 32) return this.next32() >>> (32 - k);
    if (k <= 53) {
      const low = this.next32();
      return (this.next32() >>> (64 - k)) * 4294967296 + low;
    }
    const words = Math.floor((k - 1) / 32) + 1;
    const digits: string[] = new Array(words);
    for (let i = 0, left = k; i < words; i++, left -= 32) {
      const word = left < 32 ? this.next32() >>> (32 - left) : this.next32();
      digits[words - 1 - i] = word.toString(16).padStart(8, "0");
    }
    const value = BigInt(`0x${digits.join("")}`);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  }
}
