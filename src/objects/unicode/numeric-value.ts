/** Decimal, digit and numeric values of characters (`int`, `str.isdigit`, `unicodedata.numeric`). */
import { decimalStarts, digitValues, numericValues } from "./data/numeric.ts";
import { IntReader } from "./unpack.ts";

interface Values {
  /** First code points of the runs of ten decimal digits, ascending. */
  starts: number[];
  digits: Map<number, number>;
  numerics: Map<number, readonly [numerator: number, denominator: number]>;
}
let values: Values | null = null;

function load(): Values {
  if (values !== null) return values;
  const starts: number[] = [];
  let cp = 0;
  for (const reader = new IntReader(decimalStarts()); !reader.done; ) starts.push((cp += reader.next()));
  const digits = new Map<number, number>();
  cp = 0;
  for (const reader = new IntReader(digitValues()); !reader.done; ) {
    cp += reader.next();
    digits.set(cp, reader.next());
  }
  const numerics = new Map<number, readonly [number, number]>();
  cp = 0;
  for (const reader = new IntReader(numericValues()); !reader.done; ) {
    cp += reader.next();
    numerics.set(cp, [reader.signed(), reader.next()]);
  }
  values = { starts, digits, numerics };
  return values;
}

/** The value of a decimal digit (category Nd), or -1. */
export function decimalValue(cp: number): number {
  if (cp < 0x660) return cp >= 48 && cp <= 57 ? cp - 48 : -1;
  const { starts } = load();
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= cp) low = middle;
    else high = middle - 1;
  }
  const value = cp - starts[low];
  return value >= 0 && value < 10 ? value : -1;
}

/** The value of a digit, superscripts and the like included, or -1. */
export function digitValue(cp: number): number {
  if (cp < 128) return cp >= 48 && cp <= 57 ? cp - 48 : -1;
  const decimal = decimalValue(cp);
  return decimal >= 0 ? decimal : (load().digits.get(cp) ?? -1);
}

export function hasNumericValue(cp: number): boolean {
  return digitValue(cp) >= 0 || (cp >= 128 && load().numerics.has(cp));
}

/** The numeric value, or undefined. */
export function numericValue(cp: number): number | undefined {
  const digit = digitValue(cp);
  if (digit >= 0) return digit;
  const ratio = cp < 128 ? undefined : load().numerics.get(cp);
  return ratio === undefined ? undefined : ratio[0] / ratio[1];
}
