/** `ascii()`: what is not ASCII in a representation becomes `\x`, `\u` and `\U` escapes. */
import { type Str, isAscii, pointAt } from "./astral.ts";

export function asciiOf(text: Str): string {
  if (isAscii(text)) return text as string;
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const point = pointAt(text, i);
    out += point < 0x80 ? String.fromCharCode(point) : escapePoint(point);
  }
  return out;
}

/** `\xe9`, `\u20ac`, `\U0001f600`. */
export function escapePoint(point: number): string {
  const hex = point.toString(16);
  if (point <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return point <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
