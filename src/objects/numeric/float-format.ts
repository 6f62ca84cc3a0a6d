/** Floats in the formats of C's printf as Python defines them: the core of `format`, `%` and repr of complex. */
import { exponentText, fixedDigits, nonFiniteText, shortestDigits, significantDigits } from "./float-repr.ts";

export type FloatCode = "e" | "E" | "f" | "F" | "g" | "G" | "r";

export interface FloatFormatOptions {
  /** `#`: keep the point and g's trailing zeros. */
  alternate?: boolean;
  /** Integral values get ".0" (repr, and format without a code). */
  addDotZero?: boolean;
  /** `z`: what rounds to zero is positive. */
  noNegativeZero?: boolean;
}

/** A sign only when negative. `precision` is ignored for "r"; nan never has a sign. */
export function formatFloat(x: number, code: FloatCode, precision: number, options: FloatFormatOptions): string {
  const upper = code === "E" || code === "F" || code === "G";
  if (!(x - x === 0)) {
    const text = nonFiniteText(x);
    return upper ? text.toUpperCase() : text;
  }
  const layout = layoutOf(x, code.toLowerCase(), precision, options);
  const body = render(layout, options.alternate === true, upper);
  const isNegative = x < 0 || Object.is(x, -0);
  const dropSign = options.noNegativeZero === true && /^0*$/.test(layout.digits);
  return isNegative && !dropSign ? `-${body}` : body;
}

interface Layout {
  /** Significant digits without trailing zeros ("" when zero rounds away). */
  digits: string;
  /** Position of the decimal point relative to `digits`. */
  point: number;
  /** Digits are padded with zeros up to this index. */
  end: number;
  exponent: number | null;
}

function layoutOf(x: number, code: string, precision: number, options: FloatFormatOptions): Layout {
  const { digits, point } = generate(x, code, precision);
  const addDotZero = options.addDotZero === true;
  let end = digits.length;
  let useExponent = false;
  if (code === "e") {
    useExponent = true;
    end = precision + 1;
  } else if (code === "f") end = point + precision;
  else if (code === "g") {
    const significant = precision === 0 ? 1 : precision;
    useExponent = point <= -4 || point > significant - (addDotZero ? 1 : 0);
    if (options.alternate === true) end = significant;
  } else useExponent = point <= -4 || point > 16;
  const shown = useExponent ? 1 : point;
  end = Math.max(end, !useExponent && addDotZero ? shown + 1 : shown);
  return { digits, point: shown, end, exponent: useExponent ? point - 1 : null };
}

/** Digits for the code, without trailing zeros; zero is "0" with point 1. */
function generate(x: number, code: string, precision: number): { digits: string; point: number } {
  if (x === 0) return { digits: "0", point: 1 };
  const raw =
    code === "r"
      ? shortestDigits(x)
      : code === "f"
        ? fixedDigits(x, precision)
        : significantDigits(x, code === "e" ? precision + 1 : Math.max(precision, 1));
  const digits = raw.digits.replace(/0+$/, "");
  return digits === "" ? { digits: "", point: code === "f" ? -precision : raw.point } : { digits, point: raw.point };
}

function render({ digits, point, end, exponent }: Layout, alternate: boolean, upper: boolean): string {
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits;
  const integers = Math.max(point, 1);
  const length = point <= 0 ? end + 1 - point : end;
  const all = padded.padEnd(length, "0");
  const fraction = all.slice(integers);
  const body = fraction !== "" ? `${all.slice(0, integers)}.${fraction}` : all + (alternate ? "." : "");
  return exponent === null ? body : body + exponentText(exponent, upper ? "E" : "e");
}
