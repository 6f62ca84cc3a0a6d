/**
 * Stress: what is rare happens often, so that tests meet it. Guards fail at random and regions are dropped at random,
 * by a seed, so that a failure can be had again (`-X jit-stress=SEED`).
 */

/** Of so many guards, one fails for no reason. */
const FAIL = 40;
/** Of so many exits, one drops its region. */
const DROP = 100;

export class Stress {
  private state: number;

  constructor(seed: number) {
    // Any seed but 0, which the generator would keep for ever.
    this.state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  }

  /** Does this guard fail? */
  readonly fail = (): boolean => this.below(FAIL) === 0;
  drops(): boolean {
    return this.below(DROP) === 0;
  }
  /** A number from 0 up to `limit`, without it (xorshift). */
  below(limit: number): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (x >>> 0) % limit;
  }
}
