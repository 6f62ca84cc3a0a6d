/**
 * Division of long positive BigInts whose quotient is short. V8 divides by an algorithm for long quotients as soon as
 * the divisor is long; where both numbers are about as long, their leading bits tell the quotient.
 */

/** Bits that the beginning of the divisor has at least. */
const LEADING = 256n;
/** Quotients may have as many bits less than the beginning of the divisor as make a wrong guess unlikely. */
const LONGEST = 2n * LEADING + 128n;
/** Below this many bits V8's division by hand is as quick. */
const LONG = 4096n;

/** By how much `b`, which is longer, must be shifted to leave LEADING bits or up to twice as many. */
function shiftOf(b: bigint): bigint {
  let shift = 0n;
  let rest = b;
  let step = LONG / 2n;
  for (let next = rest >> step; next >> LEADING !== 0n; next = rest >> step) {
    rest = next;
    shift += step;
    step *= 2n;
  }
  while (step > LEADING) {
    step /= 2n;
    const next = rest >> step;
    if (next >> LEADING === 0n) continue;
    rest = next;
    shift += step;
  }
  return shift;
}

/** `a / b` for positive numbers; undefined where it has to be worked out in full. */
export function shortQuotient(a: bigint, b: bigint): bigint | undefined {
  // What fits a double is not long; this costs less than a shift.
  if (Number(b) !== Number.POSITIVE_INFINITY || b >> LONG === 0n) return undefined;
  const shift = shiftOf(b);
  const leading = a >> shift;
  if (leading >> LONGEST !== 0n) return undefined;
  // The bits cut off make the quotient smaller by less than the first of these differs from the second.
  const divisor = b >> shift;
  const least = leading / (divisor + 1n);
  return least === (leading + 1n) / divisor ? least : undefined;
}
