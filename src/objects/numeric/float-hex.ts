/** `float.hex` and `float.fromhex`. */
import { stripSpace } from "./int-text.ts";
import { frexp, roundScaled } from "./int-float.ts";
import { nonFiniteText } from "./float-repr.ts";
import { overflow, valueError } from "./numeric-error.ts";

export function floatToHex(x: number): string {
  if (!(x - x === 0)) return nonFiniteText(x);
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  if (x === 0) return `${sign}0x0.0p+0`;
  const [mantissa, e] = frexp(Math.abs(x));
  // Normalised to 1.…, except for subnormals, whose exponent stays at the minimum.
  const shift = 1 - Math.max(-1021 - e, 0);
  const exponent = e - shift;
  const bits = BigInt(mantissa * 2 ** shift * 2 ** 52)
    .toString(16)
    .padStart(14, "0");
  return `${sign}0x${bits[0]}.${bits.slice(1)}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

const HEX = /^([+-]?)(?:0[xX])?([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?$/;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

export function floatFromHex(text: string): number {
  const stripped = stripSpace(text);
  const special = SPECIAL.exec(stripped);
  if (special !== null) {
    const value = special[2][0].toLowerCase() === "n" ? Number.NaN : Infinity;
    return special[1] === "-" ? -value : value;
  }
  const match = HEX.exec(stripped);
  const digits = match === null ? "" : match[2] + (match[3] ?? "");
  if (match === null || digits === "") valueError("invalid hexadecimal floating-point string");
  const magnitude = hexValue(digits, 4 * (match[3] ?? "").length, Number(match[4] ?? "0"));
  return match[1] === "-" ? -magnitude : magnitude;
}

/** Hexadecimal digits with `fraction` bits after the point, times 2**exponent, rounded half to even. */
function hexValue(digits: string, fraction: number, exponent: number): number {
  const significant = digits.replace(/^0+/, "");
  if (significant === "") return 0;
  // Digits beyond 64 bits only matter as a sticky bit.
  const kept = significant.slice(0, 17);
  const dropped = significant.slice(17);
  let n = BigInt(`0x${kept}`);
  let e = exponent - fraction + 4 * dropped.length;
  n = n * 2n + (/[^0]/.test(dropped) ? 1n : 0n);
  e -= 1;
  return roundToFloat(n, e);
}

function roundToFloat(n: bigint, e: number): number {
  const x = roundScaled(n, e);
  return x === Infinity ? tooLarge() : x;
}

function tooLarge(): never {
  return overflow("hexadecimal value too large to represent as a float");
}
