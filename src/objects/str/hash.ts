/** Hashing text: our own function, since Python leaves the values open (they differ from run to run there). */
import type { AstralStr, Str } from "./astral.ts";

/** A hash of the text: an int32, never -1, the same for equal strings. */
export function hashOfStr(value: Str): number {
  if (typeof value !== "string") {
    if (value.hash === -1) value.hash = hashPoints(value);
    return value.hash;
  }
  return hashUnits(value);
}

function hashUnits(text: string): number {
  let h = text.length ^ 0x5bd1e995;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h ^= h >>> 15;
  }
  return finish(h);
}

function hashPoints(value: AstralStr): number {
  const { points } = value;
  let h = points.length ^ 0x5bd1e995;
  for (let i = 0; i < points.length; i++) {
    h = Math.imul(h ^ points[i], 0x01000193);
    h ^= h >>> 15;
  }
  return finish(h);
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 13), 0x5bd1e995);
  h ^= h >>> 15;
  return h === -1 ? -2 : h | 0;
}
