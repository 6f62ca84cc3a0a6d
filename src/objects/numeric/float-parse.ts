/** `float(str)`: the decimal grammar with underscores, infinities and NaN. */
import { stripSpace, toAsciiDigits } from "./int-text.ts";

const NUMBER =
  /^[+-]?(?:[0-9](?:_?[0-9])*(?:\.(?:[0-9](?:_?[0-9])*)?)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?$/;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

/** The value, or null when `text` is no float (the caller says so, quoting the text). */
export function parseFloatText(text: string): number | null {
  const stripped = stripSpace(toAsciiDigits(text));
  return parsePlainFloat(stripped);
}

/** Without conversion of digits or white space. */
export function parsePlainFloat(text: string): number | null {
  if (NUMBER.test(text)) return Number(text.includes("_") ? text.replaceAll("_", "") : text);
  const special = SPECIAL.exec(text);
  if (special === null) return null;
  const value = special[2][0].toLowerCase() === "n" ? Number.NaN : Infinity;
  return special[1] === "-" ? -value : value;
}
